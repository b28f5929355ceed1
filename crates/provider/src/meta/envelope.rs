//! The envelope of a webhook: entries, changes, values.

use std::borrow::Cow;

use pronto_domain::inbound::{Batch, Item, Update};

use super::contacts::People;
use super::{call, echo, event, message, status};
use crate::json::{Fields, List, Many, Raw, Text, Within, inside};
use crate::trouble::Malformed;

const OBJECT: &str = "whatsapp_business_account";

object!(
    struct Envelope<'a> {
        object: Text<'a>,
        entry: Many<Entry<'a>>,
    }
);
object!(
    struct Entry<'a> {
        id: Text<'a>,
        time: Text<'a>,
        changes: Many<Change<'a>>,
    }
);
object!(
    struct Change<'a> {
        field: Text<'a>,
        value: Option<Raw<'a>>,
    }
);
object!(
    struct RawEnvelope<'a> {
        object: Text<'a>,
        entry: List<'a>,
    }
);
object!(
    struct RawEntry<'a> {
        id: Text<'a>,
        time: Text<'a>,
        changes: List<'a>,
    }
);
object!(
    struct Value<'a> {
        metadata: Within<Metadata<'a>>,
        contacts: List<'a>,
        messages: List<'a>,
        statuses: List<'a>,
        errors: List<'a>,
        calls: List<'a>,
        message_echoes: List<'a>,
    }
);
object!(
    struct Metadata<'a> {
        phone_number_id: Text<'a>,
    }
);

/// Every message, status and event of a webhook's body, flat and in order. An item that makes no sense becomes a
/// placeholder or an event with the trouble in its name: it never takes the rest of the batch with it.
pub fn read(body: &[u8]) -> Result<Batch, Malformed> {
    let text = match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(body),
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Malformed::Empty);
    }
    let envelope = serde_json::from_str(text).or_else(|_| patiently(text));
    let envelope = envelope.map_err(|error| Malformed::NotJson(error.to_string()))?;
    if !text.starts_with('{') {
        return Err(Malformed::NotAnObject);
    }
    if let Some(other) = envelope.object.as_str().filter(|name| *name != OBJECT) {
        return Err(Malformed::OtherObject(other.chars().take(100).collect()));
    }
    let entries = envelope.entry.0.ok_or(Malformed::NoEntries)?;
    let mut batch = Batch::default();
    for entry in &entries {
        let account = Account { id: entry.id.filled(), time: entry.time.filled() };
        match &entry.changes.0 {
            Some(changes) => {
                for change in changes {
                    read_change(change.field.filled(), change.value, account, &mut batch.items);
                }
            }
            None => {
                let trouble = event::trouble("entry", "an entry without a list of changes", None);
                batch.items.push(Item { number: None, update: Update::Event(account.stamp(trouble)) });
            }
        }
    }
    Ok(batch)
}

/// The envelope step by step, for one with something in the place of an object that is no value of any type (a number
/// beyond all bounds). Fails for broken syntax only.
fn patiently(text: &str) -> Result<Envelope<'_>, serde_json::Error> {
    fn entry(raw: Raw<'_>) -> Entry<'_> {
        let entry: RawEntry<'_> = inside(Some(raw)).unwrap_or_default();
        let changes = entry.changes.0.into_iter().map(|raw| inside(Some(raw)).unwrap_or_default());
        Entry { id: entry.id, time: entry.time, changes: Many(Some(changes.collect())) }
    }
    let whole: Raw<'_> = serde_json::from_str(text)?;
    let envelope: RawEnvelope<'_> = inside(Some(whole)).unwrap_or_default();
    let entries = envelope.entry.0.into_iter().map(entry).collect();
    Ok(Envelope { object: envelope.object, entry: Many(Some(entries)) })
}

/// The same for one `value` of Meta's that another provider wraps. `field` is usually `messages`.
pub fn read_value(field: &str, value: &str) -> Result<Batch, Malformed> {
    if value.trim().is_empty() {
        return Err(Malformed::Empty);
    }
    let value: Raw<'_> = serde_json::from_str(value).map_err(|error| Malformed::NotJson(error.to_string()))?;
    if !value.get().starts_with('{') {
        return Err(Malformed::NotAnObject);
    }
    let mut batch = Batch::default();
    read_change(Some(field), Some(value), Account::default(), &mut batch.items);
    Ok(batch)
}

/// What an entry says of the account it is about.
#[derive(Clone, Copy, Default)]
struct Account<'a> {
    id: Option<&'a str>,
    time: Option<&'a str>,
}

impl Account<'_> {
    /// Adds to an event what only the entry knows.
    fn stamp(self, mut event: pronto_domain::inbound::Event) -> pronto_domain::inbound::Event {
        for (name, fact) in [("business_account_id", self.id), ("time", self.time)] {
            if let Some(fact) = fact {
                event.facts.entry(name.into()).or_insert_with(|| fact.to_owned());
            }
        }
        event
    }
}

fn read_change(field: Option<&str>, raw: Option<Raw<'_>>, account: Account<'_>, items: &mut Vec<Item>) {
    // A delivery without a field's name is read as what its value looks like.
    let name = field.unwrap_or("messages");
    let Some(value) = inside::<Value<'_>>(raw) else {
        let trouble = event::trouble(name, "a change without a value", raw);
        items.push(Item { number: None, update: Update::Event(account.stamp(trouble)) });
        return;
    };
    let number = value.metadata.0.and_then(|metadata| metadata.phone_number_id.owned());
    let mut push = |update| {
        let update = match update {
            Update::Event(event) => Update::Event(account.stamp(event)),
            other => other,
        };
        items.push(Item { number: number.clone(), update });
    };
    match name {
        "messages" => {
            let mut known = false;
            if !value.messages.0.is_empty() {
                let people = People::read(&value.contacts);
                value.messages.0.iter().enumerate().for_each(|(place, raw)| push(message::read(raw, place, &people)));
                known = true;
            }
            for raw in &value.statuses.0 {
                push(status::read(raw));
                known = true;
            }
            if !value.errors.0.is_empty() {
                push(Update::Event(event::errors(name, &value.errors)));
                known = true;
            }
            if !known && has_more_than_an_envelope(raw) {
                let mut event = event::read(name, raw);
                event.facts.insert("trouble".into(), "neither message nor status nor error in it".into());
                push(Update::Event(event));
            }
        }
        "calls" if !(value.calls.0.is_empty() && value.statuses.0.is_empty()) => {
            let people = People::read(&value.contacts);
            let mut errors = Some(&value.errors);
            for raw in &value.calls.0 {
                push(Update::Event(call::read(raw, &people, errors.take())));
            }
            for raw in &value.statuses.0 {
                push(Update::Event(status::unknown(raw)));
            }
            if let Some(errors) = errors.filter(|list| !list.0.is_empty()) {
                push(Update::Event(event::errors(name, errors)));
            }
        }
        "smb_message_echoes" if !value.message_echoes.0.is_empty() => {
            value.message_echoes.0.iter().for_each(|raw| push(Update::Event(echo::read(raw))));
        }
        _ => push(Update::Event(event::read(name, raw))),
    }
}

/// Whether a value for messages holds anything beside what every one of them holds, such as a list we do not know.
fn has_more_than_an_envelope(raw: Option<Raw<'_>>) -> bool {
    const ENVELOPE: &[&str] = &["messaging_product", "metadata", "contacts", "messages", "statuses", "errors"];
    let fields: Fields<'_> = inside(raw).unwrap_or_default();
    let odd = |json: &str| !matches!(json, "[]" | "null");
    fields.0.iter().any(|(name, value)| match &**name {
        "messages" | "statuses" | "errors" => odd(value.get()),
        other => !ENVELOPE.contains(&other),
    })
}
