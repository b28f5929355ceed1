//! Who has what on screen now. Each node writes what its own sockets show; the rows lapse with the node.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use serde::Serialize;

/// Somebody who has an interaction on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, FromRow, Serialize)]
pub struct Watch {
    pub interaction_id: i64,
    pub user_id: i64,
}

/// Makes these the rows of a node, and sweeps what has lapsed anywhere.
pub async fn keep(tx: &mut Tx, node: &str, watched: &[Watch], until: i64, now: i64) -> Result<()> {
    tx.query(sql!(
        "DELETE FROM watching WHERE until <= $1 OR (node = $2 AND NOT EXISTS (
             SELECT 1 FROM {rows $3 r: interaction_id bigint, user_id bigint}
             WHERE r.interaction_id = watching.interaction_id AND r.user_id = watching.user_id))"
    ))
    .bind(now)
    .bind(node)
    .bind(rows(watched))
    .execute()
    .await?;
    if watched.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO watching (interaction_id, user_id, node, until)
         SELECT interaction_id, user_id, $2, $3 FROM {rows $1 r: interaction_id bigint, user_id bigint}
         WHERE TRUE ON CONFLICT (interaction_id, user_id, node) DO UPDATE SET until = excluded.until"
    ))
    .bind(rows(watched))
    .bind(node)
    .bind(until)
    .execute()
    .await?;
    Ok(())
}

/// Who has any of these on screen on the other nodes.
pub async fn elsewhere(tx: &mut Tx, node: &str, interactions: &[i64], now: i64) -> Result<Vec<Watch>> {
    tx.query(sql!(
        "SELECT interaction_id, user_id FROM watching
         WHERE interaction_id IN {ids $1} AND node <> $2 AND until > $3 ORDER BY interaction_id, user_id"
    ))
    .bind(ids(interactions.iter().copied()))
    .bind(node)
    .bind(now)
    .all()
    .await
}
