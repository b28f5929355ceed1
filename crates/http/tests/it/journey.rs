//! The journey of a customer: in order, page by page, and no more of it than one may see.

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
    page["items"].as_array().expect("items").iter().filter_map(|one| one["id"].as_i64()).collect()
}

/// Closed interactions of Maria's that began at these milliseconds, whatever the order of their ids.
async fn began(care: &Care, like: i64, times: &[i64]) {
    for at in times {
        care.set(&format!(
            "INSERT INTO interaction (account_id, address_id, contact_id, state, queue_id, owner_id, first_owner_id, flow_step, flow_ended,
                 controller, epoch, started_at, closed_at, customer, phone, last_at, unread, marked_unread, unmanaged, read_through,
                 message_count, tags, version)
             SELECT account_id, address_id, contact_id, 'closed', queue_id, NULL, NULL, flow_step, flow_ended, controller, epoch, {at}, {at} + 1000,
                 customer, phone, {at}, 0, marked_unread, 0, 0, 1, tags, 1 FROM interaction WHERE id = {like}"
        ))
        .await;
    }
}

async fn all(care: &Care, who: &Person, path: &str, limit: usize) -> Vec<i64> {
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let between = if path.contains('?') { '&' } else { '?' };
        let page = care.get(who, &format!("{path}{between}limit={limit}{after}")).await.ok();
        assert!(ids(&page).len() <= limit);
        seen.extend(ids(&page));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return seen,
        }
    }
}

on_both! {
    async fn a_journey_is_turned_over_without_gaps_whatever_the_ids(care: Care) {
        let here = care.held(&care.ann, MARIA).await;
        // Older than what was there before, younger, and several of one instant.
        began(&care, here, &[5_000, 3_000, 9_000, 3_000, 3_000, 1_000, 7_000, 7_000]).await;
        let mut expected: Vec<(i64, i64)> = Vec::new();
        let page = care.get(&care.ann, &format!("/interactions/{here}/journey?limit=100")).await.ok();
        for one in page["items"].as_array().expect("items") {
            let id = one["id"].as_i64().expect("an id");
            let at = care.count(&format!("SELECT started_at AS count FROM interaction WHERE id = {id}")).await;
            expected.push((at, id));
        }
        assert_eq!(expected.len(), 9);
        assert!(expected.is_sorted_by(|one, next| one > next), "newest first: {expected:?}");
        let contact = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {here}")).await;
        let whole: Vec<i64> = expected.iter().map(|(_, id)| *id).collect();
        for path in [format!("/interactions/{here}/journey"), format!("/contacts/{contact}/journey")] {
            for limit in [1, 2, 3, 5, 100] {
                assert_eq!(all(&care, &care.ann, &path, limit).await, whole, "{path} by {limit}");
            }
            // A period: from is in it, to is not.
            for (from, to) in [(3, 7), (0, 4), (7, 10), (2, 3)] {
                let part: Vec<i64> = expected.iter().filter(|(at, _)| (from * 1000..to * 1000).contains(at)).map(|(_, id)| *id).collect();
                let period = format!("{path}?from=1970-01-01T00:00:0{from}Z&to=1970-01-01T00:00:{to:02}Z");
                assert_eq!(all(&care, &care.ann, &period, 2).await, part, "{from}..{to}");
            }
        }
        // Without a contact it is the address's.
        care.set("UPDATE interaction SET contact_id = NULL").await;
        assert_eq!(all(&care, &care.ann, &format!("/interactions/{here}/journey"), 2).await, whole);
        for (query, field) in [("after=x", "after"), ("limit=0", "limit"), ("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")] {
            let refused = care.get(&care.ann, &format!("/interactions/{here}/journey?{query}")).await;
            assert_eq!(refused.fields().first().map(|(name, _)| *name), Some(field), "{query}");
        }
    }

    async fn what_one_may_not_open_shows_its_date_and_outcome_alone(care: Care) {
        let tom = care.colleague(Role::Agent, "tom").await;
        let first = care.held(&tom, MARIA).await;
        care.app.put(&tom, &format!("/interactions/{first}/closure"), json!({})).await.ok();
        care.set("UPDATE account SET grace_s = 0").await;
        care.app.advance(60);
        let second = care.held(&care.ann, MARIA).await;
        care.profile(&care.ann, "own", &none()).await;
        let path = format!("/interactions/{second}/journey");
        eventually("she sees her own", async || care.get(&care.ann, &path).await.ok()["items"][1]["may_open"] == false).await;
        let page = care.get(&care.ann, &path).await.ok();
        assert_eq!(ids(&page), [second, first]);
        let hidden = page["items"][1].as_object().expect("an entry");
        let told: BTreeSet<&str> = hidden
            .iter()
           .filter(|(_, value)| !value.is_null() && **value != json!([])).map(|(name, _)| name.as_str()).collect();
        assert_eq!(told, BTreeSet::from(["id", "started_at", "closed_at", "state", "may_open"]));
        let own = &page["items"][0];
        assert_eq!((&own["owner"]["name"], &own["queue"]["name"], &own["account"]["key"]), (&json!("Ann"), &json!("Care"), &json!("care")));
        assert!(own["accepted_at"].is_string() && own["messages"].as_i64() > Some(0), "{own}");
        // Asking by account does not tell of which account the hidden ones are.
        let account = care.account;
        assert_eq!(ids(&care.get(&care.ann, &format!("{path}?account={account}")).await.ok()), [second]);
        assert_eq!(ids(&care.get(&tom, &format!("{path}?account={account}")).await.ok()), [second, first]);
        assert_eq!(ids(&care.get(&tom, &format!("{path}?account=999")).await.ok()), Vec::<i64>::new());
    }

    async fn a_contact_is_there_for_those_who_see_one_of_its_interactions(care: Care) {
        let tom = care.colleague(Role::Agent, "tom").await;
        let here = care.held(&tom, MARIA).await;
        let contact = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {here}")).await;
        // The one that is hers is older than many that are not.
        began(&care, here, &(1..=110).collect::<Vec<i64>>()).await;
        let oldest = care.count("SELECT id AS count FROM interaction WHERE started_at = 1").await;
        care.profile(&care.ann, "own", &none()).await;
        for path in [format!("/contacts/{contact}"), format!("/contacts/{contact}/journey")] {
            eventually("it is gone", async || care.get(&care.ann, &path).await.status == 404).await;
        }
        care.set(&format!("UPDATE interaction SET owner_id = {} WHERE id = {oldest}", care.ann.id)).await;
        let version = care.get(&care.ann, &format!("/contacts/{contact}")).await.ok()["version"].clone();
        let journey = care.get(&care.ann, &format!("/contacts/{contact}/journey?limit=100")).await.ok();
        let first = journey["items"].as_array().expect("items");
        assert_eq!(first.len(), 100);
        assert!(first.iter().all(|one| one["may_open"] == false), "the first hundred are others'");
        // Whoever has one of its interactions may enrich it, without the permission for all.
        care.set("UPDATE profile SET permissions = '[]'").await;
        assert_eq!(care.get(&care.ann, &format!("/contacts/{contact}")).await.ok()["may_edit"], true);
        assert_eq!(care.get(&tom, &format!("/contacts/{contact}")).await.ok()["may_edit"], true, "he has the others");
        let eve = care.colleague(Role::Agent, "eve").await;
        assert_eq!(care.get(&eve, &format!("/contacts/{contact}")).await.ok()["may_edit"], false);
        care.app.patch(&eve, &format!("/contacts/{contact}"), json!({ "version": version })).await.refused(403, "forbidden");
        let change = json!({ "version": version, "company": "Rossi & Co" });
        assert_eq!(care.app.patch(&care.ann, &format!("/contacts/{contact}"), change.clone()).await.ok()["company"], "Rossi & Co");
        care.set(&format!("UPDATE interaction SET owner_id = NULL WHERE id = {oldest}")).await;
        care.get(&care.ann, &format!("/contacts/{contact}")).await.refused(404, "not_found");
    }
}
