//! Templates that are handed in, and what comes back.
#![expect(clippy::unwrap_used, reason = "a test")]

use pronto_domain::template::draft::{Category, Draft};
use pronto_domain::template::{Button, Header, Status, Template};
use pronto_provider::meta::{self, Endpoint};
use pronto_provider::{Body, Request};
use serde_json::Value;

fn endpoint() -> Endpoint {
    Endpoint {
        base_url: "https://graph.facebook.com/v23.0".into(),
        phone_number_id: "204010000000001".into(),
        business_account_id: Some("104010000000009".into()),
        app_id: Some("304010000000009".into()),
        access_token: "EAAsecret".to_owned().into(),
    }
}

fn json(request: &Request) -> Value {
    let Body::Json(bytes) = &request.body else { panic!("{request:?}") };
    serde_json::from_slice(bytes).unwrap()
}

fn draft() -> Draft {
    let samples =
        [("header:1", "A-1"), ("body:1", "Maria"), ("body:2", " A-1 "), ("button:1", "A-1"), ("button:3", "SAVE10")];
    let template = Template {
        name: "order_shipped".into(),
        language: "en_GB".into(),
        header: Some(Header::Text { text: "Order {{1}}".into() }),
        body: "Hello {{1}}, your order {{2}} is on its way.".into(),
        footer: Some("Aurora".into()),
        buttons: vec![
            Button::QuickReply { text: "Thanks".into() },
            Button::Url { text: "Track".into(), url: "https://a.example/t/{{1}}".into() },
            Button::Phone { text: "Call".into(), number: "+390255501234".into() },
            Button::CopyCode { text: "Copy code".into() },
        ],
        samples: samples.map(|(key, text)| (key.to_owned(), text.to_owned())).into(),
        ..Template::default()
    };
    Draft { template, category: Category::Utility, allow_category_change: true }
}

#[test]
fn templates_are_handed_in() {
    let endpoint = endpoint();
    let mut named = draft();
    named.template.named = true;
    named.template.header = Some(Header::Image);
    named.template.body = "Hello {{first_name}}, your order is on its way.".into();
    named.template.samples = [("body:first_name".to_owned(), "Maria".to_owned())].into();
    named.template.buttons.clear();
    let requests = [
        meta::create_template(&endpoint, &draft(), None).unwrap(),
        meta::create_template(&endpoint, &named, Some("4::aW:x")).unwrap(),
        meta::edit_template(&endpoint, "594425479261596", &draft(), true, None).unwrap(),
        meta::delete_template(&endpoint, "order_shipped", None).unwrap(),
        meta::delete_template(&endpoint, "order_shipped", Some("594425479261596")).unwrap(),
        meta::begin_sample(&endpoint, "a lamp&co.png", "image/png", 7).unwrap(),
        meta::hand_in_sample(&endpoint, "upload:MTph=?sig=ARZ_-q", "image/png", "picture".into()).unwrap(),
    ];
    insta::assert_debug_snapshot!(requests);
    for session in ["upload:../me", "me", "https://evil.example", "upload:a/b", "upload:a b", "upload:a#b"] {
        assert!(meta::hand_in_sample(&endpoint, session, "image/png", "x".into()).is_err(), "{session}");
    }
    assert!(meta::begin_sample(&Endpoint { app_id: None, ..endpoint.clone() }, "a", "image/png", 1).is_err());
    assert!(meta::delete_template(&endpoint, "a&hsm_id=1", None).is_err());
}

/// What Meta keeps of a template is what was handed in, samples and all.
#[test]
fn a_template_that_was_handed_in_is_read_as_it_was() {
    for named in [false, true] {
        let mut draft = draft();
        if named {
            draft.template.named = true;
            draft.template.header = Some(Header::Text { text: "Order {{order}}".into() });
            draft.template.body = "Hello {{first_name}}, your order is on its way.".into();
            let samples =
                [("header:order", "A-1"), ("body:first_name", "Maria"), ("button:1", "A-1"), ("button:3", "SAVE10")];
            draft.template.samples = samples.map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        }
        let mut kept = json(&meta::create_template(&endpoint(), &draft, None).unwrap());
        kept["id"] = 594.into();
        kept["status"] = "PENDING".into();
        let read = meta::read_template(&kept).unwrap();
        assert_eq!(read.category, "utility");
        let mut handed = draft.template;
        handed.samples.entry("body:2".to_owned()).and_modify(|text| *text = text.trim().to_owned());
        assert_eq!(read.template, handed);
    }
    let made = meta::read_made(br#"{"id":"594","status":"PENDING","category":"MARKETING"}"#).unwrap();
    assert_eq!((made.id.as_str(), made.status, made.category.as_deref()), ("594", Status::Pending, Some("marketing")));
    assert_eq!(meta::read_made(b"{}"), None);
    assert_eq!(meta::read_session(br#"{"id":"upload:a"}"#).as_deref(), Some("upload:a"));
    assert_eq!(meta::read_handle(br#"{"h":"4::aW"}"#).as_deref(), Some("4::aW"));
    assert_eq!(meta::read_handle(br#"{"h":""}"#), None);
}
