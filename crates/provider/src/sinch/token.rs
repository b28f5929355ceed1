//! The token that every call needs: asked for with the key, good for an hour.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use super::endpoint::Endpoint;
use crate::json::Text;
use crate::request::{Body, Method, Request};

/// A token and for how long it is good.
#[derive(Clone, Debug)]
pub struct Token {
    /// The whole value of the `authorization` header.
    pub authorization: SecretString,
    pub lives: Duration,
}

/// The longest that a token is believed to be good, and what is assumed where nothing is said.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
const USUAL: Duration = Duration::from_secs(3599);

object!(
    struct Granted<'a> {
        access_token: Text<'a>,
        token_type: Text<'a>,
        expires_in: Text<'a>,
    }
);

/// Asks for a token.
pub fn token_request(endpoint: &Endpoint) -> Request {
    let pair = format!("{}:{}", endpoint.key_id, endpoint.key_secret.expose_secret());
    Request {
        method: Method::Post,
        url: endpoint.token_url(),
        authorization: Some(format!("Basic {}", STANDARD.encode(pair)).into()),
        headers: Vec::new(),
        body: Body::Form(vec![("grant_type", "client_credentials".to_owned())]),
    }
}

/// The answer to [`token_request`], where it grants one.
pub fn read_token(status: u16, body: &[u8]) -> Option<Token> {
    if !(200..300).contains(&status) {
        return None;
    }
    let granted: Granted<'_> = serde_json::from_slice(body).ok()?;
    let lives = granted.expires_in.number().and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs);
    let is_bearer = granted.token_type.filled().is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
    let token = granted.access_token.filled().filter(|_| is_bearer)?;
    Some(Token { authorization: format!("Bearer {token}").into(), lives: lives.unwrap_or(USUAL).min(LONGEST) })
}
