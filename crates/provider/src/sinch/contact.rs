//! Who wrote: Sinch names nobody in a message, and keeps a contact of each. Source: Conversation API v1.

use pronto_domain::inbound::name_within_bounds;

use super::endpoint::Endpoint;
use crate::json::Text;
use crate::request::{Body, Method, Request};

object!(
    struct Contact<'a> {
        display_name: Text<'a>,
    }
);

/// What Sinch calls somebody whose name it does not know.
const NOBODY: &str = "Unknown";

/// Asks for the contact of somebody who wrote; `None` for an id that is none. It has no credentials yet.
pub fn contact(endpoint: &Endpoint, id: &str) -> Option<Request> {
    let plain = !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let url = endpoint.url(&format!("contacts/{id}"));
    plain.then_some(Request { method: Method::Get, url, authorization: None, headers: Vec::new(), body: Body::Empty })
}

/// The name in the answer to [`contact`], which the person has given themselves; `None` for a number in its place.
pub fn read_name(body: &[u8]) -> Option<String> {
    let contact: Contact<'_> = serde_json::from_slice(body).ok()?;
    let name = contact.display_name.filled()?.trim().to_owned();
    let named = name.chars().any(char::is_alphabetic) && !name.eq_ignore_ascii_case(NOBODY);
    named.then(|| name_within_bounds(&name))
}
