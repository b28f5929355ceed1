//! Canned answers: whose they are, and what becomes of them in a conversation.

use pronto_domain::access::Role;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, MARIA};

async fn add(care: &Care, who: &Person, scope: &str, title: &str, text: &str) -> Value {
    let account = (scope == "account").then_some(care.account);
    let body = json!({ "scope": scope, "account_id": account, "title": title, "text": text });
    care.app.post(who, "/canned_answers", body).await.ok()
}

async fn titles(care: &Care, who: &Person, path: &str) -> Vec<String> {
    let answer = care.get(who, path).await.ok();
    let items = answer.as_array().or_else(|| answer["items"].as_array()).expect("a list");
    items.iter().map(|one| one["title"].as_str().expect("a title").to_owned()).collect()
}

fn message(text: &str) -> Value {
    json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": text })
}

on_both! {
    async fn ones_own_are_ones_own_and_shared_ones_are_the_supervisors(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let bob = care.colleague(Role::Agent, "bob").await;
        let away = care.app.with_agent("away").await;
        add(&care, &sue, "global", "Hours", "From nine to six.").await;
        let shared = add(&care, &sue, "account", "Returns", "Within 30 days.").await;
        let mine = add(&care, &care.ann, "personal", "Bye", "Best, Ann").await;
        assert_eq!((&mine["may_edit"], &mine["scope"], &mine["account"]), (&json!(true), &json!("personal"), &Value::Null));

        assert_eq!(titles(&care, &care.ann, "/canned_answers").await, ["Bye", "Hours", "Returns"]);
        assert_eq!(titles(&care, &bob, "/canned_answers").await, ["Hours", "Returns"]);
        care.profile(&away, "accounts", &json!({ "name": { "mode": "none" }, "phone": { "mode": "none" }, "email": { "mode": "none" } })).await;
        care.caught_up().await;
        assert_eq!(titles(&care, &away, "/canned_answers").await, ["Hours"], "not on the account");
        assert_eq!(titles(&care, &care.app.admin, "/canned_answers").await, ["Hours", "Returns"], "nobody reads another's own");

        let own = format!("/canned_answers/{}", mine["id"]);
        for who in [&bob, &sue, &care.app.admin] {
            care.get(who, &own).await.refused(404, "not_found");
            care.app.patch(who, &own, json!({ "version": 1, "title": "X" })).await.refused(404, "not_found");
            care.app.delete(who, &own).await.refused(404, "not_found");
        }
        let path = format!("/canned_answers/{}", shared["id"]);
        care.app.patch(&bob, &path, json!({ "version": 1, "title": "X" })).await.refused(403, "forbidden");
        care.app.delete(&bob, &path).await.refused(403, "forbidden");
        let global = json!({ "scope": "global", "title": "X", "text": "x" });
        care.app.post(&bob, "/canned_answers", global).await.refused(403, "forbidden");
        care.app.patch(&care.ann, &own, json!({ "version": 1, "scope": "global" })).await.refused(403, "forbidden");

        let changed = care.app.patch(&sue, &path, json!({ "version": 1, "title": "Send back" })).await.ok();
        assert_eq!((&changed["title"], &changed["text"], &changed["version"]), (&json!("Send back"), &json!("Within 30 days."), &json!(2)));
        care.app.patch(&sue, &path, json!({ "version": 1, "title": "X" })).await.refused(409, "changed_meanwhile");
        assert_eq!(care.app.delete(&sue, &path).await.status, 204);
        care.get(&sue, &path).await.refused(404, "not_found");
        let back = care.app.patch(&sue, &path, json!({ "version": 3, "deleted": false })).await.ok();
        assert_eq!(back["title"], json!("Send back"));
    }

    async fn what_does_not_fit_is_named(care: Care) {
        let admin = &care.app.admin;
        care.app.post(admin, "/canned_answers", json!({ "scope": "global", "shortcut": "/Ciao", "title": "a", "text": "a" })).await.ok();
        for (body, field) in [
            (json!({ "scope": "global", "title": "", "text": "a" }), ("title", "required")),
            (json!({ "scope": "global", "title": "a", "text": " " }), ("text", "required")),
            (json!({ "scope": "global", "title": "a", "text": "x".repeat(4_097) }), ("text", "too_long")),
            (json!({ "scope": "global", "title": "a", "text": "{{agent.nmae}}" }), ("text", "unknown_placeholder")),
            (json!({ "scope": "global", "shortcut": "ciao", "title": "a", "text": "a" }), ("shortcut", "taken")),
            (json!({ "scope": "global", "shortcut": "two words", "title": "a", "text": "a" }), ("shortcut", "format")),
            (json!({ "scope": "account", "title": "a", "text": "a" }), ("account_id", "required")),
            (json!({ "scope": "account", "account_id": 999, "title": "a", "text": "a" }), ("account_id", "unknown")),
            (json!({ "scope": "team", "title": "a", "text": "a" }), ("scope", "format")),
        ] {
            let answer = care.app.post(admin, "/canned_answers", body.clone()).await;
            assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![field]), "{body}");
        }
        // The same shortcut in another place is another answer's.
        let own = json!({ "scope": "personal", "shortcut": "ciao", "title": "a", "text": "a" });
        assert_eq!(care.app.post(admin, "/canned_answers", own).await.ok()["shortcut"], json!("ciao"));
    }

    async fn in_a_conversation_they_come_filled_and_lately_used_first(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let greet = add(&care, &sue, "global", "Greet", "Hello {{contact.name|there}}, {{agent.alias}} here.").await;
        let hours = add(&care, &sue, "account", "Hours", "{{account.name}}: {{contact.company}} {{contact.email|no mail}}").await;
        let id = care.held(&care.ann, MARIA).await;
        let path = format!("/interactions/{id}/canned_answers");
        let found = care.get(&care.ann, &path).await.ok();
        assert_eq!(found["items"][0]["text"], json!("Hello Maria Rossi, Ann here."));
        assert_eq!(found["items"][1]["text"], json!("Care: {{contact.company}} no mail"));
        assert_eq!((&found["items"][0]["missing"], &found["items"][1]["missing"]), (&json!([]), &json!(["contact.company"])));
        let company = found["placeholders"].as_array().expect("all").iter().find(|one| one["name"] == "contact.company");
        assert_eq!(company.expect("there")["value"], Value::Null);

        assert_eq!(care.app.post(&care.ann, &format!("/canned_answers/{}/uses", hours["id"]), json!({})).await.status, 204);
        assert_eq!(titles(&care, &care.ann, &path).await, ["Hours", "Greet"]);
        assert_eq!(titles(&care, &sue, &path).await, ["Greet", "Hours"], "each their own order");
        let shown = care.get(&sue, &format!("/canned_answers/{}", hours["id"])).await.ok();
        assert_eq!((&shown["uses"], &greet["uses"]), (&json!(1), &json!(0)));
        care.get(&care.app.with_agent("away").await, &path).await.refused(404, "not_found");
        care.app.post(&care.ann, "/canned_answers/999/uses", json!({})).await.refused(404, "not_found");
    }

    async fn what_is_left_is_filled_when_it_is_sent_or_refused(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let path = format!("/interactions/{id}/messages");
        let sent = care.app.post(&care.ann, &path, message("Dear {{contact.name}}, {{1}} {{nobody.knows}}")).await.ok();
        assert_eq!((&sent["text"], &sent["content"]), (&json!("Dear Maria Rossi, {{1}} {{nobody.knows}}"), &json!({ "type": "text" })));
        let refused = care.app.post(&care.ann, &path, message("At {{contact.company}}?")).await;
        assert_eq!(refused.fields(), [("text", "unfilled")]);
        assert_eq!(refused.refused(422, "unfilled")["params"]["names"], json!(["contact.company"]));
        let request = care.count("SELECT count(*) AS count FROM attempt WHERE CAST(request AS TEXT) LIKE '%Maria Rossi%'").await;
        assert_eq!(request, 1, "the customer reads their name");
    }

    async fn a_masked_agent_writes_the_name_without_reading_it(care: Care) {
        let full = json!({ "mode": "full" });
        care.profile(&care.ann, "accounts", &json!({ "name": full, "phone": full, "email": full })).await;
        let sue = care.colleague(Role::Supervisor, "sue").await;
        care.caught_up().await;
        add(&care, &sue, "global", "Greet", "Hello {{contact.name|there}} on {{contact.phone}}, {{agent.name}}").await;
        let id = care.held(&care.ann, MARIA).await;
        let found = care.get(&care.ann, &format!("/interactions/{id}/canned_answers")).await.ok();
        let text = found["items"][0]["text"].as_str().expect("a text");
        assert_eq!(text, "Hello {{contact.name|there}} on {{contact.phone}}, Ann");
        assert!(!found.to_string().contains("Rossi") && !found.to_string().contains("3331234"), "{found}");

        let sent = care.app.post(&care.ann, &format!("/interactions/{id}/messages"), message(text)).await.ok();
        assert_eq!(sent["text"], json!("Hello ••• on •••, Ann"));
        for path in [format!("/interactions/{id}/messages"), format!("/interactions/{id}"), "/interactions".to_owned()] {
            let shown = care.get(&care.ann, &path).await.ok().to_string();
            assert!(!shown.contains("Rossi") && !shown.contains("3331234"), "{path}: {shown}");
        }
        let thread = care.get(&sue, &format!("/interactions/{id}/messages")).await.ok().to_string();
        assert!(thread.contains("Hello Maria Rossi on +393331234567, Ann"), "{thread}");
    }

    async fn a_note_mentions_who_may_see_it(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let away = care.app.with_agent("away").await;
        let id = care.held(&care.ann, MARIA).await;
        let names = care.get(&care.ann, &format!("/interactions/{id}/colleagues")).await.ok();
        let names: Vec<&str> = names.as_array().expect("a list").iter().map(|one| one["name"].as_str().expect("a name")).collect();
        assert_eq!(names, ["Admin", "Bob"]);
        let note = |mentions: Value| json!({ "client_id": uuid::Uuid::new_v4(), "kind": "note", "text": "@Bob look", "mentions": mentions });
        let path = format!("/interactions/{id}/messages");
        let written = care.app.post(&care.ann, &path, note(json!([bob.id, bob.id]))).await.ok();
        assert_eq!(written["content"], json!({ "type": "note", "mentions": [bob.id] }));
        let wrong = care.app.post(&care.ann, &path, note(json!([bob.id, away.id, 999]))).await;
        assert_eq!(wrong.fields(), [("mentions[1]", "unknown"), ("mentions[2]", "unknown")]);
        let mut text = message("@Bob look");
        text["mentions"] = json!([bob.id]);
        assert_eq!(care.app.post(&care.ann, &path, text).await.fields(), [("mentions[0]", "not_a_note")]);
    }
}
