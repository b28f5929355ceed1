//! Profiles: what those who have one may see and do.

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::access::{Mask, Masking, Permission, Role, Scope};
use pronto_domain::id::{ProfileId, UserId};
use pronto_store as store;
use serde_json::{Value, json};
use store::millis;
use store::profile::Profile;

use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Error, Result};

/// What is `None` stays as it is.
#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    pub id: ProfileId,
    /// The version it was made on.
    pub version: i64,
    pub name: Option<String>,
    pub permissions: Option<Vec<Permission>>,
    pub scope: Option<Scope>,
    pub masking: Option<Masking>,
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = store::profile::lock(tx, input.id.0).await?;
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut profile = before.clone();
    if let Some(name) = &input.name {
        name.trim().clone_into(&mut profile.name);
    }
    if let Some(permissions) = &input.permissions {
        let mut permissions = permissions.clone();
        permissions.sort_unstable();
        permissions.dedup();
        profile.permissions = Json(permissions);
    }
    if let Some(scope) = input.scope {
        scope.as_str().clone_into(&mut profile.scope);
    }
    if let Some(masking) = input.masking {
        profile.masking = Json(masking);
    }
    fits(tx, &profile, &before).await?;
    if !store::profile::save(tx, &profile).await? {
        return Err(Error::Stale);
    }
    let record = Record {
        by: Some(input.by),
        action: "profile.changed",
        subject: format!("profile {}", profile.id),
        before: told(&before),
        after: told(&profile),
        what: &["profiles"],
    };
    record::write(tx, at, record).await?;
    let users = store::profile::users(tx, profile.id).await?;
    record::tell(tx, at, &users).await
}

async fn fits(tx: &mut Tx, profile: &Profile, before: &Profile) -> Result<()> {
    let mut check = Check::default();
    check.name("name", &profile.name, 100);
    if store::profile::name_taken(tx, &profile.name, profile.id).await? {
        check.wrong("name", "taken", "another profile has this name");
    }
    let masking = profile.masking.0;
    for (field, mask) in [("name", masking.name), ("phone", masking.phone), ("email", masking.email)] {
        if let Mask::Last { count } = mask {
            check.range(&format!("masking.{field}.count"), count, 1, 50);
        }
    }
    // Administrators may do everything, whatever it says here: a list that says otherwise would mislead.
    let may_less = profile.permissions.0 != before.permissions.0 || profile.scope != before.scope;
    if profile.role == Role::Admin.as_str() && may_less {
        check.wrong("permissions", "fixed", "administrators may do everything");
    }
    check.done()
}

fn told(profile: &Profile) -> Value {
    json!({
        "name": profile.name, "permissions": profile.permissions, "scope": profile.scope, "masking": profile.masking,
    })
}
