//! Kaleyra, both APIs: what callbacks mean, what we send and what the answers mean.
#![expect(clippy::unwrap_used, reason = "a test")]

use pronto_domain::delivery::State;
use pronto_domain::inbound::{Inbound, Status, Update};
use pronto_domain::message::{Content, Kind};
use pronto_domain::outbound::{
    Answer, Body, File, MediaKind, Next, Outgoing, Recipient, Template, TemplatePart, Trouble, Variable,
};
use pronto_domain::provider::{Provider, Version};
use pronto_provider::kaleyra::{self, Endpoint};
use pronto_provider::{self as provider, Malformed, Unsendable, request};
use proptest::prelude::*;
use serde_json::{Value, json};

fn update(body: &[u8]) -> Update {
    let mut batch = kaleyra::read(body).unwrap();
    assert_eq!(batch.items.len(), 1);
    assert_eq!(batch.items[0].number, None);
    batch.items.remove(0).update
}

/// As a query and as an object: they mean the same.
fn message(fields: &[(&str, &str)]) -> Inbound {
    let base =
        [("from", "393331234567"), ("created_at", "1790000000"), ("name", "Maria"), ("wanumber", "390255501234")];
    let fields: Vec<_> = base.iter().chain(fields).copied().collect();
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    let object: serde_json::Map<String, Value> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
    let read = |body: &[u8]| match update(body) {
        Update::Message(message) => *message,
        other => panic!("{other:?}"),
    };
    let message = read(query.as_bytes());
    assert_eq!(message, read(Value::Object(object).to_string().as_bytes()));
    message
}

#[test]
fn a_text_of_v1_gets_an_id_of_its_content() {
    let text =
        message(&[("type", "text"), ("body", "ciao 🙏🏽 &co"), ("reply_to", "<reply_to>"), ("media_url", "<media_url>")]);
    assert_eq!((text.kind, text.text.as_deref()), (Kind::Text, Some("ciao 🙏🏽 &co")));
    assert_eq!((text.sender.digits.as_deref(), text.reply_to), (Some("393331234567"), None));
    assert_eq!(text.sender.profile_name.as_deref(), Some("Maria"));
    assert_eq!(text.sent_at.unwrap().as_second(), 1_790_000_000);
    let id = |fields: &[(&str, &str)]| message(fields).provider_id;
    assert_eq!(text.provider_id, id(&[("type", "text"), ("body", "ciao 🙏🏽 &co")]), "what was left behind says nothing");
    assert_ne!(text.provider_id, id(&[("type", "text"), ("body", "ciao")]));
    assert_ne!(id(&[("type", "text"), ("body", "ab")]), id(&[("type", "texta"), ("body", "b")]));
    let file = |url| id(&[("type", "image"), ("media_url", url)]);
    assert_eq!(file("https://s3.amazonaws.com/a.jpg?sig=1"), file("https://s3.amazonaws.com/a.jpg?sig=2"));
    assert_ne!(file("https://s3.amazonaws.com/a.jpg"), file("https://s3.amazonaws.com/b.jpg"), "two at once");
}

#[test]
fn every_kind_of_v1() {
    for (said, mime, kind) in [
        ("image", "image/jpeg", Kind::Image),
        ("video", "video/mp4", Kind::Video),
        ("voice", "audio/ogg", Kind::Voice),
        ("audio", "audio/mpeg", Kind::Audio),
        ("document", "application/pdf", Kind::Document),
        ("sticker", "image/webp", Kind::Sticker),
        ("", "image/png", Kind::Image),
    ] {
        let url = ("media_url", "https://x.s3.amazonaws.com/f/offer.pdf");
        let file = message(&[("type", said), ("mime_type", mime), url, ("body", "look")]);
        assert_eq!((file.kind, file.text.as_deref()), (kind, Some("look")), "{said}");
        let name = file.media.unwrap().name;
        assert_eq!(name.as_deref(), (kind == Kind::Document).then_some("offer.pdf"));
    }
    let place =
        message(&[("type", "location"), ("location", r#"{"latitude":45.46,"longitude":"9.19","name":"Duomo"}"#)]);
    let at = Content::Location { latitude: 45.46, longitude: 9.19, name: Some("Duomo".into()), address: None };
    assert_eq!((place.kind, place.content), (Kind::Location, at));
    let cards = r#"[{"name":{"formatted_name":"Ann"},"phones":[{"phone":"+31"}]}]"#;
    let cards = message(&[("type", "contacts"), ("contacts", cards)]);
    assert!(matches!(&cards.content, Content::Contacts { cards } if cards[0].name == "Ann"));
    let button = message(&[("type", "button"), ("body", "Yes"), ("custom_response", "yes-1"), ("reply_to", "ours:0")]);
    let reply = Content::Reply { title: "Yes".into(), description: None, id: Some("yes-1".into()) };
    assert_eq!((button.kind, button.content, button.reply_to.as_deref()), (Kind::Button, reply, Some("ours:0")));
    let odd = message(&[("type", "order")]);
    assert_eq!((odd.kind, odd.content), (Kind::Unsupported, Content::Unsupported { name: "order".into() }));
}

fn status(body: &str) -> Status {
    match update(body.as_bytes()) {
        Update::Status(status) => status,
        other => panic!("{other:?}"),
    }
}

#[test]
fn statuses_of_v1_and_other_news() {
    for (word, state) in [
        ("sent", State::Sent),
        ("delivered", State::Delivered),
        ("read", State::Read),
        ("failed", State::Failed),
        ("0", State::Failed),
        ("not-sent", State::Failed),
        ("not sent", State::Failed),
    ] {
        for body in [json!({ "id": "58f8:0", "status": word }).to_string(), format!("id=58f8%3A0&status={word}")] {
            let status = status(&body);
            assert_eq!((status.state, status.provider_id.as_str()), (state, "58f8:0"), "{body}");
        }
    }
    let failed = status(r#"{"id":"1:0","status":"failed","code":131047,"reason":"late"}"#).failure.unwrap();
    assert_eq!(provider::meaning(Provider::Kaleyra, &failed.code).next, Next::Template);
    assert_eq!(provider::message_code(Provider::Kaleyra, &failed.code), "meta.131047");
    for (body, name, sub) in [
        ("?display_phone_number=39&event=FLAGGED&current_limit=TIER_10K", "phone_number_quality_update", "FLAGGED"),
        ("?id=1&event=APPROVED&message_template_id=7", "message_template_status_update", "APPROVED"),
        ("?id=1&status=of_tomorrow", "status", "of_tomorrow"),
    ] {
        let Update::Event(event) = update(&body.as_bytes()[1..]) else { panic!("{body}") };
        assert_eq!((event.name.as_str(), event.sub.as_deref()), (name, Some(sub)));
    }
}

fn wrapped(value: Value, extra: Value) -> Value {
    json!({ "meta_object": { "value": value, "field": "messages" }, "extra_info": extra })
}

#[test]
fn v2_is_metas_with_kaleyras_file_and_ids() {
    let value = json!({ "metadata": { "phone_number_id": "7" }, "contacts": [{ "wa_id": "393331234567", "profile": { "name": "Maria" } }],
        "messages": [{ "from": "393331234567", "id": "wamid.1", "timestamp": "1790000000", "type": "image",
            "image": { "id": "99", "mime_type": "image/png", "caption": "look" } }] });
    let body = wrapped(value, json!({ "media_url": "https://x.s3.amazonaws.com/a.png", "reply_to": "" })).to_string();
    let Update::Message(image) = update(body.as_bytes()) else { panic!("a message") };
    let media = image.media.unwrap();
    assert_eq!((media.id, media.url.as_deref()), (None, Some("https://x.s3.amazonaws.com/a.png")));
    assert_eq!((image.provider_id.as_str(), image.text.as_deref(), image.reply_to), ("wamid.1", Some("look"), None));
    assert_eq!(image.sender.profile_name.as_deref(), Some("Maria"));
    let value = json!({ "statuses": [{ "id": "other", "status": "delivered", "timestamp": "1790000000", "recipient_id": "39" }] });
    let mut whole = wrapped(value, json!({ "ref": "a:1", "message_id": "wamid.9" }));
    whole["message_id"] = "wamid.9".into();
    whole["status"] = "delivered".into();
    let told = status(&whole.to_string());
    assert_eq!(
        (told.provider_id.as_str(), told.opaque.as_deref(), told.state),
        ("wamid.9", Some("a:1"), State::Delivered)
    );
}

#[test]
fn v2_says_when_it_did_not_send() {
    let body = json!({ "code": "WAV2101", "status": "not sent", "reason": "Account daily limit reached", "message_id": "m",
        "extra_info": { "ref": "a:1" } });
    let told = status(&body.to_string());
    assert_eq!((told.state, told.opaque.as_deref()), (State::Failed, Some("a:1")));
    let error = told.failure.unwrap();
    assert_eq!((error.code.to_string().as_str(), error.title.as_str()), ("WAV2101", "Account daily limit reached"));
    assert_eq!(provider::meaning(Provider::Kaleyra, &error.code).trouble, Some(Trouble::Limit));
}

#[test]
fn what_is_no_callback_is_named() {
    assert_eq!(kaleyra::read(b""), Err(Malformed::Empty));
    assert_eq!(kaleyra::read(b"[]"), Err(Malformed::NotAnObject));
    assert_eq!(kaleyra::read(b"x=1"), Err(Malformed::Strange));
    assert!(matches!(kaleyra::read(b"{"), Err(Malformed::NotJson(_))));
    assert!(kaleyra::read(br#"{"meta_object":null}"#).is_err());
}

fn endpoint(version: Version) -> Endpoint {
    Endpoint {
        base_url: "https://api.eu.kaleyra.io".into(),
        sid: "SID".into(),
        number: "390255501234".into(),
        api_key: "k3y".to_owned().into(),
        version,
        waba_id: None,
        status_callback: Some("https://care.example/webhooks/kaleyra/a/s".into()),
        media_hosts: vec![],
    }
}

fn outgoing(body: Body) -> Outgoing {
    let to = Recipient { digits: Some("393331234567".into()), user_id: None };
    Outgoing { to, body, reply_to: None, opaque: Some("a:1".into()) }
}

fn text(text: &str) -> Outgoing {
    outgoing(Body::Text { text: text.into(), preview_url: false })
}

fn first(message: &Outgoing) -> Vec<(&'static str, String)> {
    let request = kaleyra::write(message, &endpoint(Version::V1)).unwrap();
    assert_eq!(request.url, "https://api.eu.kaleyra.io/v1/SID/messages");
    assert_eq!(request.headers[0].0, "api-key");
    assert!(!format!("{request:?}").contains("k3y"));
    match request.body {
        request::Body::Form(fields) => fields,
        other => panic!("{other:?}"),
    }
}

fn second(message: &Outgoing) -> Value {
    let request = kaleyra::write(message, &endpoint(Version::V2)).unwrap();
    assert_eq!(request.url, "https://api.eu.kaleyra.io/v2/SID/whatsapp/390255501234/messages");
    match request.body {
        request::Body::Json(body) => serde_json::from_slice(&body).unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn messages_for_either_api() {
    let fields = first(&text("hi"));
    let has =
        |fields: &[(&'static str, String)], name: &'static str, value: &str| fields.contains(&(name, value.to_owned()));
    for (name, value) in [
        ("channel", "whatsapp"),
        ("from", "+390255501234"),
        ("to", "+393331234567"),
        ("type", "text"),
        ("body", "hi"),
        ("ref", "a:1"),
        ("callback_url", "https://care.example/webhooks/kaleyra/a/s"),
    ] {
        assert!(has(&fields, name, value), "{name} in {fields:?}");
    }
    let whole = second(&text("hi"));
    assert_eq!(whole["extra_info"], json!({ "ref": "a:1" }));
    assert_eq!(whole["messaging_object"]["text"]["body"], "hi");
    assert_eq!(whole["messaging_object"]["to"], "+393331234567");
    assert!(whole["messaging_object"].get("biz_opaque_callback_data").is_none());
    let file = File::Link("https://care.example/files/x/a.jpg".into());
    let media =
        Body::Media { media: MediaKind::Image, file, caption: Some("look".into()), filename: None, voice: false };
    let fields = first(&outgoing(media.clone()));
    assert!(has(&fields, "media_url", "https://care.example/files/x/a.jpg") && has(&fields, "caption", "look"));
    let image = json!({ "link": "https://care.example/files/x/a.jpg", "caption": "look" });
    assert_eq!(second(&outgoing(media))["messaging_object"]["image"], image);
    let variables = vec![
        Variable::Text { name: None, text: "Maria \"M\"".into() },
        Variable::Text { name: None, text: "12".into() },
    ];
    let parts = vec![TemplatePart::Body { variables }];
    let template = outgoing(Body::Template(Template {
        name: "order".into(),
        language: "it".into(),
        provider_id: String::new(),
        parts,
    }));
    let fields = first(&template);
    assert!(has(&fields, "params", r#""Maria 'M'", "12""#) && has(&fields, "lang_code", "it"), "{fields:?}");
    assert_eq!(second(&template)["messaging_object"]["template"]["name"], "order");
}

#[test]
fn what_v1_lacks_v2_has() {
    let reaction = outgoing(Body::Reaction { target: "x".into(), emoji: Some("👍".into()) });
    let quoting = Outgoing { reply_to: Some("wamid.1".into()), ..text("x") };
    for message in [&reaction, &quoting] {
        let refused = kaleyra::write(message, &endpoint(Version::V1)).unwrap_err();
        assert!(matches!(refused, Unsendable::NotHere { provider: Provider::Kaleyra, .. }));
    }
    assert_eq!(second(&reaction)["messaging_object"]["type"], "reaction");
    assert_eq!(second(&quoting)["messaging_object"]["context"]["message_id"], "wamid.1");
    assert!(kaleyra::mark_read(&endpoint(Version::V1), "x").is_none());
    assert!(kaleyra::mark_read(&endpoint(Version::V2), "x").is_some());
    let waba = |version| Endpoint { waba_id: Some("77".into()), ..endpoint(version) };
    assert!(kaleyra::list_templates(&waba(Version::V1), None).is_none());
    assert!(kaleyra::list_templates(&endpoint(Version::V2), None).is_none());
    let page = kaleyra::list_templates(&waba(Version::V2), Some("a&b")).unwrap();
    let url = "https://api.eu.kaleyra.io/v2/SID/whatsapp/77/message_templates?limit=100&after=a%26b";
    assert_eq!((page.url.as_str(), page.headers[0].0), (url, "api-key"));
}

#[test]
fn answers_are_told_apart() {
    let answer = |status, body: &str| kaleyra::answered(status, None, body.as_bytes());
    for body in
        [r#"{"id":"58f8:0"}"#, r#"{"code":"WA200","data":{"id":"58f8:0"}}"#, r#"{"messages":[{"id":"58f8:0"}]}"#]
    {
        assert!(matches!(answer(202, body), Answer::Accepted { provider_id, .. } if provider_id == "58f8:0"), "{body}");
    }
    let limit = answer(200, r#"{"code":"WAV2101","message":"limit"}"#);
    assert!(matches!(limit, Answer::Failed { trouble: Some(Trouble::Limit), .. }));
    let refused = |status, code: &str| answer(status, &json!({ "code": code, "message": "m" }).to_string());
    assert!(matches!(refused(401, "RBC001"), Answer::Failed { trouble: Some(Trouble::Token), .. }));
    assert!(matches!(refused(400, "E110"), Answer::Failed { trouble: Some(Trouble::Payment), .. }));
    assert!(matches!(refused(400, "WA400"), Answer::Failed { trouble: None, .. }));
    assert!(matches!(refused(500, "WA500"), Answer::Retry { .. }));
    assert!(matches!(refused(400, "131056"), Answer::Retry { .. }));
    assert!(matches!(answer(503, "oops"), Answer::Retry { .. }));
    assert!(matches!(answer(504, ""), Answer::Unknown { .. }));
    assert!(matches!(answer(200, r#"{"code":"WA200"}"#), Answer::Unknown { .. }));
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>, text: String) {
        let _ = kaleyra::read(&bytes);
        let _ = kaleyra::read(json!({ "from": text, "location": text, "contacts": text, "body": text }).to_string().as_bytes());
        let _ = kaleyra::read(json!({ "meta_object": { "value": text } }).to_string().as_bytes());
    }

    #[test]
    fn what_is_sent_is_what_its_own_reading_finds(body in "[^\\x00<]{1,400}") {
        prop_assume!(!body.trim().is_empty());
        let sent: String = first(&text(&body)).into_iter().find(|(name, _)| *name == "body").unwrap().1;
        let read = message(&[("type", "text"), ("body", &sent)]);
        prop_assert_eq!(read.text.as_deref(), Some(body.as_str()));
        let mut whole = second(&text(&body))["messaging_object"].clone();
        whole["from"] = "393331234567".into();
        whole["id"] = "wamid.1".into();
        let wrapped = wrapped(json!({ "messages": [whole] }), json!({})).to_string();
        let Update::Message(read) = update(wrapped.as_bytes()) else { panic!("a message") };
        prop_assert_eq!(read.text.as_deref(), Some(body.as_str()));
    }
}
