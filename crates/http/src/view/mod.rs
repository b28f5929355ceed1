//! What clients are shown. Everything that leaves the server about a customer is made here, through a [`Lens`]: the one
//! place where masking happens.
mod contact;
mod interaction;
mod journey;
mod load;
mod message;
mod notice;
mod offer;
mod people;
mod scheduled;

pub use contact::{Beside, Consent, Contact, ContactNote, ContactNumber, ContactValues};
pub use interaction::{
    Decision, Ending, Interaction, InteractionDetail, LastMessage, May, PendingTransfer, Skipped, Snooze, Window,
};
pub use journey::JourneyEntry;
pub use load::{Messages, messages};
pub use message::{Attachment, Author, Failure, Message, MessageVersion, Quoted, Reaction, attachment};
pub use notice::{Notice, NoticeInteraction};
pub use offer::{Offer, Proposed};
pub use people::{Address, Block, Held, Presence, QueueCard, presences, queue_cards};
pub use scheduled::Scheduled;

use jiff::Timestamp;
use pronto_desk::Config;
use pronto_domain::access::{Mask, Masking, Viewer};
use pronto_domain::expression::{self, Subject};
use pronto_domain::id::{AccountId, QueueId, UserId};
use pronto_domain::message::Kind;
use serde::Serialize;
use utoipa::ToSchema;

/// Through whose eyes something is seen, and when.
#[derive(Clone, Copy)]
pub struct Lens<'a> {
    pub config: &'a Config,
    pub viewer: &'a Viewer,
    pub now: Timestamp,
}

/// Somebody of the staff.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct UserRef {
    pub id: i64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct QueueRef {
    pub id: i64,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AccountRef {
    pub id: i64,
    pub key: String,
    pub name: String,
}

impl Lens<'_> {
    pub fn user(&self, id: i64) -> UserRef {
        UserRef { id, name: self.config.user_name(id) }
    }

    pub fn queue(&self, id: i64) -> QueueRef {
        let name = self.config.queues.get(&QueueId(id)).map_or_else(String::new, |queue| queue.row.name.clone());
        QueueRef { id, name }
    }

    pub fn account(&self, id: i64) -> AccountRef {
        let found = self.config.accounts.get(&AccountId(id));
        AccountRef {
            id,
            key: found.map_or_else(String::new, |account| account.row.key.clone()),
            name: found.map_or_else(String::new, |account| account.row.name.clone()),
        }
    }

    /// A customer's name as the viewer may see it. Where the name is the bare number, it is a number.
    pub fn customer(&self, name: &str) -> String {
        let masking = &self.viewer.masking;
        match name.strip_prefix('+').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())) {
            Some(digits) => masking.phone.number(digits),
            None if masking.phone.hides() && pronto_domain::search::is_number(name) => masking.phone.apply(name),
            None => masking.name.apply(name),
        }
    }

    /// A phone number as people write it, as the viewer may see it.
    pub fn phone(&self, digits: &str) -> String {
        self.viewer.masking.phone.number(digits)
    }

    /// The words a list shows for a message of this kind: of a shared contact, that is its name.
    pub fn preview(&self, kind: Option<&str>, preview: Option<&str>) -> String {
        let preview = preview.unwrap_or_default();
        if kind == Some(Kind::Contacts.as_str()) { self.named(preview) } else { preview.to_owned() }
    }

    /// What somebody is called, which may be a number or an e-mail address for want of a name.
    pub fn named(&self, name: &str) -> String {
        if name.contains('@') {
            self.viewer.masking.email.apply(&self.viewer.masking.name.apply(name))
        } else {
            self.customer(name)
        }
    }

    /// What others wrote that may name a customer anywhere in it, such as a provider's own words: nobody can tell what
    /// of it is a name or a number, so it is for those from whom nothing is hidden.
    pub fn raw(&self, text: &str) -> Option<String> {
        (!self.viewer.masking.hides()).then(|| text.to_owned())
    }

    /// Cells of a file of contacts, of which only who handed it in knows already what is in it.
    pub fn cells(&self, handed_in_by: i64, cells: Vec<String>) -> Vec<String> {
        if handed_in_by == self.viewer.user.0 || !self.viewer.masking.hides() {
            return cells;
        }
        cells.iter().map(|cell| if cell.is_empty() { String::new() } else { Mask::Full.apply(cell) }).collect()
    }

    /// Whether a filter that somebody else made may be shown: not where it asks for what is hidden from the viewer, for
    /// it says that. One that cannot be read is not shown to anybody from whom something is hidden.
    pub fn shows(&self, subject: Subject, filter: &serde_json::Value) -> bool {
        let masking = &self.viewer.masking;
        match filter.get("expression").filter(|expression| !expression.is_null()) {
            Some(expression) if masking.hides() => {
                expression::read(subject, expression, &self.config.fields, &Masking::default())
                    .is_ok_and(|expression| !expression.tells(masking))
            }
            _ => true,
        }
    }

    pub fn supervises(&self, user: UserId) -> bool {
        self.viewer.user == user || self.viewer.supervises()
    }
}
