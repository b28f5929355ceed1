//! What a person may ask for by law: all that is kept of them, and that nothing is.

use std::io::{Cursor, Read as _};

use object_store::ObjectStoreExt as _;
use pronto_domain::access::Role;
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::audit;
use crate::care::{Care, MARIA};

/// Every column in which something of a person may stand.
const COLUMNS: &[(&str, &[&str])] = &[
    (
        "contact",
        &[
            "first_name",
            "last_name",
            "phone",
            "mobile",
            "email",
            "company",
            "postal_address",
            "description",
            "tags",
            "socials",
            "name_words",
        ],
    ),
    ("contact_value", &["text", "folded"]),
    ("contact_number", &["digits"]),
    ("contact_note", &["text"]),
    ("contact_consent", &["source"]),
    ("contact_merge", &["target", "source"]),
    ("contact_tag", &["name"]),
    ("address", &["key", "digits", "profile_name", "username"]),
    ("address_alias", &["alias"]),
    ("interaction", &["customer", "customer_words", "phone", "last_preview"]),
    ("message", &["body", "content", "raw", "history"]),
    ("attachment", &["name", "path", "media_id"]),
    ("attempt", &["request"]),
    ("delivery", &["body"]),
    ("event", &["payload"]),
    ("notice", &["params"]),
    ("audit", &["subject", "before", "after"]),
];

async fn traces(care: &Care, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (table, columns) in COLUMNS {
        for column in *columns {
            let text =
                format!("SELECT count(*) AS count FROM {table} WHERE lower(CAST({column} AS TEXT)) LIKE '%{word}%'");
            if care.count(&text).await > 0 {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    found
}

on_both! {
    async fn nothing_is_left_of_somebody_who_is_erased(care: Care) {
        let (ann, admin) = (care.ann.clone(), care.app.admin.clone());
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let id = care.held(&ann, MARIA).await;
        assert_eq!(care.writes(MARIA, "secretword").await, id);
        let document = json!({ "type": "document", "document": { "id": "file-1", "mime_type": "text/plain", "filename": "secretword.txt" } });
        care.deliver(&care.messages(&[care.message("wamid.doc", MARIA, document)])).await;
        let media = care.app.bench.desk.media();
        media.put(&"ab/cd/secretword".into(), "bytes".into()).await.expect("kept");
        care.set("UPDATE attachment SET state = 'stored', path = 'ab/cd/secretword', size = 5").await;
        let contact = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {id}")).await;
        let path = format!("/contacts/{contact}");
        care.app.post(&admin, "/contact_fields", json!({ "key": "motto", "name": "Motto", "kind": "text" })).await.ok();
        let card = care.get(&ann, &path).await.ok();
        let change = json!({ "version": card["version"], "last_name": "Secretword", "company": "Acme", "postal_address": "Secretword street", "email": "secretword@example.com",
            "numbers": [{ "kind": "work", "number": "+39 06 12345678" }], "tags": ["secretword"], "socials": { "x": "secretword" }, "fields": { "motto": "secretword" } });
        care.app.patch(&ann, &path, change).await.ok();
        care.app.post(&ann, &format!("{path}/notes"), json!({ "text": "secretword", "pinned": true })).await.ok();
        care.app.put(&ann, &format!("{path}/consents/{}", care.account), json!({ "state": "given", "source": "secretword" })).await.ok();
        // Another one went into it.
        let list = care.count("SELECT min(id) AS count FROM contact_list").await;
        let twin = care.app.post(&sue, "/contacts", json!({ "list_id": list, "first_name": "Twin", "last_name": "Secretword" })).await.ok();
        let version = care.get(&ann, &path).await.ok()["version"].clone();
        care.app.post(&sue, &format!("{path}/merges"), json!({ "source_id": twin["id"], "version": version, "source_version": twin["version"] })).await.ok();
        // All of it, to be taken along.
        care.get(&sue, &format!("{path}/personal_data")).await.refused(403, "forbidden");
        let answer = care.get(&admin, &format!("{path}/personal_data")).await;
        assert_eq!(answer.status, 200);
        let mut archive = zip::ZipArchive::new(Cursor::new(&answer.bytes)).expect("a ZIP");
        let mut read = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
            serde_json::from_str::<Value>(&text).expect("JSON")
        };
        let told = read("contact.json");
        assert_eq!((&told["last_name"], &told["notes"][0]["text"], &told["consents"][0]["source"]), (&json!("Secretword"), &json!("secretword"), &json!("secretword")));
        let said = read(&format!("interaction-{id}/transcript.json")).to_string();
        assert!(said.contains("\"secretword\""), "{said}");
        let files: Vec<&str> = archive.file_names().filter(|name| name.starts_with(&format!("interaction-{id}/attachments/"))).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        // And then nothing.
        let erasure = format!("{path}/erasure");
        let why = json!({ "reason": "asked for it by letter" });
        care.app.put(&sue, &erasure, why.clone()).await.refused(403, "forbidden");
        assert_eq!(care.app.put(&admin, &erasure, json!({ "reason": " " })).await.fields(), [("reason", "required")]);
        care.app.put(&admin, &erasure, why.clone()).await.refused(409, "open_interactions");
        care.app.put(&ann, &format!("/interactions/{id}/closure"), json!({})).await.ok();
        assert!(traces(&care, "secretword").await.len() > 10);
        let gone = care.app.put(&admin, &erasure, why.clone()).await.ok();
        assert_eq!((&gone["contacts"], &gone["interactions"], &gone["addresses"], &gone["files"]), (&json!(2), &json!(1), &json!(1), &json!(1)));
        assert_eq!(traces(&care, "secretword").await, Vec::<String>::new());
        assert_eq!(traces(&care, MARIA).await, Vec::<String>::new());
        assert!(media.get(&"ab/cd/secretword".into()).await.is_err(), "its file is gone");
        for search in ["secretword", MARIA] {
            assert_eq!(care.get(&admin, &format!("/interactions?search={search}")).await.ok()["items"], json!([]), "{search}");
            assert_eq!(care.get(&admin, &format!("/contacts?search={search}")).await.ok()["items"], json!([]), "{search}");
        }
        assert_eq!(care.get(&admin, "/contacts?deleted=true").await.ok()["items"], json!([]));
        care.app.put(&admin, &erasure, why).await.refused(404, "not_found");
        // The interaction is still counted, and opens, with nothing in it.
        let seen = care.get(&ann, &format!("/interactions/{id}")).await.ok();
        assert_eq!((&seen["contact"], &seen["interaction"]["customer"]), (&Value::Null, &json!("—")));
        let thread = care.get(&ann, &format!("/interactions/{id}/messages")).await.ok();
        let said = |one: &&Value| one["direction"] != "system";
        let told: Vec<_> = thread["items"].as_array().expect("items").iter().filter(said).map(|one| (&one["erased"], &one["content"]["type"])).collect();
        assert!(told.len() > 2 && told.iter().all(|told| *told == (&json!(true), &json!("text"))), "{told:?}");
        let answer = care.get(&admin, &format!("/interactions/{id}/archive")).await;
        let mut archive = zip::ZipArchive::new(Cursor::new(&answer.bytes)).expect("a ZIP");
        let mut page = String::new();
        archive.by_name("transcript.html").expect("a page").read_to_string(&mut page).expect("UTF-8");
        assert!(page.contains("Erased at the customer") && !page.contains("Deleted by the customer"), "{page}");
        let entry = audit(&care.app).await.into_iter().find(|one| one.action == "contact.erased").expect("written down");
        assert_eq!(entry.after.expect("told").0["reason"], "asked for it by letter");
        // Whoever writes from there again is somebody new.
        let again = care.writes(MARIA, "hello").await;
        assert_ne!(again, id);
        let known = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {again}")).await;
        assert_ne!(known, contact);
    }
}
