//! What a business is told, and how.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use common::{GIULIA, NUMBER, World, arrives, signed, until};
use serde_json::{Value, json};

#[tokio::test]
async fn a_text_arrives_signed_and_escaped() {
    let world = World::start().await;
    let id = world.write("giulia", json!({"text": "Perché? http://a.it/b 😀"})).await;
    arrives("the message", || world.webhook.messages().len() == 1).await;

    let post = world.webhook.posts().remove(0);
    assert_eq!(post.signature.as_deref(), Some(signed(&post.body).as_str()));
    assert!(post.body.is_ascii());
    assert!(post.body.contains(r"Perch\u00e9? http:\/\/a.it\/b \ud83d\ude00"), "{}", post.body);

    assert_eq!(post.json["object"], "whatsapp_business_account");
    assert_eq!(post.json["entry"][0]["id"], "200000000000001");
    let value = &post.json["entry"][0]["changes"][0]["value"];
    assert_eq!(value["metadata"], json!({"display_phone_number": "390255501234", "phone_number_id": NUMBER}));
    assert_eq!(value["contacts"][0]["profile"]["name"], "Giulia Ferrari");
    assert_eq!(value["contacts"][0]["wa_id"], GIULIA);
    let message = &value["messages"][0];
    assert_eq!(message["id"], json!(id));
    assert_eq!(message["from"], GIULIA);
    assert_eq!(message["from_user_id"], value["contacts"][0]["user_id"]);
    assert!(message["from_user_id"].as_str().unwrap().starts_with("IT."));
    assert_eq!(message["text"]["body"], "Perché? http://a.it/b 😀");
    assert!(message["timestamp"].as_str().unwrap().parse::<i64>().is_ok());
}

#[tokio::test]
async fn what_waits_goes_in_one_post_up_to_the_limit() {
    let world = World::start().await;
    world.webhook.answer_with(503);
    world.faults(json!({"webhook_batch_max": 4})).await;
    for count in 0..10 {
        world.write(if count % 2 == 0 { "giulia" } else { "oliver" }, json!({"text": format!("{count}")})).await;
    }
    arrives("a refusal", || world.webhook.refused() > 0).await;
    world.webhook.answer_with(200);
    arrives("all messages", || world.webhook.messages().len() >= 10).await;
    let largest =
        world.webhook.values("messages").iter().map(|value| value["messages"].as_array().unwrap().len()).max();
    assert!(largest > Some(1) && largest <= Some(4), "{largest:?}");
    // Both people of a batch are in its contacts, each once.
    for value in world.webhook.values("messages") {
        for message in value["messages"].as_array().unwrap() {
            let known = value["contacts"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|contact| contact["user_id"] == message["from_user_id"]);
            assert_eq!(known.count(), 1);
        }
    }
}

#[tokio::test]
async fn what_is_not_acknowledged_comes_again() {
    let world = World::start().await;
    world.webhook.answer_with(500);
    let id = world.write("giulia", json!({"text": "again"})).await;
    arrives("three refusals", || world.webhook.refused() >= 3).await;
    assert_eq!(world.ledger().await["webhooks"]["queued"], 1);
    assert_eq!(world.on_phone("giulia", &id).await["status"], "sent");
    world.webhook.answer_with(200);
    until("the ledger has it", || async { world.ledger().await["webhooks"]["acknowledged_ids"] == json!([id]) }).await;
    assert_eq!(world.on_phone("giulia", &id).await["status"], "delivered");
}

#[tokio::test]
async fn undelivered_updates_survive_a_restart() {
    let mut world = World::start().await;
    world.webhook.answer_with(500);
    let id = world.write("giulia", json!({"text": "still there"})).await;
    arrives("a refusal", || world.webhook.refused() > 0).await;
    world.restart().await;
    world.webhook.answer_with(200);
    arrives("the message", || world.webhook.messages().iter().any(|message| message["id"] == json!(id))).await;
    assert_eq!(world.on_phone("giulia", &id).await["body"], "still there");
}

#[tokio::test]
async fn a_status_that_was_planned_survives_a_restart() {
    let mut world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    world.faults(json!({"status_delay_ms": 1500})).await;
    let id = world.text(GIULIA, "hello back").await;
    assert!(world.webhook.statuses_of(&id).is_empty());
    world.restart().await;
    arrives("sent", || world.webhook.statuses_of(&id).contains(&"sent".to_owned())).await;
}

#[tokio::test]
async fn every_kind_of_message_has_its_object() {
    let world = World::start().await;
    let first = world.write("giulia", json!({"text": "one"})).await;
    world
        .write(
            "giulia",
            json!({"type": "location", "location": {"latitude": 45.46, "longitude": 9.19, "name": "Duomo"}}),
        )
        .await;
    world.write("giulia", json!({"type": "contacts", "contacts": [{"name": {"formatted_name": "Ada"}, "phones": [{"phone": "+39 02"}]}]})).await;
    world.write("giulia", json!({"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "a", "title": "A"}}, "reply_to": first})).await;
    world
        .write(
            "giulia",
            json!({"type": "text", "text": "from an ad", "referral": {"source_type": "ad", "headline": "Sale"}}),
        )
        .await;
    world.write("giulia", json!({"type": "text", "text": "sent on", "context": {"forwarded": true}})).await;
    world.write("giulia", json!({"type": "unsupported", "errors": [{"code": 131_051}]})).await;
    arrives("all", || world.webhook.messages().len() == 7).await;
    let messages = world.webhook.messages();
    assert_eq!(messages[1]["location"]["name"], "Duomo");
    assert_eq!(messages[2]["contacts"][0]["name"]["formatted_name"], "Ada");
    assert_eq!(messages[3]["interactive"]["button_reply"]["id"], "a");
    assert_eq!(messages[3]["context"], json!({"from": GIULIA, "id": first}));
    assert_eq!(messages[4]["referral"]["headline"], "Sale");
    assert_eq!(messages[5]["context"], json!({"forwarded": true}));
    assert_eq!(messages[6]["errors"][0]["code"], 131_051);
}

#[tokio::test]
async fn edits_deletions_and_reactions_are_told() {
    let world = World::start().await;
    let id = world.write("giulia", json!({"text": "helo"})).await;
    let (status, _) = world.control("POST", "phones/giulia/edits", json!({"message": id, "text": "hello"})).await;
    assert_eq!(status, 201);
    world.control("POST", "phones/giulia/reactions", json!({"message": id, "emoji": "👍"})).await;
    world.control("POST", "phones/giulia/reactions", json!({"message": id})).await;
    world.control("POST", "phones/giulia/deletions", json!({"message": id})).await;
    arrives("all", || world.webhook.messages().len() == 5).await;
    let messages = world.webhook.messages();
    assert_eq!(messages[1]["edit"]["original_message_id"], json!(id));
    assert_eq!(messages[1]["edit"]["message"]["text"]["body"], "hello");
    assert_eq!(messages[2]["reaction"], json!({"message_id": id, "emoji": "👍"}));
    assert_eq!(messages[3]["reaction"], json!({"message_id": id}));
    assert_eq!(messages[4]["revoke"]["original_message_id"], json!(id));
    let (status, _) = world.control("POST", "phones/giulia/edits", json!({"message": id, "text": "gone"})).await;
    assert_eq!(status, 422, "what is deleted stays deleted");
}

#[tokio::test]
async fn a_hidden_number_stays_hidden() {
    let world = World::start().await;
    world.write("chiara", json!({"text": "guess who"})).await;
    arrives("the message", || world.webhook.messages().len() == 1).await;
    let value = world.webhook.values("messages").remove(0);
    assert_eq!(value["contacts"][0].get("wa_id"), None);
    assert_eq!(value["contacts"][0]["profile"]["username"], "@chiaramoretti");
    assert_eq!(value["messages"][0].get("from"), None);
    let user_id = value["messages"][0]["from_user_id"].as_str().unwrap().to_owned();

    let body =
        json!({"messaging_product": "whatsapp", "recipient": user_id, "type": "text", "text": {"body": "Chiara?"}});
    let (status, answer) = world.meta("POST", &format!("{NUMBER}/messages"), body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["contacts"], json!([{"input": user_id, "user_id": user_id}]));
    let id = common::id_of(&answer);
    arrives("delivered", || world.webhook.statuses_of(&id).len() == 2).await;
    let status = world.webhook.statuses().remove(0);
    assert_eq!((status.get("recipient_id"), &status["recipient_user_id"]), (None, &json!(user_id)));
}

#[tokio::test]
async fn a_new_number_is_told_without_contacts() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    let (status, phone) = world.control("PATCH", "phones/giulia", json!({"number": "+39 340 000 0001"})).await;
    assert_eq!((status, &phone["number"]), (200, &json!("393400000001")));
    arrives("the note", || world.webhook.messages().len() == 2).await;
    let value =
        world.webhook.values("messages").into_iter().find(|value| value["messages"][0]["type"] == "system").unwrap();
    assert_eq!(value.get("contacts"), None);
    assert_eq!(value["messages"][0]["from"], GIULIA);
    assert_eq!(value["messages"][0]["system"]["wa_id"], "393400000001");
    assert_eq!(value["messages"][0]["system"]["type"], "user_changed_number");
}

#[tokio::test]
async fn a_phone_that_is_off_sends_when_it_is_on() {
    let world = World::start().await;
    world.control("PATCH", "phones/giulia", json!({"online": false})).await;
    let id = world.write("giulia", json!({"text": "in the tunnel"})).await;
    assert_eq!(world.on_phone("giulia", &id).await["status"], "pending");
    world.write("oliver", json!({"text": "in the sun"})).await;
    arrives("the other one", || world.webhook.messages().len() == 1).await;
    world.control("PATCH", "phones/giulia", json!({"online": true})).await;
    arrives("both", || world.webhook.messages().len() == 2).await;
    assert_eq!(world.webhook.messages()[1]["id"], json!(id));
}

#[tokio::test]
async fn any_body_can_be_posted_by_hand() {
    let world = World::start().await;
    let (_, answer) = world.control("POST", "raw", json!({"body": "{\"entry\":[]}"})).await;
    assert_eq!(answer["status"], 200);
    world.control("POST", "raw", json!({"body": "not json", "signature": "none"})).await;
    world.control("POST", "raw", json!({"body": "{}", "signature": "wrong"})).await;
    let posts = world.webhook.posts();
    assert_eq!(posts[0].signature, Some(signed(&posts[0].body)));
    assert_eq!(posts[1].signature, None);
    assert_ne!(posts[2].signature, Some(signed("{}")));
}

#[tokio::test]
async fn subscribing_asks_for_the_verify_token() {
    let world = World::start().await;
    let url = format!("{}/webhooks/meta/demo", world.desk);
    let subscribe = |token: &str| json!({"override_callback_uri": url, "verify_token": token});
    let path = format!("{}/subscribed_apps", common::ACCOUNT);
    assert_eq!(world.meta("POST", &path, subscribe("demo-verify-token")).await, (200, json!({"success": true})));
    let (status, answer) = world.meta("POST", &path, subscribe("guess")).await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!(2200)));
    let (_, answer) = world.control("POST", "apps/demo/handshake", Value::Null).await;
    assert_eq!(answer["verified"], true);
}

#[tokio::test]
async fn load_is_counted_and_acknowledged() {
    let world = World::start().await;
    let (status, load) =
        world.control("POST", "load", json!({"rate_per_s": 200, "seconds": 1, "phones": 7, "text": "burst"})).await;
    assert_eq!(status, 202, "{load}");
    let path = format!("load/{}", load["id"]);
    until("all is acknowledged", || async { world.control("GET", &path, Value::Null).await.1["acknowledged"] == 200 })
        .await;
    let (_, load) = world.control("GET", &path, Value::Null).await;
    let ids = load["ids"].as_array().unwrap();
    assert_eq!((ids.len(), &load["done"]), (200, &json!(true)));
    let got = world.webhook.messages();
    assert_eq!(got.len(), 200);
    assert!(ids.iter().all(|id| got.iter().any(|message| message["id"] == *id)));
    let (_, phones) = world.control("GET", "phones", Value::Null).await;
    assert_eq!(phones["phones"].as_array().unwrap().len(), 5, "the load's phones are not shown");
}
