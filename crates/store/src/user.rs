//! Staff, whatever their role.

use pronto_db::{FromRow, Result, Tx, sql};

#[derive(Clone, Debug, FromRow)]
pub struct User {
    pub id: i64,
    pub login: String,
    pub name: String,
    pub alias: Option<String>,
    pub email: Option<String>,
    pub role: String,
    pub profile_id: i64,
    pub must_change_password: bool,
    pub locale: Option<String>,
    pub theme: String,
    pub capacity: i64,
    pub version: i64,
    pub deleted_at: Option<i64>,
}

/// Everybody, those who were removed too: their names stand in old threads.
pub async fn all(tx: &mut Tx) -> Result<Vec<User>> {
    tx.query(sql!(
        r#"SELECT id, login, name, alias, email, role, profile_id, must_change_password, locale, theme, capacity,
           version, deleted_at FROM "user" ORDER BY id"#
    ))
    .all()
    .await
}
