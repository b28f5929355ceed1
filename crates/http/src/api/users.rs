//! Staff.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::Config;
use pronto_desk::act::user::{self, Add, Change, Remove};
use pronto_desk::password::Fresh;
use pronto_domain::access::{Permission, Role, Viewer};
use pronto_domain::id::UserId;
use pronto_domain::presence::{Declared, effective};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Permitted, SignedIn, may, present};
use crate::schema;
use crate::snapshot::{At, Snapshot};

/// A member of staff.
#[derive(Serialize, ToSchema)]
pub struct User {
    pub id: i64,
    pub version: i64,
    pub login: String,
    pub name: String,
    /// What customers may be shown.
    pub alias: Option<String>,
    /// Told to those who may edit users.
    pub email: Option<String>,
    #[schema(value_type = schema::Role)]
    pub role: Role,
    pub profile_id: i64,
    /// The most interactions at a time; 0 = no limit.
    pub capacity: i64,
    pub team_ids: Vec<i64>,
    pub deleted: bool,
    #[schema(value_type = schema::PresenceState)]
    pub presence: Declared,
}

/// A new member of staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    pub login: String,
    pub name: String,
    pub alias: Option<String>,
    pub email: Option<String>,
    #[schema(value_type = schema::Role)]
    pub role: Role,
    /// The built-in one of the role if left out.
    pub profile_id: Option<i64>,
    #[serde(default)]
    pub capacity: i64,
    #[serde(default)]
    pub team_ids: Vec<i64>,
    /// For the first sign-in, where they choose another.
    pub password: String,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserChange {
    /// The version the change was made on.
    pub version: i64,
    pub login: Option<String>,
    pub name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub alias: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Option<String>>,
    #[schema(value_type = Option<schema::Role>)]
    pub role: Option<Role>,
    pub profile_id: Option<i64>,
    pub capacity: Option<i64>,
    pub team_ids: Option<Vec<i64>>,
    /// Sets a new one; all sessions of the user end.
    pub password: Option<String>,
    /// `false` brings back somebody who was removed.
    pub deleted: Option<bool>,
}

/// List staff
///
/// Those who were removed too, for whoever may edit users.
#[utoipa::path(get, path = "/api/v1/users", tag = "administration",
    responses((status = 200, body = Vec<User>)))]
pub async fn list_users(State(app): State<App>, me: SignedIn) -> Result<At<Vec<User>>> {
    let mut snapshot = Snapshot::take(&app).await?;
    let states = states(&app, &mut snapshot).await?;
    let users = shown(&snapshot.config, &me.viewer, &states);
    Ok(snapshot.answer(users))
}

/// Find a member of staff
#[utoipa::path(get, path = "/api/v1/users/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 200, body = User)))]
pub async fn find_user(State(app): State<App>, me: SignedIn, Path(id): Path<UserId>) -> Result<At<User>> {
    one(&app, &me.viewer, id).await
}

/// Add a member of staff
#[utoipa::path(post, path = "/api/v1/users", tag = "administration",
    request_body = NewUser, responses((status = 201, body = User)))]
pub async fn add_user(
    State(app): State<App>,
    me: Permitted<may::EditUsers>,
    Json(body): Json<NewUser>,
) -> Result<(StatusCode, At<User>)> {
    let add = Add {
        by: Some(me.viewer.clone()),
        login: body.login,
        name: body.name,
        alias: body.alias,
        email: body.email,
        role: body.role,
        profile_id: body.profile_id,
        capacity: body.capacity,
        team_ids: body.team_ids,
        password: Fresh::new(&app.passwords, body.password).await?,
        must_change_password: true,
    };
    let id = app.desk.run(&add, |tx, now, add| Box::pin(user::add(tx, now, add))).await?;
    app.desk.reload().await?;
    Ok((StatusCode::CREATED, one(&app, &me.viewer, id).await?))
}

/// Change a member of staff, or bring one back
#[utoipa::path(patch, path = "/api/v1/users/{id}", tag = "administration", params(("id" = i64, Path)),
    request_body = UserChange, responses((status = 200, body = User)))]
pub async fn change_user(
    State(app): State<App>,
    me: Permitted<may::EditUsers>,
    Path(id): Path<UserId>,
    Json(body): Json<UserChange>,
) -> Result<At<User>> {
    let password = match body.password {
        Some(password) => Some(Fresh::new(&app.passwords, password).await?),
        None => None,
    };
    let ends_sessions = password.is_some();
    let change = Change {
        by: me.viewer.clone(),
        id,
        version: body.version,
        login: body.login,
        name: body.name,
        alias: body.alias,
        email: body.email,
        role: body.role,
        profile_id: body.profile_id,
        capacity: body.capacity,
        team_ids: body.team_ids,
        password,
        deleted: body.deleted,
    };
    app.desk.run(&change, |tx, now, change| Box::pin(user::change(tx, now, change))).await?;
    if ends_sessions {
        app.sessions.forget_user(id);
    }
    app.desk.reload().await?;
    // More room, or another role, may make them free for what waits.
    app.desk.wake_routing();
    one(&app, &me.viewer, id).await
}

/// Remove a member of staff
///
/// Refused as `in_use` while they have open interactions; their sessions end.
#[utoipa::path(delete, path = "/api/v1/users/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 204)))]
pub async fn remove_user(
    State(app): State<App>,
    me: Permitted<may::EditUsers>,
    Path(id): Path<UserId>,
) -> Result<StatusCode> {
    let remove = Remove { by: me.viewer.clone(), id };
    app.desk.run(&remove, |tx, now, remove| Box::pin(user::remove(tx, now, remove))).await?;
    app.sessions.forget_user(id);
    app.desk.reload().await?;
    app.desk.wake_routing();
    Ok(StatusCode::NO_CONTENT)
}

async fn one(app: &App, viewer: &Viewer, id: UserId) -> Result<At<User>> {
    let mut snapshot = Snapshot::take(app).await?;
    let states = states(app, &mut snapshot).await?;
    let user = shown(&snapshot.config, viewer, &states).into_iter().find(|user| user.id == id.0);
    let user = user.ok_or_else(Error::not_found)?;
    Ok(snapshot.answer(user))
}

async fn states(app: &App, snapshot: &mut Snapshot) -> Result<BTreeMap<i64, Declared>> {
    let grace = snapshot.config.settings.reconnect_grace_s;
    let now = app.desk.now();
    let rows = store::presence::all(&mut snapshot.tx).await?;
    let state = |row: &store::presence::Presence| {
        let declared: Declared = row.declared.parse().unwrap_or(Declared::Offline);
        (row.user_id, effective(declared, store::instant(row.seen_at), grace, now))
    };
    Ok(rows.iter().map(state).collect())
}

fn shown(config: &Config, viewer: &Viewer, states: &BTreeMap<i64, Declared>) -> Vec<User> {
    let edits = viewer.may(Permission::EditUsers);
    let living_team = |id: &i64| config.teams.iter().any(|team| team.id == *id && team.deleted_at.is_none());
    config
        .users
        .values()
        .filter(|user| edits || user.row.deleted_at.is_none())
        .map(|user| User {
            id: user.row.id,
            version: user.row.version,
            login: user.row.login.clone(),
            name: user.row.name.clone(),
            alias: user.row.alias.clone(),
            email: user.row.email.clone().filter(|_| edits || viewer.user.0 == user.row.id),
            role: user.role,
            profile_id: user.row.profile_id,
            capacity: user.row.capacity,
            team_ids: user.team_ids.iter().copied().filter(living_team).collect(),
            deleted: user.row.deleted_at.is_some(),
            presence: states.get(&user.row.id).copied().unwrap_or(Declared::Offline),
        })
        .collect()
}
