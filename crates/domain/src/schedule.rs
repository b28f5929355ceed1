//! Messages that are sent later.

use jiff::{SignedDuration, Timestamp};

/// The furthest ahead a message is planned.
pub const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Why a time is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("this is in the past")]
    Past,
    #[error("at most 90 days ahead")]
    TooFar,
}

/// Whether a message may be planned for this time.
pub fn fits(due: Timestamp, now: Timestamp) -> Result<(), Unfit> {
    if due <= now {
        return Err(Unfit::Past);
    }
    if due.duration_since(now) > AHEAD { Err(Unfit::TooFar) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_future_as_far_as_ninety_days() {
        let now: Timestamp = "2026-03-02T09:00:00Z".parse().expect("an instant");
        let after = |seconds: i64| fits(now + SignedDuration::from_secs(seconds), now);
        assert_eq!((after(-1), after(0)), (Err(Unfit::Past), Err(Unfit::Past)));
        assert_eq!((after(1), after(90 * 86_400)), (Ok(()), Ok(())));
        assert_eq!(after(90 * 86_400 + 1), Err(Unfit::TooFar));
    }
}
