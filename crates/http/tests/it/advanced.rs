//! Advanced search: who finds what by it, and what is said of one that makes no sense.

use std::collections::{BTreeMap, BTreeSet};

use pronto_domain::access::Role;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, eventually};

const NUMBER: &str = "393331234567";

pub(crate) fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

impl Care {
    pub(crate) async fn advanced(&self, who: &Person, expression: &Value, beside: &str) -> BTreeSet<i64> {
        let path = format!("/interactions?limit=100{beside}&expression={}", encoded(&expression.to_string()));
        let page = self.get(who, &path).await.ok();
        page["items"].as_array().expect("items").iter().map(|row| row["id"].as_i64().expect("an id")).collect()
    }
}

on_both! {
    async fn groups_of_conditions_find_what_they_say(care: Care) {
        let mine = care.held(&care.ann, "393330000001").await;
        let waiting = care.writes("393330000002", "Where is my refund?").await;
        let closed = care.held(&care.ann, "393330000003").await;
        care.app.put(&care.ann, &format!("/interactions/{closed}/closure"), json!({})).await.ok();
        let tag = care.app.post(&care.app.admin, "/tags", json!({ "name": "vip", "colour": "grey" })).await.ok()["id"].clone();
        care.app.post(&care.ann, "/interactions/tags", json!({ "ids": [mine, closed], "add": ["vip"] })).await.ok();
        let is = |field: &str, op: &str, value: Value| json!({ "field": field, "op": op, "value": value });
        let refund = is("message", "contains", json!("REFUND"));
        let vip = is("tags", "any_of", json!([tag]));
        let shut = is("status", "any_of", json!(["closed"]));
        for (expression, beside, found) in [
            (refund.clone(), "", vec![waiting]),
            (json!({ "any": [refund.clone(), { "all": [vip.clone(), shut.clone()] }] }), "", vec![waiting, closed]),
            (json!({ "all": [vip.clone(), is("status", "none_of", json!(["closed"]))] }), "", vec![mine]),
            (json!({ "any": [refund.clone(), vip.clone()] }), "&state=open", vec![mine, waiting]),
            (json!({ "any": [refund.clone(), vip.clone()] }), "&search=maria&agent=me", vec![mine, closed]),
            (is("agent", "any_of", json!(["me"])), "", vec![mine, closed]),
            (json!({ "field": "agent", "op": "empty" }), "", vec![waiting]),
            (is("phone", "contains", json!("000 0002")), "", vec![waiting]),
            (is("customer", "starts_with", json!("Maria R")), "&sort=id&order=asc", vec![mine, waiting, closed]),
            (is("started", "last_days", json!(1)), "&sort=started", vec![mine, waiting, closed]),
            (is("started", "before", json!("2026-03-01T00:00:00Z")), "", vec![]),
            (is("unmanaged", "above", json!(0)), "&sort=waiting", vec![mine, waiting]),
        ] {
            assert_eq!(care.advanced(&care.ann, &expression, beside).await, found.into_iter().collect(), "{expression} {beside}");
        }
        // One's own words for a view that is everybody's.
        let bob = care.colleague(Role::Agent, "bob").await;
        assert!(care.advanced(&bob, &is("agent", "any_of", json!(["me"])), "").await.is_empty());
        // A tag keeps its number when it gets another name, and is on nothing once it is removed.
        care.app.patch(&care.app.admin, &format!("/tags/{tag}"), json!({ "version": 1, "name": "Priority" })).await.ok();
        assert_eq!(care.advanced(&care.ann, &vip, "").await, BTreeSet::from([mine, closed]));
        care.app.delete(&care.app.admin, &format!("/tags/{tag}")).await;
        assert!(care.advanced(&care.ann, &vip, "").await.is_empty());
        assert_eq!(care.advanced(&care.ann, &json!({ "field": "tags", "op": "filled" }), "").await, BTreeSet::new());
    }

    async fn it_goes_page_by_page_in_every_order(care: Care) {
        let mut all = Vec::new();
        for number in 1..=5 {
            all.push(care.writes(&format!("39333000000{number}"), "hello").await);
            care.app.advance(7);
        }
        let expression = encoded(&json!({ "field": "message", "op": "contains", "value": "hello" }).to_string());
        for (order, expected) in [
            ("sort=last", [4, 3, 2, 1, 0]), ("sort=last&order=asc", [0, 1, 2, 3, 4]), ("sort=started", [4, 3, 2, 1, 0]),
            ("sort=waiting", [0, 1, 2, 3, 4]), ("sort=waiting&order=desc", [4, 3, 2, 1, 0]),
            ("sort=window", [0, 1, 2, 3, 4]), ("sort=contact", [0, 1, 2, 3, 4]), ("sort=contact&order=desc", [4, 3, 2, 1, 0]),
            ("sort=status", [4, 3, 2, 1, 0]), ("sort=status&order=desc", [4, 3, 2, 1, 0]), ("sort=id", [4, 3, 2, 1, 0]), ("sort=id&order=asc", [0, 1, 2, 3, 4]),
        ] {
            let (mut seen, mut next) = (Vec::new(), String::new());
            loop {
                let page = care.get(&care.ann, &format!("/interactions?limit=2&{order}&expression={expression}{next}")).await.ok();
                seen.extend(page["items"].as_array().expect("items").iter().map(|row| row["id"].as_i64().expect("an id")));
                match page["next"].as_str() {
                    Some(cursor) => next = format!("&after={}", encoded(cursor)),
                    None => break,
                }
            }
            assert_eq!(seen, expected.map(|index| all[index]), "{order}");
        }
    }

    async fn what_makes_no_sense_is_named_condition_by_condition(care: Care) {
        let nested = json!({ "all": [{ "any": [{ "field": "id", "op": "is", "value": 1 }, { "field": "id", "op": "is", "value": "x" }] },
            { "field": "status", "op": "contains", "value": "x" }] });
        for (query, fields) in [
            (encoded(&nested.to_string()), vec![("expression.all[0].any[1].value", "format"), ("expression.all[1].op", "unknown")]),
            (encoded("{\"all\": ["), vec![("expression", "format")]),
            (encoded("7"), vec![("expression", "format")]),
            (encoded("{\"any\": []}"), vec![("expression.any", "required")]),
        ] {
            let answer = care.get(&care.ann, &format!("/interactions?expression={query}")).await;
            assert_eq!((answer.status.as_u16(), answer.fields()), (422, fields), "{query}");
        }
        for (query, field) in [("sort=colour", "sort"), ("order=up", "order")] {
            let answer = care.get(&care.ann, &format!("/interactions?{query}")).await;
            assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![(field, "unknown")]));
        }
        let view = json!({ "name": "Odd", "filter": { "expression": { "field": "colour", "op": "is" } } });
        let answer = care.app.post(&care.ann, "/saved_views", view).await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![("expression.field", "unknown")]));
        let view = json!({ "name": "Fine", "filter": { "expression": { "field": "unread", "op": "is", "value": true },
            "sort": "waiting", "order": "desc", "view": "table", "columns": "id,customer", "density": "compact" } });
        let kept = care.app.post(&care.ann, "/saved_views", view.clone()).await.ok();
        for name in ["expression", "sort", "order", "view", "columns", "density"] {
            assert_eq!(kept["filter"][name], view["filter"][name], "{name}");
        }
        let change = json!({ "version": 1, "filter": { "density": "huge" } });
        let answer = care.app.patch(&care.ann, &format!("/saved_views/{}", kept["id"]), change).await;
        assert_eq!(answer.fields(), [("density", "unknown")]);
        let change = json!({ "version": 1, "filter": { "density": "roomy" } });
        let changed = care.app.patch(&care.ann, &format!("/saved_views/{}", kept["id"]), change).await.ok();
        assert_eq!((&changed["name"], &changed["filter"]["density"], &changed["filter"]["expression"]), (&json!("Fine"), &json!("roomy"), &Value::Null));
    }

    async fn nobody_finds_by_it_what_they_may_not_see(care: Care) {
        let full = json!({ "mode": "full" });
        let none = json!({ "mode": "none" });
        let id = care.writes(NUMBER, "secret word").await;
        care.set("UPDATE contact SET email = 'mrossi@example.com'").await;
        let is = |field: &str, op: &str, value: &str| json!({ "field": field, "op": op, "value": value });
        let asked = [
            is("customer", "contains", "ros"), is("customer", "is", "maria rossi"), is("customer", "starts_with", "mar"),
            is("phone", "contains", "1234"), is("phone", "starts_with", "3933"), is("phone", "is", "+39 333 1234567"),
            is("email", "is", "MROSSI@example.com"), is("email", "starts_with", "mro"), is("message", "contains", "secret"),
            json!({ "field": "email", "op": "filled" }),
        ];
        for (hidden, found) in [
            ((&none, &none, &none), [true, true, true, true, true, true, true, true, true, true]),
            ((&full, &none, &none), [false, false, false, true, true, true, true, true, true, true]),
            ((&none, &full, &none), [true, true, true, false, false, true, true, true, true, true]),
            ((&none, &none, &full), [true, true, true, true, true, true, false, false, true, true]),
            ((&full, &full, &full), [false, false, false, false, false, true, false, false, true, true]),
        ] {
            let (name, phone, email) = hidden;
            care.profile(&care.ann, "accounts", &json!({ "name": name, "phone": phone, "email": email })).await;
            let masked: Vec<&str> = [("name", name), ("phone", phone), ("email", email)].iter().filter(|(_, mask)| *mask == &full).map(|(what, _)| *what).collect();
            eventually(&format!("hidden: {masked:?}"), async || care.get(&care.ann, "/session").await.ok()["user"]["masked"] == json!(masked)).await;
            let sorted = care.get(&care.ann, "/interactions?sort=contact").await;
            if name == &full {
                assert_eq!(sorted.fields(), [("sort", "masked")], "an order tells what is hidden");
            } else {
                assert_eq!(sorted.ok()["items"][0]["id"], id);
            }
            for (asked, found) in asked.iter().zip(found) {
                let says = if found { BTreeSet::from([id]) } else { BTreeSet::new() };
                eventually(&format!("{asked} finds: {found}, with {hidden:?} hidden"), async || {
                    care.advanced(&care.ann, asked, "").await == says
                }).await;
                let around = json!({ "any": [asked, { "field": "id", "op": "below", "value": 0 }] });
                assert_eq!(care.advanced(&care.ann, &around, "").await, says, "{around}");
            }
        }
        // Another account's, and another's own: not theirs to find, by whatever.
        care.profile(&care.ann, "own", &json!({ "name": none, "phone": none, "email": none })).await;
        let anything = json!({ "any": [is("message", "contains", "secret"), { "field": "id", "op": "above", "value": 0 }] });
        eventually("she finds nothing", async || care.advanced(&care.ann, &anything, "").await.is_empty()).await;
        let sue = care.colleague(Role::Supervisor, "sue").await;
        assert_eq!(care.advanced(&sue, &anything, "").await, BTreeSet::from([id]));
        let tom = care.app.with_agent("tom").await;
        assert!(care.advanced(&tom, &anything, "").await.is_empty());
    }

    async fn what_contacts_have_in_custom_fields_is_asked_too(care: Care) {
        let admin = care.app.admin.clone();
        let mut ids = BTreeMap::new();
        for (key, kind, more) in [
            ("city", "text", json!({})), ("plan", "select", json!({ "options": ["Gold", "Silver"] })), ("seats", "number", json!({})),
            ("partner", "switch", json!({})), ("renewal", "date_time", json!({})), ("page", "url", json!({})),
            ("code", "text", json!({ "sensitive": true })),
        ] {
            let mut body = json!({ "key": key, "name": key, "kind": kind });
            for (name, value) in more.as_object().into_iter().flatten() {
                body[name] = value.clone();
            }
            ids.insert(key, care.app.post(&admin, "/contact_fields", body).await.ok()["id"].clone());
        }
        let mut rows = Vec::new();
        for (number, fields) in [
            ("393330000001", json!({ "city": "San Donà", "plan": "Gold", "seats": 2.5, "partner": true, "code": "X-77",
                "renewal": "2026-03-01T09:00:00Z", "page": "https://example.com/maria" })),
            ("393330000002", json!({ "city": "Donada", "plan": "Silver", "seats": 12, "partner": false })),
            ("393330000003", json!({})),
        ] {
            let id = care.held(&care.ann, number).await;
            let contact = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {id}")).await;
            let change = json!({ "version": 1, "fields": fields });
            care.app.patch(&care.ann, &format!("/contacts/{contact}"), change).await.ok();
            rows.push(id);
        }
        let [one, two, none] = rows[..] else { panic!("three") };
        let is = |key: &str, op: &str, value: Value| json!({ "field": format!("contact.fields.{key}"), "op": op, "value": value });
        let code = is("code", "is", json!("x-77"));
        for (expression, found) in [
            (is("city", "contains", json!("DONA")), vec![one, two]),
            (is("city", "starts_with", json!("dona")), vec![two]),
            (is("city", "is", json!("san dona")), vec![one]),
            (is("city", "empty", Value::Null), vec![none]),
            (is("plan", "any_of", json!(["Gold", "Bronze"])), vec![one]),
            (is("plan", "none_of", json!(["Gold"])), vec![two, none]),
            (is("seats", "is", json!(2.5)), vec![one]),
            (is("seats", "above", json!(2)), vec![one, two]),
            (is("seats", "below", json!(12)), vec![one]),
            (is("seats", "between", json!([2.5, 12])), vec![one, two]),
            (is("partner", "is", json!(true)), vec![one]),
            (is("partner", "is", json!(false)), vec![two, none]),
            (is("renewal", "before", json!("2026-03-01T09:00:01Z")), vec![one]),
            (is("renewal", "after", json!("2026-03-01T09:00:01Z")), vec![]),
            (is("renewal", "filled", Value::Null), vec![one]),
            (is("page", "contains", json!("example.com/mar")), vec![one]),
            (code.clone(), vec![one]),
            (json!({ "any": [is("plan", "any_of", json!(["Silver"])), is("seats", "empty", Value::Null)] }), vec![two, none]),
            (json!({ "all": [is("city", "contains", json!("dona")), is("partner", "is", json!(false))] }), vec![two]),
        ] {
            let found: BTreeSet<i64> = found.into_iter().collect();
            assert_eq!(care.advanced(&care.ann, &expression, "").await, found, "{expression}");
        }
        let view = json!({ "name": "Donà", "shared": true, "filter": { "expression": { "any": [is("city", "contains", json!("dona")), code] } } });
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let kept = care.app.post(&sue, "/saved_views", view.clone()).await.ok()["filter"]["expression"].clone();
        assert_eq!(care.advanced(&care.ann, &kept, "").await, BTreeSet::from([one, two]));
        // A new name is not a new field.
        let city = format!("/contact_fields/{}", ids["city"]);
        care.app.patch(&admin, &city, json!({ "version": 1, "name": "Town" })).await.ok();
        assert_eq!(care.advanced(&care.ann, &kept, "").await, BTreeSet::from([one, two]));
        // One that is archived finds nobody, whatever is asked of it, and comes back with what it held.
        care.app.patch(&admin, &city, json!({ "version": 2, "archived": true })).await.ok();
        assert_eq!(care.advanced(&care.ann, &kept, "").await, BTreeSet::from([one]));
        assert!(care.advanced(&care.ann, &is("city", "empty", Value::Null), "").await.is_empty());
        care.app.patch(&admin, &city, json!({ "version": 3, "archived": false })).await.ok();
        assert_eq!(care.advanced(&care.ann, &kept, "").await, BTreeSet::from([one, two]));
        // Of who may not see it, it is not asked, nor kept in a view.
        let (full, open) = (json!({ "mode": "full" }), json!({ "mode": "none" }));
        care.profile(&care.ann, "accounts", &json!({ "name": open, "phone": full, "email": open })).await;
        let asked = format!("/interactions?expression={}", encoded(&kept.to_string()));
        eventually("what is hidden is refused", async || care.get(&care.ann, &asked).await.status == 422).await;
        assert_eq!(care.get(&care.ann, &asked).await.fields(), [("expression.any[1].field", "masked")]);
        let own = json!({ "name": "Mine", "filter": { "expression": kept } });
        assert_eq!(care.app.post(&care.ann, "/saved_views", own).await.fields(), [("expression.any[1].field", "masked")]);
        let hidden = |fields: Value| -> Vec<String> {
            let fields = fields.as_array().expect("fields").clone();
            let hidden = fields.into_iter().filter(|field| field["hidden"] == true);
            hidden.map(|field| field["key"].as_str().expect("a key").to_owned()).collect()
        };
        assert_eq!(hidden(care.get(&care.ann, "/contact_fields").await.ok()), ["code"]);
        assert!(hidden(care.get(&sue, "/contact_fields").await.ok()).is_empty());
        let unknown = care.get(&sue, &format!("/interactions?expression={}", encoded(&is("colour", "is", json!("red")).to_string()))).await;
        assert_eq!(unknown.fields(), [("expression.field", "unknown")]);
    }
}
