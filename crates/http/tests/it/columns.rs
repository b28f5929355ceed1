//! Custom fields as columns of the interactions list: only what is asked for, and nothing of what is hidden.

use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, MARIA};
use crate::fields::{add, customer, fill};

fn values(page: &Value) -> Value {
    page["contact_fields"].as_array().expect("a list").iter().map(|one| one["fields"].clone()).collect()
}

on_both! {
    async fn the_list_tells_what_contacts_have_in_the_fields_that_are_asked_for(care: Care) {
        for (key, kind) in [("city", "text"), ("size", "number"), ("vip", "switch"), ("since", "date_time")] {
            add(&care, key, &key.to_uppercase(), kind, json!({})).await;
        }
        let (id, contact) = customer(&care).await;
        let since = "2026-03-02T08:00:00Z";
        let all = json!({ "city": "Torino", "size": 12.5, "vip": true, "since": since });
        let saved = fill(&care, &care.ann, contact, all.clone()).await.ok();
        let other = care.writes("393330000002", "hello").await;

        let plain = care.get(&care.ann, "/interactions").await.ok();
        assert_eq!(plain["contact_fields"], json!([]), "nothing that was not asked for");
        let page = care.get(&care.ann, "/interactions?sort=id&order=asc&contact_fields=city,size,city").await.ok();
        assert_eq!(values(&page), json!([{ "city": "Torino", "size": 12.5 }, {}]));
        assert_eq!(page["contact_fields"][0]["contact_id"], contact);
        assert_eq!(page["contact_fields"][0]["version"], saved["version"]);
        let page = care.get(&care.ann, "/interactions?sort=id&order=asc&contact_fields=city,size,vip,since").await.ok();
        assert_eq!(values(&page)[0], all);

        // The rows on screen are asked for by their ids.
        let page = care.get(&care.ann, &format!("/interactions?contact_fields=city&ids={id},999")).await.ok();
        assert_eq!((page["items"].as_array().map(Vec::len), values(&page)), (Some(1), json!([{ "city": "Torino" }])));
        let page = care.get(&care.ann, &format!("/interactions?ids={id},{other}&search=393330000002")).await.ok();
        assert_eq!((page["items"].as_array().map(Vec::len), &page["items"][0]["id"]), (Some(1), &json!(other)));
        let away = care.app.with_agent("away").await;
        let page = care.get(&away, &format!("/interactions?contact_fields=city&ids={id}")).await.ok();
        assert_eq!((&page["items"], &page["contact_fields"]), (&json!([]), &json!([])), "not theirs to see");

        // What is archived has left the screens, and is no mistake of whoever still asks.
        let path = format!("/contact_fields/{}", care.get(&care.ann, "/contact_fields").await.ok()[0]["id"]);
        care.app.patch(&care.app.admin, &path, json!({ "version": 1, "archived": true })).await.ok();
        let page = care.get(&care.ann, &format!("/interactions?contact_fields=city,size&ids={id}")).await.ok();
        assert_eq!(values(&page), json!([{ "size": 12.5 }]));

        for (query, wrong) in [
            ("contact_fields=town", ("contact_fields", "unknown")),
            ("ids=x", ("ids", "format")),
            (&format!("ids={}", vec!["1"; 101].join(",")), ("ids", "out_of_range")),
            (&format!("contact_fields={}", (0..21).map(|n| format!("f{n}")).collect::<Vec<_>>().join(",")), ("contact_fields", "too_many")),
        ] {
            assert_eq!(care.get(&care.ann, &format!("/interactions?{query}")).await.fields(), [wrong], "{query}");
        }
    }

    async fn a_masked_agent_never_gets_what_is_hidden(care: Care) {
        add(&care, "card", "Card", "text", json!({ "sensitive": true })).await;
        add(&care, "plan", "Plan", "text", json!({})).await;
        let (id, contact) = customer(&care).await;
        fill(&care, &care.ann, contact, json!({ "card": "C-77", "plan": "Gold" })).await.ok();
        let path = format!("/interactions?contact_fields=card,plan&ids={id}");
        assert_eq!(values(&care.get(&care.ann, &path).await.ok()), json!([{ "card": "C-77", "plan": "Gold" }]));
        care.profile(&care.ann, "accounts", &json!({ "name": { "mode": "none" }, "phone": { "mode": "full" }, "email": { "mode": "none" } })).await;
        let refused = care.get(&care.ann, &path).await;
        assert_eq!(refused.fields(), [("contact_fields", "masked")]);
        assert!(!refused.body.to_string().contains("C-77"));
        let page = care.get(&care.ann, &format!("/interactions?contact_fields=plan&ids={id}")).await.ok();
        assert_eq!(values(&page), json!([{ "plan": "Gold" }]));
        assert!(!page.to_string().contains(MARIA));
    }
}
