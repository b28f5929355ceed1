//! Twilio's contents: made, handed in, listed page by page, sent, and refused.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use common::{GIULIA, World, arrives};
use serde_json::{Value, json};

const NUMBER: &str = "390115550001";

async fn world() -> World {
    let world = World::start().await;
    let app = json!({"id": "torino", "provider": "twilio", "app_secret": "auth", "access_tokens": ["auth"],
        "webhook_url": format!("{}/webhooks/meta/demo", world.desk), "business_account_id": "AC1",
        "numbers": [{"phone_number_id": NUMBER, "display_phone_number": "+39 011 555 0001", "verified_name": "Torino"}]});
    let (status, answer) = world.control("PUT", "apps/torino", app).await;
    assert_eq!(status, 200, "{answer}");
    world.control("PATCH", "faults", json!({"template_review_ms": 1})).await;
    world
}

async fn call(world: &World, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
    let method = method.parse().unwrap();
    let request = world.http.request(method, format!("{}/simulator/twilio/v1/{path}", world.base));
    let request = if let Some(body) = body { request.json(body) } else { request };
    let answer = request.basic_auth("AC1", Some("auth")).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

async fn made(world: &World, name: &str, types: Value) -> String {
    let content = json!({"friendly_name": name, "language": "en", "variables": {"1": "Ada", "2": "A-1", "3": "a1"},
        "types": types});
    let (status, answer) = call(world, "POST", "Content", Some(&content)).await;
    assert_eq!(status, 201, "{answer}");
    answer["sid"].as_str().unwrap().to_owned()
}

async fn hand_in(world: &World, sid: &str, name: &str) -> (u16, Value) {
    let asked = json!({"name": name, "category": "UTILITY"});
    call(world, "POST", &format!("Content/{sid}/ApprovalRequests/whatsapp"), Some(&asked)).await
}

async fn approved(world: &World, sid: &str) {
    for _ in 0..200 {
        let (_, answer) = call(world, "GET", &format!("Content/{sid}/ApprovalRequests"), None).await;
        if answer["whatsapp"]["status"] == "approved" {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{sid} was not approved");
}

async fn sends(world: &World, sid: &str, variables: Option<&str>) -> (u16, Value) {
    let (from, to) = (format!("whatsapp:+{NUMBER}"), format!("whatsapp:+{GIULIA}"));
    let mut fields = vec![("From", from.as_str()), ("To", to.as_str()), ("ContentSid", sid)];
    fields.extend(variables.map(|variables| ("ContentVariables", variables)));
    let url = format!("{}/simulator/twilio/2010-04-01/Accounts/AC1/Messages.json", world.base);
    let answer = world.http.post(url).basic_auth("AC1", Some("auth")).form(&fields).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap())
}

#[tokio::test]
async fn a_content_that_was_approved_goes_out_filled_in() {
    let world = world().await;
    let form = json!({"twilio/call-to-action": {"body": "Hello {{2}}, your order {{1}} is ready for you now.",
        "actions": [{"type": "URL", "title": "Track", "url": "https://a.example/t/{{3}}"}]}});
    let sid = made(&world, "Order", form).await;
    let (status, answer) = hand_in(&world, &sid, "order_ready").await;
    assert_eq!((status, &answer["status"]), (201, &json!("pending")), "{answer}");
    assert_eq!(hand_in(&world, &sid, "order_ready").await.0, 400);
    approved(&world, &sid).await;
    let (status, sent) = sends(&world, &sid, Some(r#"{"1":"B-7","2":"Giulia","3":"b7"}"#)).await;
    assert_eq!((status, &sent["body"]), (201, &json!("Hello Giulia, your order B-7 is ready for you now.")), "{sent}");
    let shown = world.control("GET", "phones/giulia/messages", Value::Null).await.1.to_string();
    assert!(shown.contains("https://a.example/t/b7"), "{shown}");

    for (variables, code) in [
        (None, 63_028),
        (Some("{"), 21_656),
        (Some("[1]"), 21_656),
        (Some(r#"{"1":"B-7","2":"a\nb","3":"c"}"#), 21_656),
    ] {
        let (status, refused) = sends(&world, &sid, variables).await;
        assert_eq!((status, &refused["code"]), (400, &json!(code)), "{variables:?}");
    }
    assert_eq!(sends(&world, "HX0", None).await.1["code"], 21_655);
    // Twilio tells of messages, and of nothing else.
    arrives("its status", || !world.webhook.posts().is_empty()).await;
    assert!(world.webhook.posts().iter().all(|post| post.body.contains("MessageSid")));

    let template = world.control("GET", "templates", Value::Null).await.1;
    let template =
        template["templates"].as_array().unwrap().iter().find(|one| one["name"] == "order_ready").unwrap().clone();
    let path = format!("templates/{}", template["id"].as_str().unwrap());
    world.control("PATCH", &path, json!({"status": "PAUSED"})).await;
    let (status, refused) = sends(&world, &sid, Some(r#"{"1":"a","2":"b","3":"c"}"#)).await;
    assert_eq!((status, &refused["code"]), (400, &json!(63_041)));
    assert_eq!(call(&world, "DELETE", &format!("Content/{sid}"), None).await.0, 204);
    assert_eq!(call(&world, "GET", &format!("Content/{sid}"), None).await.0, 404);
}

#[tokio::test]
async fn what_was_not_approved_goes_out_within_the_window_alone() {
    let world = world().await;
    let sid = made(&world, "Thanks", json!({"twilio/text": {"body": "Thank you, {{1}}."}})).await;
    let (_, sent) = sends(&world, &sid, Some(r#"{"1":"Giulia"}"#)).await;
    let sid_of = sent["sid"].as_str().unwrap().to_owned();
    arrives("the failure", || {
        world.webhook.posts().iter().any(|post| post.body.contains(&sid_of) && post.body.contains("63016"))
    })
    .await;
    world.control("POST", "phones/giulia/messages", json!({"to": NUMBER, "text": "hello"})).await;
    let (_, sent) = sends(&world, &sid, Some(r#"{"1":"Giulia"}"#)).await;
    let sid_of = sent["sid"].as_str().unwrap().to_owned();
    arrives("it is there", || {
        world.webhook.posts().iter().any(|post| post.body.contains(&sid_of) && post.body.contains("delivered"))
    })
    .await;
}

#[tokio::test]
async fn contents_are_listed_page_by_page_with_what_became_of_them() {
    let world = world().await;
    let text = |words: &str| json!({"twilio/text": {"body": words}});
    let first = made(&world, "first", text("Your order is ready.")).await;
    hand_in(&world, &first, "first_one").await;
    approved(&world, &first).await;
    made(&world, "second", text("Never handed in.")).await;
    let odd = made(&world, "third", json!({"twilio/list-picker": {"body": "x"}})).await;
    assert_eq!(hand_in(&world, &odd, "third_one").await.0, 400);
    let wrong = made(&world, "fourth", text("{{1}} is at the edge of it")).await;
    assert_eq!(hand_in(&world, &wrong, "fourth_one").await.0, 400);
    let mut seen = Vec::new();
    let mut path = "ContentAndApprovals?PageSize=3".to_owned();
    loop {
        let (status, page) = call(&world, "GET", &path, None).await;
        assert_eq!(status, 200, "{page}");
        for one in page["contents"].as_array().unwrap() {
            let said = &one["approval_requests"];
            seen.push((one["friendly_name"].as_str().unwrap().to_owned(), said["status"].as_str().unwrap().to_owned()));
        }
        let Some(next) = page["meta"]["next_page_url"].as_str() else { break };
        path = next.rsplit('/').next().unwrap().to_owned();
    }
    seen.sort();
    let named = |name: &str, status: &str| (name.to_owned(), status.to_owned());
    let wanted = [
        named("first", "approved"),
        named("fourth", "unsubmitted"),
        named("second", "unsubmitted"),
        named("third", "unsubmitted"),
    ];
    assert_eq!(seen, wanted);
    for odd in [
        json!({}),
        json!({"language": "en"}),
        json!({"language": "en", "types": {}}),
        json!({"language": "en", "types": {"x": {}}}),
    ] {
        assert_eq!(call(&world, "POST", "Content", Some(&odd)).await.0, 400, "{odd}");
    }
    let url = format!("{}/simulator/twilio/v1/Content", world.base);
    assert_eq!(world.http.get(url).send().await.unwrap().status().as_u16(), 401);
}
