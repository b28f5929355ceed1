//! The ticks: what messages and rows of lists show of the attempts behind them.

use pronto_db::{FromRow, Result, Tx, rows, sql};
use serde::Serialize;

use crate::Id;
use crate::message::Failure;

/// What a message shows now.
#[derive(Clone, Debug, Serialize)]
pub struct Shown<'a> {
    pub id: i64,
    pub interaction_id: i64,
    pub status: &'static str,
    pub failure: Option<&'a Failure>,
}

/// A message that shows something else than before.
#[derive(Clone, Debug, FromRow)]
pub struct Changed {
    pub id: i64,
    pub interaction_id: i64,
    pub effect: Option<String>,
    pub target_id: Option<i64>,
    pub shown: bool,
    pub status: String,
}

/// Shows it on the messages, and on the rows of lists whose last message it is; answers what changed.
pub async fn show(tx: &mut Tx, shown: &[Shown<'_>]) -> Result<Vec<Changed>> {
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    // Interactions before messages, as everybody who changes both does.
    tx.query(sql!(
        "UPDATE interaction SET last_status = r.status, version = interaction.version + 1
         FROM {rows $1 r: id bigint, interaction_id bigint, status text}
         WHERE interaction.id = r.interaction_id AND interaction.last_message_id = r.id
         AND interaction.last_status IS DISTINCT FROM r.status"
    ))
    .bind(rows(shown))
    .execute()
    .await?;
    tx.query(sql!(
        "UPDATE message SET status = r.status, failure = r.failure, version = message.version + 1
         FROM {rows $1 r: id bigint, status text, failure jsonb}
         WHERE message.id = r.id AND message.status IS DISTINCT FROM r.status
         RETURNING message.id, message.interaction_id, message.effect, message.target_id, message.shown,
             message.status"
    ))
    .bind(rows(shown))
    .all()
    .await
}

/// A window as it stands on the row of an interaction.
#[derive(Clone, Debug, Serialize)]
pub struct Window {
    pub interaction_id: i64,
    pub expires_at: Option<i64>,
    pub cause: Option<String>,
}

/// Moves windows on the rows of lists; answers the interactions it changed.
pub async fn windows(tx: &mut Tx, windows: &[Window]) -> Result<Vec<i64>> {
    if windows.is_empty() {
        return Ok(Vec::new());
    }
    let changed: Vec<Id> = tx
        .query(sql!(
            "UPDATE interaction SET window_expires_at = r.expires_at, window_cause = r.cause,
                 version = interaction.version + 1
             FROM {rows $1 r: interaction_id bigint, expires_at bigint, cause text}
             WHERE interaction.id = r.interaction_id RETURNING interaction.id"
        ))
        .bind(rows(windows))
        .all()
        .await?;
    Ok(changed.into_iter().map(|row| row.id).collect())
}
