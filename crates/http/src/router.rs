//! Every route, on one page.

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::routing::{any, get};
use axum::{Router, middleware};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, api, docs, error, origin};

/// Bodies of the API are small; a resource that takes more says so itself.
const BODY_LIMIT: usize = 256 * 1024;

/// The resources, with their document. Each resource has a file of its own in `api`.
fn resources() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(docs::document())
        .routes(routes!(api::welcome::find_welcome))
}

/// The API's document: OpenAPI 3.1.
pub fn openapi() -> utoipa::openapi::OpenApi {
    docs::finished(resources().into_openapi())
}

/// Everything this process answers; what is not of the API goes to `desktop`.
pub fn router(app: App, desktop: Router<()>) -> Router {
    let json = docs::Document::new(&openapi());
    let (resources, _) = resources().split_for_parts();
    resources
        .route("/api/v1/openapi.json", get(docs::json).with_state(json.clone()))
        .route("/api/docs", get(docs::page).with_state(json))
        .route("/api/{*rest}", any(error::unknown_path))
        .method_not_allowed_fallback(error::unknown_method)
        .layer(middleware::from_fn_with_state(app.clone(), origin::guard))
        .layer(middleware::from_fn_with_state(app.clone(), error::finish))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(app)
        .fallback_service(desktop)
        .layer(
            ServiceBuilder::new()
                .layer(TraceLayer::new_for_http())
                .layer(CatchPanicLayer::custom(error::panicked))
                .layer(CompressionLayer::new())
                .layer(unless_set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
                .layer(unless_set(header::REFERRER_POLICY, "same-origin"))
                .layer(unless_set(header::X_FRAME_OPTIONS, "DENY")),
        )
}

fn unless_set(name: header::HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
