//! What the viewer is told beside the work itself.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::notice::{Read, read};
use pronto_store as store;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, SignedIn};
use crate::view::{Lens, Notice};

/// How many are shown.
const LIMIT: i64 = 100;

/// The viewer's notices, newest first: the latest hundred.
#[utoipa::path(get, path = "/api/v1/notices", tag = "notices", operation_id = "list_notices",
    responses((status = 200, body = Vec<Notice>)))]
pub async fn list_notices(State(app): State<App>, me: SignedIn) -> Result<Json<Vec<Notice>>> {
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let notices = store::notice::of(&mut tx, me.viewer.user.0, i64::MAX, LIMIT).await?;
    let subjects: Vec<i64> = notices.iter().filter_map(|notice| notice.interaction_id).collect();
    let rows = store::interaction::by_ids(&mut tx, &subjects).await?;
    let seen = |id: i64| rows.iter().find(|row| row.id == id).filter(|row| me.viewer.sees(&row.seen()));
    Ok(Json(notices.iter().map(|notice| lens.notice(notice, notice.interaction_id.and_then(seen))).collect()))
}

/// Which notices have been read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticesRead {
    /// At most 100; those of others are passed over.
    pub ids: Vec<i64>,
}

/// Marks notices as read.
#[utoipa::path(put, path = "/api/v1/notices/reading", tag = "notices", operation_id = "read_notices",
    request_body = NoticesRead, responses((status = 204), (status = 422, body = crate::Problem)))]
pub async fn read_notices(State(app): State<App>, me: SignedIn, Json(body): Json<NoticesRead>) -> Result<StatusCode> {
    if body.ids.len() > 100 {
        return Err(Error::invalid(vec![Field::new("ids", "out_of_range", "at most 100")]));
    }
    let input = Read { user: me.viewer.user, notices: body.ids };
    app.desk.run(&input, |tx, now, input| Box::pin(read(tx, now, input))).await?;
    Ok(StatusCode::NO_CONTENT)
}
