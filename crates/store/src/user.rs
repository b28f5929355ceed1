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

/// What signing in is decided by.
#[derive(Clone, FromRow)]
pub struct Credentials {
    pub id: i64,
    pub password_hash: String,
    pub locked_until: Option<i64>,
}

/// Of the user with this login, unless removed.
pub async fn credentials(tx: &mut Tx, login: &str) -> Result<Option<Credentials>> {
    tx.query(sql!(
        r#"SELECT id, password_hash, locked_until FROM "user" WHERE login = $1 AND deleted_at IS NULL"#
    ))
    .bind(login)
    .optional()
    .await
}

#[derive(FromRow)]
struct Locked {
    locked_until: Option<i64>,
}

/// Until when a user is locked out.
pub async fn locked_until(tx: &mut Tx, id: i64) -> Result<Option<i64>> {
    let found: Locked =
        tx.query(sql!(r#"SELECT locked_until FROM "user" WHERE id = $1 {lock}"#)).bind(id).one().await?;
    Ok(found.locked_until)
}

pub async fn sign_in_succeeded(tx: &mut Tx, id: i64) -> Result<()> {
    tx.query(sql!(r#"UPDATE "user" SET failed_sign_ins = 0, locked_until = NULL WHERE id = $1"#))
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// Counts a wrong password; at `limit` in a row the login is locked until then, and counting begins anew.
pub async fn sign_in_failed(tx: &mut Tx, id: i64, limit: i64, locked_until: i64) -> Result<()> {
    tx.query(sql!(
        r#"UPDATE "user" SET
               locked_until = CASE WHEN failed_sign_ins + 1 >= $2 THEN $3 ELSE locked_until END,
               failed_sign_ins = CASE WHEN failed_sign_ins + 1 >= $2 THEN 0 ELSE failed_sign_ins + 1 END
           WHERE id = $1"#
    ))
    .bind(id)
    .bind(limit)
    .bind(locked_until)
    .execute()
    .await?;
    Ok(())
}
