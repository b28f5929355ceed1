//! An account and a number of the simulator's that belong together.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use pronto_db::Engine;
use pronto_desk::{Clock, work};
use pronto_simulator::{App, BusinessNumber, Config, Connection, Provider, Seed, SeedPhone, Simulator};
use pronto_testkit::app::{HOST, Person};
use pronto_testkit::{TestApp, TestDesk};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::care::{Care, eventually};

pub(crate) const PICTURE: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0the rest of the picture";
const DIGITS: &str = "390255509999";

/// A desk on the clock of the world, for signatures grow old.
pub(crate) struct Bench(pub(crate) Care);

impl Bench {
    pub(crate) async fn on(engine: Engine) -> Option<Self> {
        let desk = TestDesk::with_clock(engine, Clock::system()).await?;
        Some(Self(Care::over(TestApp::over(desk).await).await))
    }
}

/// An account and a number that belong together.
pub(crate) struct Line {
    pub(crate) care: Care,
    simulator: Arc<Simulator>,
    control: String,
    number: String,
    http: reqwest::Client,
    stop: CancellationToken,
    _folder: TempDir,
}

async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    (listener, url)
}

impl Line {
    pub(crate) async fn through(care: Care, provider: Provider) -> Self {
        let (desk_port, desk_url) = listener().await;
        let webhooks = care.webhooks.clone();
        tokio::spawn(async move { axum::serve(desk_port, webhooks).await });
        let (port, base) = listener().await;
        let (word, base_url, secret) = match provider {
            Provider::Meta => ("meta", format!("{base}/simulator/meta/v23.0"), "app-secret"),
            Provider::Twilio => ("twilio", format!("{base}/simulator/twilio"), "auth-token"),
            Provider::Sinch => ("sinch", format!("{base}/simulator/sinch"), "hook-secret"),
            Provider::KaleyraV1 | Provider::KaleyraV2 => ("kaleyra", format!("{base}/simulator/kaleyra"), "desk:pass"),
        };
        let number = if provider == Provider::Sinch { "01APP" } else { DIGITS }.to_owned();
        let ending = if word == "kaleyra" { "/s3cret" } else { "" };
        let app = App {
            id: "other".to_owned(),
            provider,
            app_secret: secret.to_owned(),
            access_tokens: vec!["token".to_owned()],
            verify_token: "s3cret".to_owned(),
            webhook_url: format!("{desk_url}/webhooks/{word}/other{ending}"),
            business_account_id: "AC1".to_owned(),
            connection: Connection { key_id: Some("key1".to_owned()), ..Connection::default() },
            numbers: vec![BusinessNumber {
                phone_number_id: number.clone(),
                display_phone_number: format!("+{DIGITS}"),
                verified_name: "Aurora Outlet".to_owned(),
            }],
            templates: Vec::new(),
        };
        let phone = SeedPhone {
            id: "giulia".to_owned(),
            name: "Giulia Ferri".to_owned(),
            number: "+39 333 555 0142".to_owned(),
            username: None,
            hidden_number: false,
            user_id: None,
            backstage: false,
        };
        let folder = tempfile::tempdir().expect("a folder");
        let seed = Seed { apps: vec![app], phones: vec![phone], chats: Vec::new() };
        let config = Config { database: folder.path().join("simulator.db"), public_base: base.clone(), seed };
        let simulator = pronto_simulator::open(config).await.expect("a network");
        let router = simulator.router();
        tokio::spawn(async move { axum::serve(port, router).await });
        let version = match provider {
            Provider::KaleyraV1 => json!("v1"),
            Provider::KaleyraV2 => json!("v2"),
            _ => Value::Null,
        };
        let account = json!({ "provider": word, "key": "other", "name": "Other", "base_url": base_url, "phone_number_id": number,
            "business_account_id": "AC1", "app_id": if provider == Provider::Meta { "other" } else { "key1" }, "default_queue_id": care.queue, "user_ids": [care.ann.id.0],
            "credentials": { "access_token": "token", "app_secret": secret, "verify_token": "s3cret" },
            "connection": { "public_url": desk_url, "version": version } });
        let made = care.app.post(&care.app.admin, "/accounts", account).await;
        assert_eq!(made.status.as_u16(), 201, "{}", made.body);
        let stop = CancellationToken::new();
        work::start(&care.app.bench.desk.clone(), &stop);
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let control = format!("{base}/simulator/control");
        let line = Self { care, simulator: Arc::new(simulator), control, number, http, stop, _folder: folder };
        line.control("PATCH", "faults", json!({ "status_delay_ms": 5, "duplicate_percent": 100 })).await;
        line
    }

    pub(crate) async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let request = self.http.request(method.parse().expect("a method"), format!("{}/{path}", self.control));
        let request = if body.is_null() { request } else { request.json(&body) };
        let response = request.send().await.expect("an answer");
        assert!(response.status().is_success(), "{method} {path}: {}", response.status());
        response.json().await.unwrap_or_default()
    }

    /// A call of Twilio's Content API, as its owner makes it.
    pub(crate) async fn twilio(&self, method: &str, path: &str, body: Value) -> Value {
        let api = self.control.replace("/simulator/control", "/simulator/twilio/v1");
        let request = self.http.request(method.parse().expect("a method"), format!("{api}/{path}"));
        let response = request.basic_auth("key1", Some("token")).json(&body).send().await.expect("an answer");
        assert!(response.status().is_success(), "{method} {path}: {}", response.status());
        response.json().await.unwrap_or_default()
    }

    pub(crate) async fn writes(&self, mut message: Value) {
        message["to"] = self.number.clone().into();
        self.control("POST", "phones/giulia/messages", message).await;
    }

    pub(crate) async fn count(&self, what: &str) -> i64 {
        self.care.count(&format!("SELECT count(*) AS count FROM {what}")).await
    }

    /// The latest message of the business that is on the phone and of this type.
    pub(crate) async fn heard(&self, kind: &str) -> Option<Value> {
        let shown = self.control("GET", "phones/giulia/messages", Value::Null).await;
        let messages = shown["messages"].as_array().cloned().unwrap_or_default();
        let arrived = |message: &Value| matches!(message["status"].as_str(), Some("delivered" | "read"));
        messages.into_iter().rev().find(|one| one["from"] == "business" && one["type"] == kind && arrived(one))
    }

    pub(crate) async fn say(&self, path: &str, mut body: Value) {
        body["client_id"] = json!(Uuid::new_v4());
        self.care.app.post(&self.care.ann, path, body).await.ok();
    }

    pub(crate) async fn upload(&self, by: &Person) -> Uuid {
        let file = Uuid::new_v4();
        let handed = Request::put(format!("/api/v1/uploads/{file}?name=lamp.png"))
            .header(header::HOST, HOST)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header(header::COOKIE, &by.cookie)
            .header(header::CONTENT_LENGTH, PICTURE.len())
            .body(Body::from(PICTURE))
            .expect("a request");
        self.care.app.send(handed).await.ok();
        file
    }

    /// Waits until nothing is left to tell.
    pub(crate) async fn told(&self) {
        let told = async || self.control("GET", "ledger", Value::Null).await["webhooks"]["queued"] == 0;
        eventually("everything was told", told).await;
        self.care.settled().await;
    }

    pub(crate) async fn end(self) {
        self.stop.cancel();
        self.simulator.close().await;
    }
}
