//! By what a list is ordered: each way reads a range of an index.

use pronto_domain::interaction::State;
use pronto_domain::search::words;

use crate::interaction::Interaction;

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    pub by: By,
    /// The smallest first.
    pub ascending: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// The last message.
    #[default]
    Last,
    Started,
    /// The end of the window: only what is open and has an open window.
    Window,
    /// Since when the customer waits for an answer: only open ones where they do.
    Waiting,
    /// The customer's name, or what stands for it.
    Contact,
    /// How near it is to its end, as in [`STATUSES`]; of each the latest message first, whichever way round.
    Status,
    Id,
}

/// The states as they follow upon each other: what nobody answers yet comes before what somebody does.
pub const STATUSES: [State; 7] =
    [State::Waiting, State::Offered, State::Unassigned, State::Active, State::Bot, State::Flow, State::Closed];

/// Where a row stands in an order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Words(String),
    At(i64),
    /// Which of [`STATUSES`], and its last message.
    Status(usize, i64),
}

impl By {
    const ALL: [Self; 7] =
        [Self::Last, Self::Started, Self::Window, Self::Waiting, Self::Contact, Self::Status, Self::Id];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Started => "started",
            Self::Window => "window",
            Self::Waiting => "waiting",
            Self::Contact => "contact",
            Self::Status => "status",
            Self::Id => "id",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }

    /// What one wants to see first of it, unless one says otherwise: the newest; of what is urgent, the most urgent; of
    /// names, the first.
    pub const fn ascending(self) -> bool {
        matches!(self, Self::Window | Self::Waiting | Self::Contact | Self::Status)
    }

    /// What an index is in the order of; for states, within one of them.
    pub(super) const fn column(self) -> &'static str {
        match self {
            Self::Last | Self::Status => "i.last_at",
            Self::Started => "i.started_at",
            Self::Window => "i.window_expires_at",
            Self::Waiting => "i.unanswered_since",
            Self::Contact => "i.customer_words",
            Self::Id => "i.id",
        }
    }

    /// Where a row stands in it.
    pub fn place(self, row: &Interaction) -> Place {
        Place::At(match self {
            Self::Last => row.last_at,
            Self::Started => row.started_at,
            Self::Window => row.window_expires_at.unwrap_or(row.last_at),
            Self::Waiting => row.unanswered_since.unwrap_or(row.last_at),
            Self::Contact => return Place::Words(words(&row.customer)),
            Self::Status => {
                let status = STATUSES.iter().position(|state| state.as_str() == row.state);
                return Place::Status(status.unwrap_or(STATUSES.len()), row.last_at);
            }
            Self::Id => row.id,
        })
    }

    /// A place of this order as [`std::fmt::Display`] of [`Place`] writes it.
    pub fn read_place(self, text: &str) -> Option<Place> {
        match self {
            Self::Contact => Some(Place::Words(text.to_owned())),
            Self::Status => {
                let (status, at) = text.split_once('.')?;
                Some(Place::Status(status.parse().ok()?, at.parse().ok()?))
            }
            Self::Last | Self::Started | Self::Window | Self::Waiting | Self::Id => text.parse().ok().map(Place::At),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::At(at) => at.fmt(f),
            Self::Status(status, at) => write!(f, "{status}.{at}"),
        }
    }
}

impl Order {
    /// The order of some rows.
    pub(super) fn text(self, of: Rows) -> String {
        let Self { by, ascending } = self;
        let (column, way) = (by.column(), if ascending { "ASC" } else { "DESC" });
        match (by, of) {
            (By::Status, Rows::OfOneRange) => format!("ORDER BY {column} DESC, i.id DESC"),
            (By::Status, _) => format!("ORDER BY {} {way}, {column} DESC, i.id DESC", rank()),
            // No index is in the order of an expression.
            (By::Contact, Rows::Few) => format!("ORDER BY ({column} || '') {way}, i.id {way}"),
            (_, Rows::Few) => format!("ORDER BY ({column} + 0) {way}, i.id {way}"),
            _ => format!("ORDER BY {column} {way}, i.id {way}"),
        }
    }
}

/// What an order is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// Many, as an index has them.
    Many,
    /// So few that all of them are read and sorted: an engine that walked the order's index instead would pass over the
    /// whole history.
    Few,
    /// Of one index range, where a state is the same for all.
    OfOneRange,
}

/// Which of [`STATUSES`] a row is in, as SQL.
pub(super) fn rank() -> String {
    let cases: Vec<String> =
        STATUSES.iter().enumerate().map(|(at, state)| format!("WHEN '{}' THEN {at}", state.as_str())).collect();
    format!("CASE i.state {} ELSE {} END", cases.join(" "), STATUSES.len())
}
