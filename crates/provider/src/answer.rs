//! What every provider's answers have in common.

use std::time::Duration;

use pronto_domain::inbound::{Code, ProviderError};
use pronto_domain::outbound::{Answer, Pace};

use crate::meaning::Meaning;

/// Longest wait we let a provider ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);
/// Characters of a body that is not the provider's JSON, kept for people to read.
const EXCERPT: usize = 200;

/// The value of `retry-after`; only seconds are understood.
pub(crate) fn wait(retry_after: &str) -> Option<Duration> {
    retry_after.trim().parse().ok().map(|seconds| Duration::from_secs(seconds).min(LONGEST_WAIT))
}

/// The beginning of a body, on one line.
pub(crate) fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body.get(..EXCERPT * 4).unwrap_or(body));
    text.trim().chars().take(EXCERPT).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// What a refusal says for itself.
pub(crate) struct Refusal {
    pub(crate) status: u16,
    /// `None` where the answer names none: its HTTP status stands for it.
    pub(crate) code: Option<Code>,
    pub(crate) title: Option<String>,
    pub(crate) detail: Option<String>,
}

impl Refusal {
    /// What follows from it. `known` = the provider's table names the code itself.
    pub(crate) fn answer(self, meaning: Meaning, known: bool, retry_after: Option<&str>, body: &[u8]) -> Answer {
        let Self { status, code, title, detail } = self;
        if code.is_none() && status == 504 {
            // A gateway gave up waiting: the provider may well have sent it.
            return Answer::Unknown { detail: format!("HTTP 504: {}", excerpt(body)) };
        }
        let detail = if code.is_some() { detail } else { Some(excerpt(body)).filter(|text| !text.is_empty()) };
        let code = code.unwrap_or_else(|| i64::from(status).into());
        let title = title.unwrap_or_else(|| meaning.title.to_string());
        let detail = detail.filter(|detail| *detail != title);
        let error = ProviderError { code, title, detail };
        let hiccup = !known && (status >= 500 || status == 429);
        let pace = meaning.retry.or(hiccup.then_some(if status == 429 { Pace::Throttle } else { Pace::Quick }));
        match pace {
            Some(pace) => Answer::Retry { after: retry_after.and_then(wait), pace, error, trouble: meaning.trouble },
            None => Answer::Failed { error, trouble: meaning.trouble },
        }
    }
}
