use sqlx::FromRow;

use super::{Connection, Result};
use crate::number;

/// A person's phone as stored.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct PhoneRow {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Full number, digits only; businesses do not see it when `hidden_number` is on.
    pub(crate) number: String,
    pub(crate) user_id: String,
    pub(crate) username: Option<String>,
    pub(crate) hidden_number: bool,
    pub(crate) online: bool,
    /// The person has blocked every business.
    pub(crate) blocked: bool,
    /// Made by the load generator, not shown on the page.
    pub(crate) synthetic: bool,
}

impl PhoneRow {
    /// The number as businesses know it.
    pub(crate) fn wa_id(&self) -> Option<&str> {
        (!self.hidden_number).then_some(self.number.as_str())
    }
}

pub(crate) async fn shown(db: &mut Connection) -> Result<Vec<PhoneRow>> {
    sqlx::query_as("SELECT * FROM phone WHERE synthetic = 0 ORDER BY position LIMIT 500").fetch_all(db).await
}

pub(crate) async fn find(db: &mut Connection, id: &str) -> Result<Option<PhoneRow>> {
    sqlx::query_as("SELECT * FROM phone WHERE id = ?").bind(id).fetch_optional(db).await
}

pub(crate) async fn by_number(db: &mut Connection, digits: &str) -> Result<Option<PhoneRow>> {
    sqlx::query_as("SELECT * FROM phone WHERE canonical = ?").bind(number::canonical(digits)).fetch_optional(db).await
}

pub(crate) async fn by_user_id(db: &mut Connection, user_id: &str) -> Result<Option<PhoneRow>> {
    sqlx::query_as("SELECT * FROM phone WHERE user_id = ?").bind(user_id).fetch_optional(db).await
}

/// Adds a phone unless its id or number is taken; says whether it did.
pub(crate) async fn add(db: &mut Connection, phone: &PhoneRow) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO phone (id, name, number, canonical, user_id, username, hidden_number, online, blocked, synthetic)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&phone.id)
    .bind(&phone.name)
    .bind(&phone.number)
    .bind(number::canonical(&phone.number))
    .bind(&phone.user_id)
    .bind(&phone.username)
    .bind(phone.hidden_number)
    .bind(phone.online)
    .bind(phone.blocked)
    .bind(phone.synthetic)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(crate) async fn save(db: &mut Connection, phone: &PhoneRow) -> Result<()> {
    sqlx::query(
        "UPDATE phone SET name = ?, number = ?, canonical = ?, user_id = ?, username = ?, hidden_number = ?, online = ?, blocked = ?
         WHERE id = ?",
    )
    .bind(&phone.name)
    .bind(&phone.number)
    .bind(number::canonical(&phone.number))
    .bind(&phone.user_id)
    .bind(&phone.username)
    .bind(phone.hidden_number)
    .bind(phone.online)
    .bind(phone.blocked)
    .bind(&phone.id)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn remove(db: &mut Connection, id: &str) -> Result<bool> {
    for statement in ["DELETE FROM chat WHERE phone_id = ?", "DELETE FROM block WHERE phone_id = ?"] {
        sqlx::query(statement).bind(id).execute(&mut *db).await?;
    }
    Ok(sqlx::query("DELETE FROM phone WHERE id = ?").bind(id).execute(db).await?.rows_affected() > 0)
}

/// When the person last wrote to the business.
pub(crate) async fn last_user_at(db: &mut Connection, phone: &str, number: &str) -> Result<Option<i64>> {
    sqlx::query_scalar("SELECT last_user_at FROM chat WHERE phone_id = ? AND number_id = ?")
        .bind(phone)
        .bind(number)
        .fetch_optional(db)
        .await
}

/// Notes that the person wrote at `at`; the window counts from the latest such time.
pub(crate) async fn wrote(db: &mut Connection, phone: &str, number: &str, at: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO chat (phone_id, number_id, last_user_at) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET last_user_at = max(last_user_at, excluded.last_user_at)",
    )
    .bind(phone)
    .bind(number)
    .bind(at)
    .execute(db)
    .await?;
    Ok(())
}

/// The businesses the person has written to.
pub(crate) async fn chats(db: &mut Connection, phone: &str) -> Result<Vec<String>> {
    sqlx::query_scalar("SELECT number_id FROM chat WHERE phone_id = ? ORDER BY number_id")
        .bind(phone)
        .fetch_all(db)
        .await
}

pub(crate) async fn is_blocked(db: &mut Connection, number: &str, phone: &str) -> Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM block WHERE number_id = ? AND phone_id = ?)")
        .bind(number)
        .bind(phone)
        .fetch_one(db)
        .await
}

pub(crate) async fn block(db: &mut Connection, number: &str, phone: &str, blocked: bool) -> Result<()> {
    let statement = if blocked {
        "INSERT INTO block (number_id, phone_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM block WHERE number_id = ? AND phone_id = ?"
    };
    sqlx::query(statement).bind(number).bind(phone).execute(db).await?;
    Ok(())
}

pub(crate) async fn blocked_by(db: &mut Connection, number: &str) -> Result<Vec<PhoneRow>> {
    sqlx::query_as(
        "SELECT phone.* FROM phone JOIN block ON block.phone_id = phone.id WHERE block.number_id = ? ORDER BY position LIMIT 1000",
    )
    .bind(number)
    .fetch_all(db)
    .await
}

/// Every phone with the number of a business that has blocked it.
pub(crate) async fn blocks(db: &mut Connection) -> Result<Vec<(String, String)>> {
    sqlx::query_as("SELECT phone_id, number_id FROM block ORDER BY number_id").fetch_all(db).await
}
