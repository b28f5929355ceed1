//! Profiles.

use pronto_domain::access::Role;
use pronto_testkit::{TestApp, on_both};
use serde_json::json;

on_both! {
    async fn three_profiles_are_there_from_the_start(app: TestApp) {
        let profiles = app.get(&app.admin, "/profiles").await.ok();
        let roles: Vec<_> = profiles.as_array().into_iter().flatten().map(|profile| &profile["role"]).collect();
        assert_eq!(roles, ["agent", "supervisor", "admin"]);
        assert_eq!(profiles[0]["masking"]["phone"], json!({ "mode": "none" }));
        assert_eq!((&profiles[0]["scope"], &profiles[0]["builtin"]), (&json!("accounts"), &json!(true)));
    }

    async fn a_change_counts_from_the_next_request(app: TestApp) {
        let ann = app.with_agent("ann").await;
        app.post(&ann, "/queues", json!({ "name": "Mine" })).await.refused(403, "forbidden");
        let change = json!({
            "version": 1, "permissions": ["queues.edit", "interactions.note", "queues.edit"], "scope": "own",
            "masking": { "name": { "mode": "full" }, "phone": { "mode": "last", "count": 4 }, "email": { "mode": "none" } },
        });
        let changed = app.patch(&app.admin, "/profiles/1", change.clone()).await.ok();
        assert_eq!(changed["permissions"], json!(["interactions.note", "queues.edit"]));
        assert_eq!((&changed["masking"], &changed["scope"]), (&change["masking"], &json!("own")));
        app.post(&ann, "/queues", json!({ "name": "Mine" })).await.ok();
        assert_eq!(app.get(&ann, "/session").await.ok()["user"]["permissions"], changed["permissions"]);
        app.patch(&app.admin, "/profiles/1", change).await.refused(409, "changed_meanwhile");
    }

    async fn what_does_not_fit_is_named(app: TestApp) {
        let wrong = json!({
            "version": 1, "name": "supervisor",
            "masking": { "name": { "mode": "last", "count": 0 }, "phone": { "mode": "none" }, "email": { "mode": "none" } },
        });
        let answer = app.patch(&app.admin, "/profiles/1", wrong).await;
        assert_eq!(answer.fields(), [("name", "taken"), ("masking.name.count", "out_of_range")]);
        let unknown = app.patch(&app.admin, "/profiles/1", json!({ "version": 1, "permissions": ["fly"] })).await;
        assert_eq!(unknown.fields(), [("permissions[0]", "format")]);
        let less = app.patch(&app.admin, "/profiles/3", json!({ "version": 1, "permissions": [] })).await;
        assert_eq!(less.fields(), [("permissions", "fixed")]);
        app.patch(&app.admin, "/profiles/99", json!({ "version": 1 })).await.refused(404, "not_found");
    }

    async fn only_administrators_change_them(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let sue = app.with_user(Role::Supervisor, "sue").await;
        for who in [&ann, &sue] {
            app.get(who, "/profiles").await.refused(403, "forbidden");
            let refused = app.patch(who, "/profiles/1", json!({ "version": 1 })).await.refused(403, "forbidden");
            assert_eq!(refused["params"]["permission"], "admin");
        }
    }
}
