//! Teams.

use pronto_domain::access::Role;
use pronto_testkit::{TestApp, on_both};
use serde_json::json;

on_both! {
    async fn a_team_is_made_changed_removed_and_brought_back(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let bob = app.with_agent("bob").await;
        let answer = app.post(&app.admin, "/teams", json!({ "name": " Sales ", "user_ids": [ann.id] })).await;
        assert_eq!(answer.status, 201);
        let team = answer.ok();
        assert_eq!((&team["name"], &team["user_ids"]), (&json!("Sales"), &json!([ann.id])));
        let path = format!("/teams/{}", team["id"]);
        let change = json!({ "version": team["version"], "name": "Support", "user_ids": [bob.id] });
        let changed = app.patch(&app.admin, &path, change.clone()).await.ok();
        assert_eq!((&changed["name"], &changed["user_ids"]), (&json!("Support"), &json!([bob.id])));
        app.patch(&app.admin, &path, change).await.refused(409, "changed_meanwhile");
        let shown = app.get(&app.admin, &format!("/users/{}", bob.id)).await.ok();
        assert_eq!((&shown["team_ids"], &shown["version"]), (&json!([team["id"]]), &json!(2)));
        assert_eq!(app.delete(&app.admin, &path).await.status, 204);
        app.get(&app.admin, &path).await.refused(404, "not_found");
        assert_eq!(app.get(&app.admin, &format!("/users/{}", bob.id)).await.ok()["team_ids"], json!([]));
        let version = changed["version"].as_i64().expect("a number") + 1;
        let back = app.patch(&app.admin, &path, json!({ "version": version, "deleted": false })).await.ok();
        assert_eq!(back["user_ids"], json!([bob.id]));
    }

    async fn names_are_unique_and_members_known(app: TestApp) {
        app.post(&app.admin, "/teams", json!({ "name": "Sales" })).await.ok();
        let wrong = app.post(&app.admin, "/teams", json!({ "name": "sales", "user_ids": [99] })).await;
        assert_eq!(wrong.fields(), [("name", "taken"), ("user_ids", "unknown")]);
        let wrong = app.post(&app.admin, "/teams", json!({ "name": "" })).await;
        assert_eq!(wrong.fields(), [("name", "required")]);
    }

    async fn everybody_sees_teams_and_few_change_them(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let sue = app.with_user(Role::Supervisor, "sue").await;
        let team = app.post(&app.admin, "/teams", json!({ "name": "Sales" })).await.ok();
        let path = format!("/teams/{}", team["id"]);
        for who in [&ann, &sue] {
            assert_eq!(app.get(who, "/teams").await.ok(), json!([team]));
            app.post(who, "/teams", json!({ "name": "X" })).await.refused(403, "forbidden");
            app.patch(who, &path, json!({ "version": 1, "name": "X" })).await.refused(403, "forbidden");
            app.delete(who, &path).await.refused(403, "forbidden");
        }
    }
}
