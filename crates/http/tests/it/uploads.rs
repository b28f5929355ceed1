//! Files that are handed in to be sent.

use axum::body::Body;
use axum::http::{Method, Request, header};
use pronto_domain::access::Role;
use pronto_testkit::app::{Answer, HOST, Person};
use pronto_testkit::on_both;
use serde_json::json;
use uuid::Uuid;

use crate::care::{Care, MARIA};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0the rest of the picture";
const WEBM: &[u8] = include_bytes!("../../../domain/tests/voice/sound.webm");

async fn hand(care: &Care, who: Option<&Person>, id: Uuid, query: &str, bytes: &[u8]) -> Answer {
    let mut request = Request::builder()
        .method(Method::PUT)
        .uri(format!("/api/v1/uploads/{id}{query}"))
        .header(header::HOST, HOST)
        .header(header::ORIGIN, format!("http://{HOST}"))
        .header(header::CONTENT_LENGTH, bytes.len());
    if let Some(who) = who {
        request = request.header(header::COOKIE, &who.cookie);
    }
    care.app.send(request.body(Body::from(bytes.to_vec())).expect("a request")).await
}

fn send(upload: Uuid, text: &str) -> serde_json::Value {
    json!({ "client_id": Uuid::new_v4(), "kind": "file", "text": text, "upload_id": upload })
}

on_both! {
    async fn a_file_is_handed_in_and_sent(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let file = Uuid::new_v4();
        let answer = hand(&care, Some(&care.ann), file, "?name=lamp.png", PNG).await.ok();
        let told = json!({ "id": file, "kind": "image", "name": null, "mime": "image/png", "size": PNG.len(),
            "width": 640, "height": 480, "animated": false });
        assert_eq!(answer, told);
        assert_eq!(hand(&care, Some(&care.ann), file, "?name=lamp.png", PNG).await.ok(), told, "the same again");
        let path = format!("/interactions/{id}/messages");
        let body = send(file, "the lamp");
        let message = care.app.post(&care.ann, &path, body.clone()).await.ok();
        assert_eq!((&message["kind"], &message["text"], &message["content"]["type"]), (&json!("image"), &json!("the lamp"), &json!("media")));
        assert_eq!((&message["attachments"][0]["state"], &message["attachments"][0]["width"]), (&json!("stored"), &json!(640)));
        assert_eq!(care.app.post(&care.ann, &path, body).await.ok()["id"], message["id"]);
        let url = message["attachments"][0]["url"].as_str().expect("an address").trim_start_matches("/api/v1").to_owned();
        let bytes = care.get(&care.ann, &url).await;
        assert_eq!((bytes.status.as_u16(), bytes.bytes.as_slice()), (200, PNG));
        assert_eq!(bytes.headers["content-type"], "image/png");
        assert_eq!(bytes.headers["x-content-type-options"], "nosniff");
        assert_eq!(bytes.headers["content-security-policy"], "default-src 'none'; sandbox");
        assert_eq!(bytes.headers["cross-origin-resource-policy"], "same-origin");
        let part = Request::get(format!("/api/v1{url}"))
            .header(header::HOST, HOST)
            .header(header::COOKIE, &care.ann.cookie)
            .header(header::RANGE, "bytes=1-3");
        let part = care.app.send(part.body(Body::empty()).expect("a request")).await;
        assert_eq!((part.status.as_u16(), part.bytes.as_slice()), (206, b"PNG".as_slice()), "players jump");
        assert_eq!(part.headers["content-range"], format!("bytes 1-3/{}", PNG.len()));
        let row = care.get(&care.ann, &format!("/interactions/{id}")).await.ok();
        let last = &row["interaction"]["last_message"];
        assert_eq!((&last["kind"], &last["preview"]), (&json!("image"), &json!("the lamp")), "{row}");
        // It was this message's file.
        let refused = care.app.post(&care.ann, &path, send(file, "")).await;
        assert_eq!(refused.fields(), [("upload_id", "unknown")]);
    }

    async fn a_file_is_its_senders_alone(care: Care) {
        let tom = care.colleague(Role::Agent, "tom").await;
        let id = care.held(&tom, MARIA).await;
        let file = Uuid::new_v4();
        hand(&care, None, file, "", PNG).await.refused(401, "signed_out");
        hand(&care, Some(&care.ann), file, "", PNG).await.ok();
        let answer = hand(&care, Some(&tom), file, "", PNG).await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![("id", "taken")]));
        let path = format!("/interactions/{id}/messages");
        assert_eq!(care.app.post(&tom, &path, send(file, "")).await.fields(), [("upload_id", "unknown")]);
        // Nor does it open an interaction that somebody else holds.
        care.app.post(&care.ann, &path, send(file, "")).await.refused(409, "not_owner");
        care.app.delete(&tom, &format!("/uploads/{file}")).await.ok();
        assert_eq!(care.count("SELECT count(*) AS count FROM upload").await, 1, "somebody else's is not taken back");
        care.app.delete(&care.ann, &format!("/uploads/{file}")).await.ok();
        assert_eq!(care.count("SELECT count(*) AS count FROM upload").await, 0);
    }

    async fn what_is_not_sent_is_refused_with_the_reason(care: Care) {
        let ann = Some(&care.ann);
        let new = Uuid::new_v4;
        let mut large = PNG.to_vec();
        large.resize(5 * 1024 * 1024 + 1, 0);
        let problem = hand(&care, ann, new(), "?name=a.png", &large).await.refused(413, "file_too_large");
        assert_eq!(problem["params"], json!({ "limit": 5_242_880, "kind": "image", "whose": "whatsapp" }));
        care.app.patch(&care.app.admin, "/settings", json!({ "version": 0, "attachment_limit_mb": 1 })).await.ok();
        let problem = hand(&care, ann, new(), "?name=a.png", &large).await.refused(413, "file_too_large");
        assert_eq!(problem["params"], json!({ "limit": 1_048_576, "kind": null, "whose": "desk" }));
        for (name, bytes) in [("a.svg", &b"<svg onload='x'/>"[..]), ("a.txt", b"<html>"), ("a.pdf", b"MZ\0\0"), ("a.exe", b"%PDF-")] {
            hand(&care, ann, new(), &format!("?name={name}"), bytes).await.refused(422, "file_dangerous");
        }
        let problem = hand(&care, ann, new(), "?name=a.gif", b"GIF89a").await.refused(422, "file_not_taken");
        assert_eq!(problem["params"], json!({ "family": "picture" }));
        hand(&care, ann, new(), "", b"").await.refused(422, "file_empty");
        hand(&care, ann, new(), "?voice=1", PNG).await.refused(422, "file_not_taken");
        let answer = care.app.ask(ann, Method::PUT, "/uploads/none", None).await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (400, vec![("id", "format")]));
    }

    async fn a_recording_becomes_a_voice_message_without_words(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let file = Uuid::new_v4();
        let told = hand(&care, Some(&care.ann), file, "?voice=1", WEBM).await.ok();
        assert_eq!((&told["kind"], &told["mime"]), (&json!("voice"), &json!("audio/ogg")));
        let path = format!("/interactions/{id}/messages");
        assert_eq!(care.app.post(&care.ann, &path, send(file, "words")).await.fields(), [("text", "not_with")]);
        let without = json!({ "client_id": Uuid::new_v4(), "kind": "file", "text": "" });
        assert_eq!(care.app.post(&care.ann, &path, without).await.fields(), [("upload_id", "required")]);
        let misplaced = json!({ "client_id": Uuid::new_v4(), "kind": "text", "text": "a", "upload_id": file });
        assert_eq!(care.app.post(&care.ann, &path, misplaced).await.fields(), [("upload_id", "not_with")]);
        assert_eq!(care.app.post(&care.ann, &path, send(file, "")).await.ok()["kind"], "voice");
    }

    async fn a_file_that_was_given_up_is_fetched_again_when_asked(care: Care) {
        let tom = care.colleague(Role::Agent, "tom").await;
        care.held(&tom, MARIA).await;
        let image = json!({ "type": "image", "image": { "id": "media1", "mime_type": "image/png" } });
        care.deliver(&care.messages(&[care.message("wamid.i", MARIA, image)])).await;
        let file = care.count("SELECT max(id) AS count FROM attachment").await;
        let path = format!("/attachments/{file}/attempts");
        care.app.post(&tom, &path, json!({})).await.refused(409, "not_retryable");
        care.set("UPDATE attachment SET state = 'failed', error = 'gone'").await;
        care.set("UPDATE job SET dead = TRUE").await;
        let message = care.app.post(&tom, &path, json!({})).await.ok();
        assert_eq!((&message["attachments"][0]["state"], &message["attachments"][0]["error"]), (&json!("pending"), &json!(null)));
        assert_eq!(care.count("SELECT count(*) AS count FROM job WHERE kind = 'media' AND NOT dead").await, 1);
        let none = json!({ "name": { "mode": "none" }, "phone": { "mode": "none" }, "email": { "mode": "none" } });
        care.profile(&care.ann, "own", &none).await;
        care.app.post(&care.ann, &path, json!({})).await.refused(404, "not_found");
    }

    async fn a_shared_contact_is_kept_in_full_and_once(care: Care) {
        let tom = care.colleague(Role::Agent, "tom").await;
        care.held(&tom, MARIA).await;
        let cards = json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Paolo Conti" },
            "phones": [{ "phone": "+39 333 765 43 21" }], "emails": [{ "email": "paolo@example.com" }] }] });
        care.deliver(&care.messages(&[care.message("wamid.c", MARIA, cards)])).await;
        let message = care.count("SELECT id AS count FROM message WHERE provider_id = 'wamid.c'").await;
        let path = format!("/messages/{message}/cards/0/contact");
        let hidden = json!({ "name": { "mode": "full" }, "phone": { "mode": "full" }, "email": { "mode": "full" } });
        care.profile(&tom, "own", &hidden).await;
        care.set("UPDATE profile SET permissions = '[]'").await;
        care.app.put(&tom, &path, json!({})).await.refused(403, "forbidden");
        care.set("UPDATE profile SET permissions = '[\"contacts.edit\"]'").await;
        let kept = care.app.put(&tom, &path, json!({})).await.ok();
        assert_eq!(kept["fresh"], true);
        let again = care.app.put(&tom, &path, json!({})).await.ok();
        assert_eq!((&again["contact_id"], &again["fresh"]), (&kept["contact_id"], &json!(false)));
        let stored = "SELECT count(*) AS count FROM contact WHERE first_name = 'Paolo' AND last_name = 'Conti'
            AND phone = '393337654321' AND mobile = phone AND email = 'paolo@example.com'";
        assert_eq!(care.count(stored).await, 1);
        care.app.put(&tom, &format!("/messages/{message}/cards/1/contact"), json!({})).await.refused(404, "not_found");
        let none = json!({ "name": { "mode": "none" }, "phone": { "mode": "none" }, "email": { "mode": "none" } });
        care.profile(&care.ann, "own", &none).await;
        care.set("UPDATE profile SET permissions = '[\"contacts.edit\"]'").await;
        care.app.put(&care.ann, &path, json!({})).await.refused(404, "not_found");
    }

    async fn what_was_edited_or_deleted_is_told_to_those_who_may_know(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        care.deliver(&care.messages(&[care.text("wamid.a", MARIA, "one")])).await;
        let message = care.count("SELECT id AS count FROM message WHERE provider_id = 'wamid.a'").await;
        let path = format!("/messages/{message}/history");
        care.get(&care.ann, &path).await.refused(404, "not_found");
        let edit = json!({ "type": "edit", "edit": { "original_message_id": "wamid.a",
            "message": { "type": "text", "text": { "body": "two" } } } });
        care.deliver(&care.messages(&[care.message("wamid.b", MARIA, edit)])).await;
        let texts = async |who: &Person| {
            let history = care.get(who, &path).await.ok();
            let versions = history["versions"].as_array().expect("versions").clone();
            versions.into_iter().map(|version| version["text"].as_str().unwrap_or("").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(texts(&care.ann).await, ["one", "two"]);
        let revoke = json!({ "type": "revoke", "revoke": { "original_message_id": "wamid.a" } });
        care.deliver(&care.messages(&[care.message("wamid.c", MARIA, revoke)])).await;
        care.get(&care.ann, &path).await.refused(403, "forbidden");
        assert_eq!(texts(&care.app.admin).await, ["one", "two"]);
        let shown = care.get(&care.ann, &format!("/interactions/{id}/messages")).await.ok();
        assert!(!shown.to_string().contains("two"), "a deleted message says nothing");
    }
}
