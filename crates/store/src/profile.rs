//! Profiles: what a role may see and do.

use pronto_db::{FromRow, Json, Result, Tx, sql};
use pronto_domain::access::{Masking, Permission};

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Profile {
    pub id: i64,
    pub name: String,
    pub role: String,
    pub builtin: bool,
    pub permissions: Json<Vec<Permission>>,
    pub scope: String,
    pub masking: Json<Masking>,
    pub version: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Profile>> {
    tx.query(sql!("SELECT id, name, role, builtin, permissions, scope, masking, version FROM profile ORDER BY id"))
        .all()
        .await
}

/// The three profiles every desk has from the start.
pub async fn make_builtin(tx: &mut Tx) -> Result<()> {
    use Permission as P;
    let agent = vec![P::Note, P::Close, P::Take, P::Tag, P::Block, P::EditContacts];
    let supervisor = vec![
        P::Note,
        P::Close,
        P::Take,
        P::Tag,
        P::Block,
        P::ReviewBlocks,
        P::Export,
        P::Raw,
        P::Why,
        P::EditContacts,
        P::Realtime,
        P::Ledger,
    ];
    for (name, role, permissions, scope) in [
        ("Agent", "agent", agent, "accounts"),
        ("Supervisor", "supervisor", supervisor, "accounts"),
        ("Administrator", "admin", Permission::ALL.to_vec(), "all"),
    ] {
        tx.query(sql!(
            "INSERT INTO profile (name, role, builtin, permissions, scope, masking, version)
             VALUES ($1, $2, TRUE, $3, $4, $5, 1)"
        ))
        .bind(name)
        .bind(role)
        .bind_json(&permissions)
        .bind(scope)
        .bind_json(&Masking::default())
        .execute()
        .await?;
    }
    Ok(())
}

/// One, for a change.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Profile> {
    tx.query(sql!(
        "SELECT id, name, role, builtin, permissions, scope, masking, version FROM profile WHERE id = $1 {lock}"
    ))
    .bind(id)
    .one()
    .await
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, profile: &Profile) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE profile SET name = $3, permissions = $4, scope = $5, masking = $6, version = version + 1
             WHERE id = $1 AND version = $2"
        ))
        .bind(profile.id)
        .bind(profile.version)
        .bind(&profile.name)
        .bind_json(&profile.permissions.0)
        .bind(&profile.scope)
        .bind_json(&profile.masking.0)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Whether another profile has the name.
pub async fn name_taken(tx: &mut Tx, name: &str, except: i64) -> Result<bool> {
    let found: Vec<Id> = tx
        .query(sql!("SELECT id FROM profile WHERE lower(name) = lower($1) AND id <> $2"))
        .bind(name)
        .bind(except)
        .all()
        .await?;
    Ok(!found.is_empty())
}

/// The users who have it.
pub async fn users(tx: &mut Tx, id: i64) -> Result<Vec<i64>> {
    let found: Vec<Id> = tx.query(sql!(r#"SELECT id FROM "user" WHERE profile_id = $1"#)).bind(id).all().await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}
