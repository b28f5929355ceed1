//! Interactions as clients see them.

use jiff::{SignedDuration, Timestamp};
use pronto_domain::access::Permission;
use pronto_domain::id::{AccountId, DispositionId};
use pronto_domain::interaction::State;
use pronto_domain::transfer::Reach;
use pronto_domain::window;
use pronto_store as store;
use serde::Serialize;
use store::instant;
use utoipa::ToSchema;

use super::{AccountRef, Lens, QueueRef, UserRef};

/// One row of the list; also what `interaction` events carry.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Interaction {
    pub id: i64,
    pub version: i64,
    pub account: AccountRef,
    /// The customer's name, masked where the viewer is.
    pub customer: String,
    /// As people write it, with its country; null for a hidden number.
    pub phone: Option<String>,
    pub contact_id: Option<i64>,
    #[schema(value_type = crate::schema::InteractionState)]
    pub state: String,
    #[schema(value_type = crate::schema::Controller)]
    pub controller: String,
    pub queue: Option<QueueRef>,
    pub owner: Option<UserRef>,
    pub first_owner: Option<UserRef>,
    pub was_with: Option<UserRef>,
    pub started_at: Timestamp,
    pub waiting_since: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Of a closed one: what the customer writes before then brings it back, afterwards it opens another.
    pub back_until: Option<Timestamp>,
    pub reopened_at: Option<Timestamp>,
    pub last_message: Option<LastMessage>,
    /// Inbound messages since the owner last had the thread on screen.
    pub unread: i64,
    pub marked_unread: bool,
    /// Inbound messages not yet answered by a person or a bot.
    pub unmanaged: i64,
    /// Since when the customer waits for an answer.
    pub unanswered_since: Option<Timestamp>,
    pub window: Window,
    /// Names of tags.
    pub tags: Vec<String>,
    /// What most of the customer's words sound like; null while nothing was written.
    #[schema(value_type = Option<crate::schema::Sentiment>)]
    pub sentiment: Option<String>,
    /// How it ended.
    pub disposition: Option<Ending>,
    /// Out of the owner's load.
    pub snooze: Option<Snooze>,
    /// Its sender is kept from taking up anybody's time.
    pub blocked: bool,
    /// The transfer that is pending; until somebody accepts, the owner is the owner.
    pub transfer: Option<PendingTransfer>,
    pub may: May,
}

/// A transfer that is pending.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PendingTransfer {
    pub id: i64,
    pub by: UserRef,
    /// The agent it is proposed to.
    pub user: Option<UserRef>,
    /// The queue it is proposed to.
    pub queue: Option<QueueRef>,
    pub ends_at: Timestamp,
}

/// How an interaction ended.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Ending {
    pub id: i64,
    /// Its names, from the first level down.
    pub path: Vec<String>,
}

/// An interaction that is put off.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Snooze {
    #[schema(value_type = crate::schema::SnoozeKind)]
    pub kind: String,
    /// Null: until the customer writes.
    pub until: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LastMessage {
    pub at: Timestamp,
    #[schema(value_type = crate::schema::Way)]
    pub direction: String,
    #[schema(value_type = crate::schema::MessageKind)]
    pub kind: String,
    pub preview: String,
    #[schema(value_type = Option<crate::schema::MessageStatus>)]
    pub status: Option<String>,
}

/// The service window.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Window {
    pub expires_at: Option<Timestamp>,
    pub open: bool,
    /// `message`, or `provider` where the provider said that it is shut.
    #[schema(value_type = Option<crate::schema::WindowCause>)]
    pub cause: Option<String>,
}

/// What the viewer may do now. The server checks the same again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
pub struct May {
    pub write: bool,
    pub note: bool,
    pub take: bool,
    pub close: bool,
    /// Say how it ended, now that it is closed.
    pub dispose: bool,
    /// Put it off, or take it up again.
    pub snooze: bool,
    pub tag: bool,
    pub block: bool,
    pub reopen: bool,
    pub transfer: bool,
    /// Take back the transfer that is pending.
    pub cancel_transfer: bool,
    pub assign: bool,
    /// Take it with one, as a file.
    pub export: bool,
}

/// An interaction in full.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InteractionDetail {
    pub interaction: Interaction,
    pub contact: Option<super::Contact>,
    pub address: super::Address,
    /// Who has it on screen now.
    pub watching: Vec<UserRef>,
    pub accepted_at: Option<Timestamp>,
    pub message_count: i64,
    pub position: String,
}

/// Why routing chose whom it chose.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Decision {
    pub at: Timestamp,
    pub queue: QueueRef,
    #[schema(value_type = crate::schema::Strategy)]
    pub strategy: String,
    pub chosen: Vec<UserRef>,
    pub skipped: Vec<Skipped>,
    /// What decided among those who were free.
    pub tie_break: Option<String>,
}

/// Somebody who was not asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Skipped {
    pub user: UserRef,
    /// offline, paused, wrap_up, at_capacity, not_on_account, asked_recently, has_offer or after_others.
    pub code: String,
}

impl Lens<'_> {
    pub fn may(&self, row: &store::interaction::Interaction) -> May {
        let viewer = self.viewer;
        let active = row.is(State::Active);
        let closed = row.is(State::Closed);
        let mine = row.owner_id == Some(viewer.user.0);
        let supervises = viewer.supervises();
        let bot = self.config.accounts.get(&AccountId(row.account_id)).is_none_or(|a| a.rules.take_from_bot);
        let takeable = !closed && !mine && (supervises || (!active && (bot || !row.is(State::Bot))));
        let hands_on = active && (mine || supervises);
        let (reach, _) = self.config.handing(AccountId(row.account_id));
        May {
            write: active && mine,
            note: viewer.may(Permission::Note),
            take: viewer.may(Permission::Take) && takeable,
            close: viewer.may(Permission::Close) && !closed && (mine || supervises),
            dispose: viewer.may(Permission::Close) && closed && (mine || supervises),
            snooze: active && (mine || supervises),
            tag: viewer.may(Permission::Tag),
            block: viewer.may(Permission::Block) && !row.blocked && (mine || supervises || row.owner_id.is_none()),
            // Whoever reopens it owns it, so it needs what taking needs.
            reopen: viewer.may(Permission::Take) && closed && !row.blocked,
            transfer: hands_on && row.transfer.is_none() && reach != Reach::Off,
            cancel_transfer: hands_on && row.transfer.is_some(),
            assign: supervises && !closed,
            export: viewer.may(Permission::Export),
        }
    }

    fn back_until(&self, row: &store::interaction::Interaction) -> Option<Timestamp> {
        let account = self.config.accounts.get(&AccountId(row.account_id))?;
        let closed_at = row.closed_at.map(instant).filter(|_| row.is(State::Closed) && !row.blocked)?;
        closed_at.checked_add(SignedDuration::from_secs(account.rules.grace_s.max(0))).ok()
    }

    pub fn interaction(&self, row: &store::interaction::Interaction) -> Interaction {
        let expires_at = row.window_expires_at.map(instant);
        Interaction {
            id: row.id,
            version: row.version,
            account: self.account(row.account_id),
            customer: self.customer(&row.customer),
            phone: row.phone.as_deref().map(|digits| self.phone(digits)),
            contact_id: row.contact_id,
            state: row.state.clone(),
            controller: row.controller.clone(),
            queue: row.queue_id.map(|id| self.queue(id)),
            owner: row.owner_id.map(|id| self.user(id)),
            first_owner: row.first_owner_id.map(|id| self.user(id)),
            was_with: row.was_with_id.map(|id| self.user(id)),
            started_at: instant(row.started_at),
            waiting_since: row.waiting_since.map(instant),
            closed_at: row.closed_at.map(instant),
            back_until: self.back_until(row),
            reopened_at: row.reopened_at.map(instant),
            last_message: row.last_direction.as_ref().map(|direction| LastMessage {
                at: instant(row.last_at),
                direction: direction.clone(),
                kind: row.last_kind.clone().unwrap_or_default(),
                preview: self.preview(row.last_kind.as_deref(), row.last_preview.as_deref()),
                status: row.last_status.clone(),
            }),
            unread: row.unread,
            marked_unread: row.marked_unread,
            unmanaged: row.unmanaged,
            unanswered_since: row.unanswered_since.map(instant),
            window: Window { expires_at, open: window::is_open(expires_at, self.now), cause: row.window_cause.clone() },
            tags: row.tags.0.clone(),
            sentiment: row.sentiment.clone(),
            disposition: row.disposition_id.map(|id| self.disposition(id)),
            snooze: row.snooze.as_ref().map(|kind| Snooze { kind: kind.clone(), until: row.snooze_until.map(instant) }),
            blocked: row.blocked,
            transfer: row.transfer.as_ref().map(|pending| PendingTransfer {
                id: pending.0.offer_id,
                by: self.user(pending.0.by_id),
                user: pending.0.to_id.map(|id| self.user(id)),
                queue: pending.0.queue_id.map(|id| self.queue(id)),
                ends_at: instant(pending.0.ends_at),
            }),
            may: self.may(row),
        }
    }

    pub fn disposition(&self, id: i64) -> Ending {
        Ending { id, path: self.config.dispositions.path(DispositionId(id)) }
    }

    pub fn decision(&self, traced: &store::offer::Traced) -> Decision {
        let trace = &traced.trace.0;
        Decision {
            at: instant(traced.at),
            queue: self.queue(trace.queue.0),
            strategy: trace.strategy.as_str().to_owned(),
            chosen: trace.chosen.iter().map(|user| self.user(user.0)).collect(),
            skipped: trace
                .skipped
                .iter()
                .map(|(user, why)| Skipped { user: self.user(user.0), code: why.as_str().to_owned() })
                .collect(),
            tie_break: trace.tie_break.map(|why| why.as_str().to_owned()),
        }
    }
}
