//! Taking an interaction with one, as a ZIP.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pronto_desk::act::export::{Export, export};
use pronto_domain::id::InteractionId;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::interactions::{Opened, open};
use crate::App;
use crate::archive::{self, Full, Order};
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Permitted, Query, SignedIn, may};
use crate::origin::RESOURCE_POLICY;
use crate::words::Words;

/// What an archive of an interaction would hold.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArchiveExtent {
    /// Items of the thread.
    pub messages: i64,
    /// Whether notes are among them: they are for those who may write notes.
    pub notes: bool,
    /// Attachments that are here.
    pub files: i64,
    /// Attachments that are not: the transcript names them.
    pub missing: i64,
    /// The size of the attachments together.
    pub bytes: i64,
}

/// How large an archive of an interaction would be.
#[utoipa::path(get, path = "/api/v1/interactions/{id}/archive/extent", tag = "interactions",
    operation_id = "find_archive_extent", params(("id" = i64, Path)),
    responses((status = 200, body = ArchiveExtent), (status = 403, body = crate::Problem),
        (status = 404, body = crate::Problem)))]
pub async fn find_archive_extent(
    State(app): State<App>,
    me: Permitted<may::Export>,
    Path(id): Path<i64>,
) -> Result<Json<ArchiveExtent>> {
    open(&app, &me, id, Opened::Seen).await?;
    let notes = Order::notes(&me.viewer);
    let mut tx = app.desk.db().read().await?;
    let extent = store::archive::extent(&mut tx, id, notes).await?;
    let files = store::archive::files(&mut tx, id, Order::deleted(&me.viewer)).await?;
    Ok(Json(ArchiveExtent {
        messages: extent.messages,
        notes,
        files: files.kept,
        missing: files.files - files.kept,
        bytes: files.bytes,
    }))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ArchiveQuery {
    /// With the files of its messages.
    pub attachments: bool,
    /// The language of the transcript: `en`, `it`. Else that of the user, else English.
    pub locale: Option<String>,
}

/// An interaction as a ZIP: `transcript.html`, `transcript.json`, and the folder `attachments` where that is asked for.
///
/// Masked as everything is for whoever asks, and without notes for those who may not write them. It is sent as it is
/// made; if it cannot be finished, the connection breaks off. Each download is written down.
#[utoipa::path(get, path = "/api/v1/interactions/{id}/archive", tag = "interactions",
    operation_id = "download_interaction", params(("id" = i64, Path), ArchiveQuery),
    responses((status = 200, description = "the ZIP", content_type = "application/zip"),
        (status = 403, body = crate::Problem), (status = 404, body = crate::Problem),
        (status = 429, body = crate::Problem)))]
pub async fn download_interaction(
    State(app): State<App>,
    me: Permitted<may::Export>,
    Path(id): Path<i64>,
    Query(query): Query<ArchiveQuery>,
) -> Result<Response> {
    let interaction = open(&app, &me, id, Opened::Seen).await?;
    let slot = app.archives.take(me.viewer.user).map_err(full)?;
    let (user, notes, attachments) = (me.viewer.user, Order::notes(&me.viewer), query.attachments);
    let mut tx = app.desk.db().read().await?;
    let extent = store::archive::extent(&mut tx, id, notes).await?;
    drop(tx);
    let asked = Export { interaction: InteractionId(id), user, attachments, notes };
    app.desk.run(&asked, |tx, now, asked| Box::pin(export(tx, now, asked))).await?;
    let words = Words::of(query.locale.or_else(|| locale_of(&app, &me)).as_deref());
    let order = Order { viewer: me.viewer.clone(), interaction, attachments, extent, words };
    let mut response = archive::begin(app, order, slot).into_response();
    let headers = response.headers_mut();
    let named = format!("attachment; filename=\"interaction-{id}.zip\"");
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    if let Ok(named) = HeaderValue::from_str(&named) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    Ok(response)
}

pub(super) fn locale_of(app: &App, me: &SignedIn) -> Option<String> {
    app.desk.config().users.get(&me.viewer.user).and_then(|user| user.row.locale.clone())
}

pub(super) fn full(full: Full) -> Error {
    let (whose, detail) = match full {
        Full::Theirs => ("yours", "two downloads of yours are on their way; wait for one of them"),
        Full::Everybodys => ("everybodys", "too many downloads are on their way; try again in a minute"),
    };
    Error::new(StatusCode::TOO_MANY_REQUESTS, "too_many_downloads", detail)
        .param("whose", whose)
        .header(header::RETRY_AFTER, HeaderValue::from_static("10"))
}
