//! Nobody makes of others what they are not themselves.

use pronto_db::Tx;
use pronto_domain::access::{Role, Viewer};
use pronto_store as store;

use crate::check::Check;
use crate::{Error, Result};

/// Whether `by` may deal with such a user: one who may no more than they.
pub(super) async fn reaches(tx: &mut Tx, by: &Viewer, user: &store::user::User) -> Result<()> {
    let role: Role = user.role.parse()?;
    if by.role == Role::Admin {
        return Ok(());
    }
    if role > by.role {
        return Err(Error::Forbidden { needs: role.to_string() });
    }
    let profiles = store::profile::all(tx).await?;
    let profile = profiles.iter().find(|profile| profile.id == user.profile_id);
    let more = profile.and_then(|profile| profile.permissions.0.iter().find(|permission| !by.may(**permission)));
    match more {
        Some(permission) => Err(Error::Forbidden { needs: permission.to_string() }),
        None => Ok(()),
    }
}

/// The profile of a user with this role: the wanted one if it is of the role, the built-in one if none is wanted.
pub(super) async fn profile(tx: &mut Tx, role: Role, wanted: Option<i64>, check: &mut Check) -> Result<i64> {
    let profiles = store::profile::all(tx).await?;
    let of_role = |profile: &&store::profile::Profile| profile.role == role.as_str();
    let found = match wanted {
        Some(id) => profiles.iter().find(|profile| profile.id == id),
        None => profiles.iter().filter(of_role).min_by_key(|profile| (!profile.builtin, profile.id)),
    };
    match found {
        Some(profile) if of_role(&profile) => Ok(profile.id),
        Some(_) => {
            check.wrong("profile_id", "wrong_role", "this profile is for another role");
            Ok(0)
        }
        None => {
            check.wrong("profile_id", "unknown", "there is no such profile");
            Ok(0)
        }
    }
}

/// A desk without an administrator could never have one again.
pub(super) async fn not_the_last_admin(tx: &mut Tx, user: i64) -> Result<()> {
    if store::user::admins(tx).await?.iter().any(|admin| *admin != user) {
        return Ok(());
    }
    Err(Error::Impossible { code: "last_admin", detail: "the last administrator cannot go".to_owned() })
}
