//! Canned answers, and who used which.

use pronto_db::{FromRow, Result, Tx, ids, sql};
use pronto_domain::canned::Scope;
use pronto_domain::id::{AccountId, UserId};

use crate::Id;

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Canned {
    pub id: i64,
    pub scope: String,
    pub account_id: Option<i64>,
    pub user_id: Option<i64>,
    pub shortcut: Option<String>,
    pub title: String,
    pub text: String,
    pub version: i64,
    pub deleted_at: Option<i64>,
}

impl Canned {
    /// Where it belongs.
    pub fn belongs(&self) -> Scope {
        match (self.account_id, self.user_id) {
            (Some(account), _) => Scope::Account(AccountId(account)),
            (None, Some(user)) => Scope::Personal(UserId(user)),
            (None, None) => Scope::Global,
        }
    }

    /// Puts it where it belongs.
    pub fn put(&mut self, scope: Scope) {
        scope.word().clone_into(&mut self.scope);
        self.account_id = if let Scope::Account(account) = scope { Some(account.0) } else { None };
        self.user_id = if let Scope::Personal(user) = scope { Some(user.0) } else { None };
    }
}

/// All but other people's own, by title.
pub async fn for_user(tx: &mut Tx, user: i64) -> Result<Vec<Canned>> {
    tx.query(sql!(
        "SELECT id, scope, account_id, user_id, shortcut, title, text, version, deleted_at FROM canned_answer
         WHERE deleted_at IS NULL AND (scope <> 'personal' OR user_id = $1) ORDER BY title, id"
    ))
    .bind(user)
    .all()
    .await
}

pub async fn by_id(tx: &mut Tx, id: i64) -> Result<Canned> {
    tx.query(sql!(
        "SELECT id, scope, account_id, user_id, shortcut, title, text, version, deleted_at FROM canned_answer
         WHERE id = $1"
    ))
    .bind(id)
    .one()
    .await
}

/// One, for a change; also if removed.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Canned> {
    tx.query(sql!(
        "SELECT id, scope, account_id, user_id, shortcut, title, text, version, deleted_at FROM canned_answer
         WHERE id = $1 {lock}"
    ))
    .bind(id)
    .one()
    .await
}

pub async fn add(tx: &mut Tx, canned: &Canned, now: i64) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO canned_answer (scope, account_id, user_id, shortcut, title, text, version, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, 1, $7) RETURNING id"
        ))
        .bind(&canned.scope)
        .bind(canned.account_id)
        .bind(canned.user_id)
        .bind(canned.shortcut.as_deref())
        .bind(&canned.title)
        .bind(&canned.text)
        .bind(now)
        .one()
        .await?;
    Ok(made.id)
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, canned: &Canned) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE canned_answer SET scope = $3, account_id = $4, user_id = $5, shortcut = $6, title = $7, text = $8,
                 deleted_at = $9, version = version + 1 WHERE id = $1 AND version = $2"
        ))
        .bind(canned.id)
        .bind(canned.version)
        .bind(&canned.scope)
        .bind(canned.account_id)
        .bind(canned.user_id)
        .bind(canned.shortcut.as_deref())
        .bind(&canned.title)
        .bind(&canned.text)
        .bind(canned.deleted_at)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Whether another one of the same place has the shortcut.
pub async fn shortcut_taken(tx: &mut Tx, canned: &Canned) -> Result<bool> {
    let Some(shortcut) = &canned.shortcut else { return Ok(false) };
    let found: Vec<Id> = tx
        .query(sql!(
            "SELECT id FROM canned_answer WHERE deleted_at IS NULL AND id <> $1 AND scope = $2
             AND coalesce(account_id, 0) = $3 AND coalesce(user_id, 0) = $4 AND lower(shortcut) = lower($5)"
        ))
        .bind(canned.id)
        .bind(&canned.scope)
        .bind(canned.account_id.unwrap_or(0))
        .bind(canned.user_id.unwrap_or(0))
        .bind(shortcut)
        .all()
        .await?;
    Ok(!found.is_empty())
}

/// When somebody last used one, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Use {
    pub canned_answer_id: i64,
    pub used_at: i64,
    pub uses: i64,
}

pub async fn uses_of(tx: &mut Tx, user: i64) -> Result<Vec<Use>> {
    tx.query(sql!("SELECT canned_answer_id, used_at, uses FROM canned_use WHERE user_id = $1")).bind(user).all().await
}

/// Somebody used one.
pub async fn used(tx: &mut Tx, user: i64, canned: i64, now: i64) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO canned_use (user_id, canned_answer_id, used_at, uses) VALUES ($1, $2, $3, 1)
         ON CONFLICT (user_id, canned_answer_id) DO UPDATE SET
             used_at = excluded.used_at, uses = canned_use.uses + 1"
    ))
    .bind(user)
    .bind(canned)
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct Total {
    canned_answer_id: i64,
    uses: i64,
}

/// How often each of these was used, by anybody.
pub async fn uses(tx: &mut Tx, canned: &[i64]) -> Result<Vec<(i64, i64)>> {
    let found: Vec<Total> = tx
        .query(sql!(
            sqlite: "SELECT canned_answer_id, sum(uses) AS uses FROM canned_use WHERE canned_answer_id IN {ids $1}
                     GROUP BY canned_answer_id",
            postgres: "SELECT canned_answer_id, sum(uses)::bigint AS uses FROM canned_use
                       WHERE canned_answer_id IN {ids $1} GROUP BY canned_answer_id",
        ))
        .bind(ids(canned.iter().copied()))
        .all()
        .await?;
    Ok(found.into_iter().map(|row| (row.canned_answer_id, row.uses)).collect())
}
