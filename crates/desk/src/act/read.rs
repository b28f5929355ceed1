//! Reading a conversation, and marking it unread again.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{InteractionId, MessageId, UserId};
use pronto_domain::interaction::Refused;
use pronto_store as store;
use store::event;
use store::interaction::Interaction;

use crate::Result;
use crate::work::jobs;

/// Somebody has the thread on screen, down to a message.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    pub interaction: InteractionId,
    pub user: UserId,
    pub through: MessageId,
}

/// Notes how far it was read. Unread counts for the owner; while nobody owns it, for whoever looks.
pub async fn read(tx: &mut Tx, now: Timestamp, input: &Read) -> Result<()> {
    let at = store::millis(now);
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    if !counts(&interaction, input.user) {
        return Ok(());
    }
    let through = interaction.read_through.max(input.through.0);
    let unread = match interaction.unread {
        0 => 0,
        _ => store::message::unread_after(tx, interaction.id, through).await?,
    };
    if unread == interaction.unread && !interaction.marked_unread {
        return Ok(());
    }
    if unread < interaction.unread && interaction.owner_id == Some(input.user.0) {
        acknowledge(tx, interaction.id, through, at).await?;
    }
    interaction.read_through = through;
    interaction.unread = unread;
    interaction.marked_unread = false;
    save(tx, interaction, at).await
}

/// Somebody wants it among the unread again.
#[derive(Clone, Copy, Debug)]
pub struct Unread {
    pub interaction: InteractionId,
    pub user: UserId,
}

pub async fn mark_unread(tx: &mut Tx, now: Timestamp, input: &Unread) -> Result<()> {
    let at = store::millis(now);
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    if !counts(&interaction, input.user) {
        return Err(Refused::NotOwner { owner: interaction.owner_id.map(UserId) }.into());
    }
    if interaction.marked_unread {
        return Ok(());
    }
    interaction.marked_unread = true;
    save(tx, interaction, at).await
}

/// Has the customer told that we have read down to a message.
pub(super) async fn acknowledge(tx: &mut Tx, interaction: i64, through: i64, at: i64) -> Result<()> {
    if let Some(message) = store::message::latest_inbound(tx, interaction, through).await? {
        let job = store::job::New { kind: jobs::MARK_READ, subject: message.id, run_at: at };
        store::job::add(tx, &[job]).await?;
    }
    Ok(())
}

fn counts(interaction: &Interaction, user: UserId) -> bool {
    interaction.owner_id.is_none_or(|owner| owner == user.0)
}

async fn save(tx: &mut Tx, mut interaction: Interaction, at: i64) -> Result<()> {
    store::interaction::save_one(tx, &mut interaction).await?;
    event::append(tx, &[event::New::on(event::Kind::Interaction, interaction.id, interaction.id)], at).await?;
    Ok(())
}
