//! Teams, and who is in them.

use pronto_db::{FromRow, Result, Tx, sql};

#[derive(Clone, Debug, FromRow)]
pub struct Team {
    pub id: i64,
    pub name: String,
    pub version: i64,
    pub deleted_at: Option<i64>,
}

#[derive(Clone, Debug, FromRow)]
pub struct Member {
    pub team_id: i64,
    pub user_id: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Team>> {
    tx.query(sql!("SELECT id, name, version, deleted_at FROM team ORDER BY id")).all().await
}

pub async fn members(tx: &mut Tx) -> Result<Vec<Member>> {
    tx.query(sql!("SELECT team_id, user_id FROM team_member ORDER BY team_id, user_id")).all().await
}
