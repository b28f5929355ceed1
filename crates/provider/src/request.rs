//! A request for whoever has a network.

use bytes::Bytes;
use secrecy::SecretString;

/// One HTTP request. Redirects are not to be followed: the token must not travel to another host.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: Method,
    pub url: String,
    /// The whole value of the `authorization` header; never printed.
    pub authorization: Option<SecretString>,
    /// Further headers that let us in, by small-letter names; never printed.
    pub headers: Vec<(&'static str, SecretString)>,
    pub body: Body,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Delete,
}

impl Method {
    /// Its name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Empty,
    /// Sent with `content-type: application/json`.
    Json(Bytes),
    /// Sent as `application/x-www-form-urlencoded`, fields in this order.
    Form(Vec<(&'static str, String)>),
    /// A file as it is, under its own content type.
    File {
        mime: String,
        bytes: Bytes,
    },
    /// Sent as `multipart/form-data`, parts in this order.
    Multipart(Vec<Part>),
}

/// One part of a multipart body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: &'static str,
    /// `None` for a plain field.
    pub filename: Option<String>,
    /// Its content type; `None` for a plain field.
    pub mime: Option<String>,
    pub bytes: Bytes,
}
