//! Messages that are sent later, as clients see them.

use jiff::Timestamp;
use pronto_domain::id::UserId;
use pronto_store as store;
use serde::Serialize;
use store::instant;
use utoipa::ToSchema;

use super::{Lens, UserRef};

/// A message that is sent later.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Scheduled {
    pub id: i64,
    pub version: i64,
    pub interaction_id: i64,
    /// Who wrote it, and in whose name it is sent.
    pub author: UserRef,
    pub text: String,
    pub reply_to: Option<i64>,
    pub due_at: Timestamp,
    /// Not sent if the customer writes before.
    pub unless_written: bool,
    #[schema(value_type = crate::schema::ScheduledState)]
    pub state: String,
    /// Why it failed: closed, not_owner, window_closed, customer_wrote, unfilled or invalid.
    #[schema(value_type = Option<crate::schema::ScheduledReason>)]
    pub reason: Option<String>,
    /// What it became.
    pub message_id: Option<i64>,
    /// Whether the viewer may change it and send it now.
    pub may_edit: bool,
    pub may_cancel: bool,
}

impl Lens<'_> {
    /// `owner` holds its interaction now.
    pub fn scheduled(&self, row: &store::scheduled::Scheduled, owner: Option<i64>) -> Scheduled {
        let mine = row.user_id == self.viewer.user.0;
        let open = row.is_open();
        Scheduled {
            id: row.id,
            version: row.version,
            interaction_id: row.interaction_id,
            author: self.user(row.user_id),
            text: row.text.clone(),
            reply_to: row.reply_to_id,
            due_at: instant(row.due_at),
            unless_written: row.unless_written,
            state: row.state.clone(),
            reason: row.reason.clone(),
            message_id: row.message_id,
            may_edit: open && mine,
            may_cancel: open && (self.supervises(UserId(row.user_id)) || owner == Some(self.viewer.user.0)),
        }
    }
}
