//! Sinch's Conversation API v1 ("Sinch V2") with a WhatsApp channel: JSON in, JSON out.

mod answer;
mod contact;
mod endpoint;
pub mod errors;
mod message;
pub mod signature;
mod token;
mod webhook;
mod write;

pub use answer::{answered, refused};
pub use contact::{contact, read_name};
pub use endpoint::Endpoint;
pub use token::{Token, read_token, token_request};
pub use webhook::read;
pub use write::{probe, subscribe, write};
