//! Who finds which interactions, page by page, and what they may do to them.

use std::collections::BTreeSet;

use pronto_domain::access::Role;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, MARIA, eventually};

fn none() -> Value {
    json!({ "name": { "mode": "none" }, "phone": { "mode": "none" }, "email": { "mode": "none" } })
}

fn ids(page: &Value) -> Vec<i64> {
    page["items"].as_array().expect("items").iter().map(|row| row["id"].as_i64().expect("an id")).collect()
}

impl Care {
    async fn listed(&self, who: &Person, query: &str) -> BTreeSet<i64> {
        ids(&self.get(who, &format!("/interactions?limit=100{query}")).await.ok()).into_iter().collect()
    }
}

on_both! {
    async fn who_was_just_too_late_hears_who_was_faster_and_nobody_later(care: Care) {
        care.set("UPDATE queue SET strategy = 'beep_all'").await;
        let tom = care.colleague(Role::Agent, "tom").await;
        care.profile(&tom, "own", &none()).await;
        let id = care.writes(MARIA, "hello").await;
        for who in [&care.ann, &tom] {
            care.app.put(who, "/presence", json!({ "state": "available" })).await.ok();
        }
        care.route().await;
        let path = format!("/interactions/{id}/acceptance");
        care.app.put(&care.ann, &path, json!({})).await.ok();
        let late = care.app.put(&tom, &path, json!({})).await;
        assert_eq!((late.status.as_u16(), &late.body["params"]["by"]), (409, &json!("Ann")));
        care.app.advance(61);
        care.app.put(&tom, &path, json!({})).await.refused(404, "not_found");
        care.app.delete(&tom, &path).await.refused(404, "not_found");
    }

    async fn the_window_is_the_customers_whichever_conversation_one_opens(care: Care) {
        let first = care.held(&care.ann, MARIA).await;
        care.app.put(&care.ann, &format!("/interactions/{first}/closure"), json!({})).await.ok();
        care.app.advance(25 * 3600);
        let window = async |id: i64| care.get(&care.ann, &format!("/interactions/{id}")).await.ok()["interaction"]["window"].clone();
        assert_eq!(window(first).await["open"], false);
        let second = care.writes(MARIA, "hello again").await;
        assert_ne!(first, second);
        assert_eq!(window(first).await, window(second).await);
        assert_eq!(window(first).await["open"], true);
    }

    async fn each_scope_sees_what_is_its_own_everywhere(care: Care) {
        // Another account and queue, which ann has nothing to do with, and one of the account in another queue.
        let tom = care.app.with_agent("tom").await;
        let far_queue = care.app.with_queue("Far", &[&tom]).await;
        let far_account = care.app.with_account("far", far_queue, &[&tom]).await;
        let mine = care.held(&care.ann, "393330000001").await;
        let queued = care.writes("393330000002", "secretword queued").await;
        let aside = care.writes("393330000003", "secretword aside").await;
        care.set(&format!("UPDATE interaction SET queue_id = {far_queue} WHERE id = {aside}")).await;
        let far = care.writes("393330000004", "secretword far").await;
        care.set(&format!("UPDATE interaction SET queue_id = {far_queue}, account_id = {far_account} WHERE id = {far}")).await;
        care.set(&format!("UPDATE address SET account_id = {far_account} WHERE id = (SELECT address_id FROM interaction WHERE id = {far})")).await;
        care.set(&format!("UPDATE message SET account_id = {far_account} WHERE interaction_id = {far}")).await;
        // A list of contacts that names others shows her none but those of what she sees.
        let others = json!({ "version": 1, "members": [{ "user_id": tom.id, "level": "view" }] });
        care.app.patch(&care.app.admin, "/contact_lists/1", others).await.ok();
        let all = [mine, queued, aside, far];
        for (scope, sees) in [("own", vec![mine]), ("queues", vec![mine, queued]), ("accounts", vec![mine, queued, aside]), ("all", all.to_vec())] {
            care.profile(&care.ann, scope, &none()).await;
            care.set("UPDATE profile SET permissions = (SELECT p.permissions FROM profile p WHERE p.name = 'Supervisor') WHERE NOT builtin").await;
            let sees: BTreeSet<i64> = sees.into_iter().collect();
            assert_eq!(care.listed(&care.ann, "").await, sees, "{scope}");
            let found = care.listed(&care.ann, "&search=secretword").await;
            assert!(found.is_subset(&sees), "{scope}: {found:?}");
            assert_eq!(found.len(), sees.len() - 1, "{scope}: all but hers say it");
            for id in all {
                let answers = [
                    care.get(&care.ann, &format!("/interactions/{id}")).await,
                    care.get(&care.ann, &format!("/interactions/{id}/messages")).await,
                    care.get(&care.ann, &format!("/interactions/{id}/journey")).await,
                    care.get(&care.ann, &format!("/interactions/{id}/decisions")).await,
                    care.app.put(&care.ann, &format!("/interactions/{id}/reading"), json!({ "through": 1 })).await,
                ];
                for (index, answer) in answers.into_iter().enumerate() {
                    if sees.contains(&id) {
                        answer.ok();
                    } else {
                        answer.refused(404, "not_found");
                        assert!(index < 5);
                    }
                }
                if !sees.contains(&id) {
                    for (method, path) in [("PUT", "ownership"), ("PUT", "closure"), ("PUT", "acceptance")] {
                        let method = method.parse().expect("a method");
                        let answer = care.app.ask(Some(&care.ann), method, &format!("/interactions/{id}/{path}"), Some(json!({}))).await;
                        answer.refused(404, "not_found");
                    }
                    let text = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": "psst" });
                    care.app.post(&care.ann, &format!("/interactions/{id}/messages"), text).await.refused(404, "not_found");
                    let contact = care.count(&format!("SELECT coalesce(contact_id, 0) AS count FROM interaction WHERE id = {id}")).await;
                    care.get(&care.ann, &format!("/contacts/{contact}")).await.refused(404, "not_found");
                }
            }
        }
    }

    async fn an_own_scope_agent_sees_what_is_offered_while_it_is(care: Care) {
        care.profile(&care.ann, "own", &none()).await;
        let id = care.writes(MARIA, "hello").await;
        care.get(&care.ann, &format!("/interactions/{id}")).await.refused(404, "not_found");
        care.route().await;
        let offers = care.get(&care.ann, "/offers").await.ok();
        assert_eq!((offers[0]["interaction_id"].as_i64(), offers[0]["customer"].as_str()), (Some(id), Some("Maria Rossi")));
        care.get(&care.ann, &format!("/interactions/{id}/messages")).await.ok();
        assert_eq!(care.listed(&care.ann, "").await, BTreeSet::from([id]));
        care.app.delete(&care.ann, &format!("/interactions/{id}/acceptance")).await.ok();
        assert!(care.listed(&care.ann, "").await.is_empty());
        care.get(&care.ann, &format!("/interactions/{id}")).await.refused(404, "not_found");
        // To be answered, it is still known: whoever comes too late is told so.
        care.app.put(&care.ann, &format!("/interactions/{id}/acceptance"), json!({})).await.refused(409, "not_offered");
    }

    async fn of_twenty_one_wins_and_nineteen_are_told_who(care: Care) {
        care.set("UPDATE queue SET strategy = 'beep_all'").await;
        let mut people = vec![care.ann.clone()];
        for number in 0..19 {
            people.push(care.colleague(Role::Agent, &format!("agent{number}")).await);
        }
        let id = care.writes(MARIA, "hello").await;
        care.route().await;
        let path = format!("/interactions/{id}/acceptance");
        let answers = futures_util::future::join_all(people.iter().map(|one| care.app.put(one, &path, json!({})))).await;
        let winner = answers.iter().position(|answer| answer.status == 200).expect("somebody won");
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        for (index, answer) in answers.into_iter().enumerate().filter(|(index, _)| *index != winner) {
            let problem = answer.refused(409, "taken");
            assert_eq!(problem["params"]["by_id"], people[winner].id.0, "{index}");
            assert!(problem["params"]["by"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(&people[winner].login)), "{problem}");
        }
        let seen = care.get(&people[winner], &format!("/interactions/{id}")).await.ok();
        assert_eq!(seen["interaction"]["owner"]["id"], people[winner].id.0);
        assert_eq!(seen["interaction"]["state"], "active");
    }

    async fn holding_and_closing_answer_with_what_is(care: Care) {
        let tom = care.colleague(Role::Agent, "tom").await;
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let id = care.held(&care.ann, MARIA).await;
        let may = |row: &Value| ["write", "take", "close", "note"].map(|what| row["may"][what] == true);
        let row = |answer: Value| answer["interaction"].clone();
        assert_eq!(may(&row(care.get(&care.ann, &format!("/interactions/{id}")).await.ok())), [true, false, true, true]);
        assert_eq!(may(&row(care.get(&tom, &format!("/interactions/{id}")).await.ok())), [false, false, false, true]);
        assert_eq!(may(&row(care.get(&sue, &format!("/interactions/{id}")).await.ok())), [false, true, true, true]);
        let problem = care.app.put(&tom, &format!("/interactions/{id}/ownership"), json!({})).await.refused(409, "taken");
        assert_eq!(problem["params"]["by"], "Ann");
        care.app.put(&tom, &format!("/interactions/{id}/closure"), json!({})).await.refused(409, "not_owner");
        let taken = care.app.put(&sue, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        assert_eq!((taken["owner"]["name"].as_str(), taken["was_with"]["name"].as_str()), (Some("Sue"), Some("Ann")));
        let closed = care.app.put(&sue, &format!("/interactions/{id}/closure"), json!({})).await.ok();
        assert_eq!((closed["state"].as_str(), closed["unread"].as_i64()), (Some("closed"), Some(0)));
        care.app.put(&sue, &format!("/interactions/{id}/closure"), json!({})).await.refused(409, "closed");
        care.app.put(&sue, &format!("/interactions/{id}/ownership"), json!({})).await.refused(409, "closed");
        care.set("UPDATE profile SET permissions = '[]' WHERE name = 'Agent'").await;
        let other = care.writes("393330000000", "hello").await;
        care.app.put(&tom, &format!("/interactions/{other}/ownership"), json!({})).await.refused(403, "forbidden");
        care.app.put(&tom, &format!("/interactions/{other}/closure"), json!({})).await.refused(403, "forbidden");
    }

    async fn filters_find_what_they_name(care: Care) {
        let mine = care.held(&care.ann, "393330000001").await;
        let waiting = care.writes("393330000002", "hello").await;
        let closed = care.held(&care.ann, "393330000003").await;
        care.app.put(&care.ann, &format!("/interactions/{closed}/closure"), json!({})).await.ok();
        let mut tags = Vec::new();
        for (name, on) in [("vip", vec![mine]), ("late, again", vec![mine, waiting]), ("unused", vec![])] {
            let tag = care.app.post(&care.app.admin, "/tags", json!({ "name": name, "colour": "grey" })).await.ok();
            tags.push(tag["id"].as_i64().expect("an id"));
            if !on.is_empty() {
                let marking = json!({ "ids": on, "add": [name] });
                care.app.post(&care.app.admin, "/interactions/tags", marking).await.ok();
            }
        }
        let queue = care.queue;
        for (query, found) in [
            ("", vec![mine, waiting, closed]),
            ("&state=open", vec![mine, waiting]),
            ("&state=closed", vec![closed]),
            ("&state=waiting", vec![waiting]),
            ("&state=active", vec![mine]),
            ("&agent=me", vec![mine, closed]),
            ("&agent=none", vec![waiting]),
            ("&agent=bot", vec![]),
            (&format!("&agent={}", care.ann.id), vec![mine, closed]),
            ("&read=unread", vec![mine, waiting]),
            ("&read=read", vec![closed]),
            (&format!("&tags={}", tags[0]), vec![mine]),
            (&format!("&tags={},{}", tags[0], tags[1]), vec![mine, waiting]),
            (&format!("&tags={}", tags[2]), vec![]),
            ("&tags=999", vec![]),
            (&format!("&queue={queue}"), vec![mine, waiting, closed]),
            ("&queue=999", vec![]),
            ("&from=2026-03-02T09:00:00Z", vec![mine, waiting, closed]),
            ("&to=2026-03-02T09:00:00Z", vec![]),
            ("&search=393330000002", vec![waiting]),
            ("&search=%2B39%20333%20000%200002", vec![waiting]),
            // As it is dialled at home, from abroad, and by its end.
            ("&search=333%20000%200002", vec![waiting]),
            ("&search=0039%20333-0000002", vec![waiting]),
            ("&search=0%20333%20000%200002", vec![waiting]),
            ("&search=0002", vec![waiting]),
            ("&search=3330000004444", vec![]),
            ("&search=maria%20ros", vec![mine, waiting, closed]),
            (&format!("&search=%23{mine}"), vec![mine]),
            ("&search=nobody", vec![]),
        ] {
            assert_eq!(care.listed(&care.ann, query).await, found.into_iter().collect(), "{query}");
        }
    }

    async fn what_is_wrong_names_its_field(care: Care) {
        for (query, field) in [
            ("state=lost", "state"), ("agent=somebody", "agent"), ("read=perhaps", "read"), ("limit=0", "limit"),
            ("limit=101", "limit"), ("limit=many", "limit"), ("after=garbage", "after"), ("after=1-", "after"),
            ("after=-", "after"), ("after=%F0%9F%98%80", "after"), ("from=yesterday", "from"), ("account=x", "account"),
            ("queue=x", "queue"), ("tags=vip", "tags"), ("colour=red", "colour"), (&format!("search={}", "x".repeat(201)), "search"),
        ] {
            let answer = care.get(&care.ann, &format!("/interactions?{query}")).await;
            assert!(answer.status == 422 || answer.status == 400, "{query}: {}", answer.status);
            assert_eq!(answer.fields().first().map(|(name, _)| *name), Some(field), "{query}: {}", answer.body);
            if query.starts_with("after") {
                assert_eq!(answer.status, 422);
            }
        }
        let id = care.writes(MARIA, "hello").await;
        for (path, query, field) in [("messages", "before=garbage", "before"), ("messages", "limit=0", "limit"),
                                     ("journey", "after=x", "after"), ("journey", "limit=1000", "limit")] {
            let answer = care.get(&care.ann, &format!("/interactions/{id}/{path}?{query}")).await;
            assert_eq!((answer.status.as_u16(), answer.fields().first().map(|(name, _)| *name)), (422, Some(field)), "{query}");
        }
        for path in ["/interactions/x", "/interactions/x/messages", "/interactions/x/journey", "/interactions/99999999999999999999"] {
            let answer = care.get(&care.ann, path).await;
            assert_eq!((answer.status.as_u16(), answer.fields().first().map(|(name, _)| *name)), (400, Some("id")), "{path}");
        }
        let path = format!("/interactions/{id}/acceptance");
        for (body, field) in [(json!({ "offer_id": "x" }), "offer_id"), (json!({ "colour": 1 }), "colour")] {
            let answer = care.app.put(&care.ann, &path, body).await;
            assert_eq!((answer.status.as_u16(), answer.fields().first().map(|(name, _)| *name)), (422, Some(field)));
        }
        for (body, field) in [(json!({}), "state"), (json!({ "state": "asleep" }), "state"), (json!({ "state": "paused", "reason": "x".repeat(300) }), "reason"), (json!({ "state": "paused", "why": 1 }), "why")] {
            let answer = care.app.put(&care.ann, "/presence", body).await;
            assert_eq!((answer.status.as_u16(), answer.fields().first().map(|(name, _)| *name)), (422, Some(field)), "{}", answer.body);
        }
        for missing in ["/interactions/999", "/interactions/0", "/interactions/-1"] {
            care.get(&care.ann, missing).await.refused(404, "not_found");
        }
    }

    async fn pages_have_no_gaps_and_no_repeats(care: Care) {
        // Many of the same instant, so that the id has to decide.
        let bodies: Vec<Value> = (0..37).map(|n| care.text(&format!("wamid.{n}"), &format!("3933300000{n:02}"), "hello")).collect();
        care.deliver(&care.messages(&bodies)).await;
        let there: BTreeSet<i64> = care.listed(&care.ann, "").await;
        assert_eq!(there.len(), 37);
        for limit in [1, 5, 36, 37] {
            let mut seen = Vec::new();
            let mut after = String::new();
            loop {
                let page = care.get(&care.ann, &format!("/interactions?limit={limit}{after}")).await.ok();
                seen.extend(ids(&page));
                let Some(next) = page["next"].as_str() else { break };
                after = format!("&after={next}");
                if seen.len() < 20 && limit == 5 {
                    // More come while one turns the pages: on top, where one has been.
                    care.app.advance(1);
                    care.writes(&format!("3933311111{:02}", seen.len()), "new").await;
                }
            }
            let distinct: BTreeSet<i64> = seen.iter().copied().collect();
            assert_eq!(distinct.len(), seen.len(), "no repeats at {limit}");
            assert!(distinct.is_superset(&there), "no gaps at {limit}");
        }
    }

    async fn a_journey_shows_what_one_may_open_and_hides_the_rest(care: Care) {
        let tom = care.colleague(Role::Agent, "tom").await;
        let first = care.held(&tom, MARIA).await;
        care.app.put(&tom, &format!("/interactions/{first}/closure"), json!({})).await.ok();
        care.set("UPDATE account SET grace_s = 0").await;
        care.app.advance(60);
        let second = care.held(&care.ann, MARIA).await;
        assert_ne!(first, second);
        care.profile(&care.ann, "own", &none()).await;
        let journey = care.get(&care.ann, &format!("/interactions/{second}/journey")).await.ok();
        assert_eq!(ids(&journey), [second, first]);
        let hidden = &journey["items"][1];
        assert_eq!((hidden["may_open"].as_bool(), &hidden["preview"], &hidden["owner"]), (Some(false), &Value::Null, &Value::Null));
        let page = care.get(&care.ann, &format!("/interactions/{second}/journey?limit=1")).await.ok();
        assert_eq!(ids(&page), [second]);
        let next = page["next"].as_str().expect("a next page");
        assert_eq!(ids(&care.get(&care.ann, &format!("/interactions/{second}/journey?limit=1&after={next}")).await.ok()), [first]);
    }

    async fn decisions_say_why_to_those_who_may_ask(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        care.app.put(&sue, "/presence", json!({ "state": "paused" })).await.ok();
        let id = care.writes(MARIA, "hello").await;
        care.route().await;
        care.get(&care.ann, &format!("/interactions/{id}/decisions")).await.refused(403, "forbidden");
        let why = care.get(&sue, &format!("/interactions/{id}/decisions")).await.ok();
        assert_eq!(why[0]["chosen"][0]["name"], "Ann");
        assert_eq!((&why[0]["skipped"][0]["user"]["name"], &why[0]["skipped"][0]["code"]), (&json!("Sue"), &json!("paused")));
    }

    async fn the_dashboard_counts(care: Care) {
        care.writes("393330000001", "hello").await;
        let held = care.held(&care.ann, "393330000002").await;
        let dashboard = care.get(&care.ann, "/dashboard").await.ok();
        assert_eq!((dashboard["queues"][0]["waiting"].as_i64(), dashboard["queues"][0]["online"].as_i64()), (Some(1), Some(1)));
        assert_eq!((dashboard["presence"]["open"].as_i64(), dashboard["presence"]["handled_today"].as_i64()), (Some(1), Some(0)));
        care.app.put(&care.ann, &format!("/interactions/{held}/closure"), json!({})).await.ok();
        eventually("it is counted", async || {
            let dashboard = care.get(&care.ann, "/dashboard").await.ok();
            dashboard["presence"]["open"] == 0 && dashboard["presence"]["handled_today"] == 1
        }).await;
    }

    async fn signing_out_keeps_open_work_or_gives_it_back(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let sue = care.colleague(Role::Supervisor, "sue").await;
        care.app.delete(&care.ann, "/session?open=throw").await.refused(400, "invalid");
        care.app.delete(&care.ann, "/session?open=return").await.ok();
        let row = care.get(&sue, &format!("/interactions/{id}")).await.ok();
        let row = &row["interaction"];
        assert_eq!((&row["owner"], row["was_with"]["name"].as_str()), (&Value::Null, Some("Ann")));
        assert!(matches!(row["state"].as_str(), Some("waiting" | "offered")), "{row}");
    }
}
