//! Twilio's contents: what is read of them, and how they are sent.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;

use pronto_domain::message::Content;
use pronto_domain::outbound::{self, MediaKind, Outgoing, Recipient};
use pronto_domain::placeholder::Values;
use pronto_domain::provider::{Capabilities, Provider};
use pronto_domain::template::{Button, Header, ShownHeader, Status, compose};
use pronto_provider::twilio::{self, Endpoint};
use pronto_provider::{Body, Listed, Method, Page, Unsendable};
use serde_json::{Value, json};

fn endpoint() -> Endpoint {
    Endpoint {
        base_url: "https://api.twilio.com".into(),
        account_sid: "AC1".into(),
        key_sid: None,
        secret: "token".to_owned().into(),
        sender: "14155238886".into(),
        status_callback: None,
        media_hosts: Vec::new(),
    }
}

fn approved() -> Value {
    json!({ "name": "order_ready", "category": "UTILITY", "content_type": "x", "status": "approved",
        "rejection_reason": "" })
}

fn page(contents: &Value) -> Page {
    let body = json!({ "contents": contents, "meta": { "next_page_url": null, "key": "contents" } });
    twilio::read_templates(body.to_string().as_bytes()).unwrap()
}

fn listed(types: &Value) -> Listed {
    let content = json!({ "sid": "HX1", "account_sid": "AC1", "friendly_name": "Order ready", "language": "it",
        "variables": { "1": "Ada", "2": "A-1", "3": "a1" }, "types": types, "approval_requests": approved() });
    page(&json!([content])).items.remove(0)
}

#[test]
fn a_page_leads_on_at_twilio_and_nowhere_else() {
    let first = twilio::list_templates(&endpoint(), None);
    assert_eq!(first.method, Method::Get);
    assert_eq!(first.url, "https://content.twilio.com/v1/ContentAndApprovals?PageSize=50");
    assert!(first.authorization.is_some());
    for next in [
        "https://content.twilio.com/v1/ContentAndApprovals?PageSize=50&PageToken=a%26b",
        "https://evil.example/x?PageSize=50&PageToken=a%26b",
    ] {
        let body = json!({ "contents": [], "meta": { "next_page_url": next } }).to_string();
        let after = twilio::read_templates(body.as_bytes()).unwrap().after;
        let second = twilio::list_templates(&endpoint(), after.as_deref());
        assert_eq!(second.url, "https://content.twilio.com/v1/ContentAndApprovals?PageSize=50&PageToken=a%26b");
    }
    assert_eq!(page(&json!([])).after, None);
    for odd in ["", "{}", "[]", r#"{"contents":7}"#] {
        assert_eq!(twilio::read_templates(odd.as_bytes()), None, "{odd}");
    }
}

#[test]
fn each_form_is_read_as_it_shows_on_the_phone() {
    let text = listed(&json!({ "twilio/text": { "body": "Ciao {{1}}" } }));
    assert_eq!((text.id.as_str(), text.category.as_str(), text.status), ("HX1", "utility", Status::Approved));
    assert_eq!((text.template.name.as_str(), text.template.language.as_str()), ("order_ready", "it"));
    assert_eq!((text.template.body.as_str(), text.template.beyond()), ("Ciao {{1}}", None));
    assert_eq!(text.template.samples, BTreeMap::from([("body:1".to_owned(), "Ada".to_owned())]));

    let quick = listed(&json!({ "twilio/quick-reply": { "body": "Ok {{1}}?",
        "actions": [{ "title": "Yes", "id": "y" }, { "title": "No", "id": "n" }] } }));
    let replies = ["Yes", "No"].map(|text| Button::QuickReply { text: text.to_owned() });
    assert_eq!(quick.template.buttons, replies);

    // Of several forms, WhatsApp shows the richest.
    let call = listed(&json!({ "twilio/text": { "body": "plain" }, "twilio/call-to-action": { "body": "{{1}}: {{2}}",
        "actions": [{ "type": "URL", "title": "Track", "url": "https://a.example/{{3}}" },
            { "type": "PHONE_NUMBER", "title": "Call", "phone": "+390255501234" }] } }));
    assert_eq!(call.template.body, "{{1}}: {{2}}");
    let keys: Vec<String> = call.template.slots().into_iter().map(|slot| slot.key).collect();
    assert_eq!(keys, ["body:1", "body:2", "button:0"]);
    assert_eq!(call.template.samples.get("button:0").map(String::as_str), Some("a1"));

    let card = listed(&json!({ "twilio/card": { "title": "Hi {{1}}", "subtitle": "Aurora",
        "media": ["https://a.example/lamp.png"], "actions": [{ "type": "QUICK_REPLY", "title": "Ok", "id": "o" }] } }));
    let link = "https://a.example/lamp.png".to_owned();
    assert_eq!(card.template.header, Some(Header::File { kind: MediaKind::Image, link }));
    assert_eq!((card.template.body.as_str(), card.template.footer.as_deref()), ("Hi {{1}}", Some("Aurora")));
    let headed = listed(&json!({ "whatsapp/card": { "body": "Hi {{2}}", "header_text": "For {{1}}", "footer": "A",
        "actions": [{ "type": "QUICK_REPLY", "title": "Ok", "id": "o" }] } }));
    assert_eq!(headed.template.header, Some(Header::Text { text: "For {{1}}".to_owned() }));
    assert_eq!(headed.template.beyond(), None);
    for (end, kind) in [("mp4", MediaKind::Video), ("pdf?x=1", MediaKind::Document), ("jpg", MediaKind::Image)] {
        let media =
            listed(&json!({ "twilio/media": { "body": "See", "media": [format!("https://a.example/f.{end}")] } }));
        assert!(matches!(media.template.header, Some(Header::File { kind: found, .. }) if found == kind), "{end}");
    }
}

#[test]
fn what_cannot_be_filled_in_is_shown_and_not_sent() {
    const ODD: &str = "a variable with another name than a number or a word";
    const BUTTONS: &str = "buttons that are none of WhatsApp's";
    let body = "Hi {{1}}";
    for (types, what) in [
        (json!({ "twilio/carousel": { "body": body, "cards": [] } }), "carousel"),
        (json!({ "twilio/list-picker": { "body": body } }), "list picker"),
        (
            json!({ "twilio/media": { "body": body, "media": ["https://a.example/{{2}}.png"] } }),
            "a file that is another each time",
        ),
        (
            json!({ "twilio/media": { "body": body, "media": ["https://a.example/{{a b}}.png"] } }),
            "a file that is another each time",
        ),
        (json!({ "twilio/media": { "body": body, "media": ["javascript:alert(1)"] } }), "a file of another kind"),
        (json!({ "twilio/media": { "body": body, "media": ["https://a.example/x.vcf"] } }), "a file of another kind"),
        (json!({ "twilio/text": { "body": body }, "twilio/list-picker": { "body": body } }), "list picker"),
        (json!({ "twilio/text": { "body": "Hi {{ 1 }}" } }), ODD),
        (json!({ "twilio/text": { "body": "Hi {{first-name}}" } }), ODD),
        (json!({ "twilio/text": { "body": "Hi {{{1}}}" } }), ODD),
        (json!({ "twilio/text": { "body": "\u{200b}" } }), "no body"),
        (json!({ "twilio/quick-reply": { "body": body, "actions": [{ "id": "x" }] } }), BUTTONS),
        (json!({ "twilio/quick-reply": { "body": body, "actions": [7] } }), BUTTONS),
        (json!({ "whatsapp/card": { "body": body, "header_text": "{{1}}" } }), "a variable in two places"),
        (json!({ "whatsapp/card": { "body": body, "footer": "{{2}}" } }), "a variable in its footer"),
        (
            json!({ "twilio/quick-reply": { "body": body, "actions": [{ "title": "{{2}}" }] } }),
            "a variable on a button",
        ),
        (
            json!({ "twilio/call-to-action": { "body": body, "actions": [{ "type": "URL", "title": "T", "url": "https://a.example/{{1}}" }] } }),
            "a variable in two places",
        ),
        (
            json!({ "twilio/call-to-action": { "body": body, "actions": [{ "type": "URL", "title": "T", "url": "https://{{2}}.example/{{3}}" }] } }),
            "several variables in an address",
        ),
        (
            json!({ "twilio/call-to-action": { "body": body, "actions": [{ "type": "COPY_CODE", "title": "T", "code": "{{2}}" }] } }),
            "a button of another kind",
        ),
        (json!({ "twilio/text": {} }), "no body"),
        (json!({}), "no content"),
        (json!({ "twilio/text": null, "twilio/carousel": { "body": body } }), "carousel"),
    ] {
        assert_eq!(listed(&types).template.beyond().as_deref(), Some(what), "{types}");
    }
}

#[test]
fn what_became_of_its_approval_is_told() {
    let content = |approval: Value| {
        json!({ "sid": "HX1", "friendly_name": "Order", "language": "it", "types": { "twilio/text": { "body": "a" } },
            "approval_requests": approval })
    };
    let status = |word: &str| {
        let mut approval = approved();
        approval["status"] = word.into();
        page(&json!([content(approval)])).items.first().map(|one| one.status)
    };
    for (word, read) in [
        ("received", Status::Pending),
        ("pending", Status::Pending),
        ("rejected", Status::Rejected),
        ("paused", Status::Paused),
        ("disabled", Status::Disabled),
        ("new word", Status::Other),
    ] {
        assert_eq!(status(word), Some(read), "{word}");
    }
    assert_eq!(status("unsubmitted"), None);
    assert!(page(&json!([content(Value::Null), content(json!({})), 7, null, content(json!([]))])).items.is_empty());
    let mut rejected = approved();
    rejected["rejection_reason"] = "INVALID_FORMAT".into();
    assert_eq!(page(&json!([content(rejected)])).items[0].reason.as_deref(), Some("INVALID_FORMAT"));
}

fn sent(types: &Value, values: &[(&str, &str)]) -> (Vec<(&'static str, String)>, Content) {
    let one = listed(types);
    let values = values.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    let mut filled = compose(&one.template, &values, None, &Values::default()).unwrap();
    filled.outgoing.provider_id = one.id;
    let message = Outgoing {
        to: Recipient { digits: Some("393331234567".into()), user_id: None },
        body: outbound::Body::Template(filled.outgoing),
        reply_to: None,
        opaque: None,
    };
    assert!(Capabilities::of(Provider::Twilio, None).allow(&message).is_ok());
    let Body::Form(fields) = twilio::write(&message, &endpoint()).unwrap().body else { panic!("a form") };
    (fields, filled.content)
}

#[test]
fn variables_go_by_the_names_they_have_over_the_whole_of_it() {
    let types = json!({ "twilio/call-to-action": { "body": "{{2}}: {{1}}",
        "actions": [{ "type": "PHONE_NUMBER", "title": "Call", "phone": "+39025" },
            { "type": "URL", "title": "Track", "url": "https://a.example/{{3}}" }] } });
    let (fields, _) = sent(&types, &[("body:1", "Maria \"M\""), ("body:2", "A-1"), ("button:1", "xyz")]);
    let field = |name: &str| fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value.as_str());
    assert_eq!((field("ContentSid"), field("Body")), (Some("HX1"), None));
    let variables: Value = serde_json::from_str(field("ContentVariables").unwrap()).unwrap();
    assert_eq!(variables, json!({ "1": "Maria \"M\"", "2": "A-1", "3": "xyz" }));

    let media = json!({ "twilio/media": { "body": "See", "media": ["https://a.example/lamp.png"] } });
    let (fields, content) = sent(&media, &[]);
    assert!(fields.iter().all(|(name, _)| *name != "ContentVariables"));
    let Content::Template { header: Some(ShownHeader::Media { kind, link }), .. } = &content else {
        panic!("{content:?}")
    };
    assert_eq!((*kind, link.as_deref()), (MediaKind::Image, Some("https://a.example/lamp.png")));

    let bare =
        outbound::Template { name: "x".into(), language: "it".into(), provider_id: String::new(), parts: Vec::new() };
    let message = Outgoing {
        to: Recipient { digits: Some("39".into()), user_id: None },
        body: outbound::Body::Template(bare),
        reply_to: None,
        opaque: None,
    };
    assert!(matches!(twilio::write(&message, &endpoint()), Err(Unsendable::Empty { field: "template" })));
}
