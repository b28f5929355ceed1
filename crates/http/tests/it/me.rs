//! What people set for themselves.

use axum::http::Method;
use pronto_testkit::app::PASSWORD;
use pronto_testkit::{Person, TestApp, on_both};
use serde_json::{Value, json};

on_both! {
    async fn people_set_their_name_language_and_look(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let me = app
            .patch(&ann, "/me", json!({ "name": " Ann Bell ", "alias": "Annie", "locale": "it", "theme": "dark" }))
            .await
            .ok();
        assert_eq!((&me["name"], &me["alias"]), (&json!("Ann Bell"), &json!("Annie")));
        let session = app.get(&ann, "/session").await.ok();
        assert_eq!((&session["user"]["locale"], &session["user"]["theme"]), (&json!("it"), &json!("dark")));
        let me = app.patch(&ann, "/me", json!({ "locale": null, "alias": null })).await.ok();
        assert_eq!((&me["locale"], &me["alias"], &me["theme"]), (&Value::Null, &Value::Null, &json!("dark")));
    }

    async fn what_does_not_fit_is_named(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let wrong = app.patch(&ann, "/me", json!({ "name": " ", "theme": "pink", "locale": "xx" })).await;
        assert_eq!(wrong.fields(), [("name", "required"), ("locale", "unknown"), ("theme", "unknown")]);
        wrong.refused(422, "invalid");
        let role = app.patch(&ann, "/me", json!({ "role": "admin" })).await;
        assert_eq!(role.fields(), [("role", "unknown_field")]);
    }

    async fn a_new_password_ends_all_other_sessions(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let elsewhere = app.signed_in(ann.id, "ann").await;
        app.get(&elsewhere, "/session").await.ok();
        let change = |current: &str, new: &str| json!({ "current": current, "new": new });
        let wrong = app.put(&ann, "/me/password", change("Wrong-pass-1", "Another-1")).await;
        assert_eq!(wrong.fields(), [("current", "wrong")]);
        let weak = app.put(&ann, "/me/password", change(PASSWORD, "short")).await;
        assert_eq!(weak.fields(), [("new", "too_short"), ("new", "weak")]);
        let same = app.put(&ann, "/me/password", change(PASSWORD, PASSWORD)).await;
        assert_eq!(same.fields(), [("new", "unchanged")]);
        let done = app.put(&ann, "/me/password", change(PASSWORD, "Another-1")).await;
        assert_eq!(done.status, 204);
        app.get(&ann, "/session").await.ok();
        app.get(&elsewhere, "/session").await.refused(401, "signed_out");
        let old = json!({ "login": "ann", "password": PASSWORD });
        app.ask(None, Method::POST, "/session", Some(old)).await.refused(401, "bad_credentials");
    }

    async fn guessing_at_ones_password_locks_too(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let guess = json!({ "current": "Wrong-pass-1", "new": "Another-1" });
        for _ in 0..10 {
            app.put(&ann, "/me/password", guess.clone()).await.refused(422, "invalid");
        }
        app.put(&ann, "/me/password", guess).await.refused(429, "locked_out");
    }

    async fn a_password_given_by_somebody_else_must_be_changed_first(app: TestApp) {
        let new = json!({ "login": "bob", "name": "Bob", "role": "agent", "password": PASSWORD });
        app.post(&app.admin, "/users", new).await.ok();
        let sign_in = json!({ "login": "bob", "password": PASSWORD });
        let answer = app.ask(None, Method::POST, "/session", Some(sign_in)).await;
        let bob = Person { cookie: answer.cookie().expect("a cookie"), ..app.admin.clone() };
        assert_eq!(answer.ok()["user"]["must_change_password"], true);
        assert_eq!(app.get(&bob, "/session").await.ok()["user"]["must_change_password"], true);
        for path in ["/queues", "/dashboard", "/users"] {
            app.get(&bob, path).await.refused(403, "password_change_required");
        }
        app.patch(&bob, "/me", json!({ "theme": "dark" })).await.refused(403, "password_change_required");
        let change = json!({ "current": PASSWORD, "new": "My-own-1!" });
        assert_eq!(app.put(&bob, "/me/password", change).await.status, 204);
        app.get(&bob, "/queues").await.ok();
    }
}
