//! Who may use a cookie: only pages of the desk itself. Browsers say where a request comes from; a page elsewhere
//! cannot make them lie.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::App;
use crate::error::Error;
use crate::sessions;

/// No page elsewhere can embed what carries it.
pub const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Refuses what changes something and comes from another site's page.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Result<Response, Error> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !reads && request.uri().path().starts_with("/api/") {
        let needed = sessions::cookie(request.headers()).is_some();
        check(request.headers(), request.uri(), app.public_url(), needed)?;
    }
    Ok(next.run(request).await)
}

/// For a handler that takes no unsafe method and yet must not be reached from elsewhere: the WebSocket.
pub struct SameOrigin;

impl FromRequestParts<App> for SameOrigin {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        check(&parts.headers, &parts.uri, app.public_url(), true).map(|()| Self)
    }
}

/// The address the desk is reached by: as configured, else as the request says. Without a slash at the end.
pub struct Base(pub String);

impl FromRequestParts<App> for Base {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        if let Some(public) = app.public_url() {
            return Ok(Self(public.to_owned()));
        }
        let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let host = text("host").or(parts.uri.authority().map(|authority| authority.as_str())).unwrap_or("localhost");
        let scheme =
            text("x-forwarded-proto").filter(|proto| proto.eq_ignore_ascii_case("https")).map_or("http", |_| "https");
        Ok(Self(format!("{scheme}://{host}")))
    }
}

/// Whether the request comes from a page of ours. Where nothing says where from, it depends on whether that is
/// `needed`: it is with a cookie, which a browser adds to any page's request.
pub fn check(headers: &HeaderMap, uri: &Uri, public_url: Option<&str>, needed: bool) -> Result<(), Error> {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    match site {
        Some("same-origin") => return Ok(()),
        Some("cross-site") => return Err(cross_site()),
        _ => {}
    }
    let Some(origin) = text(header::ORIGIN) else {
        return if site.is_none() && !needed { Ok(()) } else { Err(cross_site()) };
    };
    let host = text(header::HOST).or(uri.authority().map(|authority| authority.as_str()));
    // Behind a proxy the scheme is not ours to know.
    let ours = authority(origin).zip(host).is_some_and(|(theirs, ours)| same_authority(theirs, ours))
        || public_url.is_some_and(|public| same_origin(origin, public));
    if ours { Ok(()) } else { Err(cross_site()) }
}

fn cross_site() -> Error {
    Error::new(StatusCode::FORBIDDEN, "cross_site", "this came from a page of another site")
}

fn authority(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#']).next().filter(|authority| !authority.is_empty())
}

/// Without a port that some scheme leaves out.
fn same_authority(one: &str, other: &str) -> bool {
    fn bare(authority: &str) -> &str {
        authority.strip_suffix(":80").or(authority.strip_suffix(":443")).unwrap_or(authority)
    }
    bare(one).eq_ignore_ascii_case(bare(other))
}

fn same_origin(one: &str, other: &str) -> bool {
    let scheme = |url: &str| url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme(one) == scheme(other)
        && authority(one).zip(authority(other)).is_some_and(|(one, other)| same_authority(one, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(given: &[(&'static str, &str)], public: Option<&str>, needed: bool) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.insert(*name, value.parse().expect("a header"));
        }
        check(&headers, &Uri::from_static("/api/v1/session"), public, needed).is_ok()
    }

    #[test]
    fn pages_of_the_desk_may_and_others_may_not() {
        let host = ("host", "desk.example:8080");
        assert!(allowed(&[host, ("origin", "http://desk.example:8080")], None, true));
        assert!(allowed(&[host, ("origin", "https://DESK.example:8080")], None, true));
        assert!(allowed(&[host, ("sec-fetch-site", "same-origin")], None, true));
        assert!(allowed(
            &[("host", "10.0.0.1"), ("origin", "https://desk.example")],
            Some("https://desk.example"),
            true
        ));
        assert!(allowed(&[("host", "desk.example"), ("origin", "https://desk.example:443")], None, true));
        assert!(allowed(&[host], None, false), "a program without a cookie");
        for strange in
            ["http://evil.example", "http://desk.example:8081", "http://desk.example.evil.example:8080", "null", ""]
        {
            assert!(!allowed(&[host, ("origin", strange)], None, true), "{strange}");
            assert!(!allowed(&[host, ("origin", strange)], None, false), "{strange}");
        }
        assert!(!allowed(
            &[("host", "10.0.0.1"), ("origin", "http://desk.example")],
            Some("https://desk.example"),
            true
        ));
        assert!(!allowed(&[host, ("sec-fetch-site", "same-site")], None, false));
        assert!(!allowed(&[host, ("sec-fetch-site", "cross-site")], None, false));
        assert!(!allowed(&[host], None, true));
    }
}
