//! The time after closing in which one gets no offers: made longer, or ended.

use jiff::{SignedDuration, Timestamp};
use pronto_db::Tx;
use pronto_domain::id::UserId;
use pronto_domain::presence;
use pronto_store as store;
use store::{event, instant, millis};

use crate::{Error, Result};

#[derive(Clone, Copy, Debug)]
pub struct WrapUp {
    pub user: UserId,
    /// So much longer; `None` ends it.
    pub longer: Option<SignedDuration>,
}

pub async fn wrap_up(tx: &mut Tx, now: Timestamp, input: &WrapUp) -> Result<()> {
    let at = millis(now);
    store::presence::hold(tx, input.user.0).await?;
    let row = store::presence::of(tx, &[input.user.0]).await?.pop();
    let busy = row.and_then(|row| row.busy_until).map(instant);
    let until = match input.longer {
        None => now,
        Some(longer) => presence::extend(busy, longer, now).ok_or_else(|| Error::Impossible {
            code: "no_wrap_up",
            detail: "no wrap-up is running, so there is nothing to make longer".to_owned(),
        })?,
    };
    store::presence::busy(tx, input.user.0, millis(until)).await?;
    event::append(tx, &[event::New::of(event::Kind::Presence, input.user.0)], at).await?;
    Ok(())
}
