//! Oneself: what one sets for oneself.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::Config;
use pronto_desk::act::sign_in::{self, Confirmed};
use pronto_desk::act::user::{self, ChangeOwn, ChangePassword};
use pronto_desk::password::Fresh;
use pronto_domain::access::{Permission, Role, Viewer};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::locked_out;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, SignedIn, present};
use crate::schema;
use crate::snapshot::{At, Snapshot};

/// The signed-in user.
#[derive(Serialize, ToSchema)]
pub struct Me {
    pub id: i64,
    pub login: String,
    pub name: String,
    /// What customers may be shown.
    pub alias: Option<String>,
    #[schema(value_type = schema::Role)]
    pub role: Role,
    #[schema(value_type = Vec<schema::Permission>)]
    pub permissions: Vec<Permission>,
    /// `en`, `it`; null = what the browser says.
    pub locale: Option<String>,
    #[schema(value_type = schema::Theme)]
    pub theme: String,
    /// 0 = no limit.
    pub capacity: i64,
    pub must_change_password: bool,
    /// What of customers is hidden from them, wholly or in part: `name`, `phone`, `email`.
    pub masked: Vec<&'static str>,
}

impl Me {
    pub(super) fn of(config: &Config, viewer: &Viewer) -> Option<Self> {
        let user = &config.users.get(&viewer.user)?.row;
        let masking = viewer.masking;
        Some(Self {
            id: user.id,
            login: user.login.clone(),
            name: user.name.clone(),
            alias: user.alias.clone(),
            role: viewer.role,
            permissions: Permission::ALL.iter().copied().filter(|permission| viewer.may(*permission)).collect(),
            locale: user.locale.clone(),
            theme: user.theme.clone(),
            capacity: user.capacity,
            must_change_password: user.must_change_password,
            masked: [("name", masking.name), ("phone", masking.phone), ("email", masking.email)]
                .into_iter()
                .filter_map(|(what, mask)| mask.hides().then_some(what))
                .collect(),
        })
    }
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeChange {
    pub name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub alias: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub locale: Option<Option<String>>,
    #[schema(value_type = Option<schema::Theme>)]
    pub theme: Option<String>,
}

/// Change one's own name, language or appearance
#[utoipa::path(patch, path = "/api/v1/me", tag = "session",
    request_body = MeChange, responses((status = 200, body = Me)))]
pub async fn change_me(State(app): State<App>, me: SignedIn, Json(body): Json<MeChange>) -> Result<At<Me>> {
    let MeChange { name, alias, locale, theme } = body;
    let change = ChangeOwn { user: me.viewer.user, name, alias, locale, theme };
    app.desk.run(&change, |tx, now, change| Box::pin(user::change_own(tx, now, change))).await?;
    app.desk.reload().await?;
    let snapshot = Snapshot::take(&app).await?;
    let viewer = snapshot.config.viewer(me.viewer.user).ok_or_else(Error::signed_out)?;
    let body = Me::of(&snapshot.config, &viewer).ok_or_else(Error::signed_out)?;
    Ok(snapshot.answer(body))
}

/// A new password of one's own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    pub current: String,
    /// At least 8 characters: capitals, small letters, digits and signs.
    pub new: String,
}

/// Choose a new password
///
/// All other sessions of the user end.
#[utoipa::path(put, path = "/api/v1/me/password", tag = "session",
    request_body = PasswordChange, responses((status = 204)))]
pub async fn change_password(
    State(app): State<App>,
    me: SignedIn,
    Json(body): Json<PasswordChange>,
) -> Result<StatusCode> {
    let user = me.viewer.user;
    let config = app.desk.config();
    let login = &config.users.get(&user).ok_or_else(Error::signed_out)?.row.login;
    match sign_in::confirm(&app.desk, &app.passwords, login, &body.current).await? {
        Confirmed::Right => {}
        Confirmed::Wrong => {
            return Err(Error::invalid(vec![Field::new("current", "wrong", "this is not your password")]));
        }
        Confirmed::LockedOut { until } => return Err(locked_out(&app, until)),
    }
    if body.current == body.new {
        return Err(Error::invalid(vec![Field::new("new", "unchanged", "choose another than the current one")]));
    }
    let new = Fresh::new(&app.passwords, body.new).await?;
    let change = ChangePassword { user, session: me.session, new };
    let ended = app.desk.run(&change, |tx, now, change| Box::pin(user::change_password(tx, now, change))).await?;
    for session in ended {
        app.sessions.forget(session);
        app.live.end_session(session);
    }
    app.desk.reload().await?;
    Ok(StatusCode::NO_CONTENT)
}
