//! Messages: the items of threads.

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use pronto_domain::message::{AuthorKind, Content, Direction, Kind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::interaction::Interaction;

/// The stored record.
#[derive(Clone, Debug, FromRow)]
pub struct Message {
    pub id: i64,
    pub interaction_id: i64,
    pub account_id: i64,
    pub address_id: i64,
    pub direction: String,
    pub kind: String,
    pub body: Option<String>,
    pub content: Json<Content>,
    pub author_kind: String,
    pub author_id: Option<i64>,
    pub provider_id: Option<String>,
    pub client_id: Option<Uuid>,
    pub reply_to_id: Option<i64>,
    pub reply_to_provider: Option<String>,
    pub effect: Option<String>,
    pub target_id: Option<i64>,
    pub shown: bool,
    pub reactions: Option<Json<Vec<Reaction>>>,
    pub thread_at: i64,
    pub sent_at: Option<i64>,
    pub status: Option<String>,
    pub failure: Option<Json<Failure>>,
    pub edited_at: Option<i64>,
    pub deleted_at: Option<i64>,
    pub history: Option<Json<Vec<Edit>>>,
    pub forwarded: bool,
    pub late: bool,
    pub attachments: i64,
    pub raw: Option<String>,
    pub version: i64,
    pub created_at: i64,
}

/// A reaction on a message; one for each who reacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    pub emoji: String,
    /// `customer` or `agent`.
    pub by: String,
    pub user_id: Option<i64>,
}

/// What a message said before it was edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub body: Option<String>,
    pub until: i64,
}

/// Why a message failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub code: String,
    pub title: String,
    pub next: String,
    pub detail: Option<String>,
    pub retryable: bool,
}

/// A message to add.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub interaction_id: i64,
    pub account_id: i64,
    pub address_id: i64,
    pub direction: &'static str,
    pub kind: &'static str,
    pub body: Option<String>,
    pub content: Content,
    pub author_kind: &'static str,
    pub author_id: Option<i64>,
    pub provider_id: Option<String>,
    pub client_id: Option<Uuid>,
    pub reply_to_id: Option<i64>,
    pub reply_to_provider: Option<String>,
    pub effect: Option<&'static str>,
    pub target_id: Option<i64>,
    pub shown: bool,
    pub thread_at: i64,
    pub sent_at: Option<i64>,
    pub status: Option<&'static str>,
    pub forwarded: bool,
    pub late: bool,
    pub attachments: i64,
    pub raw: Option<String>,
}

impl New {
    /// One that stands at the end of an interaction's thread and quotes nothing.
    pub fn at_end_of(interaction: &Interaction, direction: Direction, kind: Kind, content: Content, at: i64) -> Self {
        Self {
            interaction_id: interaction.id,
            account_id: interaction.account_id,
            address_id: interaction.address_id,
            direction: direction.as_str(),
            kind: kind.as_str(),
            body: None,
            content,
            author_kind: AuthorKind::System.as_str(),
            author_id: None,
            provider_id: None,
            client_id: None,
            reply_to_id: None,
            reply_to_provider: None,
            effect: None,
            target_id: None,
            shown: true,
            thread_at: at,
            sent_at: None,
            status: None,
            forwarded: false,
            late: false,
            attachments: 0,
            raw: None,
        }
    }
}

#[derive(Clone, Debug, FromRow)]
pub struct Made {
    pub id: i64,
    pub provider_id: Option<String>,
    pub account_id: i64,
}

/// Adds inbound messages; one that the provider delivered before is left out of the answer.
pub async fn receive(tx: &mut Tx, messages: &[&New], now: i64) -> Result<Vec<Made>> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "INSERT INTO message (interaction_id, account_id, address_id, direction, kind, body, content, author_kind,
             provider_id, reply_to_id, reply_to_provider, effect, target_id, shown, thread_at, sent_at, forwarded,
             late, attachments, raw, version, created_at)
         SELECT interaction_id, account_id, address_id, direction, kind, body, content, author_kind, provider_id,
             reply_to_id, reply_to_provider, effect, target_id, shown, thread_at, sent_at, forwarded, late,
             attachments, raw, 1, $2
         FROM {rows $1 r: interaction_id bigint, account_id bigint, address_id bigint, direction text, kind text,
             body text, content jsonb, author_kind text, provider_id text, reply_to_id bigint, reply_to_provider text,
             effect text, target_id bigint, shown boolean, thread_at bigint, sent_at bigint, forwarded boolean,
             late boolean, attachments bigint, raw text}
         WHERE TRUE ON CONFLICT (provider_id, account_id) WHERE provider_id IS NOT NULL DO NOTHING
         RETURNING id, provider_id, account_id"
    ))
    .bind(rows(messages))
    .bind(now)
    .all()
    .await
}

/// Adds one message of ours: outbound, a note or a quiet line.
pub async fn add(tx: &mut Tx, message: &New, now: i64) -> Result<Message> {
    tx.query(sql!(
        "INSERT INTO message (interaction_id, account_id, address_id, direction, kind, body, content, author_kind,
             author_id, client_id, reply_to_id, effect, target_id, shown, thread_at, status, forwarded, late,
             attachments, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, FALSE, FALSE, $17, 1, $18)
         RETURNING *"
    ))
    .bind(message.interaction_id)
    .bind(message.account_id)
    .bind(message.address_id)
    .bind(message.direction)
    .bind(message.kind)
    .bind(message.body.clone())
    .bind_json(&message.content)
    .bind(message.author_kind)
    .bind(message.author_id)
    .bind(message.client_id)
    .bind(message.reply_to_id)
    .bind(message.effect)
    .bind(message.target_id)
    .bind(message.shown)
    .bind(message.thread_at)
    .bind(message.status)
    .bind(message.attachments)
    .bind(now)
    .one()
    .await
}

pub async fn by_ids(tx: &mut Tx, messages: &[i64]) -> Result<Vec<Message>> {
    tx.query(sql!("SELECT m.* FROM message m WHERE m.id IN {ids $1}")).bind(ids(messages.iter().copied())).all().await
}

pub async fn by_id(tx: &mut Tx, message: i64) -> Result<Message> {
    by_ids(tx, &[message]).await?.pop().ok_or(pronto_db::Error::NotFound)
}

pub async fn by_client_id(tx: &mut Tx, client_id: Uuid) -> Result<Option<Message>> {
    tx.query(sql!("SELECT m.* FROM message m WHERE m.client_id = $1")).bind(client_id).optional().await
}

#[derive(Clone, Debug, Serialize)]
pub struct ProviderId {
    pub account_id: i64,
    pub provider_id: String,
}

/// What a provider's id stands for.
#[derive(Clone, Debug, FromRow)]
pub struct Found {
    pub account_id: i64,
    pub provider_id: String,
    pub message_id: i64,
    pub interaction_id: i64,
    pub address_id: i64,
}

/// Finds messages by the provider's ids, ours and the customers'.
pub async fn find(tx: &mut Tx, wanted: &[ProviderId]) -> Result<Vec<Found>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT r.account_id, r.provider_id, m.id AS message_id, m.interaction_id, m.address_id
         FROM {rows $1 r: account_id bigint, provider_id text}
         JOIN message m ON m.provider_id = r.provider_id AND m.account_id = r.account_id
         UNION ALL
         SELECT s.account_id, s.provider_id, a.message_id, a.interaction_id, a.address_id
         FROM {rows $1 s: account_id bigint, provider_id text}
         JOIN attempt a ON a.provider_id = s.provider_id AND a.account_id = s.account_id"
    ))
    .bind(rows(wanted))
    .all()
    .await
}

/// What is here already of messages that come.
#[derive(Clone, Debug, FromRow)]
pub struct Known {
    pub id: i64,
    pub account_id: i64,
    pub provider_id: String,
    /// Not the message itself, but a reaction, edit or deletion that came before it.
    pub early: bool,
}

/// Which of these inbound ids are here already, and what is here that is about them.
pub async fn known(tx: &mut Tx, wanted: &[ProviderId]) -> Result<Vec<Known>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT m.id, r.account_id, r.provider_id, FALSE AS early
         FROM {rows $1 r: account_id bigint, provider_id text}
         JOIN message m ON m.provider_id = r.provider_id AND m.account_id = r.account_id
         UNION ALL
         SELECT e.id, s.account_id, s.provider_id, TRUE AS early
         FROM {rows $1 s: account_id bigint, provider_id text}
         JOIN message e ON e.reply_to_provider = s.provider_id AND e.account_id = s.account_id
             AND e.effect IS NOT NULL AND e.target_id IS NULL"
    ))
    .bind(rows(wanted))
    .all()
    .await
}

/// What an effect turned out to be about.
#[derive(Clone, Debug, Serialize)]
pub struct Aimed {
    pub id: i64,
    pub target_id: i64,
}

pub async fn aim(tx: &mut Tx, aimed: &[Aimed]) -> Result<()> {
    if aimed.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "UPDATE message SET target_id = r.target_id FROM {rows $1 r: id bigint, target_id bigint}
         WHERE message.id = r.id"
    ))
    .bind(rows(aimed))
    .execute()
    .await?;
    Ok(())
}

/// A message of a thread.
#[derive(Clone, Debug, FromRow)]
pub struct Touched {
    pub id: i64,
    pub interaction_id: i64,
}

/// Those that quote one of these in its own thread: what they show of it has changed.
pub async fn touch_quotes(tx: &mut Tx, quoted: &[i64]) -> Result<Vec<Touched>> {
    tx.query(sql!(
        "UPDATE message SET version = version + 1 WHERE id IN
             (SELECT m.id FROM message q JOIN message m ON m.interaction_id = q.interaction_id
              WHERE q.id IN {ids $1} AND (m.reply_to_id = q.id OR m.reply_to_provider = q.provider_id)
              AND m.effect IS NULL)
         RETURNING id, interaction_id"
    ))
    .bind(ids(quoted.iter().copied()))
    .all()
    .await
}

/// A page of a thread, newest first, before a place in it.
pub async fn thread(tx: &mut Tx, interaction: i64, before: (i64, i64), limit: i64) -> Result<Vec<Message>> {
    tx.query(sql!(
        "SELECT m.* FROM message m WHERE m.interaction_id = $1 AND (m.thread_at, m.id) < ($2, $3) AND m.shown
         ORDER BY m.thread_at DESC, m.id DESC LIMIT $4"
    ))
    .bind(interaction)
    .bind(before.0)
    .bind(before.1)
    .bind(limit)
    .all()
    .await
}

#[derive(FromRow)]
struct Latest {
    id: Option<i64>,
}

/// The greatest id among the last of a thread: whoever has its end before them has seen through it.
pub async fn latest(tx: &mut Tx, interaction: i64) -> Result<i64> {
    let found: Latest = tx
        .query(sql!(
            "SELECT max(id) AS id FROM
                 (SELECT id FROM message WHERE interaction_id = $1 ORDER BY thread_at DESC, id DESC LIMIT 50) AS latest"
        ))
        .bind(interaction)
        .one()
        .await?;
    Ok(found.id.unwrap_or(0))
}

/// Inbound messages shown in a thread after one.
pub async fn newer_inbound(tx: &mut Tx, interaction: i64, after: i64, limit: i64) -> Result<Vec<Message>> {
    tx.query(sql!(
        "SELECT m.* FROM message m WHERE m.interaction_id = $1 AND m.id > $2 AND m.direction = 'in' AND m.shown
         ORDER BY m.id LIMIT $3"
    ))
    .bind(interaction)
    .bind(after)
    .bind(limit)
    .all()
    .await
}

#[derive(FromRow)]
struct Count {
    count: i64,
}

/// How many inbound messages stand in the thread after one.
pub async fn unread_after(tx: &mut Tx, interaction: i64, after: i64) -> Result<i64> {
    let found: Count = tx
        .query(sql!(
            "SELECT count(*) AS count FROM message WHERE interaction_id = $1 AND id > $2 AND direction = 'in' AND shown"
        ))
        .bind(interaction)
        .bind(after)
        .one()
        .await?;
    Ok(found.count)
}

/// The latest inbound message, for telling the customer that it was read.
pub async fn latest_inbound(tx: &mut Tx, interaction: i64, through: i64) -> Result<Option<Message>> {
    tx.query(sql!(
        "SELECT m.* FROM message m WHERE m.interaction_id = $1 AND m.id <= $2 AND m.direction = 'in'
         AND m.provider_id IS NOT NULL ORDER BY m.id DESC LIMIT 1"
    ))
    .bind(interaction)
    .bind(through)
    .optional()
    .await
}

/// What may change in a message after it was added.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    pub id: i64,
    pub body: Option<String>,
    pub content: Content,
    pub reactions: Option<Vec<Reaction>>,
    pub status: Option<String>,
    pub failure: Option<Failure>,
    pub edited_at: Option<i64>,
    pub deleted_at: Option<i64>,
    pub history: Option<Vec<Edit>>,
}

impl From<&Message> for Change {
    fn from(message: &Message) -> Self {
        let message = message.clone();
        Self {
            id: message.id,
            body: message.body,
            content: message.content.0,
            reactions: message.reactions.map(|json| json.0),
            status: message.status,
            failure: message.failure.map(|json| json.0),
            edited_at: message.edited_at,
            deleted_at: message.deleted_at,
            history: message.history.map(|json| json.0),
        }
    }
}

pub async fn save(tx: &mut Tx, changes: &[Change]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "UPDATE message SET body = r.body, content = r.content, reactions = r.reactions, status = r.status,
             failure = r.failure, edited_at = r.edited_at, deleted_at = r.deleted_at, history = r.history,
             version = message.version + 1
         FROM {rows $1 r: id bigint, body text, content jsonb, reactions jsonb, status text, failure jsonb,
               edited_at bigint, deleted_at bigint, history jsonb}
         WHERE message.id = r.id"
    ))
    .bind(rows(changes))
    .execute()
    .await?;
    Ok(())
}

/// Tells the screens that something beside the row has changed, such as an attachment.
pub async fn touch(tx: &mut Tx, message: i64) -> Result<()> {
    tx.query(sql!("UPDATE message SET version = version + 1 WHERE id = $1")).bind(message).execute().await?;
    Ok(())
}
