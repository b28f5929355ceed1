//! A desk at work: an account with a queue, agents, customers who write by webhook, and a live stream.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use futures_util::{SinkExt as _, StreamExt as _};
use pronto_db::Engine;
use pronto_desk::act::route::route;
use pronto_desk::work;
use pronto_desk::work::ledger::Ledger;
use pronto_domain::access::Role;
use pronto_http::{live, webhook};
use pronto_provider::meta::signature;
use pronto_store as store;
use pronto_testkit::TestApp;
use pronto_testkit::app::{Answer, HOST, Person};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

pub(crate) const MARIA: &str = "393331234567";

/// Everything runs but routing, which runs when told.
pub(crate) struct Care {
    pub(crate) app: TestApp,
    pub(crate) queue: i64,
    pub(crate) account: i64,
    pub(crate) ann: Person,
    pub(crate) webhooks: Router,
    stop: CancellationToken,
}

impl Care {
    pub(crate) async fn on(engine: Engine) -> Option<Self> {
        Some(Self::over(TestApp::on(engine).await?).await)
    }

    /// Over an application that was opened otherwise.
    pub(crate) async fn over(app: TestApp) -> Self {
        let ann = app.with_agent("ann").await;
        let queue = app.with_queue("Care", &[&ann]).await;
        let account = app.with_account("care", queue, &[&ann]).await;
        let stop = CancellationToken::new();
        let desk = app.bench.desk.clone();
        desk.reload().await.expect("reloaded");
        let ledger = Ledger::start(&desk, &stop);
        tokio::spawn(work::ledger::run(desk.clone(), stop.clone()));
        tokio::spawn(live::run(desk.clone(), app.app.live.clone(), stop.clone()));
        let webhooks = webhook::routes(app.app.clone(), ledger);
        let care = Self { app, queue, account, ann, webhooks, stop };
        eventually("the stream has started", async || care.app.app.live.position().is_some()).await;
        care
    }

    /// Changes what no resource changes, or what would take many.
    pub(crate) async fn set(&self, statement: &str) {
        let mut tx = self.app.bench.tx().await;
        tx.query_assembled(statement.to_owned()).execute().await.expect("executed");
        tx.commit().await.expect("committed");
        self.app.bench.desk.reload().await.expect("reloaded");
    }

    pub(crate) async fn count(&self, select: &str) -> i64 {
        let mut tx = self.app.bench.look().await;
        let count: (i64,) = tx.query_assembled(select.to_owned()).one().await.expect("counted");
        count.0
    }

    /// Somebody of the queue and the account.
    pub(crate) async fn colleague(&self, role: Role, login: &str) -> Person {
        let person = self.app.with_user(role, login).await;
        self.set(&format!(
            "INSERT INTO queue_member (queue_id, user_id, team_id) VALUES ({}, {}, 0)",
            self.queue, person.id
        ))
        .await;
        self.set(&format!(
            "INSERT INTO account_member (account_id, user_id, team_id) VALUES ({}, {}, 0)",
            self.account, person.id
        ))
        .await;
        person
    }

    /// Gives somebody a profile of their own, with a scope and a mask.
    pub(crate) async fn profile(&self, person: &Person, scope: &str, masking: &Value) {
        let name = format!("{} {scope}", person.login);
        self.set(&format!(
            "INSERT INTO profile (name, role, builtin, permissions, scope, masking, version)
             SELECT '{name}', role, FALSE, permissions, '{scope}', '{masking}', 1 FROM profile
             WHERE builtin AND role = (SELECT u.role FROM \"user\" u WHERE u.id = {})",
            person.id
        ))
        .await;
        self.set(&format!("UPDATE \"user\" SET profile_id = (SELECT max(id) FROM profile) WHERE id = {}", person.id))
            .await;
        let mut tx = self.app.bench.tx().await;
        store::event::append(&mut tx, &[store::event::New::changed("profiles")], 0).await.expect("told");
        tx.commit().await.expect("committed");
        self.app.bench.desk.bell().ring();
    }

    /// Waits until the stream has handed out everything there is.
    pub(crate) async fn caught_up(&self) {
        let mut tx = self.app.bench.look().await;
        let last: Option<(i64, i64)> = tx
            .query(pronto_db::sql!("SELECT txid, seq FROM event ORDER BY txid DESC, seq DESC LIMIT 1"))
            .optional()
            .await
            .expect("the last event");
        drop(tx);
        let Some((txid, seq)) = last else { return };
        let last = store::meta::Position { epoch: self.app.bench.desk.epoch(), txid, seq };
        self.app.bench.desk.bell().ring();
        eventually("everything was handed out", async || self.app.app.live.position().is_some_and(|at| at >= last))
            .await;
    }

    pub(crate) async fn route(&self) {
        let desk = &self.app.bench.desk;
        let config = desk.config();
        desk.run(&config, |tx, now, config| Box::pin(route(tx, now, config))).await.expect("routed");
    }

    /// A delivery as the provider sends it.
    pub(crate) fn delivery(path: &str, body: &[u8], signature: Option<&str>) -> Request<Body> {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(signature) = signature {
            request = request.header("x-hub-signature-256", signature);
        }
        request.body(Body::from(body.to_vec())).expect("a request")
    }

    pub(crate) async fn hand_in(&self, request: Request<Body>) -> (u16, Value) {
        let response = self.webhooks.clone().oneshot(request).await.expect("an answer");
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    /// Delivers it, well signed, and waits until it is applied.
    pub(crate) async fn deliver(&self, body: &Value) {
        let body = body.to_string().into_bytes();
        let signature = signature::sign("app-secret", &body);
        let (status, answer) = self.hand_in(Self::delivery("/webhooks/meta/care", &body, Some(&signature))).await;
        assert_eq!(status, 200, "{answer}");
        self.settled().await;
    }

    pub(crate) async fn settled(&self) {
        eventually("all deliveries are settled", async || {
            self.count("SELECT count(*) AS count FROM delivery WHERE state = 'pending'").await == 0
        })
        .await;
    }

    /// A customer writes; answers the interaction.
    pub(crate) async fn writes(&self, from: &str, text: &str) -> i64 {
        let id = format!("wamid.{}", uuid::Uuid::new_v4().simple());
        self.deliver(&self.messages(&[self.text(&id, from, text)])).await;
        self.count(&format!("SELECT interaction_id AS count FROM message WHERE provider_id = '{id}'")).await
    }

    pub(crate) fn text(&self, id: &str, from: &str, text: &str) -> Value {
        self.message(id, from, json!({ "type": "text", "text": { "body": text } }))
    }

    pub(crate) fn message(&self, id: &str, from: &str, beside: Value) -> Value {
        let mut message = json!({ "id": id, "from": from, "timestamp": self.app.bench.now().as_second().to_string() });
        for (name, part) in beside.as_object().expect("an object") {
            message[name] = part.clone();
        }
        message
    }

    pub(crate) fn messages(&self, messages: &[Value]) -> Value {
        let contact = |message: &Value| json!({ "profile": { "name": "Maria Rossi" }, "wa_id": message["from"] });
        let contacts: Vec<Value> = messages.iter().map(contact).collect();
        json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "15550001111", "phone_number_id": "10654-care" },
            "contacts": contacts, "messages": messages } }] }] })
    }

    /// An interaction that somebody holds.
    pub(crate) async fn held(&self, owner: &Person, from: &str) -> i64 {
        let id = self.writes(from, "hello").await;
        self.app.put(owner, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        id
    }

    /// The application on a port of its own.
    pub(crate) async fn listen(&self) -> u16 {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let router = self.app.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        port
    }

    pub(crate) async fn get(&self, who: &Person, path: &str) -> Answer {
        self.app.get(who, path).await
    }
}

impl Drop for Care {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

pub(crate) async fn eventually(what: &str, mut met: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !met().await {
        assert!(began.elapsed() < Duration::from_secs(30), "in vain: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A client of the stream.
pub(crate) struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Client {
    /// The HTTP status where the upgrade is refused.
    pub(crate) async fn try_open(
        port: u16,
        who: &Person,
        since: Option<&str>,
        origin: Option<&str>,
    ) -> Result<Self, u16> {
        let since = since.map(|since| format!("?since={since}")).unwrap_or_default();
        let url = format!("ws://127.0.0.1:{port}/api/v1/stream{since}");
        let mut request = url.into_client_request().expect("a request");
        let headers = request.headers_mut();
        headers.insert(header::HOST, HOST.parse().expect("a header"));
        headers.insert(header::COOKIE, who.cookie.parse().expect("a header"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("a header"));
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((socket, _)) => Ok(Self { socket }),
            Err(tokio_tungstenite::tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    pub(crate) async fn open(port: u16, who: &Person, since: Option<&str>) -> Self {
        let own = format!("http://{HOST}");
        Self::try_open(port, who, since, Some(&own)).await.unwrap_or_else(|status| panic!("refused: {status}"))
    }

    /// The next frame; `None` when the socket is closed or nothing comes for a while.
    pub(crate) async fn next(&mut self, wait: Duration) -> Option<Value> {
        loop {
            match tokio::time::timeout(wait, self.socket.next()).await.ok()?? {
                Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).expect("JSON")),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The next frame of this type.
    pub(crate) async fn until(&mut self, kind: &str) -> Value {
        let began = Instant::now();
        loop {
            assert!(began.elapsed() < Duration::from_secs(30), "no {kind} came");
            let frame = self.next(Duration::from_secs(20)).await;
            let frame = frame.unwrap_or_else(|| panic!("no {kind} came"));
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// Waits until the server has closed it.
    pub(crate) async fn closed(&mut self) -> bool {
        let closing = async {
            while let Some(Ok(message)) = self.socket.next().await {
                if matches!(message, Message::Close(_)) {
                    break;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), closing).await.is_ok()
    }

    pub(crate) async fn say(&mut self, frame: Value) {
        self.socket.send(Message::text(frame.to_string())).await.expect("said");
    }
}
