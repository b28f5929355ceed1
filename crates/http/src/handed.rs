//! Files of ours for providers that fetch what they send. Whoever has the address has the file: it is sealed, and good
//! for an hour. It knows no session.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::StreamExt as _;
use object_store::ObjectStoreExt as _;
use object_store::path::Path as StorePath;
use pronto_desk::link;
use pronto_store as store;

use crate::App;
use crate::error::{Error, Result};

pub(crate) fn routes(app: App) -> Router {
    Router::new().route("/files/{token}/{name}", get(file)).with_state(app)
}

async fn file(State(app): State<App>, Path((token, _)): Path<(String, String)>) -> Result<Response> {
    let id = link::read(app.desk.sealer(), &token, app.desk.now()).ok_or_else(Error::not_found)?;
    let mut tx = app.desk.db().read().await?;
    let attachment = store::attachment::by_id(&mut tx, id).await?;
    drop(tx);
    let path = attachment.path.as_deref().ok_or_else(Error::not_found)?;
    let found = app.desk.media().get(&StorePath::from(path)).await.map_err(Error::internal)?;
    let length = found.meta.size;
    let body = Body::from_stream(found.into_stream().map(|part| part.map_err(std::io::Error::other)));
    let mut response = body.into_response();
    let headers = response.headers_mut();
    // The type must be the file's own, or WhatsApp does not take it.
    if let Ok(mime) = HeaderValue::from_str(&attachment.mime) {
        headers.insert(header::CONTENT_TYPE, mime);
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    // A browser shows none of it on our origin.
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}
