//! Taking away all that is known of a person. What stays are rows that point nowhere: that there were interactions, when
//! and with which of the staff.

use pronto_db::{FromRow, Result, Tx, ids, sql};
use serde::Serialize;
use serde_json::Value;

use crate::Id;

#[derive(FromRow)]
struct Path {
    path: String,
}

#[derive(FromRow)]
struct Name {
    alias: String,
}

/// Whom it is about: the contact and those that went into it, with their addresses and interactions.
#[derive(Clone, Debug, Default)]
pub struct Extent {
    pub contacts: Vec<i64>,
    pub addresses: Vec<i64>,
    pub interactions: Vec<i64>,
}

/// How much went.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    pub contacts: usize,
    pub addresses: usize,
    pub interactions: usize,
    pub messages: u64,
    pub files: usize,
    pub deliveries: u64,
}

pub async fn extent(tx: &mut Tx, contact: i64) -> Result<Extent> {
    let of = |found: Vec<Id>| found.into_iter().map(|row| row.id).collect::<Vec<i64>>();
    let contacts = of(tx
        .query(sql!(
            "WITH RECURSIVE family (id) AS (SELECT id FROM contact WHERE id = $1
                 UNION SELECT c.id FROM contact c JOIN family f ON c.merged_into = f.id)
             SELECT id FROM family ORDER BY id"
        ))
        .bind(contact)
        .all()
        .await?);
    let addresses = of(tx
        .query(sql!("SELECT id FROM address WHERE contact_id IN {ids $1} ORDER BY id {lock}"))
        .bind(ids(contacts.iter().copied()))
        .all()
        .await?);
    let interactions = of(tx
        .query(sql!("SELECT id FROM interaction WHERE contact_id IN {ids $1} ORDER BY id {lock}"))
        .bind(ids(contacts.iter().copied()))
        .all()
        .await?);
    Ok(Extent { contacts, addresses, interactions })
}

/// Whether anything of it is still going on: an interaction that is open, or a message on its way.
pub async fn is_going_on(tx: &mut Tx, extent: &Extent) -> Result<bool> {
    let found: Option<Id> = tx
        .query(sql!(
            "SELECT id FROM interaction WHERE id IN {ids $1} AND state <> 'closed'
             UNION SELECT id FROM attempt WHERE address_id IN {ids $2} AND step IN ('prepared', 'retry', 'in_flight')
             LIMIT 1"
        ))
        .bind(ids(extent.interactions.iter().copied()))
        .bind(ids(extent.addresses.iter().copied()))
        .optional()
        .await?;
    Ok(found.is_some())
}

/// Takes away what was said, and what finds it; answers how many messages that were.
pub async fn messages(tx: &mut Tx, interactions: &[i64], now: i64) -> Result<u64> {
    let these = || ids(interactions.iter().copied());
    tx.query(sql!(
        sqlite: "DELETE FROM message_search WHERE rowid IN (SELECT id FROM message WHERE interaction_id IN {ids $1})",
        postgres: "DELETE FROM message_search WHERE id IN (SELECT id FROM message WHERE interaction_id IN {ids $1})",
    ))
    .bind(these())
    .execute()
    .await?;
    tx.query(sql!("UPDATE attempt SET request = $2, failure = NULL WHERE interaction_id IN {ids $1}"))
        .bind(these())
        .bind_json(&Value::Object(serde_json::Map::new()))
        .execute()
        .await?;
    for statement in [
        sql!("UPDATE scheduled_message SET text = '', version = version + 1 WHERE interaction_id IN {ids $1}"),
        sql!("UPDATE block SET reason = '', version = version + 1 WHERE interaction_id IN {ids $1}"),
        sql!("UPDATE offer SET note = NULL WHERE interaction_id IN {ids $1}"),
        sql!("DELETE FROM notice WHERE interaction_id IN {ids $1}"),
    ] {
        tx.query(statement).bind(these()).execute().await?;
    }
    // A customer's new number stands in the line that tells of it.
    tx.query(sql!(
        sqlite: "UPDATE message SET content = $2 WHERE interaction_id IN {ids $1} AND kind = 'system'
                 AND content ->> '$.code' LIKE '%number_changed'",
        postgres: "UPDATE message SET content = $2 WHERE interaction_id IN {ids $1} AND kind = 'system'
                   AND content ->> 'code' LIKE '%number_changed'",
    ))
    .bind(these())
    .bind_json(&serde_json::json!({ "type": "system", "code": "number_changed", "params": {} }))
    .execute()
    .await?;
    tx.query(sql!(
        "UPDATE message SET body = NULL, content = $2, reactions = NULL, failure = NULL, history = NULL, raw = NULL,
             deleted_at = $3, version = version + 1
         WHERE interaction_id IN {ids $1} AND kind <> 'system'"
    ))
    .bind(these())
    .bind_json(&serde_json::json!({ "type": "erased" }))
    .bind(now)
    .execute()
    .await
}

/// Takes away the files of messages; answers where they lie that nothing else points to.
pub async fn files(tx: &mut Tx, interactions: &[i64]) -> Result<Vec<String>> {
    let these = || ids(interactions.iter().copied());
    let held: Vec<Path> = tx
        .query(sql!(
            "SELECT DISTINCT a.path FROM attachment a JOIN message m ON m.id = a.message_id
             WHERE m.interaction_id IN {ids $1} AND a.path IS NOT NULL"
        ))
        .bind(these())
        .all()
        .await?;
    tx.query(sql!(
        "UPDATE attachment SET name = NULL, path = NULL, sha256 = NULL, media_id = NULL, media_until = NULL,
             media_url = NULL, failure = NULL, state = 'failed', error = 'erased'
         WHERE message_id IN (SELECT id FROM message WHERE interaction_id IN {ids $1})"
    ))
    .bind(these())
    .execute()
    .await?;
    let mut paths: Vec<String> = held.into_iter().map(|row| row.path).collect();
    let wanted = crate::upload::pointed_to(tx, &paths).await?;
    paths.retain(|path| !wanted.contains(path));
    Ok(paths)
}

/// Takes away who wrote, and the names they were known by: whoever writes from there again is somebody new. Answers how
/// many payloads of the ledger went with them.
pub async fn addresses(tx: &mut Tx, extent: &Extent) -> Result<u64> {
    let these = || ids(extent.addresses.iter().copied());
    let names: Vec<Name> =
        tx.query(sql!("SELECT alias FROM address_alias WHERE address_id IN {ids $1}")).bind(these()).all().await?;
    let mut deliveries = 0;
    for name in names.iter().map(|name| &name.alias).filter(|alias| alias.len() >= NAME_AT_LEAST) {
        deliveries += tx
            .query(sql!(
                "UPDATE delivery SET body = '', bytes = NULL, outcomes = NULL WHERE state <> 'pending'
                 AND account_id IN (SELECT account_id FROM address WHERE id IN {ids $1}) AND body LIKE $2 ESCAPE '\\'"
            ))
            .bind(these())
            .bind(format!("%{}%", name.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")))
            .execute()
            .await?;
    }
    tx.query(sql!("DELETE FROM address_alias WHERE address_id IN {ids $1}")).bind(these()).execute().await?;
    tx.query(sql!(
        sqlite: "DELETE FROM address_search WHERE rowid IN {ids $1}",
        postgres: "DELETE FROM address_search WHERE id IN {ids $1}",
    ))
    .bind(these())
    .execute()
    .await?;
    tx.query(sql!(
        "UPDATE address SET key = 'erased-' || id, digits = NULL, user_id = NULL, profile_name = NULL, username = NULL,
             window_expires_at = NULL, window_cause = NULL, latest_inbound_at = NULL, first_inbound_at = NULL,
             first_template_at = NULL, recontact_id = NULL, recontact_at = NULL, recontact_until = NULL,
             version = version + 1 WHERE id IN {ids $1}"
    ))
    .bind(these())
    .execute()
    .await?;
    tx.query(sql!(
        "UPDATE interaction SET customer = $2, customer_words = '', phone = NULL, last_preview = NULL,
             window_expires_at = NULL, window_cause = NULL, version = version + 1 WHERE id IN {ids $1}"
    ))
    .bind(ids(extent.interactions.iter().copied()))
    .bind(NOBODY)
    .execute()
    .await?;
    Ok(deliveries)
}

/// Fewer letters would be found in payloads that are about others.
const NAME_AT_LEAST: usize = 8;
/// What rows of lists call somebody who was erased.
const NOBODY: &str = "—";

/// Takes away what stands beside contacts, and what was kept to undo a merge or an import.
pub async fn beside(tx: &mut Tx, contacts: &[i64]) -> Result<()> {
    for statement in [
        sql!("DELETE FROM contact_value WHERE contact_id IN {ids $1}"),
        sql!("DELETE FROM contact_number WHERE contact_id IN {ids $1}"),
        sql!("DELETE FROM contact_note WHERE contact_id IN {ids $1}"),
        sql!("DELETE FROM contact_consent WHERE contact_id IN {ids $1}"),
        sql!("DELETE FROM contact_worker WHERE contact_id IN {ids $1}"),
        sql!("DELETE FROM contact_distinct WHERE contact_id IN {ids $1} OR other_id IN {ids $1}"),
        sql!("DELETE FROM contact_import_before WHERE contact_id IN {ids $1}"),
        sql!("DELETE FROM contact_import_row WHERE contact_id IN {ids $1}"),
        sql!(
            "DELETE FROM contact_merge_moved WHERE merge_id IN
             (SELECT id FROM contact_merge WHERE target_id IN {ids $1} OR source_id IN {ids $1})"
        ),
        sql!("DELETE FROM contact_merge WHERE target_id IN {ids $1} OR source_id IN {ids $1}"),
    ] {
        tx.query(statement).bind(ids(contacts.iter().copied())).execute().await?;
    }
    Ok(())
}

/// An erasure that was asked for.
#[derive(Clone, Debug)]
pub struct New<'a> {
    pub contact: i64,
    pub user: i64,
    pub reason: &'a str,
    pub counts: &'a Counts,
}

/// Writes it down: nothing of the person.
pub async fn add(tx: &mut Tx, new: &New<'_>, now: i64) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO contact_erasure (contact_id, user_id, reason, state, counts, asked_at, done_at)
             VALUES ($1, $2, $3, 'done', $4, $5, $5) RETURNING id"
        ))
        .bind(new.contact)
        .bind(new.user)
        .bind(new.reason)
        .bind_json(new.counts)
        .bind(now)
        .one()
        .await?;
    Ok(made.id)
}
