//! What a person does in a chat.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::error::{ControlError, Result};
use super::phones::find;
use crate::clock;
use crate::network::inbound::Written;
use crate::network::{Act, Network, media as files, payload};
use crate::store::apps::{self, NumberRow};
use crate::store::messages::MessageRow;
use crate::store::phones::PhoneRow;
use crate::store::{Connection, media, messages};

const PAGE_MOST: i64 = 1000;
const TEXT_LONGEST: usize = 65_536;
/// People may edit for a while, as on the real network.
const EDITABLE: i64 = 15 * clock::MINUTE;

/// Which of a phone's messages.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    /// A business: its id or its number.
    with: Option<String>,
    /// Position after which to go on; the latest page without it.
    after: Option<i64>,
    limit: Option<i64>,
}

pub(crate) async fn list(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let phone = find(&mut db, &id).await?;
    let number = match &which.with {
        Some(text) => Some(business(&mut db, text).await?.id),
        None => None,
    };
    let limit = which.limit.unwrap_or(200).clamp(1, PAGE_MOST);
    let page = messages::of_phone(&mut db, &phone.id, number.as_deref(), which.after, limit).await?;
    let views = messages::views(&mut db, &page).await?;
    Ok(Json(json!({"messages": views, "next": page.last().map(|message| message.seq)})))
}

async fn business(db: &mut Connection, text: &str) -> Result<NumberRow> {
    apps::number_called(db, text).await?.ok_or_else(|| ControlError::NotFound("business number", text.to_owned()))
}

/// `{to, type?, <type>: …, at?, reply_to?, id?, …}`; further members go into the webhook as they are.
pub(crate) async fn write(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    body: Result<Json<Map<String, Value>>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>)> {
    let Json(mut request) = body?;
    let mut act = network.begin().await?;
    let phone = find(act.db(), &id).await?;
    let to = text_of(&mut request, "to")?.ok_or_else(|| ControlError::invalid("to is a business number or its id"))?;
    let number = business(act.db(), &to).await?;
    let kind = text_of(&mut request, "type")?.unwrap_or_else(|| "text".to_owned());
    let wanted_id = text_of(&mut request, "id")?;
    if let Some(id) = &wanted_id
        && (messages::find(act.db(), id).await?.is_some() || id.is_empty() || id.len() > 200)
    {
        return Err(ControlError::Conflict("the id is taken or not usable".to_owned()));
    }
    let at = instant(request.remove("at"))?;
    let reply_to = text_of(&mut request, "reply_to")?;
    let content = request.remove(&kind).unwrap_or(Value::Null);
    let content = completed(&mut act, &kind, content).await?;
    let extra = if request.is_empty() { None } else { Some(Value::Object(request)) };
    let written = Written { id: wanted_id, kind, content, extra, reply_to, at, load_id: None };
    let message = act.write(&phone, &number, written).await?;
    act.commit().await?;
    Ok((StatusCode::CREATED, Json(json!({"id": message.id, "seq": message.seq, "status": message.status}))))
}

fn text_of(request: &mut Map<String, Value>, key: &str) -> Result<Option<String>> {
    match request.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(ControlError::invalid(format!("{key} is a string"))),
    }
}

/// When a message was written: now, at an RFC 3339 instant, or so many seconds ago.
fn instant(at: Option<Value>) -> Result<i64> {
    let wrong = || ControlError::invalid("at is an RFC 3339 instant or a number of seconds ago");
    match at {
        None | Some(Value::Null) => Ok(clock::now()),
        Some(Value::String(text)) => text.parse::<Timestamp>().map(Timestamp::as_millisecond).map_err(|_| wrong()),
        Some(Value::Number(ago)) => {
            let ago = ago.as_f64().filter(|ago| ago.abs() < 1e10).ok_or_else(wrong)?;
            #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
            Ok(clock::now() - (ago * 1000.0) as i64)
        }
        Some(_) => Err(wrong()),
    }
}

/// The object under the type as the webhook will have it: a bare string becomes a text, a file is looked up or stored.
async fn completed(act: &mut Act<'_>, kind: &str, content: Value) -> Result<Value> {
    if kind == "text" {
        let body = content.as_str().or(content["body"].as_str()).unwrap_or_default().to_owned();
        if body.is_empty() || body.chars().count() > TEXT_LONGEST {
            return Err(ControlError::invalid(format!("a text has between 1 and {TEXT_LONGEST} characters")));
        }
        return Ok(json!({"body": body}));
    }
    if !payload::is_media(kind) {
        return Ok(content);
    }
    let Value::Object(mut content) = content else {
        return Err(ControlError::invalid(format!("{kind} is an object with an id, or with data and mime_type")));
    };
    let described = if let Some(id) = content.get("id").and_then(Value::as_str) {
        let found = media::find(act.db(), id).await?.ok_or_else(|| ControlError::NotFound("file", id.to_owned()))?;
        if kind == "document"
            && let Some(name) = &found.name
        {
            content.entry("filename").or_insert_with(|| json!(name));
        }
        files::described(&found)
    } else {
        let data = text_of(&mut content, "data")?.unwrap_or_default();
        let bytes = STANDARD.decode(data).map_err(|_| ControlError::invalid("data is base64"))?;
        let mime_type =
            text_of(&mut content, "mime_type")?.ok_or_else(|| ControlError::invalid("a file has a mime_type"))?;
        let name = content.get("filename").and_then(Value::as_str).map(str::to_owned);
        act.attach(&mime_type, name.as_deref(), &bytes).await?
    };
    if let Value::Object(described) = described {
        content.extend(described);
    }
    if kind == "audio" {
        content.entry("voice").or_insert(json!(false));
    }
    if kind == "sticker" {
        content.entry("animated").or_insert(json!(false));
    }
    Ok(Value::Object(content))
}

/// A reaction; without an emoji it is taken back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reaction {
    message: String,
    #[serde(default)]
    emoji: String,
}

pub(crate) async fn react(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    body: Result<Json<Reaction>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>)> {
    let Json(reaction) = body?;
    let mut act = network.begin().await?;
    let (phone, number, message) = in_chat(act.db(), &id, &reaction.message).await?;
    let mut content = json!({"message_id": message.id});
    if !reaction.emoji.is_empty() {
        content["emoji"] = json!(reaction.emoji);
    }
    let written = Written {
        id: None,
        kind: "reaction".to_owned(),
        content,
        extra: None,
        reply_to: None,
        at: clock::now(),
        load_id: None,
    };
    let written = act.write(&phone, &number, written).await?;
    act.commit().await?;
    Ok((StatusCode::CREATED, Json(json!({"id": written.id}))))
}

/// A phone, and a message in one of its chats with the business it was exchanged with.
async fn in_chat(db: &mut Connection, phone: &str, message: &str) -> Result<(PhoneRow, NumberRow, MessageRow)> {
    let phone = find(db, phone).await?;
    let found = messages::find(db, message).await?.filter(|found| found.phone_id.as_ref() == Some(&phone.id));
    let found = found.ok_or_else(|| ControlError::NotFound("message", message.to_owned()))?;
    let number = business(db, &found.number_id).await?;
    Ok((phone, number, found))
}

/// The chats a person looks at: with one business, or all.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reading {
    with: Option<String>,
}

pub(crate) async fn read(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    body: Result<Json<Reading>, JsonRejection>,
) -> Result<Json<Value>> {
    let Json(reading) = body?;
    let mut act = network.begin().await?;
    let phone = find(act.db(), &id).await?;
    let number = match &reading.with {
        Some(text) => Some(business(act.db(), text).await?.id),
        None => None,
    };
    let count = act.read(&phone, number.as_deref()).await?;
    act.commit().await?;
    Ok(Json(json!({"read": count})))
}

/// A message of the chat.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    message: String,
}

pub(crate) async fn play(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    body: Result<Json<Named>, JsonRejection>,
) -> Result<Json<Value>> {
    let Json(named) = body?;
    let mut act = network.begin().await?;
    let (phone, _, mut message) = in_chat(act.db(), &id, &named.message).await?;
    if message.sender != "business" || message.kind != "audio" {
        return Err(ControlError::invalid("only audio that a business sent is played"));
    }
    act.play(&phone, &mut message).await?;
    act.commit().await?;
    Ok(Json(json!({"status": message.status})))
}

/// Meta tells businesses nothing of a person who is writing, so nothing leaves the phone.
pub(crate) async fn typing(State(network): State<Arc<Network>>, Path(id): Path<String>) -> Result<StatusCode> {
    let mut db = network.store.reader.acquire().await?;
    find(&mut db, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// New words for a text, or a new caption.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    message: String,
    text: String,
}

pub(crate) async fn edit(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    body: Result<Json<Edit>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>)> {
    let Json(edit) = body?;
    let mut act = network.begin().await?;
    let (phone, number, mut message) = in_chat(act.db(), &id, &edit.message).await?;
    own(&message)?;
    if !matches!(message.kind.as_str(), "text" | "image" | "video" | "document")
        || edit.text.is_empty()
        || edit.text.chars().count() > TEXT_LONGEST
    {
        return Err(ControlError::invalid("only texts and captions are edited, and not to nothing"));
    }
    if clock::now() - message.at > EDITABLE {
        return Err(ControlError::invalid("a message can be edited for 15 minutes"));
    }
    let id = act.edit(&phone, &number, &mut message, &edit.text).await?;
    act.commit().await?;
    Ok((StatusCode::CREATED, Json(json!({"id": id}))))
}

pub(crate) async fn delete(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    body: Result<Json<Named>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>)> {
    let Json(named) = body?;
    let mut act = network.begin().await?;
    let (phone, number, message) = in_chat(act.db(), &id, &named.message).await?;
    own(&message)?;
    let id = act.delete(&phone, &number, &message).await?;
    act.commit().await?;
    Ok((StatusCode::CREATED, Json(json!({"id": id}))))
}

fn own(message: &MessageRow) -> Result<()> {
    if message.sender == "phone" && !message.deleted {
        return Ok(());
    }
    Err(ControlError::invalid("people change only messages of their own that are still there"))
}
