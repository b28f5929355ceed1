//! What handlers take: bodies, paths and queries that say which field is wrong, and who is asking.
//!
//! A handler that takes [`SignedIn`], [`Supervisor`], [`Admin`] or [`Permitted`] cannot be reached by anybody else.

use std::marker::PhantomData;
use std::ops::Deref;

use axum::body::Bytes;
use axum::extract::path::ErrorKind;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use pronto_domain::access::{Permission, Role, Viewer};
use serde::Serialize;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use uuid::Uuid;

use crate::App;
use crate::error::{Error, Field};
use crate::sessions;

/// A JSON body. What is wrong with it is told field by field.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        if !kind.trim_start().to_ascii_lowercase().starts_with("application/json") {
            let detail = "the body must be application/json";
            return Err(Error::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail));
        }
        let body = Bytes::from_request(request, state).await?;
        read(&body).map(Self)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    if body.trim_ascii_start().starts_with(b"[") {
        // Serde would read its members as fields, by their place.
        return Err(Error::invalid(vec![Field::new(".", "format", "an object")]));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        if error.is_data() {
            let (name, code, detail) = misfit(&path, &error.to_string());
            Error::invalid(vec![Field::new(name, code, detail)])
        } else {
            Error::new(StatusCode::BAD_REQUEST, "malformed", format!("the body is not JSON: {error}"))
        }
    })?;
    json.end()
        .map_err(|error| Error::new(StatusCode::BAD_REQUEST, "malformed", format!("the body is not JSON: {error}")))?;
    Ok(value)
}

/// Serde's words for a value that does not fit, as name, code and detail.
fn misfit(path: &str, said: &str) -> (String, &'static str, String) {
    let said = said.split(" at line ").next().unwrap_or(said);
    let quoted = said.split('`').nth(1).unwrap_or_default();
    let inside = |field: &str| match path {
        "." | "" => field.to_owned(),
        path if path == field || path.ends_with(&format!(".{field}")) => path.to_owned(),
        path => format!("{path}.{field}"),
    };
    if said.starts_with("missing field") {
        (inside(quoted), "required", "this is missing".to_owned())
    } else if said.starts_with("unknown field") {
        (inside(quoted), "unknown_field", "there is no such field".to_owned())
    } else {
        (path.to_owned(), "format", plain(said))
    }
}

/// What a value must be, in words that need no Rust. What serde and the types say of one that does not fit names it.
fn plain(said: &str) -> String {
    const SAYS: &[(&[&str], &str)] = &[
        (&["untagged"], "of another kind than this can be"),
        (&["UUID", "Uuid"], "a UUID, such as 6f1c0a52-9d3e-4b7a-8c15-2e9f4d7b1a60"),
        (
            &["failed to parse", "failed to find", "parsing"],
            "a date and time with its offset, such as 2026-03-02T09:00:00Z",
        ),
        (
            &[
                "expected u",
                "expected i6",
                "expected i3",
                "expected nonzero",
                "integer",
                "digit found in string",
                "to a `i64`",
            ],
            "a whole number",
        ),
        (&["expected f", "invalid float"], "a number"),
        (&["expected a boolean", "not `true` or `false`"], "true or false"),
        (&["expected a string", "expected a borrowed string"], "a text"),
        (&["expected a sequence"], "a list"),
        (&["expected struct", "expected map", "expected a map", "enum"], "an object"),
    ];
    if let Some((_, known)) = said.split_once("expected one of ") {
        return format!("one of {}", known.replace('`', ""));
    }
    // What was given may hold any words: only what was expected counts, where that is said.
    let expected = said.starts_with("invalid ").then(|| said.rfind("expected ")).flatten();
    let expected = expected.and_then(|at| said.get(at..)).unwrap_or(said);
    let says = SAYS.iter().find(|(marks, _)| marks.iter().any(|mark| expected.contains(mark)));
    says.map_or_else(|| "this is not as it must be".to_owned(), |(_, words)| (*words).to_owned())
}

/// Parameters of the path.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(PathRejection::FailedToDeserializePathParams(error)) => {
                let detail = error.body_text();
                let name = match error.into_kind() {
                    ErrorKind::ParseErrorAtKey { key, .. }
                    | ErrorKind::InvalidUtf8InPathParam { key }
                    | ErrorKind::DeserializeError { key, .. } => key,
                    _ => "id".to_owned(),
                };
                Err(bad_request(Field::new(name, "format", plain(&detail))))
            }
            Err(error) => Err(Error::internal(error)),
        }
    }
}

/// Parameters after the question mark.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        match axum::extract::Query::try_from_uri(&parts.uri) {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(QueryRejection::FailedToDeserializeQueryString(error)) => {
                let said = error.body_text();
                let said = said.split_once("query string: ").map_or(said.as_str(), |(_, said)| said);
                // `limit: invalid digit found in string`, or serde's words alone.
                let (path, said) = match said.split_once(": ") {
                    Some((path, said)) if !path.contains(' ') => (path, said),
                    _ => (".", said),
                };
                let (name, code, detail) = misfit(path, said);
                Err(bad_request(Field::new(name, code, detail)))
            }
            Err(error) => Err(Error::internal(error)),
        }
    }
}

fn bad_request(field: Field) -> Error {
    Error::new(StatusCode::BAD_REQUEST, "invalid", format!("{}: {}", field.name, field.detail)).field(field)
}

/// For a field of a change that may be absent (stays as it is), null (is cleared) or set:
/// `#[serde(default, deserialize_with = "present")] Option<Option<T>>`.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// Somebody with a session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub viewer: Viewer,
    pub name: String,
    pub session: Uuid,
}

impl SignedIn {
    /// Fails as *forbidden* where the profile does not allow it.
    pub fn require(&self, permission: Permission) -> Result<(), Error> {
        if self.viewer.may(permission) { Ok(()) } else { Err(Error::forbidden(permission)) }
    }
}

/// What somebody who must first choose a password may still reach.
const BEFORE_PASSWORD: &[&str] = &["/api/v1/session", "/api/v1/me/password"];

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let cookie = sessions::cookie(&parts.headers).ok_or_else(Error::signed_out)?;
        let found = sessions::find(app, cookie).await?.ok_or_else(Error::signed_out)?;
        let config = app.desk.config();
        let viewer = config.viewer(found.user).ok_or_else(Error::signed_out)?;
        let user = config.users.get(&found.user).ok_or_else(Error::signed_out)?;
        if user.row.must_change_password && !BEFORE_PASSWORD.contains(&parts.uri.path()) {
            let detail = "choose a password of your own first";
            return Err(Error::new(StatusCode::FORBIDDEN, "password_change_required", detail));
        }
        let signed_in = Self { viewer, name: user.row.name.clone(), session: found.session };
        parts.extensions.insert(signed_in.clone());
        Ok(signed_in)
    }
}

/// A supervisor or an administrator.
pub struct Supervisor(pub SignedIn);

impl FromRequestParts<App> for Supervisor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let me = SignedIn::from_request_parts(parts, app).await?;
        if me.viewer.supervises() { Ok(Self(me)) } else { Err(Error::forbidden(Role::Supervisor)) }
    }
}

/// An administrator.
pub struct Admin(pub SignedIn);

impl FromRequestParts<App> for Admin {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let me = SignedIn::from_request_parts(parts, app).await?;
        if me.viewer.role == Role::Admin { Ok(Self(me)) } else { Err(Error::forbidden(Role::Admin)) }
    }
}

/// Somebody whose profile allows `P`: `Permitted<may::EditQueues>`.
pub struct Permitted<P>(pub SignedIn, PhantomData<P>);

impl<P> Deref for Permitted<P> {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

/// A permission as a type.
pub trait Grant: Send + Sync {
    const PERMISSION: Permission;
}

impl<P: Grant> FromRequestParts<App> for Permitted<P> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let me = SignedIn::from_request_parts(parts, app).await?;
        me.require(P::PERMISSION)?;
        Ok(Self(me, PhantomData))
    }
}

/// The permissions, as types for [`Permitted`].
pub mod may {
    use super::{Grant, Permission};

    macro_rules! grants {
        ($($name:ident),* $(,)?) => { $(
            #[doc = concat!("[`Permission::", stringify!($name), "`].")]
            pub enum $name {}

            impl Grant for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )* };
    }
    grants! {
        Note, Close, Take, Tag, Block, ReviewBlocks, Export, Raw, Why, EditContacts, Realtime, EditAccounts,
        EditQueues, EditUsers, Ledger, EditDispositions, EditTags, EditFields, EditLists, EditSettings,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        #[expect(dead_code, reason = "only its reading is tested")]
        name: String,
        #[serde(default)]
        #[expect(dead_code, reason = "only its reading is tested")]
        flow: Vec<Step>,
        #[serde(default, deserialize_with = "present")]
        alias: Option<Option<String>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Step {
        #[expect(dead_code, reason = "only its reading is tested")]
        queue_id: i64,
    }

    fn refused(body: &str) -> (String, String) {
        let problem = format!("{:?}", read::<Body>(body.as_bytes()).expect_err("refused"));
        let pick = |key: &str| {
            let from = problem.split("fields: ").nth(1).and_then(|fields| fields.split(&format!("{key}: \"")).nth(1));
            from.and_then(|text| text.split('"').next()).unwrap_or_default().to_owned()
        };
        (pick("name"), pick("code"))
    }

    #[test]
    fn a_body_that_does_not_fit_names_the_field() {
        let told = |name: &str, code: &str| (name.to_owned(), code.to_owned());
        assert_eq!(refused(r#"{}"#), told("name", "required"));
        assert_eq!(refused(r#"{"name": 7}"#), told("name", "format"));
        assert_eq!(refused(r#"{"name": "a", "nick": 1}"#), told("nick", "unknown_field"));
        assert_eq!(
            refused(r#"{"name": "a", "flow": [{"queue_id": 1}, {"queue_id": "x"}]}"#),
            told("flow[1].queue_id", "format")
        );
        assert_eq!(refused(r#"{"name": "a", "flow": [{}]}"#), told("flow[0].queue_id", "required"));
        assert_eq!(refused(r#"{"name": "a", "flow": [{"queue_id": 1, "x": 1}]}"#), told("flow[0].x", "unknown_field"));
    }

    #[test]
    fn what_is_wrong_is_said_in_plain_words() {
        let words = |said: &str| misfit("field", said).2;
        for (said, plainly) in [
            ("invalid type: floating point `1.5`, expected i64", "a whole number"),
            ("invalid digit found in string", "a whole number"),
            ("Invalid URL: Cannot parse `abc` to a `i64`", "a whole number"),
            ("invalid type: string \"expected struct\", expected u32", "a whole number"),
            ("invalid type: integer `7`, expected a string", "a text"),
            ("invalid type: map, expected a sequence", "a list"),
            ("invalid type: string \"x\", expected internally tagged enum Step", "an object"),
            ("invalid type: floating point `1.5`, expected struct NewAccount", "an object"),
            ("provided string was not `true` or `false`", "true or false"),
            ("unknown variant `x`, expected one of `a`, `b`", "one of a, b"),
            (
                "failed to parse four digit integer as year: invalid digit, expected 0-9 but got g",
                "a date and time with its offset, such as 2026-03-02T09:00:00Z",
            ),
            (
                "UUID parsing failed: invalid length: expected length 32 for simple format, found 2",
                "a UUID, such as 6f1c0a52-9d3e-4b7a-8c15-2e9f4d7b1a60",
            ),
            ("data did not match any variant of untagged enum Value", "of another kind than this can be"),
            ("something else", "this is not as it must be"),
        ] {
            assert_eq!(words(said), plainly, "{said}");
        }
        assert_eq!(refused(r#"["a"]"#), (".".to_owned(), "format".to_owned()));
    }

    #[test]
    fn a_body_that_is_not_json_is_a_bad_request() {
        for body in ["", "{", r#"{"name": "a"} x"#, "nonsense"] {
            let error = read::<Body>(body.as_bytes()).expect_err("refused");
            assert_eq!((error.status(), error.code()), (StatusCode::BAD_REQUEST, "malformed"), "{body}");
        }
    }

    #[test]
    fn absent_and_null_differ() {
        let alias = |body: &str| read::<Body>(body.as_bytes()).expect("read").alias;
        assert_eq!(alias(r#"{"name": "a"}"#), None);
        assert_eq!(alias(r#"{"name": "a", "alias": null}"#), Some(None));
        assert_eq!(alias(r#"{"name": "a", "alias": "b"}"#), Some(Some("b".to_owned())));
    }
}
