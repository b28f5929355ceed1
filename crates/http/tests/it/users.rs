//! Staff.

use axum::http::Method;
use pronto_domain::access::Role;
use pronto_testkit::app::PASSWORD;
use pronto_testkit::{Person, TestApp, on_both};
use serde_json::{Value, json};

fn bob() -> Value {
    json!({
        "login": "Bob", "name": "Bob Stone", "alias": "Bobby", "email": "bob@example.com", "role": "agent",
        "capacity": 4, "password": PASSWORD,
    })
}

/// Lets supervisors edit staff.
async fn allow_supervisors(app: &TestApp) {
    let profiles = app.get(&app.admin, "/profiles").await.ok();
    let supervisor = &profiles[1];
    let mut permissions = supervisor["permissions"].as_array().expect("a list").clone();
    permissions.push(json!("users.edit"));
    let change = json!({ "version": supervisor["version"], "permissions": permissions });
    app.patch(&app.admin, &format!("/profiles/{}", supervisor["id"]), change).await.ok();
}

on_both! {
    async fn an_administrator_adds_changes_and_removes_people(app: TestApp) {
        let team = app.post(&app.admin, "/teams", json!({ "name": "Sales" })).await.ok();
        let mut new = bob();
        new["team_ids"] = json!([team["id"]]);
        let answer = app.post(&app.admin, "/users", new).await;
        assert_eq!(answer.status, 201);
        let user = answer.ok();
        assert_eq!((&user["login"], &user["version"], &user["capacity"]), (&json!("bob"), &json!(1), &json!(4)));
        assert_eq!((&user["team_ids"], &user["presence"]), (&json!([team["id"]]), &json!("offline")));
        let path = format!("/users/{}", user["id"]);
        assert_eq!(app.get(&app.admin, &path).await.ok(), user);
        // The team shows it, under a newer version.
        let shown = app.get(&app.admin, &format!("/teams/{}", team["id"])).await.ok();
        assert_eq!((&shown["user_ids"], &shown["version"]), (&json!([user["id"]]), &json!(2)));

        let change = json!({ "version": 1, "name": "Robert", "alias": null, "role": "supervisor", "team_ids": [] });
        let changed = app.patch(&app.admin, &path, change).await.ok();
        assert_eq!((&changed["name"], &changed["alias"], &changed["version"]), (&json!("Robert"), &Value::Null, &json!(2)));
        assert_ne!(changed["profile_id"], user["profile_id"], "the profile follows the role");
        assert_eq!(changed["team_ids"], json!([]));

        assert_eq!(app.delete(&app.admin, &path).await.status, 204);
        assert_eq!(app.get(&app.admin, &path).await.ok()["deleted"], true);
        app.delete(&app.admin, &path).await.refused(404, "not_found");
        app.patch(&app.admin, &path, json!({ "version": 3, "name": "X" })).await.refused(404, "not_found");
        let back = app.patch(&app.admin, &path, json!({ "version": 3, "deleted": false })).await.ok();
        assert_eq!((&back["deleted"], &back["name"]), (&json!(false), &json!("Robert")));
    }

    async fn an_older_version_is_refused(app: TestApp) {
        let user = app.post(&app.admin, "/users", bob()).await.ok();
        let path = format!("/users/{}", user["id"]);
        app.patch(&app.admin, &path, json!({ "version": 1, "capacity": 5 })).await.ok();
        app.patch(&app.admin, &path, json!({ "version": 1, "capacity": 6 })).await.refused(409, "changed_meanwhile");
        assert_eq!(app.get(&app.admin, &path).await.ok()["capacity"], 5);
    }

    async fn what_does_not_fit_is_named_all_at_once(app: TestApp) {
        app.post(&app.admin, "/users", bob()).await.ok();
        let wrong = json!({
            "login": "bob", "name": "", "email": "nowhere", "role": "agent", "capacity": 501, "team_ids": [99],
            "profile_id": 3, "password": "weak",
        });
        let answer = app.post(&app.admin, "/users", wrong).await;
        assert_eq!(answer.fields(), [
            ("login", "taken"), ("name", "required"), ("email", "format"), ("capacity", "out_of_range"),
            ("profile_id", "wrong_role"), ("password", "too_short"), ("password", "weak"), ("team_ids", "unknown"),
        ]);
        answer.refused(422, "invalid");
        let blanks = app.post(&app.admin, "/users", json!({ "login": "a b", "name": "A", "role": "agent", "password": PASSWORD })).await;
        assert_eq!(blanks.fields(), [("login", "format")]);
        let role = app.post(&app.admin, "/users", json!({ "login": "x", "name": "A", "role": "boss", "password": PASSWORD })).await;
        assert_eq!(role.fields(), [("role", "format")]);
    }

    async fn agents_and_supervisors_may_not(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let sue = app.with_user(Role::Supervisor, "sue").await;
        let path = format!("/users/{}", ann.id);
        for who in [&ann, &sue] {
            let refused = app.post(who, "/users", bob()).await.refused(403, "forbidden");
            assert_eq!(refused["params"]["permission"], "users.edit");
            app.patch(who, &path, json!({ "version": 1, "capacity": 9 })).await.refused(403, "forbidden");
            app.delete(who, &path).await.refused(403, "forbidden");
        }
        app.get(&app.admin, "/users/999").await.refused(404, "not_found");
    }

    async fn agents_see_colleagues_but_not_their_addresses(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let user = app.post(&app.admin, "/users", bob()).await.ok();
        let path = format!("/users/{}", user["id"]);
        assert_eq!(app.get(&ann, &path).await.ok()["email"], Value::Null);
        assert_eq!(app.get(&app.admin, &path).await.ok()["email"], "bob@example.com");
        app.delete(&app.admin, &path).await;
        app.get(&ann, &path).await.refused(404, "not_found");
        assert_eq!(app.get(&ann, "/users").await.ok().as_array().map(Vec::len), Some(2));
        assert_eq!(app.get(&app.admin, "/users").await.ok().as_array().map(Vec::len), Some(3));
    }

    async fn nobody_makes_of_others_what_they_are_not(app: TestApp) {
        let sue = app.with_user(Role::Supervisor, "sue").await;
        let ann = app.with_agent("ann").await;
        allow_supervisors(&app).await;
        let mut admin = bob();
        admin["role"] = json!("admin");
        app.post(&sue, "/users", admin).await.refused(403, "forbidden");
        app.post(&sue, "/users", bob()).await.ok();
        let promote = json!({ "version": 1, "role": "admin" });
        app.patch(&sue, &format!("/users/{}", ann.id), promote).await.refused(403, "forbidden");
        let take_over = json!({ "version": 1, "password": "Another-1" });
        let path = format!("/users/{}", app.admin.id);
        app.patch(&sue, &path, take_over).await.refused(403, "forbidden");
        app.delete(&sue, &path).await.refused(403, "forbidden");
    }

    async fn the_last_administrator_stays(app: TestApp) {
        let path = format!("/users/{}", app.admin.id);
        app.delete(&app.admin, &path).await.refused(409, "oneself");
        app.patch(&app.admin, &path, json!({ "version": 1, "role": "agent" })).await.refused(409, "last_admin");
        let eve = app.with_user(Role::Admin, "eve").await;
        app.delete(&app.admin, &format!("/users/{}", eve.id)).await.ok();
        app.patch(&app.admin, &path, json!({ "version": 1, "role": "agent" })).await.refused(409, "last_admin");
    }

    async fn who_has_open_work_is_not_removed(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let queue = app.with_queue("Sales", &[&ann]).await;
        let account = app.with_account("sales", queue, &[&ann]).await;
        let address = app.bench.customer(account.into(), "31600000001").await;
        app.bench.interaction(address, ann.id).await;
        let path = format!("/users/{}", ann.id);
        assert_eq!(app.delete(&app.admin, &path).await.refused(409, "in_use")["params"]["open"], 1);
        app.get(&ann, "/session").await.ok();
    }

    async fn removing_somebody_or_a_new_password_ends_their_sessions(app: TestApp) {
        let ann = app.with_agent("ann").await;
        app.get(&ann, "/session").await.ok();
        let path = format!("/users/{}", ann.id);
        app.patch(&app.admin, &path, json!({ "version": 1, "password": "Another-1" })).await.ok();
        app.get(&ann, "/session").await.refused(401, "signed_out");
        let sign_in = json!({ "login": "ann", "password": "Another-1" });
        let answer = app.ask(None, Method::POST, "/session", Some(sign_in.clone())).await;
        let ann = Person { cookie: answer.cookie().expect("a cookie"), ..ann };
        assert_eq!(answer.ok()["user"]["must_change_password"], true);
        app.delete(&app.admin, &path).await.ok();
        app.get(&ann, "/session").await.refused(401, "signed_out");
        app.ask(None, Method::POST, "/session", Some(sign_in)).await.refused(401, "bad_credentials");
    }

    async fn of_two_administrators_who_remove_each_other_one_stays(app: TestApp) {
        let eve = app.with_user(Role::Admin, "eve").await;
        let (to_eve, to_admin) = (format!("/users/{}", eve.id), format!("/users/{}", app.admin.id));
        let (one, other) = tokio::join!(app.delete(&app.admin, &to_eve), app.delete(&eve, &to_admin));
        let done = [&one, &other].iter().filter(|answer| answer.status == 204).count();
        assert_eq!(done, 1, "{} {}", one.body, other.body);
    }

    async fn changes_are_written_down_without_secrets(app: TestApp) {
        let user = app.post(&app.admin, "/users", bob()).await.ok();
        let change = json!({ "version": 1, "name": "Robert", "password": "Another-1" });
        app.patch(&app.admin, &format!("/users/{}", user["id"]), change).await.ok();
        let audit = crate::audit(&app).await;
        let last = audit.last().expect("an entry");
        assert_eq!((last.action.as_str(), last.user_id), ("user.changed", Some(app.admin.id.0)));
        let all = format!("{audit:?}");
        assert!(all.contains("Robert") && !all.contains("Another-1") && !all.contains("argon2"), "{all}");
    }
}
