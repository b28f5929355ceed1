//! Presence is declared by the agent and leased by the socket.

use jiff::{SignedDuration, Timestamp};

use crate::message::words;

words! {
    /// What an agent says of themselves.
    Declared { Available = "available", Paused = "paused", Offline = "offline" }
}

/// How long a lease lasts without being renewed.
pub const LEASE: SignedDuration = SignedDuration::from_secs(45);

/// The state that counts: what was declared, unless nobody has renewed the lease (plus the grace an administrator
/// grants for a lost connection).
pub fn effective(declared: Declared, seen_at: Timestamp, grace_s: i64, now: Timestamp) -> Declared {
    let lapses = seen_at.checked_add(LEASE + SignedDuration::from_secs(grace_s)).unwrap_or(Timestamp::MAX);
    if now >= lapses { Declared::Offline } else { declared }
}

/// The longest wrap-up from now on.
pub const WRAP_UP_AT_MOST: SignedDuration = SignedDuration::from_hours(1);

/// The end of a wrap-up that is made longer, or `None` where none is running.
pub fn extend(busy_until: Option<Timestamp>, by: SignedDuration, now: Timestamp) -> Option<Timestamp> {
    let running = busy_until.filter(|until| now < *until)?;
    let longest = now.checked_add(WRAP_UP_AT_MOST).unwrap_or(Timestamp::MAX);
    // A queue's own may be longer than what one can add.
    Some(running.checked_add(by).unwrap_or(Timestamp::MAX).min(longest).max(running))
}
