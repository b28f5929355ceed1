//! Twilio, Sinch and Kaleyra from end to end: what is delivered, what is sent, and what is refused.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use pronto_desk::work;
use pronto_provider::{sinch, twilio};
use pronto_testkit::on_both;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::care::{Care, MARIA, eventually};

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0the rest of the picture";

/// One request that came.
#[derive(Clone, Debug)]
struct Asked {
    path: String,
    authorization: Option<String>,
    api_key: Option<String>,
    body: String,
}

/// A provider that takes everything, and notes it.
#[derive(Clone, Default)]
struct Peer {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    /// What Twilio lists, page by page.
    listed: Arc<Mutex<Vec<Value>>>,
}

impl Peer {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let peer = Self { url, ..Self::default() };
        let router = Router::new().fallback(answer).with_state(peer.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        peer
    }

    fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().filter(|one| one.path.starts_with(path)).cloned().collect()
    }
}

async fn answer(
    State(peer): State<Peer>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: String,
) -> Response {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let path = uri.path().to_owned();
    let asked = Asked { path: path.clone(), authorization: text("authorization"), api_key: text("api-key"), body };
    peer.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked.clone());
    let json = |status, body: Value| (status, axum::Json(body)).into_response();
    match path.as_str() {
        // As Twilio: the file is elsewhere, where nobody may bring the account's secret.
        "/media/1" => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/store/1")]).into_response(),
        "/store/1" if asked.authorization.is_some() => StatusCode::BAD_REQUEST.into_response(),
        "/store/1" => ([(header::CONTENT_TYPE, "image/png")], PICTURE).into_response(),
        "/oauth2/token" => {
            json(StatusCode::OK, json!({ "access_token": "granted", "token_type": "bearer", "expires_in": 3599 }))
        }
        path if path.ends_with("Media.json") => json(
            StatusCode::OK,
            json!({ "media_list": [{ "sid": "ME1", "content_type": "image/png", "uri": "/elsewhere" }] }),
        ),
        path if path.ends_with("Media/ME1") => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/store/1")]).into_response()
        }
        path if path.ends_with("Messages.json") && method == Method::GET => {
            let listed = peer.listed.lock().unwrap_or_else(PoisonError::into_inner);
            let page =
                uri.query().unwrap_or_default().split_once("Page=").map_or(0, |(_, page)| page.parse().unwrap_or(0));
            match listed.get(page) {
                Some(messages) => {
                    let next = listed.get(page + 1).map(|_| format!("{path}?Page={}", page + 1));
                    json(StatusCode::OK, json!({ "messages": messages, "next_page_uri": next }))
                }
                None => json(StatusCode::TOO_MANY_REQUESTS, json!({ "code": 20429, "message": "Too many requests" })),
            }
        }
        path if path.ends_with("Messages.json") => {
            json(StatusCode::CREATED, json!({ "sid": "SMours", "status": "queued" }))
        }
        path if path.ends_with("messages:send") => {
            json(StatusCode::OK, json!({ "message_id": "01OURS", "accepted_time": "2026-01-01T00:00:00Z" }))
        }
        path if path.ends_with("/messages") => json(StatusCode::ACCEPTED, json!({ "id": "ours:0" })),
        path if path.ends_with("/message_templates") => json(
            StatusCode::OK,
            json!({ "data": [{ "id": "1", "name": "order_sent", "language": "it", "status": "APPROVED", "category": "UTILITY",
                "components": [{ "type": "BODY", "text": "Spedito" }] }] }),
        ),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// An account of a provider beside the one at Meta, and everything at work.
struct Desk {
    care: Care,
    peer: Peer,
    stop: CancellationToken,
}

impl Desk {
    async fn with(care: Care, mut account: Value) -> Self {
        let peer = Peer::start().await;
        account["name"] = "Other".into();
        account["key"] = "other".into();
        account["default_queue_id"] = care.queue.into();
        account["user_ids"] = json!([care.ann.id.0]);
        account["base_url"] = peer.url.clone().into();
        let made = care.app.post(&care.app.admin, "/accounts", account).await;
        assert_eq!(made.status.as_u16(), 201, "{}", made.body);
        let stop = CancellationToken::new();
        let desk = care.app.bench.desk.clone();
        work::start(&desk, &stop);
        Self { care, peer, stop }
    }

    /// Delivers what was signed, and waits until it is applied.
    async fn deliver(&self, request: Request<Body>) {
        let (status, answer) = self.care.hand_in(request).await;
        assert_eq!((status, &answer), (200, &Value::Null), "an empty answer");
        self.care.settled().await;
    }

    /// The one interaction, taken by Ann; answers its path.
    async fn taken(&self) -> String {
        let id = self.care.count("SELECT max(id) AS count FROM interaction").await;
        self.care.app.put(&self.care.ann, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        format!("/interactions/{id}/messages")
    }

    async fn say(&self, path: &str, body: Value) -> Value {
        let mut whole = json!({ "client_id": Uuid::new_v4(), "kind": "text" });
        for (name, value) in body.as_object().expect("an object") {
            whole[name] = value.clone();
        }
        let answer = self.care.app.post(&self.care.ann, path, whole).await;
        json!({ "status": answer.status.as_u16(), "body": answer.body })
    }

    async fn count(&self, what: &str) -> i64 {
        self.care.count(&format!("SELECT count(*) AS count FROM {what}")).await
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn form(path: &str, fields: &[(&str, &str)], token: &str) -> Request<Body> {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let address = format!("http://desk.example{path}");
    let kind = "application/x-www-form-urlencoded";
    let signed = twilio::signature::Signed {
        url: &address,
        is_get: false,
        content_type: Some(kind),
        body: body.as_bytes(),
        signature: None,
        settings: None,
    };
    let signature = twilio::signature::sign(token, &signed).expect("signed");
    Request::post(path)
        .header(header::CONTENT_TYPE, kind)
        .header(twilio::signature::HEADER, signature)
        .body(Body::from(body))
        .expect("a request")
}

fn sinch_callback(care: &Care, body: &Value, nonce: &str, secret: &str, age: i64) -> Request<Body> {
    let body = body.to_string();
    let timestamp = (care.app.bench.now().as_second() - age).to_string();
    Request::post("/webhooks/sinch/other")
        .header(sinch::signature::HEADER, sinch::signature::sign(secret, body.as_bytes(), nonce, &timestamp))
        .header(sinch::signature::NONCE, nonce)
        .header(sinch::signature::TIMESTAMP, timestamp)
        .header(sinch::signature::ALGORITHM, "HmacSHA256")
        .body(Body::from(body))
        .expect("a request")
}

fn sinch_text(id: &str, text: &str) -> Value {
    json!({ "app_id": "01APP", "message": { "id": id, "direction": "TO_APP",
        "contact_message": { "text_message": { "text": text } },
        "channel_identity": { "channel": "WHATSAPP", "identity": MARIA, "app_id": "01APP" } } })
}

const TWILIO: &str = "/webhooks/twilio/other";

fn twilio_account() -> Value {
    json!({ "provider": "twilio", "phone_number_id": "+14155238886", "business_account_id": "AC1",
        "credentials": { "access_token": "auth-token", "second_token": "next-token" } })
}

fn twilio_text<'a>(id: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("MessageSid", id),
        ("SmsStatus", "received"),
        ("From", "whatsapp:+393331234567"),
        ("To", "whatsapp:+14155238886"),
        ("ProfileName", "Maria"),
        ("Body", body),
        ("NumMedia", "0"),
    ]
}

on_both! {
    async fn twilio_from_a_picture_to_a_read_answer(care: Care) {
        let desk = Desk::with(care, twilio_account()).await;
        let picture = format!("{}/media/1", desk.peer.url);
        let mut fields = twilio_text("MM1", "look");
        fields.extend([("MediaUrl0", picture.as_str()), ("MediaContentType0", "image/png"), ("MessageType", "image")]);
        desk.deliver(form(TWILIO, &fields, "auth-token")).await;
        // The same once more, now under the token that comes next.
        desk.deliver(form(TWILIO, &fields, "next-token")).await;
        assert_eq!(desk.count("message WHERE provider_id = 'MM1'").await, 1);
        eventually("the picture is here", async || desk.count("attachment WHERE state = 'stored'").await == 1).await;
        let (asked, stored) = (desk.peer.asked("/media/1"), desk.peer.asked("/store/1"));
        // AC1:auth-token
        assert_eq!(asked[0].authorization.as_deref(), Some("Basic QUMxOmF1dGgtdG9rZW4="));
        assert_eq!(stored[0].authorization, None, "the secret stays where it belongs");
        let path = desk.taken().await;
        desk.say(&path, json!({ "text": "thank you" })).await;
        eventually("it is sent", async || desk.count("attempt WHERE provider_id = 'SMours'").await == 1).await;
        let sent = desk.peer.asked("/2010-04-01/Accounts/AC1/Messages.json").remove(0);
        let fields: Vec<(String, String)> = url::form_urlencoded::parse(sent.body.as_bytes()).into_owned().collect();
        let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        assert_eq!((field("From"), field("To")), (Some("whatsapp:+14155238886"), Some("whatsapp:+393331234567")));
        assert_eq!(field("Body"), Some("thank you"));
        // Where statuses are told is signed with its query, which brings the attempt back.
        let callback = field("StatusCallback").expect("an address").trim_start_matches("http://desk.example").to_owned();
        assert!(callback.starts_with("/webhooks/twilio/other?attempt="), "{callback}");
        let status = [("MessageSid", "SMours"), ("MessageStatus", "read"), ("From", "whatsapp:+14155238886"),
            ("To", "whatsapp:+393331234567")];
        desk.deliver(form(&callback, &status, "auth-token")).await;
        eventually("it shows as read", async || desk.count("message WHERE status = 'read'").await == 1).await;
    }

    /// Twilio tells of a message once; what came while nobody could be reached is asked for.
    async fn what_twilio_could_not_deliver_is_fetched_afterwards(care: Care) {
        let desk = Desk::with(care, twilio_account()).await;
        let bench = &desk.care.app.bench;
        let progress = "catch_up WHERE asked_until > 0";
        eventually("it begins now", async || desk.count(progress).await == 1).await;
        assert!(desk.peer.asked("/2010").is_empty(), "what came before it was this desk's is not ours");
        desk.deliver(form(TWILIO, &twilio_text("SMhere", "told"), "auth-token")).await;

        let sent = bench.now();
        let message = |sid: &str, body: &str, minutes: i64| {
            let at = sent + SignedDuration::from_mins(minutes);
            json!({ "sid": sid, "direction": "inbound", "status": "received", "from": "whatsapp:+393331234567",
                "to": "whatsapp:+14155238886", "body": body, "num_media": "0",
                "date_sent": at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string() })
        };
        let mut picture = message("MMmissed", "a picture", 2);
        picture["num_media"] = "1".into();
        let mut ours = message("SMours", "an answer", 3);
        ours["direction"] = "outbound-api".into();
        let mut text = message("SMtext", "no WhatsApp", 3);
        text["from"] = "+393331234567".into();
        *desk.peer.listed.lock().expect("the list") = vec![
            json!([message("SMnew", "its webhook may still come", 9), ours, text, picture]),
            json!([message("SMhere", "told", 1), message("SMmissed", "first", 0), message("SMold", "long ago", -60)]),
        ];
        bench.advance(10 * 60);
        bench.desk.bell().ring();
        eventually("both are here", async || desk.count("message WHERE provider_id IN ('SMmissed', 'MMmissed')").await == 2)
            .await;
        eventually("the picture too", async || desk.count("attachment WHERE state = 'stored'").await == 1).await;
        assert_eq!(desk.count("message WHERE direction = 'in'").await, 3, "nothing twice, nothing else");
        // The window is open from when it was written, not from when we heard of it.
        let at = bench.now().as_millisecond() - 8 * 60 * 1000;
        let window = desk.care.count("SELECT max(window_expires_at) AS count FROM interaction").await;
        assert!(window <= at + 24 * 3600 * 1000 + 1000, "{window} {at}");

        // While Twilio refuses, nothing is skipped.
        let before = desk.care.count("SELECT max(asked_until) AS count FROM catch_up").await;
        desk.peer.listed.lock().expect("the list").clear();
        bench.advance(10 * 60);
        bench.desk.bell().ring();
        eventually("it is refused", async || desk.count("catch_up WHERE error LIKE '%20429%'").await == 1).await;
        assert_eq!(desk.care.count("SELECT max(asked_until) AS count FROM catch_up").await, before);
    }

    async fn what_twilio_cannot_do_is_said_before_anything_is_sent(care: Care) {
        let desk = Desk::with(care, twilio_account()).await;
        desk.deliver(form(TWILIO, &twilio_text("SM1", "hello"), "auth-token")).await;
        let path = desk.taken().await;
        let theirs = desk.care.count("SELECT id AS count FROM message WHERE provider_id = 'SM1'").await;
        let long = desk.say(&path, json!({ "text": "x".repeat(1_601) })).await;
        assert_eq!((&long["status"], &long["body"]["fields"][0]["code"]), (&json!(422), &json!("too_long")));
        let thumb = desk.say(&path, json!({ "kind": "reaction", "text": "👍", "reply_to": theirs })).await;
        assert_eq!((&thumb["status"], &thumb["body"]["code"]), (&json!(409), &json!("provider_cannot")));
        assert_eq!(thumb["body"]["detail"], "Twilio has no way to send reactions over WhatsApp");
        let quote = desk.say(&path, json!({ "text": "this", "reply_to": theirs })).await;
        assert_eq!(quote["body"]["code"], "provider_cannot");
        assert_eq!((desk.count("attempt").await, desk.peer.asked("/2010").len()), (0, 0));
        let accounts = desk.care.app.get(&desk.care.ann, "/accounts").await.ok();
        let account = accounts.as_array().expect("a list").iter().find(|one| one["key"] == "other").expect("it").clone();
        assert_eq!((&account["can"]["text_limit"], &account["can"]["react"]), (&json!(1600), &json!(false)));
        assert_eq!(account["webhook_url"], "http://desk.example/webhooks/twilio/other");
        assert_eq!(account["connection"]["public_url"], "http://desk.example");
    }

    async fn only_twilio_is_believed(care: Care) {
        let desk = Desk::with(care, twilio_account()).await;
        let fields = twilio_text("SM1", "hello");
        let mut unsigned = form(TWILIO, &fields, "auth-token");
        unsigned.headers_mut().remove(twilio::signature::HEADER);
        let mut tampered = form(TWILIO, &fields, "auth-token");
        *tampered.body_mut() = Body::from("MessageSid=SM2&From=whatsapp%3A%2B393331234567&Body=hello");
        let mut elsewhere = form(TWILIO, &fields, "auth-token");
        *elsewhere.uri_mut() = "/webhooks/twilio/other?x=1".parse().expect("an address");
        for forged in [unsigned, tampered, elsewhere, form(TWILIO, &fields, "guess")] {
            let (status, problem) = desk.care.hand_in(forged).await;
            assert_eq!((status, problem["code"].as_str()), (401, Some("bad_signature")));
        }
        // An account is its provider's alone.
        let (status, _) = desk.care.hand_in(form("/webhooks/sinch/other", &fields, "auth-token")).await;
        assert_eq!(status, 404);
        assert_eq!(desk.count("delivery").await, 0);
    }

    async fn sinch_is_asked_for_one_token_and_fetches_our_files(care: Care) {
        let desk = Desk::with(care, json!({ "provider": "sinch", "phone_number_id": "01APP", "business_account_id": "project",
            "app_id": "key", "credentials": { "access_token": "key-secret", "app_secret": "hook-secret" } })).await;
        desk.deliver(sinch_callback(&desk.care, &sinch_text("01IN", "hello"), "n1", "hook-secret", 0)).await;
        let path = desk.taken().await;
        for text in ["one", "two"] {
            desk.say(&path, json!({ "text": text })).await;
        }
        let file = Uuid::new_v4();
        let handed = Request::put(format!("/api/v1/uploads/{file}?name=lamp.png"))
            .header(header::HOST, pronto_testkit::app::HOST)
            .header(header::ORIGIN, format!("http://{}", pronto_testkit::app::HOST))
            .header(header::COOKIE, &desk.care.ann.cookie)
            .header(header::CONTENT_LENGTH, PICTURE.len())
            .body(Body::from(PICTURE))
            .expect("a request");
        desk.care.app.send(handed).await.ok();
        desk.say(&path, json!({ "kind": "file", "upload_id": file, "text": "" })).await;
        eventually("all are sent", async || desk.peer.asked("/v1/projects/project/messages:send").len() == 3).await;
        assert_eq!(desk.peer.asked("/oauth2/token").len(), 1);
        let sent = desk.peer.asked("/v1/projects/project/messages:send");
        assert!(sent.iter().all(|one| one.authorization.as_deref() == Some("Bearer granted")), "{sent:?}");
        let last: Value = serde_json::from_str(&sent[2].body).expect("JSON");
        let link = last.pointer("/message/media_message/url").and_then(Value::as_str).expect("an address");
        let fetch = |path: &str| Request::get(path).body(Body::empty()).expect("a request");
        let path = link.trim_start_matches("http://desk.example").to_owned();
        let response = tower::ServiceExt::oneshot(desk.care.webhooks.clone(), fetch(&path)).await.expect("an answer");
        assert_eq!((response.status().as_u16(), response.headers()["content-type"].to_str().ok()), (200, Some("image/png")));
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("bytes");
        assert_eq!(bytes, PICTURE);
        desk.care.app.advance(3_600);
        assert_eq!(desk.care.hand_in(fetch(&path)).await.0, 404, "an hour later");
        assert_eq!(desk.care.hand_in(fetch("/files/guess/lamp.png")).await.0, 404);
    }

    async fn sinch_is_believed_once_and_while_it_is_fresh(care: Care) {
        let desk = Desk::with(care, json!({ "provider": "sinch", "phone_number_id": "01APP", "business_account_id": "project",
            "app_id": "key", "credentials": { "access_token": "key-secret", "app_secret": "hook-secret" } })).await;
        let body = sinch_text("01IN", "hello");
        desk.deliver(sinch_callback(&desk.care, &body, "n1", "hook-secret", 0)).await;
        desk.deliver(sinch_callback(&desk.care, &body, "n1", "hook-secret", 0)).await;
        assert_eq!(desk.count("delivery").await, 1, "a replay is not even kept");
        for (secret, age) in [("guess", 0), ("hook-secret", 301), ("hook-secret", -301)] {
            let (status, problem) = desk.care.hand_in(sinch_callback(&desk.care, &body, "n2", secret, age)).await;
            assert_eq!((status, problem["code"].as_str()), (401, Some("bad_signature")), "{secret} {age}");
        }
        // A number of another app is nobody's.
        let mut strange = sinch_text("01OTHER", "hello");
        strange["app_id"] = "02APP".into();
        desk.deliver(sinch_callback(&desk.care, &strange, "n3", "hook-secret", 0)).await;
        assert_eq!(desk.count("delivery WHERE state = 'failed'").await, 1);
    }

    async fn kaleyra_proves_itself_by_its_address_and_a_password(care: Care) {
        let desk = Desk::with(care, json!({ "provider": "kaleyra", "phone_number_id": "390255501234", "business_account_id": "SID",
            "connection": { "version": "v1" },
            "credentials": { "access_token": "api-key", "verify_token": "path-secret", "app_secret": "desk:pass" } })).await;
        let callback = |path: &str, basic: Option<&str>| {
            let mut request = Request::get(format!("{path}?from=393331234567&type=text&body=hello&created_at=1790000000&name=Maria&reply_to=%3Creply_to%3E"));
            if let Some(basic) = basic {
                request = request.header(header::AUTHORIZATION, basic);
            }
            request.body(Body::empty()).expect("a request")
        };
        const PATH: &str = "/webhooks/kaleyra/other/path-secret";
        // printf desk:pass | base64
        const BASIC: &str = "Basic ZGVzazpwYXNz";
        for (path, basic) in [(PATH, None), (PATH, Some("Basic ZGVzazpwYXNzMQ==")), ("/webhooks/kaleyra/other/guess", Some(BASIC)), ("/webhooks/kaleyra/other", Some(BASIC))] {
            assert_eq!(desk.care.hand_in(callback(path, basic)).await.0, 401, "{path} {basic:?}");
        }
        desk.deliver(callback(PATH, Some(BASIC))).await;
        desk.deliver(callback(PATH, Some(BASIC))).await;
        assert_eq!(desk.count("message WHERE direction = 'in'").await, 1, "it has no id, and is known all the same");
        let path = desk.taken().await;
        desk.say(&path, json!({ "text": "thank you" })).await;
        eventually("it is sent", async || desk.count("attempt WHERE provider_id = 'ours:0'").await == 1).await;
        let sent = desk.peer.asked("/v1/SID/messages").remove(0);
        assert_eq!(sent.api_key.as_deref(), Some("api-key"));
        assert!(sent.body.contains("body=thank+you") && sent.body.contains("to=%2B393331234567"), "{}", sent.body);
        let status = Request::post(PATH).header(header::AUTHORIZATION, BASIC)
            .body(Body::from(r#"{"id":"ours:0","status":"delivered"}"#)).expect("a request");
        desk.deliver(status).await;
        eventually("it shows", async || desk.count("message WHERE status = 'delivered'").await == 1).await;
    }

    async fn kaleyras_templates_are_metas_and_so_are_its_messages(care: Care) {
        let desk = Desk::with(care, json!({ "provider": "kaleyra", "phone_number_id": "390255501234", "business_account_id": "SID",
            "connection": { "waba_id": "77" }, "credentials": { "access_token": "api-key", "verify_token": "path-secret" } })).await;
        eventually("they are here", async || desk.count("template WHERE name = 'order_sent'").await == 1).await;
        let value = json!({ "contacts": [{ "wa_id": MARIA, "profile": { "name": "Maria" } }], "messages": [{ "from": MARIA,
            "id": "wamid.1", "timestamp": desk.care.app.bench.now().as_second().to_string(), "type": "text", "text": { "body": "hello" } }] });
        let whole = json!({ "meta_object": { "field": "messages", "value": value }, "extra_info": {} });
        let request = Request::post("/webhooks/kaleyra/other/path-secret").body(Body::from(whole.to_string()));
        desk.deliver(request.expect("a request")).await;
        let path = desk.taken().await;
        let theirs = desk.care.count("SELECT id AS count FROM message WHERE provider_id = 'wamid.1'").await;
        let thumb = desk.say(&path, json!({ "kind": "reaction", "text": "👍", "reply_to": theirs })).await;
        assert_eq!(thumb["status"], 201, "{thumb}");
        eventually("it is sent", async || desk.peer.asked("/v2/SID/whatsapp/390255501234/messages").len() == 1).await;
        let sent = desk.peer.asked("/v2/SID/whatsapp/390255501234/messages").remove(0);
        let body: Value = serde_json::from_str(&sent.body).expect("JSON");
        assert_eq!(body["messaging_object"]["reaction"], json!({ "message_id": "wamid.1", "emoji": "👍" }));
        assert!(body["extra_info"]["ref"].is_string(), "{body}");
    }

    async fn an_account_of_another_provider_is_looked_at_too(care: Care) {
        let admin = &care.app.admin;
        let answer = care.app.post(admin, "/accounts", json!({ "provider": "twilio", "key": "other", "name": "Other",
            "phone_number_id": "+1415 5238886", "business_account_id": "AC1", "default_queue_id": care.queue,
            "connection": { "public_url": "care.example", "media_hosts": ["x y"] } })).await;
        assert_eq!(answer.status.as_u16(), 422);
        let fields: Vec<&str> = answer.body["fields"].as_array().expect("fields").iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(fields, ["connection.public_url", "connection.media_hosts[0]", "phone_number_id"]);
        assert_eq!(care.app.post(admin, "/accounts", json!({ "provider": "pigeon" })).await.status.as_u16(), 422);
    }
}
