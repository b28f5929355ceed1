//! The Meta WhatsApp Cloud API (Graph API v23.0): webhooks in, requests out.

mod answer;
mod ask;
mod body;
mod call;
pub(crate) mod cards;
mod contacts;
mod echo;
mod endpoint;
mod envelope;
pub mod errors;
mod event;
mod fault;
mod handshake;
mod interactive;
mod message;
pub(crate) mod reply;
pub mod signature;
mod status;
mod system;
mod template;
mod templates;
mod write;

pub use answer::{answered, refused};
pub use ask::{
    BadId, FileInfo, NumberInfo, Subscription, block_user, mark_read, media_download, media_info, media_upload,
    number_info, read_blocked, read_media_info, read_number_info, read_subscription, read_upload, subscribe,
    subscribed_apps,
};
pub use endpoint::{Endpoint, may_fetch};
pub use envelope::{read, read_value};
pub use handshake::{Refused, handshake};
pub use interactive::{BUTTON_COUNT, ROW_COUNT};
pub use templates::{
    Made, begin_sample, create_template, delete_template, edit_template, hand_in_sample, list_templates, read_handle,
    read_made, read_session, read_template, read_templates,
};
pub(crate) use write::message;
pub use write::{CAPTION_LIMIT, CARD_LIMIT, OPAQUE_LIMIT, TEXT_LIMIT, write};
