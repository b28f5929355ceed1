//! Connectors, sans I/O: a provider's bytes become our values and ours become its requests. Whoever calls them
//! brings the network, the clock and the database.

#[macro_use]
mod shape;

mod answer;
mod connector;
mod facts;
mod fingerprint;
mod hosts;
mod json;
pub mod kaleyra;
mod meaning;
pub mod meta;
pub mod request;
pub mod sinch;
mod templates;
mod trouble;
pub mod twilio;

pub use connector::{Endpoint, meaning, message_code, read};
pub use meaning::Meaning;
pub use request::{Body, Method, Part, Request};
pub use templates::{Listed, Page};
pub use trouble::{Malformed, NotFetched, Unsendable};
