//! Owners who have gone offline and stay so: what they hold waits for somebody else after a while, where the desk wants
//! it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pronto_db::Tx;
use pronto_domain::id::UserId;
use pronto_domain::interaction::State;
use pronto_store as store;
use store::interaction::Left;
use store::{event, millis};

use crate::act::hold;
use crate::act::line::Line;
use crate::act::notice::{self, Kind, Notice};
use crate::{Config, Result};

/// How many one sweep moves.
const AT_ONCE: i64 = 50;

/// Whether a sweep would change anything; only reads.
pub async fn due(tx: &mut Tx, now: Timestamp, config: &Config) -> Result<bool> {
    Ok(!left(tx, now, config, 1).await?.is_empty())
}

/// Puts it back where the flow places it, and tells whose it was for when they are back.
pub async fn sweep(tx: &mut Tx, now: Timestamp, config: &Arc<Config>) -> Result<()> {
    let mut told = Vec::new();
    for Left { id, owner_id } in left(tx, now, config, AT_ONCE).await? {
        let interaction = store::interaction::lock(tx, id).await?;
        // It may have moved on before it was held.
        if interaction.owner_id == Some(owner_id) && interaction.is(State::Active) && interaction.snooze.is_none() {
            let said = Line::system("owner_gone").with("from", config.user_name(owner_id));
            hold::put_back(tx, now, config, interaction, &said, None).await?;
            told.push(Notice::on(id, Kind::LeftBehind, [UserId(owner_id)]));
        }
    }
    let mut events = Vec::new();
    notice::tell(tx, millis(now), &told, &mut events).await?;
    Ok(event::append(tx, &events, millis(now)).await?)
}

/// What owners have left behind for long enough.
async fn left(tx: &mut Tx, now: Timestamp, config: &Config, limit: i64) -> Result<Vec<Left>> {
    let after = SignedDuration::from_mins(config.settings.offline_requeue_min);
    if after.is_zero() {
        return Ok(Vec::new());
    }
    let since = millis(now.checked_sub(after).unwrap_or(Timestamp::MIN));
    Ok(store::interaction::left(tx, since, limit).await?)
}
