//! Teams.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::Config;
use pronto_desk::act::team::{self, Add, Change, Remove};
use pronto_domain::id::TeamId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Permitted, SignedIn, may};
use crate::snapshot::{At, Snapshot};

/// People who are put in queues and on accounts together.
#[derive(Serialize, ToSchema)]
pub struct Team {
    pub id: i64,
    pub version: i64,
    pub name: String,
    pub user_ids: Vec<i64>,
}

/// A new team.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    pub name: String,
    #[serde(default)]
    pub user_ids: Vec<i64>,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamChange {
    /// The version the change was made on.
    pub version: i64,
    pub name: Option<String>,
    pub user_ids: Option<Vec<i64>>,
    /// `false` brings back a team that was removed.
    pub deleted: Option<bool>,
}

/// List teams
#[utoipa::path(get, path = "/api/v1/teams", tag = "administration",
    responses((status = 200, body = Vec<Team>)))]
pub async fn list_teams(State(app): State<App>, _: SignedIn) -> Result<At<Vec<Team>>> {
    let snapshot = Snapshot::take(&app).await?;
    let teams = shown(&snapshot.config);
    Ok(snapshot.answer(teams))
}

/// Find a team
#[utoipa::path(get, path = "/api/v1/teams/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 200, body = Team)))]
pub async fn find_team(State(app): State<App>, _: SignedIn, Path(id): Path<TeamId>) -> Result<At<Team>> {
    one(&app, id).await
}

/// Add a team
#[utoipa::path(post, path = "/api/v1/teams", tag = "administration",
    request_body = NewTeam, responses((status = 201, body = Team)))]
pub async fn add_team(
    State(app): State<App>,
    me: Permitted<may::EditUsers>,
    Json(body): Json<NewTeam>,
) -> Result<(StatusCode, At<Team>)> {
    let add = Add { by: me.viewer.user, name: body.name, user_ids: body.user_ids };
    let id = app.desk.run(&add, |tx, now, add| Box::pin(team::add(tx, now, add))).await?;
    app.desk.reload().await?;
    Ok((StatusCode::CREATED, one(&app, id).await?))
}

/// Change a team, or bring one back
#[utoipa::path(patch, path = "/api/v1/teams/{id}", tag = "administration", params(("id" = i64, Path)),
    request_body = TeamChange, responses((status = 200, body = Team)))]
pub async fn change_team(
    State(app): State<App>,
    me: Permitted<may::EditUsers>,
    Path(id): Path<TeamId>,
    Json(body): Json<TeamChange>,
) -> Result<At<Team>> {
    let TeamChange { version, name, user_ids, deleted } = body;
    let change = Change { by: me.viewer.user, id, version, name, user_ids, deleted };
    app.desk.run(&change, |tx, now, change| Box::pin(team::change(tx, now, change))).await?;
    app.desk.reload().await?;
    app.desk.wake_routing();
    one(&app, id).await
}

/// Remove a team
///
/// Its people stay; what they were in by the team alone, they no longer are.
#[utoipa::path(delete, path = "/api/v1/teams/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 204)))]
pub async fn remove_team(
    State(app): State<App>,
    me: Permitted<may::EditUsers>,
    Path(id): Path<TeamId>,
) -> Result<StatusCode> {
    let remove = Remove { by: me.viewer.user, id };
    app.desk.run(&remove, |tx, now, remove| Box::pin(team::remove(tx, now, remove))).await?;
    app.desk.reload().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn one(app: &App, id: TeamId) -> Result<At<Team>> {
    let snapshot = Snapshot::take(app).await?;
    let team = shown(&snapshot.config).into_iter().find(|team| team.id == id.0).ok_or_else(Error::not_found)?;
    Ok(snapshot.answer(team))
}

fn shown(config: &Config) -> Vec<Team> {
    let members = |team: i64| {
        let living = config.users.values().filter(|user| user.row.deleted_at.is_none());
        living.filter(|user| user.team_ids.contains(&team)).map(|user| user.row.id).collect()
    };
    let living = config.teams.iter().filter(|team| team.deleted_at.is_none());
    living
        .map(|team| Team { id: team.id, version: team.version, name: team.name.clone(), user_ids: members(team.id) })
        .collect()
}
