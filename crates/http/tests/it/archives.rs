//! Interactions as ZIP files: what is in them, for whom, and how they break.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use axum::body::Body;
use axum::http::{Request, header};
use futures_util::StreamExt as _;
use object_store::ObjectStoreExt as _;
use pronto_domain::access::Role;
use pronto_testkit::app::{Answer, HOST, Person};
use pronto_testkit::on_both;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::audit;
use crate::care::{Care, MARIA, eventually};

type Files = BTreeMap<String, Vec<u8>>;

fn unpacked(bytes: &[u8]) -> Files {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    let mut files = Files::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a file");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its bytes, with their sum");
        assert!(file.enclosed_name().is_some(), "{} leaves the folder", file.name());
        assert!(files.insert(file.name().to_owned(), content).is_none(), "{} is there twice", file.name());
    }
    files
}

fn text(files: &Files, name: &str) -> String {
    String::from_utf8(files.get(name).unwrap_or_else(|| panic!("no {name}: {:?}", files.keys())).clone())
        .expect("UTF-8")
}

fn transcript(files: &Files) -> Value {
    serde_json::from_str(&text(files, "transcript.json")).expect("JSON")
}

async fn download(care: &Care, who: &Person, id: i64, query: &str) -> Files {
    let answer = care.get(who, &format!("/interactions/{id}/archive{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    unpacked(&answer.bytes)
}

fn header_of(answer: &Answer, name: &str) -> String {
    answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// A document of Maria's, with its bytes in the media store.
async fn document(care: &Care, provider: &str, name: &str, bytes: Vec<u8>) -> i64 {
    let document =
        json!({ "type": "document", "document": { "id": provider, "mime_type": "text/html", "filename": name } });
    care.deliver(&care.messages(&[care.message(&format!("wamid.{provider}"), MARIA, document)])).await;
    let id = care.count("SELECT max(id) AS count FROM attachment").await;
    let (path, size) = (format!("ab/cd/{provider}"), bytes.len());
    care.app.bench.desk.media().put_opts(&path.as_str().into(), bytes.into(), Default::default()).await.expect("kept");
    care.set(&format!("UPDATE attachment SET state = 'stored', path = '{path}', size = {size} WHERE id = {id}")).await;
    id
}

/// Whatever the body gives until it ends or breaks; and whether it ended well.
async fn taken(care: &Care, who: &Person, id: i64) -> (u16, Vec<u8>, bool) {
    let request = Request::get(format!("/api/v1/interactions/{id}/archive?attachments=true"))
        .header(header::HOST, HOST)
        .header(header::COOKIE, &who.cookie)
        .body(Body::empty())
        .expect("a request");
    let response = care.app.router().oneshot(request).await.expect("an answer");
    let status = response.status().as_u16();
    let mut body = response.into_body().into_data_stream();
    let mut bytes = Vec::new();
    while let Some(part) = body.next().await {
        match part {
            Ok(part) => bytes.extend_from_slice(&part),
            Err(_) => return (status, bytes, false),
        }
    }
    (status, bytes, true)
}

on_both! {
    async fn an_archive_says_what_the_api_says(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let id = care.held(&sue, MARIA).await;
        let say = async |kind: &str, text: &str| {
            let body = json!({ "client_id": uuid::Uuid::new_v4(), "kind": kind, "text": text });
            care.app.post(&sue, &format!("/interactions/{id}/messages"), body).await.ok()["id"].as_i64().expect("an id")
        };
        care.deliver(&care.messages(&[care.text("wamid.x", MARIA, "<script>alert('x')</script> & <b>bold</b>")])).await;
        let file = document(&care, "doc", "../<b>in\"voice\u{202e}.html", b"<script>1</script>".to_vec()).await;
        let react = json!({ "type": "reaction", "reaction": { "message_id": "wamid.x", "emoji": "👍" } });
        care.deliver(&care.messages(&[care.message("wamid.r", MARIA, react)])).await;
        care.deliver(&care.messages(&[care.text("wamid.e", MARIA, "first thought")])).await;
        let edit = json!({ "type": "edit", "edit": { "original_message_id": "wamid.e", "message": { "type": "text", "text": { "body": "second thought" } } } });
        care.deliver(&care.messages(&[care.message("wamid.e2", MARIA, edit)])).await;
        care.deliver(&care.messages(&[care.text("wamid.g", MARIA, "never mind this")])).await;
        let revoke = json!({ "type": "revoke", "revoke": { "original_message_id": "wamid.g" } });
        care.deliver(&care.messages(&[care.message("wamid.g2", MARIA, revoke)])).await;
        say("text", "how can I help?").await;
        say("note", "a difficult one").await;

        let answer = care.get(&sue, &format!("/interactions/{id}/archive?attachments=true&locale=it")).await;
        assert_eq!(header_of(&answer, "content-type"), "application/zip");
        assert_eq!(header_of(&answer, "content-disposition"), format!("attachment; filename=\"interaction-{id}.zip\""));
        let files = unpacked(&answer.bytes);
        let told = transcript(&files);
        let shown = care.get(&sue, &format!("/interactions/{id}/messages?limit=100")).await.ok();
        let of_api = shown["items"].as_array().expect("items");
        let in_zip = told["messages"].as_array().expect("messages");
        assert_eq!(of_api.len(), in_zip.len());
        for (api, zip) in of_api.iter().zip(in_zip) {
            for (name, value) in api.as_object().expect("an object") {
                assert_eq!(&zip[name], value, "{name}");
            }
        }
        assert_eq!((&told["format"], &told["language"], &told["made_by"]["name"]), (&json!("pronto.transcript/1"), &json!("it"), &json!("Sue")));
        assert_eq!(told["interaction"]["id"], id);
        // The file is where the transcript says, under a name that can be unpacked anywhere.
        let path = format!("attachments/{file} __b_in_voice.html");
        let place = in_zip.iter().find_map(|one| one["files"].get(0)).expect("a file");
        assert_eq!(place["path"], path);
        assert_eq!(files.get(&path).map(Vec::as_slice), Some(b"<script>1</script>".as_slice()), "{:?}", files.keys());

        let html = text(&files, "transcript.html");
        assert!(!html.contains("<script") && !html.contains("<b>bold"), "{html}");
        for part in ["&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "lang=\"it\"", "default-src 'none'", "Maria Rossi", "👍", "first thought",
                     "second thought", "how can I help?", "a difficult one", "class=\"note\"", "Presa da Sue", "Nota interna",
                     &format!("href=\"attachments/{file}%20__b_in_voice.html\"")] {
            assert!(html.contains(part), "{part}: {html}");
        }
        for outside in ["http://", "https://", "src=\"//"] {
            assert!(!html.contains(outside), "{outside}");
        }
        // A supervisor may see what was taken back.
        assert!(html.contains("never mind this"));

        // Without attachments they are named, and not there.
        let files = download(&care, &sue, id, "").await;
        assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), ["transcript.html", "transcript.json"]);
        let told = transcript(&files);
        let place = told["messages"].as_array().expect("messages").iter().find_map(|one| one["files"].get(0)).expect("named").clone();
        assert_eq!((&place["missing"], &place["path"]), (&json!("left_out"), &Value::Null));
        assert!(text(&files, "transcript.html").contains("left out of this download"));

        let written: Vec<_> = audit(&care.app).await.into_iter().filter(|entry| entry.action == "interaction.exported").collect();
        assert_eq!(written.len(), 2);
        let first = &written[0];
        assert_eq!((first.user_id, first.subject.as_str()), (Some(sue.id.0), format!("interaction {id}").as_str()));
        assert_eq!(first.after.as_ref().expect("what").0["attachments"], true);
    }

    async fn an_archive_is_for_those_who_may_have_it(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let out = care.app.with_user(Role::Supervisor, "otto").await;
        let id = care.held(&care.ann, MARIA).await;
        for path in [format!("/interactions/{id}/archive"), format!("/interactions/{id}/archive/extent")] {
            care.get(&care.ann, &path).await.refused(403, "forbidden");
            care.get(&out, &path).await.refused(404, "not_found");
            care.app.ask(None, axum::http::Method::GET, &path, None).await.refused(401, "signed_out");
            assert_eq!(care.get(&sue, &path).await.status, 200);
        }
        care.get(&sue, "/interactions/999/archive").await.refused(404, "not_found");
        let may = async |who: &Person| care.get(who, &format!("/interactions/{id}")).await.ok()["interaction"]["may"]["export"].clone();
        assert_eq!((may(&care.ann).await, may(&sue).await), (json!(false), json!(true)));
        // Only what was sent was written down.
        let written = audit(&care.app).await.iter().filter(|entry| entry.action == "interaction.exported").count();
        assert_eq!(written, 1);
    }

    async fn notes_and_what_was_deleted_need_their_permissions(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let id = care.held(&sue, MARIA).await;
        let note = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "note", "text": "watch out for her" });
        care.app.post(&sue, &format!("/interactions/{id}/messages"), note).await.ok();
        let file = document(&care, "gone", "gone.txt", b"taken back".to_vec()).await;
        let revoke = json!({ "type": "revoke", "revoke": { "original_message_id": "wamid.gone" } });
        care.deliver(&care.messages(&[care.message("wamid.d", MARIA, revoke)])).await;
        let extent = care.get(&sue, &format!("/interactions/{id}/archive/extent")).await.ok();
        assert_eq!((&extent["notes"], &extent["files"], &extent["bytes"]), (&json!(true), &json!(1), &json!(10)));
        let all = download(&care, &sue, id, "?attachments=true").await;
        assert!(text(&all, "transcript.json").contains("watch out") && all.contains_key(&format!("attachments/{file} gone.txt")));

        care.set("UPDATE profile SET permissions = '[\"interactions.export\"]' WHERE role = 'supervisor'").await;
        let extent_now = care.get(&sue, &format!("/interactions/{id}/archive/extent")).await.ok();
        assert_eq!((&extent_now["notes"], &extent_now["files"]), (&json!(false), &json!(0)));
        assert_eq!(extent_now["messages"].as_i64(), extent["messages"].as_i64().map(|count| count - 1));
        let some = download(&care, &sue, id, "?attachments=true").await;
        assert_eq!(some.len(), 2, "{:?}", some.keys());
        for name in ["transcript.json", "transcript.html"] {
            let said = text(&some, name);
            assert!(!said.contains("watch out") && !said.contains("gone.txt"), "{said}");
        }
        assert!(text(&some, "transcript.html").contains("Deleted by the customer"));
        assert!(text(&some, "transcript.html").contains("Internal notes are left out."));
        assert_eq!(transcript(&some)["includes"]["notes"], false);
    }

    async fn a_masked_viewer_takes_nothing_unmasked(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let id = care.writes(MARIA, "good morning").await;
        care.set("UPDATE contact SET email = 'maria@example.com', last_name = 'Rossi'").await;
        let shared = json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Giulia Bianchi", "first_name": "Giulia" },
            "phones": [{ "phone": "+1 5551234567", "wa_id": "15551234567" }], "emails": [{ "email": "giulia@example.com" }] }] });
        care.deliver(&care.messages(&[care.message("wamid.c", MARIA, shared)])).await;
        document(&care, "doc", "plan.pdf", b"plan".to_vec()).await;
        let moved = json!({ "type": "system", "system": { "type": "user_changed_number",
            "body": format!("Maria Rossi changed from {MARIA} to 393337654321"), "wa_id": "393337654321" } });
        care.deliver(&care.messages(&[care.message("wamid.m", MARIA, moved)])).await;
        let full = json!({ "mode": "full" });
        care.profile(&sue, "accounts", &json!({ "name": full, "phone": full, "email": full })).await;
        eventually("she is masked", async || !care.get(&sue, &format!("/interactions/{id}")).await.ok().to_string().contains("Rossi")).await;
        let files = download(&care, &sue, id, "?attachments=true").await;
        let all: String = files.iter().map(|(name, bytes)| format!("{name}\n{}", String::from_utf8_lossy(bytes))).collect();
        for raw in [MARIA, "393337654321", "Rossi", "Giulia", "5551234567", "example.com"] {
            assert!(!all.contains(raw), "{raw}: {all}");
        }
        assert!(all.contains("good morning") && all.contains("•••"));
        let open = download(&care, &care.app.admin, id, "").await;
        assert!(text(&open, "transcript.html").contains("Giulia Bianchi"));
    }

    async fn files_of_every_kind_come_whole(care: Care) {
        let id = care.writes(MARIA, "look").await;
        let bytes = |kind: &str| kind.bytes().cycle().take(70_000).collect::<Vec<u8>>();
        let kinds = ["image", "video", "audio", "voice", "document", "sticker"];
        for kind in kinds {
            let file = document(&care, kind, &format!("{kind}.bin"), bytes(kind)).await;
            care.set(&format!("UPDATE attachment SET kind = '{kind}' WHERE id = {file}")).await;
        }
        let files = download(&care, &care.app.admin, id, "?attachments=true").await;
        for kind in kinds {
            let (_, found) = files.iter().find(|(name, _)| name.ends_with(&format!("{kind}.bin"))).expect(kind);
            assert!(*found == bytes(kind), "{kind}");
        }
    }

    async fn files_that_are_not_there_are_named(care: Care) {
        let admin = care.app.admin.clone();
        let id = care.writes(MARIA, "hello").await;
        document(&care, "lost", "lost.pdf", b"gone".to_vec()).await;
        care.app.bench.desk.media().delete(&"ab/cd/lost".into()).await.expect("deleted");
        document(&care, "failed", "failed.pdf", b"x".to_vec()).await;
        care.set("UPDATE attachment SET state = 'failed', path = NULL WHERE name = 'failed.pdf'").await;
        document(&care, "late", "late.pdf", b"x".to_vec()).await;
        care.set("UPDATE attachment SET state = 'pending', path = NULL WHERE name = 'late.pdf'").await;
        let extent = care.get(&admin, &format!("/interactions/{id}/archive/extent")).await.ok();
        assert_eq!((&extent["files"], &extent["missing"]), (&json!(1), &json!(2)));
        let files = download(&care, &admin, id, "?attachments=true").await;
        assert_eq!(files.len(), 2, "{:?}", files.keys());
        let told = transcript(&files);
        let reasons: Vec<&str> = told["messages"].as_array().expect("messages").iter().filter_map(|one| one["files"][0]["missing"].as_str()).collect();
        assert_eq!(reasons, ["lost", "failed", "pending"]);
        let html = text(&files, "transcript.html");
        for said in ["lost.pdf is missing: it is not in the media store", "failed.pdf is missing", "late.pdf is missing"] {
            assert!(html.contains(said), "{said}");
        }
    }

    async fn a_file_that_ends_too_soon_breaks_the_download(care: Care) {
        let admin = care.app.admin.clone();
        let id = care.writes(MARIA, "hello").await;
        document(&care, "doc", "cut.bin", vec![7; 300_000]).await;
        let (status, whole, ended) = taken(&care, &admin, id).await;
        assert!(ended && status == 200 && unpacked(&whole).len() == 3);
        care.set("UPDATE attachment SET size = size + 1").await;
        let (_, part, ended) = taken(&care, &admin, id).await;
        assert!(!ended, "the connection breaks off");
        assert!(zip::ZipArchive::new(Cursor::new(part)).is_err(), "and nobody takes it for a ZIP");
    }

    async fn a_large_interaction_is_sent_while_it_is_made(care: Care) {
        let admin = care.app.admin.clone();
        let id = care.writes(MARIA, "hello").await;
        for number in 0..3 {
            document(&care, &format!("large{number}"), "large.bin", (0..3_000_000_u32).map(|byte| (byte % 251) as u8).collect()).await;
        }
        // More than a page of messages, several of them of one instant.
        care.set(&format!(
            "INSERT INTO message (interaction_id, account_id, address_id, direction, kind, body, content, author_kind, shown, thread_at,
                 forwarded, late, attachments, version, created_at)
             SELECT m.interaction_id, m.account_id, m.address_id, m.direction, m.kind, 'one of many', m.content, m.author_kind, m.shown, m.thread_at,
                 m.forwarded, m.late, 0, 1, m.created_at
             FROM message m, (SELECT a.id FROM message a, message b, message c, message d, message e) many
             WHERE m.interaction_id = {id} AND m.kind = 'text' LIMIT 450"
        )).await;
        let count = care.count(&format!("SELECT count(*) AS count FROM message WHERE interaction_id = {id} AND shown")).await;
        assert!(count > 300, "{count}");
        let (_, bytes, ended) = taken(&care, &admin, id).await;
        assert!(ended);
        let files = unpacked(&bytes);
        assert_eq!(files.len(), 5, "{:?}", files.keys());
        assert_eq!(files.values().filter(|bytes| bytes.len() == 3_000_000).count(), 3);
        let told = transcript(&files);
        let ids: Vec<i64> = told["messages"].as_array().expect("messages").iter().filter_map(|one| one["id"].as_i64()).collect();
        assert_eq!(i64::try_from(ids.len()).expect("few"), count);
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len(), "each of them once");
        // Two are enough for one person, and a place is free again when one is given up.
        let held = async || {
            let request = Request::get(format!("/api/v1/interactions/{id}/archive?attachments=true"))
                .header(header::HOST, HOST).header(header::COOKIE, &admin.cookie).body(Body::empty()).expect("a request");
            care.app.router().oneshot(request).await.expect("an answer")
        };
        let (one, two) = (held().await, held().await);
        assert_eq!((one.status().as_u16(), two.status().as_u16()), (200, 200));
        let full = care.get(&admin, &format!("/interactions/{id}/archive")).await.refused(429, "too_many_downloads");
        assert_eq!(full["params"]["whose"], "yours");
        drop(one);
        eventually("there is room again", async || care.get(&admin, &format!("/interactions/{id}/archive")).await.status == 200).await;
        drop(two);
    }
}
