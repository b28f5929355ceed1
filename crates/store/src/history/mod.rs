//! Histories made elsewhere, such as sample data: whole rows that know their ids, one statement a table. Acts have
//! functions of their own; whoever uses these answers for the counters, the windows and the search index.

mod beside;

use pronto_db::{Result, Tx, rows, sql};
use pronto_domain::message::{AuthorKind, Content, Direction, Kind};
use pronto_domain::outbound::Outgoing;
use serde::Serialize;

pub use beside::{Card, Delivery, Offer, Trace, deliveries, offers};

use crate::contact::name_words;
use crate::interaction::Interaction;
use crate::message::{Edit, Failure, Reaction};
use crate::tag::Tagged;

/// A contact.
#[derive(Clone, Debug, Serialize)]
pub struct Contact {
    pub id: i64,
    pub list_id: i64,
    pub first_name: String,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub mobile: Option<String>,
    pub email: Option<String>,
    pub company: Option<String>,
    pub company_id: Option<i64>,
    pub language: Option<String>,
    pub description: Option<String>,
    pub tags: Vec<String>,
    pub created_at: i64,
    pub updated_at: i64,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    contact: &'a Contact,
    name_words: String,
}

/// They are found by what they are called and by their tags at once, as those that an act makes.
pub async fn contacts(tx: &mut Tx, contacts: &[Contact]) -> Result<()> {
    let given: Vec<Row<'_>> = contacts
        .iter()
        .map(|contact| Row { contact, name_words: name_words(&contact.first_name, contact.last_name.as_deref()) })
        .collect();
    tx.query(sql!(
        "INSERT INTO contact (id, list_id, first_name, last_name, name_words, phone, mobile, email, company, company_id,
             language, description, tags, version, created_at, updated_at)
         SELECT id, list_id, first_name, last_name, name_words, phone, mobile, email, company, company_id, language,
             description, tags, 1, created_at, updated_at
         FROM {rows $1 r: id bigint, list_id bigint, first_name text, last_name text, name_words text, phone text,
               mobile text, email text, company text, company_id bigint, language text, description text, tags jsonb,
               created_at bigint, updated_at bigint}"
    ))
    .bind(rows(&given))
    .execute()
    .await?;
    let made: Vec<i64> = contacts.iter().map(|contact| contact.id).collect();
    crate::contact::index(tx, &made).await
}

/// An address; its names are added beside.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Address {
    pub id: i64,
    pub account_id: i64,
    pub key: String,
    pub digits: Option<String>,
    pub user_id: Option<String>,
    pub profile_name: Option<String>,
    pub username: Option<String>,
    pub contact_id: Option<i64>,
    pub latest_inbound_at: Option<i64>,
    pub first_inbound_at: Option<i64>,
    pub shut_by_provider_at: Option<i64>,
    pub window_expires_at: Option<i64>,
    pub window_cause: Option<String>,
    pub last_interaction_id: Option<i64>,
    pub created_at: i64,
}

pub async fn addresses(tx: &mut Tx, addresses: &[Address]) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO address (id, account_id, key, digits, user_id, profile_name, username, contact_id,
             latest_inbound_at, first_inbound_at, shut_by_provider_at, window_expires_at, window_cause,
             last_interaction_id, version, created_at)
         SELECT id, account_id, key, digits, user_id, profile_name, username, contact_id, latest_inbound_at,
             first_inbound_at, shut_by_provider_at, window_expires_at, window_cause, last_interaction_id, 1, created_at
         FROM {rows $1 r: id bigint, account_id bigint, key text, digits text, user_id text, profile_name text,
               username text, contact_id bigint, latest_inbound_at bigint, first_inbound_at bigint,
               shut_by_provider_at bigint, window_expires_at bigint, window_cause text, last_interaction_id bigint,
               created_at bigint}"
    ))
    .bind(rows(addresses))
    .execute()
    .await?;
    Ok(())
}

pub async fn interactions(tx: &mut Tx, interactions: &[Interaction]) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO interaction (id, account_id, address_id, contact_id, state, queue_id, owner_id, first_owner_id,
             was_with_id, flow_step, flow_ended, controller, epoch, started_at, waiting_since, accepted_at, closed_at,
             reopened_at, disposition_id, snooze, snooze_until, warned_at, blocked, customer, customer_words, phone,
             window_expires_at, window_cause, last_at, last_message_id, last_direction, last_kind, last_preview,
             last_status, unread, marked_unread, unmanaged, unanswered_since, read_through, message_count, tags,
             sentiment, sentiment_tally, version)
         SELECT id, account_id, address_id, contact_id, state, queue_id, owner_id, first_owner_id, was_with_id,
             flow_step, flow_ended, controller, epoch, started_at, waiting_since, accepted_at, closed_at, reopened_at,
             disposition_id, snooze, snooze_until, warned_at, blocked, customer, customer_words, phone, window_expires_at, window_cause, last_at, last_message_id, last_direction, last_kind,
             last_preview, last_status, unread, marked_unread, unmanaged, unanswered_since, read_through,
             message_count, tags, sentiment, sentiment_tally, version
         FROM {rows $1 r: id bigint, account_id bigint, address_id bigint, contact_id bigint, state text,
               queue_id bigint, owner_id bigint, first_owner_id bigint, was_with_id bigint, flow_step bigint,
               flow_ended boolean, controller text, epoch bigint, started_at bigint, waiting_since bigint,
               accepted_at bigint, closed_at bigint, reopened_at bigint, disposition_id bigint, snooze text,
               snooze_until bigint, warned_at bigint, blocked boolean, customer text, customer_words text, phone text,
               window_expires_at bigint, window_cause text, last_at bigint, last_message_id bigint,
               last_direction text, last_kind text, last_preview text, last_status text, unread bigint,
               marked_unread boolean, unmanaged bigint, unanswered_since bigint, read_through bigint,
               message_count bigint, tags jsonb, sentiment text, sentiment_tally jsonb, version bigint}"
    ))
    .bind(rows(&interactions.iter().map(Interaction::added).collect::<Vec<_>>()))
    .execute()
    .await?;
    let tagged = interactions.iter().filter(|row| !row.tags.0.is_empty());
    let tagged: Vec<Tagged> = tagged.map(|row| Tagged { id: row.id, tags: row.tags.clone() }).collect();
    crate::tag::index(tx, &tagged).await
}

/// A message of either side, a note or a quiet line.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    pub id: i64,
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
    pub reply_to_id: Option<i64>,
    pub reply_to_provider: Option<String>,
    pub effect: Option<&'static str>,
    pub target_id: Option<i64>,
    pub shown: bool,
    pub reactions: Option<Vec<Reaction>>,
    pub thread_at: i64,
    pub sent_at: Option<i64>,
    pub status: Option<&'static str>,
    pub failure: Option<Failure>,
    pub edited_at: Option<i64>,
    pub deleted_at: Option<i64>,
    pub history: Option<Vec<Edit>>,
    pub forwarded: bool,
    pub late: bool,
    pub attachments: i64,
    pub raw: Option<String>,
    pub version: i64,
    pub created_at: i64,
}

impl Message {
    /// As the desk itself would have written it then, before there is anything more to say of it.
    pub fn new(direction: Direction, kind: Kind, body: Option<String>, content: Content, at: i64) -> Self {
        Self {
            id: 0,
            interaction_id: 0,
            account_id: 0,
            address_id: 0,
            direction: direction.as_str(),
            kind: kind.as_str(),
            body,
            content,
            author_kind: AuthorKind::System.as_str(),
            author_id: None,
            provider_id: None,
            reply_to_id: None,
            reply_to_provider: None,
            effect: None,
            target_id: None,
            shown: true,
            reactions: None,
            thread_at: at,
            sent_at: None,
            status: None,
            failure: None,
            edited_at: None,
            deleted_at: None,
            history: None,
            forwarded: false,
            late: false,
            attachments: 0,
            raw: None,
            version: 1,
            created_at: at,
        }
    }
}

pub async fn messages(tx: &mut Tx, messages: &[Message]) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO message (id, interaction_id, account_id, address_id, direction, kind, body, content, author_kind,
             author_id, provider_id, reply_to_id, reply_to_provider, effect, target_id, shown, reactions, thread_at,
             sent_at, status, failure, edited_at, deleted_at, history, forwarded, late, attachments, raw, version,
             created_at)
         SELECT id, interaction_id, account_id, address_id, direction, kind, body, content, author_kind, author_id,
             provider_id, reply_to_id, reply_to_provider, effect, target_id, shown, reactions, thread_at, sent_at,
             status, failure, edited_at, deleted_at, history, forwarded, late, attachments, raw, version, created_at
         FROM {rows $1 r: id bigint, interaction_id bigint, account_id bigint, address_id bigint, direction text,
               kind text, body text, content jsonb, author_kind text, author_id bigint, provider_id text,
               reply_to_id bigint, reply_to_provider text, effect text, target_id bigint, shown boolean,
               reactions jsonb, thread_at bigint, sent_at bigint, status text, failure jsonb, edited_at bigint,
               deleted_at bigint, history jsonb, forwarded boolean, late boolean, attachments bigint, raw text,
               version bigint, created_at bigint}"
    ))
    .bind(rows(messages))
    .execute()
    .await?;
    Ok(())
}

/// A file that is in the media store.
#[derive(Clone, Debug, Serialize)]
pub struct Attachment {
    pub message_id: i64,
    pub account_id: i64,
    pub kind: &'static str,
    pub name: Option<String>,
    pub mime: &'static str,
    pub size: i64,
    pub sha256: String,
    pub path: String,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub created_at: i64,
}

pub async fn attachments(tx: &mut Tx, attachments: &[Attachment]) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO attachment (message_id, account_id, kind, name, mime, size, sha256, state, path, width, height,
             animated, created_at)
         SELECT message_id, account_id, kind, name, mime, size, sha256, 'stored', path, width, height, FALSE, created_at
         FROM {rows $1 r: message_id bigint, account_id bigint, kind text, name text, mime text, size bigint,
               sha256 text, path text, width bigint, height bigint, created_at bigint}"
    ))
    .bind(rows(attachments))
    .execute()
    .await?;
    Ok(())
}

/// A try at sending whose outcome is known, or known to be unknown.
#[derive(Clone, Debug, Serialize)]
pub struct Attempt {
    pub message_id: i64,
    pub interaction_id: i64,
    pub account_id: i64,
    pub address_id: i64,
    pub step: &'static str,
    pub state: &'static str,
    pub provider_id: Option<String>,
    pub request: Outgoing,
    pub failure: Option<Failure>,
    pub created_at: i64,
    pub give_up_at: i64,
    pub settled_at: i64,
}

pub async fn attempts(tx: &mut Tx, attempts: &[Attempt]) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO attempt (message_id, interaction_id, account_id, address_id, step, state, provider_id, request,
             tries, run_at, give_up_at, blocks, failure, created_at, settled_at)
         SELECT message_id, interaction_id, account_id, address_id, step, state, provider_id, request, 1, created_at,
             give_up_at, FALSE, failure, created_at, settled_at
         FROM {rows $1 r: message_id bigint, interaction_id bigint, account_id bigint, address_id bigint, step text,
               state text, provider_id text, request jsonb, failure jsonb, created_at bigint, give_up_at bigint,
               settled_at bigint}"
    ))
    .bind(rows(attempts))
    .execute()
    .await?;
    Ok(())
}

/// Rows that acts make from now on are numbered after those brought in. SQLite sees to that itself.
pub async fn number_on(tx: &mut Tx) -> Result<()> {
    tx.query(sql!(
        sqlite: "SELECT 1",
        postgres: "SELECT setval(pg_get_serial_sequence('contact', 'id'), (SELECT max(id) FROM contact)),
                   setval(pg_get_serial_sequence('address', 'id'), (SELECT max(id) FROM address)),
                   setval(pg_get_serial_sequence('interaction', 'id'), (SELECT max(id) FROM interaction)),
                   setval(pg_get_serial_sequence('message', 'id'), (SELECT max(id) FROM message)),
                   setval(pg_get_serial_sequence('offer', 'id'), (SELECT max(id) FROM offer))",
    ))
    .execute()
    .await?;
    Ok(())
}
