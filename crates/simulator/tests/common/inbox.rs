//! Takes what any provider's side of the network posts.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{World, arrives};

pub const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n the rest of a picture";

/// One POST as it came in.
#[derive(Debug, Clone)]
pub struct Came {
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Came {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.body.as_bytes()).into_owned().collect()
    }

    pub fn field(&self, name: &str) -> String {
        self.form().into_iter().find(|(key, _)| key == name).map(|(_, value)| value).unwrap_or_default()
    }
}

#[derive(Clone, Default)]
pub struct Inbox {
    pub came: Arc<Mutex<Vec<Came>>>,
    /// How many to refuse first.
    pub refuse: Arc<Mutex<u32>>,
    pub url: String,
}

impl Inbox {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let inbox = Self { url: format!("http://{}", listener.local_addr().unwrap()), ..Self::default() };
        let router = Router::new().fallback(take).with_state(inbox.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        inbox
    }

    pub fn all(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }

    pub async fn nth(&self, place: usize) -> Came {
        arrives("it was told", || self.all().len() > place).await;
        self.all()[place].clone()
    }
}

async fn take(
    State(inbox): State<Inbox>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, Vec<u8>) {
    if uri.path() == "/lamp.png" {
        return (StatusCode::OK, PICTURE.to_vec());
    }
    let body = String::from_utf8(body.to_vec()).unwrap();
    inbox.came.lock().unwrap().push(Came { path: uri.to_string(), headers, body });
    let mut refuse = inbox.refuse.lock().unwrap();
    if *refuse > 0 {
        *refuse -= 1;
        return (StatusCode::SERVICE_UNAVAILABLE, Vec::new());
    }
    (StatusCode::OK, Vec::new())
}

/// A number of a provider beside the one at Meta.
pub async fn attach(world: &World, number: &str, app: Value) {
    let mut app = app;
    app["id"] = json!("other");
    app["numbers"] = json!([{"phone_number_id": number, "display_phone_number": "+39 02 5550 9999", "verified_name": "Aurora Outlet"}]);
    let (status, answer) = world.control("PUT", "apps/other", app).await;
    assert_eq!(status, 200, "{answer}");
}
