//! The whole application for one test: the router in process, people who are signed in, and what they ask.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use pronto_db::Engine;
use pronto_desk::act::{sign_in, user};
use pronto_desk::password::{Fresh, Passwords};
use pronto_domain::access::Role;
use pronto_domain::id::UserId;
use pronto_http::App;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::TestDesk;

/// Everybody's password.
pub const PASSWORD: &str = "Secret-1";
/// Where the desk is reached.
pub const HOST: &str = "desk.example";

/// The application on a desk of its own, with an administrator called `admin`.
pub struct TestApp {
    pub bench: TestDesk,
    pub app: App,
    router: Router,
    pub admin: Person,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: UserId,
    pub login: String,
    /// Their cookie, as the browser sends it.
    pub cookie: String,
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// Null where there is none.
    pub body: Value,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The stable code of a problem.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The names and codes of the fields of a problem, in order.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        let fields = self.body["fields"].as_array().map(Vec::as_slice).unwrap_or_default();
        fields
            .iter()
            .map(|field| (field["name"].as_str().unwrap_or(""), field["code"].as_str().unwrap_or("")))
            .collect()
    }

    /// The body of an answer that must have gone well.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.body
    }

    /// That it failed so; answers the problem.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status.as_u16(), self.code()), (status, code), "{}", self.body);
        let kind = self.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        assert_eq!(kind, Some("application/problem+json"));
        self.body
    }

    /// The cookie it gives, as the browser sends it back.
    pub fn cookie(&self) -> Option<String> {
        let set = self.headers.get(header::SET_COOKIE)?.to_str().ok()?;
        set.split(';').next().map(str::to_owned)
    }
}

impl TestApp {
    /// `None` where the engine is not there to test on.
    pub async fn on(engine: Engine) -> Option<Self> {
        Some(Self::over(TestDesk::on(engine).await?).await)
    }

    /// Over a desk that was opened otherwise.
    pub async fn over(bench: TestDesk) -> Self {
        let app = App::new(bench.desk.clone(), pronto_http::live::Hub::default(), Passwords::quick());
        let router = pronto_http::router(app.clone(), Router::new());
        let nobody = Person { id: UserId(0), login: String::new(), cookie: String::new() };
        let mut this = Self { bench, app, router, admin: nobody };
        this.admin = this.with_user(Role::Admin, "admin").await;
        this
    }

    /// The same with other settings of the edge.
    #[must_use]
    pub fn rebuilt(mut self, change: impl FnOnce(App) -> App) -> Self {
        self.app = change(self.app);
        self.router = pronto_http::router(self.app.clone(), Router::new());
        self
    }

    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Turns the clock.
    pub fn advance(&self, seconds: i64) {
        self.bench.advance(seconds);
    }

    /// Adds somebody with [`PASSWORD`], and signs them in.
    pub async fn with_user(&self, role: Role, login: &str) -> Person {
        let password = Fresh::new(&self.app.passwords, PASSWORD.to_owned()).await.expect("hashed");
        let add = user::Add {
            by: None,
            login: login.to_owned(),
            name: name_of(login),
            alias: None,
            email: None,
            role,
            profile_id: None,
            capacity: 0,
            team_ids: Vec::new(),
            password,
            must_change_password: false,
        };
        let desk = &self.bench.desk;
        let id = desk.run(&add, |tx, now, add| Box::pin(user::add(tx, now, add))).await.expect("added");
        desk.reload().await.expect("reloaded");
        self.signed_in(id, login).await
    }

    /// A new session of somebody who is there.
    pub async fn signed_in(&self, id: UserId, login: &str) -> Person {
        let attempt = sign_in::Attempt { login: login.to_owned(), password: PASSWORD.to_owned(), agent: None };
        let answer = sign_in::sign_in(&self.bench.desk, &self.app.passwords, &self.app.strangers, &attempt).await;
        let Ok(sign_in::Answer::Opened { secret, .. }) = answer else {
            panic!("{login} could not sign in: {answer:?}")
        };
        Person { id, login: login.to_owned(), cookie: format!("{}={secret}", pronto_http::sessions::COOKIE) }
    }

    /// An agent who is signed in.
    pub async fn with_agent(&self, login: &str) -> Person {
        self.with_user(Role::Agent, login).await
    }

    /// A queue with these people in it, made by the administrator.
    pub async fn with_queue(&self, name: &str, people: &[&Person]) -> i64 {
        let users: Vec<i64> = people.iter().map(|person| person.id.0).collect();
        let queue = self.post(&self.admin, "/queues", json!({ "name": name, "user_ids": users })).await.ok();
        queue["id"].as_i64().expect("an id")
    }

    /// An account with demo secrets that leads to the queue, with these people on it.
    pub async fn with_account(&self, key: &str, queue: i64, people: &[&Person]) -> i64 {
        let users: Vec<i64> = people.iter().map(|person| person.id.0).collect();
        let body = json!({
            "key": key, "name": name_of(key), "base_url": "http://127.0.0.1:9/v23.0",
            "phone_number_id": format!("10654-{key}"), "business_account_id": "102290129340398",
            "credentials": { "access_token": crate::desk::TOKEN, "app_secret": "app-secret", "verify_token": "verify" },
            "flow": [{ "type": "queue", "queue_id": queue, "timeout_s": 0 }],
            "default_queue_id": queue, "user_ids": users,
        });
        let account = self.post(&self.admin, "/accounts", body).await.ok();
        account["id"].as_i64().expect("an id")
    }

    pub async fn get(&self, who: &Person, path: &str) -> Answer {
        self.ask(Some(who), Method::GET, path, None).await
    }

    pub async fn post(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.ask(Some(who), Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.ask(Some(who), Method::PUT, path, Some(body)).await
    }

    pub async fn patch(&self, who: &Person, path: &str, body: Value) -> Answer {
        self.ask(Some(who), Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, who: &Person, path: &str) -> Answer {
        self.ask(Some(who), Method::DELETE, path, None).await
    }

    /// Asks as the browser does: with the cookie of whoever asks, from a page of the desk. `path` is under `/api/v1`.
    pub async fn ask(&self, who: Option<&Person>, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::HOST, HOST)
            .header(header::ORIGIN, format!("http://{HOST}"));
        if let Some(who) = who {
            request = request.header(header::COOKIE, &who.cookie);
        }
        let request = match body {
            Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        self.send(request.expect("a request")).await
    }

    /// Sends a request as it stands.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status, headers: parts.headers, body, bytes }
    }
}

/// `ann` is called Ann.
fn name_of(login: &str) -> String {
    let mut letters = login.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
