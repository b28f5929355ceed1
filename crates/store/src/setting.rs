//! Settings of the whole desk: one JSON value a key.

use pronto_db::{FromRow, Json, Result, Tx, sql};

#[derive(FromRow)]
pub struct Setting {
    pub key: String,
    pub value: Json<serde_json::Value>,
    pub version: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Setting>> {
    tx.query(sql!("SELECT key, value, version FROM setting")).all().await
}

/// Writes one; `false` if somebody wrote it since `version` was read (0 = never written).
pub async fn put(tx: &mut Tx, key: &str, value: &serde_json::Value, version: i64, now: i64) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "INSERT INTO setting (key, value, version, updated_at) VALUES ($1, $2, $3 + 1, $4)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version,
                 updated_at = excluded.updated_at WHERE setting.version = $3"
        ))
        .bind(key)
        .bind_json(value)
        .bind(version)
        .bind(now)
        .execute()
        .await?;
    Ok(touched == 1)
}
