//! The desktop, embedded in the binary.

use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

#[derive(rust_embed::RustEmbed)]
#[folder = "$PRONTO_DESKTOP"]
struct Files;

/// Serves the desktop's files; every other path is the page itself, whose router knows it.
pub fn router() -> Router {
    Router::new().fallback(serve)
}

async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    // A missing file is missing; anything without an ending is a place in the desktop.
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let (file, fixed) = match Files::get(path) {
        Some(file) => (file, path.starts_with("assets/")),
        None if is_file => return StatusCode::NOT_FOUND.into_response(),
        None => match Files::get("index.html") {
            Some(page) => (page, false),
            None => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let tag = format!(
        "\"{}\"",
        file.metadata.sha256_hash().iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>()
    );
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    // Files with a hash in their name live for ever; the page that names them is asked for each time.
    let cache = if fixed { "public, max-age=31536000, immutable" } else { "no-cache" };
    if known == Some(tag.as_str()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag), (header::CACHE_CONTROL, cache.to_owned())])
            .into_response();
    }
    let mime = file.metadata.mimetype().to_owned();
    let policy = "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; \
                  style-src 'self' 'unsafe-inline'; connect-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; \
                  form-action 'self'";
    let set = [
        (header::CONTENT_TYPE, mime),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, tag),
        (header::CONTENT_SECURITY_POLICY, policy.to_owned()),
    ];
    (set, file.data).into_response()
}
