//! Templates at Twilio, through the simulator: listed, sent to somebody who has not written, and answered.

use pronto_simulator::Provider;
use pronto_testkit::on_both;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::care::eventually;
use crate::line::{Bench, Line};

const GIULIA: &str = "393335550142";

/// A content that was approved; its template's name.
async fn approved(line: &Line, name: &str, types: Value) {
    let content = json!({ "friendly_name": format!("{name} for customers"), "language": "en",
        "variables": { "1": "Ada", "2": "A-1", "3": "a1" }, "types": types });
    let made = line.twilio("POST", "Content", content).await;
    let approval = json!({ "name": name, "category": "UTILITY" });
    let path = format!("Content/{}/ApprovalRequests/whatsapp", made["sid"].as_str().expect("a SID"));
    line.twilio("POST", &path, approval).await;
}

async fn reaches_a_customer(line: Line) {
    line.control("PATCH", "faults", json!({ "template_review_ms": 5 })).await;
    let account = line.care.count("SELECT max(id) AS count FROM account").await;
    let path = format!("/accounts/{account}/templates");
    let form = json!({ "twilio/text": { "body": "plain" }, "twilio/call-to-action": {
        "body": "Hello {{1}}, your order {{2}} is on its way to you.",
        "actions": [{ "type": "URL", "title": "Track", "url": "https://a.example/t/{{3}}" },
            { "type": "PHONE_NUMBER", "title": "Call us", "phone": "+390255501234" }] } });
    approved(&line, "order_shipped", form).await;
    line.twilio(
        "POST",
        "Content",
        json!({ "friendly_name": "never handed in", "language": "en", "variables": {},
        "types": { "twilio/text": { "body": "Hello" } } }),
    )
    .await;
    let admin = &line.care.app.admin;
    let variant = async || {
        let all = line.care.app.post(admin, &format!("{path}/syncs"), json!({})).await.ok();
        assert_eq!(
            (&all["sync_error"], &all["not_fetched"], &all["can_make"]),
            (&Value::Null, &Value::Null, &json!(false))
        );
        let items = all["items"].as_array().cloned().unwrap_or_default();
        assert!(items.len() < 2, "what was never handed in is no template: {items:?}");
        items.first().map(|item| item["variants"][0].clone()).unwrap_or_default()
    };
    eventually("it is approved", async || variant().await["status"] == "approved").await;
    let variant = variant().await;
    assert_eq!((&variant["category"], &variant["fixed"]), (&json!("utility"), &json!("provider")));
    assert_eq!(variant["samples"], json!({ "body:1": "Ada", "body:2": "A-1", "button:0": "a1" }));
    assert_eq!(variant["content"]["buttons"][1]["number"], "+390255501234");

    let named = format!("{path}/order_shipped");
    line.care.app.patch(admin, &named, json!({ "version": 0, "available": true })).await.ok();
    let start = json!({ "client_id": Uuid::new_v4(), "account_id": account, "phone": format!("+{GIULIA}"),
        "template_id": variant["id"], "values": { "body:1": "Giulia", "body:2": "B-7", "button:0": "b7" } });
    let row = line.care.app.post(&line.care.ann, "/interactions", start).await.ok();
    eventually("it is on the phone", async || line.heard("template").await.is_some()).await;
    let shown = line.heard("template").await.expect("a template").to_string();
    for words in ["Hello Giulia, your order B-7 is on its way to you.", "https://a.example/t/b7"] {
        assert!(shown.contains(words), "{shown}");
    }
    let messages = line.care.app.get(&line.care.ann, &format!("/interactions/{}/messages", row["id"])).await.ok();
    let items = messages["items"].as_array().cloned().unwrap_or_default();
    let sent = items.iter().find(|one| one["kind"] == "template").expect("it stands in the thread");
    assert_eq!(
        (&sent["kind"], &sent["text"]),
        (&json!("template"), &json!("Hello Giulia, your order B-7 is on its way to you."))
    );
    // The window is shut until the customer writes; nothing but a template goes out before.
    let say = format!("/interactions/{}/messages", row["id"]);
    let words = json!({ "client_id": Uuid::new_v4(), "kind": "text", "text": "and so on" });
    line.care.app.post(&line.care.ann, &say, words).await.refused(409, "window_closed");
    line.writes(json!({ "type": "text", "text": "thank you" })).await;
    line.told().await;
    line.say(&say, json!({ "kind": "text", "text": "You are welcome" })).await;
    line.end().await;
}

on_both! {
    async fn a_content_of_twilios_begins_a_conversation(bench: Bench) {
        reaches_a_customer(Line::through(bench.0, Provider::Twilio).await).await;
    }
}
