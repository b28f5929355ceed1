//! How interactions end: what may be chosen, what must be, and who may say so afterwards.

use pronto_domain::access::Role;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::audit;
use crate::care::{Care, MARIA};

impl Care {
    pub(crate) async fn disposition(&self, body: Value) -> i64 {
        let made = self.app.post(&self.app.admin, "/dispositions", body).await.ok();
        made["id"].as_i64().expect("an id")
    }

    pub(crate) async fn end(&self, who: &Person, id: i64, body: Value) -> pronto_testkit::Answer {
        self.app.put(who, &format!("/interactions/{id}/closure"), body).await
    }

    pub(crate) async fn interaction(&self, who: &Person, id: i64) -> Value {
        self.get(who, &format!("/interactions/{id}")).await.ok()["interaction"].clone()
    }

    /// What the quiet lines of a thread say.
    pub(crate) async fn lines(&self, who: &Person, id: i64) -> Vec<(String, Value)> {
        let page = self.get(who, &format!("/interactions/{id}/messages?limit=100")).await.ok();
        let lines = page["items"].as_array().expect("items").iter().filter(|one| one["content"]["type"] == "system");
        lines
            .map(|one| {
                let code = one["content"]["code"].as_str().unwrap_or_default().to_owned();
                (code, one["content"]["params"].clone())
            })
            .collect()
    }
}

on_both! {
    async fn a_mandatory_disposition_is_asked_for_chosen_and_changed_afterwards(care: Care) {
        let sale = care.disposition(json!({ "name": "Sale" })).await;
        let new = care.disposition(json!({ "name": "New customer", "parent_id": sale })).await;
        let old = care.disposition(json!({ "name": "Regular", "parent_id": sale })).await;
        let path = format!("/accounts/{}", care.account);
        let closing = json!({ "disposition_required": true, "system_disposition": null,
            "silence": { "close_after_s": 0, "warn_before_s": 0, "warning": "" } });
        care.app.patch(&care.app.admin, &path, json!({ "version": 1, "closing": closing })).await.ok();
        let id = care.held(&care.ann, MARIA).await;
        let choices = care.get(&care.ann, &format!("/interactions/dispositions?ids={id}")).await.ok();
        assert_eq!(choices["required"], true);
        let paths: Vec<&Value> = choices["items"].as_array().expect("items").iter().map(|one| &one["path"]).collect();
        assert_eq!(paths, [&json!(["Sale", "New customer"]), &json!(["Sale", "Regular"])]);
        care.end(&care.ann, id, json!({})).await.refused(409, "disposition_required");
        // A heading is no outcome.
        let heading = care.end(&care.ann, id, json!({ "disposition_id": sale })).await;
        assert_eq!(heading.fields(), [("disposition_id", "unknown")]);
        assert_eq!(care.interaction(&care.ann, id).await["state"], "active");
        let closed = care.end(&care.ann, id, json!({ "disposition_id": new })).await.ok();
        assert_eq!((&closed["state"], &closed["disposition"]["path"]), (&json!("closed"), &json!(["Sale", "New customer"])));
        assert_eq!(closed["may"]["dispose"], true);
        // Afterwards, without opening it again.
        let other = care.colleague(Role::Agent, "bea").await;
        let ending = format!("/interactions/{id}/disposition");
        care.app.put(&other, &ending, json!({ "disposition_id": old })).await.refused(409, "not_owner");
        care.app.put(&care.ann, &ending, json!({ "disposition_id": null })).await.refused(409, "disposition_required");
        let changed = care.app.put(&care.ann, &ending, json!({ "disposition_id": old })).await.ok();
        assert_eq!((&changed["state"], &changed["disposition"]["id"]), (&json!("closed"), &json!(old)));
        let lines = care.lines(&care.ann, id).await;
        assert_eq!(lines.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["taken", "closed", "disposed"]);
        assert_eq!(lines[1].1, json!({ "disposition": "Sale › New customer" }));
        assert_eq!(lines[2].1, json!({ "disposition": "Sale › Regular", "from": "Sale › New customer" }));
        let written = audit(&care.app).await;
        assert!(written.iter().any(|entry| entry.action == "interaction.disposed" && entry.user_id == Some(care.ann.id.0)));
        // A reopening begins without one; what it was stands in the thread.
        care.set("UPDATE account SET grace_s = 600").await;
        assert_eq!(care.writes(MARIA, "one more thing").await, id);
        let again = care.interaction(&care.ann, id).await;
        assert_eq!((&again["state"], &again["disposition"]), (&json!("active"), &Value::Null));
        care.app.put(&care.ann, &ending, json!({ "disposition_id": old })).await.refused(409, "not_closed");
    }

    async fn each_scope_offers_its_own(care: Care) {
        let list = care.count("SELECT min(id) AS count FROM contact_list").await;
        let far = care.app.with_queue("Far", &[]).await;
        for (name, scope, id) in [("Global", "global", 0), ("Of list", "list", list), ("Of account", "account", care.account),
                                  ("Of queue", "queue", care.queue), ("Elsewhere", "queue", far)] {
            care.disposition(json!({ "name": name, "scope": scope, "scope_id": id })).await;
        }
        let unknown = care.app.post(&care.app.admin, "/dispositions", json!({ "name": "X", "scope": "queue", "scope_id": 99 })).await;
        assert_eq!(unknown.fields(), [("scope_id", "unknown")]);
        let id = care.held(&care.ann, MARIA).await;
        let choices = care.get(&care.ann, &format!("/interactions/dispositions?ids={id}")).await.ok();
        let found: Vec<(&str, &str)> = choices["items"].as_array().expect("items").iter()
            .map(|one| (one["path"][0].as_str().expect("a name"), one["scope"].as_str().expect("a scope"))).collect();
        assert_eq!(found, [("Global", "global"), ("Of list", "list"), ("Of account", "account"), ("Of queue", "queue")]);
        assert_eq!(choices["required"], false);
        // Of several, what fits all of them.
        let other = care.held(&care.ann, "393330000002").await;
        care.set(&format!("UPDATE interaction SET queue_id = {far} WHERE id = {other}")).await;
        let both = care.get(&care.ann, &format!("/interactions/dispositions?ids={id},{other}")).await.ok();
        assert_eq!(both["items"].as_array().expect("items").len(), 3);
        care.get(&care.ann, "/interactions/dispositions?ids=x").await.refused(422, "invalid");
        care.get(&care.ann, "/interactions/dispositions?ids=99").await.refused(404, "not_found");
    }

    async fn the_tree_has_three_levels_and_keeps_what_was_used(care: Care) {
        let admin = care.app.admin.clone();
        let one = care.disposition(json!({ "name": "One" })).await;
        let two = care.disposition(json!({ "name": "Two", "parent_id": one })).await;
        let three = care.disposition(json!({ "name": "Three", "parent_id": two })).await;
        let deeper = care.app.post(&admin, "/dispositions", json!({ "name": "Four", "parent_id": three })).await;
        assert_eq!(deeper.fields(), [("parent_id", "out_of_range")]);
        let same = care.app.post(&admin, "/dispositions", json!({ "name": "two", "parent_id": one })).await;
        assert_eq!(same.fields(), [("name", "taken")]);
        let id = care.held(&care.ann, MARIA).await;
        care.end(&care.ann, id, json!({ "disposition_id": three })).await.ok();
        care.app.delete(&admin, &format!("/dispositions/{one}")).await.refused(409, "disposition_used");
        let path = format!("/dispositions/{two}");
        let retired = care.app.patch(&admin, &path, json!({ "version": 1, "retired": true })).await.ok();
        assert_eq!((&retired["retired"], &retired["level"]), (&json!(true), &json!(2)));
        // What ended with it keeps its words; nothing else can.
        assert_eq!(care.interaction(&care.ann, id).await["disposition"]["path"], json!(["One", "Two", "Three"]));
        let next = care.held(&care.ann, "393330000002").await;
        assert_eq!(care.end(&care.ann, next, json!({ "disposition_id": three })).await.fields(), [("disposition_id", "unknown")]);
        care.end(&care.ann, next, json!({ "disposition_id": one })).await.ok();
        let all = care.get(&admin, "/dispositions").await.ok();
        let used: Vec<(i64, i64)> = all.as_array().expect("a list").iter()
            .map(|row| (row["id"].as_i64().expect("an id"), row["used"].as_i64().expect("a count"))).collect();
        assert_eq!(used, [(one, 1), (two, 0), (three, 1)]);
        let other = care.disposition(json!({ "name": "Other" })).await;
        let order = care.app.put(&admin, "/dispositions/order", json!({ "ids": [other, one] })).await.ok();
        assert_eq!(order[0]["id"], other);
        care.app.put(&admin, "/dispositions/order", json!({ "ids": [other, two] })).await.refused(422, "invalid");
        assert_eq!(care.app.delete(&admin, &format!("/dispositions/{other}")).await.status, 204);
        for who in [&care.ann, &care.colleague(Role::Supervisor, "sue").await] {
            care.get(who, "/dispositions").await.ok();
            care.app.post(who, "/dispositions", json!({ "name": "X" })).await.refused(403, "forbidden");
            care.app.delete(who, &path).await.refused(403, "forbidden");
        }
    }

    async fn several_are_closed_at_once_and_what_cannot_be_is_told(care: Care) {
        let sold = care.disposition(json!({ "name": "Sold" })).await;
        let mine = care.held(&care.ann, "393330000001").await;
        let done = care.held(&care.ann, "393330000002").await;
        care.end(&care.ann, done, json!({})).await.ok();
        let bea = care.colleague(Role::Agent, "bea").await;
        let hers = care.held(&bea, "393330000003").await;
        let body = json!({ "ids": [mine, done, hers, 99], "disposition_id": sold });
        let answer = care.app.post(&care.ann, "/interactions/closures", body).await.ok();
        let closed: Vec<i64> = answer["items"].as_array().expect("items").iter().map(|row| row["id"].as_i64().expect("an id")).collect();
        assert_eq!(closed, [mine]);
        assert_eq!(answer["items"][0]["disposition"]["path"], json!(["Sold"]));
        assert_eq!(answer["failed"], json!([
            { "id": 99, "code": "not_found" }, { "id": done, "code": "closed" }, { "id": hers, "code": "not_owner" },
        ]));
        care.app.post(&care.ann, "/interactions/closures", json!({ "ids": [] })).await.refused(422, "invalid");
        care.set("UPDATE profile SET permissions = '[]' WHERE name = 'Agent'").await;
        care.app.post(&bea, "/interactions/closures", json!({ "ids": [hers] })).await.refused(403, "forbidden");
    }

    async fn after_closing_one_has_the_queues_time(care: Care) {
        care.set("UPDATE queue SET wrap_up_s = 60, strategy = 'beep_all'").await;
        let first = care.held(&care.ann, MARIA).await;
        care.end(&care.ann, first, json!({})).await.ok();
        let own = care.get(&care.ann, "/dashboard").await.ok()["presence"].clone();
        assert_eq!((&own["wrap_up_until"], &own["handled_today"]), (&json!("2026-03-02T09:01:00Z"), &json!(1)));
        let waiting = care.writes("393330000002", "hello").await;
        care.route().await;
        assert_eq!(care.get(&care.ann, "/offers").await.ok(), json!([]));
        let longer = care.app.put(&care.ann, "/presence/wrap-up", json!({ "seconds": 30 })).await.ok();
        assert_eq!(longer["wrap_up_until"], "2026-03-02T09:01:30Z");
        care.app.put(&care.ann, "/presence/wrap-up", json!({ "seconds": 0 })).await.refused(422, "invalid");
        let ended = care.app.delete(&care.ann, "/presence/wrap-up").await.ok();
        assert_eq!(ended["wrap_up_until"], Value::Null);
        care.route().await;
        assert_eq!(care.get(&care.ann, "/offers").await.ok()[0]["interaction_id"], waiting);
        care.app.put(&care.ann, "/presence/wrap-up", json!({ "seconds": 30 })).await.refused(409, "no_wrap_up");
    }

    async fn today_is_the_companys(care: Care) {
        let settings = care.get(&care.app.admin, "/settings").await.ok();
        let change = |zone: &str| json!({ "version": settings["version"], "time_zone": zone });
        care.app.patch(&care.app.admin, "/settings", change("Nowhere/Else")).await.refused(422, "invalid");
        care.app.patch(&care.app.admin, "/settings", change("Pacific/Auckland")).await.ok();
        // 09:00 in Greenwich is 22:00 there: two hours later it is tomorrow.
        let id = care.held(&care.ann, MARIA).await;
        care.end(&care.ann, id, json!({})).await.ok();
        let handled = async || care.get(&care.ann, "/dashboard").await.ok()["presence"]["handled_today"].clone();
        assert_eq!(handled().await, 1);
        care.app.advance(7_200);
        assert_eq!(handled().await, 0);
    }
}
