//! An interaction read from its beginning to its end, for somebody who takes it with them.

use pronto_db::{FromRow, Result, Tx, sql};

use crate::message::Message;

/// How much there is of an interaction.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Extent {
    pub messages: i64,
    /// The greatest id among them: what comes later does not belong to what was asked for.
    pub through: i64,
}

/// The items of a thread; notes only where they are asked for.
pub async fn extent(tx: &mut Tx, interaction: i64, notes: bool) -> Result<Extent> {
    tx.query(sql!(
        "SELECT count(*) AS messages, COALESCE(max(m.id), 0) AS through FROM message m
         WHERE m.interaction_id = $1 AND m.shown AND ($2 OR m.direction <> 'note')"
    ))
    .bind(interaction)
    .bind(notes)
    .one()
    .await
}

/// How many files there are, and how large.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Files {
    pub files: i64,
    /// How many of them are here.
    pub kept: i64,
    pub bytes: i64,
}

/// The files of a thread; those of deleted messages only where they are asked for.
pub async fn files(tx: &mut Tx, interaction: i64, deleted: bool) -> Result<Files> {
    tx.query(sql!(
        "SELECT count(*) AS files, count(a.path) AS kept,
             CAST(COALESCE(sum(CASE WHEN a.path IS NULL THEN 0 ELSE a.size END), 0) AS BIGINT) AS bytes
         FROM message m JOIN attachment a ON a.message_id = m.id
         WHERE m.interaction_id = $1 AND m.shown AND m.attachments > 0 AND ($2 OR m.deleted_at IS NULL)"
    ))
    .bind(interaction)
    .bind(deleted)
    .one()
    .await
}

/// Which items of a thread, oldest first.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    pub interaction: i64,
    /// The place of the last one that was read.
    pub after: (i64, i64),
    /// None with a greater id.
    pub through: i64,
    pub notes: bool,
    /// Only those with files.
    pub with_files: bool,
}

pub async fn page(tx: &mut Tx, reading: &Reading, limit: i64) -> Result<Vec<Message>> {
    tx.query(sql!(
        "SELECT m.* FROM message m WHERE m.interaction_id = $1 AND (m.thread_at, m.id) > ($2, $3) AND m.id <= $4
         AND m.shown AND ($5 OR m.direction <> 'note') AND (m.attachments > 0 OR NOT $6)
         ORDER BY m.thread_at, m.id LIMIT $7"
    ))
    .bind(reading.interaction)
    .bind(reading.after.0)
    .bind(reading.after.1)
    .bind(reading.through)
    .bind(reading.notes)
    .bind(reading.with_files)
    .bind(limit)
    .all()
    .await
}
