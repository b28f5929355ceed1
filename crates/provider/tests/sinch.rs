//! Sinch: what its callbacks mean, whom we believe, what we send and what the answers mean.
#![expect(clippy::unwrap_used, reason = "a test")]

use jiff::Timestamp;
use pronto_domain::delivery::State;
use pronto_domain::inbound::{Effect, Inbound, Update};
use pronto_domain::message::{Content, Kind};
use pronto_domain::outbound::{Answer, Body, Choice, File, MediaKind, Next, Outgoing, Recipient, Trouble};
use pronto_domain::provider::Provider;
use pronto_provider::sinch::signature::{FRESH_FOR, Forged, Signed, sign, verify};
use pronto_provider::sinch::{self, Endpoint};
use pronto_provider::{self as provider, Malformed, Unsendable, request};
use proptest::prelude::*;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

fn update(subject: &str, value: Value) -> Update {
    let body = json!({ "app_id": "01APP", "project_id": "p", "accepted_time": "2026-01-02T03:04:05.123Z",
        "event_time": "2026-01-02T03:04:06Z", "message_metadata": "", subject: value });
    let mut batch = sinch::read(body.to_string().as_bytes()).unwrap();
    assert_eq!(batch.items[0].number.as_deref(), Some("01APP"));
    batch.items.remove(0).update
}

fn identity(channel: &str) -> Value {
    json!({ "channel": channel, "identity": "393331234567", "app_id": "01APP" })
}

fn message(contact_message: Value) -> Inbound {
    let value = json!({ "id": "01M", "direction": "TO_APP", "accept_time": "2026-01-02T03:04:00Z", "conversation_id": "",
        "channel_identity": identity("WHATSAPP"), "contact_message": contact_message });
    match update("message", value) {
        Update::Message(message) => *message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_and_what_it_answers() {
    let text = message(json!({ "text_message": { "text": "ciao 🙏🏽" }, "reply_to": { "message_id": "01OURS" } }));
    assert_eq!((text.kind, text.text.as_deref(), text.provider_id.as_str()), (Kind::Text, Some("ciao 🙏🏽"), "01M"));
    assert_eq!((text.sender.digits.as_deref(), text.reply_to.as_deref()), (Some("393331234567"), Some("01OURS")));
    assert_eq!(text.sent_at, Some("2026-01-02T03:04:00Z".parse().unwrap()));
    assert_eq!(message(json!({ "text_message": { "text": "x" }, "reply_to": null })).reply_to, None);
}

#[test]
fn files_by_the_ending_of_their_address() {
    for (name, kind) in [
        ("a.jpg", Kind::Image),
        ("a.JPEG?sig=1", Kind::Image),
        ("a.mp4", Kind::Video),
        ("a.ogg", Kind::Voice),
        ("a.mp3", Kind::Audio),
        ("a.webp", Kind::Sticker),
        ("a.pdf", Kind::Document),
        ("a.odt", Kind::Document),
        ("a", Kind::Document),
    ] {
        let url = format!("https://media.sinch.com/{name}");
        let file = message(json!({ "media_message": { "url": url } }));
        assert_eq!((file.kind, file.media.unwrap().url.as_deref()), (kind, Some(url.as_str())), "{name}");
    }
    let card = message(json!({ "media_card_message": { "url": "https://media.sinch.com/a.png", "caption": "look" } }));
    assert_eq!((card.kind, card.text.as_deref()), (Kind::Image, Some("look")));
    let url = "https://media.sinch.com/7";
    let named = message(json!({ "media_message": { "url": url, "filename_override": "offer.pdf" } })).media.unwrap();
    assert_eq!((named.name.as_deref(), named.mime.as_str()), (Some("offer.pdf"), "application/pdf"));
}

#[test]
fn places_choices_orders_forms_and_the_rest() {
    let place = message(json!({ "location_message": { "title": "Duomo", "label": "Piazza",
        "coordinates": { "latitude": 45.46, "longitude": 9.19 } } }));
    let at = Content::Location {
        latitude: 45.46,
        longitude: 9.19,
        name: Some("Duomo".into()),
        address: Some("Piazza".into()),
    };
    assert_eq!((place.kind, place.content), (Kind::Location, at));
    for (data, title) in [("01OURS_Yes please", "Yes please"), ("yes", "yes"), ("01OURS_", "01OURS_")] {
        let choice = message(json!({ "choice_response_message": { "message_id": "01OURS", "postback_data": data } }));
        let reply = Content::Reply { title: title.into(), description: None, id: Some(data.into()) };
        assert_eq!(
            (choice.kind, choice.content, choice.reply_to.as_deref()),
            (Kind::Interactive, reply, Some("01OURS"))
        );
    }
    let order = message(json!({ "product_response_message": { "title": "mine", "products": [
        { "id": "lamp", "quantity": 2, "item_price": 19.5, "currency": "EUR" }] } }));
    assert!(
        matches!(&order.content, Content::Order { items, .. } if items[0].quantity == 2 && items[0].price == "19.5")
    );
    let form =
        message(json!({ "channel_specific_message": { "message_type": "nfm_reply", "message": { "type": "nfm_reply",
        "nfm_reply": { "name": "flow", "response_json": "{\"size\":\"L\"}", "body": "Sent" } } } }));
    assert!(matches!(&form.content, Content::Form { answers, .. } if answers[0].value == "L"));
    let odd = message(json!({ "fallback_message": { "raw_message": "{}", "reason": { "code": "UNSUPPORTED" } } }));
    assert_eq!((odd.kind, odd.content), (Kind::Unsupported, Content::Unsupported { name: "UNSUPPORTED".into() }));
    assert!(odd.raw.is_some());
    assert_eq!(message(json!({})).kind, Kind::Unsupported);
}

#[test]
fn reactions_stand_on_their_message() {
    let reaction = |action: &str| {
        let event = json!({ "id": "01E", "direction": "TO_APP", "channel_identity": identity("WHATSAPP"),
            "contact_message_event": { "reaction_event": { "emoji": "👍", "action": action, "message_id": "01OURS" } } });
        match update("event", event) {
            Update::Message(message) => message.effect,
            other => panic!("{other:?}"),
        }
    };
    let with = |emoji: Option<&str>| Effect::React { target: "01OURS".into(), emoji: emoji.map(Into::into) };
    assert_eq!(reaction("REACTION_ACTION_REACT"), with(Some("👍")));
    assert_eq!(reaction("REACTION_ACTION_UNREACT"), with(None));
    let typing = json!({ "channel_identity": identity("WHATSAPP"), "contact_event": { "composing_event": {} } });
    assert!(matches!(update("event", typing), Update::Event(event) if event.name == "event"));
}

#[test]
fn other_channels_and_our_own_words_are_no_messages() {
    let mut value = json!({ "id": "01M", "direction": "TO_APP", "channel_identity": identity("MESSENGER"),
        "contact_message": { "text_message": { "text": "secret words" } } });
    let Update::Event(event) = update("message", value.clone()) else { panic!("an event") };
    assert!(!format!("{event:?}").contains("secret words"));
    value["channel_identity"] = identity("WHATSAPP");
    value["direction"] = "TO_CONTACT".into();
    assert!(matches!(update("message", value), Update::Event(_)));
    for name in ["contact_create_notification", "conversation_start_notification", "unsupported_callback"] {
        assert!(matches!(update(name, json!({ "channel": "WHATSAPP" })), Update::Event(event) if event.name == name));
    }
    for value in [
        json!({ "channel_event": { "channel": "WHATSAPP", "event_type": "WHATS_APP_QUALITY_RATING_CHANGED" } }),
        json!({ "channel": "WHATSAPP", "event_type": "WHATS_APP_QUALITY_RATING_CHANGED" }),
    ] {
        let Update::Event(event) = update("channel_event_notification", value) else { panic!("an event") };
        assert_eq!(event.sub.as_deref(), Some("WHATS_APP_QUALITY_RATING_CHANGED"));
    }
}

#[test]
fn every_word_of_a_report() {
    let report = |status: &str| {
        update(
            "message_delivery_report",
            json!({ "message_id": "01OURS", "status": status, "metadata": "a:1",
            "channel_identity": identity("WHATSAPP"),
            "reason": { "code": "OUTSIDE_ALLOWED_SENDING_WINDOW", "description": "too late", "sub_code": "UNSPECIFIED_SUB_CODE" } }),
        )
    };
    for (word, state) in [
        ("QUEUED_ON_CHANNEL", State::Sent),
        ("DELIVERED", State::Delivered),
        ("READ", State::Read),
        ("FAILED", State::Failed),
    ] {
        let Update::Status(status) = report(word) else { panic!("{word}") };
        assert_eq!(
            (status.state, status.provider_id.as_str(), status.opaque.as_deref()),
            (state, "01OURS", Some("a:1"))
        );
        assert_eq!(status.failure.is_some(), state == State::Failed, "{word}");
        if let Some(error) = status.failure {
            assert_eq!((error.title.as_str(), error.detail), ("too late", None));
            assert_eq!(provider::meaning(Provider::Sinch, &error.code).next, Next::Template);
            let code = provider::message_code(Provider::Sinch, &error.code);
            assert_eq!(code, "sinch.OUTSIDE_ALLOWED_SENDING_WINDOW");
        }
    }
    assert!(matches!(report("SWITCHING_CHANNEL"), Update::Event(_)));
}

#[test]
fn what_is_no_callback_is_named() {
    assert_eq!(sinch::read(b" "), Err(Malformed::Empty));
    assert_eq!(sinch::read(b"[]"), Err(Malformed::NotAnObject));
    assert_eq!(sinch::read(b"{}"), Err(Malformed::Strange));
    assert!(matches!(sinch::read(b"{"), Err(Malformed::NotJson(_))));
}

// ---- whom we believe ----

const SECRET: &str = "foo_secret1234";
/// From another implementation: `printf '{"a":1}.n1.1790000000' | openssl dgst -sha256 -hmac foo_secret1234 -binary | base64`.
const OPENSSL: &str = "lA6JDTEJe/pLX/emcief1CgC+k7H4fYHFnWhbQvTpuA=";
const AT: i64 = 1_790_000_000;

fn check(secret: &str, body: &str, signed: Signed<'_>, now: i64) -> Result<(), Forged> {
    verify(secret, body.as_bytes(), &signed, Timestamp::from_second(now).unwrap())
}

#[test]
fn forgeries_and_old_ones_are_refused() {
    let body = r#"{"a":1}"#;
    let right = sign(SECRET, body.as_bytes(), "n1", "1790000000");
    assert_eq!(right, OPENSSL);
    let whole = Signed {
        signature: Some(&right),
        nonce: Some("n1"),
        timestamp: Some("1790000000"),
        algorithm: Some("HmacSHA256"),
    };
    assert_eq!(check(SECRET, body, whole, AT), Ok(()));
    assert_eq!(check(SECRET, body, Signed { algorithm: None, ..whole }, AT), Ok(()));
    for now in [AT - FRESH_FOR, AT + FRESH_FOR] {
        assert_eq!(check(SECRET, body, whole, now), Ok(()));
    }
    for now in [AT - FRESH_FOR - 1, AT + FRESH_FOR + 1] {
        assert_eq!(check(SECRET, body, whole, now), Err(Forged::Stale));
    }
    for (forged, why) in [
        (Signed { signature: None, ..whole }, Forged::Missing),
        (Signed { signature: Some(""), ..whole }, Forged::Missing),
        (Signed { nonce: None, ..whole }, Forged::Missing),
        (Signed { timestamp: None, ..whole }, Forged::Missing),
        (Signed { timestamp: Some("soon"), ..whole }, Forged::Shape),
        (Signed { signature: Some("no base64!"), ..whole }, Forged::Shape),
        (Signed { signature: Some(right.trim_end_matches('=')), ..whole }, Forged::Shape),
        (Signed { signature: Some("AAAA"), ..whole }, Forged::Mismatch),
        (Signed { nonce: Some("n2"), ..whole }, Forged::Mismatch),
        (Signed { timestamp: Some("1790000001"), ..whole }, Forged::Mismatch),
        // The dot between them may not move.
        (Signed { nonce: Some("n"), timestamp: Some("1.1790000000"), ..whole }, Forged::Shape),
        (Signed { algorithm: Some("HmacSHA1"), ..whole }, Forged::Algorithm),
        (Signed { algorithm: Some("none"), ..whole }, Forged::Algorithm),
        (Signed { algorithm: Some("HmacSHA512"), ..whole }, Forged::Mismatch),
    ] {
        assert_eq!(check(SECRET, body, forged, AT), Err(why), "{forged:?}");
    }
    assert_eq!(check(SECRET, r#"{"a": 1}"#, whole, AT), Err(Forged::Mismatch));
    assert_eq!(check("other", body, whole, AT), Err(Forged::Mismatch));
    assert_eq!(check("", body, whole, AT), Err(Forged::NoSecret));
}

// ---- what we send ----

fn endpoint() -> Endpoint {
    Endpoint {
        base_url: "https://eu.conversation.api.sinch.com".into(),
        project_id: "p".into(),
        app_id: "01APP".into(),
        key_id: "key".into(),
        key_secret: "s3cret".to_owned().into(),
        media_hosts: vec![],
    }
}

fn outgoing(body: Body) -> Outgoing {
    let to = Recipient { digits: Some("+39 333 1234567".into()), user_id: None };
    Outgoing { to, body, reply_to: None, opaque: Some("a:1".into()) }
}

fn text(text: &str) -> Outgoing {
    outgoing(Body::Text { text: text.into(), preview_url: false })
}

fn written(message: &Outgoing) -> Value {
    let request = sinch::write(message, &endpoint()).unwrap();
    assert_eq!(request.url, "https://eu.conversation.api.sinch.com/v1/projects/p/messages:send");
    assert!(request.authorization.is_none(), "it waits for a token");
    let request::Body::Json(body) = request.body else { panic!("JSON") };
    serde_json::from_slice(&body).unwrap()
}

#[test]
fn messages_are_in_sinchs_words() {
    let whole = written(&text("hi"));
    let identity = json!({ "channel": "WHATSAPP", "identity": "393331234567" });
    assert_eq!(whole["recipient"]["identified_by"]["channel_identities"], json!([identity]));
    assert_eq!((&whole["app_id"], &whole["message_metadata"]), (&json!("01APP"), &json!("a:1")));
    assert_eq!(whole["message"], json!({ "text_message": { "text": "hi" } }));
    let file = |media, caption: Option<&str>| {
        let file = File::Link("https://care.example/files/x/a.pdf".into());
        let (caption, filename) = (caption.map(Into::into), Some("offer.pdf".to_owned()));
        written(&outgoing(Body::Media { media, file, caption, filename, voice: false }))["message"].clone()
    };
    let link = json!({ "url": "https://care.example/files/x/a.pdf" });
    assert_eq!(file(MediaKind::Image, None), json!({ "media_message": link }));
    assert_eq!(
        file(MediaKind::Image, Some("look")),
        json!({ "card_message": { "title": "look", "media_message": link } })
    );
    assert_eq!(file(MediaKind::Document, None)["media_message"]["filename_override"], "offer.pdf");
    let place = Body::Location { latitude: 1.5, longitude: 2.5, name: None, address: Some("Piazza".into()) };
    let place = written(&outgoing(place));
    assert_eq!(place["message"]["location_message"]["title"], "Piazza");
    assert_eq!(place["message"]["location_message"]["coordinates"], json!({ "latitude": 1.5, "longitude": 2.5 }));
    let yes = Choice { id: "yes".into(), title: "Yes".into(), description: None };
    let asked = written(&outgoing(Body::Buttons { text: "Well?".into(), footer: None, buttons: vec![yes] }));
    let choices = json!([{ "text_message": { "text": "Yes" }, "postback_data": "yes" }]);
    assert_eq!(asked["message"]["choice_message"]["choices"], choices);
}

#[test]
fn what_sinch_cannot_send_never_leaves() {
    let refused = |message: Outgoing| sinch::write(&message, &endpoint()).unwrap_err();
    assert_eq!(refused(text(&"x".repeat(4097))), Unsendable::TooLong { field: "text", limit: 4096, length: 4097 });
    assert_eq!(refused(Outgoing { to: Recipient::default(), ..text("x") }), Unsendable::NoRecipient);
    let reaction = outgoing(Body::Reaction { target: "x".into(), emoji: None });
    for message in [reaction, Outgoing { reply_to: Some("x".into()), ..text("x") }] {
        assert!(matches!(refused(message), Unsendable::NotHere { provider: Provider::Sinch, .. }));
    }
}

#[test]
fn a_token_is_asked_for_and_read() {
    let request = sinch::token_request(&endpoint());
    assert_eq!(request.url, "https://auth.sinch.com/oauth2/token");
    // printf key:s3cret | base64
    assert_eq!(request.authorization.unwrap().expose_secret(), "Basic a2V5OnMzY3JldA==");
    assert_eq!(request.body, request::Body::Form(vec![("grant_type", "client_credentials".into())]));
    let elsewhere = Endpoint { base_url: "http://127.0.0.1:9/simulator/sinch/".into(), ..endpoint() };
    assert_eq!(sinch::token_request(&elsewhere).url, "http://127.0.0.1:9/simulator/sinch/oauth2/token");
    let granted = br#"{"access_token":"T","token_type":"bearer","expires_in":3599,"scope":""}"#;
    let token = sinch::read_token(200, granted).unwrap();
    assert_eq!((token.authorization.expose_secret(), token.lives.as_secs()), ("Bearer T", 3599));
    assert_eq!(sinch::read_token(200, br#"{"access_token":"T"}"#).unwrap().lives.as_secs(), 3599);
    for (status, body) in
        [(401, &granted[..]), (200, b"{}"), (200, b"no"), (200, br#"{"access_token":"T","token_type":"mac"}"#)]
    {
        assert!(sinch::read_token(status, body).is_none());
    }
}

#[test]
fn answers_are_told_apart() {
    let answer = |status, body: &str| sinch::answered(status, None, body.as_bytes());
    let accepted = answer(200, r#"{"message_id":"01M","accepted_time":"2026-01-01T00:00:00Z"}"#);
    assert!(matches!(accepted, Answer::Accepted { provider_id, .. } if provider_id == "01M"));
    let fault = |code: u16, status: &str| {
        answer(code, &json!({ "error": { "code": code, "message": "m", "status": status } }).to_string())
    };
    assert!(matches!(fault(400, "INVALID_ARGUMENT"), Answer::Failed { trouble: None, .. }));
    assert!(matches!(fault(401, "UNAUTHENTICATED"), Answer::Failed { trouble: Some(Trouble::Token), .. }));
    assert!(matches!(
        answer(401, r#"{"error":"invalid_client"}"#),
        Answer::Failed { trouble: Some(Trouble::Token), .. }
    ));
    assert!(matches!(fault(429, "RESOURCE_EXHAUSTED"), Answer::Retry { .. }));
    assert!(matches!(fault(503, "OF_TOMORROW"), Answer::Retry { .. }));
    assert!(matches!(answer(504, ""), Answer::Unknown { .. }));
    assert!(matches!(answer(200, "{}"), Answer::Unknown { .. }));
}

#[test]
fn who_wrote_is_asked_for_by_their_contact() {
    let value = json!({ "id": "01M", "direction": "TO_APP", "contact_id": "01CONTACT", "channel_identity":
        identity("WHATSAPP"), "contact_message": { "text_message": { "text": "hi" } } });
    let Update::Message(text) = update("message", value) else { panic!("a message") };
    assert_eq!((text.sender.profile_name, text.sender.profile_id.as_deref()), (None, Some("01CONTACT")));
    assert_eq!(message(json!({ "text_message": { "text": "x" } })).sender.profile_id, None);
    let asked = sinch::contact(&endpoint(), "01CONTACT").unwrap();
    assert_eq!(asked.method, request::Method::Get);
    assert!(asked.url.ends_with("/v1/projects/p/contacts/01CONTACT"), "{}", asked.url);
    for odd in ["", "../apps", "a/b", "a?b", &"x".repeat(65)] {
        assert!(sinch::contact(&endpoint(), odd).is_none(), "{odd}");
    }
    let name =
        |name: Value| sinch::read_name(json!({ "id": "01CONTACT", "display_name": name }).to_string().as_bytes());
    assert_eq!(name(json!(" Maria Rossi ")).as_deref(), Some("Maria Rossi"));
    assert_eq!(name(json!("Ma\nria")).as_deref(), Some("Maria"));
    assert_eq!(name(json!("x".repeat(10_000))).map(|name| name.len()), Some(200));
    for nobody in [
        json!("Unknown"),
        json!("unknown"),
        json!(""),
        json!("  "),
        json!("+39 333"),
        json!("393331234567"),
        json!(7),
        json!(null),
        json!({}),
    ] {
        assert_eq!(name(nobody.clone()), None, "{nobody}");
    }
    assert_eq!(sinch::read_name(b"[]"), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>, text: String) {
        let _ = sinch::read(&bytes);
        let _ = sinch::read(json!({ "message": { "channel_identity": { "identity": text.clone() }, "contact_message": text } }).to_string().as_bytes());
    }

    #[test]
    fn what_is_sent_is_what_its_own_reading_finds(body in "[^\\x00]{1,400}") {
        prop_assume!(!body.trim().is_empty());
        let sent = written(&text(&body))["message"].clone();
        let back = message(sent);
        prop_assert_eq!(back.text.as_deref(), Some(body.as_str()));
    }

    #[test]
    fn what_is_signed_verifies_and_nothing_else(secret in "[a-z]{1,20}", body: Vec<u8>, nonce in "[A-Z0-9]{1,26}", flip in 0usize..64) {
        let stamp = AT.to_string();
        let right = sign(&secret, &body, &nonce, &stamp);
        let signed = Signed { signature: Some(&right), nonce: Some(&nonce), timestamp: Some(&stamp), algorithm: None };
        let now = Timestamp::from_second(AT).unwrap();
        prop_assert_eq!(verify(&secret, &body, &signed, now), Ok(()));
        let mut other = body.clone();
        if other.is_empty() { other.push(b'.') } else { let at = flip % other.len(); other[at] ^= 1 }
        prop_assert_eq!(verify(&secret, &other, &signed, now), Err(Forged::Mismatch));
    }
}
