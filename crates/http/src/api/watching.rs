//! Who has what on screen now.

use axum::extract::State;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::interaction_list::{IDS_AT_MOST, ids_of};
use crate::App;
use crate::error::Result;
use crate::extract::{Json, Query, SignedIn};
use crate::live;
use crate::view::{Lens, UserRef};

/// Whom an interaction is on screen with.
#[derive(Debug, Serialize, ToSchema)]
pub struct Watched {
    pub interaction_id: i64,
    pub users: Vec<UserRef>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WatchedQuery {
    /// Ids of interactions with commas between, at most 100.
    pub ids: String,
}

/// Who has which of these on screen now
///
/// Those that nobody has are left out, and those the viewer may not see.
#[utoipa::path(get, path = "/api/v1/interactions/watching", tag = "interactions", operation_id = "list_watching",
    params(WatchedQuery), responses((status = 200, body = Vec<Watched>)))]
pub async fn list_watching(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<WatchedQuery>,
) -> Result<Json<Vec<Watched>>> {
    let ids = ids_of(&query.ids, IDS_AT_MOST)?;
    let mut tx = app.desk.db().read().await?;
    let watching = live::watching(&app, &mut tx, &ids).await?;
    let ids: Vec<i64> = watching.keys().copied().collect();
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let rows = store::interaction::by_ids(&mut tx, &ids).await?;
    let seen = rows.iter().filter(|row| me.viewer.sees(&row.seen()));
    let watched = seen.map(|row| Watched {
        interaction_id: row.id,
        users: watching.get(&row.id).into_iter().flatten().map(|user| lens.user(*user)).collect(),
    });
    Ok(Json(watched.collect()))
}
