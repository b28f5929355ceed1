//! What can be asked of, and how.

use crate::field::{self, Field as Own};
use crate::message::words;

words! {
    /// What of an interaction a condition is about.
    Field {
        Id = "id",
        Customer = "customer", Phone = "phone", Email = "email",
        /// The words of any of its messages.
        Message = "message",
        Account = "account", Status = "status", Agent = "agent", FirstAgent = "first_agent", Queue = "queue",
        Tags = "tags",
        /// One of these or what stands below it.
        Disposition = "disposition",
        /// Whose the last message is.
        Direction = "direction",
        /// What most of the customer's words sound like.
        Sentiment = "sentiment",
        Unread = "unread",
        /// Inbound messages nobody answered yet.
        Unmanaged = "unmanaged",
        Started = "started", LastMessage = "last_message", Closed = "closed", Reopened = "reopened",
        /// Since when the customer waits for an answer.
        Waiting = "waiting",
        /// When the service window ends.
        Window = "window",
        /// Who has it on screen now.
        Watching = "watching",
        Snoozed = "snoozed", Blocked = "blocked", Transfer = "transfer",
    }
}

words! {
    /// What of a contact a condition is about, in the list of contacts.
    Person {
        Id = "id",
        Name = "name",
        /// Any of its numbers.
        Phone = "phone",
        Email = "email", Company = "company", Language = "language",
        Address = "postal_address", Description = "description", Url = "url",
        Born = "date_of_birth",
        /// What it is called in any network.
        Socials = "socials",
        List = "list", Owner = "owner", Tags = "tags",
        /// Who made it, changed it, or owned one of its interactions.
        Worker = "worker",
        /// The accounts that may write to it for marketing.
        Consent = "consent",
        Origin = "origin", Created = "created", Updated = "updated",
    }
}

words! {
    /// How a field is tested.
    Op {
        Contains = "contains", Is = "is", StartsWith = "starts_with",
        Above = "above", Below = "below", Between = "between",
        Before = "before", After = "after", LastDays = "last_days",
        AnyOf = "any_of", NoneOf = "none_of",
        Empty = "empty", Filled = "filled",
    }
}

/// Which list is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Interactions,
    Contacts,
}

/// What a condition is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Row(Field),
    Person(Person),
    /// What the contact has in a custom field. Named by its key, which outlives every other name it is given.
    Contact(Box<Own>),
}

/// What stands before the key of a custom field, as in placeholders.
pub const OF_CONTACT: &str = "contact.fields.";

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Name,
    /// Any text of a contact's.
    Text,
    /// Compared by digits.
    Digits,
    /// Looked for in the index alone.
    Words,
    /// Whole.
    Number,
    Decimal,
    Date,
    /// Some of the records it can point at.
    Ids,
    /// The same of users, where `me` is whoever looks.
    Users,
    /// Some of a few words.
    OneOf(&'static [&'static str]),
    /// Some of the choices that a field has, or had.
    Choices,
    Flag,
}

const STATES: &[&str] = &["flow", "waiting", "offered", "active", "bot", "unassigned", "closed"];
const DIRECTIONS: &[&str] = &["in", "out"];
const ORIGINS: &[&str] = &["agent", "message", "import", "card", "copy"];
const SENTIMENTS: &[&str] = &["positive", "neutral", "mixed", "negative"];

impl Kind {
    pub fn ops(self) -> &'static [Op] {
        match self {
            Self::Name | Self::Text | Self::Digits => &[Op::Contains, Op::Is, Op::StartsWith],
            Self::Words => &[Op::Contains],
            Self::Number | Self::Decimal => &[Op::Is, Op::Above, Op::Below, Op::Between],
            Self::Date => &[Op::Before, Op::After, Op::Between, Op::LastDays],
            Self::Ids | Self::Users | Self::OneOf(_) | Self::Choices => &[Op::AnyOf, Op::NoneOf],
            Self::Flag => &[Op::Is],
        }
    }
}

impl Field {
    pub fn kind(self) -> Kind {
        match self {
            Self::Customer | Self::Email => Kind::Name,
            Self::Phone => Kind::Digits,
            Self::Message => Kind::Words,
            Self::Id | Self::Unmanaged => Kind::Number,
            Self::Account | Self::Queue | Self::Tags | Self::Disposition => Kind::Ids,
            Self::Agent | Self::FirstAgent | Self::Watching => Kind::Users,
            Self::Status => Kind::OneOf(STATES),
            Self::Direction => Kind::OneOf(DIRECTIONS),
            Self::Sentiment => Kind::OneOf(SENTIMENTS),
            Self::Started | Self::LastMessage | Self::Closed | Self::Reopened | Self::Waiting | Self::Window => {
                Kind::Date
            }
            Self::Unread | Self::Snoozed | Self::Blocked | Self::Transfer => Kind::Flag,
        }
    }

    /// Whether there may be nothing in it.
    pub fn may_be_empty(self) -> bool {
        matches!(
            self,
            Self::Phone
                | Self::Email
                | Self::Agent
                | Self::FirstAgent
                | Self::Queue
                | Self::Tags
                | Self::Disposition
                | Self::Sentiment
                | Self::Closed
                | Self::Reopened
                | Self::Waiting
                | Self::Window
                | Self::Watching
        )
    }
}

impl Person {
    pub fn kind(self) -> Kind {
        match self {
            Self::Id => Kind::Number,
            Self::Name | Self::Email => Kind::Name,
            Self::Phone => Kind::Digits,
            Self::Company | Self::Language | Self::Address | Self::Description | Self::Url | Self::Socials => {
                Kind::Text
            }
            Self::List | Self::Tags | Self::Consent => Kind::Ids,
            Self::Owner | Self::Worker => Kind::Users,
            Self::Origin => Kind::OneOf(ORIGINS),
            Self::Created | Self::Updated | Self::Born => Kind::Date,
        }
    }

    /// Whether there may be nothing in it.
    pub fn may_be_empty(self) -> bool {
        !matches!(self, Self::Id | Self::List | Self::Origin | Self::Created | Self::Updated)
    }
}

impl About {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Row(field) => field.kind(),
            Self::Person(person) => person.kind(),
            Self::Contact(own) => match own.kind {
                field::Kind::Text | field::Kind::Url => Kind::Text,
                field::Kind::Select => Kind::Choices,
                field::Kind::Number => Kind::Decimal,
                field::Kind::Switch => Kind::Flag,
                field::Kind::DateTime => Kind::Date,
            },
        }
    }

    /// How it can be tested. A switch that nobody has touched is off.
    pub fn ops(&self) -> Vec<Op> {
        let may_be_empty = match self {
            Self::Row(field) => field.may_be_empty(),
            Self::Person(person) => person.may_be_empty(),
            Self::Contact(own) => own.kind != field::Kind::Switch,
        };
        let mut ops = self.kind().ops().to_vec();
        if may_be_empty {
            ops.extend([Op::Empty, Op::Filled]);
        }
        ops
    }
}

impl From<Field> for About {
    fn from(field: Field) -> Self {
        Self::Row(field)
    }
}

impl From<Person> for About {
    fn from(person: Person) -> Self {
        Self::Person(person)
    }
}

impl From<Own> for About {
    fn from(own: Own) -> Self {
        Self::Contact(Box::new(own))
    }
}

impl std::fmt::Display for About {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Row(field) => field.fmt(f),
            Self::Person(person) => person.fmt(f),
            Self::Contact(own) => write!(f, "{OF_CONTACT}{}", own.key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Origin;
    use crate::interaction::State;
    use crate::sentiment::Sentiment;

    #[test]
    fn every_state_sentiment_and_origin_can_be_chosen() {
        let states: Vec<&str> = State::ALL.iter().map(|state| state.as_str()).collect();
        for state in &states {
            assert!(STATES.contains(state), "{state}");
        }
        assert_eq!(STATES.len(), states.len());
        let sentiments: Vec<&str> = Sentiment::ALL.iter().map(|sentiment| sentiment.as_str()).collect();
        assert_eq!(SENTIMENTS, sentiments);
        let origins: Vec<&str> = Origin::ALL.iter().map(|origin| origin.as_str()).collect();
        assert_eq!(ORIGINS, origins);
    }
}
