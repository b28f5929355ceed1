//! What a provider's delivery says, flat and in our words. A connector turns bytes into a list of these.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::message::{Content, Kind};

/// Everything one delivery held, in the order it stood there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    pub items: Vec<Item>,
}

/// One update for one of our numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The provider's id of our number; `None` for what concerns the whole business account.
    pub number: Option<String>,
    pub update: Update,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Update {
    Message(Box<Inbound>),
    Status(Status),
    /// Templates, quality, account: kept and told to administrators.
    Event(Event),
}

/// Who wrote: a number, a user id where the number is hidden, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sender {
    /// Digits with country prefix, without `+`.
    pub digits: Option<String>,
    /// The provider's own id of the person (Meta: BSUID).
    pub user_id: Option<String>,
    pub profile_name: Option<String>,
    /// With its leading `@`; may change at any time.
    pub username: Option<String>,
    /// Where the provider keeps their name, if it does not come along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<String>,
}

/// A customer's message.
#[derive(Clone, Debug, PartialEq)]
pub struct Inbound {
    /// The provider's id; what deduplicates.
    pub provider_id: String,
    pub sender: Sender,
    /// The provider's clock, whole seconds for Meta. `None` where it gave none or nonsense.
    pub sent_at: Option<Timestamp>,
    pub kind: Kind,
    pub text: Option<String>,
    pub content: Content,
    pub media: Option<Media>,
    /// The provider's id of the message this answers.
    pub reply_to: Option<String>,
    pub forwarded: bool,
    pub effect: Effect,
    /// Where an advertisement brought the customer from: its headline or address.
    pub referral: Option<String>,
    /// The message as it came, kept for kinds we cannot show in full.
    pub raw: Option<String>,
}

/// What a message does to others in the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It stands for itself.
    Own,
    /// Puts a reaction on a message, or takes it off (`emoji` is `None`).
    React { target: String, emoji: Option<String> },
    /// Replaces the text of a message.
    Edit { target: String },
    /// Deletes a message for everyone.
    Delete { target: String },
    /// The customer goes on with another number or user id.
    Moved { digits: Option<String>, user_id: Option<String> },
}

/// A file of a message, not fetched yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// The provider's media id.
    pub id: Option<String>,
    pub url: Option<String>,
    pub mime: String,
    pub sha256: Option<String>,
    pub name: Option<String>,
    pub animated: bool,
}

/// How far a message of ours has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// The provider's id of our message.
    pub provider_id: String,
    pub state: crate::delivery::State,
    pub at: Option<Timestamp>,
    /// What we sent along: the attempt's id.
    pub opaque: Option<String>,
    pub recipient: Option<String>,
    pub failure: Option<ProviderError>,
    /// Words beside the state, such as the price category.
    pub category: Option<String>,
}

/// A provider's name of an error: a number at some, a word at others.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Code {
    Number(i64),
    Word(String),
}

impl Code {
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Word(_) => None,
        }
    }
}

impl From<i64> for Code {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Code {
    fn from(word: &str) -> Self {
        Self::Word(word.to_owned())
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Word(word) => f.write_str(word),
        }
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// An error in the provider's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderError {
    pub code: Code,
    pub title: String,
    pub detail: Option<String>,
}

/// News that is neither a message nor a status.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The provider's name of it, such as `message_template_status_update`.
    pub name: String,
    /// Its finer name where it has one, such as `APPROVED`.
    pub sub: Option<String>,
    pub errors: Vec<ProviderError>,
    /// Flat facts for the ledger page.
    pub facts: BTreeMap<String, String>,
}

/// The most characters of a name that somebody gives themselves. It stands in every row and frame about them.
const NAME_AT_MOST: usize = 200;
/// The most characters of a message that is shown; WhatsApp takes some thousands. The ledger has it whole.
const TEXT_AT_MOST: usize = 65_536;

/// What of a name can be shown: no control characters, and not without end.
pub fn name_within_bounds(given: &str) -> String {
    given.chars().filter(|c| !c.is_control()).take(NAME_AT_MOST).collect()
}

impl Batch {
    /// Holds what came to what a desk can show. Providers do so too; a wrong or hostile one must not fill every list.
    #[must_use]
    pub fn within_bounds(mut self) -> Self {
        for item in &mut self.items {
            let Update::Message(message) = &mut item.update else { continue };
            let Sender { profile_name, username, .. } = &mut message.sender;
            for given in [profile_name, username].into_iter().flatten() {
                *given = name_within_bounds(given);
            }
            if let Some(text) = &mut message.text
                && let Some((end, _)) = text.char_indices().nth(TEXT_AT_MOST)
            {
                text.truncate(end);
            }
        }
        self
    }

    /// A customer's call is something they did in the thread: it stands there as missed, is offered like a message and
    /// opens the window, as WhatsApp counts it.
    #[must_use]
    pub fn with_missed_calls(mut self) -> Self {
        for item in &mut self.items {
            if let Update::Event(event) = &item.update
                && let Some(call) = event.missed_call()
            {
                item.update = Update::Message(Box::new(call));
            }
        }
        self
    }
}

impl Event {
    /// The message that a customer's call becomes.
    fn missed_call(&self) -> Option<Inbound> {
        let fact = |name: &str| self.facts.get(name).filter(|text| !text.is_empty()).cloned();
        let called = self.name == "calls" && self.sub.as_deref() == Some("connect");
        if !called || fact("direction").as_deref() != Some("USER_INITIATED") {
            return None;
        }
        let sent_at =
            fact("timestamp").and_then(|text| text.parse().ok()).and_then(|at| Timestamp::from_second(at).ok());
        Some(Inbound {
            provider_id: fact("id")?,
            sender: Sender {
                digits: fact("from").filter(|from| from.chars().all(|c| c.is_ascii_digit())),
                user_id: fact("from_user_id"),
                profile_name: fact("profile_name"),
                username: fact("username"),
                profile_id: None,
            },
            sent_at,
            kind: Kind::Call,
            text: None,
            content: Content::Text,
            media: None,
            reply_to: None,
            forwarded: false,
            effect: Effect::Own,
            referral: None,
            raw: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(direction: &str, sub: &str) -> Batch {
        let facts =
            [("id", "wacid.1"), ("from", "393331234567"), ("timestamp", "1752582182"), ("direction", direction)];
        let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let event = Event { name: "calls".to_owned(), sub: Some(sub.to_owned()), errors: Vec::new(), facts };
        Batch { items: vec![Item { number: Some("1".to_owned()), update: Update::Event(event) }] }
    }

    #[test]
    fn a_customers_call_stands_in_the_thread_as_missed() {
        let batch = call("USER_INITIATED", "connect").with_missed_calls();
        let Some(Update::Message(message)) = batch.items.first().map(|item| &item.update) else { panic!("{batch:?}") };
        assert_eq!((message.kind, message.provider_id.as_str()), (Kind::Call, "wacid.1"));
        assert_eq!(message.sender.digits.as_deref(), Some("393331234567"));
    }

    #[test]
    fn names_and_texts_have_an_end() {
        let mut batch = call("USER_INITIATED", "connect").with_missed_calls();
        if let Some(Update::Message(message)) = batch.items.first_mut().map(|item| &mut item.update) {
            message.sender.profile_name = Some(format!("Ma\u{0}ria{}", "é".repeat(500_000)));
            message.text = Some("ü".repeat(70_000));
        }
        let batch = batch.within_bounds();
        let Some(Update::Message(message)) = batch.items.first().map(|item| &item.update) else { panic!("{batch:?}") };
        let name = message.sender.profile_name.as_deref().expect("a name");
        assert!(name.starts_with("Mariaé") && name.chars().count() == NAME_AT_MOST, "{name}");
        assert_eq!(message.text.as_ref().map(|text| text.chars().count()), Some(TEXT_AT_MOST));
    }

    #[test]
    fn our_own_calls_and_their_ends_do_not() {
        for (direction, sub) in [("BUSINESS_INITIATED", "connect"), ("USER_INITIATED", "terminate")] {
            let batch = call(direction, sub).with_missed_calls();
            assert!(matches!(batch.items[0].update, Update::Event(_)), "{direction} {sub}");
        }
    }
}
