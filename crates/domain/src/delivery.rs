//! How far an outbound message has come. States arrive early, late, twice and backwards; the joined state is the
//! same in every order, because joining is a maximum.

use crate::message::words;

words! {
    /// The state of one attempt, or of a message as shown.
    State {
        /// Stored, waiting for its turn.
        Queued = "queued",
        /// The provider has it.
        Accepted = "accepted",
        /// It has left for the phone.
        Sent = "sent",
        Failed = "failed",
        Delivered = "delivered",
        Read = "read",
        /// A voice message was listened to.
        Played = "played",
        /// The connection broke after the request went out: it may or may not have been sent.
        Unknown = "unknown",
    }
}

impl State {
    /// The place in the order of states; *failed* yields to *delivered*, for a phone that got it has got it.
    pub const fn rank(self) -> i64 {
        match self {
            Self::Queued => 0,
            // Any word from the provider is worth more than not knowing.
            Self::Unknown => 0,
            Self::Accepted => 1,
            Self::Sent => 2,
            Self::Failed => 3,
            Self::Delivered => 4,
            Self::Read => 5,
            Self::Played => 6,
        }
    }

    /// The state after `other` was heard too.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        if other.rank() > self.rank() { other } else { self }
    }

    /// Whether the phone has it.
    pub const fn reached(self) -> bool {
        self.rank() >= Self::Delivered.rank()
    }
}

/// What a message shows: its latest attempt, unless an earlier one reached the phone.
pub fn shown(attempts: &[State]) -> State {
    let reached = attempts.iter().copied().filter(|state| state.reached()).max_by_key(|state| state.rank());
    reached.or(attempts.last().copied()).unwrap_or(State::Queued)
}
