//! The HTTP edge: routes, extractors, errors, resources, the live stream and the providers' webhooks.
//!
//! Everything a client can ask for stands on one page, [`mod@router`]. A handler takes what it needs as arguments:
//! an extractor that fails answers for it, so that no handler can forget to ask who is there.
pub mod api;
pub mod app;
pub mod archive;
pub mod docs;
pub mod error;
pub mod export;
pub mod extract;
mod handed;
pub mod health;
pub mod live;
pub mod origin;
pub mod router;
pub mod schema;
pub mod sessions;
pub mod snapshot;
pub mod view;
pub mod webhook;
pub mod words;

pub use app::{App, Demo, SignIn};
pub use error::{Error, Problem, Result};
pub use router::{openapi, router};
