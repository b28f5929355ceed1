//! How fast an account may send: a bucket of tokens, one for each message, that fills with time.

use jiff::Timestamp;

/// Tokens are counted in thousandths, so that a millisecond's share is a whole number.
const TOKEN: i64 = 1000;

/// What is in the bucket, and when that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// In thousandths of a token.
    pub level: i64,
    pub at: Timestamp,
}

impl Bucket {
    /// The bucket at `now`. It holds a second's worth; a clock that was set back neither fills nor empties it.
    #[must_use]
    pub fn refilled(self, per_second: i64, now: Timestamp) -> Self {
        let per_second = per_second.max(1);
        let passed = i64::try_from(now.duration_since(self.at).as_millis()).unwrap_or(i64::MAX).max(0);
        let level = self.level.max(0).saturating_add(passed.saturating_mul(per_second));
        Self { level: level.min(per_second.saturating_mul(TOKEN)), at: now }
    }

    /// Whole tokens there are.
    pub const fn tokens(self) -> i64 {
        self.level / TOKEN
    }

    /// The bucket without `tokens`.
    #[must_use]
    pub fn without(self, tokens: i64) -> Self {
        Self { level: self.level - tokens * TOKEN, ..self }
    }

    /// When there will be a whole token.
    pub fn next_at(self, per_second: i64) -> Timestamp {
        let missing = (TOKEN - self.level).max(0);
        let wait = jiff::SignedDuration::from_millis((missing + per_second.max(1) - 1) / per_second.max(1));
        self.at.checked_add(wait).unwrap_or(self.at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + millis).expect("an instant")
    }

    #[test]
    fn a_new_bucket_holds_a_second_and_fills_evenly() {
        let never = Bucket { level: 0, at: Timestamp::UNIX_EPOCH };
        let full = never.refilled(80, at(0));
        assert_eq!(full.tokens(), 80);
        let empty = full.without(80);
        assert_eq!(empty.tokens(), 0);
        assert_eq!(empty.refilled(80, at(12)).tokens(), 0);
        assert_eq!(empty.next_at(80), at(13));
        assert_eq!(empty.refilled(80, at(13)).tokens(), 1);
        assert_eq!(empty.refilled(80, at(500)).tokens(), 40);
        assert_eq!(empty.refilled(80, at(5000)).tokens(), 80);
    }

    #[test]
    fn a_clock_set_back_changes_nothing() {
        let bucket = Bucket { level: 5000, at: at(0) };
        assert_eq!(bucket.refilled(80, at(-60_000)).tokens(), 5);
    }

    proptest! {
        #[test]
        fn no_more_is_taken_than_the_rate_allows(rate in 1i64..200, waits in prop::collection::vec(0i64..400, 1..200)) {
            let mut bucket = Bucket { level: 0, at: at(0) };
            let (mut now, mut taken) = (0, 0);
            for wait in waits {
                now += wait;
                bucket = bucket.refilled(rate, at(now));
                taken += bucket.tokens();
                bucket = bucket.without(bucket.tokens());
            }
            prop_assert!(taken * 1000 <= now * rate);
            prop_assert!(bucket.refilled(rate, bucket.next_at(rate)).tokens() >= 1);
        }
    }
}
