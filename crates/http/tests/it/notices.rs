//! Notices of what colleagues and time do: mentions, messages that could not go out, requests.

use pronto_desk::work;
use pronto_domain::access::Role;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::care::{Care, Client, MARIA, eventually};

async fn notices(care: &Care, who: &Person) -> Vec<Value> {
    care.get(who, "/notices").await.ok().as_array().expect("a list").clone()
}

on_both! {
    async fn a_mention_is_told_to_who_is_meant_once(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let id = care.held(&care.ann, MARIA).await;
        let port = care.listen().await;
        let mut client = Client::open(port, &bob, None).await;
        client.until("hello").await;
        let note = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "note", "text": "@Bob and @Ann look",
            "mentions": [bob.id, care.ann.id] });
        let path = format!("/interactions/{id}/messages");
        let written = care.app.post(&care.ann, &path, note.clone()).await.ok();
        care.app.post(&care.ann, &path, note).await.ok();
        let told = notices(&care, &bob).await;
        assert_eq!(told.len(), 1, "a repeat tells nobody again");
        assert_eq!((&told[0]["kind"], &told[0]["by"]["name"]), (&json!("mentioned"), &json!("Ann")));
        assert_eq!(told[0]["params"]["message"], written["id"].to_string());
        assert_eq!(told[0]["interaction"]["id"], id);
        assert!(notices(&care, &care.ann).await.is_empty(), "nobody tells themselves");
        assert_eq!(client.until("notice").await["notice"]["kind"], "mentioned");
        // Nothing of the note itself is in it, nor of what a profile hides.
        let full = json!({ "mode": "full" });
        care.profile(&bob, "accounts", &json!({ "name": full, "phone": full, "email": full })).await;
        eventually("he is masked", async || !json!(notices(&care, &bob).await).to_string().contains("Rossi")).await;
    }

    async fn whoever_planned_a_message_hears_why_it_did_not_go_out(care: Care) {
        let plan = async |id: i64| {
            let due = care.app.bench.now() + jiff::SignedDuration::from_mins(5);
            let body = json!({ "client_id": uuid::Uuid::new_v4(), "text": "later", "due_at": due.to_string() });
            care.app.post(&care.ann, &format!("/interactions/{id}/scheduled"), body).await.ok();
        };
        let (closed, lost) = (care.held(&care.ann, MARIA).await, care.held(&care.ann, "393330000002").await);
        plan(closed).await;
        plan(lost).await;
        care.app.put(&care.ann, &format!("/interactions/{closed}/closure"), json!({})).await.ok();
        // What is no longer theirs to see is not told of.
        let sue = care.colleague(Role::Supervisor, "sue").await;
        care.app.put(&sue, &format!("/interactions/{lost}/ownership"), json!({})).await.ok();
        let none = json!({ "mode": "none" });
        care.profile(&care.ann, "own", &json!({ "name": none, "phone": none, "email": none })).await;
        care.set(&format!("UPDATE interaction SET owner_id = {} WHERE id = {closed}", care.ann.id.0)).await;
        care.caught_up().await;
        care.app.advance(600);
        let stop = CancellationToken::new();
        tokio::spawn(work::timers::run(care.app.bench.desk.clone(), stop.clone()));
        let failed = "SELECT count(*) AS count FROM scheduled_message WHERE state = 'failed'";
        eventually("both have failed", async || care.count(failed).await == 2).await;
        stop.cancel();
        let told: Vec<Value> = notices(&care, &care.ann).await.into_iter().filter(|one| one["kind"] == "scheduled_failed").collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((&told[0]["interaction"]["id"], &told[0]["params"]["reason"]), (&json!(closed), &json!("closed")));
    }

    async fn an_owner_hears_who_would_like_to_have_it(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let away = care.app.with_agent("away").await;
        let id = care.held(&care.ann, MARIA).await;
        let path = format!("/interactions/{id}/requests");
        care.app.post(&away, &path, json!({})).await.refused(404, "not_found");
        care.app.post(&bob, &path, json!({})).await.ok();
        let told = notices(&care, &care.ann).await;
        assert_eq!((told.len(), &told[0]["kind"], &told[0]["by"]["name"]), (1, &json!("asked_for"), &json!("Bob")));
        assert!(notices(&care, &bob).await.is_empty());
        // Once, until she has looked.
        let lines = "SELECT count(*) AS count FROM message WHERE kind = 'system' AND direction = 'system'";
        let said = care.count(lines).await;
        care.app.post(&bob, &path, json!({})).await.ok();
        assert_eq!((notices(&care, &care.ann).await.len(), care.count(lines).await), (1, said));
        care.set("UPDATE notice SET read_at = at").await;
        care.app.post(&bob, &path, json!({})).await.ok();
        assert_eq!((notices(&care, &care.ann).await.len(), care.count(lines).await), (2, said + 1));
    }
}
