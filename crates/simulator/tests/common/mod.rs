//! A network on a real listener, and a little webhook that takes what it posts.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

pub mod inbox;

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use hmac::{Hmac, KeyInit as _, Mac as _};
use pronto_simulator::{Config, Seed, Simulator, open};
use serde_json::{Value, json};
use sha2::Sha256;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub const NUMBER: &str = "100000000000001";
pub const ACCOUNT: &str = "200000000000001";
pub const TOKEN: &str = "demo-access-token";
pub const SECRET: &str = "demo-app-secret";
pub const GIULIA: &str = "393335550142";

/// One POST as it came in.
#[derive(Debug, Clone)]
pub struct Post {
    pub body: String,
    pub signature: Option<String>,
    pub json: Value,
    pub at: Instant,
}

#[derive(Debug)]
struct Inbox {
    posts: Vec<Post>,
    /// POSTs that were refused.
    refused: usize,
    status: StatusCode,
}

#[derive(Debug, Clone)]
pub struct Webhook(Arc<Mutex<Inbox>>);

impl Webhook {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Inbox { posts: Vec::new(), refused: 0, status: StatusCode::OK })))
    }

    pub fn answer_with(&self, status: u16) {
        self.0.lock().unwrap().status = StatusCode::from_u16(status).unwrap();
    }

    pub fn posts(&self) -> Vec<Post> {
        self.0.lock().unwrap().posts.clone()
    }

    pub fn refused(&self) -> usize {
        self.0.lock().unwrap().refused
    }

    /// Every `value` of a field, in order of arrival.
    pub fn values(&self, field: &str) -> Vec<Value> {
        let mut values = Vec::new();
        for post in self.posts() {
            for entry in post.json["entry"].as_array().unwrap() {
                for change in entry["changes"].as_array().unwrap() {
                    if change["field"] == field {
                        values.push(change["value"].clone());
                    }
                }
            }
        }
        values
    }

    pub fn messages(&self) -> Vec<Value> {
        self.members("messages")
    }

    pub fn statuses(&self) -> Vec<Value> {
        self.members("statuses")
    }

    fn members(&self, key: &str) -> Vec<Value> {
        self.values("messages").iter().flat_map(|value| value[key].as_array().cloned().unwrap_or_default()).collect()
    }

    /// The statuses of one message, by name, in order of arrival.
    pub fn statuses_of(&self, id: &str) -> Vec<String> {
        self.statuses()
            .iter()
            .filter(|status| status["id"] == id)
            .map(|status| status["status"].as_str().unwrap().to_owned())
            .collect()
    }
}

async fn take(State(webhook): State<Webhook>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut inbox = webhook.0.lock().unwrap();
    if !inbox.status.is_success() {
        inbox.refused += 1;
        return inbox.status;
    }
    let body = String::from_utf8(body.to_vec()).unwrap();
    let json = serde_json::from_str(&body).unwrap_or(Value::Null);
    let signature = headers.get("x-hub-signature-256").map(|value| value.to_str().unwrap().to_owned());
    inbox.posts.push(Post { body, signature, json, at: Instant::now() });
    inbox.status
}

async fn verify(Query(query): Query<Vec<(String, String)>>) -> (StatusCode, String) {
    let get =
        |key: &str| query.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone()).unwrap_or_default();
    if get("hub.mode") == "subscribe" && get("hub.verify_token") == "demo-verify-token" {
        (StatusCode::OK, get("hub.challenge"))
    } else {
        (StatusCode::FORBIDDEN, "no".to_owned())
    }
}

pub struct World {
    pub base: String,
    pub desk: String,
    pub webhook: Webhook,
    pub http: reqwest::Client,
    pub simulator: Simulator,
    folder: TempDir,
    serving: JoinHandle<()>,
}

impl World {
    /// A new network whose statuses follow at once.
    pub async fn start() -> Self {
        let webhook = Webhook::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let desk = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().route("/webhooks/meta/demo", get(verify).post(take)).with_state(webhook.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let folder = tempfile::tempdir().unwrap();
        let (base, simulator, serving) = serve(&folder, &desk).await;
        let world = Self {
            base,
            desk,
            webhook,
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            simulator,
            folder,
            serving,
        };
        world.faults(json!({"status_delay_ms": 5, "template_review_ms": 5, "webhook_retry_ms": 10, "webhook_retry_max_ms": 50})).await;
        world
    }

    /// The process ends and another one opens the same file.
    pub async fn restart(&mut self) {
        self.serving.abort();
        self.simulator.close().await;
        (self.base, self.simulator, self.serving) = serve(&self.folder, &self.desk).await;
    }

    pub async fn control(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let request = self.http.request(method.parse().unwrap(), format!("{}/simulator/control/{path}", self.base));
        let request = if body.is_null() { request } else { request.json(&body) };
        answer(request.send().await.unwrap()).await
    }

    pub async fn faults(&self, patch: Value) {
        let (status, answer) = self.control("PATCH", "faults", patch).await;
        assert_eq!(status, 200, "{answer}");
    }

    /// A person writes to the business; returns the message's id.
    pub async fn write(&self, phone: &str, message: Value) -> String {
        let mut message = message;
        message["to"] = json!(NUMBER);
        let (status, answer) = self.control("POST", &format!("phones/{phone}/messages"), message).await;
        assert_eq!(status, 201, "{answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    pub async fn meta(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let request = self
            .http
            .request(method.parse().unwrap(), format!("{}/simulator/meta/v23.0/{path}", self.base))
            .bearer_auth(TOKEN);
        let request = if body.is_null() { request } else { request.json(&body) };
        answer(request.send().await.unwrap()).await
    }

    /// The business sends something; the answer as it is.
    pub async fn send(&self, to: &str, message: Value) -> (u16, Value) {
        let mut message = message;
        message["messaging_product"] = json!("whatsapp");
        message["recipient_type"] = json!("individual");
        message["to"] = json!(to);
        self.meta("POST", &format!("{NUMBER}/messages"), message).await
    }

    /// The business sends a text to somebody whose window is open; returns the message's id.
    pub async fn text(&self, to: &str, text: &str) -> String {
        let (status, answer) = self.send(to, json!({"type": "text", "text": {"body": text}})).await;
        assert_eq!(status, 200, "{answer}");
        id_of(&answer)
    }

    /// What a phone holds of a message.
    pub async fn on_phone(&self, phone: &str, id: &str) -> Value {
        let (_, answer) = self.control("GET", &format!("phones/{phone}/messages?with={NUMBER}"), Value::Null).await;
        answer["messages"]
            .as_array()
            .unwrap()
            .iter()
            .find(|message| message["id"] == id)
            .cloned()
            .unwrap_or(Value::Null)
    }

    pub async fn ledger(&self) -> Value {
        self.control("GET", "ledger", Value::Null).await.1
    }
}

async fn serve(folder: &TempDir, desk: &str) -> (String, Simulator, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let config =
        Config { database: folder.path().join("simulator.db"), public_base: base.clone(), seed: Seed::demo(desk) };
    let simulator = open(config).await.unwrap();
    let router = simulator.router();
    let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (base, simulator, serving)
}

async fn answer(response: reqwest::Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

pub fn id_of(answer: &Value) -> String {
    answer["messages"][0]["id"].as_str().unwrap().to_owned()
}

pub fn signed(body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={hex}")
}

/// Waits until something holds.
pub async fn until<F: Future<Output = bool>>(what: &str, condition: impl Fn() -> F) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !condition().await {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Waits until the webhook has got something.
pub async fn arrives(what: &str, condition: impl Fn() -> bool) {
    until(what, || std::future::ready(condition())).await;
}
