//! Profiles: what a role may see and do.

use pronto_db::{FromRow, Json, Result, Tx, sql};
use pronto_domain::access::{Masking, Permission};

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
    let agent = vec![P::Note, P::Close, P::Take, P::EditContacts];
    let supervisor = vec![P::Note, P::Close, P::Take, P::Export, P::Raw, P::Why, P::EditContacts, P::Realtime, P::Ledger];
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
