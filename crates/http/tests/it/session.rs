//! Signing in and out.

use axum::body::Body;
use axum::http::{Method, Request, header};
use pronto_domain::access::Role;
use pronto_testkit::app::{HOST, PASSWORD};
use pronto_testkit::{Person, TestApp, on_both};
use serde_json::{Value, json};

async fn sign_in(app: &TestApp, login: &str, password: &str) -> pronto_testkit::Answer {
    app.ask(None, Method::POST, "/session", Some(json!({ "login": login, "password": password }))).await
}

on_both! {
    async fn signing_in_gives_a_cookie_that_opens_the_desk(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let answer = sign_in(&app, " Ann ", PASSWORD).await;
        let set = answer.headers[header::SET_COOKIE].to_str().expect("text").to_owned();
        assert!(set.starts_with("pronto_session=") && set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
        assert!(set.contains("Path=/") && set.contains("Max-Age=2592000") && !set.contains("Secure"), "{set}");
        let person = Person { cookie: answer.cookie().expect("a cookie"), ..ann.clone() };
        assert!(answer.headers.contains_key("pronto-position"));
        let session = answer.ok();
        assert_eq!(session["user"]["login"], "ann");
        assert_eq!(session["user"]["permissions"], json!([
            "interactions.note", "interactions.close", "interactions.take", "interactions.tag", "interactions.block", "contacts.edit"
        ]));
        assert_eq!(session["presence"]["state"], "available");
        assert_eq!(session["settings"]["attachment_limit_bytes"], 15 * 1024 * 1024);
        assert!(!session["position"].as_str().expect("text").is_empty());
        let again = app.get(&person, "/session").await.ok();
        assert_eq!(again["user"]["id"], ann.id.0);
    }

    async fn the_table_of_sessions_signs_nobody_in(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let secret = pronto_http::sessions::cookie(&cookies(&ann.cookie)).expect("a secret");
        let mut tx = app.bench.look().await;
        let row = pronto_store::session::get(&mut tx, secret.session).await.expect("read").expect("a session");
        assert_eq!(row.secret, secret.digest());
        assert!(!ann.cookie.as_bytes().windows(row.secret.len()).any(|part| part == row.secret));
        // The right session with a wrong proof.
        let (start, end) = ann.cookie.split_at(ann.cookie.len() - 8);
        let forged = Person { cookie: format!("{start}{}", if end == "AAAAAAAA" { "BBBBBBBA" } else { "AAAAAAAA" }), ..ann };
        app.get(&forged, "/session").await.refused(401, "signed_out");
    }

    async fn a_wrong_password_and_an_unknown_login_are_answered_alike(app: TestApp) {
        app.with_agent("ann").await;
        let wrong = sign_in(&app, "ann", "Wrong-pass-1").await.refused(401, "bad_credentials");
        let unknown = sign_in(&app, "nobody", "Wrong-pass-1").await.refused(401, "bad_credentials");
        assert_eq!(wrong, unknown);
        let empty = sign_in(&app, " ", "").await;
        assert_eq!(empty.fields(), [("login", "required"), ("password", "required")]);
        empty.refused(422, "invalid");
    }

    async fn ten_wrong_passwords_lock_a_login_for_five_minutes(app: TestApp) {
        app.with_agent("ann").await;
        // One that nobody has behaves the same.
        for login in ["ann", "nobody"] {
            for _ in 0..10 {
                sign_in(&app, login, "Wrong-pass-1").await.refused(401, "bad_credentials");
            }
            let locked = sign_in(&app, login, PASSWORD).await;
            assert_eq!(locked.headers[header::RETRY_AFTER], "300");
            assert_eq!(locked.refused(429, "locked_out")["params"]["minutes"], 5);
        }
        app.advance(299);
        sign_in(&app, "ann", PASSWORD).await.refused(429, "locked_out");
        app.advance(1);
        sign_in(&app, "ann", PASSWORD).await.ok();
    }

    async fn a_right_password_forgives_the_wrong_ones_before_it(app: TestApp) {
        app.with_agent("ann").await;
        for _ in 0..2 {
            for _ in 0..9 {
                sign_in(&app, "ann", "Wrong-pass-1").await.refused(401, "bad_credentials");
            }
            sign_in(&app, "ann", PASSWORD).await.ok();
        }
    }

    async fn signing_out_ends_that_session_and_makes_offline(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let elsewhere = app.signed_in(ann.id, "ann").await;
        app.get(&ann, "/session").await.ok();
        let out = app.delete(&ann, "/session").await;
        assert_eq!(out.status, 204);
        let set = out.headers[header::SET_COOKIE].to_str().expect("text");
        assert!(set.starts_with("pronto_session=;") && set.contains("Max-Age=0"), "{set}");
        app.get(&ann, "/session").await.refused(401, "signed_out");
        let session = app.get(&elsewhere, "/session").await.ok();
        assert_eq!(session["presence"]["state"], "offline");
        // Signing in makes available again.
        let back = sign_in(&app, "ann", PASSWORD).await.ok();
        assert_eq!(back["presence"]["state"], "available");
    }

    async fn signing_in_again_keeps_a_declared_pause(app: TestApp) {
        let ann = app.with_agent("ann").await;
        app.put(&ann, "/presence", json!({ "state": "paused", "reason": "Lunch" })).await.ok();
        let back = sign_in(&app, "ann", PASSWORD).await.ok();
        assert_eq!((&back["presence"]["state"], &back["presence"]["reason"]), (&json!("paused"), &json!("Lunch")));
    }

    async fn a_session_lasts_thirty_days_from_its_last_use(app: TestApp) {
        let day = 24 * 3600;
        let ann = app.with_agent("ann").await;
        app.advance(29 * day);
        app.get(&ann, "/session").await.ok();
        app.advance(29 * day);
        app.get(&ann, "/session").await.ok();
        app.advance(30 * day);
        app.get(&ann, "/session").await.refused(401, "signed_out");
    }

    async fn a_session_ended_by_another_node_ends_here_within_ten_seconds(app: TestApp) {
        let ann = app.with_agent("ann").await;
        app.get(&ann, "/session").await.ok();
        let mut tx = app.bench.tx().await;
        pronto_store::session::end_of(&mut tx, ann.id.0, None).await.expect("ended");
        tx.commit().await.expect("committed");
        app.get(&ann, "/session").await.ok();
        app.advance(10);
        app.get(&ann, "/session").await.refused(401, "signed_out");
    }

    async fn without_a_cookie_nothing_but_the_welcome_is_told(app: TestApp) {
        let welcome = app.ask(None, Method::GET, "/welcome", None).await.ok();
        assert_eq!((&welcome["name"], &welcome["demo"]), (&json!("Pronto"), &Value::Null));
        for path in ["/session", "/users", "/queues", "/accounts", "/settings", "/profiles", "/teams", "/deliveries"] {
            app.ask(None, Method::GET, path, None).await.refused(401, "signed_out");
        }
        for cookie in ["", "pronto_session=", "pronto_session=x; other=y", "other=pronto_session"] {
            let nobody = Person { cookie: cookie.to_owned(), ..app.admin.clone() };
            app.get(&nobody, "/session").await.refused(401, "signed_out");
        }
    }

    async fn behind_tls_the_cookie_is_secure(app: TestApp) {
        app.with_agent("ann").await;
        let body = json!({ "login": "ann", "password": PASSWORD }).to_string();
        let request = Request::post("/api/v1/session")
            .header(header::HOST, HOST)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-forwarded-proto", "https")
            .body(Body::from(body))
            .expect("a request");
        let answer = app.send(request).await;
        assert!(answer.headers[header::SET_COOKIE].to_str().expect("text").ends_with("; Secure"));
        let app = app.rebuilt(|app| app.with_public_url(Some("https://desk.example/".to_owned())));
        let answer = sign_in(&app, "ann", PASSWORD).await;
        assert!(answer.headers[header::SET_COOKIE].to_str().expect("text").ends_with("; Secure"));
    }

    async fn a_demo_tells_its_sign_ins(app: TestApp) {
        let sign_in = pronto_http::SignIn {
            login: "ann".to_owned(),
            password: PASSWORD.to_owned(),
            name: "Ann".to_owned(),
            role: Role::Agent,
        };
        let demo = pronto_http::Demo { sign_ins: vec![sign_in], phones_url: "/simulator/".to_owned() };
        let app = app.rebuilt(|app| app.with_demo(Some(demo)));
        let welcome = app.ask(None, Method::GET, "/welcome", None).await.ok();
        assert_eq!(welcome["demo"], json!({
            "sign_ins": [{ "login": "ann", "password": PASSWORD, "name": "Ann", "role": "agent" }],
            "phones_url": "/simulator/",
        }));
    }
}

fn cookies(cookie: &str) -> axum::http::HeaderMap {
    [(header::COOKIE, cookie.parse().expect("a header"))].into_iter().collect()
}
