//! To whom work can be handed: who is there, what they hold, and the queues.

use axum::extract::State;
use jiff::Timestamp;
use pronto_domain::access::Seen;
use pronto_domain::id::{AccountId, UserId};
use pronto_domain::transfer::Reach;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::error::Result;
use crate::extract::{Json, SignedIn};
use crate::view::{self, Lens, QueueRef, UserRef};

/// Agents and queues of the viewer's accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Recipients {
    pub agents: Vec<Recipient>,
    pub queues: Vec<RecipientQueue>,
    /// To whom one may transfer what is of which account.
    pub accounts: Vec<RecipientAccount>,
}

/// How far transfers of an account go.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecipientAccount {
    pub id: i64,
    #[schema(value_type = crate::schema::TransferReach)]
    pub transfer_to: Reach,
    /// How long those who are asked have, in seconds.
    pub transfer_timeout_s: i64,
}

/// Somebody who may be given work.
#[derive(Debug, Serialize, ToSchema)]
pub struct Recipient {
    pub user: UserRef,
    #[schema(value_type = crate::schema::PresenceState)]
    pub state: String,
    /// Why they pause.
    pub reason: Option<String>,
    pub since: Option<Timestamp>,
    pub open: i64,
    /// 0 = no limit.
    pub capacity: i64,
    /// The accounts they are associated with.
    pub accounts: Vec<i64>,
}

/// A queue that may be given work.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecipientQueue {
    pub queue: QueueRef,
    pub members: Vec<i64>,
}

/// Whom the viewer may hand work to, by name. Who is there changes all the time: ask when it is needed.
#[utoipa::path(get, path = "/api/v1/recipients", tag = "transfers", operation_id = "list_recipients",
    responses((status = 200, body = Recipients)))]
pub async fn list_recipients(State(app): State<App>, me: SignedIn) -> Result<Json<Recipients>> {
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let everywhere = me.viewer.sees(&Seen::default());
    let mine = |id: &AccountId| everywhere || me.viewer.accounts.contains(id);
    let of = |user: &UserId| -> Vec<i64> {
        let theirs = config.accounts.iter().filter(|(id, account)| mine(id) && account.members.contains(user));
        theirs.map(|(id, _)| id.0).collect()
    };
    let known: Vec<_> = config
        .users
        .iter()
        .filter(|(_, user)| user.row.deleted_at.is_none())
        .map(|(id, user)| (id.0, user.row.capacity, of(id)))
        .filter(|(_, _, accounts)| !accounts.is_empty())
        .collect();
    let users: Vec<i64> = known.iter().map(|(id, _, _)| *id).collect();
    let mut tx = app.desk.db().read().await?;
    let states = view::presences(&mut tx, &lens, &users).await?;
    let mut agents: Vec<Recipient> = known
        .into_iter()
        .map(|(id, capacity, accounts)| {
            let state = states.iter().find(|state| state.user_id == id);
            Recipient {
                user: lens.user(id),
                state: state.map_or("offline", |state| &state.state).to_owned(),
                reason: state.and_then(|state| state.reason.clone()),
                since: state.map(|state| state.since),
                open: state.map_or(0, |state| state.open),
                capacity,
                accounts,
            }
        })
        .collect();
    agents.sort_by_key(|one| one.user.name.to_lowercase());
    let live = config.queues.values().filter(|queue| queue.row.deleted_at.is_none());
    let mut queues: Vec<RecipientQueue> = live
        .map(|queue| RecipientQueue {
            queue: lens.queue(queue.row.id),
            members: queue.members.iter().map(|user| user.0).filter(|user| users.contains(user)).collect(),
        })
        .collect();
    queues.sort_by_key(|one| one.queue.name.to_lowercase());
    let accounts = config.accounts.keys().filter(|id| mine(id)).map(|id| {
        let (transfer_to, transfer_timeout_s) = config.handing(*id);
        RecipientAccount { id: id.0, transfer_to, transfer_timeout_s }
    });
    Ok(Json(Recipients { agents, queues, accounts: accounts.collect() }))
}
