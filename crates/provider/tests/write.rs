//! The requests we make, and what we refuse to make.
#![expect(clippy::unwrap_used, reason = "a test")]

use pronto_domain::message::Card;
use pronto_domain::outbound::{
    Body, Choice, File, MediaKind, Outgoing, Recipient, Section, Template, TemplateButton, TemplatePart, Variable,
};
use pronto_provider::Unsendable;
use pronto_provider::meta::{self, Endpoint};
use pronto_provider::{self as provider, Request};
use serde_json::Value;

fn endpoint() -> Endpoint {
    Endpoint {
        base_url: "https://graph.facebook.com/v23.0/".into(),
        phone_number_id: "204010000000001".into(),
        business_account_id: Some("104010000000009".into()),
        app_id: Some("304010000000009".into()),
        access_token: "EAAsecret".to_owned().into(),
    }
}

fn message(body: Body) -> Outgoing {
    let to = Recipient { digits: Some("393331110001".into()), user_id: None };
    Outgoing { to, body, reply_to: None, opaque: None }
}

fn text(text: &str) -> Outgoing {
    message(Body::Text { text: text.into(), preview_url: false })
}

fn media(media: MediaKind, caption: Option<&str>) -> Outgoing {
    message(Body::Media {
        media,
        file: File::Uploaded("9001".into()),
        caption: caption.map(Into::into),
        filename: Some("invoice.pdf".into()),
        voice: true,
    })
}

fn choice(id: &str, title: &str) -> Choice {
    Choice { id: id.into(), title: title.into(), description: None }
}

fn json(request: &Request) -> Value {
    let provider::Body::Json(bytes) = &request.body else { panic!("no JSON") };
    serde_json::from_slice(bytes).unwrap()
}

fn written(message: &Outgoing) -> Value {
    json(&meta::write(message, &endpoint()).unwrap())
}

fn refused(message: &Outgoing) -> Unsendable {
    meta::write(message, &endpoint()).unwrap_err()
}

#[test]
fn a_message_of_each_kind() {
    let card = Card {
        name: "Carla Conti".into(),
        phones: vec!["+39 02 123".into()],
        emails: vec!["carla@example.com".into()],
        organisation: Some("Conti srl".into()),
    };
    let section = |title: &str, id: &str| Section { title: Some(title.into()), rows: vec![choice(id, id)] };
    let messages = [
        Outgoing { reply_to: Some("wamid.IN1".into()), opaque: Some("41".into()), ..text("Good morning ☀") },
        media(MediaKind::Image, Some("The lid")),
        media(MediaKind::Document, None),
        media(MediaKind::Audio, None),
        media(MediaKind::Sticker, Some("")),
        message(Body::Location { latitude: 45.5, longitude: 9.25, name: Some("Office".into()), address: None }),
        message(Body::Contacts { cards: vec![card] }),
        Outgoing {
            reply_to: Some("wamid.IN1".into()),
            ..message(Body::Reaction { target: "wamid.IN1".into(), emoji: Some("👍".into()) })
        },
        message(Body::Reaction { target: "wamid.IN1".into(), emoji: None }),
        message(Body::Buttons {
            text: "Sure?".into(),
            footer: Some("Acme".into()),
            buttons: vec![choice("y", "Yes"), choice("n", "No")],
        }),
        message(Body::List {
            text: "Which?".into(),
            footer: None,
            button: "Choose".into(),
            sections: vec![section("A", "a"), section("B", "b")],
        }),
        message(Body::Template(Template {
            name: "order_ready".into(),
            language: "it".into(),
            provider_id: String::new(),
            parts: vec![
                TemplatePart::Header {
                    variables: vec![Variable::Media {
                        media: MediaKind::Document,
                        file: File::Link("https://example.com/a.pdf".into()),
                        filename: Some("a.pdf".into()),
                    }],
                },
                TemplatePart::Body {
                    variables: vec![
                        Variable::Text { name: None, text: "Ada".into() },
                        Variable::Text { name: Some("order".into()), text: "12".into() },
                    ],
                },
                TemplatePart::Button { index: 0, button: TemplateButton::QuickReply { payload: "P".into() } },
                TemplatePart::Button { index: 1, button: TemplateButton::Url { name: None, suffix: "12".into() } },
            ],
        })),
    ];
    insta::assert_json_snapshot!(messages.iter().map(written).collect::<Vec<_>>());
}

#[test]
fn numbers_go_out_with_their_plus_and_hidden_ones_by_user_id() {
    let to = |digits: Option<&str>, user_id: Option<&str>| {
        let to = Recipient { digits: digits.map(Into::into), user_id: user_id.map(Into::into) };
        meta::write(&Outgoing { to, ..text("hi") }, &endpoint()).map(|request| json(&request))
    };
    assert_eq!(to(Some("+39 333"), None).unwrap()["to"], "+39333");
    let hidden = to(None, Some("IT.1")).unwrap();
    assert_eq!((&hidden["recipient"], hidden.get("to")), (&"IT.1".into(), None));
    let both = to(Some("39333"), Some("IT.1")).unwrap();
    assert_eq!((&both["to"], &both["recipient"]), (&"+39333".into(), &"IT.1".into()));
    assert_eq!(to(Some(""), Some("")), Err(Unsendable::NoRecipient));
}

#[test]
fn limits_are_counted_in_characters() {
    assert!(meta::write(&text(&"è".repeat(4096)), &endpoint()).is_ok());
    assert_eq!(refused(&text(&"è".repeat(4097))), Unsendable::TooLong { field: "text", limit: 4096, length: 4097 });
    assert_eq!(refused(&text(" \n")), Unsendable::Empty { field: "text" });
    assert!(meta::write(&media(MediaKind::Image, Some(&"😀".repeat(1024))), &endpoint()).is_ok());
    let long = media(MediaKind::Image, Some(&"😀".repeat(1025)));
    assert_eq!(refused(&long), Unsendable::TooLong { field: "caption", limit: 1024, length: 1025 });
    let spoken = media(MediaKind::Audio, Some("no"));
    assert_eq!(refused(&spoken), Unsendable::NotWith { field: "caption", with: "audio" });
    let nowhere = message(Body::Location { latitude: f64::NAN, longitude: 0.0, name: None, address: None });
    assert_eq!(refused(&nowhere), Unsendable::OutOfRange { field: "latitude" });
    assert_eq!(refused(&message(Body::Contacts { cards: vec![] })), Unsendable::Empty { field: "contacts" });
    let four = (0..4).map(|n| choice(&n.to_string(), "x")).collect();
    let four = message(Body::Buttons { text: "?".into(), footer: None, buttons: four });
    assert_eq!(refused(&four), Unsendable::TooMany { field: "buttons", limit: 3, count: 4 });
    let opaque = Outgoing { opaque: Some("x".repeat(513)), ..text("hi") };
    assert_eq!(refused(&opaque), Unsendable::TooLong { field: "opaque", limit: 512, length: 513 });
}

#[test]
fn the_other_requests() {
    let endpoint = endpoint();
    let upload = meta::media_upload(&endpoint, "a.ogg", "audio/ogg", "bytes".into());
    let requests = [
        meta::mark_read(&endpoint, "wamid.IN1", false),
        meta::mark_read(&endpoint, "wamid.IN1", true),
        meta::media_info(&endpoint, "9001").unwrap(),
        meta::media_download(&endpoint, "https://lookaside.fbsbx.com/x?mid=1").unwrap(),
        upload,
        meta::number_info(&endpoint).unwrap(),
        meta::subscribed_apps(&endpoint).unwrap(),
        meta::subscribe(&endpoint, "https://care.example/webhooks/meta/a", "verify").unwrap(),
    ];
    // Printed in full, so that the snapshot also shows that the token is not.
    insta::assert_debug_snapshot!(requests);
}

#[test]
fn an_id_cannot_lead_elsewhere() {
    for id in ["", "..", "../1/messages", "1?fields=x", "1/2", "%2e%2e", "1#x", "é"] {
        assert!(meta::media_info(&endpoint(), id).is_err(), "{id}");
    }
    assert!(meta::media_download(&endpoint(), "https://evil.example/x").is_err());
    assert!(meta::subscribed_apps(&Endpoint { business_account_id: None, ..endpoint() }).is_err());
}
