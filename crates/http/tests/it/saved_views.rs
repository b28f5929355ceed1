//! Saved views: whose they are, and that they show what the list shows.

use pronto_domain::access::Role;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::json;

use crate::care::Care;

async fn names(care: &Care, who: &Person) -> Vec<String> {
    let views = care.get(who, "/saved_views").await.ok();
    views.as_array().expect("views").iter().map(|view| view["name"].as_str().expect("a name").to_owned()).collect()
}

on_both! {
    async fn ones_own_views_are_ones_own_and_shared_ones_the_supervisors(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let filter = json!({ "state": "closed", "agent": "me", "from": "2026-03-01T00:00:00Z" });
        let own = json!({ "name": " Mine ", "filter": filter });
        let own = care.app.post(&care.ann, "/saved_views", own).await.ok();
        assert_eq!((&own["name"], &own["shared"], &own["may_edit"]), (&json!("Mine"), &json!(false), &json!(true)));
        for name in ["state", "agent", "from", "to", "tags"] {
            assert_eq!(own["filter"][name], filter[name], "{name}");
        }
        let all = json!({ "name": "Unread", "shared": true, "filter": { "read": "unread" } });
        care.app.post(&care.ann, "/saved_views", all.clone()).await.refused(403, "forbidden");
        let all = care.app.post(&sue, "/saved_views", all).await.ok();
        assert_eq!(names(&care, &care.ann).await, ["Mine", "Unread"]);
        assert_eq!(names(&care, &sue).await, ["Unread"]);
        let (own_path, all_path) = (format!("/saved_views/{}", own["id"]), format!("/saved_views/{}", all["id"]));
        let rename = json!({ "version": 1, "name": "Other" });
        care.app.patch(&sue, &own_path, rename.clone()).await.refused(404, "not_found");
        care.app.delete(&sue, &own_path).await.refused(404, "not_found");
        care.app.patch(&care.ann, &all_path, rename.clone()).await.refused(403, "forbidden");
        care.app.delete(&care.ann, &all_path).await.refused(403, "forbidden");
        care.app.patch(&care.ann, &own_path, json!({ "version": 1, "shared": true })).await.refused(403, "forbidden");
        let renamed = care.app.patch(&sue, &all_path, rename.clone()).await.ok();
        assert_eq!((&renamed["name"], &renamed["version"]), (&json!("Other"), &json!(2)));
        care.app.patch(&sue, &all_path, rename).await.refused(409, "changed_meanwhile");
        care.app.delete(&sue, &all_path).await.ok();
        care.app.delete(&sue, &all_path).await.refused(404, "not_found");
        assert_eq!(names(&care, &care.ann).await, ["Mine"]);
    }

    async fn a_view_is_a_filter_the_list_takes(care: Care) {
        for (body, field) in [
            (json!({ "name": "", "filter": {} }), "name"),
            (json!({ "name": "x".repeat(41), "filter": {} }), "name"),
            (json!({ "name": "A", "filter": { "state": "lost" } }), "state"),
            (json!({ "name": "A", "filter": { "sort": "colour" } }), "sort"),
            (json!({ "name": "A", "filter": { "tags": "vip" } }), "tags"),
        ] {
            let answer = care.app.post(&care.ann, "/saved_views", body.clone()).await;
            assert_eq!((answer.status.as_u16(), answer.fields().first().map(|(name, _)| *name)), (422, Some(field)), "{body}");
        }
        let named = json!({ "name": "Late", "filter": {} });
        care.app.post(&care.ann, "/saved_views", named.clone()).await.ok();
        let answer = care.app.post(&care.ann, "/saved_views", json!({ "name": "late", "filter": {} })).await;
        assert_eq!(answer.fields(), [("name", "taken")]);
        let bob = care.colleague(Role::Agent, "bob").await;
        care.app.post(&bob, "/saved_views", named).await.ok();
    }

    async fn contacts_have_views_of_their_own(care: Care) {
        for (body, field) in [
            (json!({ "name": "A", "filter": { "sort": "state" } }), "sort"),
            (json!({ "name": "A", "filter": { "list": 999 } }), "list"),
            (json!({ "name": "A", "filter": { "density": "airy" } }), "density"),
            (json!({ "name": "A", "filter": { "expression": { "field": "state", "op": "any_of", "value": ["closed"] } } }), "expression.field"),
        ] {
            let answer = care.app.post(&care.ann, "/contact_views", body.clone()).await;
            assert_eq!((answer.status.as_u16(), answer.fields().first().map(|(name, _)| *name)), (422, Some(field)), "{body}");
        }
        let kept = json!({ "mine": true, "sort": "name", "columns": "name,phone", "expression": { "field": "name", "op": "filled" } });
        let view = json!({ "name": "Late", "filter": kept });
        let view = care.app.post(&care.ann, "/contact_views", view).await.ok();
        for (name, value) in kept.as_object().expect("fields") {
            assert_eq!(&view["filter"][name], value, "{name}");
        }
        // The same name is free where another list's views stand; none is reached by the other's path.
        care.app.post(&care.ann, "/saved_views", json!({ "name": "Late", "filter": {} })).await.ok();
        assert_eq!(names(&care, &care.ann).await, ["Late"]);
        let views = care.get(&care.ann, "/contact_views").await.ok();
        assert_eq!((views.as_array().map(Vec::len), &views[0]["id"]), (Some(1), &view["id"]));
        care.app.delete(&care.ann, &format!("/saved_views/{}", view["id"])).await.refused(404, "not_found");
        let path = format!("/contact_views/{}", view["id"]);
        let changed = care.app.patch(&care.ann, &path, json!({ "version": 1, "name": "Early" })).await.ok();
        assert_eq!((&changed["name"], &changed["filter"]), (&json!("Early"), &view["filter"]));
        care.app.post(&care.ann, "/contact_views", json!({ "name": "All", "shared": true, "filter": {} })).await.refused(403, "forbidden");
        care.app.delete(&care.ann, &path).await.ok();
        assert_eq!(care.get(&care.ann, "/contact_views").await.ok(), json!([]));
    }
}
