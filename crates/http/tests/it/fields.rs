//! Custom fields of contacts: administered, filled in, masked, put into texts.

use pronto_domain::access::Role;
use pronto_testkit::app::{Answer, Person};
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::audit;
use crate::care::{Care, Client, MARIA, eventually};

pub(crate) async fn add(care: &Care, key: &str, name: &str, kind: &str, more: Value) -> Value {
    let mut body = json!({ "key": key, "name": name, "kind": kind });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    care.app.post(&care.app.admin, "/contact_fields", body).await.ok()
}

/// An interaction of Ann's, and its contact.
pub(crate) async fn customer(care: &Care) -> (i64, i64) {
    let id = care.held(&care.ann, MARIA).await;
    let contact = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {id}")).await;
    (id, contact)
}

pub(crate) async fn fill(care: &Care, who: &Person, contact: i64, fields: Value) -> Answer {
    let path = format!("/contacts/{contact}");
    let version = care.get(who, &path).await.ok()["version"].clone();
    care.app.patch(who, &path, json!({ "version": version, "fields": fields })).await
}

fn message(text: &str) -> Value {
    json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": text })
}

on_both! {
    async fn an_administrator_says_what_fields_there_are(care: Care) {
        let admin = care.app.admin.clone();
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let city = add(&care, "city", " City ", "text", json!({})).await;
        assert_eq!((&city["name"], &city["options"], &city["list_id"]), (&json!("City"), &json!([]), &Value::Null));
        let plan = add(&care, "plan", "Plan", "select", json!({ "options": [" Gold ", "Silver"], "required": true })).await;
        assert_eq!((&plan["options"], &plan["required"]), (&json!(["Gold", "Silver"]), &json!(true)));
        for (body, fields) in [
            (json!({ "key": "City", "name": "", "kind": "text" }), vec![("key", "format"), ("name", "required")]),
            (json!({ "key": "city", "name": "Town", "kind": "text" }), vec![("key", "taken")]),
            (json!({ "key": "town", "name": "CITY", "kind": "text" }), vec![("name", "taken")]),
            (json!({ "key": "town", "name": "Town", "kind": "text", "options": ["a"] }), vec![("options", "not_with")]),
            (json!({ "key": "level", "name": "Level", "kind": "select" }), vec![("options", "required")]),
            (json!({ "key": "level", "name": "Level", "kind": "select", "options": ["a", "a", ""] }), vec![("options[1]", "taken"), ("options[2]", "required")]),
            (json!({ "key": "level", "name": "Level", "kind": "colour" }), vec![("kind", "format")]),
            (json!({ "key": "level", "name": "Level", "kind": "text", "list_id": 99 }), vec![("list_id", "unknown")]),
        ] {
            assert_eq!(care.app.post(&admin, "/contact_fields", body.clone()).await.fields(), fields, "{body}");
        }
        // Everybody reads them, for everybody fills them in.
        for who in [&care.ann, &sue] {
            assert_eq!(care.get(who, "/contact_fields").await.ok().as_array().map(Vec::len), Some(2));
            care.app.post(who, "/contact_fields", json!({ "key": "x", "name": "X", "kind": "text" })).await.refused(403, "forbidden");
            care.app.patch(who, &format!("/contact_fields/{}", city["id"]), json!({ "version": 1, "name": "X" })).await.refused(403, "forbidden");
            care.app.put(who, "/contact_fields/order", json!({ "ids": [plan["id"], city["id"]] })).await.refused(403, "forbidden");
        }
        let path = format!("/contact_fields/{}", plan["id"]);
        let changed = care.app.patch(&admin, &path, json!({ "version": 1, "name": "Contract", "options": ["Gold"] })).await.ok();
        assert_eq!((&changed["name"], &changed["key"], &changed["version"]), (&json!("Contract"), &json!("plan"), &json!(2)));
        care.app.patch(&admin, &path, json!({ "version": 1, "name": "X" })).await.refused(409, "changed_meanwhile");
        let kind = care.app.patch(&admin, &path, json!({ "version": 2, "kind": "text" })).await;
        assert_eq!(kind.fields(), [("kind", "unknown_field")], "a kind stays what it is");
        let ordered = care.app.put(&admin, "/contact_fields/order", json!({ "ids": [plan["id"], city["id"]] })).await.ok();
        let keys: Vec<&str> = ordered.as_array().expect("a list").iter().filter_map(|one| one["key"].as_str()).collect();
        assert_eq!(keys, ["plan", "city"]);
        assert_eq!(care.app.put(&admin, "/contact_fields/order", json!({ "ids": [99] })).await.fields(), [("ids", "unknown")]);
        let lists = care.get(&admin, "/contact_lists").await.ok();
        assert_eq!(lists[0]["name"], "Customers");
        let written: Vec<String> = audit(&care.app).await.into_iter().map(|entry| entry.action).collect();
        assert!(written.iter().any(|action| action == "contact_field.changed"), "{written:?}");
    }

    async fn whoever_may_edit_a_contact_fills_them_in(care: Care) {
        for (key, kind) in [("city", "text"), ("size", "number"), ("vip", "switch"), ("since", "date_time"), ("site", "url")] {
            add(&care, key, &key.to_uppercase(), kind, json!({})).await;
        }
        add(&care, "plan", "Plan", "select", json!({ "options": ["Gold", "Silver"], "required": true })).await;
        let (id, contact) = customer(&care).await;
        let given = json!({ "city": " Torino ", "size": 12.5, "vip": true, "since": "2026-03-02T09:00:00+01:00",
            "site": "https://example.com", "plan": "Gold" });
        let saved = fill(&care, &care.ann, contact, given).await.ok();
        let wanted = json!({ "city": "Torino", "size": 12.5, "vip": true, "since": "2026-03-02T08:00:00Z",
            "site": "https://example.com", "plan": "Gold" });
        assert_eq!(saved["fields"], wanted);
        assert_eq!(saved["masked"], json!([]));
        for path in [format!("/contacts/{contact}"), format!("/interactions/{id}")] {
            let seen = care.get(&care.ann, &path).await.ok();
            let seen = if seen["contact"].is_null() { &seen } else { &seen["contact"] };
            assert_eq!(seen["fields"], wanted, "{path}");
        }
        // What is not named stays; null and blanks empty.
        let saved = fill(&care, &care.ann, contact, json!({ "city": null, "site": " ", "vip": false })).await.ok();
        assert_eq!(saved["fields"], json!({ "size": 12.5, "vip": false, "since": "2026-03-02T08:00:00Z", "plan": "Gold" }));
        let wrong = fill(&care, &care.ann, contact, json!({ "plan": "Bronze", "size": "many", "since": "soon", "site": "example.com", "vip": 1, "town": "x" })).await;
        assert_eq!(wrong.fields(), [
            ("fields.plan", "unknown"), ("fields.since", "format"), ("fields.site", "format"), ("fields.size", "format"),
            ("fields.town", "unknown"), ("fields.vip", "format"),
        ]);
        assert!(wrong.body["fields"][1]["detail"].as_str().expect("words").starts_with("SINCE: "), "{:?}", wrong.body);
        assert_eq!(fill(&care, &care.ann, contact, json!({ "plan": null })).await.fields(), [("fields.plan", "required")]);
        assert_eq!(care.get(&care.ann, &format!("/contacts/{contact}")).await.ok()["fields"]["plan"], "Gold", "all or nothing");
        assert_eq!(care.get(&care.app.admin, "/contact_fields").await.ok()[1]["used"], 1);
        let away = care.app.with_agent("away").await;
        care.app.patch(&away, &format!("/contacts/{contact}"), json!({ "version": 1, "fields": {} })).await.refused(404, "not_found");
    }

    async fn one_that_is_archived_comes_back_with_what_was_in_it(care: Care) {
        let city = add(&care, "city", "City", "text", json!({})).await;
        let (_, contact) = customer(&care).await;
        fill(&care, &care.ann, contact, json!({ "city": "Torino" })).await.ok();
        let path = format!("/contact_fields/{}", city["id"]);
        let shown = async || care.get(&care.ann, &format!("/contacts/{contact}")).await.ok()["fields"].clone();
        let archived = care.app.patch(&care.app.admin, &path, json!({ "version": 1, "archived": true })).await.ok();
        assert_eq!(archived["archived"], true);
        assert_eq!(shown().await, json!({}));
        assert_eq!(fill(&care, &care.ann, contact, json!({ "city": "Roma" })).await.fields(), [("fields.city", "unknown")]);
        let answer = json!({ "scope": "personal", "title": "a", "text": "{{contact.fields.city|}}" });
        assert_eq!(care.app.post(&care.ann, "/canned_answers", answer).await.fields(), [("text", "unknown_placeholder")]);
        care.app.patch(&care.app.admin, &path, json!({ "version": 2, "archived": false })).await.ok();
        assert_eq!(shown().await, json!({ "city": "Torino" }));
    }

    async fn what_is_sensitive_is_hidden_with_the_numbers(care: Care) {
        add(&care, "city", "City", "text", json!({})).await;
        add(&care, "iban", "IBAN", "text", json!({ "sensitive": true })).await;
        add(&care, "debt", "Debt", "number", json!({ "sensitive": true })).await;
        let (id, contact) = customer(&care).await;
        fill(&care, &care.app.admin, contact, json!({ "city": "Torino", "iban": "IT60X0542811101", "debt": 4321.5 })).await.ok();
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let (full, none) = (json!({ "mode": "full" }), json!({ "mode": "none" }));
        care.profile(&care.ann, "accounts", &json!({ "name": none, "phone": full, "email": none })).await;
        care.caught_up().await;
        let port = care.listen().await;
        let mut client = Client::open(port, &care.ann, None).await;
        client.until("hello").await;
        let hidden = |what: &str, answer: &Value| {
            let text = answer.to_string();
            assert!(!text.contains("IT60X") && !text.contains("4321"), "{what}: {text}");
        };
        let shown = care.get(&care.ann, &format!("/contacts/{contact}")).await.ok();
        assert_eq!(shown["fields"], json!({ "city": "Torino", "iban": "•••", "debt": "•••" }));
        assert_eq!(shown["masked"], json!(["phone", "mobile", "numbers", "fields.iban", "fields.debt"]));
        let sent = fill(&care, &care.ann, contact, json!({ "iban": "•••", "city": "Roma" })).await;
        assert_eq!(sent.fields(), [("fields.iban", "masked")]);
        fill(&care, &care.ann, contact, json!({ "city": "Roma" })).await.ok();
        let frame = client.until("contact").await;
        assert_eq!(frame["contact"]["fields"]["city"], "Roma");
        hidden("the stream", &frame);
        hidden("the interaction", &care.get(&care.ann, &format!("/interactions/{id}")).await.ok());

        // A placeholder stays a token for her, and the customer gets the value.
        let text = "{{contact.fields.city}} {{contact.fields.iban}} {{contact.fields.debt|0}}";
        let answer = json!({ "scope": "personal", "title": "Bank", "text": text });
        care.app.post(&care.ann, "/canned_answers", answer).await.ok();
        let found = care.get(&care.ann, &format!("/interactions/{id}/canned_answers")).await.ok();
        hidden("the canned answers", &found);
        let filled = found["items"][0]["text"].as_str().expect("a text").to_owned();
        assert_eq!(filled, "Roma {{contact.fields.iban}} {{contact.fields.debt|0}}");
        let iban = found["placeholders"].as_array().expect("all").iter().find(|one| one["name"] == "contact.fields.iban");
        assert_eq!(iban.expect("there"), &json!({ "name": "contact.fields.iban", "label": "IBAN", "value": "•••" }));
        let sent = care.app.post(&care.ann, &format!("/interactions/{id}/messages"), message(&filled)).await.ok();
        assert_eq!(sent["text"], "Roma ••• •••");
        for path in [format!("/interactions/{id}/messages"), "/interactions".to_owned()] {
            hidden(&path, &care.get(&care.ann, &path).await.ok());
        }
        let thread = care.get(&sue, &format!("/interactions/{id}/messages")).await.ok().to_string();
        assert!(thread.contains("Roma IT60X0542811101 4321.5"), "{thread}");
        let finds = async |who: &Person, search: &str| {
            care.get(who, &format!("/interactions?search={search}")).await.ok()["items"].as_array().map(Vec::len)
        };
        assert_eq!(finds(&care.ann, "Roma").await, Some(1));
        for search in ["IT60X0542811101", "it60x", "4321"] {
            assert_eq!(finds(&care.ann, search).await, Some(0), "{search}");
        }
    }

    async fn placeholders_say_what_a_contact_has(care: Care) {
        add(&care, "city", "City", "text", json!({})).await;
        add(&care, "vip", "VIP", "switch", json!({})).await;
        add(&care, "since", "Since", "date_time", json!({})).await;
        let (id, contact) = customer(&care).await;
        fill(&care, &care.ann, contact, json!({ "vip": true, "since": "2026-03-02T09:00:00Z" })).await.ok();
        let send = async |text: &str| care.app.post(&care.ann, &format!("/interactions/{id}/messages"), message(text)).await;
        let sent = send("{{contact.fields.vip|}}, since {{contact.fields.since}} in {{contact.fields.city|town}}").await.ok();
        assert_eq!(sent["text"], "VIP, since 2026-03-02 09:00 in town");
        let refused = send("in {{contact.fields.city}}").await.refused(422, "unfilled");
        assert_eq!(refused["params"]["names"], json!(["contact.fields.city"]));
        let unknown = json!({ "scope": "personal", "title": "a", "text": "{{contact.fields.town|}}" });
        assert_eq!(care.app.post(&care.ann, "/canned_answers", unknown).await.fields(), [("text", "unknown_placeholder")]);
    }

    async fn another_screen_hears_of_a_new_field_and_of_what_is_in_it(care: Care) {
        let (_, contact) = customer(&care).await;
        let port = care.listen().await;
        let mut client = Client::open(port, &care.ann, None).await;
        client.until("hello").await;
        add(&care, "city", "City", "text", json!({})).await;
        loop {
            let frame = client.until("changed").await;
            if frame["what"] == "contact_fields" {
                break;
            }
        }
        fill(&care, &care.app.admin, contact, json!({ "city": "Torino" })).await.ok();
        let frame = client.until("contact").await;
        assert_eq!(frame["contact"]["fields"], json!({ "city": "Torino" }));
    }

    async fn a_masked_agent_does_not_find_a_message_by_a_shared_contact(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let shared = json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Giulia Bianchi", "first_name": "Giulia" },
            "phones": [{ "phone": "+1 5551234567", "wa_id": "15551234567" }], "emails": [{ "email": "giulia@example.com" }] }] });
        care.deliver(&care.messages(&[care.message("wamid.c", MARIA, shared)])).await;
        care.writes(MARIA, "call her").await;
        let (full, none) = (json!({ "mode": "full" }), json!({ "mode": "none" }));
        let finds = async |search: &str| {
            let page = care.get(&care.ann, &format!("/interactions?search={search}")).await.ok();
            page["items"].as_array().expect("items").iter().any(|one| one["id"] == id)
        };
        for (name, phone, email) in [(&full, &full, &full), (&none, &full, &full), (&full, &none, &full)] {
            care.profile(&care.ann, "accounts", &json!({ "name": name, "phone": phone, "email": email })).await;
            eventually("she finds by words", async || finds("call").await).await;
            for (search, hidden) in [("giulia", name), ("bianchi", name), ("15551234567", phone), ("5551234567", phone), ("giulia%40example.com", email)] {
                assert!(*hidden == none || !finds(search).await, "{search}");
            }
        }
    }
}
