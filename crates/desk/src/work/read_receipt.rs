//! Tells customers that we have read what they wrote, or are writing. Neither is worth more than a few tries.

use std::time::Duration;

use jiff::SignedDuration;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::window;
use pronto_store as store;
use store::job::Job;
use store::message::Message;

use super::deliver::account;
use super::jobs;
use crate::{Desk, Result};

const WITHIN: Duration = Duration::from_secs(10);
const TRIES: i64 = 4;
/// The provider takes it for messages of up to 30 days.
const OLDEST: SignedDuration = SignedDuration::from_hours(29 * 24);
/// The phone shows *typing* for 25 seconds.
const TYPING_EVERY: Duration = Duration::from_secs(20);

/// Tells that a message was read.
pub(super) async fn send(desk: &Desk, job: &Job) -> Result<()> {
    let mut tx = desk.db().read().await?;
    let message = store::message::by_ids(&mut tx, &[job.subject]).await?.pop();
    drop(tx);
    let Some(message) = message else { return jobs::done(desk, job).await };
    match tell(desk, &message, false).await {
        Ok(()) => jobs::done(desk, job).await,
        Err(_) if job.tries >= TRIES => jobs::done(desk, job).await,
        Err(why) => {
            let wait = SignedDuration::from_secs(5_i64.saturating_pow(u32::try_from(job.tries).unwrap_or(1)));
            jobs::put_off(desk, job, wait, &why).await
        }
    }
}

impl Desk {
    /// Tells the customer that we are typing, if `user` may write to them. Lost where it does not get through.
    pub fn typing(&self, interaction: InteractionId, user: UserId) {
        let desk = self.clone();
        tokio::spawn(async move {
            if let Err(error) = typing(&desk, interaction, user).await {
                tracing::debug!(%error, %interaction, "typing was not told");
            }
        });
    }
}

async fn typing(desk: &Desk, interaction: InteractionId, user: UserId) -> Result<()> {
    let mut tx = desk.db().read().await?;
    let row = store::interaction::by_id(&mut tx, interaction.0).await?;
    row.rules()?.may_write(user)?;
    let open = window::is_open(row.window_expires_at.map(store::instant), desk.now());
    if !open || !desk.outside().may_tell_typing(row.id, TYPING_EVERY) {
        return Ok(());
    }
    let message = store::message::latest_inbound(&mut tx, row.id, i64::MAX).await?;
    drop(tx);
    if let Some(message) = message
        && let Err(why) = tell(desk, &message, true).await
    {
        tracing::debug!(why, %interaction, "typing was not told");
    }
    Ok(())
}

/// Tells the provider; there is nothing to tell of what is too old or has no account any more.
async fn tell(desk: &Desk, message: &Message, typing: bool) -> std::result::Result<(), String> {
    let old = desk.now().duration_since(store::instant(message.created_at)) > OLDEST;
    let (Some(id), Some(account), false) = (&message.provider_id, account(desk, message.account_id), old) else {
        return Ok(());
    };
    let Some(request) = account.endpoint.mark_read(id, typing) else { return Ok(()) };
    let answered =
        desk.outside().call_as(&account.endpoint, &request, WITHIN).await.map_err(|error| error.to_string())?;
    match account.endpoint.refused(answered.status, answered.retry_after.as_deref(), &answered.body) {
        None => Ok(()),
        Some(refused) => Err(format!("{refused:?}")),
    }
}
