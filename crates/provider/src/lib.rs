//! Connectors, sans I/O: a provider's bytes become our values and ours become its requests. Whoever calls them
//! brings the network, the clock and the database.

pub mod meta;
pub mod request;

pub use request::{Body, Method, Part, Request};
