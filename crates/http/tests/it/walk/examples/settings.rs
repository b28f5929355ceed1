//! Calls of what is about the desk itself.

use pronto_testkit::app::{PASSWORD, Person};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Call, get, say};
use crate::walk::world::World;

pub(super) async fn of(operation: &str, w: &World, me: &Person) -> Option<Vec<Call>> {
    let account = w.care.account;
    Some(match operation {
        "list_accounts" => vec![get("/accounts")],
        "add_account" => {
            let key = format!("walk{}", w.next());
            vec![say(
                "/accounts",
                json!({ "key": key, "name": "Walk", "base_url": "http://127.0.0.1:9/v23.0",
                "phone_number_id": format!("10654-{key}"), "business_account_id": "1", "default_queue_id": w.care.queue,
                "credentials": { "access_token": "EAA", "app_secret": "secret", "verify_token": "verify" } }),
            )]
        }
        "find_account" => vec![get(format!("/accounts/{account}"))],
        "change_account" => vec![say(
            format!("/accounts/{account}"),
            json!({ "version": version(w, &format!("/accounts/{account}")).await, "name": "Care" }),
        )],
        "remove_account" => {
            let key = format!("gone{}", w.next());
            let id = w.care.app.with_account(&key, w.care.queue, &[]).await;
            vec![get(format!("/accounts/{account}")), get(format!("/accounts/{id}"))]
        }
        "check_account" => vec![get(format!("/accounts/{account}/checks"))],
        "subscribe_account" => vec![get(format!("/accounts/{account}/subscriptions"))],
        "test_account" => {
            let body = json!({ "to": format!("+{}", w.base.phone), "text": "hello" });
            vec![say(format!("/accounts/{account}/tests"), body).typing(&w.base.phone)]
        }
        "choose_recontact" => {
            let version =
                w.care.get(&w.admin, &format!("/accounts/{account}/templates")).await.ok()["recontact"]["version"]
                    .clone();
            let body = json!({ "version": version, "template": "come_back", "language": "en", "answer_days": 7 });
            vec![say(format!("/accounts/{account}/recontact"), body)]
        }
        "find_start" => {
            let base = &w.base.phone;
            vec![
                get(format!("/accounts/{account}/starts?phone=%2B{base}")).typing(base),
                get(format!("/accounts/{account}/starts?phone=%2B393339990001")),
                get(format!("/accounts/{account}/starts?contact={}", w.base.contact)),
            ]
        }
        "list_templates" => {
            let (id, contact, phone) = (w.base.id, w.base.contact, &w.base.phone);
            let path = format!("/accounts/{account}/templates");
            vec![
                get(&path),
                get(format!("{path}?available=true&interaction={id}")),
                get(format!("{path}?phone=%2B{phone}&contact={contact}")).typing(phone),
                get(format!("{path}?contact={contact}")),
            ]
        }
        "sync_templates" => vec![get(format!("/accounts/{account}/templates/syncs"))],
        "change_template" => {
            let all = w.care.get(&w.admin, &format!("/accounts/{account}/templates")).await.ok();
            let version =
                all["items"].as_array().and_then(|all| all.iter().find(|one| one["name"] == "welcome"))?["version"]
                    .clone();
            vec![say(
                format!("/accounts/{account}/templates/welcome"),
                json!({ "version": version, "available": true }),
            )]
        }
        "check_template" | "make_template" => {
            let path = format!("/accounts/{account}/templates");
            let end = if operation == "check_template" { "/checks" } else { "" };
            vec![say(format!("{path}{end}"), draft(&format!("walk_{}", w.next())))]
        }
        "edit_variant" => {
            let path = format!("/accounts/{account}/templates");
            let all = w.care.get(&w.admin, &path).await.ok();
            let one = all["items"].as_array()?.iter().find(|one| one["name"] == "welcome")?;
            let mut body = draft("welcome");
            body["version"] = one["variants"][0]["version"].clone();
            vec![say(format!("{path}/welcome/variants/en"), body)]
        }
        "delete_template" => vec![get(format!("/accounts/{account}/templates/welcome"))],
        "delete_variant" => vec![get(format!("/accounts/{account}/templates/welcome/variants/en"))],
        "list_blocks" => {
            let blocked = blocked(w, me).await;
            vec![get("/blocks"), get(format!("/blocks?after={}&limit=1", blocked + 1))]
        }
        "review_block" => vec![say(format!("/blocks/{}/review", blocked(w, me).await), json!({ "confirm": false }))],
        "find_dashboard" => vec![get("/dashboard")],
        "list_deliveries" => {
            vec![get("/deliveries"), get(format!("/deliveries?account={account}&state=applied&limit=3"))]
        }
        "find_delivery" | "replay_delivery" => {
            // The one with the changed number, and one that cannot be read.
            let moved =
                w.care.count("SELECT max(id) AS count FROM delivery WHERE body LIKE '%user_changed_number%'").await;
            let paths = [w.care.count("SELECT max(id) AS count FROM delivery").await, moved]
                .map(|id| format!("/deliveries/{id}"));
            let end = if operation == "find_delivery" { "" } else { "/replays" };
            paths.map(|path| get(format!("{path}{end}"))).into()
        }
        "list_disposition_places" => vec![get("/disposition-places")],
        "list_dispositions" => vec![get("/dispositions")],
        "add_disposition" => vec![say("/dispositions", json!({ "name": format!("Sold {}", w.next()) }))],
        "arrange_dispositions" => {
            let id = w.made("/dispositions", json!({ "name": format!("First {}", w.next()) })).await;
            let all = w.care.get(&w.admin, "/dispositions").await.ok();
            let top = all
                .as_array()?
                .iter()
                .filter(|one| one["parent_id"].is_null() && one["scope"] == "global" && one["retired"] != true);
            let mut ids: Vec<i64> = top.filter_map(|one| one["id"].as_i64()).collect();
            ids.sort_by_key(|one| *one != id);
            vec![say("/dispositions/order", json!({ "ids": ids }))]
        }
        "remove_disposition" | "change_disposition" => {
            let id = w.made("/dispositions", json!({ "name": format!("Other {}", w.next()) })).await;
            let path = format!("/dispositions/{id}");
            vec![if operation == "remove_disposition" {
                get(path)
            } else {
                say(path, json!({ "version": 1, "name": format!("Else {id}") }))
            }]
        }
        "poll_events" => {
            let position = w
                .care
                .get(&w.admin, "/session")
                .await
                .headers
                .get("pronto-position")
                .map(|at| at.to_str().unwrap_or_default().to_owned());
            w.customer().await;
            vec![get(format!("/events?since={}", position.unwrap_or_default())), get("/events?since=1-0-0")]
        }
        // Its frames are looked at as they come.
        "stream" => vec![get("/stream")],
        "change_me" => vec![say("/me", json!({ "theme": "dark" }))],
        "find_next" => vec![get("/me/next"), get(format!("/me/next?except={}", w.base.id))],
        "change_password" => {
            let double = w.double(me).await;
            let double = w.care.app.signed_in(double.id, &double.login).await;
            vec![say("/me/password", json!({ "current": PASSWORD, "new": "Another-secret-2" })).by(double)]
        }
        "list_notices" => vec![get("/notices")],
        "read_notices" => {
            let all = w.care.get(me, "/notices").await.ok();
            let ids: Vec<i64> = all.as_array()?.iter().filter_map(|one| one["id"].as_i64()).collect();
            vec![say("/notices/reading", json!({ "ids": ids }))]
        }
        "declare_presence" => vec![say("/presence", json!({ "state": "available" }))],
        "extend_wrap_up" | "end_wrap_up" => {
            w.care.set("UPDATE queue SET wrap_up_s = 60").await;
            let ended = w.held(me).await;
            w.care.set(&format!("UPDATE interaction SET queue_id = {} WHERE id = {}", w.care.queue, ended.id)).await;
            w.care.app.put(me, &format!("/interactions/{}/closure", ended.id), json!({})).await;
            w.care.set("UPDATE queue SET wrap_up_s = 0").await;
            vec![if operation == "extend_wrap_up" {
                say("/presence/wrap-up", json!({ "seconds": 30 }))
            } else {
                get("/presence/wrap-up")
            }]
        }
        "list_profiles" => vec![get("/profiles")],
        "change_profile" => vec![say(
            "/profiles/2",
            json!({ "version": w.care.count("SELECT version AS count FROM profile WHERE id = 2").await, "scope": "accounts" }),
        )],
        "list_queues" => vec![get("/queues")],
        "add_queue" => vec![say("/queues", json!({ "name": format!("Queue {}", w.next()) }))],
        "find_queue" => vec![get(format!("/queues/{}", w.care.queue))],
        "change_queue" | "remove_queue" => {
            let id = w.made("/queues", json!({ "name": format!("Queue {}", w.next()) })).await;
            let path = format!("/queues/{id}");
            vec![if operation == "remove_queue" { get(path) } else { say(path, json!({ "version": 1, "weight": 3 })) }]
        }
        "list_recipients" => vec![get("/recipients")],
        "find_session" => vec![get("/session")],
        "sign_in" => vec![
            say("/session", json!({ "login": me.login, "password": PASSWORD })),
            say("/session", json!({ "login": me.login, "password": "wrong" })),
        ],
        "sign_out" => {
            let double = w.double(me).await;
            w.held(&double).await;
            let double = w.care.app.signed_in(double.id, &double.login).await;
            vec![get("/session").by(double.clone()), get("/session?open=keep").by(double)]
        }
        "find_settings" => vec![get("/settings")],
        "change_settings" => {
            vec![say("/settings", json!({ "version": version(w, "/settings").await, "max_tabs": 20 }))]
        }
        "list_tags" => vec![get("/tags")],
        "add_tag" => vec![say("/tags", json!({ "name": format!("tag {}", w.next()) }))],
        "find_tag" | "change_tag" | "remove_tag" => {
            let id = w.made("/tags", json!({ "name": format!("tag {}", w.next()) })).await;
            let path = format!("/tags/{id}");
            vec![if operation == "change_tag" {
                say(path, json!({ "version": 1, "colour": "red" }))
            } else {
                get(path)
            }]
        }
        "list_teams" => vec![get("/teams")],
        "add_team" => vec![say("/teams", json!({ "name": format!("Team {}", w.next()) }))],
        "find_team" | "change_team" | "remove_team" => {
            let id = w.made("/teams", json!({ "name": format!("Team {}", w.next()) })).await;
            let path = format!("/teams/{id}");
            vec![if operation == "change_team" {
                say(path, json!({ "version": 1, "name": format!("Team of {id}") }))
            } else {
                get(path)
            }]
        }
        "hand_in_file" => vec![super::bytes(format!("/uploads/{}?name=hello.txt", Uuid::new_v4()), "hello")],
        "take_back_file" => {
            let path = format!("/uploads/{}", Uuid::new_v4());
            crate::walk::send(w, me, "PUT", &format!("{path}?name=hello.txt"), "hello".into()).await;
            vec![get(path)]
        }
        "list_users" => vec![get("/users")],
        "add_user" => vec![say(
            "/users",
            json!({ "login": format!("new{}", w.next()), "name": "New", "password": PASSWORD, "role": "agent" }),
        )],
        "find_user" => vec![get(format!("/users/{}", w.bob.id))],
        "change_user" | "remove_user" => {
            let id = w.double(&w.bob).await.id;
            let path = format!("/users/{id}");
            vec![if operation == "change_user" {
                say(&path, json!({ "version": version(w, &path).await, "capacity": 3 }))
            } else {
                get(path)
            }]
        }
        "find_welcome" => vec![get("/welcome")],
        _ => return None,
    })
}

async fn version(w: &World, path: &str) -> serde_json::Value {
    w.care.get(&w.admin, path).await.ok()["version"].clone()
}

/// A block that waits to be looked at.
async fn blocked(w: &World, me: &Person) -> i64 {
    let customer = w.held(me).await;
    w.care.app.put(&w.admin, &format!("/interactions/{}/block", customer.id), json!({ "reason": "rude" })).await.ok();
    let id = w.care.count("SELECT max(id) AS count FROM block").await;
    w.care.set(&format!("UPDATE block SET provider_state = 'failed', provider_detail = 'user +{} (Zwentibold) cannot be blocked' WHERE id = {id}", customer.phone)).await;
    id
}

fn draft(name: &str) -> Value {
    json!({ "name": name, "language": "en", "category": "utility", "body": "Hello {{1}}, this is our shop.",
        "samples": { "body:1": "Maria" } })
}
