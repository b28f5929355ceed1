//! Twilio: whom we believe.
#![expect(clippy::unwrap_used, reason = "a test")]

use pronto_provider::twilio::signature::{Forged, Keys, Signed, sign, verify};
use proptest::prelude::*;

/// The parameters of Twilio's own example.
const URL: &str = "https://example.com/myapp?foo=1&bar=2";
const FORM: &str = "CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234&From=%2B14158675310&To=%2B18005551212";
const TOKEN: &str = "12345";

fn signed<'a>(url: &'a str, body: &'a str, signature: &'a str) -> Signed<'a> {
    let content_type = Some("application/x-www-form-urlencoded; charset=UTF-8");
    Signed { url, is_get: false, content_type, body: body.as_bytes(), signature: Some(signature), settings: None }
}

fn keys(primary: &str) -> Keys<'_> {
    Keys { tokens: [Some(primary), None], shared: None }
}

#[test]
fn twilios_own_example_is_believed() {
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    assert_eq!(sign(TOKEN, &signed(url, FORM, "")).unwrap(), "GvWf1cFY/Q7PnoempGyD5oXAezc=");
    assert_eq!(verify(keys(TOKEN), &signed(url, FORM, "GvWf1cFY/Q7PnoempGyD5oXAezc=")), Ok(()));
}

#[test]
fn either_spelling_of_the_port_is_believed_and_no_other() {
    let bare = "https://care.example/webhooks/twilio/a";
    let with = "https://care.example:443/webhooks/twilio/a";
    let signature = |url| sign(TOKEN, &signed(url, FORM, "")).unwrap();
    for (ours, theirs) in [(bare, bare), (bare, with), (with, bare), (with, with)] {
        assert_eq!(verify(keys(TOKEN), &signed(ours, FORM, &signature(theirs))), Ok(()), "{ours} {theirs}");
    }
    let odd = "https://care.example:8443/webhooks/twilio/a";
    assert_eq!(verify(keys(TOKEN), &signed(odd, FORM, &signature(bare))), Ok(()));
    assert_eq!(verify(keys(TOKEN), &signed(bare, FORM, &signature(odd))), Err(Forged::Mismatch));
    let fragment = format!("{bare}#rc=3&rp=all");
    assert_eq!(verify(keys(TOKEN), &signed(&fragment, FORM, &signature(bare))), Ok(()), "a fragment is not signed");
    for other in [
        "http://care.example/webhooks/twilio/a",
        "https://evil.example/webhooks/twilio/a",
        "https://care.example/webhooks/twilio/b",
        "https://care.example/webhooks/twilio/a?x=1",
        "https://care.example@evil.example/webhooks/twilio/a",
    ] {
        assert_eq!(verify(keys(TOKEN), &signed(bare, FORM, &signature(other))), Err(Forged::Mismatch), "{other}");
    }
}

#[test]
fn forgeries_are_refused() {
    let right = sign(TOKEN, &signed(URL, FORM, "")).unwrap();
    let check = |body: &str, signature: &str| verify(keys(TOKEN), &signed(URL, body, signature));
    assert_eq!(check(FORM, &right), Ok(()));
    let reordered = FORM.split('&').rev().collect::<Vec<_>>().join("&");
    assert_eq!(check(&reordered, &right), Ok(()), "the order is not signed");
    for body in [
        FORM.replace("1234", "1235"),
        format!("{FORM}&Extra=1"),
        FORM.replace("&Digits=1234", ""),
        FORM.replace("Digits", "digits"),
        FORM.replace("Digits=1234", "Digits=1234&Digits=9999"),
        String::new(),
    ] {
        assert_eq!(check(&body, &right), Err(Forged::Mismatch), "{body}");
    }
    assert_eq!(check(FORM, ""), Err(Forged::Missing));
    assert_eq!(check(FORM, "not base64!"), Err(Forged::Shape));
    assert_eq!(check(FORM, "AAAA"), Err(Forged::Mismatch));
    assert_eq!(check(FORM, &sign("guess", &signed(URL, FORM, "")).unwrap()), Err(Forged::Mismatch));
    assert_eq!(verify(Keys::default(), &signed(URL, FORM, &right)), Err(Forged::NoSecret));
    let empty = sign("", &signed(URL, FORM, "")).unwrap();
    assert_eq!(verify(keys(""), &signed(URL, FORM, &empty)), Err(Forged::NoSecret));
}

#[test]
fn both_tokens_are_believed_while_they_change_over() {
    let both = Keys { tokens: [Some("old"), Some("new")], shared: None };
    for token in ["old", "new"] {
        assert_eq!(verify(both, &signed(URL, FORM, &sign(token, &signed(URL, FORM, "")).unwrap())), Ok(()), "{token}");
    }
    let only_second = Keys { tokens: [None, Some("new")], shared: None };
    assert_eq!(verify(only_second, &signed(URL, FORM, &sign("new", &signed(URL, FORM, "")).unwrap())), Ok(()));
}

#[test]
fn a_get_has_its_query_signed_and_no_body() {
    let get = |body: &'static str| Signed { is_get: true, ..signed("https://care.example/w?Body=hi&From=x", body, "") };
    let right = sign(TOKEN, &get("")).unwrap();
    assert_eq!(verify(keys(TOKEN), &Signed { signature: Some(&right), ..get("") }), Ok(()));
    assert_eq!(verify(keys(TOKEN), &Signed { signature: Some(&right), ..get("a=b") }), Err(Forged::Body));
    // The same address and signature, with a body that nothing covers.
    for kind in [Some("application/json"), Some("text/plain")] {
        let posted = Signed { is_get: false, content_type: kind, signature: Some(&right), ..get("{\"Body\":\"x\"}") };
        assert_eq!(verify(keys(TOKEN), &posted), Err(Forged::Body), "{kind:?}");
    }
}

#[test]
fn a_json_body_is_covered_by_its_hash_in_the_address() {
    const BODY: &str = r#"{"MessageSid":"SM1"}"#;
    let wrong = format!("https://care.example/w?bodySHA256={}", sha256("{}"));
    assert_eq!(verify(keys(TOKEN), &signed(&wrong, BODY, "AAAA")), Err(Forged::Body));
    let right = format!("https://care.example/w?bodySHA256={}", sha256(BODY));
    let signature = sign(TOKEN, &signed(&right, BODY, "")).unwrap();
    let json = |body| Signed { content_type: Some("application/json"), ..signed(&right, body, &signature) };
    assert_eq!(verify(keys(TOKEN), &json(BODY)), Ok(()));
    assert_eq!(verify(keys(TOKEN), &json(r#"{"MessageSid":"SM2"}"#)), Err(Forged::Body));
    let upper = right.to_uppercase().replace("HTTPS", "https").replace("BODYSHA256", "bodySHA256");
    let signature = sign(TOKEN, &signed(&upper, BODY, "")).unwrap();
    assert_eq!(verify(keys(TOKEN), &signed(&upper, BODY, &signature)), Ok(()));
}

fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_shared_key_is_never_downgraded() {
    let shared = Keys { tokens: [Some(TOKEN), None], shared: Some(("SK1", "shared-secret")) };
    let settings = "key=SK1,algorithm=HMAC_SHA256";
    let stamped = |settings| Signed { settings, ..signed(URL, FORM, "") };
    let right = sign("shared-secret", &stamped(Some(settings))).unwrap();
    let check =
        |keys, settings, signature: &str| verify(keys, &Signed { signature: Some(signature), ..stamped(settings) });
    assert_eq!(check(shared, Some(settings), &right), Ok(()));
    assert_eq!(check(shared, Some(" algorithm=HMAC_SHA256 , key=SK1 "), &right), Ok(()));
    // SHA-1 under the token, with the header left out or lying.
    let old = sign(TOKEN, &stamped(None)).unwrap();
    assert_eq!(check(shared, None, &old), Err(Forged::Settings));
    assert_eq!(check(shared, Some(settings), &old), Err(Forged::Mismatch));
    for lie in [
        "key=SK1,algorithm=HMAC_SHA1",
        "key=SK2,algorithm=HMAC_SHA256",
        "key=SK1",
        "algorithm=HMAC_SHA256",
        "",
        "key=SK2,key=SK1,algorithm=HMAC_SHA256",
    ] {
        assert_eq!(check(shared, Some(lie), &right), Err(Forged::Settings), "{lie}");
    }
    // SHA-256 under the token, where no key is set up.
    let under_token = sign(TOKEN, &stamped(Some(settings))).unwrap();
    assert_eq!(check(keys(TOKEN), Some(settings), &under_token), Err(Forged::Settings));
    let empty = Keys { shared: Some(("SK1", "")), ..shared };
    assert_eq!(check(empty, Some(settings), &sign("", &stamped(Some(settings))).unwrap()), Err(Forged::NoSecret));
}

proptest! {
    #[test]
    fn one_changed_letter_breaks_a_signature(place in 0usize..110, letter in "[A-Za-z0-9]") {
        let right = sign(TOKEN, &signed(URL, FORM, "")).unwrap();
        let mut body = FORM.to_owned();
        let place = place % body.len();
        body.replace_range(place..=place, &letter);
        let same = url::form_urlencoded::parse(body.as_bytes()).collect::<Vec<_>>()
            == url::form_urlencoded::parse(FORM.as_bytes()).collect::<Vec<_>>();
        prop_assert_eq!(verify(keys(TOKEN), &signed(URL, &body, &right)).is_ok(), same);
    }
}
