//! A masked viewer gets no name, number or e-mail address, whatever they ask.

use std::time::Duration;

use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, Client, eventually};

const NUMBER: &str = "393331234567";
const NEW: &str = "393337654321";
/// Nothing of these may reach a masked viewer.
const RAW: [&str; 8] = [
    "393331234567",
    "393337654321",
    "Rossi",
    "rossi",
    "Giulia",
    "5551234567",
    "giulia@example.com",
    "maria@example.com",
];

#[track_caller]
fn clean(what: &str, answer: &Value) {
    let text = answer.to_string();
    for raw in RAW {
        assert!(!text.contains(raw), "{what} tells {raw}: {text}");
    }
}

on_both! {
    async fn nothing_unmasked_leaves_the_server(care: Care) {
        let full = json!({ "mode": "full" });
        care.profile(&care.ann, "accounts", &json!({ "name": full, "phone": full, "email": full })).await;
        let port = care.listen().await;
        let mut client = Client::open(port, &care.ann, None).await;
        clean("hello", &client.until("hello").await);
        let id = care.writes(NUMBER, "good morning").await;
        care.set("UPDATE contact SET email = 'maria@example.com'").await;
        care.route().await;
        let shared = json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Giulia Bianchi", "first_name": "Giulia" },
            "phones": [{ "phone": "+1 5551234567", "wa_id": "15551234567" }], "emails": [{ "email": "giulia@example.com" }] }] });
        care.deliver(&care.messages(&[care.message("wamid.c", NUMBER, shared)])).await;
        let nameless = json!({ "type": "contacts", "contacts": [{ "phones": [{ "phone": "5551234567" }] }] });
        care.deliver(&care.messages(&[care.message("wamid.c2", NUMBER, nameless)])).await;
        let moved = json!({ "type": "system", "system": { "type": "user_changed_number",
            "body": format!("Maria Rossi changed from {NUMBER} to {NEW}"), "wa_id": NEW } });
        care.deliver(&care.messages(&[care.message("wamid.m", NUMBER, moved)])).await;
        care.deliver(&care.messages(&[care.text("wamid.n", NEW, "from my new number")])).await;
        let react = json!({ "type": "reaction", "reaction": { "message_id": "wamid.n", "emoji": "👍" } });
        care.deliver(&care.messages(&[care.message("wamid.r", NEW, react)])).await;
        clean("offers", &care.get(&care.ann, "/offers").await.ok());
        clean("accepting", &care.app.put(&care.ann, &format!("/interactions/{id}/acceptance"), json!({})).await.ok());
        let contact = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {id}")).await;
        for path in [
            "/interactions".to_owned(), format!("/interactions/{id}"), format!("/interactions/{id}/messages"),
            format!("/interactions/{id}/journey"), format!("/contacts/{contact}"), "/interactions?search=morning".to_owned(),
            "/dashboard".to_owned(), "/session".to_owned(),
        ] {
            let answer = care.get(&care.ann, &path).await.ok();
            clean(&path, &answer);
        }
        let stale = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": "hello", "seen_through": 1 });
        clean("a stale reply", &care.app.post(&care.ann, &format!("/interactions/{id}/messages"), stale).await.refused(409, "stale_reply"));
        let body = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": "hello" });
        clean("a message", &care.app.post(&care.ann, &format!("/interactions/{id}/messages"), body).await.ok());
        clean("closing", &care.app.put(&care.ann, &format!("/interactions/{id}/closure"), json!({})).await.ok());
        let mut frames = 0;
        while let Some(frame) = client.next(Duration::from_millis(600)).await {
            clean("the stream", &frame);
            frames += 1;
        }
        assert!(frames > 10, "{frames}");
        let raw = care.count("SELECT id AS count FROM message WHERE provider_id = 'wamid.c'").await;
        care.get(&care.ann, &format!("/messages/{raw}/raw")).await.refused(403, "forbidden");
        // And those who are not masked see all of it.
        let seen = care.get(&care.app.admin, &format!("/interactions/{id}/messages")).await.ok().to_string();
        for raw in ["Giulia Bianchi", "giulia@example.com", NEW] {
            assert!(seen.contains(raw), "{raw}");
        }
    }

    async fn a_masked_number_is_not_guessed_digit_by_digit(care: Care) {
        let last = json!({ "mode": "last", "count": 4 });
        let none = json!({ "mode": "none" });
        care.profile(&care.ann, "accounts", &json!({ "name": none, "phone": last, "email": none })).await;
        let id = care.writes(NUMBER, "hello").await;
        let row = care.get(&care.ann, &format!("/interactions/{id}")).await.ok();
        assert_eq!(row["interaction"]["phone"], "+39 333 123 ••••");
        let finds = async |search: &str| {
            let page = care.get(&care.ann, &format!("/interactions?search={search}")).await.ok();
            page["items"].as_array().expect("items").len()
        };
        for guess in ["39333", "3933312345", "39333123456", "maria%203933312345", "maria%2039", "333", "%2B39%20333%20123%2045"] {
            assert_eq!(finds(guess).await, 0, "{guess}");
        }
        assert_eq!(finds(NUMBER).await, 1);
        assert_eq!(finds("%2B39%20333%201234567").await, 1);
        assert_eq!(finds("maria").await, 1);
        assert_eq!(finds("mar").await, 1);
        care.profile(&care.ann, "accounts", &json!({ "name": none, "phone": none, "email": none })).await;
        eventually("she sees it", async || finds("39333123").await == 1).await;
    }

    async fn nobody_is_found_by_what_is_masked(care: Care) {
        let full = json!({ "mode": "full" });
        let none = json!({ "mode": "none" });
        let id = care.writes(NUMBER, "good morning").await;
        let contact = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {id}")).await;
        let version = care.get(&care.app.admin, &format!("/contacts/{contact}")).await.ok()["version"].clone();
        let change = json!({ "version": version, "email": "mrossi@example.com" });
        care.app.ask(Some(&care.app.admin), "PATCH".parse().expect("a method"), &format!("/contacts/{contact}"), Some(change)).await.ok();
        let finds = async |search: &str| {
            let page = care.get(&care.ann, &format!("/interactions?search={search}")).await.ok();
            page["items"].as_array().expect("items").len() == 1
        };
        let asked = ["maria", "ross", "mrossi", "mrossi%40example.com", "39333", NUMBER, "morning"];
        for (hidden, found) in [
            ((&none, &none, &none), [true, true, true, true, true, true, true]),
            ((&full, &none, &none), [false, false, true, true, true, true, true]),
            ((&none, &none, &full), [true, true, false, false, true, true, true]),
            ((&none, &full, &none), [true, true, true, true, false, true, true]),
            ((&full, &full, &full), [false, false, false, false, false, true, true]),
        ] {
            let (name, phone, email) = hidden;
            care.profile(&care.ann, "accounts", &json!({ "name": name, "phone": phone, "email": email })).await;
            for (asked, found) in asked.iter().zip(found) {
                eventually(&format!("{asked} finds: {found}, with {hidden:?} hidden"), async || finds(asked).await == found).await;
            }
        }
    }
}
