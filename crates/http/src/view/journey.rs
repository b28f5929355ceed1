//! A customer's journey as clients see it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use pronto_store as store;
use serde::Serialize;
use store::instant;
use utoipa::ToSchema;

use super::{AccountRef, Ending, Lens, QueueRef, UserRef};

/// One interaction of a customer's journey. When it was and how it ended is what everybody sees of it; the rest is
/// null or empty where the viewer may not open it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JourneyEntry {
    pub id: i64,
    pub started_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    #[schema(value_type = crate::schema::InteractionState)]
    pub state: String,
    pub disposition: Option<Ending>,
    pub may_open: bool,
    pub account: Option<AccountRef>,
    pub queue: Option<QueueRef>,
    pub owner: Option<UserRef>,
    pub first_owner: Option<UserRef>,
    pub accepted_at: Option<Timestamp>,
    pub reopened_at: Option<Timestamp>,
    pub tags: Vec<String>,
    /// Items of its thread.
    pub messages: Option<i64>,
    pub preview: Option<String>,
}

impl Lens<'_> {
    /// `asked` are the interactions that are offered to the viewer right now.
    pub fn journey_entry(&self, row: &store::interaction::Interaction, asked: &BTreeSet<i64>) -> JourneyEntry {
        let may_open = asked.contains(&row.id) || self.viewer.sees(&row.seen());
        let told = |at: Option<i64>| at.filter(|_| may_open).map(instant);
        let user = |id: Option<i64>| id.filter(|_| may_open).map(|id| self.user(id));
        JourneyEntry {
            id: row.id,
            started_at: instant(row.started_at),
            closed_at: row.closed_at.map(instant),
            state: row.state.clone(),
            disposition: row.disposition_id.map(|id| self.disposition(id)),
            may_open,
            account: may_open.then(|| self.account(row.account_id)),
            queue: row.queue_id.filter(|_| may_open).map(|id| self.queue(id)),
            owner: user(row.owner_id),
            first_owner: user(row.first_owner_id),
            accepted_at: told(row.accepted_at),
            reopened_at: told(row.reopened_at),
            tags: if may_open { row.tags.0.clone() } else { Vec::new() },
            messages: may_open.then_some(row.message_count),
            preview: row
                .last_preview
                .as_deref()
                .filter(|_| may_open)
                .map(|preview| self.preview(row.last_kind.as_deref(), Some(preview))),
        }
    }
}
