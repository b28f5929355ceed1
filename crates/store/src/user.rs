//! Staff, whatever their role.

use pronto_db::{FromRow, Result, Tx, ids, sql};

use crate::Id;

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
    tx.query(sql!(r#"SELECT id, password_hash, locked_until FROM "user" WHERE login = $1 AND deleted_at IS NULL"#))
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

/// A user to add.
#[derive(Clone, Debug)]
pub struct New {
    pub login: String,
    pub name: String,
    pub alias: Option<String>,
    pub email: Option<String>,
    pub role: &'static str,
    pub profile_id: i64,
    pub password_hash: String,
    pub must_change_password: bool,
    pub capacity: i64,
}

pub async fn add(tx: &mut Tx, new: &New, now: i64) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            r#"INSERT INTO "user" (login, name, alias, email, role, profile_id, password_hash, must_change_password,
                   locale, theme, capacity, failed_sign_ins, version, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, 'system', $9, 0, 1, $10) RETURNING id"#
        ))
        .bind(&new.login)
        .bind(&new.name)
        .bind(new.alias.as_deref())
        .bind(new.email.as_deref())
        .bind(new.role)
        .bind(new.profile_id)
        .bind(&new.password_hash)
        .bind(new.must_change_password)
        .bind(new.capacity)
        .bind(now)
        .one()
        .await?;
    Ok(made.id)
}

/// One, for a change; also if removed.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<User> {
    tx.query(sql!(
        r#"SELECT id, login, name, alias, email, role, profile_id, must_change_password, locale, theme, capacity,
           version, deleted_at FROM "user" WHERE id = $1 {lock}"#
    ))
    .bind(id)
    .one()
    .await
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, user: &User) -> Result<bool> {
    let touched = tx
        .query(sql!(
            r#"UPDATE "user" SET login = $3, name = $4, alias = $5, email = $6, role = $7, profile_id = $8, locale = $9,
                   theme = $10, capacity = $11, deleted_at = $12, version = version + 1
               WHERE id = $1 AND version = $2"#
        ))
        .bind(user.id)
        .bind(user.version)
        .bind(&user.login)
        .bind(&user.name)
        .bind(user.alias.as_deref())
        .bind(user.email.as_deref())
        .bind(&user.role)
        .bind(user.profile_id)
        .bind(user.locale.as_deref())
        .bind(&user.theme)
        .bind(user.capacity)
        .bind(user.deleted_at)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Gives a new password, and opens the login again if it was locked.
pub async fn set_password(tx: &mut Tx, id: i64, hash: &str, must_change: bool) -> Result<()> {
    tx.query(sql!(
        r#"UPDATE "user" SET password_hash = $2, must_change_password = $3, failed_sign_ins = 0, locked_until = NULL,
               version = version + 1 WHERE id = $1"#
    ))
    .bind(id)
    .bind(hash)
    .bind(must_change)
    .execute()
    .await?;
    Ok(())
}

/// Moves the versions on: something else that is shown with them has changed.
pub async fn touch(tx: &mut Tx, users: &[i64]) -> Result<()> {
    if users.is_empty() {
        return Ok(());
    }
    tx.query(sql!(r#"UPDATE "user" SET version = version + 1 WHERE id IN {ids $1}"#))
        .bind(ids(users.iter().copied()))
        .execute()
        .await?;
    Ok(())
}

#[derive(FromRow)]
struct Count {
    count: i64,
}

/// Whether somebody else has the login, removed users too: theirs come back with them.
pub async fn login_taken(tx: &mut Tx, login: &str, except: i64) -> Result<bool> {
    let found: Count = tx
        .query(sql!(r#"SELECT count(*) AS count FROM "user" WHERE login = $1 AND id <> $2"#))
        .bind(login)
        .bind(except)
        .one()
        .await?;
    Ok(found.count > 0)
}

/// Which of these ids are users who were not removed.
pub async fn living(tx: &mut Tx, users: &[i64]) -> Result<Vec<i64>> {
    let found: Vec<Id> = tx
        .query(sql!(r#"SELECT id FROM "user" WHERE deleted_at IS NULL AND id IN {ids $1}"#))
        .bind(ids(users.iter().copied()))
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// The administrators who were not removed, locked so that two do not leave at once.
pub async fn admins(tx: &mut Tx) -> Result<Vec<i64>> {
    let found: Vec<Id> = tx
        .query(sql!(r#"SELECT id FROM "user" WHERE role = 'admin' AND deleted_at IS NULL ORDER BY id {lock}"#))
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// How many open interactions a user owns.
pub async fn open_work(tx: &mut Tx, user: i64) -> Result<i64> {
    let found: Count = tx
        .query(sql!("SELECT count(*) AS count FROM interaction WHERE owner_id = $1 AND state = 'active'"))
        .bind(user)
        .one()
        .await?;
    Ok(found.count)
}
