//! What holds for every resource: where requests come from, what a wrong one is told, the document.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use axum::response::IntoResponse;
use axum::routing::get;
use pronto_testkit::app::HOST;
use pronto_testkit::{TestApp, on_both};
use serde_json::{Value, json};

fn request(app: &TestApp, method: Method, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri("/api/v1/me")
        .header(header::HOST, HOST)
        .header(header::COOKIE, &app.admin.cookie)
        .header(header::CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(r#"{"theme":"dark"}"#)).expect("a request")
}

on_both! {
    async fn only_the_desks_own_pages_may_change_anything(app: TestApp) {
        let own = format!("http://{HOST}");
        let secure = format!("https://{HOST}");
        for allowed in [("origin", own.as_str()), ("origin", &secure), ("sec-fetch-site", "same-origin")] {
            app.send(request(&app, Method::PATCH, &[allowed])).await.ok();
        }
        let refused: [&[(&str, &str)]; 5] = [
            &[],
            &[("origin", "http://evil.example")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://other.desk.example")],
        ];
        for headers in refused {
            app.send(request(&app, Method::PATCH, headers)).await.refused(403, "cross_site");
        }
        let app = app.rebuilt(|app| app.with_public_url(Some("https://care.example".to_owned())));
        app.send(request(&app, Method::PATCH, &[("origin", "https://care.example")])).await.ok();
        app.send(request(&app, Method::PATCH, &[("origin", "http://care.example")])).await.refused(403, "cross_site");
    }

    async fn signing_in_from_another_sites_page_is_refused(app: TestApp) {
        let body = json!({ "login": "admin", "password": pronto_testkit::app::PASSWORD }).to_string();
        let attempt = |origin: Option<&str>| {
            let mut request = Request::post("/api/v1/session")
                .header(header::HOST, HOST)
                .header(header::CONTENT_TYPE, "application/json");
            if let Some(origin) = origin {
                request = request.header(header::ORIGIN, origin);
            }
            request.body(Body::from(body.clone())).expect("a request")
        };
        app.send(attempt(Some("http://evil.example"))).await.refused(403, "cross_site");
        app.send(attempt(None)).await.ok();
    }

    async fn a_wrong_request_is_told_what_is_wrong(app: TestApp) {
        app.get(&app.admin, "/nothing/here").await.refused(404, "not_found");
        app.delete(&app.admin, "/queues").await.refused(405, "method_not_allowed");
        let path = app.get(&app.admin, "/queues/abc").await;
        assert_eq!(path.fields(), [("id", "format")]);
        path.refused(400, "invalid");
        let send = |kind: &'static str, body: String| {
            Request::post("/api/v1/queues")
                .header(header::HOST, HOST)
                .header(header::ORIGIN, format!("http://{HOST}"))
                .header(header::COOKIE, &app.admin.cookie)
                .header(header::CONTENT_TYPE, kind)
                .body(Body::from(body))
                .expect("a request")
        };
        app.send(send("application/json", "{".to_owned())).await.refused(400, "malformed");
        app.send(send("text/plain", "{}".to_owned())).await.refused(415, "unsupported_media_type");
        let large = format!(r#"{{"name":"{}"}}"#, "x".repeat(256 * 1024));
        app.send(send("application/json; charset=utf-8", large)).await.refused(413, "too_large");
        let long = app.send(send("application/json", format!(r#"{{"name":"{}"}}"#, "x".repeat(101)))).await;
        assert_eq!(long.fields(), [("name", "too_long")]);
    }

    async fn answers_say_where_they_were_read(app: TestApp) {
        let before = app.get(&app.admin, "/queues").await.headers["pronto-position"].clone();
        app.with_queue("Sales", &[]).await;
        let after = app.get(&app.admin, "/queues").await.headers["pronto-position"].clone();
        let read = |position: &axum::http::HeaderValue| -> pronto_store::meta::Position {
            position.to_str().expect("text").parse().expect("a position")
        };
        assert!(read(&before) <= read(&after));
        // What is told after the first is what changed; on PostgreSQL others' transactions may hold it up.
        for _ in 0..500 {
            let mut tx = app.bench.look().await;
            let events = pronto_store::event::after(&mut tx, &read(&before), 100).await.expect("read");
            if events.iter().any(|event| event.payload.as_ref().is_some_and(|facts| facts.0.what.as_deref() == Some("queues"))) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("nobody was told of the queue");
    }

    async fn who_was_first_is_named(app: TestApp) {
        let (ann, bob) = (app.with_agent("ann").await, app.with_agent("bob").await);
        let queue = app.with_queue("Sales", &[&ann, &bob]).await;
        let account = app.with_account("sales", queue, &[&ann, &bob]).await;
        let address = app.bench.customer(account.into(), "31600000001").await;
        let interaction = app.bench.interaction(address, ann.id).await;
        let taken = app.put(&bob, &format!("/interactions/{interaction}/ownership"), json!({})).await;
        let problem = taken.refused(409, "taken");
        assert_eq!(problem["params"], json!({ "by": "Ann", "by_id": ann.id }));
    }

    async fn the_rest_is_the_desktops(app: TestApp) {
        let desktop = Router::new().route("/", get(|| async { "the desktop" })).fallback(|| async { "its page" });
        let router = pronto_http::router(app.app.clone(), desktop);
        for (path, expected) in [("/", "the desktop"), ("/interactions/7", "its page")] {
            let request = Request::get(path).body(Body::empty()).expect("a request");
            let answer = tower::ServiceExt::oneshot(router.clone(), request).await.expect("an answer");
            assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            let bytes = axum::body::to_bytes(answer.into_body(), 1024).await.expect("a body");
            assert_eq!(bytes, expected);
        }
    }
}

#[tokio::test]
async fn the_document_and_its_page_are_served_to_anybody() {
    let app = TestApp::on(pronto_testkit::desk::Engine::Sqlite).await.expect("SQLite");
    let document = app.ask(None, Method::GET, "/openapi.json", None).await.ok();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let page = app.send(Request::get("/api/docs").body(Body::empty()).expect("a request")).await;
    let html = String::from_utf8(page.bytes.clone()).expect("text");
    assert!(html.contains("/api/v1/accounts/{id}/checks") && html.contains("id=\"Queue\""), "{}", html.len());
    for foreign in ["<script", "http://", "https://"] {
        assert!(!html.contains(foreign), "{foreign}");
    }
}

#[tokio::test]
async fn what_broke_on_our_side_stays_there() {
    async fn broken() -> &'static str {
        panic!("the secret cause")
    }
    let app = TestApp::on(pronto_testkit::desk::Engine::Sqlite).await.expect("SQLite");
    let router = pronto_http::router(app.app.clone(), Router::new().route("/broken", get(broken)));
    let request = Request::get("/broken").body(Body::empty()).expect("a request");
    let panicked = tower::ServiceExt::oneshot(router, request).await.expect("an answer");
    let internal = IntoResponse::into_response(pronto_http::Error::internal("the secret cause"));
    let unavailable = IntoResponse::into_response(pronto_http::Error::unavailable("the secret cause"));
    assert_eq!(unavailable.headers()[header::RETRY_AFTER], "1");
    for (answer, status, code) in
        [(panicked, 500, "internal"), (internal, 500, "internal"), (unavailable, 503, "unavailable")]
    {
        assert_eq!(answer.status(), status);
        let bytes = axum::body::to_bytes(answer.into_body(), 4096).await.expect("a body");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains(code) && !text.contains("secret"), "{text}");
    }
}

#[test]
fn the_document_is_as_committed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/openapi.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let document = serde_json::to_string_pretty(&pronto_http::openapi()).expect("JSON");
    assert!(committed.trim_end() == document, "the API has changed: run `cargo xtask regen` and commit what it writes");
}

/// The desktop's types name these; each operation can be called by name.
#[test]
fn the_document_names_what_the_desktop_names() {
    let document = serde_json::to_value(pronto_http::openapi()).expect("JSON");
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    for name in [
        "Welcome",
        "Session",
        "Me",
        "DeskSettings",
        "Presence",
        "Dashboard",
        "QueueCard",
        "Offer",
        "UserRef",
        "QueueRef",
        "AccountRef",
        "Interaction",
        "InteractionDetail",
        "JourneyEntry",
        "Decision",
        "Message",
        "Failure",
        "Content",
        "Attachment",
        "SendMessage",
        "Contact",
        "Queue",
        "Account",
        "FlowStep",
        "AccountCheck",
        "User",
        "Team",
        "Profile",
        "Mask",
        "Delivery",
        "DeliveryDetail",
        "Settings",
        "Problem",
        "Frame",
        "ClientFrame",
        "Role",
        "Permission",
        "PresenceState",
        "InteractionState",
        "Controller",
        "MessageKind",
        "MessageStatus",
        "Strategy",
    ] {
        assert!(schemas.contains_key(name), "{name}");
    }
    let mut names = std::collections::BTreeSet::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let id = operation["operationId"].as_str().expect("an operation's name");
            assert!(names.insert(id.to_owned()), "{id} twice");
            for needed in ["summary", "tags"] {
                assert_ne!(operation[needed], Value::Null, "{method} {path} has no {needed}");
            }
            assert!(operation["responses"]["default"].is_object(), "{method} {path}");
        }
    }
}
