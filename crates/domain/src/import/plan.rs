//! What is to be done with a file, and how far it is.

use serde::{Deserialize, Serialize};

use super::{Column, DateOrder, Delimiter, Encoding, Part};
use crate::message::words;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    pub encoding: Encoding,
    pub delimiter: Delimiter,
    /// Whether the first row names the columns.
    pub heading: bool,
    pub dates: DateOrder,
}

words! {
    /// What becomes of somebody who is in the list already.
    OnMatch {
        /// They stay as they are; the row is a duplicate.
        Skip = "skip",
        /// What is empty is filled in.
        Fill = "fill",
        /// What the row says stands in the place of what was there. What it says nothing of stays.
        Update = "update",
    }
}

/// What the columns are, and how somebody is known again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Of every column of the file in its order; `None` is left out.
    pub columns: Vec<Option<Column>>,
    /// Any one of these being the same makes two the same; none: nobody is looked for. A number is looked for among all
    /// of somebody's.
    pub match_by: Vec<Part>,
    pub on_match: OnMatch,
    /// Given to everybody in the file.
    pub tags: Vec<String>,
}

impl Mapping {
    /// What somebody can be known by.
    pub const KEYS: [Part; 3] = [Part::Phone, Part::Email, Part::Name];
}

words! {
    /// How far an import is.
    State {
        Uploaded = "uploaded",
        /// It is tried without writing anything.
        Checking = "checking",
        Checked = "checked",
        Running = "running",
        /// Before its end; what is brought in so far stays, and it can go on.
        Stopped = "stopped",
        Done = "done",
        Failed = "failed",
        Undoing = "undoing",
        Undone = "undone",
    }
}

impl State {
    /// Whether a worker is at it.
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Checking | Self::Running | Self::Undoing)
    }

    /// Whether how it is read may still be changed: nothing is brought in yet.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Uploaded | Self::Checked)
    }

    /// Whether it may begin, or go on.
    pub const fn may_run(self) -> bool {
        matches!(self, Self::Uploaded | Self::Checked | Self::Stopped)
    }

    /// Whether there is something to take back.
    pub const fn may_undo(self) -> bool {
        matches!(self, Self::Stopped | Self::Done | Self::Failed)
    }
}

words! {
    /// What became of a row, or would.
    Outcome { New = "new", Updated = "updated", Duplicate = "duplicate", Invalid = "invalid" }
}
