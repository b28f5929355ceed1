//! Years of work in the database of a desk that is measured: customers, interactions and their messages, the search
//! index kept up.

use anyhow::Result;
use jiff::Timestamp;
use pronto_db::Db;
use pronto_domain::interaction::State;
use pronto_domain::message::{AuthorKind, Content, Direction, Kind, preview};
use pronto_domain::search::{self, Customer};
use pronto_store as store;
use store::history::{Address, Message};
use store::interaction::Interaction;
use store::search::{Entry, Person};

/// How many messages an interaction has.
pub(crate) const THREAD: usize = 10;
/// How many interactions one transaction brings in.
const AT_ONCE: usize = 1_000;
/// How many words customers know.
const VOCABULARY: usize = 5_000;
/// Between two interactions, in milliseconds.
const STEP: i64 = 600_000;

/// Chance that repeats itself: every run measures the same years.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }

    /// A word; few are said often, many seldom.
    pub(crate) fn word(&mut self) -> String {
        let rank = self.below(VOCABULARY) * self.below(VOCABULARY) / VOCABULARY * self.below(VOCABULARY) / VOCABULARY;
        word(rank)
    }
}

/// The word of a rank: syllables, so that prefixes are shared as in a language.
fn word(rank: usize) -> String {
    const SYLLABLES: [&str; 18] =
        ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "lu", "ra", "ne", "ti"];
    let mut rest = rank + SYLLABLES.len();
    let mut word = String::new();
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

/// The text of the message with this number.
pub(crate) fn text(number: usize) -> String {
    let mut dice = Dice::new(number as u64);
    let mut text = format!("{} PR-{number:08}", dice.word());
    for _ in 0..10 {
        text.push(' ');
        text.push_str(&dice.word());
    }
    text
}

/// The name of the customer with this number.
pub(crate) fn name(number: usize) -> String {
    let mut dice = Dice::new(number as u64 + 77);
    format!("{} {}{number}", dice.word(), dice.word())
}

/// The phone of the customer with this number.
pub(crate) fn phone(number: usize) -> String {
    (393_400_000_000_usize + number * 7).to_string()
}

/// Where the years happened.
pub(crate) struct Place {
    pub(crate) account: i64,
    pub(crate) queue: i64,
    pub(crate) agents: Vec<i64>,
}

/// Brings in `messages` messages, [`THREAD`] an interaction, two interactions a customer; the last ones are open.
pub(crate) async fn live(db: &Db, place: &Place, messages: usize, now: Timestamp) -> Result<()> {
    let interactions = messages / THREAD;
    let mut first = 0;
    while first < interactions {
        let count = AT_ONCE.min(interactions - first);
        let mut tx = db.begin().await?;
        let mut people = Vec::new();
        let mut addresses = Vec::new();
        let mut rows = Vec::with_capacity(count);
        let mut said = Vec::with_capacity(count * THREAD);
        let mut entries = Vec::with_capacity(count * THREAD);
        for number in first..first + count {
            let customer = number / 2;
            let began = store::millis(now) - STEP * i64::try_from(interactions - number)?;
            if number % 2 == 0 {
                addresses.push(address(customer, place, began)?);
                let known = Customer::of([name(customer).as_str(), &phone(customer)]);
                people.push(Person::new(i64::try_from(customer)? + 1, known, place.account));
            }
            let row = interaction(number, interactions, place, began)?;
            for index in 0..THREAD {
                let message = message(number * THREAD + index, &row)?;
                let words = search::words(message.body.as_deref().unwrap_or_default());
                entries.push(Entry { id: message.id, words, scope: store::search::account_token(place.account) });
                said.push(message);
            }
            rows.push(row);
        }
        store::history::addresses(&mut tx, &addresses).await?;
        store::history::interactions(&mut tx, &rows).await?;
        store::history::messages(&mut tx, &said).await?;
        store::search::index_messages(&mut tx, &entries).await?;
        store::search::index_addresses(&mut tx, &people).await?;
        tx.commit().await?;
        first += count;
    }
    let mut tx = db.begin().await?;
    store::history::number_on(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

fn address(customer: usize, place: &Place, at: i64) -> Result<Address> {
    Ok(Address {
        id: i64::try_from(customer)? + 1,
        account_id: place.account,
        key: phone(customer),
        digits: Some(phone(customer)),
        profile_name: Some(name(customer)),
        latest_inbound_at: Some(at),
        created_at: at,
        ..Address::default()
    })
}

fn interaction(number: usize, of: usize, place: &Place, began: i64) -> Result<Interaction> {
    let id = i64::try_from(number)? + 1;
    let customer = number / 2;
    let owner = place.agents.get(number % place.agents.len().max(1)).copied();
    // What is open at the end of a busy day; an address has one at most.
    let open = number + 200 >= of && number % 2 == 1;
    let last = number * THREAD + THREAD - 1;
    let mut one = Interaction::new(place.account, i64::try_from(customer)? + 1, name(customer), began);
    one.id = id;
    one.phone = Some(phone(customer));
    one.state = if open { State::Active } else { State::Closed }.as_str().to_owned();
    one.controller = "agent".to_owned();
    one.queue_id = Some(place.queue);
    one.owner_id = owner;
    one.first_owner_id = owner;
    one.accepted_at = Some(began);
    one.closed_at = (!open).then_some(began + STEP);
    one.last_at = began + STEP;
    one.last_message_id = Some(i64::try_from(last)? + 1);
    one.last_direction = Some(Direction::In.as_str().to_owned());
    one.last_kind = Some(Kind::Text.as_str().to_owned());
    one.last_preview = Some(preview(&text(last)));
    one.unread = i64::from(open && number.is_multiple_of(3));
    one.message_count = i64::try_from(THREAD)?;
    if number.is_multiple_of(7) {
        one.tags = pronto_db::Json(vec!["claim".to_owned()]);
    }
    Ok(one)
}

fn message(number: usize, of: &Interaction) -> Result<Message> {
    let ours = number % 2 == 1;
    let at = of.started_at + i64::try_from(number % THREAD)? * 30_000;
    let direction = if ours { Direction::Out } else { Direction::In };
    Ok(Message {
        id: i64::try_from(number)? + 1,
        interaction_id: of.id,
        account_id: of.account_id,
        address_id: of.address_id,
        author_kind: if ours { AuthorKind::Agent } else { AuthorKind::Customer }.as_str(),
        author_id: of.owner_id.filter(|_| ours),
        provider_id: Some(format!("wamid.years.{number}")),
        sent_at: Some(at),
        status: ours.then_some("read"),
        ..Message::new(direction, Kind::Text, Some(text(number)), Content::Text, at)
    })
}
