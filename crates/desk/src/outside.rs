//! The one place from which the desk speaks to the outside world.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use pronto_provider::{Body, Endpoint, Method, Request, sinch};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER};
use reqwest::{Client, ClientBuilder, RequestBuilder, Response};
use secrecy::{ExposeSecret as _, SecretString};

/// How long a connection may take to come about.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// How long an idle connection is kept: shorter than providers keep theirs, so that none is used as it closes.
const KEEP: Duration = Duration::from_secs(30);
/// How long an answer may stand still.
const STALLS_WITHIN: Duration = Duration::from_secs(30);
/// How long a token may take, and how long before its end another is asked for.
const TOKEN_WITHIN: Duration = Duration::from_secs(10);
const RENEW_BEFORE: Duration = Duration::from_secs(120);
/// More of an answer is not read.
const ANSWER_AT_MOST: usize = 1024 * 1024;

/// Speaks to providers.
#[derive(Debug)]
pub struct Outside {
    client: Client,
    /// When we last told each customer that we are typing.
    typed: Mutex<BTreeMap<i64, Instant>>,
    /// Tokens of Sinch's, until they run out.
    tokens: Mutex<Vec<Held>>,
}

/// A token, and whose it is.
#[derive(Clone, Debug)]
struct Held {
    base_url: String,
    key_id: String,
    key_secret: SecretString,
    authorization: SecretString,
    until: Instant,
}

impl Held {
    fn is_of(&self, endpoint: &sinch::Endpoint) -> bool {
        self.base_url == endpoint.base_url
            && self.key_id == endpoint.key_id
            && self.key_secret.expose_secret() == endpoint.key_secret.expose_secret()
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answered {
    pub status: u16,
    pub retry_after: Option<String>,
    /// What the provider's clock says.
    pub date: Option<String>,
    pub body: Bytes,
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Nothing has left.
    #[error("{0}")]
    Before(String),
    /// Some of it may have left.
    #[error("{0}")]
    After(String),
}

impl Outside {
    /// A client that follows no redirects, for a token must not travel to another host.
    pub fn new() -> Result<Self, String> {
        // Another part of the process may have chosen already; any choice will do.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = builder().build().or_else(|error| {
            tracing::warn!(error = words(error), "the system has no certificates: https will be refused");
            builder().tls_certs_only([]).build().map_err(words)
        })?;
        Ok(Self { client, typed: Mutex::default(), tokens: Mutex::default() })
    }

    /// Sends a request and reads the whole answer.
    pub async fn call(&self, request: &Request, within: Duration) -> Result<Answered, Broken> {
        let mut response = self.open(request, within).await?;
        let status = response.status().as_u16();
        let said = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (retry_after, date) = (said(RETRY_AFTER), said(DATE));
        let mut body = BytesMut::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() <= ANSWER_AT_MOST => body.extend_from_slice(&chunk),
                Ok(None) => break,
                // A refusal is one, however little of it can be read.
                _ if status >= 400 => break,
                Ok(Some(_)) => return Err(Broken::After("the answer is too long".to_owned())),
                Err(error) => return Err(Broken::After(words(error))),
            }
        }
        Ok(Answered { status, retry_after, date, body: body.freeze() })
    }

    /// The same for a provider whose requests need a token first. A refused token is asked for once more; what refuses
    /// to give one has answered.
    pub async fn call_as(&self, endpoint: &Endpoint, request: &Request, within: Duration) -> Result<Answered, Broken> {
        let Some(endpoint) = endpoint.sinch() else { return self.call(request, within).await };
        let mut authorized = request.clone();
        for last in [false, true] {
            authorized.authorization = match self.token(endpoint).await? {
                Ok(authorization) => Some(authorization),
                Err(refused) => return Ok(refused),
            };
            let answered = self.call(&authorized, within).await?;
            if answered.status != 401 || last {
                return Ok(answered);
            }
            self.tokens.lock().unwrap_or_else(PoisonError::into_inner).retain(|held| !held.is_of(endpoint));
        }
        Err(Broken::Before("no token was taken".to_owned()))
    }

    async fn token(&self, endpoint: &sinch::Endpoint) -> Result<Result<SecretString, Answered>, Broken> {
        {
            let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            tokens.retain(|held| held.until > now);
            if let Some(held) = tokens.iter().find(|held| held.is_of(endpoint)) {
                return Ok(Ok(held.authorization.clone()));
            }
        }
        let answered = self.call(&sinch::token_request(endpoint), TOKEN_WITHIN).await;
        // The message itself has not left.
        let answered = answered.map_err(|broken| Broken::Before(broken.to_string()))?;
        let Some(token) = sinch::read_token(answered.status, &answered.body) else { return Ok(Err(answered)) };
        let held = Held {
            base_url: endpoint.base_url.clone(),
            key_id: endpoint.key_id.clone(),
            key_secret: endpoint.key_secret.clone(),
            authorization: token.authorization.clone(),
            until: Instant::now() + token.lives.saturating_sub(RENEW_BEFORE),
        };
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.retain(|other| !other.is_of(endpoint));
        tokens.push(held);
        Ok(Ok(token.authorization))
    }

    /// Sends a request and leaves the answer's body to the caller.
    pub async fn open(&self, request: &Request, within: Duration) -> Result<Response, Broken> {
        let request = self.build(request)?.timeout(within);
        request.send().await.map_err(|error| {
            // A connection that did not come about has carried nothing.
            let before = error.is_connect() || error.is_builder();
            let words = words(error);
            if before { Broken::Before(words) } else { Broken::After(words) }
        })
    }

    fn build(&self, request: &Request) -> Result<RequestBuilder, Broken> {
        let before = |error: &dyn std::fmt::Display| Broken::Before(error.to_string());
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = self.client.request(method, &request.url);
        if let Some(authorization) = &request.authorization {
            let mut value = HeaderValue::from_str(authorization.expose_secret())
                .map_err(|_| Broken::Before("the access token holds characters that cannot be sent".to_owned()))?;
            value.set_sensitive(true);
            builder = builder.header(AUTHORIZATION, value);
        }
        for (name, secret) in &request.headers {
            let mut value = HeaderValue::from_str(secret.expose_secret())
                .map_err(|_| Broken::Before("a secret holds characters that cannot be sent".to_owned()))?;
            value.set_sensitive(true);
            builder = builder.header(*name, value);
        }
        Ok(match &request.body {
            Body::Empty => builder,
            Body::Json(bytes) => builder.header(CONTENT_TYPE, "application/json").body(bytes.clone()),
            Body::Form(fields) => builder.form(fields),
            Body::File { mime, bytes } => builder.header(CONTENT_TYPE, mime).body(bytes.clone()),
            Body::Multipart(parts) => {
                let mut form = reqwest::multipart::Form::new();
                for part in parts {
                    let length = part.bytes.len() as u64;
                    let mut made = reqwest::multipart::Part::stream_with_length(part.bytes.clone(), length);
                    if let Some(name) = &part.filename {
                        made = made.file_name(name.clone());
                    }
                    if let Some(mime) = &part.mime {
                        made = made.mime_str(mime).map_err(|error| before(&error))?;
                    }
                    form = form.part(part.name, made);
                }
                builder.multipart(form)
            }
        })
    }

    /// Whether a customer may be told again that we are typing; notes that they are.
    pub(crate) fn may_tell_typing(&self, interaction: i64, every: Duration) -> bool {
        let mut typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        typed.retain(|_, at| now.duration_since(*at) < every);
        if typed.contains_key(&interaction) {
            return false;
        }
        typed.insert(interaction, now);
        true
    }
}

fn builder() -> ClientBuilder {
    Client::builder()
        .tls_backend_rustls()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_WITHIN)
        .read_timeout(STALLS_WITHIN)
        .pool_idle_timeout(KEEP)
        .user_agent(concat!("pronto/", env!("CARGO_PKG_VERSION")))
}

/// An error with what caused it, without the address: that of a file is a secret.
fn words(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !words.contains(&text) {
            words.push_str(": ");
            words.push_str(&text);
        }
        cause = error.source();
    }
    words
}
