//! Calls of what is about interactions and what is said in them.

use pronto_testkit::app::Person;
use serde_json::{Value, json};
use uuid::Uuid;

use super::contacts::{encoded, views};
use super::{Call, get, say};
use crate::walk::world::World;

pub(super) async fn of(operation: &str, w: &World, me: &Person) -> Option<Vec<Call>> {
    let (care, base) = (&w.care, w.base.id);
    let card = "SELECT min(id) AS count FROM message WHERE kind = 'contacts'";
    Some(match operation {
        "assign" => {
            let (one, other, third) = (w.customer().await.id, w.held(&w.bob).await.id, w.customer().await.id);
            vec![
                say(
                    "/assignments",
                    json!({ "interactions": [one, 999], "to": { "type": "agent", "user_id": w.bob.id.0 } }),
                ),
                say(
                    "/assignments",
                    json!({ "interactions": [other], "to": { "type": "queue", "queue_id": care.queue } }),
                ),
                say("/assignments", json!({ "interactions": [third], "to": { "type": "routing" } })),
            ]
        }
        "fetch_attachment" => {
            care.set(
                "UPDATE attachment SET state = 'failed', error = 'gone' WHERE id = (SELECT min(id) FROM attachment)",
            )
            .await;
            let id = care.count("SELECT min(id) AS count FROM attachment").await;
            let calls = vec![get(format!("/attachments/{id}/attempts"))];
            calls
        }
        "find_attachment" => {
            care.set("UPDATE attachment SET state = 'stored', path = 'ab/cd/bill', size = 8").await;
            let id = care.count("SELECT min(id) AS count FROM attachment").await;
            vec![get(format!("/attachments/{id}/content")), get(format!("/attachments/{id}/content?download=1"))]
        }
        "list_canned_answers" => vec![get("/canned_answers")],
        "add_canned_answer" => vec![say("/canned_answers", canned(w))],
        "find_canned_answer" | "change_canned_answer" | "remove_canned_answer" | "use_canned_answer" => {
            let id = care.app.post(me, "/canned_answers", canned(w)).await.ok()["id"].as_i64()?;
            let path = format!("/canned_answers/{id}");
            vec![match operation {
                "change_canned_answer" => say(path, json!({ "version": 1, "text": "Hello {{contact.phone}}" })),
                "use_canned_answer" => get(format!("{path}/uses")),
                _ => get(path),
            }]
        }
        "suggest_canned_answers" => {
            care.app.post(me, "/canned_answers", canned(w)).await.ok();
            vec![get(format!("/interactions/{}/canned_answers", w.held(me).await.id))]
        }
        "list_interactions" => {
            let state = encoded(&json!({ "all": [{ "field": "status", "op": "any_of", "value": ["active"] }] }));
            vec![
                get("/interactions"),
                get("/interactions?limit=100"),
                get("/interactions?search=morning"),
                get("/interactions?sort=contact"),
                get("/interactions?contact_fields=customer_no"),
                get("/interactions?contact_fields=motto"),
                get(format!("/interactions?expression={state}")),
            ]
        }
        "start_interaction" => {
            let customer = w.closed(&w.admin).await;
            let start = |phone: &str, more: Value| {
                let mut body = json!({ "client_id": Uuid::new_v4(), "account_id": care.account, "phone": phone });
                for (name, value) in more.as_object().into_iter().flatten() {
                    body[name] = value.clone();
                }
                say("/interactions", body).typing(phone)
            };
            let hidden = w.closed(&w.admin).await.contact;
            let hidden = json!({ "client_id": Uuid::new_v4(), "account_id": care.account, "contact_id": hidden });
            vec![
                say("/interactions", hidden),
                start(&format!("+{}", customer.phone), json!({})),
                start(&format!("+{}", w.base.phone), json!({})),
                start(
                    &format!("+3933399{:05}", w.next()),
                    json!({ "template_id": w.template, "values": { "body:1": "{{contact.first_name|you}}", "body:2": "us" } }),
                ),
            ]
        }
        "close_interactions" => vec![say("/interactions/closures", json!({ "ids": [w.held(me).await.id, 999] }))],
        "list_choices" => vec![get(format!("/interactions/dispositions?ids={base}"))],
        "tag_interactions" => vec![say("/interactions/tags", json!({ "ids": [base], "add": ["regular"] }))],
        "list_watching" => vec![get(format!("/interactions/watching?ids={base}"))],
        "find_interaction" => {
            vec![get(format!("/interactions/{base}")), get(format!("/interactions/{}", w.held(me).await.id))]
        }
        "list_offers" => {
            offered(w, me).await;
            vec![get("/offers")]
        }
        "accept_interaction" => vec![
            say(format!("/interactions/{}/acceptance", offered(w, me).await), json!({})),
            say(format!("/interactions/{base}/acceptance"), json!({})),
        ],
        "reject_interaction" => vec![get(format!("/interactions/{}/acceptance", offered(w, me).await))],
        "download_interaction" => {
            ["", "?attachments=true", "?locale=it"].map(|end| get(format!("/interactions/{base}/archive{end}"))).into()
        }
        "find_archive_extent" => vec![get(format!("/interactions/{base}/archive/extent"))],
        "block_sender" => {
            vec![say(format!("/interactions/{}/block", w.held(me).await.id), json!({ "reason": "rude" }))]
        }
        "close_interaction" => vec![say(format!("/interactions/{}/closure", w.held(me).await.id), json!({}))],
        "reopen_interaction" => vec![get(format!("/interactions/{}/closure", w.closed(me).await.id))],
        "list_colleagues" => vec![get(format!("/interactions/{base}/colleagues"))],
        "link_contact" => {
            let (one, other) = (w.held(me).await, w.customer().await);
            let path = format!("/interactions/{}/contact", one.id);
            vec![
                say(&path, json!({ "contact_id": other.contact })),
                say(path, json!({ "new": { "list_id": w.list, "description": "new", "force": true } })),
            ]
        }
        "list_decisions" => {
            offered(w, me).await;
            let id = care.count("SELECT max(interaction_id) AS count FROM offer").await;
            vec![get(format!("/interactions/{id}/decisions"))]
        }
        "dispose_interaction" => {
            let id = w.made("/dispositions", json!({ "name": format!("Ended {}", w.next()) })).await;
            vec![say(format!("/interactions/{}/disposition", w.closed(me).await.id), json!({ "disposition_id": id }))]
        }
        "list_journey" => vec![
            get(format!("/interactions/{base}/journey")),
            get(format!("/interactions/{}/journey", w.closed(&w.bob).await.id)),
        ],
        "list_messages" => vec![
            get(format!("/interactions/{base}/messages?limit=100")),
            get(format!("/interactions/{base}/messages?limit=3")),
        ],
        "send_message" => {
            let customer = w.held(me).await;
            let path = format!("/interactions/{}/messages", customer.id);
            let first = care
                .count(&format!("SELECT min(id) AS count FROM message WHERE interaction_id = {}", customer.id))
                .await;
            w.says(&customer.phone, json!({ "type": "text", "text": { "body": "and another thing" } })).await;
            let text = |text: &str, kind: &str| json!({ "client_id": Uuid::new_v4(), "kind": kind, "text": text, "confirm": true });
            let mut stale = text("too late", "text");
            stale["confirm"] = json!(false);
            stale["seen_through"] = json!(first);
            let mut note = text("@Bob look", "note");
            note["mentions"] = json!([w.bob.id, w.admin.id]);
            vec![
                say(&path, stale),
                say(
                    &path,
                    text(
                        "Dear {{contact.first_name}} {{contact.last_name}}: {{contact.phone}}, {{contact.email}}?",
                        "text",
                    ),
                ),
                say(&path, note),
                say(path, text("{{contact.nothing}}", "text")),
            ]
        }
        "take_interaction" => vec![
            get(format!("/interactions/{}/ownership", w.customer().await.id)),
            get(format!("/interactions/{}/ownership", w.held(&w.bob).await.id)),
        ],
        "read_interaction" => vec![say(
            format!("/interactions/{base}/reading"),
            json!({ "through": care.count("SELECT max(id) AS count FROM message").await }),
        )],
        "mark_interaction_unread" => vec![get(format!("/interactions/{}/reading", w.held(me).await.id))],
        "find_recontact" | "send_recontact" => {
            let customer = w.held(me).await;
            care.set(&format!("UPDATE interaction SET window_expires_at = 1 WHERE id = {}", customer.id)).await;
            care.set(&format!("UPDATE address SET window_expires_at = 1 WHERE digits = '{}'", customer.phone)).await;
            vec![get(format!("/interactions/{}/recontact", customer.id))]
        }
        "ask_for_interaction" => vec![get(format!("/interactions/{}/requests", w.held(&w.bob).await.id))],
        "list_scheduled" => {
            let (id, _) = planned(w, me).await?;
            vec![get(format!("/interactions/{id}/scheduled"))]
        }
        "schedule_message" => vec![say(format!("/interactions/{}/scheduled", w.held(me).await.id), plan(w))],
        "change_scheduled" | "cancel_scheduled" | "send_scheduled" => {
            let (_, id) = planned(w, me).await?;
            let path = format!("/scheduled/{id}");
            vec![match operation {
                "change_scheduled" => say(path, json!({ "version": 1, "text": "Dear {{contact.email}}" })),
                "cancel_scheduled" => get(path),
                _ => get(format!("{path}/sending")),
            }]
        }
        "snooze_interaction" => vec![say(format!("/interactions/{}/snooze", w.held(me).await.id), json!({}))],
        "take_up_interaction" => {
            let path = format!("/interactions/{}/snooze", w.held(me).await.id);
            care.app.put(&w.admin, &path, json!({})).await.ok();
            vec![get(path)]
        }
        "send_template" => {
            let body = json!({ "client_id": Uuid::new_v4(), "template_id": w.template, "values": { "body:1": "{{contact.first_name}} {{contact.phone}}", "body:2": "us" } });
            vec![say(format!("/interactions/{}/templates", w.held(me).await.id), body)]
        }
        "propose_transfer" => {
            let customer = w.held(me).await;
            vec![transfer(w, customer.id).await]
        }
        "cancel_transfer" => {
            let customer = w.held(me).await;
            let Call { path, body, .. } = transfer(w, customer.id).await;
            if let super::Body::Json(body) = body {
                care.app.post(&w.admin, &path, body).await.ok();
            }
            let id = care.count("SELECT max(id) AS count FROM offer").await;
            vec![get(format!("{path}/{id}"))]
        }
        "retry_message" => {
            let body = json!({ "client_id": Uuid::new_v4(), "kind": "text", "text": "Dear {{contact.first_name}}", "confirm": true });
            let path = format!("/interactions/{}/messages", w.held(me).await.id);
            let id = care.app.post(me, &path, body).await.ok()["id"].as_i64()?;
            care.set(&format!("UPDATE attempt SET state = 'failed' WHERE message_id = {id}")).await;
            vec![say(format!("/messages/{id}/attempts"), json!({}))]
        }
        "keep_card" => vec![get(format!("/messages/{}/cards/0/contact", care.count(card).await))],
        "find_message_history" => {
            let customer = w.customer().await;
            let said = format!("SELECT min(id) AS count FROM message WHERE interaction_id = {}", customer.id);
            let message = care.count(&said).await;
            care.set(&format!(r#"UPDATE message SET edited_at = 2, history = '[{{"body":"good day","until":2}}]' WHERE id = {message}"#)).await;
            vec![
                get(format!("/messages/{message}/history")),
                get(format!("/messages/{}/history", care.count(card).await)),
            ]
        }
        "find_raw_message" => vec![get(format!("/messages/{}/raw", care.count(card).await))],
        "list_saved_views" => vec![get("/saved_views")],
        "add_saved_view" => {
            vec![say("/saved_views", json!({ "name": format!("view {}", w.next()), "filter": { "state": "open" } }))]
        }
        "change_saved_view" | "remove_saved_view" => {
            views(w, "/saved_views", me, operation.starts_with("change")).await
        }
        _ => return None,
    })
}

fn canned(w: &World) -> Value {
    let text = "Dear {{contact.first_name}} {{contact.last_name}}, {{contact.phone}}, {{contact.email}}";
    json!({ "scope": "personal", "title": format!("Greeting {}", w.next()), "text": text })
}

fn plan(w: &World) -> Value {
    let due = w.care.app.bench.now() + jiff::SignedDuration::from_mins(30);
    json!({ "client_id": Uuid::new_v4(), "text": "Dear {{contact.first_name}}, {{contact.phone}}", "due_at": due.to_string() })
}

/// A message that one's own interaction is to have later; both their ids.
async fn planned(w: &World, me: &Person) -> Option<(i64, i64)> {
    let id = w.held(me).await.id;
    let planned = w.care.app.post(me, &format!("/interactions/{id}/scheduled"), plan(w)).await.ok();
    Some((id, planned["id"].as_i64()?))
}

/// An interaction that is offered to somebody, if they are asked.
async fn offered(w: &World, me: &Person) -> i64 {
    w.care.app.put(me, "/presence", json!({ "state": "available" })).await.ok();
    let customer = w.customer().await;
    w.care.route().await;
    let offers = w.care.get(me, "/offers").await.ok();
    let pending = offers.as_array().into_iter().flatten().find(|one| one["state"] == "pending");
    pending.and_then(|one| one["interaction_id"].as_i64()).unwrap_or(customer.id)
}

/// To somebody who is there.
async fn transfer(w: &World, id: i64) -> Call {
    w.care.app.put(&w.bob, "/presence", json!({ "state": "available" })).await.ok();
    say(
        format!("/interactions/{id}/transfers"),
        json!({ "to": { "type": "agent", "user_id": w.bob.id.0 }, "note": "knows the order" }),
    )
}
