//! Kaleyra's two WhatsApp APIs: V1 with forms of its own, V2 with Meta's messages in a wrapper.

mod answer;
mod callback;
mod endpoint;
pub mod errors;
mod first;
mod second;
pub mod secret;
mod write;

pub use answer::{answered, refused};
pub use callback::read;
pub use endpoint::Endpoint;
pub use write::{list_templates, mark_read, write};
