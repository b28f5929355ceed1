//! Scenarios: what customers do, written down, and played on their phones.

pub(crate) mod files;
mod hand;
pub(crate) mod player;
pub(crate) mod read;
pub(crate) mod run;
pub(crate) mod scenarios;
mod step;
mod words;

use std::time::Duration;

use serde_json::Value;

/// A scenario that has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Script {
    pub(crate) title: String,
    pub(crate) about: String,
    /// The business that is written to: a number or its id; the first there is when absent.
    pub(crate) business: Option<String>,
    /// Everybody goes at a pace of their own, instead of all of them line by line.
    pub(crate) apart: bool,
    pub(crate) people: Vec<Person>,
    pub(crate) steps: Vec<Step>,
}

/// Somebody in a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// What the lines call them, and the id of their phone.
    pub(crate) id: String,
    /// The name and number of a phone that may have to be made; absent when it has to be there.
    pub(crate) name: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) line: usize,
}

/// A line that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// Counted from one.
    pub(crate) line: usize,
    pub(crate) what: What,
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Wait(Pause),
    Fault(String, Value),
    Heal,
    /// The place among the people, and what they do.
    Does(usize, Deed),
}

/// Between the two, drawn anew each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pause {
    pub(crate) least: Duration,
    pub(crate) most: Duration,
}

/// What a person does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    /// So long ago; now when that is nothing.
    Write {
        text: String,
        ago: Duration,
    },
    /// An answer to the latest message of the business, or to the latest in which these words stand.
    Reply {
        to: Option<String>,
        text: String,
    },
    Send {
        file: &'static files::Sample,
        name: Option<String>,
        caption: Option<String>,
    },
    Location {
        latitude: String,
        longitude: String,
        name: Option<String>,
    },
    Contact {
        number: String,
        name: String,
    },
    ShareContact,
    /// Without an emoji it is taken back.
    React {
        emoji: String,
        to: Option<String>,
    },
    Edit {
        which: Option<String>,
        text: String,
    },
    Delete {
        which: Option<String>,
    },
    /// A button; the first when none is named.
    Tap {
        title: Option<String>,
    },
    /// A row of a list.
    Choose {
        title: Option<String>,
    },
    Read,
    Play,
    Block(bool),
    Switch(bool),
    ChangeNumber {
        to: Option<String>,
    },
    Wait(Pause),
    Hear(Hear),
}

/// Waiting for the business to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hear {
    /// Any of these stands in it; anything will do when there are none.
    pub(crate) words: Vec<String>,
    pub(crate) at_most: Option<Duration>,
    /// What is written when the time is up; then it goes on waiting.
    pub(crate) nudge: Option<String>,
    /// Whether the scenario fails when no such answer comes; else it goes on.
    pub(crate) required: bool,
}

/// What is wrong with a line, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {detail}")]
pub(crate) struct Wrong {
    pub(crate) line: usize,
    pub(crate) detail: String,
}
