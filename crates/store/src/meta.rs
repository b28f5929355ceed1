//! What the database knows of itself: its epoch, and where its event log stands.

use std::fmt;
use std::str::FromStr;

use pronto_db::{FromRow, Result, Tx, sql};

#[derive(FromRow)]
struct Text {
    value: String,
}

pub async fn get(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    let found: Option<Text> = tx.query(sql!("SELECT value FROM meta WHERE key = $1")).bind(key).optional().await?;
    Ok(found.map(|row| row.value))
}

pub async fn set(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    ))
    .bind(key)
    .bind(value)
    .execute()
    .await?;
    Ok(())
}

/// Where in the event log something was read. Opaque to clients; `epoch` changes when the database is restored or
/// copied, so that a position of another history is never mistaken for one of this.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub epoch: i64,
    pub txid: i64,
    pub seq: i64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.epoch, self.txid, self.seq)
    }
}

/// The text is not a position of ours.
#[derive(Debug, thiserror::Error)]
#[error("not a position")]
pub struct NotAPosition;

impl FromStr for Position {
    type Err = NotAPosition;
    fn from_str(text: &str) -> Result<Self, NotAPosition> {
        let mut parts = text.splitn(3, '-').map(str::parse::<i64>);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Ok(epoch)), Some(Ok(txid)), Some(Ok(seq))) => Ok(Self { epoch, txid, seq }),
            _ => Err(NotAPosition),
        }
    }
}

#[derive(FromRow)]
struct At {
    txid: i64,
    seq: i64,
}

/// The position of this snapshot: every event up to it is contained in what the transaction reads.
pub async fn position(tx: &mut Tx, epoch: i64) -> Result<Position> {
    let at: At = tx
        .query(sql!(
            sqlite: "SELECT 0 AS txid, coalesce(max(seq), 0) AS seq FROM event",
            postgres: "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1 AS txid,
                       9223372036854775807 AS seq",
        ))
        .one()
        .await?;
    Ok(Position { epoch, txid: at.txid, seq: at.seq })
}
