//! By what a list is ordered: each way reads a range of an index.

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
    Id,
}

impl By {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Started => "started",
            Self::Window => "window",
            Self::Waiting => "waiting",
            Self::Id => "id",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        [Self::Last, Self::Started, Self::Window, Self::Waiting, Self::Id].into_iter().find(|by| by.word() == word)
    }

    /// What one wants to see first of it, unless one says otherwise: the newest; of what is urgent, the most urgent.
    pub const fn ascending(self) -> bool {
        matches!(self, Self::Window | Self::Waiting)
    }

    pub(super) const fn column(self) -> &'static str {
        match self {
            Self::Last => "i.last_at",
            Self::Started => "i.started_at",
            Self::Window => "i.window_expires_at",
            Self::Waiting => "i.unanswered_since",
            Self::Id => "i.id",
        }
    }

    /// Where a row stands in it.
    pub fn place(self, row: &crate::interaction::Interaction) -> i64 {
        match self {
            Self::Last => row.last_at,
            Self::Started => row.started_at,
            Self::Window => row.window_expires_at.unwrap_or(row.last_at),
            Self::Waiting => row.unanswered_since.unwrap_or(row.last_at),
            Self::Id => row.id,
        }
    }
}
