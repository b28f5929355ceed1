//! The templates of a business account: asking for them, and what comes back.

mod make;
mod read;
mod sample;

use serde_json::Value;

use super::ask::{BadId, get, segment};
use super::endpoint::Endpoint;
use crate::request::Request;
use crate::templates::Page;

pub use make::{Made, create_template, delete_template, edit_template, read_made};
pub use read::read_template;
pub use sample::{begin_sample, hand_in_sample, read_handle, read_session};

/// Templates asked for at a time: a page stays well under what is read of an answer.
const PAGE: usize = 100;
/// Fields that are asked for.
const FIELDS: &str = "id,name,language,status,category,components,parameter_format,rejected_reason,quality_score";

/// Asks for a page, the first or the one after a cursor.
pub fn list_templates(endpoint: &Endpoint, after: Option<&str>) -> Result<Request, BadId> {
    let account = segment(endpoint.business_account_id.as_deref().unwrap_or_default())?;
    let mut path = format!("{account}/message_templates?fields={FIELDS}&limit={PAGE}");
    if let Some(after) = after {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=');
        if after.is_empty() || !after.bytes().all(plain) {
            return Err(BadId(after.to_owned()));
        }
        path.push_str("&after=");
        path.push_str(&after.replace('=', "%3D"));
    }
    Ok(get(endpoint, &path))
}

/// The answer to it; `None` if it is not a list. A template without a name, a language or a body is left out.
pub fn read_templates(body: &[u8]) -> Option<Page> {
    let found: Value = serde_json::from_slice(body).ok()?;
    let items = found.get("data")?.as_array()?.iter().filter_map(read_template).collect();
    let more = found.pointer("/paging/next").is_some_and(Value::is_string);
    let after = found.pointer("/paging/cursors/after").and_then(Value::as_str).filter(|_| more);
    Some(Page { items, after: after.map(str::to_owned) })
}
