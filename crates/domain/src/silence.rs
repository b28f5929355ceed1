//! What becomes of a customer who says nothing more: told once, then the interaction is closed.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::window;

/// What an account does about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Seconds of silence after which it is closed; 0 = never.
    pub close_after_s: i64,
    /// So many seconds before that the customer is told; 0 = not.
    pub warn_before_s: i64,
    /// In these words.
    pub warning: String,
}

impl Policy {
    pub fn is_on(&self) -> bool {
        self.close_after_s > 0
    }

    /// Whether the customer is told first.
    pub fn warns(&self) -> bool {
        self.warn_before_s > 0 && self.warn_before_s < self.close_after_s && !self.warning.trim().is_empty()
    }
}

/// What is known of an interaction that somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// A message of the customer's has no answer yet.
    pub unanswered: bool,
    /// The last word of either side.
    pub last_word: Timestamp,
    /// When the customer was told that it will be closed.
    pub warned_at: Option<Timestamp>,
    /// Put off until then.
    pub put_off_until: Option<Timestamp>,
    pub window_expires_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Nothing,
    Warn,
    Close,
}

/// What is due now. Nothing ever is while the customer waits for an answer, nor before the time somebody put it off
/// to; and nobody is told outside of the window.
pub fn next(policy: &Policy, facts: &Facts, now: Timestamp) -> Next {
    if !policy.is_on() || facts.unanswered || facts.put_off_until.is_some_and(|until| now < until) {
        return Next::Nothing;
    }
    let silent_for = |since: Timestamp, seconds: i64| {
        since.checked_add(SignedDuration::from_secs(seconds.max(0))).is_ok_and(|end| now >= end)
    };
    // A word after the warning begins the silence anew.
    let warned = facts.warned_at.filter(|at| *at >= facts.last_word);
    match warned {
        Some(at) if silent_for(at, policy.warn_before_s.min(policy.close_after_s)) => Next::Close,
        Some(_) => Next::Nothing,
        None if silent_for(facts.last_word, policy.close_after_s) => Next::Close,
        None if policy.warns()
            && window::is_open(facts.window_expires_at, now)
            && silent_for(facts.last_word, policy.close_after_s - policy.warn_before_s) =>
        {
            Next::Warn
        }
        None => Next::Nothing,
    }
}
