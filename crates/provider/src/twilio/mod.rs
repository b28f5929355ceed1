//! Twilio's Programmable Messaging with WhatsApp numbers: forms in, forms out.

mod answer;
mod content;
mod endpoint;
pub mod errors;
mod form;
mod message;
pub mod missed;
pub mod signature;
mod status;
mod write;

pub use answer::{answered, refused};
pub use content::{list_templates, read_templates};
pub use endpoint::Endpoint;
pub use form::OPAQUE;
pub use message::read;
pub use write::{probe, typing, write};
