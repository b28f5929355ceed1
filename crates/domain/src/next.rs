//! The most urgent thing somebody may do now: what the *next* key leads to.

use jiff::{SignedDuration, Timestamp};

use crate::id::InteractionId;
use crate::message::words;

/// A window that ends within this time is about to be lost.
pub const CLOSING: SignedDuration = SignedDuration::from_hours(2);

words! {
    /// Why something is next, the most urgent first.
    Why {
        /// An offer that runs out.
        Offer = "offer",
        /// One's own, unanswered, and the window closes soon.
        Closing = "closing",
        /// One's own, with something one has not read.
        Unread = "unread",
        /// One's own, read and not answered.
        Unanswered = "unanswered",
        /// It waits in one of one's queues.
        Waiting = "waiting",
    }
}

/// What is known of something one might do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub interaction: InteractionId,
    /// Until when it is offered to the viewer.
    pub offered_until: Option<Timestamp>,
    /// The viewer holds it.
    pub mine: bool,
    /// It waits for anybody, and the viewer may take it.
    pub waiting: bool,
    pub unread: bool,
    pub unanswered_since: Option<Timestamp>,
    pub window_ends: Option<Timestamp>,
}

/// What to do next, why, and the moment that decides among equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Best {
    pub interaction: InteractionId,
    pub why: Why,
    pub moment: Option<Timestamp>,
}

impl Candidate {
    /// Why it would be next, if there is anything to do.
    fn why(&self, now: Timestamp) -> Option<(Why, Option<Timestamp>)> {
        if let Some(until) = self.offered_until.filter(|until| *until > now) {
            return Some((Why::Offer, Some(until)));
        }
        if self.mine {
            let asks = self.unread || self.unanswered_since.is_some();
            let closing = |ends: &Timestamp| *ends > now && ends.duration_since(now) <= CLOSING;
            return match self.window_ends.filter(closing) {
                Some(ends) if asks => Some((Why::Closing, Some(ends))),
                _ if self.unread => Some((Why::Unread, self.unanswered_since)),
                _ => self.unanswered_since.map(|since| (Why::Unanswered, Some(since))),
            };
        }
        self.waiting.then_some((Why::Waiting, self.unanswered_since))
    }
}

/// The most urgent of them: by its reason, then by the moment that comes or came first, then by its number.
pub fn best(candidates: &[Candidate], now: Timestamp) -> Option<Best> {
    let asked = candidates.iter().filter_map(|one| {
        let (why, moment) = one.why(now)?;
        Some(Best { interaction: one.interaction, why, moment })
    });
    asked.min_by_key(|best| (best.why, best.moment.is_none(), best.moment, best.interaction))
}
