//! Contacts, presence and queue cards as clients see them.

use jiff::Timestamp;
use pronto_db::{Result, Tx};
use pronto_domain::id::{QueueId, UserId};
use pronto_domain::presence::{self, Declared};
use pronto_store as store;
use serde::Serialize;
use store::instant;
use utoipa::ToSchema;

use super::{AccountRef, Lens, UserRef};

/// What the provider knows the customer by.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Address {
    pub key: String,
    pub phone: Option<String>,
    pub user_id: Option<String>,
    pub username: Option<String>,
    pub profile_name: Option<String>,
}

/// A user's state and load.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Presence {
    pub user_id: i64,
    pub name: String,
    #[schema(value_type = crate::schema::PresenceState)]
    pub state: String,
    pub reason: Option<String>,
    pub since: Timestamp,
    /// Interactions they hold that count against the capacity.
    pub open: i64,
    /// Those they have put off.
    pub put_off: i64,
    /// 0 = no limit.
    pub capacity: i64,
    /// Closed by them today, in the company's time zone.
    pub handled_today: i64,
    /// Until when they get no offers after closing.
    pub wrap_up_until: Option<Timestamp>,
    pub version: i64,
}

/// A queue's numbers.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct QueueCard {
    pub id: i64,
    pub name: String,
    pub waiting: i64,
    pub longest_wait_since: Option<Timestamp>,
    /// Agents who could take one now.
    pub available: i64,
    /// Agents who are not offline.
    pub online: i64,
    /// How far the log was when it was counted: of two, the later one counts, and of equals the one that came last.
    pub version: i64,
}

/// How many interactions somebody holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    pub open: i64,
    pub put_off: i64,
}

impl Held {
    pub fn of(loads: &[store::interaction::Load], user: i64) -> Self {
        let found = loads.iter().find(|load| load.owner_id == user);
        found.map_or_else(Self::default, |load| Self { open: load.count, put_off: load.put_off })
    }
}

/// A blocked sender, masked where the viewer is.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Block {
    pub id: i64,
    pub version: i64,
    #[schema(value_type = crate::schema::BlockState)]
    pub state: String,
    pub customer: String,
    pub phone: Option<String>,
    pub account: AccountRef,
    /// Where it was asked for.
    pub interaction_id: i64,
    pub reason: String,
    pub blocked_by: UserRef,
    pub blocked_at: Timestamp,
    pub reviewed_by: Option<UserRef>,
    pub reviewed_at: Option<Timestamp>,
    /// What the provider made of it.
    #[schema(value_type = crate::schema::BlockAtProvider)]
    pub provider_state: String,
    pub provider_detail: Option<String>,
}

impl Lens<'_> {
    pub fn block(&self, row: &store::block::Block, about: &store::interaction::Interaction) -> Block {
        Block {
            id: row.id,
            version: row.version,
            state: row.state.clone(),
            customer: self.customer(&about.customer),
            phone: about.phone.as_deref().map(|digits| self.phone(digits)),
            account: self.account(row.account_id),
            interaction_id: row.interaction_id,
            reason: row.reason.clone(),
            blocked_by: self.user(row.blocked_by),
            blocked_at: instant(row.blocked_at),
            reviewed_by: row.reviewed_by.map(|user| self.user(user)),
            reviewed_at: row.reviewed_at.map(instant),
            provider_state: row.provider_state.clone(),
            provider_detail: row.provider_detail.as_deref().and_then(|detail| self.raw(detail)),
        }
    }
}

impl Lens<'_> {
    pub fn address(&self, row: &store::address::Address) -> Address {
        let masking = self.viewer.masking;
        Address {
            key: masking.phone.apply(&row.key),
            phone: row.digits.as_deref().map(|digits| self.phone(digits)),
            user_id: row.user_id.as_deref().map(|id| masking.phone.apply(id)),
            username: row.username.as_deref().map(|name| masking.name.apply(name)),
            profile_name: row.profile_name.as_deref().map(|name| self.customer(name)),
        }
    }

    pub fn presence(&self, row: &store::presence::Presence, load: Held) -> Presence {
        let declared: Declared = row.declared.parse().unwrap_or(Declared::Offline);
        let state =
            presence::effective(declared, instant(row.seen_at), self.config.settings.reconnect_grace_s, self.now);
        let today = self.config.settings.day(self.now);
        let known = self.config.users.get(&UserId(row.user_id));
        Presence {
            user_id: row.user_id,
            name: self.config.user_name(row.user_id),
            state: state.as_str().to_owned(),
            reason: row.reason.clone().filter(|_| state == declared),
            since: instant(row.since),
            open: load.open,
            put_off: load.put_off,
            capacity: known.map_or(0, |user| user.row.capacity),
            handled_today: if row.handled_day == today { row.handled_today } else { 0 },
            wrap_up_until: row.busy_until.map(instant).filter(|until| self.now < *until),
            version: row.version,
        }
    }
}

/// The states of users, with what they hold.
pub async fn presences(tx: &mut Tx, lens: &Lens<'_>, users: &[i64]) -> Result<Vec<Presence>> {
    let rows = store::presence::of(tx, users).await?;
    let loads = store::interaction::open_of(tx, users).await?;
    Ok(rows.iter().map(|row| lens.presence(row, Held::of(&loads, row.user_id))).collect())
}

/// The cards of queues.
pub async fn queue_cards(tx: &mut Tx, lens: &Lens<'_>, queues: &[i64]) -> Result<Vec<QueueCard>> {
    let version = store::event::latest(tx).await?;
    let backlog = store::interaction::backlog(tx, queues).await?;
    let known: Vec<_> = queues.iter().filter_map(|id| lens.config.queues.get(&QueueId(*id))).collect();
    let mut members: Vec<i64> = known.iter().flat_map(|queue| queue.members.iter().map(|user| user.0)).collect();
    members.sort_unstable();
    members.dedup();
    let states = presences(tx, lens, &members).await?;
    Ok(known
        .into_iter()
        .map(|queue| {
            let load = backlog.iter().find(|load| load.queue_id == queue.row.id);
            let of = || states.iter().filter(|state| queue.members.contains(&UserId(state.user_id)));
            let free = |state: &&Presence| {
                state.state == Declared::Available.as_str()
                    && state.wrap_up_until.is_none()
                    && (state.capacity == 0 || state.open < state.capacity)
            };
            QueueCard {
                id: queue.row.id,
                name: queue.row.name.clone(),
                waiting: load.map_or(0, |load| load.count),
                longest_wait_since: load.and_then(|load| load.oldest).map(instant),
                available: i64::try_from(of().filter(free).count()).unwrap_or(i64::MAX),
                online: i64::try_from(of().filter(|state| state.state != Declared::Offline.as_str()).count())
                    .unwrap_or(i64::MAX),
                version,
            }
        })
        .collect())
}
