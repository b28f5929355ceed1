//! Files that are handed in to be sent: first the file, then the message that names it.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use futures_util::TryStreamExt as _;
use pronto_desk::act::upload::{Discard, discard};
use pronto_desk::filing;
use pronto_desk::upload::{Handed, hand_in};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::interactions::DONE;
use crate::App;
use crate::error::Result;
use crate::extract::{Json, Path, Query, SignedIn};

/// A file that waits to be sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Upload {
    pub id: Uuid,
    /// What it will be sent as, told from its bytes.
    #[schema(value_type = crate::schema::AttachmentKind)]
    pub kind: String,
    /// As the customer will see it; documents only.
    pub name: Option<String>,
    pub mime: String,
    /// Bytes.
    pub size: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub animated: bool,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct UploadQuery {
    /// The file's name.
    pub name: Option<String>,
    /// 1 = recorded to be heard as a voice message.
    pub voice: Option<u8>,
}

/// Hands in a file, its bytes as the body.
///
/// The id is the client's: handing it in again answers with the first file. What it is, is told from its bytes. It is
/// kept for a day; sending it is `POST /interactions/{id}/messages` with kind `file`.
#[utoipa::path(put, path = "/api/v1/uploads/{id}", tag = "messages", operation_id = "hand_in_file",
    params(("id" = Uuid, Path), UploadQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Upload), (status = 413, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn hand_in_file(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Uuid>,
    Query(query): Query<UploadQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Upload>> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let handed = Handed { id, user: me.viewer.user, name: query.name, voice: query.voice == Some(1), length };
    let stream = Box::pin(body.into_data_stream().map_err(|error| error.to_string()));
    let upload = hand_in(&app.desk, &handed, stream).await?;
    Ok(Json(shown(upload)))
}

/// Takes back a file that was not sent.
#[utoipa::path(delete, path = "/api/v1/uploads/{id}", tag = "messages", operation_id = "take_back_file",
    params(("id" = Uuid, Path)), responses((status = 204)))]
pub async fn take_back_file(State(app): State<App>, me: SignedIn, Path(id): Path<Uuid>) -> Result<StatusCode> {
    let asked = Discard { id, user: me.viewer.user };
    let path = app.desk.run(&asked, |tx, _, asked| Box::pin(discard(tx, asked))).await?;
    if let Some(path) = path {
        filing::discard(&app.desk, &path).await;
    }
    Ok(DONE)
}

fn shown(upload: store::upload::Upload) -> Upload {
    Upload {
        id: upload.id,
        kind: upload.kind,
        name: upload.name,
        mime: upload.mime,
        size: upload.size,
        width: upload.width,
        height: upload.height,
        animated: upload.animated,
    }
}
