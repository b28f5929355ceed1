//! One try at sending a message, from the desk to the provider's word on it.
//!
//! What is known never turns into less: a provider's word ends all waiting, in whatever order the words come, and what
//! may have been sent is not sent again unless a person says so.

use jiff::{SignedDuration, Timestamp};

use crate::delivery::State;
use crate::id::AttemptId;
use crate::message::words;

/// How long a message may wait for the provider to take it, with all that block it; then it has failed.
pub const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_mins(10);
/// How long a try of unknown outcome holds up what was written after it.
pub const UNKNOWN_BLOCKS: SignedDuration = SignedDuration::from_secs(30);
/// How long whoever sends has for it before the outcome counts as unknown.
pub const LEASE: SignedDuration = SignedDuration::from_secs(30);

words! {
    /// Where a try stands on our side.
    Step {
        /// Written, not tried yet.
        Prepared = "prepared",
        /// Somebody is sending it now.
        InFlight = "in_flight",
        /// It went wrong without being sent, and will be tried again.
        Retry = "retry",
        Accepted = "accepted",
        Failed = "failed",
        Unknown = "unknown",
    }
}

/// What the rules need to know of a try, and change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub step: Step,
    /// How far it came, as the provider tells.
    pub state: State,
    /// What was written to this customer later waits for it.
    pub blocks: bool,
    pub run_at: Timestamp,
    pub give_up_at: Timestamp,
    /// While it is in flight: until when whoever sends it has time.
    pub leased_until: Option<Timestamp>,
    pub settled_at: Option<Timestamp>,
}

/// How a try went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    /// Nothing was sent; again after a while.
    Retry {
        wait: SignedDuration,
    },
    /// It never left: whoever had it ran out of time.
    NotTried,
    /// Nothing was sent and nothing will be.
    Failed,
    /// It may or may not have been sent.
    Unknown,
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing new.
    None,
    Changed,
    /// Time ran out before the provider took it.
    GaveUp,
}

impl Attempt {
    /// A new one.
    pub fn prepared(now: Timestamp) -> Self {
        Self {
            step: Step::Prepared,
            state: State::Queued,
            blocks: true,
            run_at: now,
            give_up_at: later(now, GIVE_UP_AFTER),
            leased_until: None,
            settled_at: None,
        }
    }

    /// A new one whose file the provider is still to be given: it is not begun before it is let go, and it holds up
    /// what was written after it.
    pub fn waiting(now: Timestamp) -> Self {
        let waiting = Self::prepared(now);
        Self { run_at: later(waiting.give_up_at, GIVE_UP_AFTER), ..waiting }
    }

    /// Somebody begins to send it.
    pub fn claim(&mut self, now: Timestamp) {
        self.step = Step::InFlight;
        self.leased_until = Some(later(now, LEASE));
    }

    /// Whoever sent it reports.
    pub fn answered(&mut self, verdict: Verdict, now: Timestamp) -> Change {
        if verdict == Verdict::Accepted {
            return self.heard(State::Accepted, now);
        }
        match self.step {
            Step::InFlight => {}
            // Too late a report still tells that nothing was sent; a person may have acted on the doubt meanwhile, so
            // it is not tried again by itself.
            Step::Unknown if verdict != Verdict::Unknown => return self.settle(Step::Failed, State::Failed, now),
            _ => return Change::None,
        }
        self.leased_until = None;
        match verdict {
            Verdict::Retry { wait } => self.put_off(Step::Retry, later(now, wait), now),
            Verdict::NotTried => self.put_off(Step::Prepared, now, now),
            Verdict::Unknown => {
                self.settle(Step::Unknown, State::Unknown, now);
                self.blocks = true;
                Change::Changed
            }
            Verdict::Failed | Verdict::Accepted => self.settle(Step::Failed, State::Failed, now),
        }
    }

    /// The provider tells how far it came. Any word of it settles what was in doubt.
    pub fn heard(&mut self, state: State, now: Timestamp) -> Change {
        if state.rank() == 0 {
            return Change::None;
        }
        let joined = self.state.join(state);
        let step = if joined == State::Failed { Step::Failed } else { Step::Accepted };
        if joined == self.state && step == self.step {
            return Change::None;
        }
        self.settle(step, joined, now)
    }

    /// Time has passed.
    pub fn passed(&mut self, now: Timestamp) -> Change {
        match self.step {
            Step::InFlight if self.leased_until.is_none_or(|until| now >= until) => {
                self.answered(Verdict::Unknown, now)
            }
            Step::Prepared | Step::Retry if now >= self.give_up_at => {
                self.settle(Step::Failed, State::Failed, now);
                Change::GaveUp
            }
            Step::Unknown if self.blocks && self.settled_at.is_none_or(|at| now >= later(at, UNKNOWN_BLOCKS)) => {
                self.blocks = false;
                Change::Changed
            }
            _ => Change::None,
        }
    }

    fn put_off(&mut self, step: Step, run_at: Timestamp, now: Timestamp) -> Change {
        if run_at >= self.give_up_at {
            self.settle(Step::Failed, State::Failed, now);
            return Change::GaveUp;
        }
        self.step = step;
        self.run_at = run_at;
        Change::Changed
    }

    fn settle(&mut self, step: Step, state: State, now: Timestamp) -> Change {
        self.step = step;
        self.state = state;
        self.blocks = false;
        self.leased_until = None;
        self.settled_at = Some(now);
        Change::Changed
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// What travels with a message and comes back with each of its statuses. The moment it was made is part of it, so
/// that a status of another system, or of a history that a restored backup has forgotten, is not taken for ours.
pub fn opaque(id: AttemptId, made_at: Timestamp) -> String {
    format!("pronto.{id}.{}", made_at.as_millisecond())
}

/// The attempt and the moment named by [`opaque`]; `None` for words that are not ours.
pub fn read_opaque(text: &str) -> Option<(AttemptId, i64)> {
    let (id, made_at) = text.strip_prefix("pronto.")?.split_once('.')?;
    Some((AttemptId(id.parse().ok()?), made_at.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).expect("an instant")
    }

    fn flying() -> Attempt {
        let mut attempt = Attempt::prepared(at(0));
        attempt.claim(at(0));
        attempt
    }

    /// What may happen to a try that is being sent, once the provider has it.
    #[derive(Clone, Copy, Debug)]
    enum News {
        Answer,
        Heard(State),
        Lapse,
    }

    fn play(news: &[News]) -> Attempt {
        let mut attempt = flying();
        for one in news {
            match one {
                News::Answer => attempt.answered(Verdict::Accepted, at(1)),
                News::Heard(state) => attempt.heard(*state, at(1)),
                News::Lapse => attempt.passed(at(3600)),
            };
        }
        attempt.settled_at = None;
        attempt
    }

    proptest! {
        #[test]
        fn news_in_any_order_comes_to_the_same(
            (one, other) in prop::collection::vec(0usize..8, 0..8).prop_map(|picks| {
                let all = [
                    News::Lapse, News::Answer, News::Heard(State::Sent), News::Heard(State::Failed),
                    News::Heard(State::Delivered), News::Heard(State::Read), News::Heard(State::Played),
                    News::Heard(State::Accepted),
                ];
                // The provider's answer is always among them.
                std::iter::once(News::Answer).chain(picks.into_iter().map(|pick| all[pick])).collect::<Vec<_>>()
            }).prop_flat_map(|news| (Just(news.clone()), Just(news).prop_shuffle()))
        ) {
            prop_assert_eq!(play(&one), play(&other));
        }

        #[test]
        fn a_word_is_never_taken_back(states in prop::collection::vec(prop::sample::select(State::ALL), 0..12)) {
            let mut attempt = flying();
            let mut rank = 0;
            for state in states {
                attempt.heard(state, at(1));
                prop_assert!(attempt.state.rank() >= rank);
                rank = attempt.state.rank();
                attempt.answered(Verdict::Retry { wait: SignedDuration::from_secs(1) }, at(1));
                if rank > 0 {
                    // What the provider has is never sent again.
                    prop_assert!(matches!(attempt.step, Step::Accepted | Step::Failed) && !attempt.blocks);
                }
            }
        }
    }

    #[test]
    fn a_retry_blocks_its_lane_for_ten_minutes_at_most() {
        let mut attempt = flying();
        assert_eq!(attempt.answered(Verdict::Retry { wait: SignedDuration::from_secs(60) }, at(0)), Change::Changed);
        assert_eq!((attempt.step, attempt.run_at, attempt.blocks), (Step::Retry, at(60), true));
        attempt.claim(at(560));
        assert_eq!(attempt.answered(Verdict::Retry { wait: SignedDuration::from_secs(60) }, at(561)), Change::GaveUp);
        assert_eq!((attempt.step, attempt.state, attempt.blocks), (Step::Failed, State::Failed, false));
    }

    #[test]
    fn what_never_got_its_turn_fails_in_the_end() {
        let mut attempt = Attempt::prepared(at(0));
        assert_eq!(attempt.passed(at(599)), Change::None);
        assert_eq!(attempt.passed(at(600)), Change::GaveUp);
    }

    #[test]
    fn a_broken_connection_leaves_a_doubt_that_blocks_for_half_a_minute() {
        let mut attempt = flying();
        attempt.answered(Verdict::Unknown, at(5));
        assert_eq!((attempt.step, attempt.state, attempt.blocks), (Step::Unknown, State::Unknown, true));
        assert_eq!(attempt.passed(at(34)), Change::None);
        assert_eq!(attempt.passed(at(35)), Change::Changed);
        assert!(!attempt.blocks);
        assert_eq!(attempt.passed(at(3600)), Change::None);
        attempt.heard(State::Delivered, at(3600));
        assert_eq!((attempt.step, attempt.state), (Step::Accepted, State::Delivered));
    }

    #[test]
    fn a_lapsed_lease_is_a_doubt_and_a_late_refusal_ends_it() {
        let mut attempt = flying();
        assert_eq!(attempt.passed(at(29)), Change::None);
        assert_eq!(attempt.passed(at(30)), Change::Changed);
        assert_eq!(attempt.step, Step::Unknown);
        attempt.answered(Verdict::Retry { wait: SignedDuration::from_secs(1) }, at(31));
        assert_eq!(attempt.step, Step::Failed);
    }

    #[test]
    fn only_our_own_words_are_read_back() {
        let text = opaque(AttemptId(42), at(0));
        assert_eq!(read_opaque(&text), Some((AttemptId(42), at(0).as_millisecond())));
        for other in ["", "42", "pronto.", "pronto.42", "pronto.x.1", "order-7.42.1"] {
            assert_eq!(read_opaque(other), None, "{other}");
        }
    }
}
