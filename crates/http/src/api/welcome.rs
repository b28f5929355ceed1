//! What the desktop may know before anybody has signed in.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::extract::Json;
use crate::{App, Demo};

/// What the sign-in page shows.
#[derive(Serialize, ToSchema)]
pub struct Welcome {
    pub name: String,
    pub version: String,
    /// The sign-ins of a demo; null in earnest.
    pub demo: Option<Demo>,
}

/// What the sign-in page shows
///
/// Needs no session.
#[utoipa::path(get, path = "/api/v1/welcome", tag = "session", security(()),
    responses((status = 200, body = Welcome)))]
pub async fn find_welcome(State(app): State<App>) -> Json<Welcome> {
    Json(Welcome {
        name: "Pronto".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: app.demo().cloned(),
    })
}
