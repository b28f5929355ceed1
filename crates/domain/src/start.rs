//! Writing to somebody first: what becomes of it depends on what is open with them.

use jiff::Timestamp;

use crate::id::{InteractionId, UserId};
use crate::interaction::{Interaction, State};
use crate::window;

/// What writing to a number would lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Open, the asker's, and the window is open: one writes freely.
    Mine(InteractionId),
    /// Open and the asker's, but the window is shut: a template goes into it.
    Template(InteractionId),
    /// Somebody else has it.
    Held { interaction: InteractionId, owner: UserId },
    /// It waits for somebody, or a bot has it: whoever may, takes it.
    Free(InteractionId),
    /// The last one is closed and the window is open: it is reopened, and one writes freely.
    Reopen(InteractionId),
    /// Nothing is open and the window is shut: a template opens a new one.
    New,
}

/// Decides it. `latest` is the latest interaction with that address on that account.
pub fn start(latest: Option<&Interaction>, window_ends: Option<Timestamp>, by: UserId, now: Timestamp) -> Start {
    let open = window::is_open(window_ends, now);
    match latest {
        Some(latest) if latest.state == State::Active => match latest.owner {
            Some(owner) if owner != by => Start::Held { interaction: latest.id, owner },
            _ if open => Start::Mine(latest.id),
            _ => Start::Template(latest.id),
        },
        Some(latest) if latest.state == State::Closed => {
            if open {
                Start::Reopen(latest.id)
            } else {
                Start::New
            }
        }
        Some(latest) => Start::Free(latest.id),
        None => Start::New,
    }
}
