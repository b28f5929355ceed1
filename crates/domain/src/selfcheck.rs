//! Which hop between a customer and an agent is broken: what is known of an account, and what it means.

use jiff::{SignedDuration, Timestamp};

use crate::message::words;

words! {
    /// How a hop is.
    State { Ok = "ok", Failing = "failing", Unknown = "unknown" }
}

/// One hop that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `public_url`, `webhook`, `clock`, `media`, `missed`, `disk`.
    pub code: &'static str,
    pub state: State,
    /// What is known of it, for people.
    pub detail: Option<String>,
    /// Since when, or when last.
    pub at: Option<Timestamp>,
}

/// What is known beside what the provider answers.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub webhook_url: String,
    /// Whether the internet can reach it over TLS; `None` where a simulator or a proxy nearby calls it.
    pub is_public: Option<bool>,
    /// The last delivery that was believed.
    pub accepted_at: Option<Timestamp>,
    /// The last that was not, and why.
    pub refused: Option<(Timestamp, String)>,
    /// How far our clock is before the provider's.
    pub skew: Option<SignedDuration>,
    /// The last file that could not be had, and why.
    pub missed_file: Option<(Timestamp, String)>,
    /// Why the provider could not be asked for what it told of only once.
    pub not_asked: Option<String>,
    /// Bytes left where files and database lie.
    pub free: Option<u64>,
}

/// What is older says nothing of today.
const RECENT: SignedDuration = SignedDuration::from_hours(24);
/// Signatures with a time are believed for five minutes; a clock that is a minute off is on its way there.
const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// Below it a day of pictures does not fit any more.
const FREE: u64 = 1 << 30;

/// What the facts mean. What cannot be known for an account is left out.
pub fn findings(facts: &Facts, now: Timestamp) -> Vec<Finding> {
    let recent = |at: Timestamp| now.duration_since(at) <= RECENT;
    let mut found = Vec::new();
    let mut add = |code, state, detail: Option<String>, at| found.push(Finding { code, state, detail, at });
    if let Some(is_public) = facts.is_public {
        let state = if is_public { State::Ok } else { State::Failing };
        add("public_url", state, Some(facts.webhook_url.clone()), None);
    }
    match (facts.accepted_at, &facts.refused) {
        (accepted, Some((at, why))) if recent(*at) && accepted.is_none_or(|accepted| accepted < *at) => {
            add("webhook", State::Failing, Some(why.clone()), Some(*at));
        }
        (Some(at), _) => add("webhook", State::Ok, None, Some(at)),
        (None, _) => add("webhook", State::Unknown, None, None),
    }
    if let Some(skew) = facts.skew {
        let state = if skew.abs() > SKEW { State::Failing } else { State::Ok };
        add("clock", state, (state == State::Failing).then(|| format!("{} s", skew.as_secs())), None);
    }
    match &facts.missed_file {
        Some((at, why)) if recent(*at) => add("media", State::Failing, Some(why.clone()), Some(*at)),
        _ => add("media", State::Ok, None, None),
    }
    if let Some(why) = &facts.not_asked {
        add("missed", State::Failing, Some(why.clone()), None);
    }
    if let Some(free) = facts.free {
        let state = if free < FREE { State::Failing } else { State::Ok };
        add("disk", state, Some(gibibytes(free)), None);
    }
    found
}

/// With one digit behind the point.
fn gibibytes(bytes: u64) -> String {
    let tenths = bytes / ((1 << 30) / 10);
    format!("{}.{} GiB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1_000 + hours)
    }

    fn state(facts: &Facts, code: &str) -> Option<State> {
        findings(facts, at(0)).into_iter().find(|one| one.code == code).map(|one| one.state)
    }

    #[test]
    fn of_a_webhook_the_last_word_counts_while_it_is_fresh() {
        let facts = |accepted: Option<i64>, refused: Option<i64>| Facts {
            accepted_at: accepted.map(at),
            refused: refused.map(|hours| (at(hours), "the signature is missing".to_owned())),
            ..Facts::default()
        };
        for (accepted, refused, expected) in [
            (None, None, State::Unknown),
            (Some(-1), None, State::Ok),
            (None, Some(-1), State::Failing),
            (Some(-2), Some(-1), State::Failing),
            (Some(-1), Some(-2), State::Ok),
            // Whoever knocked the day before yesterday says nothing of today.
            (Some(-60), Some(-48), State::Ok),
            (None, Some(-48), State::Unknown),
        ] {
            assert_eq!(state(&facts(accepted, refused), "webhook"), Some(expected), "{accepted:?} {refused:?}");
        }
    }

    #[test]
    fn what_cannot_be_known_is_left_out() {
        let codes: Vec<_> = findings(&Facts::default(), at(0)).into_iter().map(|one| one.code).collect();
        assert_eq!(codes, ["webhook", "media"]);
    }

    #[test]
    fn a_clock_a_full_disk_and_a_private_address_are_named() {
        let facts = Facts {
            is_public: Some(false),
            skew: Some(SignedDuration::from_secs(-61)),
            free: Some((1 << 30) - 1),
            missed_file: Some((at(-1), "HTTP 404".to_owned())),
            not_asked: Some("Too many requests".to_owned()),
            ..Facts::default()
        };
        for code in ["public_url", "clock", "disk", "media", "missed"] {
            assert_eq!(state(&facts, code), Some(State::Failing), "{code}");
        }
        let fine = Facts {
            is_public: Some(true),
            skew: Some(SignedDuration::from_secs(60)),
            free: Some(1 << 30),
            missed_file: Some((at(-30), "HTTP 404".to_owned())),
            ..Facts::default()
        };
        for code in ["public_url", "clock", "disk", "media"] {
            assert_eq!(state(&fine, code), Some(State::Ok), "{code}");
        }
        assert_eq!(gibibytes(1 << 30), "1.0 GiB");
    }
}
