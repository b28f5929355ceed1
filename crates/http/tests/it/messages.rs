//! Threads page by page, and what may be written into them.

use std::collections::BTreeSet;

use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, MARIA};

fn ids(page: &Value) -> Vec<i64> {
    page["items"].as_array().expect("items").iter().map(|row| row["id"].as_i64().expect("an id")).collect()
}

on_both! {
    async fn a_thread_pages_backwards_without_gaps_or_repeats(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let bodies: Vec<Value> = (0..23).map(|n| care.text(&format!("wamid.{n}"), MARIA, &format!("text {n}"))).collect();
        care.deliver(&care.messages(&bodies)).await;
        let all = ids(&care.get(&care.ann, &format!("/interactions/{id}/messages?limit=100")).await.ok());
        assert_eq!(all.len(), 25, "with the first text, and the line of who took it");
        for limit in [1, 4, 25] {
            let mut seen: Vec<i64> = Vec::new();
            let mut before = String::new();
            loop {
                let page = care.get(&care.ann, &format!("/interactions/{id}/messages?limit={limit}{before}")).await.ok();
                let mut older = ids(&page);
                older.extend(&seen);
                seen = older;
                let Some(next) = page["next"].as_str() else { break };
                before = format!("&before={next}");
                if limit == 4 && seen.len() < 12 {
                    care.app.advance(1);
                    care.writes(MARIA, "meanwhile").await;
                }
            }
            assert_eq!(seen.iter().copied().collect::<BTreeSet<_>>().len(), seen.len(), "no repeats at {limit}");
            assert!(all.iter().all(|id| seen.contains(id)), "no gaps at {limit}");
            let order: Vec<i64> = seen.iter().copied().filter(|id| all.contains(id)).collect();
            assert_eq!(order, all, "oldest first at {limit}");
        }
    }

    async fn what_is_wrong_with_a_message_names_its_field(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let path = format!("/interactions/{id}/messages");
        let client_id = "7f3c7c0e-0d4f-4d52-9b7a-3a2b1c0d9e8f";
        for (body, field) in [
            (json!({}), "client_id"),
            (json!({ "client_id": "x", "kind": "text", "text": "a" }), "client_id"),
            (json!({ "client_id": client_id, "text": "a" }), "kind"),
            (json!({ "client_id": client_id, "kind": "song", "text": "a" }), "kind"),
            (json!({ "client_id": client_id, "kind": "text" }), "text"),
            (json!({ "client_id": client_id, "kind": "text", "text": 7 }), "text"),
            (json!({ "client_id": client_id, "kind": "text", "text": "  " }), "text"),
            (json!({ "client_id": client_id, "kind": "text", "text": "x".repeat(5_000) }), "text"),
            (json!({ "client_id": client_id, "kind": "text", "text": "a", "reply_to": "x" }), "reply_to"),
            (json!({ "client_id": client_id, "kind": "text", "text": "a", "reply_to": 999 }), "reply_to"),
            (json!({ "client_id": client_id, "kind": "reaction", "text": "👍" }), "reply_to"),
            (json!({ "client_id": client_id, "kind": "reaction", "text": "not an emoji", "reply_to": 1 }), "text"),
            (json!({ "client_id": client_id, "kind": "text", "text": "a", "seen_through": "x" }), "seen_through"),
            (json!({ "client_id": client_id, "kind": "text", "text": "a", "confirm": 1 }), "confirm"),
            (json!({ "client_id": client_id, "kind": "text", "text": "a", "colour": 1 }), "colour"),
        ] {
            let answer = care.app.post(&care.ann, &path, body.clone()).await;
            assert_eq!((answer.status.as_u16(), answer.fields().first().map(|(name, _)| *name)), (422, Some(field)), "{body}: {}", answer.body);
        }
        let answer = care.app.put(&care.ann, &format!("/interactions/{id}/reading"), json!({ "through": "x" })).await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![("through", "format")]));
        care.app.post(&care.ann, "/messages/999/attempts", json!({})).await.refused(404, "not_found");
        care.get(&care.app.admin, "/messages/999/raw").await.refused(404, "not_found");
    }

    async fn a_repeat_answers_with_the_first_and_news_is_shown_first(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let path = format!("/interactions/{id}/messages");
        let last = ids(&care.get(&care.ann, &path).await.ok()).pop().expect("a message");
        let body = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": "at once", "seen_through": last });
        let first = care.app.post(&care.ann, &path, body.clone()).await;
        assert_eq!(first.status, 201);
        let again = care.app.post(&care.ann, &path, body).await;
        assert_eq!((again.status.as_u16(), &again.body["id"]), (200, &first.body["id"]));
        let seen = first.body["id"].as_i64();
        care.writes(MARIA, "one more thing").await;
        let mut late = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": "too fast", "seen_through": seen });
        let problem = care.app.post(&care.ann, &path, late.clone()).await.refused(409, "stale_reply");
        assert_eq!(problem["params"]["messages"][0]["text"], "one more thing");
        late["confirm"] = json!(true);
        assert_eq!(care.app.post(&care.ann, &path, late).await.status, 201);
    }

    async fn what_a_quote_shows_follows_its_message(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        care.deliver(&care.messages(&[care.text("wamid.q", MARIA, "the first wording")])).await;
        let mut quoting = care.text("wamid.r", MARIA, "about that");
        quoting["context"] = json!({ "from": "15550001111", "id": "wamid.q" });
        care.deliver(&care.messages(&[quoting])).await;
        let quote = async || {
            let page = care.get(&care.ann, &format!("/interactions/{id}/messages")).await.ok();
            let found = page["items"].as_array().expect("items").iter().find(|message| message["text"] == "about that").cloned();
            let found = found.expect("the quoting one");
            (found["reply_to"]["preview"].clone(), found["version"].as_i64())
        };
        let before = quote().await;
        assert_eq!(before.0, "the first wording");
        let edit = json!({ "type": "edit", "edit": { "original_message_id": "wamid.q", "message": { "type": "text", "text": { "body": "a better one" } } } });
        care.deliver(&care.messages(&[care.message("wamid.e", MARIA, edit)])).await;
        let edited = quote().await;
        assert_eq!(edited.0, "a better one");
        assert!(edited.1 > before.1, "so that screens replace it");
        let revoke = json!({ "type": "revoke", "revoke": { "original_message_id": "wamid.q" } });
        care.deliver(&care.messages(&[care.message("wamid.d", MARIA, revoke)])).await;
        assert_eq!(quote().await.0, "");
        let page = care.get(&care.ann, &format!("/interactions/{id}/messages")).await.ok();
        assert!(!page.to_string().contains("wording") && !page.to_string().contains("a better one"), "{page}");
        let found = care.get(&care.ann, "/interactions?search=better").await.ok();
        assert_eq!(ids(&found), Vec::<i64>::new(), "what was taken back is not found");
    }

    async fn reading_counts_for_the_owner(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let tom = care.colleague(pronto_domain::access::Role::Agent, "tom").await;
        care.writes(MARIA, "two").await;
        let unread = async || care.get(&care.ann, &format!("/interactions/{id}")).await.ok()["interaction"]["unread"].as_i64();
        assert_eq!(unread().await, Some(2));
        let last = ids(&care.get(&care.ann, &format!("/interactions/{id}/messages")).await.ok()).pop().expect("a message");
        care.app.put(&tom, &format!("/interactions/{id}/reading"), json!({ "through": last })).await.ok();
        assert_eq!(unread().await, Some(2), "somebody else's look is not the owner's");
        care.app.put(&care.ann, &format!("/interactions/{id}/reading"), json!({ "through": last })).await.ok();
        assert_eq!(unread().await, Some(0));
        care.app.delete(&care.ann, &format!("/interactions/{id}/reading")).await.ok();
        assert_eq!(care.get(&care.ann, &format!("/interactions/{id}")).await.ok()["interaction"]["marked_unread"], true);
        care.app.delete(&tom, &format!("/interactions/{id}/reading")).await.refused(409, "not_owner");
    }
}
