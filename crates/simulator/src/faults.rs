//! What goes wrong on purpose. Everything is off at the start, and a restart turns it off again.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something that happens to the next so many calls, or to a share of them.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Chance {
    pub(crate) next: u32,
    pub(crate) percent: u8,
}

impl Chance {
    /// Whether it strikes now; one of `next` is used up.
    pub(crate) fn strikes(&mut self) -> bool {
        if self.next > 0 {
            self.next -= 1;
            return true;
        }
        rolls(self.percent)
    }
}

/// A chance with the HTTP status or the error code it strikes with.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Coded {
    pub(crate) code: u32,
    pub(crate) next: u32,
    pub(crate) percent: u8,
}

impl Coded {
    const fn of(code: u32) -> Self {
        Self { code, next: 0, percent: 0 }
    }

    /// The code, when it strikes now.
    pub(crate) fn strikes(&mut self) -> Option<u32> {
        let mut chance = Chance { next: self.next, percent: self.percent };
        let struck = chance.strikes();
        self.next = chance.next;
        struck.then_some(self.code)
    }
}

impl Default for Coded {
    fn default() -> Self {
        Self::of(500)
    }
}

/// How the statuses of sent messages reach the business.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Statuses {
    #[default]
    Normal,
    /// None at all.
    None,
    /// Read before delivered before sent.
    Reversed,
    /// `sent` is acknowledged before the send itself is answered.
    Early,
    /// Each of them twice.
    Repeated,
}

/// The switches of `control/faults`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Faults {
    /// Share of webhook updates that come a second time.
    pub(crate) duplicate_percent: u8,
    /// Share of webhook updates that are held back so that later ones overtake them.
    pub(crate) reorder_percent: u8,
    /// How late every webhook is.
    pub(crate) delay_ms: u32,
    /// Most updates in one POST.
    pub(crate) webhook_batch_max: u32,
    /// POSTs on their way at the same time, for each app.
    pub(crate) webhook_concurrency: u32,
    /// First wait after a POST that was not acknowledged; it doubles up to `webhook_retry_max_ms`.
    pub(crate) webhook_retry_ms: u32,
    pub(crate) webhook_retry_max_ms: u32,
    pub(crate) webhook_timeout_ms: u32,
    /// HTTP status instead of an answer to a send; the message is not accepted.
    pub(crate) send_status: Coded,
    /// Meta error instead of an answer to a send; the message is not accepted.
    pub(crate) send_error: Coded,
    pub(crate) rate_limit_130429: Chance,
    pub(crate) pair_rate_131056: Chance,
    /// The message is accepted, then the connection closes without an answer.
    pub(crate) drop_after_accept: Chance,
    /// The message is accepted and fails afterwards with this code.
    pub(crate) failed_status: Coded,
    pub(crate) media_fail: Chance,
    pub(crate) token_expired: bool,
    pub(crate) window_closed: bool,
    /// A closed window is told by a failed status instead of the answer.
    pub(crate) window_error_late: bool,
    pub(crate) statuses: Statuses,
    /// Time from accepted to sent and from sent to delivered.
    pub(crate) status_delay_ms: u32,
    /// How long an answer to a send takes.
    pub(crate) answer_delay_ms: u32,
    /// How long the review of a new template takes.
    pub(crate) template_review_ms: u32,
    /// Whether statuses carry the `conversation` object that version 24 dropped.
    pub(crate) conversation: bool,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            duplicate_percent: 0,
            reorder_percent: 0,
            delay_ms: 0,
            webhook_batch_max: 100,
            webhook_concurrency: 1,
            webhook_retry_ms: 100,
            webhook_retry_max_ms: 2_000,
            webhook_timeout_ms: 10_000,
            send_status: Coded::of(500),
            send_error: Coded::of(131_000),
            rate_limit_130429: Chance::default(),
            pair_rate_131056: Chance::default(),
            drop_after_accept: Chance::default(),
            failed_status: Coded::of(131_026),
            media_fail: Chance::default(),
            token_expired: false,
            window_closed: false,
            window_error_late: false,
            statuses: Statuses::Normal,
            status_delay_ms: 250,
            answer_delay_ms: 0,
            template_review_ms: 1_500,
            conversation: true,
        }
    }
}

impl Faults {
    /// These switches with a merge patch applied. A bare number stands for `{"next": number}` where a chance is meant.
    pub(crate) fn patched(&self, patch: &Value) -> Result<Self, String> {
        let mut merged = serde_json::to_value(self).map_err(|error| error.to_string())?;
        let Value::Object(patch) = patch else {
            return Err("the faults are a JSON object".to_owned());
        };
        for (key, value) in patch {
            match (merged.get_mut(key), value) {
                (_, Value::Null) => {
                    let healthy = serde_json::to_value(Self::default()).map_err(|error| error.to_string())?;
                    merged[key] = healthy[key].clone();
                }
                (Some(Value::Object(chance)), Value::Number(_)) => {
                    chance.insert("next".to_owned(), value.clone());
                }
                (Some(Value::Object(chance)), Value::Object(change)) => {
                    chance.extend(change.iter().map(|(key, value)| (key.clone(), value.clone())));
                }
                _ => merged[key] = value.clone(),
            }
        }
        let faults: Self = serde_json::from_value(merged).map_err(|error| error.to_string())?;
        faults.bounded()
    }

    fn bounded(self) -> Result<Self, String> {
        if !(1..=1000).contains(&self.webhook_batch_max) {
            return Err("webhook_batch_max is between 1 and 1000".to_owned());
        }
        if !(1..=64).contains(&self.webhook_concurrency) {
            return Err("webhook_concurrency is between 1 and 64".to_owned());
        }
        if !(400..=599).contains(&self.send_status.code) {
            return Err("send_status.code is an HTTP status between 400 and 599".to_owned());
        }
        Ok(self)
    }
}

/// True in `percent` of a hundred cases.
pub(crate) fn rolls(percent: u8) -> bool {
    percent > 0 && rand::random_range(0..100) < percent
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_is_a_count_and_the_rest_stays() {
        let faults =
            Faults::default().patched(&json!({"drop_after_accept": 2, "send_status": {"code": 503}})).expect("a patch");
        assert_eq!((faults.drop_after_accept.next, faults.send_status.code, faults.send_status.next), (2, 503, 0));
        let faults = faults.patched(&json!({"drop_after_accept": null})).expect("a patch");
        assert_eq!(faults.drop_after_accept.next, 0);
    }

    #[test]
    fn an_unknown_switch_is_refused() {
        assert!(Faults::default().patched(&json!({"no_such_switch": 1})).is_err());
        assert!(Faults::default().patched(&json!({"webhook_batch_max": 0})).is_err());
    }

    #[test]
    fn a_count_is_used_up() {
        let mut chance = Chance { next: 2, percent: 0 };
        assert_eq!([chance.strikes(), chance.strikes(), chance.strikes()], [true, true, false]);
    }
}
