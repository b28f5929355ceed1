//! What a business may send, and what becomes of it.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use common::{GIULIA, NUMBER, TOKEN, World, arrives, id_of, until};
use serde_json::{Value, json};

const OLIVER: &str = "+44 7700 900 345";

#[tokio::test]
async fn statuses_follow_from_sent_to_read() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    let (status, answer) = world
        .send(
            "+39 333 555-0142",
            json!({"type": "text", "text": {"body": "hi"}, "biz_opaque_callback_data": "attempt-1"}),
        )
        .await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["contacts"][0]["input"], "+39 333 555-0142");
    assert_eq!(answer["contacts"][0]["wa_id"], GIULIA);
    let id = id_of(&answer);
    assert!(id.starts_with("wamid."));
    arrives("delivered", || world.webhook.statuses_of(&id).len() == 2).await;
    let (_, read) = world.control("POST", "phones/giulia/reads", json!({"with": NUMBER})).await;
    assert_eq!(read["read"], 1);
    arrives("read", || world.webhook.statuses_of(&id) == ["sent", "delivered", "read"]).await;
    let statuses = world.webhook.statuses();
    assert!(
        statuses
            .iter()
            .all(|status| status["biz_opaque_callback_data"] == "attempt-1" && status["recipient_id"] == GIULIA)
    );
    assert_eq!(
        statuses[0]["pricing"],
        json!({"billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service"})
    );
    assert_eq!(statuses[0]["conversation"]["origin"]["type"], "service");
    assert_eq!(statuses[2].get("pricing"), None);
    let held = world.on_phone("giulia", &id).await;
    assert_eq!(
        (&held["status"], &held["opaque"], &held["request"]["to"]),
        (&json!("read"), &json!("attempt-1"), &json!("+39 333 555-0142"))
    );
    assert_eq!(world.ledger().await["sends"][0]["times_accepted"], 1);
}

#[tokio::test]
async fn a_phone_that_is_off_gets_it_later() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    world.control("PATCH", "phones/giulia", json!({"online": false})).await;
    let id = world.text(GIULIA, "are you there?").await;
    arrives("sent", || world.webhook.statuses_of(&id) == ["sent"]).await;
    world.control("PATCH", "phones/giulia", json!({"online": true})).await;
    arrives("delivered", || world.webhook.statuses_of(&id) == ["sent", "delivered"]).await;
}

#[tokio::test]
async fn somebody_who_blocked_the_business_never_gets_it() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "go away"})).await;
    world.control("PATCH", "phones/giulia", json!({"blocked": true})).await;
    let id = world.text(GIULIA, "please").await;
    world.write("oliver", json!({"text": "hello"})).await;
    let other = world.text(OLIVER, "hello").await;
    arrives("the other one", || world.webhook.statuses_of(&other) == ["sent", "delivered"]).await;
    assert_eq!(world.webhook.statuses_of(&id), ["sent"]);
}

#[tokio::test]
async fn voice_is_played() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    let file = upload(&world, "audio/ogg", b"OggS voice").await;
    let (status, answer) = world.send(GIULIA, json!({"type": "audio", "audio": {"id": file, "voice": true}})).await;
    assert_eq!(status, 200, "{answer}");
    let id = id_of(&answer);
    until("delivered", || async { world.on_phone("giulia", &id).await["status"] == "delivered" }).await;
    world.control("POST", "phones/giulia/plays", json!({"message": id})).await;
    arrives("played", || world.webhook.statuses_of(&id) == ["sent", "delivered", "read", "played"]).await;
}

async fn upload(world: &World, mime_type: &str, bytes: &[u8]) -> String {
    let part = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name("f").mime_str(mime_type).unwrap();
    let form = reqwest::multipart::Form::new().text("messaging_product", "whatsapp").part("file", part);
    let url = format!("{}/simulator/meta/v23.0/{NUMBER}/media", world.base);
    let answer: Value =
        world.http.post(url).bearer_auth(TOKEN).multipart(form).send().await.unwrap().json().await.unwrap();
    answer["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[tokio::test]
async fn the_window_counts_from_what_the_person_wrote() {
    let world = World::start().await;
    let text = || json!({"type": "text", "text": {"body": "hi"}});
    let (status, answer) = world.send(GIULIA, text()).await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!(131_047)), "nothing written yet");
    assert_eq!(answer["error"]["type"], "OAuthException");
    assert!(answer["error"]["fbtrace_id"].is_string() && answer["error"]["error_data"]["details"].is_string());

    world.write("giulia", json!({"text": "long ago", "at": 25 * 3600})).await;
    assert_eq!(world.send(GIULIA, text()).await.0, 400, "written too long ago");
    let earlier = world.write("giulia", json!({"text": "this morning", "at": 23 * 3600})).await;
    assert_eq!(world.send(GIULIA, text()).await.0, 200);
    world.write("giulia", json!({"text": "late arrival", "at": 30 * 3600})).await;
    assert_eq!(world.send(GIULIA, text()).await.0, 200, "an older message does not close it");

    arrives("the message", || world.webhook.messages().len() == 3).await;
    let message = world.webhook.messages().into_iter().find(|message| message["id"] == json!(earlier)).unwrap();
    let written: i64 = message["timestamp"].as_str().unwrap().parse().unwrap();
    let now =
        i64::try_from(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()).unwrap();
    assert!((now - written - 23 * 3600).abs() < 60);
}

#[tokio::test]
async fn a_reaction_opens_the_window() {
    let world = World::start().await;
    let id = world.write("giulia", json!({"text": "long ago", "at": 48 * 3600})).await;
    world.control("POST", "phones/giulia/reactions", json!({"message": id, "emoji": "❤️"})).await;
    world.text(GIULIA, "thanks").await;
}

#[tokio::test]
async fn a_closed_window_can_be_told_late() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    world.faults(json!({"window_closed": true, "window_error_late": true})).await;
    let id = world.text(GIULIA, "too late").await;
    arrives("failed", || world.webhook.statuses_of(&id) == ["failed"]).await;
    assert_eq!(world.webhook.statuses()[0]["errors"][0]["code"], 131_047);
    world.faults(json!({"window_error_late": false})).await;
    assert_eq!(world.send(GIULIA, json!({"type": "text", "text": {"body": "x"}})).await.0, 400);
}

#[tokio::test]
async fn a_stranger_is_accepted_and_fails() {
    let world = World::start().await;
    let id = world.text("+39 320 999 9999", "anybody?").await;
    arrives("failed", || world.webhook.statuses_of(&id) == ["failed"]).await;
    let value = world.webhook.values("messages").remove(0);
    assert_eq!(value.get("contacts"), None);
    assert_eq!(value["statuses"][0]["errors"][0]["code"], 131_026);
    assert_eq!(value["statuses"][0]["recipient_id"], "393209999999");
}

#[tokio::test]
async fn a_number_without_plus_may_lack_the_country() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    let (status, answer) = world.send("3335550142", json!({"type": "text", "text": {"body": "hi"}})).await;
    assert_eq!((status, &answer["contacts"][0]["wa_id"]), (200, &json!(GIULIA)));
}

#[tokio::test]
async fn national_rewrites_are_answered_with_the_wa_id() {
    let world = World::start().await;
    world.control("POST", "phones", json!({"name": "Rafael Souza", "number": "+55 11 8765-4321"})).await;
    world.write("rafael", json!({"text": "olá"})).await;
    let (status, answer) = world.send("+55 11 9 8765-4321", json!({"type": "text", "text": {"body": "oi"}})).await;
    assert_eq!((status, &answer["contacts"][0]["wa_id"]), (200, &json!("551187654321")));
}

#[tokio::test]
async fn what_is_malformed_is_refused() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    let code = async |message: Value| {
        let (status, answer) = world.send(GIULIA, message).await;
        (status, answer["error"]["code"].as_u64().unwrap_or_default())
    };
    let text = |count: usize| json!({"type": "text", "text": {"body": "è".repeat(count)}});
    assert_eq!(code(text(4096)).await.0, 200, "characters are counted, not bytes");
    assert_eq!(code(text(4097)).await, (400, 100));
    assert_eq!(code(json!({"type": "text", "text": {"body": " "}})).await, (400, 100));
    assert_eq!(code(json!({"type": "poll", "poll": {}})).await, (400, 100));
    assert_eq!(code(json!({"type": "image", "image": {"id": "1"}})).await, (400, 100));
    assert_eq!(code(json!({"type": "image", "image": {"link": "ftp://x"}})).await, (400, 100));
    assert_eq!(
        code(json!({"type": "reaction", "reaction": {"message_id": "wamid.none", "emoji": "👍"}})).await,
        (400, 131_009)
    );
    assert_eq!(
        code(json!({"type": "text", "text": {"body": "x"}, "context": {"message_id": "wamid.none"}})).await,
        (400, 131_009)
    );
    assert_eq!(code(json!({"type": "contacts", "contacts": [{"name": {}}]})).await, (400, 131_008));
    let buttons = |count: usize, title: &str| {
        let buttons: Vec<Value> = (0..count)
            .map(|at| json!({"type": "reply", "reply": {"id": at.to_string(), "title": format!("{title}{at}")}}))
            .collect();
        json!({"type": "interactive", "interactive": {"type": "button", "body": {"text": "?"}, "action": {"buttons": buttons}}})
    };
    assert_eq!(code(buttons(3, "Yes")).await.0, 200);
    assert_eq!(code(buttons(4, "Yes")).await, (400, 131_009));
    assert_eq!(code(buttons(1, "A title that is too long")).await, (400, 131_009));
    let list = |rows: usize| {
        let rows: Vec<Value> =
            (0..rows).map(|at| json!({"id": at.to_string(), "title": format!("Row {at}")})).collect();
        json!({"type": "interactive", "interactive": {"type": "list", "body": {"text": "?"},
            "action": {"button": "Choose", "sections": [{"title": "All", "rows": rows}]}}})
    };
    assert_eq!(code(list(10)).await.0, 200);
    assert_eq!(code(list(11)).await, (400, 131_009));
}

#[tokio::test]
async fn only_the_app_itself_may_send() {
    let world = World::start().await;
    let url = format!("{}/simulator/meta/v23.0/{NUMBER}/messages", world.base);
    let body = json!({"messaging_product": "whatsapp", "to": GIULIA, "type": "text", "text": {"body": "x"}});
    let answer = world.http.post(&url).bearer_auth("stolen").json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.json::<Value>().await.unwrap()["error"]["code"], 190);
    let (status, answer) = world.meta("POST", "999/messages", body).await;
    assert_eq!((status, &answer["error"]["code"], &answer["error"]["error_subcode"]), (400, &json!(100), &json!(33)));
}

#[tokio::test]
async fn an_unregistered_number_does_not_send() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    let path = |edge: &str| format!("{NUMBER}/{edge}");
    assert_eq!(world.meta("POST", &path("deregister"), json!({})).await.0, 200);
    let (_, answer) = world.send(GIULIA, json!({"type": "text", "text": {"body": "x"}})).await;
    assert_eq!(answer["error"]["code"], 133_010);
    assert_eq!(
        world.meta("POST", &path("register"), json!({"messaging_product": "whatsapp", "pin": "12"})).await.0,
        400
    );
    assert_eq!(
        world.meta("POST", &path("register"), json!({"messaging_product": "whatsapp", "pin": "123456"})).await.0,
        200
    );
    world.text(GIULIA, "back again").await;
}

#[tokio::test]
async fn reading_turns_the_persons_ticks() {
    let world = World::start().await;
    let one = world.write("giulia", json!({"text": "one"})).await;
    let two = world.write("giulia", json!({"text": "two"})).await;
    let three = world.write("giulia", json!({"text": "three"})).await;
    let receipt = json!({"messaging_product": "whatsapp", "status": "read", "message_id": two, "typing_indicator": {"type": "text"}});
    assert_eq!(world.meta("POST", &format!("{NUMBER}/messages"), receipt).await, (200, json!({"success": true})));
    assert_eq!(world.on_phone("giulia", &one).await["status"], "read");
    assert_eq!(world.on_phone("giulia", &two).await["status"], "read");
    assert_ne!(world.on_phone("giulia", &three).await["status"], "read");
    let unknown = json!({"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.none"});
    assert_eq!(world.meta("POST", &format!("{NUMBER}/messages"), unknown).await.1["error"]["code"], 131_009);
}

#[tokio::test]
async fn a_business_reacts() {
    let world = World::start().await;
    let id = world.write("giulia", json!({"text": "one"})).await;
    let (status, answer) =
        world.send(GIULIA, json!({"type": "reaction", "reaction": {"message_id": id, "emoji": "🎉"}})).await;
    assert_eq!(status, 200, "{answer}");
    until("it shows", || async { world.on_phone("giulia", &id).await["reactions"]["business"] == "🎉" }).await;
    world.send(GIULIA, json!({"type": "reaction", "reaction": {"message_id": id, "emoji": ""}})).await;
    until("it is gone", || async { world.on_phone("giulia", &id).await["reactions"] == json!({}) }).await;
}

#[tokio::test]
async fn blocked_users_are_not_heard() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "spam"})).await;
    let users = json!({"messaging_product": "whatsapp", "block_users": [{"user": GIULIA}, {"user": OLIVER}]});
    let (_, answer) = world.meta("POST", &format!("{NUMBER}/block_users"), users.clone()).await;
    assert_eq!(answer["block_users"]["added_users"], json!([{"input": GIULIA, "wa_id": GIULIA}]));
    assert_eq!(answer["block_users"]["failed_users"][0]["input"], OLIVER, "has not written");
    world.write("giulia", json!({"text": "more spam"})).await;
    assert_eq!(world.meta("GET", &format!("{NUMBER}/block_users"), Value::Null).await.1["data"][0]["wa_id"], GIULIA);
    world.meta("DELETE", &format!("{NUMBER}/block_users"), users).await;
    world.write("giulia", json!({"text": "sorry"})).await;
    arrives("the apology", || world.webhook.messages().iter().any(|message| message["text"]["body"] == "sorry")).await;
    assert!(!world.webhook.messages().iter().any(|message| message["text"]["body"] == "more spam"));
}

#[tokio::test]
async fn numbers_and_accounts_can_be_looked_at() {
    let world = World::start().await;
    let (_, number) =
        world.meta("GET", &format!("{NUMBER}?fields=display_phone_number,quality_rating"), Value::Null).await;
    assert_eq!(number, json!({"id": NUMBER, "display_phone_number": "+39 02 5550 1234", "quality_rating": "GREEN"}));
    let (_, numbers) = world.meta("GET", &format!("{}/phone_numbers", common::ACCOUNT), Value::Null).await;
    assert_eq!(numbers["data"][0]["verified_name"], "Aurora Living");
    let (status, answer) = world.meta("GET", "12345", Value::Null).await;
    assert_eq!((status, &answer["error"]["error_subcode"]), (400, &json!(33)));
    let (status, _) = world.meta("GET", &format!("{NUMBER}/nonsense"), Value::Null).await;
    assert_eq!(status, 400);
}
