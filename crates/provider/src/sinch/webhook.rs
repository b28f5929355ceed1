//! The envelope of a callback, which holds one thing; and how far our messages have come.

use std::borrow::Cow;

use jiff::Timestamp;
use pronto_domain::delivery::State;
use pronto_domain::inbound::{Batch, Code, Event, Item, ProviderError, Status, Update};

use super::{errors, message};
use crate::facts::facts;
use crate::json::{Fields, Raw, Text, Within, inside};
use crate::trouble::Malformed;

object!(
    struct Envelope<'a> {
        app_id: Text<'a>,
        event_time: Text<'a>,
        accepted_time: Text<'a>,
        message_metadata: Text<'a>,
        message: Option<Raw<'a>>,
        message_delivery_report: Option<Raw<'a>>,
        event: Option<Raw<'a>>,
    }
);
object!(
    struct Report<'a> {
        message_id: Text<'a>,
        status: Text<'a>,
        channel_identity: Within<Identity<'a>>,
        reason: Within<Reason<'a>>,
        metadata: Text<'a>,
    }
);
object!(
    struct Reason<'a> {
        code: Text<'a>,
        description: Text<'a>,
        sub_code: Text<'a>,
        channel_code: Text<'a>,
    }
);
object!(
    struct Identity<'a> {
        channel: Text<'a>,
        identity: Text<'a>,
        app_id: Text<'a>,
    }
);

impl Identity<'_> {
    /// Whether it is of WhatsApp; one that names no channel is.
    pub(super) fn is_whatsapp(&self) -> bool {
        self.channel.filled().is_none_or(|channel| channel.eq_ignore_ascii_case("WHATSAPP"))
    }
}

/// What stands in every envelope beside what it is about.
const ENVELOPE: &[&str] =
    &["app_id", "project_id", "accepted_time", "event_time", "message_metadata", "correlation_id", "trigger"];

/// The message, status or event of a callback.
pub fn read(body: &[u8]) -> Result<Batch, Malformed> {
    let text = match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(body),
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Malformed::Empty);
    }
    let raw: Raw<'_> = serde_json::from_str(text).map_err(|error| Malformed::NotJson(error.to_string()))?;
    if !raw.get().starts_with('{') {
        return Err(Malformed::NotAnObject);
    }
    let envelope: Envelope<'_> = inside(Some(raw)).unwrap_or_default();
    let update = match (envelope.message, envelope.message_delivery_report, envelope.event) {
        (Some(raw), ..) => message::read(raw, envelope.when()),
        (None, Some(raw), _) => report(raw, &envelope),
        (None, None, Some(raw)) => message::event(raw, envelope.when()),
        _ => {
            let fields: Fields<'_> = inside(Some(raw)).unwrap_or_default();
            let subject = fields.0.into_iter().find(|(name, _)| !ENVELOPE.contains(&&**name));
            let (name, raw) = subject.ok_or(Malformed::Strange)?;
            Update::Event(news(&name.chars().take(100).collect::<String>(), raw))
        }
    };
    Ok(Batch { items: vec![Item { number: envelope.app_id.owned(), update }] })
}

impl Envelope<'_> {
    fn when(&self) -> Option<Timestamp> {
        instant(&self.event_time).or_else(|| instant(&self.accepted_time))
    }
}

/// An ISO 8601 time between 2001 and 2100.
pub(super) fn instant(text: &Text<'_>) -> Option<Timestamp> {
    let at: Timestamp = text.filled()?.trim().parse().ok()?;
    (1_000_000_000..4_102_444_800).contains(&at.as_second()).then_some(at)
}

/// Anything we keep and do not act on.
pub(super) fn news(name: &str, raw: Raw<'_>) -> Event {
    let facts = facts(Some(raw));
    let sub = ["event_type", "channel_event.event_type", "status"].iter().find_map(|name| facts.get(*name).cloned());
    Event { name: name.to_owned(), sub, errors: Vec::new(), facts }
}

fn report(raw: Raw<'_>, envelope: &Envelope<'_>) -> Update {
    let report: Report<'_> = inside(Some(raw)).unwrap_or_default();
    let elsewhere = report.channel_identity.0.as_ref().is_some_and(|identity| !identity.is_whatsapp());
    let state = report.status.filled().and_then(state);
    let (Some(provider_id), Some(state), false) = (report.message_id.owned(), state, elsewhere) else {
        return Update::Event(news("message_delivery_report", raw));
    };
    let failure = report.reason.0.as_ref().filter(|_| state == State::Failed).and_then(|reason| {
        let code = reason.code.filled()?;
        let title = reason.description.owned().unwrap_or_else(|| errors::meaning(&code.into()).title.into_owned());
        let finer = [&reason.sub_code, &reason.channel_code].into_iter().filter_map(Text::filled);
        let finer: Vec<_> = finer.filter(|text| *text != "UNSPECIFIED_SUB_CODE").collect();
        let detail = Some(finer.join(", ")).filter(|text| !text.is_empty());
        Some(ProviderError { code: Code::from(code), title, detail })
    });
    Update::Status(Status {
        provider_id,
        state,
        at: envelope.when(),
        opaque: report.metadata.owned().or(envelope.message_metadata.owned()),
        recipient: report.channel_identity.0.and_then(|identity| identity.identity.owned()),
        failure,
        category: None,
    })
}

fn state(word: &str) -> Option<State> {
    [
        // WhatsApp has it.
        ("QUEUED_ON_CHANNEL", State::Sent),
        ("DELIVERED", State::Delivered),
        ("READ", State::Read),
        ("FAILED", State::Failed),
    ]
    .into_iter()
    .find_map(|(name, state)| name.eq_ignore_ascii_case(word).then_some(state))
}
