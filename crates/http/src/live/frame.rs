//! What is said over the stream. Frames carry whole things and their version, never a difference, so that one which is
//! already contained in a snapshot does no harm.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::view::{Contact, Interaction, Message, Notice, Offer, Presence, QueueCard, Scheduled, UserRef};

/// What the server says.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Frame {
    /// The stream stands here.
    Hello {
        position: String,
    },
    /// Throw away what is held and read it again; the stream goes on from here.
    Resync {
        position: String,
    },
    Interaction {
        position: String,
        interaction: Box<Interaction>,
    },
    /// No longer the viewer's to see.
    Gone {
        position: String,
        id: i64,
    },
    /// New or changed.
    Message {
        position: String,
        message: Box<Message>,
        interaction: Box<Interaction>,
    },
    /// The viewer's own card; also when it ends.
    Offer {
        position: String,
        offer: Offer,
    },
    Presence {
        position: String,
        presence: Presence,
    },
    Queue {
        position: String,
        queue: QueueCard,
    },
    Contact {
        position: String,
        contact: Box<Contact>,
    },
    /// Deleted, merged into another, or no longer the viewer's to see.
    ContactGone {
        position: String,
        id: i64,
    },
    /// A message that is sent later: planned, changed, cancelled, sent, or failed.
    Scheduled {
        position: String,
        scheduled: Box<Scheduled>,
    },
    /// The viewer is told something, or has read it elsewhere.
    Notice {
        position: String,
        notice: Notice,
    },
    /// Configuration of this sort changed.
    Changed {
        position: String,
        #[schema(value_type = crate::schema::Collection)]
        what: String,
    },
    /// The session ended elsewhere.
    SignedOut {
        position: String,
    },
    /// Nothing for this viewer up to here.
    Position {
        position: String,
    },
    /// Somebody writes. Not an event; may be lost.
    Typing {
        interaction_id: i64,
        user: UserRef,
    },
    /// Who has it on screen. Not an event; may be lost.
    Watching {
        interaction_id: i64,
        users: Vec<UserRef>,
    },
}

/// What a client may say on the socket.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientFrame {
    /// What is on screen.
    Watch {
        interaction_id: Option<i64>,
    },
    Typing {
        interaction_id: i64,
    },
}
