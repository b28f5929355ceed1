//! Profiles.

use axum::extract::State;
use pronto_desk::Config;
use pronto_desk::act::profile::{self, Change};
use pronto_domain::access::{Masking, Permission, Role, Scope};
use pronto_domain::id::ProfileId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Admin, Json, Path, Permitted, may};
use crate::schema;
use crate::snapshot::{At, Snapshot};

/// What those who have it may see and do.
#[derive(Serialize, ToSchema)]
pub struct Profile {
    pub id: i64,
    pub version: i64,
    pub name: String,
    #[schema(value_type = schema::Role)]
    pub role: Role,
    pub builtin: bool,
    #[schema(value_type = Vec<schema::Permission>)]
    pub permissions: Vec<Permission>,
    #[schema(value_type = schema::Scope)]
    pub scope: Scope,
    #[schema(value_type = schema::Masking)]
    pub masking: Masking,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileChange {
    /// The version the change was made on.
    pub version: i64,
    pub name: Option<String>,
    #[schema(value_type = Option<Vec<schema::Permission>>)]
    pub permissions: Option<Vec<Permission>>,
    #[schema(value_type = Option<schema::Scope>)]
    pub scope: Option<Scope>,
    #[schema(value_type = Option<schema::Masking>)]
    pub masking: Option<Masking>,
}

/// List profiles
#[utoipa::path(get, path = "/api/v1/profiles", tag = "administration",
    responses((status = 200, body = Vec<Profile>)))]
pub async fn list_profiles(State(app): State<App>, _: Permitted<may::EditUsers>) -> Result<At<Vec<Profile>>> {
    let snapshot = Snapshot::take(&app).await?;
    let profiles = shown(&snapshot.config);
    Ok(snapshot.answer(profiles))
}

/// Change a profile
///
/// For administrators only: it could otherwise be used to give oneself more.
#[utoipa::path(patch, path = "/api/v1/profiles/{id}", tag = "administration", params(("id" = i64, Path)),
    request_body = ProfileChange, responses((status = 200, body = Profile)))]
pub async fn change_profile(
    State(app): State<App>,
    Admin(me): Admin,
    Path(id): Path<ProfileId>,
    Json(body): Json<ProfileChange>,
) -> Result<At<Profile>> {
    let ProfileChange { version, name, permissions, scope, masking } = body;
    let change = Change { by: me.viewer.user, id, version, name, permissions, scope, masking };
    app.desk.run(&change, |tx, now, change| Box::pin(profile::change(tx, now, change))).await?;
    app.desk.reload().await?;
    let snapshot = Snapshot::take(&app).await?;
    let profile = shown(&snapshot.config).into_iter().find(|profile| profile.id == id.0);
    let profile = profile.ok_or_else(Error::not_found)?;
    Ok(snapshot.answer(profile))
}

fn shown(config: &Config) -> Vec<Profile> {
    config
        .profiles
        .values()
        .map(|profile| Profile {
            id: profile.row.id,
            version: profile.row.version,
            name: profile.row.name.clone(),
            role: profile.role,
            builtin: profile.row.builtin,
            permissions: profile.row.permissions.0.clone(),
            scope: profile.scope,
            masking: profile.row.masking.0,
        })
        .collect()
}
