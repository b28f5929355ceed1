//! Scenarios: what customers do is written down, and played against a desk that knows nothing of it.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use common::{NUMBER, World, until};
use serde_json::{Value, json};

impl World {
    /// Begins to play a script; its number.
    async fn play(&self, script: &str, speed: u32) -> u64 {
        let (status, run) = self.post(script, speed).await;
        assert_eq!(status, 201, "{run}");
        run["id"].as_u64().unwrap()
    }

    async fn post(&self, script: &str, speed: u32) -> (u16, Value) {
        let url = format!("{}/simulator/control/runs?speed={speed}", self.base);
        let response = self.http.post(url).body(script.to_owned()).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    async fn run(&self, id: u64) -> Value {
        self.control("GET", &format!("runs/{id}"), Value::Null).await.1
    }

    /// Until it has ended in this way.
    async fn ends(&self, id: u64, state: &str) -> Value {
        until(state, || async { self.run(id).await["state"] != "running" }).await;
        let run = self.run(id).await;
        assert_eq!(run["state"], state, "{run}");
        run
    }

    /// Until somebody waits in this line.
    async fn waits_in(&self, id: u64, line: u64) {
        let there = |run: Value| run["doing"].as_array().unwrap().iter().any(|one| one["line"] == line);
        until("the line is reached", || async { there(self.run(id).await) }).await;
    }

    async fn chat(&self, phone: &str) -> Vec<Value> {
        let (_, answer) = self.control("GET", &format!("phones/{phone}/messages?with={NUMBER}"), Value::Null).await;
        answer["messages"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn a_conversation_is_played_and_waits_for_the_desk() {
    let world = World::start().await;
    let script = "title: Sofa\n# with a remark\nperson lea: Lea Hofmann, +49 151 5550 2201\n\n\
                  lea: Where is my sofa?\nlea sends damage: Look\nwait 20s to 30s\n\
                  lea waits for an answer with \"sorry\"\nlea replies to \"sorry\": Thanks\nlea reacts 👍\n\
                  lea edits: Thank you\nlea deletes \"Look\"";
    let id = world.play(script, 1_000).await;
    world.waits_in(id, 8).await;
    world.text("4915155502201", "One moment").await;
    let answer = world.text("4915155502201", "We are SORRY to hear it").await;
    let run = world.ends(id, "done").await;
    assert_eq!((&run["title"], &run["done"], &run["steps"]), (&json!("Sofa"), &json!(8), &json!(8)));

    let chat = world.chat("lea").await;
    let own: Vec<&Value> = chat.iter().filter(|message| message["from"] == "phone").collect();
    let types: Vec<&str> = own.iter().map(|message| message["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["text", "image", "text", "reaction"]);
    assert_eq!(
        (&own[2]["reply_to"], &own[2]["body"], &own[2]["edited"]),
        (&json!(answer), &json!("Thank you"), &json!(true))
    );
    assert_eq!(own[1]["deleted"], true);
    // Whoever waits for an answer reads it.
    let heard = chat.iter().find(|message| message["id"] == answer).unwrap();
    assert_eq!((&heard["status"], &heard["reactions"]["phone"]), (&json!("read"), &json!("👍")));
}

#[tokio::test]
async fn what_is_wrong_is_said_with_its_line_and_nothing_is_played() {
    let world = World::start().await;
    let (status, answer) = world.post("person lea: Lea\nlea: Hello\nlea sings", 1).await;
    assert_eq!((status, &answer["line"]), (422, &json!(3)));
    let detail = answer["detail"].as_str().unwrap();
    assert!(detail.starts_with("line 3: ") && detail.contains("sends"), "{detail}");
    let (status, answer) = world.post("person nobody\nnobody: Hello", 1).await;
    assert_eq!((status, &answer["line"]), (422, &json!(1)), "{answer}");
    assert_eq!(world.control("GET", "phones/lea", Value::Null).await.0, 404);
    assert_eq!(world.control("GET", "runs", Value::Null).await.1["runs"], json!([]));
    assert_eq!(world.control("POST", "runs?scenario=no-such", Value::Null).await.0, 404);
    assert_eq!(world.control("POST", "runs?scenario=order&speed=0", Value::Null).await.0, 422);
}

#[tokio::test]
async fn buttons_and_rows_are_tapped_when_they_come() {
    let world = World::start().await;
    let script = "person giulia\ngiulia: Hi\ngiulia taps \"yes\"\ngiulia chooses \"Friday\"";
    let id = world.play(script, 1).await;
    world.waits_in(id, 3).await;
    let reply = |id: &str, title: &str| json!({"type": "reply", "reply": {"id": id, "title": title}});
    let buttons = json!({"type": "interactive", "interactive": {"type": "button", "body": {"text": "Shall I?"},
        "action": {"buttons": [reply("n", "No"), reply("y", "Yes")]}}});
    assert_eq!(world.send("393335550142", buttons).await.0, 200);
    world.waits_in(id, 4).await;
    let list = json!({"type": "interactive", "interactive": {"type": "list", "body": {"text": "When?"}, "action": {
        "button": "Days", "sections": [{"title": "Days", "rows": [{"id": "4", "title": "Thursday"}, {"id": "5", "title": "Friday"}]}]}}});
    assert_eq!(world.send("393335550142", list).await.0, 200);
    world.ends(id, "done").await;
    let chat = world.chat("giulia").await;
    let answers: Vec<&Value> =
        chat.iter().filter(|message| message["from"] == "phone" && message["type"] == "interactive").collect();
    assert_eq!(answers[0]["content"]["button_reply"], json!({"id": "y", "title": "Yes"}));
    assert_eq!(answers[1]["content"]["list_reply"], json!({"id": "5", "title": "Friday"}));
}

#[tokio::test]
async fn an_answer_that_is_expected_and_does_not_come_fails_the_scenario() {
    let world = World::start().await;
    let id = world.play("person giulia\ngiulia: Hi\ngiulia expects an answer with \"refund\" within 50ms", 1).await;
    let run = world.ends(id, "failed").await;
    assert_eq!(run["problem"]["line"], 3);
    assert!(run["problem"]["detail"].as_str().unwrap().contains("refund"), "{run}");
    // A customer who only hopes for one writes again, and goes on.
    let id =
        world.play("person giulia\ngiulia: Hi\ngiulia waits for an answer up to 1m: Hello?\ngiulia: Bye", 1_000).await;
    until("she has written again", || async { world.chat("giulia").await.last().unwrap()["body"] == "Hello?" }).await;
    world.text("393335550142", "Here I am").await;
    world.ends(id, "done").await;
}

#[tokio::test]
async fn everybody_goes_at_their_own_pace_and_a_scenario_is_stopped() {
    let world = World::start().await;
    let script = "pace: own\nperson giulia\nperson oliver\ngiulia waits for an answer\ngiulia: Late\noliver: Early\noliver waits 2h";
    let id = world.play(script, 1).await;
    until("Oliver has written", || async { world.chat("oliver").await.iter().any(|one| one["body"] == "Early") }).await;
    world.waits_in(id, 7).await;
    assert_eq!(world.run(id).await["doing"].as_array().unwrap().len(), 2);
    assert_eq!(world.control("DELETE", &format!("runs/{id}"), Value::Null).await.0, 204);
    world.ends(id, "stopped").await;
    assert!(world.chat("giulia").await.is_empty());
}

#[tokio::test]
async fn the_rest_of_what_people_do_is_played() {
    let world = World::start().await;
    let script = "person giulia\nfault status_delay_ms 7\ngiulia wrote 25h ago: Yesterday\ngiulia sends voice\n\
                  giulia sends document \"bill.pdf\": The bill\ngiulia sends location 45.46416, 9.19197: Duomo\n\
                  giulia sends contact +39 348 555 0117: Anna Bianchi\ngiulia shares contact\ngiulia sends sticker\n\
                  giulia changes number to +39 333 555 9999\ngiulia blocks\ngiulia unblocks\ngiulia switches off\n\
                  giulia: From underground\ngiulia switches on\ngiulia reads\nheal";
    let id = world.play(script, 1_000).await;
    world.ends(id, "done").await;
    let chat = world.chat("giulia").await;
    let types: Vec<&str> = chat.iter().map(|message| message["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["text", "audio", "document", "location", "contacts", "contacts", "sticker", "text"]);
    assert_eq!(chat[2]["content"]["filename"], "bill.pdf");
    let (_, phone) = world.control("GET", "phones/giulia", Value::Null).await;
    assert_eq!(
        (&phone["number"], &phone["online"], &phone["blocked"]),
        (&json!("393335559999"), &json!(true), &json!(false))
    );
    assert_eq!(world.control("GET", "faults", Value::Null).await.1["status_delay_ms"], 250);
}

#[tokio::test]
async fn every_scenario_that_comes_along_can_be_begun() {
    let world = World::start().await;
    let (_, all) = world.control("GET", "scenarios", Value::Null).await;
    for scenario in all["scenarios"].as_array().unwrap() {
        let name = scenario["name"].as_str().unwrap();
        let (status, run) = world.control("POST", &format!("runs?scenario={name}&speed=100"), Value::Null).await;
        assert_eq!(status, 201, "{name}: {run}");
        assert_eq!(run["scenario"], name);
        assert_eq!(world.control("DELETE", &format!("runs/{}", run["id"]), Value::Null).await.0, 204);
        world.ends(run["id"].as_u64().unwrap(), "stopped").await;
    }
}

#[tokio::test]
async fn a_phone_knows_who_has_blocked_it_and_nothing_of_it_gets_through() {
    let world = World::start().await;
    let id = world.write("giulia", json!({"text": "hello"})).await;
    until("it is acknowledged", || async { world.on_phone("giulia", &id).await["status"] == "delivered" }).await;
    let block = json!({"messaging_product": "whatsapp", "block_users": [{"user": "393335550142"}]});
    assert_eq!(world.meta("POST", &format!("{NUMBER}/block_users"), block.clone()).await.0, 200);
    let (_, phone) = world.control("GET", "phones/giulia", Value::Null).await;
    assert_eq!(phone["blocked_by"], json!([NUMBER]));
    let before = world.ledger().await["webhooks"]["acknowledged"].clone();
    let second = world.write("giulia", json!({"text": "are you there?"})).await;
    let edit = json!({"message": id, "text": "hello!"});
    assert_eq!(world.control("POST", "phones/giulia/edits", edit).await.0, 201);
    assert_eq!(world.control("POST", "phones/giulia/deletions", json!({"message": second})).await.0, 201);
    let ledger = world.ledger().await;
    assert_eq!((&ledger["webhooks"]["queued"], &ledger["webhooks"]["acknowledged"]), (&json!(0), &before));
    assert_eq!(world.meta("DELETE", &format!("{NUMBER}/block_users"), block).await.0, 200);
    assert_eq!(world.control("GET", "phones/giulia", Value::Null).await.1["blocked_by"], json!([]));
}
