//! Whether Twilio tries a delivery again. By itself it does so once, and only when it could not connect; the fragment of
//! the address asks for more: `#rc=3&rp=all`.

use crate::network::delivery::Failure;
use crate::wire::fields;

/// Whether a delivery that failed after so many earlier tries is tried once more.
pub(crate) fn again(url: &str, tries_before: i64, failure: Failure) -> bool {
    let asked = fields(url.split_once('#').map_or("", |(_, fragment)| fragment).as_bytes());
    let value = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let count: i64 = value("rc").and_then(|count| count.parse().ok()).unwrap_or(1);
    let policy = value("rp").unwrap_or("ct");
    let covered = policy.split(',').any(|policy| match policy {
        "all" => true,
        "4xx" => matches!(failure, Failure::Refused(400..=499)),
        "5xx" => matches!(failure, Failure::Refused(500..=599)),
        "ct" => failure == Failure::NotReached,
        "rt" => failure == Failure::NotAnswered,
        _ => false,
    });
    covered && tries_before < count.clamp(0, 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_for_is_tried_again() {
        let plain = "https://desk.example/webhooks/twilio/demo";
        assert!(again(plain, 0, Failure::NotReached) && !again(plain, 1, Failure::NotReached));
        assert!(!again(plain, 0, Failure::Refused(503)) && !again(plain, 0, Failure::NotAnswered));
        let asked = format!("{plain}#rc=3&rp=5xx,rt");
        assert!(again(&asked, 2, Failure::Refused(503)) && !again(&asked, 3, Failure::Refused(503)));
        assert!(again(&asked, 0, Failure::NotAnswered) && !again(&asked, 0, Failure::Refused(404)));
        assert!(again(&format!("{plain}#rc=9&rp=all"), 4, Failure::Refused(404)));
        assert!(!again(&format!("{plain}#rc=9&rp=all"), 5, Failure::Refused(404)));
    }
}
