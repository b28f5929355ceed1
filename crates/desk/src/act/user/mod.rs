//! Staff: who works here, as what.

mod own;
mod rank;
mod remove;

use std::collections::BTreeSet;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::{Role, Viewer};
use pronto_domain::id::UserId;
use pronto_store as store;
use serde_json::{Value, json};
use store::millis;
use store::team::Member;

use crate::act::record::{self, Record};
use crate::act::sign_in;
use crate::check::Check;
use crate::password::{self, Fresh};
use crate::{Error, Result};

pub use own::{ChangeOwn, ChangePassword, change_own, change_password};
pub use remove::{Remove, remove};

/// Where somebody who goes or comes back was or is again listed.
const EVERYWHERE: &[&str] = &["users", "teams", "queues", "accounts"];

/// Somebody new.
#[derive(Clone, Debug)]
pub struct Add {
    /// `None` on the command line.
    pub by: Option<Viewer>,
    pub login: String,
    pub name: String,
    pub alias: Option<String>,
    pub email: Option<String>,
    pub role: Role,
    /// The built-in one of the role if left out.
    pub profile_id: Option<i64>,
    pub capacity: i64,
    pub team_ids: Vec<i64>,
    pub password: Fresh,
    /// Where somebody else chose the password.
    pub must_change_password: bool,
}

/// A change of somebody: what is `None` stays as it is.
#[derive(Clone, Debug)]
pub struct Change {
    pub by: Viewer,
    pub id: UserId,
    /// The version it was made on.
    pub version: i64,
    pub login: Option<String>,
    pub name: Option<String>,
    pub alias: Option<Option<String>>,
    pub email: Option<Option<String>>,
    pub role: Option<Role>,
    pub profile_id: Option<i64>,
    pub capacity: Option<i64>,
    pub team_ids: Option<Vec<i64>>,
    pub password: Option<Fresh>,
    /// `false` brings back somebody who was removed.
    pub deleted: Option<bool>,
}

/// Adds somebody; answers their id.
pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<UserId> {
    let at = millis(now);
    let mut check = Check::default();
    let mut user = store::user::User {
        id: 0,
        login: sign_in::normal(&input.login),
        name: input.name.trim().to_owned(),
        alias: filled(input.alias.as_deref()),
        email: filled(input.email.as_deref()),
        role: input.role.as_str().to_owned(),
        profile_id: 0,
        must_change_password: input.must_change_password,
        locale: None,
        theme: "system".to_owned(),
        capacity: input.capacity,
        version: 1,
        deleted_at: None,
    };
    fits(tx, &user, &mut check).await?;
    user.profile_id = rank::profile(tx, input.role, input.profile_id, &mut check).await?;
    password::check(&mut check, "password", &input.password.text);
    known_teams(tx, &input.team_ids, &mut check).await?;
    check.done()?;
    if let Some(by) = &input.by {
        rank::reaches(tx, by, &user).await?;
    }
    let new = store::user::New {
        login: user.login.clone(),
        name: user.name.clone(),
        alias: user.alias.clone(),
        email: user.email.clone(),
        role: input.role.as_str(),
        profile_id: user.profile_id,
        password_hash: input.password.hash.clone(),
        must_change_password: user.must_change_password,
        capacity: user.capacity,
    };
    user.id = store::user::add(tx, &new, at).await?;
    set_teams(tx, user.id, &input.team_ids).await?;
    let record = Record {
        by: input.by.as_ref().map(|by| by.user),
        action: "user.added",
        subject: format!("user {}", user.id),
        before: Value::Null,
        after: told(&user, &input.team_ids),
        what: if input.team_ids.is_empty() { &["users"] } else { &["users", "teams"] },
    };
    record::write(tx, at, record).await?;
    Ok(UserId(user.id))
}

/// Changes somebody, or brings them back.
pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = store::user::lock(tx, input.id.0).await?;
    if before.deleted_at.is_some() && input.deleted != Some(false) {
        return Err(pronto_db::Error::NotFound.into());
    }
    rank::reaches(tx, &input.by, &before).await?;
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut check = Check::default();
    let mut user = before.clone();
    input.apply(&mut user);
    let role: Role = user.role.parse()?;
    fits(tx, &user, &mut check).await?;
    let wanted = if input.profile_id.is_none() && user.role != before.role { None } else { Some(user.profile_id) };
    user.profile_id = rank::profile(tx, role, wanted, &mut check).await?;
    if let Some(password) = &input.password {
        password::check(&mut check, "password", &password.text);
    }
    if let Some(teams) = &input.team_ids {
        known_teams(tx, teams, &mut check).await?;
    }
    check.done()?;
    rank::reaches(tx, &input.by, &user).await?;
    if input.deleted == Some(true) {
        return Err(Error::invalid("deleted", "format", "people are removed with DELETE"));
    }
    if before.role == Role::Admin.as_str() && role != Role::Admin {
        rank::not_the_last_admin(tx, user.id).await?;
    }
    if !store::user::save(tx, &user).await? {
        return Err(Error::Stale);
    }
    let teams_before = teams_of(tx, user.id).await?;
    if let Some(teams) = &input.team_ids {
        set_teams(tx, user.id, teams).await?;
    }
    if let Some(password) = &input.password {
        // Chosen by somebody else, so it is for one sign-in only.
        store::user::set_password(tx, user.id, &password.hash, input.by.user != input.id).await?;
        sign_in::end_sessions(tx, at, input.id).await?;
    }
    let teams_after = teams_of(tx, user.id).await?;
    let mut after = told(&user, &teams_after);
    if input.password.is_some() {
        after["password"] = json!("changed");
    }
    let record = Record {
        by: Some(input.by.user),
        action: if before.deleted_at.is_some() { "user.restored" } else { "user.changed" },
        subject: format!("user {}", user.id),
        before: told(&before, &teams_before),
        after,
        what: if before.deleted_at.is_some() {
            EVERYWHERE
        } else if teams_before == teams_after {
            &["users"]
        } else {
            &["users", "teams"]
        },
    };
    record::write(tx, at, record).await?;
    record::tell(tx, at, &[user.id]).await
}

impl Change {
    fn apply(&self, user: &mut store::user::User) {
        if let Some(login) = &self.login {
            user.login = sign_in::normal(login);
        }
        if let Some(name) = &self.name {
            name.trim().clone_into(&mut user.name);
        }
        if let Some(alias) = &self.alias {
            user.alias = filled(alias.as_deref());
        }
        if let Some(email) = &self.email {
            user.email = filled(email.as_deref());
        }
        if let Some(role) = self.role {
            role.as_str().clone_into(&mut user.role);
        }
        user.profile_id = self.profile_id.unwrap_or(user.profile_id);
        user.capacity = self.capacity.unwrap_or(user.capacity);
        if self.deleted == Some(false) {
            user.deleted_at = None;
        }
    }
}

/// A text that says something.
fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

async fn fits(tx: &mut Tx, user: &store::user::User, check: &mut Check) -> Result<()> {
    check.name("login", &user.login, 64);
    if user.login.chars().any(char::is_whitespace) {
        check.wrong("login", "format", "no blanks");
    }
    if store::user::login_taken(tx, &user.login, user.id).await? {
        check.wrong("login", "taken", "somebody else signs in with this, or did before being removed");
    }
    names_fit(user, check);
    if let Some(email) = &user.email {
        check.length("email", email, 254);
        let parts = email.split_once('@');
        let whole = parts.is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !at.contains('@'));
        if !whole || email.chars().any(char::is_whitespace) {
            check.wrong("email", "format", "this is not an e-mail address");
        }
    }
    check.range("capacity", user.capacity, 0, 500);
    Ok(())
}

fn names_fit(user: &store::user::User, check: &mut Check) {
    check.name("name", &user.name, 100);
    if let Some(alias) = &user.alias {
        check.length("alias", alias, 100);
    }
}

async fn known_teams(tx: &mut Tx, teams: &[i64], check: &mut Check) -> Result<()> {
    let wanted: BTreeSet<i64> = teams.iter().copied().collect();
    if store::team::living(tx, teams).await?.len() != wanted.len() {
        check.wrong("team_ids", "unknown", "there is no such team");
    }
    Ok(())
}

/// The teams of a user, removed teams left out.
async fn teams_of(tx: &mut Tx, user: i64) -> Result<Vec<i64>> {
    let all: Vec<i64> = store::team::of_user(tx, user).await?.iter().map(|member| member.team_id).collect();
    let mut living = store::team::living(tx, &all).await?;
    living.sort_unstable();
    Ok(living)
}

async fn set_teams(tx: &mut Tx, user: i64, teams: &[i64]) -> Result<()> {
    let before: BTreeSet<i64> = teams_of(tx, user).await?.into_iter().collect();
    let after: BTreeSet<i64> = teams.iter().copied().collect();
    let member = |team_id: &i64| Member { team_id: *team_id, user_id: user };
    let put: Vec<Member> = after.difference(&before).map(member).collect();
    let take: Vec<Member> = before.difference(&after).map(member).collect();
    store::team::change(tx, &put, &take).await?;
    let changed: Vec<i64> = after.symmetric_difference(&before).copied().collect();
    store::team::touch(tx, &changed).await?;
    Ok(())
}

/// A user for the audit: no password, and no hash of one.
fn told(user: &store::user::User, teams: &[i64]) -> Value {
    json!({
        "login": user.login, "name": user.name, "alias": user.alias, "email": user.email, "role": user.role,
        "profile_id": user.profile_id, "capacity": user.capacity, "team_ids": teams,
        "deleted": user.deleted_at.is_some(),
    })
}
