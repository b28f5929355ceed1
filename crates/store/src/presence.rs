//! Presence: what agents declare, and the lease their sockets renew.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use serde::Serialize;

#[derive(Clone, Debug, FromRow)]
pub struct Presence {
    pub user_id: i64,
    pub declared: String,
    pub reason: Option<String>,
    pub since: i64,
    pub seen_at: i64,
    pub told: String,
    pub last_asked_at: Option<i64>,
    pub busy_until: Option<i64>,
    pub lapsed_in_a_row: i64,
    pub handled_day: i64,
    pub handled_today: i64,
    pub version: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Presence>> {
    tx.query(sql!(
        "SELECT user_id, declared, reason, since, seen_at, told, last_asked_at, busy_until, lapsed_in_a_row,
         handled_day, handled_today, version FROM presence"
    ))
    .all()
    .await
}

pub async fn of(tx: &mut Tx, users: &[i64]) -> Result<Vec<Presence>> {
    tx.query(sql!(
        "SELECT user_id, declared, reason, since, seen_at, told, last_asked_at, busy_until, lapsed_in_a_row,
         handled_day, handled_today, version FROM presence WHERE user_id IN {ids $1}"
    ))
    .bind(ids(users.iter().copied()))
    .all()
    .await
}

/// Declares a state. Makes the row when there is none.
pub async fn declare(tx: &mut Tx, user: i64, state: &str, reason: Option<&str>, now: i64) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO presence (user_id, declared, reason, since, seen_at, told, lapsed_in_a_row, handled_day,
             handled_today, version)
         VALUES ($1, $2, $3, $4, $4, $2, 0, 0, 0, 1)
         ON CONFLICT (user_id) DO UPDATE SET
             since = CASE WHEN presence.told = excluded.declared AND presence.reason IS NOT DISTINCT FROM excluded.reason
                          THEN presence.since ELSE excluded.since END,
             declared = excluded.declared, reason = excluded.reason, seen_at = excluded.seen_at,
             told = excluded.told, lapsed_in_a_row = 0, version = presence.version + 1"
    ))
    .bind(user)
    .bind(state)
    .bind(reason)
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// Renews the leases of all users with a socket on a node, in one statement.
pub async fn renew(tx: &mut Tx, users: &[i64], now: i64) -> Result<()> {
    tx.query(sql!("UPDATE presence SET seen_at = {greatest}(seen_at, $2) WHERE user_id IN {ids $1}"))
        .bind(ids(users.iter().copied()))
        .bind(now)
        .execute()
        .await?;
    Ok(())
}

/// Notes what the screens were last told.
pub async fn tell(tx: &mut Tx, user: i64, told: &str, now: i64) -> Result<()> {
    tx.query(sql!("UPDATE presence SET told = $2, since = $3, version = version + 1 WHERE user_id = $1"))
        .bind(user)
        .bind(told)
        .bind(now)
        .execute()
        .await?;
    Ok(())
}

/// Notes that users were asked, for the strategies that go by it.
pub async fn asked(tx: &mut Tx, users: &[i64], now: i64) -> Result<()> {
    tx.query(sql!("UPDATE presence SET last_asked_at = $2, version = version + 1 WHERE user_id IN {ids $1}"))
        .bind(ids(users.iter().copied()))
        .bind(now)
        .execute()
        .await?;
    Ok(())
}

/// A user let an offer lapse that they were asked at that instant.
#[derive(Clone, Debug, Serialize)]
pub struct Lapsed {
    pub user_id: i64,
    pub asked_at: i64,
}

/// Counts how often in a row users let offers lapse; those that stood side by side count once.
pub async fn lapsed(tx: &mut Tx, lapsed: &[Lapsed], now: i64) -> Result<()> {
    tx.query(sql!(
        "UPDATE presence SET lapsed_in_a_row = lapsed_in_a_row + 1, lapsed_at = $2
         FROM (SELECT user_id, max(asked_at) AS asked_at FROM {rows $1 l: user_id bigint, asked_at bigint}
               GROUP BY user_id) r
         WHERE presence.user_id = r.user_id AND (presence.lapsed_at IS NULL OR presence.lapsed_at <= r.asked_at)"
    ))
    .bind(rows(lapsed))
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// The agent answered an offer.
pub async fn answered(tx: &mut Tx, user: i64) -> Result<()> {
    tx.query(sql!("UPDATE presence SET lapsed_in_a_row = 0, version = version + 1 WHERE user_id = $1"))
        .bind(user)
        .execute()
        .await?;
    Ok(())
}

/// Counts an interaction closed by the user, who is there, on `day` (days since 1970), and puts the user in wrap-up until then.
pub async fn handled(tx: &mut Tx, user: i64, day: i64, busy_until: Option<i64>) -> Result<()> {
    tx.query(sql!(
        "UPDATE presence SET handled_today = CASE WHEN handled_day = $2 THEN handled_today + 1 ELSE 1 END,
             handled_day = $2, lapsed_in_a_row = 0, busy_until = CASE WHEN busy_until > $3 THEN busy_until ELSE coalesce($3, busy_until) END,
             version = version + 1 WHERE user_id = $1"
    ))
    .bind(user)
    .bind(day)
    .bind(busy_until)
    .execute()
    .await?;
    Ok(())
}

/// Moves the end of a user's wrap-up.
pub async fn busy(tx: &mut Tx, user: i64, until: i64) -> Result<()> {
    tx.query(sql!("UPDATE presence SET busy_until = $2, version = version + 1 WHERE user_id = $1"))
        .bind(user)
        .bind(until)
        .execute()
        .await?;
    Ok(())
}

/// Screens that show the user's load must be told: the row is unchanged but for its version.
pub async fn touch(tx: &mut Tx, users: &[i64]) -> Result<()> {
    tx.query(sql!("UPDATE presence SET version = version + 1 WHERE user_id IN {ids $1}"))
        .bind(ids(users.iter().copied()))
        .execute()
        .await?;
    Ok(())
}

#[derive(Clone, Copy, Debug, FromRow)]
pub struct Load {
    /// 0 = no limit.
    pub capacity: i64,
    /// Interactions they hold that count.
    pub open: i64,
}

impl Load {
    pub fn full(self) -> bool {
        self.capacity > 0 && self.open >= self.capacity
    }
}

/// Locks a user's row until the transaction ends, so that what they take up is counted one by one.
pub async fn hold(tx: &mut Tx, user: i64) -> Result<()> {
    tx.query(sql!(r#"SELECT id FROM "user" WHERE id = $1 {lock}"#)).bind(user).optional::<(i64,)>().await?;
    Ok(())
}

/// What a user holds, and how much they may.
pub async fn load(tx: &mut Tx, user: i64) -> Result<Load> {
    tx.query(sql!(
        r#"SELECT u.capacity,
               (SELECT count(*) FROM interaction i WHERE i.owner_id = u.id AND i.state = 'active'
                AND i.snooze IS NULL) AS open
           FROM "user" u WHERE u.id = $1"#
    ))
    .bind(user)
    .one()
    .await
}
