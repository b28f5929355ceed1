//! Taking contacts out of the desk, as a file.

use axum::extract::State;
use axum::response::Response;
use pronto_desk::act::contact::{Export, export};
use pronto_domain::id::ContactListId;

use super::archives::{full, locale_of};
use super::contact_page::{ContactQuery, filter_of};
use crate::App;
use crate::error::{Error, Field, Result};
use crate::export::{Contacts, Format, answer};
use crate::extract::{Path, Query, SignedIn};
use crate::view::Lens;
use crate::words::Words;

/// Contacts as a file, `csv` or `xlsx`
///
/// Those that the same query lists, of the lists one may export from, masked as everything is for whoever asks. It is
/// sent as it is made; if it cannot be finished, the connection breaks off. Each export is written down.
#[utoipa::path(get, path = "/api/v1/contacts/exports/{format}", tag = "contacts", operation_id = "export_contacts",
    params(("format" = String, Path, description = "csv or xlsx"), ContactQuery),
    responses((status = 200, description = "the file", content_type = "text/csv"), (status = 403, body = crate::Problem),
        (status = 429, body = crate::Problem)))]
pub async fn export_contacts(
    State(app): State<App>,
    me: SignedIn,
    Path(word): Path<String>,
    Query(query): Query<ContactQuery>,
) -> Result<Response> {
    let format = format_of(&word)?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut filter = filter_of(&query, &lens)?;
    let may = |list: &i64| me.viewer.rights(ContactListId(*list)).export;
    if let Some(lists) = &mut filter.lists {
        lists.retain(may);
        if lists.is_empty() {
            return Err(Error::forbidden("export of the list"));
        }
    }
    let slot = app.archives.take(me.viewer.user).map_err(full)?;
    let whole = filter.search.is_none() && filter.advanced.is_none() && filter.among.is_none();
    let asked = Export { user: me.viewer.user, format: word.clone(), lists: filter.lists.clone(), whole };
    app.desk.run(&asked, |tx, now, asked| Box::pin(export(tx, now, asked))).await?;
    let words = Words::of(locale_of(&app, &me).as_deref());
    let contacts = Contacts { viewer: me.viewer.clone(), filter, words };
    Ok(answer(app.clone(), contacts, format, "contacts", slot))
}

/// What sort of file is asked for.
pub(super) fn format_of(word: &str) -> Result<Format> {
    let wrong = || Error::invalid(vec![Field::new("format", "unknown", "one of csv, xlsx")]);
    Format::read(word).ok_or_else(wrong)
}
