//! Advanced search: conditions on what a list shows of an interaction, on the words of its messages and on the custom
//! fields of its contact, or on what it shows of a contact and on its custom fields, in groups of and/or. Read from JSON and written as it; what it means in SQL is `store::list`'s.
//!
//! No group says *not*: a condition on what is hidden from somebody is false for them, and stays so whatever stands
//! around it.

mod field;
mod read;

pub use field::{About, Field, Kind, OF_CONTACT, Op, Person, Subject};
use jiff::Timestamp;
pub use read::{Wrong, read};
use serde_json::{Number, Value, json};

use crate::access::Masking;
use crate::search::words;

/// Groups in groups, the outermost counted.
pub const DEPTH_AT_MOST: usize = 4;
/// Conditions altogether.
pub const CONDITIONS_AT_MOST: usize = 40;
/// Choices of one condition.
pub const CHOICES_AT_MOST: usize = 100;
/// Characters of a text.
pub const TEXT_AT_MOST: usize = 200;
/// Ten years.
pub const DAYS_AT_MOST: i64 = 3660;

/// What an interaction, or a contact, must be to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    All(Vec<Self>),
    Any(Vec<Self>),
    Is(Condition),
}

/// One thing that must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub about: About,
    pub test: Test,
}

/// What must hold of a field. Which can be tested how is [`About::ops`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// All of these words, the last perhaps the beginning of one; of a number, these digits in a row.
    Contains(String),
    Is(String),
    StartsWith(String),
    /// Numbers are whole where what they are compared with is.
    Equals(Number),
    Above(Number),
    Below(Number),
    /// Both ends belong.
    Among(Number, Number),
    Before(Timestamp),
    /// At that time or later.
    After(Timestamp),
    /// From the first on, before the second.
    Between(Timestamp, Timestamp),
    LastDays(i64),
    AnyOf(Vec<Choice>),
    NoneOf(Vec<Choice>),
    Flag(bool),
    Empty,
    Filled,
}

/// One of what a field can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Id(i64),
    Word(String),
}

/// The word for whoever looks, among agents: a view for everybody shows each their own.
pub const ME: &str = "me";

impl Condition {
    /// Whether it may be asked by somebody from whom this is hidden. A number is found by all of it, and by nothing
    /// less, lest it be guessed digit by digit; that there is one is no secret. What an archived field held is nobody's
    /// to ask.
    pub fn may_be_asked(&self, hidden: &Masking) -> bool {
        let Masking { name, phone, email } = hidden;
        let field = match &self.about {
            About::Row(field) => *field,
            About::Contact(own) => return !own.archived && !own.is_hidden_by(hidden),
            About::Person(person) => return person_may_be_asked(*person, &self.test, hidden),
        };
        match (field, &self.test) {
            (_, Test::Empty | Test::Filled) => true,
            (Field::Phone, Test::Is(text)) => !phone.hides() || digits(text).len() >= crate::search::NUMBER_AT_LEAST,
            (Field::Phone, _) => !phone.hides(),
            (Field::Email, _) => !email.hides(),
            // Which words of it may be looked for where is `Typed::for_customers`.
            (Field::Customer, Test::Contains(_)) => true,
            // Somebody may be called by their number.
            (Field::Customer, Test::Is(text) | Test::StartsWith(text)) => {
                !name.hides() && (!phone.hides() || words(text).chars().any(char::is_alphabetic))
            }
            _ => true,
        }
    }
}

impl Expression {
    /// Whether what it asks for is itself hidden from somebody: whoever reads it would know a name or a number.
    pub fn tells(&self, hidden: &Masking) -> bool {
        match self {
            Self::All(members) | Self::Any(members) => members.iter().any(|member| member.tells(hidden)),
            Self::Is(condition) => condition.tells(hidden),
        }
    }
}

impl Condition {
    fn tells(&self, hidden: &Masking) -> bool {
        if matches!(self.test, Test::Empty | Test::Filled) {
            return false;
        }
        match &self.about {
            // Somebody may be called by their number, or by their address.
            About::Row(Field::Customer) | About::Person(Person::Name) => hidden.hides(),
            About::Row(Field::Phone) | About::Person(Person::Phone) => hidden.phone.hides(),
            About::Row(Field::Email) | About::Person(Person::Email) => hidden.email.hides(),
            About::Person(Person::Socials) => hidden.name.hides(),
            About::Row(_) | About::Person(_) => false,
            About::Contact(own) => own.is_hidden_by(hidden),
        }
    }
}

/// The same in the list of contacts, where a whole e-mail address finds whom it belongs to.
fn person_may_be_asked(person: Person, test: &Test, hidden: &Masking) -> bool {
    match (person, test) {
        (_, Test::Empty | Test::Filled) => true,
        (Person::Phone, Test::Is(text)) => {
            !hidden.phone.hides() || digits(text).len() >= crate::search::NUMBER_AT_LEAST
        }
        (Person::Phone, _) => !hidden.phone.hides(),
        (Person::Email, Test::Is(_)) => true,
        (Person::Email, _) => !hidden.email.hides(),
        (Person::Socials, Test::Is(_)) => true,
        (Person::Name | Person::Socials, _) => !hidden.name.hides(),
        _ => true,
    }
}

/// The digits of what was typed as a number.
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

impl Expression {
    /// As [`read`] takes it.
    pub fn to_json(&self) -> Value {
        let group = |members: &[Self]| members.iter().map(Self::to_json).collect::<Vec<_>>();
        match self {
            Self::All(members) => json!({ "all": group(members) }),
            Self::Any(members) => json!({ "any": group(members) }),
            Self::Is(Condition { about, test }) => {
                let field = about.to_string();
                let (op, value) = test.written();
                match value {
                    Value::Null => json!({ "field": field, "op": op }),
                    value => json!({ "field": field, "op": op, "value": value }),
                }
            }
        }
    }
}

impl Test {
    fn written(&self) -> (Op, Value) {
        match self {
            Self::Contains(text) => (Op::Contains, json!(text)),
            Self::Is(text) => (Op::Is, json!(text)),
            Self::StartsWith(text) => (Op::StartsWith, json!(text)),
            Self::Equals(number) => (Op::Is, json!(number)),
            Self::Above(number) => (Op::Above, json!(number)),
            Self::Below(number) => (Op::Below, json!(number)),
            Self::Among(from, to) => (Op::Between, json!([from, to])),
            Self::Before(at) => (Op::Before, json!(at)),
            Self::After(at) => (Op::After, json!(at)),
            Self::Between(from, to) => (Op::Between, json!([from, to])),
            Self::LastDays(days) => (Op::LastDays, json!(days)),
            Self::AnyOf(choices) => (Op::AnyOf, choices.iter().map(Choice::written).collect()),
            Self::NoneOf(choices) => (Op::NoneOf, choices.iter().map(Choice::written).collect()),
            Self::Flag(on) => (Op::Is, json!(on)),
            Self::Empty => (Op::Empty, Value::Null),
            Self::Filled => (Op::Filled, Value::Null),
        }
    }
}

impl Choice {
    fn written(&self) -> Value {
        match self {
            Self::Id(id) => json!(id),
            Self::Word(word) => json!(word),
        }
    }
}

#[cfg(test)]
mod tests;
