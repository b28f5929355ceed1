//! Twilio's side: who may call, what is taken, what is told.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use common::{GIULIA, World, arrives};
use serde_json::{Value, json};

const TORINO: &str = "390115550001";
const MESSAGES: &str = "2010-04-01/Accounts/AC1/Messages.json";

/// A network with a second business, at Twilio.
async fn world() -> World {
    let world = World::start().await;
    let app = json!({"id": "torino", "provider": "twilio", "app_secret": "auth", "access_tokens": ["auth"],
        "webhook_url": format!("{}/webhooks/meta/demo", world.desk), "business_account_id": "AC1",
        "numbers": [{"phone_number_id": TORINO, "display_phone_number": "+39 011 555 0001", "verified_name": "Torino"}]});
    let (status, answer) = world.control("PUT", "apps/torino", app).await;
    assert_eq!(status, 200, "{answer}");
    world
}

async fn call(world: &World, path: &str, token: &str, form: Option<&[(&str, &str)]>) -> (u16, Value) {
    let url = format!("{}/simulator/twilio/{path}", world.base);
    let request = match form {
        Some(fields) => world.http.post(url).form(fields),
        None => world.http.get(url),
    };
    let answer = request.basic_auth("AC1", Some(token)).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap_or_default())
}

async fn writes(world: &World, text: &str) -> String {
    let (status, answer) = world.control("POST", "phones/giulia/messages", json!({"to": TORINO, "text": text})).await;
    assert_eq!(status, 201, "{answer}");
    answer["id"].as_str().unwrap().to_owned()
}

/// The forms that came, as pairs.
fn forms(world: &World) -> Vec<Vec<(String, String)>> {
    world
        .webhook
        .posts()
        .iter()
        .map(|post| url::form_urlencoded::parse(post.body.as_bytes()).into_owned().collect())
        .collect()
}

fn field<'f>(form: &'f [(String, String)], name: &str) -> Option<&'f str> {
    form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

#[tokio::test]
async fn what_is_written_is_told_as_a_form_and_can_be_listed() {
    let world = world().await;
    let id = writes(&world, "Caff\u{e8} & t\u{e8}?").await;
    assert!(id.starts_with("SM") && id.len() == 34, "{id}");
    arrives("the form", || !forms(&world).is_empty()).await;
    let form = forms(&world).remove(0);
    assert_eq!(field(&form, "MessageSid"), Some(id.as_str()));
    assert_eq!(field(&form, "Body"), Some("Caff\u{e8} & t\u{e8}?"));
    assert_eq!(field(&form, "From"), Some(format!("whatsapp:+{GIULIA}").as_str()));
    assert_eq!(field(&form, "To"), Some("whatsapp:+390115550001"));
    let list = format!("{MESSAGES}?To=whatsapp%3A%2B{TORINO}&DateSent%3E=2020-01-01T00%3A00%3A00Z&PageSize=1");
    let (status, listed) = call(&world, &list, "auth", None).await;
    assert_eq!((status, &listed["messages"][0]["sid"]), (200, &json!(id)));
    assert_eq!(listed["messages"][0]["direction"], "inbound");
    assert_eq!(listed["next_page_uri"], Value::Null);
    writes(&world, "And more").await;
    let (_, listed) = call(&world, &list, "auth", None).await;
    let next = listed["next_page_uri"].as_str().unwrap().trim_start_matches('/').to_owned();
    let (_, second) = call(&world, &next, "auth", None).await;
    assert_eq!(second["messages"][0]["sid"], json!(id), "the older one stands on the second page");
}

#[tokio::test]
async fn what_is_sent_is_judged_as_twilio_judges() {
    let world = world().await;
    let to = format!("whatsapp:+{GIULIA}");
    let text = |body: &str| {
        vec![
            ("From".to_owned(), "whatsapp:+390115550001".to_owned()),
            ("To".to_owned(), to.clone()),
            ("Body".to_owned(), body.to_owned()),
        ]
    };
    let sends = async |token: &str, body: &str| {
        let fields = text(body);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        call(&world, MESSAGES, token, Some(&fields)).await
    };
    let (status, answer) = sends("wrong", "hello").await;
    assert_eq!((status, &answer["code"]), (401, &json!(20003)));
    let (status, answer) = sends("auth", &"x".repeat(1601)).await;
    assert_eq!((status, &answer["code"]), (400, &json!(21617)));
    // A closed window is found out afterwards.
    let (status, answer) = sends("auth", "too late").await;
    assert_eq!((status, &answer["status"]), (201, &json!("queued")), "{answer}");
    let sid = answer["sid"].as_str().unwrap().to_owned();
    arrives("the failure", || {
        forms(&world)
            .iter()
            .any(|form| field(form, "MessageSid") == Some(sid.as_str()) && field(form, "ErrorCode") == Some("63016"))
    })
    .await;
    writes(&world, "now it is open").await;
    let (status, answer) = sends("auth", "in time").await;
    assert_eq!(status, 201);
    let sid = answer["sid"].as_str().unwrap().to_owned();
    arrives("the tick", || {
        forms(&world).iter().any(|form| {
            field(form, "MessageSid") == Some(sid.as_str()) && field(form, "MessageStatus") == Some("delivered")
        })
    })
    .await;
}
