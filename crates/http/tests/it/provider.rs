//! A provider that answers what an account check asks.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::State;
use axum::http::header::DATE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

pub(crate) struct Provider {
    pub(crate) url: String,
    seen: Seen,
}

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Provider {
    pub(crate) async fn start() -> Self {
        let seen = Seen::default();
        let router = Router::new()
            .route("/{id}", get(number))
            .route("/{id}/subscribed_apps", get(apps).post(message))
            .route("/{id}/messages", post(message))
            // Its clock is the desk's when a test begins.
            .layer(map_response(async |mut response: Response| {
                response.headers_mut().insert(DATE, HeaderValue::from_static("Mon, 02 Mar 2026 09:00:00 GMT"));
                response
            }))
            .with_state(seen.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, seen }
    }

    /// What it was shown as credentials.
    pub(crate) fn tokens(&self) -> Vec<String> {
        self.seen.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn number(State(seen): State<Seen>, headers: HeaderMap) -> Response {
    answer(
        &seen,
        &headers,
        json!({
            "id": "106540352242922", "display_phone_number": "+31 20 123 4567", "verified_name": "Shop",
            "quality_rating": "GREEN", "status": "CONNECTED",
        }),
    )
}

async fn apps(State(seen): State<Seen>, headers: HeaderMap) -> Response {
    answer(&seen, &headers, json!({ "data": [{ "whatsapp_business_api_data": { "id": "42", "name": "Desk" } }] }))
}

async fn message(State(seen): State<Seen>, headers: HeaderMap) -> Response {
    answer(&seen, &headers, json!({ "messaging_product": "whatsapp", "messages": [{ "id": "wamid.1" }] }))
}

fn answer(seen: &Seen, headers: &HeaderMap, body: Value) -> Response {
    let token = headers.get("authorization").and_then(|token| token.to_str().ok()).unwrap_or_default().to_owned();
    seen.0.lock().unwrap_or_else(PoisonError::into_inner).push(token.clone());
    if token == "Bearer wrong" {
        let error =
            json!({ "error": { "message": "Invalid OAuth access token.", "type": "OAuthException", "code": 190 } });
        return (StatusCode::UNAUTHORIZED, axum::Json(error)).into_response();
    }
    axum::Json(body).into_response()
}
