//! Messages of a thread: reading, writing, trying again.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::Error as DeskError;
use pronto_desk::act::contact::{Keep, keep};
use pronto_desk::act::read::{Read, Unread, mark_unread, read};
use pronto_desk::act::retry::{Retry, retry};
use pronto_desk::act::send::{Send, What, send};
use pronto_domain::access::Permission;
use pronto_domain::id::{AccountId, ContactListId, InteractionId, MessageId, UserId};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::interaction_list::limit_of;
use super::interactions::{DONE, Opened, open};
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Query, SignedIn};
use crate::view::{self, Lens, Message};

/// A page of a thread.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessagePage {
    /// Oldest first.
    pub items: Vec<Message>,
    /// Where the older page begins.
    pub next: Option<String>,
    pub position: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ThreadQuery {
    /// The `next` of the newer page.
    pub before: Option<String>,
    /// 1–100.
    pub limit: Option<i64>,
}

/// A thread, the newest page first.
#[utoipa::path(get, path = "/api/v1/interactions/{id}/messages", tag = "messages", operation_id = "list_messages",
    params(("id" = i64, Path), ThreadQuery), responses((status = 200, body = MessagePage)))]
pub async fn list_messages(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<ThreadQuery>,
) -> Result<Json<MessagePage>> {
    let limit = limit_of(query.limit)?;
    let before = query.before.as_deref().map_or(Ok((i64::MAX, i64::MAX)), |text| {
        super::interaction_list::cursor(text)
            .map_err(|_| Error::invalid(vec![Field::new("before", "format", "not a cursor of this thread")]))
    })?;
    open(&app, &me, id, Opened::Seen).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let position = store::meta::position(&mut tx, app.desk.epoch()).await?.to_string();
    let row = store::interaction::by_id(&mut tx, id).await?;
    let mut rows = store::message::thread(&mut tx, id, before, limit + 1).await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| format!("{}-{}", row.thread_at, row.id));
    rows.reverse();
    let loaded = view::messages(&mut tx, rows).await?;
    let items = loaded.rows.iter().map(|message| loaded.view(&lens, message, &row.customer)).collect();
    Ok(Json(MessagePage { items, next, position }))
}

/// What is written.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SendKind {
    Text,
    /// A file that was handed in before, as `upload_id`; `text` stands under it.
    File,
    /// For colleagues only.
    Note,
    /// An emoji on `reply_to`; empty takes it off.
    Reaction,
}

/// A message to send.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
    /// Made by the client; a repeat answers with the first result.
    pub client_id: Uuid,
    pub kind: SendKind,
    pub text: String,
    /// The file to send; only with kind `file`.
    #[serde(default)]
    pub upload_id: Option<Uuid>,
    /// The message quoted, or reacted to.
    #[serde(default)]
    pub reply_to: Option<i64>,
    /// The last message the sender's screen showed. If the customer has written since, the answer is 409
    /// `stale_reply` with those messages.
    #[serde(default)]
    pub seen_through: Option<i64>,
    /// Send all the same.
    #[serde(default)]
    pub confirm: bool,
    /// Of a note: colleagues who are to look at it. They must be able to see the interaction.
    #[serde(default)]
    pub mentions: Vec<i64>,
}

/// Writes to the customer, or a note.
#[utoipa::path(post, path = "/api/v1/interactions/{id}/messages", tag = "messages", operation_id = "send_message",
    params(("id" = i64, Path)), request_body = SendMessage,
    responses((status = 201, body = Message), (status = 200, description = "sent before", body = Message),
        (status = 409, body = crate::Problem), (status = 422, body = crate::Problem)))]
pub async fn send_message(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(input): Json<SendMessage>,
) -> Result<(StatusCode, Json<Message>)> {
    let what = match (input.kind, input.upload_id) {
        (SendKind::File, Some(upload)) => What::File { upload, caption: input.text },
        (SendKind::File, None) => {
            return Err(Error::invalid(vec![Field::new("upload_id", "required", "this names the file")]));
        }
        (_, Some(_)) => {
            return Err(Error::invalid(vec![Field::new("upload_id", "not_with", "only kind file has one")]));
        }
        (SendKind::Text, None) => What::Text(input.text),
        (SendKind::Note, None) => {
            What::Note { text: input.text, mentions: input.mentions.iter().map(|user| UserId(*user)).collect() }
        }
        (SendKind::Reaction, None) => What::Reaction(input.text),
    };
    if matches!(what, What::Note { .. }) {
        me.require(Permission::Note)?;
    }
    let row = open(&app, &me, id, Opened::Seen).await?;
    mentionable(&app, &what, &row, &input.mentions)?;
    let asked = Send {
        interaction: InteractionId(id),
        user: me.viewer.user,
        client_id: input.client_id,
        what,
        reply_to: input.reply_to.map(MessageId),
        seen_through: input.seen_through.map(MessageId),
        confirm: input.confirm,
    };
    let sent = match app.desk.run(&asked, |tx, now, asked| Box::pin(send(tx, now, asked))).await {
        Ok(sent) => sent,
        Err(DeskError::StaleReply { newer }) => return Err(stale(&app, &me, &newer).await?),
        Err(error) => return Err(error.into()),
    };
    let status = if sent.fresh { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(shown(&app, &me, sent.message).await?)))
}

/// Only a note mentions, and only those who may see the interaction.
fn mentionable(app: &App, what: &What, row: &store::interaction::Interaction, mentions: &[i64]) -> Result<()> {
    let wrong = |index: usize, code: &str, detail: &str| Field::new(format!("mentions[{index}]"), code, detail);
    let config = app.desk.config();
    let fields: Vec<Field> = mentions
        .iter()
        .enumerate()
        .filter_map(|(index, user)| match what {
            What::Note { .. } => {
                let sees = config.viewer(UserId(*user)).is_some_and(|viewer| viewer.sees(&row.seen()));
                (!sees).then(|| wrong(index, "unknown", "there is nobody so who may see this interaction"))
            }
            _ => Some(wrong(index, "not_a_note", "only a note mentions colleagues")),
        })
        .collect();
    if fields.is_empty() { Ok(()) } else { Err(Error::invalid(fields)) }
}

/// The customer wrote again: the sender is shown what.
pub(super) async fn stale(app: &App, me: &SignedIn, newer: &[i64]) -> Result<Error> {
    let mut tx = app.desk.db().read().await?;
    let rows = store::message::by_ids(&mut tx, newer).await?;
    let mut messages = Vec::with_capacity(rows.len());
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let loaded = view::messages(&mut tx, rows).await?;
    for row in &loaded.rows {
        let interaction = store::interaction::by_id(&mut tx, row.interaction_id).await?;
        messages.push(loaded.view(&lens, row, &interaction.customer));
    }
    messages.sort_by_key(|message| message.id);
    Ok(Error::from(DeskError::StaleReply { newer: newer.to_vec() }).param("messages", json!(messages)))
}

pub(super) async fn shown(app: &App, me: &SignedIn, message: store::message::Message) -> Result<Message> {
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let interaction = store::interaction::by_id(&mut tx, message.interaction_id).await?;
    let loaded = view::messages(&mut tx, vec![message]).await?;
    let row = loaded.rows.first().ok_or_else(Error::not_found)?;
    Ok(loaded.view(&lens, row, &interaction.customer))
}

/// How a failed message is tried again.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AttemptInput {
    /// Send although the last try may have arrived.
    pub confirm: bool,
}

/// Tries a failed message again: a new attempt of the same message.
#[utoipa::path(post, path = "/api/v1/messages/{id}/attempts", tag = "messages", operation_id = "retry_message",
    params(("id" = i64, Path)), request_body = AttemptInput,
    responses((status = 200, body = Message), (status = 409, body = crate::Problem)))]
pub async fn retry_message(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(input): Json<AttemptInput>,
) -> Result<Json<Message>> {
    let message = find(&app, &me, id).await?;
    let asked = Retry { message: MessageId(message.id), user: me.viewer.user, confirm: input.confirm };
    let message = app.desk.run(&asked, |tx, now, asked| Box::pin(retry(tx, now, asked))).await?;
    Ok(Json(shown(&app, &me, message).await?))
}

/// A message of an interaction the viewer may see.
async fn find(app: &App, me: &SignedIn, id: i64) -> Result<store::message::Message> {
    let mut tx = app.desk.db().read().await?;
    let message = store::message::by_id(&mut tx, id).await?;
    drop(tx);
    open(app, me, message.interaction_id, Opened::Seen).await?;
    Ok(message)
}

/// A provider's payload as it came.
#[derive(Debug, Serialize, ToSchema)]
pub struct RawMessage {
    pub raw: String,
}

/// The payload of a message that cannot be shown in full.
#[utoipa::path(get, path = "/api/v1/messages/{id}/raw", tag = "messages", operation_id = "find_raw_message",
    params(("id" = i64, Path)), responses((status = 200, body = RawMessage), (status = 404, body = crate::Problem)))]
pub async fn find_raw_message(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<Json<RawMessage>> {
    me.require(Permission::Raw)?;
    let raw = find(&app, &me, id).await?.raw.ok_or_else(Error::not_found)?;
    let lens = Lens { config: &app.desk.config(), viewer: &me.viewer, now: app.desk.now() };
    let raw = lens.raw(&raw).ok_or_else(|| Error::forbidden(Permission::Raw))?;
    Ok(Json(RawMessage { raw }))
}

/// What a message said before.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageHistory {
    /// Oldest first; the last one is what it says now, or said when it was deleted.
    pub versions: Vec<view::MessageVersion>,
    /// The files of a deleted message.
    pub attachments: Vec<view::Attachment>,
}

/// What an edited message said before; with the permission to see raw messages, also what a deleted one said.
#[utoipa::path(get, path = "/api/v1/messages/{id}/history", tag = "messages", operation_id = "find_message_history",
    params(("id" = i64, Path)),
    responses((status = 200, body = MessageHistory), (status = 403, body = crate::Problem)))]
pub async fn find_message_history(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<Json<MessageHistory>> {
    let message = find(&app, &me, id).await?;
    if message.edited_at.is_none() && message.deleted_at.is_none() {
        return Err(Error::not_found());
    }
    let mut attachments = Vec::new();
    if message.deleted_at.is_some() {
        me.require(Permission::Raw)?;
        let mut tx = app.desk.db().read().await?;
        let rows = store::attachment::of_messages(&mut tx, &[message.id]).await?;
        attachments = rows.iter().map(view::attachment).collect();
    }
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let versions = lens.versions(&message);
    Ok(Json(MessageHistory { versions, attachments }))
}

/// A shared contact that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptCard {
    pub contact_id: i64,
    /// `false` if the list had somebody with that number.
    pub fresh: bool,
}

/// Keeps a shared contact in the list of the message's account. The server takes it from the message, so what is
/// hidden from whoever asks is kept in full.
#[utoipa::path(put, path = "/api/v1/messages/{id}/cards/{card}/contact", tag = "messages", operation_id = "keep_card",
    params(("id" = i64, Path), ("card" = u32, Path, description = "Which of its cards, from 0.")),
    responses((status = 200, body = KeptCard), (status = 404, body = crate::Problem)))]
pub async fn keep_card(
    State(app): State<App>,
    me: SignedIn,
    Path((id, card)): Path<(i64, u32)>,
) -> Result<Json<KeptCard>> {
    let message = find(&app, &me, id).await?;
    let config = app.desk.config();
    let account = config.accounts.get(&AccountId(message.account_id)).ok_or_else(Error::not_found)?;
    let list = ContactListId(account.row.list_id);
    if !config.may_add(&me.viewer, list) {
        return Err(Error::forbidden(Permission::EditContacts));
    }
    let card = usize::try_from(card).unwrap_or(usize::MAX);
    let asked = Keep { message: MessageId(message.id), card, list, by: me.viewer.user };
    let (contact, fresh) = app.desk.run(&asked, |tx, now, asked| Box::pin(keep(tx, now, asked))).await?;
    Ok(Json(KeptCard { contact_id: contact.0, fresh }))
}

/// How far a thread was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The last message that was on screen.
    pub through: i64,
}

/// The viewer had the thread on screen. Only the owner's reading is told to the customer.
#[utoipa::path(put, path = "/api/v1/interactions/{id}/reading", tag = "messages", operation_id = "read_interaction",
    params(("id" = i64, Path)), request_body = Reading, responses((status = 204)))]
pub async fn read_interaction(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(input): Json<Reading>,
) -> Result<StatusCode> {
    open(&app, &me, id, Opened::Seen).await?;
    let asked = Read { interaction: InteractionId(id), user: me.viewer.user, through: MessageId(input.through) };
    app.desk.run(&asked, |tx, now, asked| Box::pin(read(tx, now, asked))).await?;
    Ok(DONE)
}

/// Marks an interaction unread again.
#[utoipa::path(delete, path = "/api/v1/interactions/{id}/reading", tag = "messages",
    operation_id = "mark_interaction_unread", params(("id" = i64, Path)), responses((status = 204)))]
pub async fn mark_interaction_unread(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<StatusCode> {
    open(&app, &me, id, Opened::Seen).await?;
    let asked = Unread { interaction: InteractionId(id), user: me.viewer.user };
    app.desk.run(&asked, |tx, now, asked| Box::pin(mark_unread(tx, now, asked))).await?;
    Ok(DONE)
}
