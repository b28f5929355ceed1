//! The rows of an import that were not taken, as a file to mend and hand in again.

use axum::extract::State;
use axum::response::Response;
use pronto_desk::act::contact_import;

use super::archives::{full, locale_of};
use super::contact_export::format_of;
use crate::App;
use crate::error::Result;
use crate::export::{Rejects, answer};
use crate::extract::{Path, SignedIn};
use crate::words::Words;

/// The rejected rows of an import as a file, `csv` or `xlsx`
///
/// Duplicate and invalid ones with the columns of the file that was handed in; behind them the row's number and why it
/// was not taken. It can be handed in again once it is mended.
#[utoipa::path(get, path = "/api/v1/contact_imports/{id}/rejects/{format}", tag = "contacts",
    operation_id = "download_import_rejects",
    params(("id" = i64, Path), ("format" = String, Path, description = "csv or xlsx")),
    responses((status = 200, description = "the file", content_type = "text/csv"), (status = 404, body = crate::Problem),
        (status = 422, body = crate::Problem), (status = 429, body = crate::Problem)))]
pub async fn download_import_rejects(
    State(app): State<App>,
    me: SignedIn,
    Path((id, word)): Path<(i64, String)>,
) -> Result<Response> {
    let format = format_of(&word)?;
    let mut tx = app.desk.db().read().await?;
    let import = contact_import::find(&mut tx, &me.viewer, id).await?;
    drop(tx);
    let slot = app.archives.take(me.viewer.user).map_err(full)?;
    let words = Words::of(locale_of(&app, &me).as_deref());
    let rejects = Rejects { import, viewer: me.viewer.clone(), words };
    Ok(answer(app.clone(), rejects, format, &format!("import-{id}-rejected"), slot))
}
