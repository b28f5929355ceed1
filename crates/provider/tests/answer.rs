//! What we make of Meta's answers.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use pronto_domain::inbound::ProviderError;
use pronto_domain::outbound::{Answer, Pace, Trouble};
use pronto_provider::meta;
use serde_json::json;

fn error(status: u16, code: i64) -> Answer {
    let body = json!({ "error": {
        "message": format!("(#{code}) Something"), "type": "OAuthException", "code": code,
        "error_data": { "messaging_product": "whatsapp", "details": "Some details" }, "fbtrace_id": "x",
    }});
    meta::answered(status, None, body.to_string().as_bytes())
}

#[test]
fn an_accepted_message_has_an_id() {
    let body = br#"{"messaging_product":"whatsapp","contacts":[{"input":"+5511987654321","wa_id":"551187654321","user_id":"BR.1"}],"messages":[{"id":"wamid.OUT1","message_status":"held_for_quality_assessment"}]}"#;
    assert_eq!(
        meta::answered(200, None, body),
        Answer::Accepted {
            provider_id: "wamid.OUT1".into(),
            digits: Some("551187654321".into()),
            user_id: Some("BR.1".into()),
            note: Some("held_for_quality_assessment".into()),
        }
    );
}

#[test]
fn a_success_that_cannot_be_read_is_not_known() {
    for body in ["", "<html>", "{}", r#"{"messages":[]}"#, r#"{"messages":[{"id":""}]}"#, r#"{"success":true}"#] {
        assert!(matches!(meta::answered(200, None, body.as_bytes()), Answer::Unknown { .. }), "{body}");
    }
    // A gateway that gave up waiting knows nothing of what happened behind it.
    assert!(matches!(meta::answered(504, None, b"<html>Gateway Timeout"), Answer::Unknown { .. }));
}

#[test]
fn what_passes_is_tried_again() {
    for (status, code, pace) in [
        (500, 131_000, Pace::Quick),
        (400, 131_016, Pace::Quick),
        (503, 2, Pace::Quick),
        (400, 130_429, Pace::Throttle),
        (400, 80_007, Pace::Quota),
        (400, 4, Pace::Quota),
        (400, 131_056, Pace::Pair),
        (400, 133_004, Pace::Quick),
        (500, 999_999, Pace::Quick),
    ] {
        let answer = error(status, code);
        assert!(matches!(&answer, Answer::Retry { pace: seen, .. } if *seen == pace), "{code}: {answer:?}");
    }
    for status in [408, 429, 500, 502, 503] {
        assert!(matches!(meta::answered(status, None, b"<html>"), Answer::Retry { .. }), "{status}");
    }
    let transient = br#"{"error":{"message":"x","code":424242,"is_transient":true}}"#;
    assert!(matches!(meta::answered(400, None, transient), Answer::Retry { .. }));
}

#[test]
fn waiting_grows_and_never_falls_short_of_what_was_asked() {
    let waits = |answer: &Answer| (1..=4).map(|tries| answer.retry_in(tries).unwrap().as_secs()).collect::<Vec<_>>();
    assert_eq!(waits(&error(400, 131_056)), [1, 4, 16, 64]);
    assert_eq!(waits(&error(500, 131_000)), [1, 2, 4, 8]);
    let asked = meta::answered(429, Some("7"), b"");
    assert_eq!(waits(&asked), [7, 7, 8, 16]);
    assert!(asked.retry_in(u32::MAX).unwrap() <= Duration::from_secs(60));
    // A date, nonsense and a century are not taken at their word.
    assert_eq!(waits(&meta::answered(429, Some("Wed, 21 Oct 2026 07:28:00 GMT"), b"")), [2, 4, 8, 16]);
    assert_eq!(meta::answered(429, Some("99999999999"), b"").retry_in(1), Some(Duration::from_secs(86_400)));
    assert_eq!(error(400, 131_047).retry_in(1), None);
}

#[test]
fn what_does_not_pass_fails_and_says_so_when_the_account_is_hit() {
    for (status, code, trouble) in [
        (400, 131_047, None),
        (400, 131_026, None),
        (404, 132_001, None),
        (400, 131_049, None),
        (400, 999_999, None),
        (401, 190, Some(Trouble::Token)),
        (401, 0, Some(Trouble::Token)),
        (403, 10, Some(Trouble::Permission)),
        (403, 219, Some(Trouble::Permission)),
        (500, 3, Some(Trouble::Permission)),
        (403, 131_031, Some(Trouble::Locked)),
        (403, 368, Some(Trouble::Locked)),
        (400, 131_042, Some(Trouble::Payment)),
        (400, 133_010, Some(Trouble::Number)),
    ] {
        let answer = error(status, code);
        assert!(matches!(answer, Answer::Failed { .. }), "{code}: {answer:?}");
        assert_eq!(answer.trouble(), trouble, "{code}");
    }
}

#[test]
fn errors_come_in_several_shapes() {
    let failed = |body: &str| match meta::answered(400, None, body.as_bytes()) {
        Answer::Failed { error, .. } => error,
        other => panic!("{other:?}"),
    };
    let error = |code: i64, title: &str, detail: Option<&str>| ProviderError {
        code: code.into(),
        title: title.into(),
        detail: detail.map(Into::into),
    };
    let plain = r#"{"error":{"message":"m","code":"131009","error_data":"only a text"}}"#;
    assert_eq!(failed(plain), error(131_009, "m", Some("only a text")));
    assert_eq!(failed(r#"{"error":{"code":131009}}"#), error(131_009, "A part of the message is wrong", None));
    assert_eq!(failed("no JSON\n"), error(400, "WhatsApp refused the message", Some("no JSON")));
    assert_eq!(failed(r#"{"error":null}"#).code.number(), Some(400));
    // An error inside a success is an error.
    let inside = br#"{"error":{"message":"m","code":131047}}"#;
    assert!(matches!(meta::answered(200, None, inside), Answer::Failed { .. }));
}

#[test]
fn answers_to_other_requests() {
    let info = meta::read_media_info(
        br#"{"url":"https://lookaside.fbsbx.com/x","mime_type":"image/jpeg","sha256":"ab","file_size":"123","id":"1"}"#,
    );
    assert_eq!(info.unwrap().size, Some(123));
    assert_eq!(meta::read_media_info(br#"{"id":"1"}"#), None);
    assert_eq!(meta::read_upload(br#"{"id":4490709327384033}"#).as_deref(), Some("4490709327384033"));
    let number = meta::read_number_info(
        br#"{"id":"1","verified_name":"Acme","quality_rating":"GREEN","throughput":{"level":"STANDARD"}}"#,
    );
    assert_eq!(number.unwrap().quality.as_deref(), Some("GREEN"));
    let apps =
        meta::read_subscription(br#"{"data":[{"whatsapp_business_api_data":{"id":"67","name":"Pronto","link":"x"}}]}"#);
    assert_eq!(apps.unwrap()[0].name.as_deref(), Some("Pronto"));
    assert_eq!(meta::read_subscription(br#"{"data":[]}"#), Some(vec![]));
    assert_eq!(meta::read_subscription(br#"{"success":true}"#), None);
    assert!(meta::refused(200, None, br#"{"success":true}"#).is_none());
    assert!(meta::refused(400, None, b"").is_some());
}
