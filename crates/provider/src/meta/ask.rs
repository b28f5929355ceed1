//! Requests beside sending, and how to read what comes back (after [`refused`](super::refused) found no refusal).

use bytes::Bytes;
use pronto_domain::outbound::Recipient;
use serde_json::{Value, json};

use super::endpoint::{Endpoint, may_fetch};
use super::write::post;
use crate::json::{List, Text, Within};
use crate::request::{Body, Method, Part, Request};
use crate::trouble::NotFetched;

/// An id that cannot stand in an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an id of Meta's")]
pub struct BadId(pub String);

/// Marks a message, and what came before it, as read. `typing` shows the customer that we are typing, until the
/// answer or for 25 s. Meta takes it for messages of up to 30 days.
pub fn mark_read(endpoint: &Endpoint, message_id: &str, typing: bool) -> Request {
    let mut body = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": message_id });
    if typing {
        body["typing_indicator"] = json!({ "type": "text" });
    }
    post(endpoint, &body)
}

/// Has the number's messages from somebody kept away, or let through again. Meta takes it for people who wrote within
/// the last day.
pub fn block_user(endpoint: &Endpoint, who: &Recipient, blocks: bool) -> Request {
    let user = match (&who.digits, &who.user_id) {
        (Some(digits), _) => format!("+{digits}"),
        (None, id) => id.clone().unwrap_or_default(),
    };
    let body = json!({ "messaging_product": "whatsapp", "block_users": [{ "user": user }] });
    Request {
        method: if blocks { Method::Post } else { Method::Delete },
        url: endpoint.url(&format!("{}/block_users", endpoint.phone_number_id)),
        authorization: Some(endpoint.authorization()),
        headers: Vec::new(),
        body: Body::Json(Bytes::from(body.to_string())),
    }
}

/// The answer to [`block_user`]: why it was not done, if it was not.
pub fn read_blocked(body: &[u8]) -> Option<String> {
    let found: Value = serde_json::from_slice(body).ok()?;
    let failed = found.pointer("/block_users/failed_users/0")?;
    let error = failed.pointer("/errors/0");
    let text = |path: &str| error.and_then(|error| error.pointer(path)).and_then(Value::as_str).map(str::to_owned);
    Some(text("/error_data/details").or_else(|| text("/message")).unwrap_or_else(|| "refused".to_owned()))
}

/// Asks for the address of a file, which is good for five minutes. Ids of webhooks live 7 days, uploads 30.
pub fn media_info(endpoint: &Endpoint, media_id: &str) -> Result<Request, BadId> {
    let query = format!("{}?phone_number_id={}", segment(media_id)?, segment(&endpoint.phone_number_id)?);
    Ok(get(endpoint, &query))
}

/// Fetches a file; only from Meta or from the endpoint's own origin. On 404 ask [`media_info`] for a new address.
pub fn media_download(endpoint: &Endpoint, url: &str) -> Result<Request, NotFetched> {
    if !may_fetch(url, endpoint) {
        return Err(NotFetched(url.to_owned()));
    }
    let authorization = Some(endpoint.authorization());
    Ok(Request { method: Method::Get, url: url.to_owned(), authorization, headers: Vec::new(), body: Body::Empty })
}

/// Uploads a file; its id is kept for 30 days. The bytes must be what `mime` says.
pub fn media_upload(endpoint: &Endpoint, filename: &str, mime: &str, bytes: Bytes) -> Request {
    let plain =
        |name, text: &str| Part { name, filename: None, mime: None, bytes: Bytes::copy_from_slice(text.as_bytes()) };
    let file = Part { name: "file", filename: Some(filename.to_owned()), mime: Some(mime.to_owned()), bytes };
    Request {
        method: Method::Post,
        url: endpoint.url(&format!("{}/media", endpoint.phone_number_id)),
        authorization: Some(endpoint.authorization()),
        headers: Vec::new(),
        body: Body::Multipart(vec![plain("messaging_product", "whatsapp"), plain("type", mime), file]),
    }
}

/// Asks what Meta knows of the number: the first half of *check account*.
pub fn number_info(endpoint: &Endpoint) -> Result<Request, BadId> {
    let fields = "id,display_phone_number,verified_name,quality_rating,name_status,status,throughput,platform_type";
    Ok(get(endpoint, &format!("{}?fields={fields}", segment(&endpoint.phone_number_id)?)))
}

/// Asks which apps get the account's webhooks: the other half. Without one nothing ever arrives.
pub fn subscribed_apps(endpoint: &Endpoint) -> Result<Request, BadId> {
    let account = endpoint.business_account_id.as_deref().unwrap_or_default();
    Ok(get(endpoint, &format!("{}/subscribed_apps", segment(account)?)))
}

/// Has the account's webhooks sent to the token's app, and from there to `webhook_url`, which is asked for the verify
/// token at once.
pub fn subscribe(endpoint: &Endpoint, webhook_url: &str, verify_token: &str) -> Result<Request, BadId> {
    let body = serde_json::json!({ "override_callback_uri": webhook_url, "verify_token": verify_token });
    let account = endpoint.business_account_id.as_deref().unwrap_or_default();
    Ok(Request {
        method: Method::Post,
        url: endpoint.url(&format!("{}/subscribed_apps", segment(account)?)),
        authorization: Some(endpoint.authorization()),
        headers: Vec::new(),
        body: Body::Json(body.to_string().into()),
    })
}

/// Where a file is and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInfo {
    pub url: String,
    pub mime: Option<String>,
    /// Hexadecimal, as Meta gives it.
    pub sha256: Option<String>,
    /// Bytes.
    pub size: Option<u64>,
}

/// The answer to [`media_info`]; `None` if it names no address.
pub fn read_media_info(body: &[u8]) -> Option<FileInfo> {
    let info: InfoJson<'_> = serde_json::from_slice(body).ok()?;
    Some(FileInfo {
        url: info.url.owned()?,
        mime: info.mime_type.owned(),
        sha256: info.sha256.owned(),
        size: info.file_size.number().and_then(|size| u64::try_from(size).ok()),
    })
}

object!(
    struct InfoJson<'a> {
        url: Text<'a>,
        mime_type: Text<'a>,
        sha256: Text<'a>,
        file_size: Text<'a>,
    }
);

/// The answer to [`media_upload`]: the file's id.
pub fn read_upload(body: &[u8]) -> Option<String> {
    let uploaded: IdJson<'_> = serde_json::from_slice(body).ok()?;
    uploaded.id.owned()
}

object!(
    struct IdJson<'a> {
        id: Text<'a>,
        name: Text<'a>,
    }
);

/// What Meta knows of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberInfo {
    pub id: Option<String>,
    pub display_number: Option<String>,
    pub verified_name: Option<String>,
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    pub quality: Option<String>,
    pub name_status: Option<String>,
    /// `CONNECTED` when all is well.
    pub status: Option<String>,
}

/// The answer to [`number_info`].
pub fn read_number_info(body: &[u8]) -> Option<NumberInfo> {
    let info: NumberJson<'_> = serde_json::from_slice(body).ok()?;
    Some(NumberInfo {
        id: Some(info.id.owned()?),
        display_number: info.display_phone_number.owned(),
        verified_name: info.verified_name.owned(),
        quality: info.quality_rating.owned(),
        name_status: info.name_status.owned(),
        status: info.status.owned(),
    })
}

object!(
    struct NumberJson<'a> {
        id: Text<'a>,
        display_phone_number: Text<'a>,
        verified_name: Text<'a>,
        quality_rating: Text<'a>,
        name_status: Text<'a>,
        status: Text<'a>,
    }
);

/// An app that gets the account's webhooks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub app_id: Option<String>,
    pub name: Option<String>,
}

/// The answer to [`subscribed_apps`]; an empty list means that no webhook will ever come.
pub fn read_subscription(body: &[u8]) -> Option<Vec<Subscription>> {
    let found: Value = serde_json::from_slice(body).ok()?;
    found.get("data")?.as_array()?;
    let found: DataJson<'_> = serde_json::from_slice(body).ok()?;
    let apps = found.data.read::<AppJson<'_>>();
    let apps = apps.map(|app| app.whatsapp_business_api_data.0.unwrap_or_default());
    Some(apps.map(|app| Subscription { app_id: app.id.owned(), name: app.name.owned() }).collect())
}

object!(
    struct DataJson<'a> {
        data: List<'a>,
    }
);
object!(
    struct AppJson<'a> {
        whatsapp_business_api_data: Within<IdJson<'a>>,
    }
);

pub(super) fn get(endpoint: &Endpoint, path: &str) -> Request {
    let authorization = Some(endpoint.authorization());
    Request { method: Method::Get, url: endpoint.url(path), authorization, headers: Vec::new(), body: Body::Empty }
}

/// An id as one segment of an address. Ids of webhooks are a stranger's word and must not wander through the API.
pub(super) fn segment(id: &str) -> Result<&str, BadId> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !id.is_empty() && id.bytes().all(plain) { Ok(id) } else { Err(BadId(id.to_owned())) }
}
