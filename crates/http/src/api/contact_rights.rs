//! What a person may ask for by law: all that is kept of them, and that it is taken away.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use pronto_desk::act::contact::{Erase, Erased, ExportPerson, erase, export_person as write_export};
use pronto_desk::filing::discard;
use pronto_domain::id::ContactId;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::archives::{full, locale_of};
use super::contacts::{card, open};
use crate::App;
use crate::archive::{Dossier, begin_dossier};
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Permitted, may};
use crate::origin::RESOURCE_POLICY;
use crate::words::Words;

/// All that is kept of a person, as a ZIP
///
/// `contact.json`, and a folder for each of their interactions with its transcript and files. Masked as everything is
/// for whoever asks; each download is written down.
#[utoipa::path(get, path = "/api/v1/contacts/{id}/personal_data", tag = "contacts", operation_id = "export_person",
    params(("id" = i64, Path)),
    responses((status = 200, description = "the ZIP", content_type = "application/zip"),
        (status = 403, body = crate::Problem), (status = 404, body = crate::Problem),
        (status = 429, body = crate::Problem)))]
pub async fn export_person(
    State(app): State<App>,
    me: Permitted<may::EditLists>,
    Path(id): Path<i64>,
) -> Result<Response> {
    let row = open(&app, &me, id).await?;
    let contact = serde_json::to_value(card(&app, &me, &row).await?).map_err(Error::internal)?;
    let mut tx = app.desk.db().read().await?;
    let interactions = store::journey::whole(&mut tx, id).await?;
    drop(tx);
    let slot = app.archives.take(me.viewer.user).map_err(full)?;
    let asked = ExportPerson { user: me.viewer.user, contact: ContactId(id), interactions: interactions.len() };
    app.desk.run(&asked, |tx, now, asked| Box::pin(write_export(tx, now, asked))).await?;
    let words = Words::of(locale_of(&app, &me).as_deref());
    let dossier = Dossier { viewer: me.viewer.clone(), contact, interactions, words };
    let mut response = begin_dossier(app.clone(), dossier, slot).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    if let Ok(named) = HeaderValue::from_str(&format!("attachment; filename=\"contact-{id}.zip\"")) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    Ok(response)
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewErasure {
    /// Why, without anything of the person.
    pub reason: String,
}

/// How much was taken away.
#[derive(Debug, Serialize, ToSchema)]
pub struct Erasure {
    /// The contact, and those that were merged into it.
    pub contacts: usize,
    pub addresses: usize,
    pub interactions: usize,
    pub messages: u64,
    pub files: usize,
    /// Payloads of providers.
    pub deliveries: u64,
}

/// Takes away all that is known of a person
///
/// It cannot be undone. What stays is that there were interactions, when, and with whom of the staff; and the audit
/// entry. Whoever writes from the same number again is somebody new. Refused as `open_interactions` while one is open.
#[utoipa::path(put, path = "/api/v1/contacts/{id}/erasure", tag = "contacts", operation_id = "erase_person",
    params(("id" = i64, Path)), request_body = NewErasure,
    responses((status = 200, body = Erasure), (status = 403, body = crate::Problem), (status = 404, body = crate::Problem),
        (status = 409, body = crate::Problem)))]
pub async fn erase_person(
    State(app): State<App>,
    me: Permitted<may::EditLists>,
    Path(id): Path<i64>,
    Json(body): Json<NewErasure>,
) -> Result<Json<Erasure>> {
    open(&app, &me, id).await?;
    let asked = Erase { by: me.viewer.clone(), contact: ContactId(id), reason: body.reason };
    let Erased { counts, files } = app.desk.run(&asked, |tx, now, asked| Box::pin(erase(tx, now, asked))).await?;
    for path in &files {
        discard(&app.desk, path).await;
    }
    let store::contact_erasure::Counts { contacts, addresses, interactions, messages, files, deliveries } = counts;
    Ok(Json(Erasure { contacts, addresses, interactions, messages, files, deliveries }))
}
