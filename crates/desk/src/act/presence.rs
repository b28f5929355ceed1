//! Presence: signing in, declaring a state, losing the connection.

use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::UserId;
use pronto_domain::presence::{self, Declared};
use pronto_store as store;
use store::{event, instant, millis};

use crate::act::offer;
use crate::{Config, Result};

/// The reason shown for an agent who let too many offers lapse.
pub const NOT_RESPONDING: &str = "not_responding";

/// A user declares a state.
#[derive(Clone, Debug)]
pub struct Declare {
    pub user: UserId,
    pub state: Declared,
    pub reason: Option<String>,
}

pub async fn declare(tx: &mut Tx, now: Timestamp, input: &Declare) -> Result<()> {
    let at = millis(now);
    store::presence::declare(tx, input.user.0, input.state.as_str(), input.reason.as_deref(), at).await?;
    if input.state != Declared::Available {
        // A paused agent gets no offers; what is open they keep.
        offer::withdraw(tx, at, &[input.user.0], "withdrawn").await?;
    }
    event::append(tx, &[event::New::of(event::Kind::Presence, input.user.0)], at).await?;
    Ok(())
}

/// Signing in makes available; who comes back keeps what was declared.
pub async fn sign_in(tx: &mut Tx, now: Timestamp, user: &UserId) -> Result<()> {
    let at = millis(now);
    let known = store::presence::of(tx, &[user.0]).await?.pop();
    let state = known.as_ref().map_or("offline", |row| row.told.as_str());
    if state == "offline" {
        store::presence::declare(tx, user.0, Declared::Available.as_str(), None, at).await?;
    } else {
        store::presence::renew(tx, &[user.0], at).await?;
    }
    event::append(tx, &[event::New::of(event::Kind::Presence, user.0)], at).await?;
    Ok(())
}

/// What a sweep does to one user.
enum Swept {
    /// Too many offers lapsed.
    Pause,
    Tell(Declared),
}

fn swept(row: &store::presence::Presence, config: &Config, now: Timestamp) -> Result<Option<Swept>> {
    let declared: Declared = row.declared.parse()?;
    let state = presence::effective(declared, instant(row.seen_at), config.settings.reconnect_grace_s, now);
    let limit = config.settings.not_responding_after;
    Ok(if limit > 0 && row.lapsed_in_a_row >= limit && state == Declared::Available {
        Some(Swept::Pause)
    } else {
        (state.as_str() != row.told).then_some(Swept::Tell(state))
    })
}

/// Whether a sweep would change anything; only reads.
pub async fn due(tx: &mut Tx, now: Timestamp, config: &Config) -> Result<bool> {
    for row in store::presence::all(tx).await? {
        if swept(&row, config, now)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Tells the screens of leases that lapsed or were renewed, and pauses those who let too many offers lapse.
pub async fn sweep(tx: &mut Tx, now: Timestamp, config: &Arc<Config>) -> Result<()> {
    let at = millis(now);
    let mut events = Vec::new();
    let mut gone = Vec::new();
    for row in store::presence::all(tx).await? {
        match swept(&row, config, now)? {
            None => continue,
            Some(Swept::Pause) => {
                store::presence::declare(tx, row.user_id, Declared::Paused.as_str(), Some(NOT_RESPONDING), at).await?;
                gone.push(row.user_id);
            }
            Some(Swept::Tell(state)) => {
                store::presence::tell(tx, row.user_id, state.as_str(), at).await?;
                if state == Declared::Offline {
                    gone.push(row.user_id);
                }
            }
        }
        events.push(event::New::of(event::Kind::Presence, row.user_id));
    }
    offer::withdraw(tx, at, &gone, "withdrawn").await?;
    event::append(tx, &events, at).await?;
    Ok(())
}

/// Renews the leases of users whose sockets this node holds.
pub async fn renew(tx: &mut Tx, now: Timestamp, users: &[i64]) -> Result<()> {
    store::presence::renew(tx, users, millis(now)).await?;
    Ok(())
}
