//! Our reaction to a message: one for the whole business, shown at once and taken back if it fails.

use pronto_db::Tx;
use pronto_store as store;
use store::event::{self, Kind};
use store::message::{Change, Message, Reaction};

use crate::Result;

/// Puts a reaction on a message, or takes it off.
pub(super) async fn put(tx: &mut Tx, target: &Message, emoji: Option<&str>, user: Option<i64>) -> Result<()> {
    let mut change = Change::from(target);
    let reactions = change.reactions.get_or_insert_default();
    reactions.retain(|reaction| reaction.by == "customer");
    reactions.extend(emoji.map(|emoji| Reaction { emoji: emoji.to_owned(), by: "agent".to_owned(), user_id: user }));
    store::message::save(tx, &[change]).await?;
    Ok(())
}

/// A reaction has failed: what shows is the latest that has not.
pub(super) async fn undo(tx: &mut Tx, interaction: i64, target: i64, events: &mut Vec<event::New>) -> Result<()> {
    let ours = store::reaction::ours(tx, interaction, target).await?;
    let stands = ours.iter().find(|message| message.status.as_deref() != Some("failed"));
    let emoji = stands.and_then(|message| message.body.as_deref()).filter(|emoji| !emoji.is_empty());
    let target = store::message::by_id(tx, target).await?;
    put(tx, &target, emoji, stands.and_then(|message| message.author_id)).await?;
    events.push(event::New::on(Kind::Message, interaction, target.id));
    Ok(())
}
