//! Reopening by hand: whoever does becomes the owner, and nothing is routed.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{InteractionId, UserId};
use pronto_store as store;
use serde_json::json;
use store::event;
use store::interaction::Interaction;

use crate::act::hold::By;
use crate::act::line::{self, Line};
use crate::act::offer;
use crate::act::record::{self, Record};
use crate::{Error, Result};

/// Opens a closed interaction again for who asks.
pub async fn reopen(tx: &mut Tx, now: Timestamp, input: &By) -> Result<Interaction> {
    let mut interaction = hold(tx, input.interaction, input.user).await?;
    open_for(tx, now, &mut interaction, input.user).await?;
    Ok(interaction)
}

/// Locks what a reopening changes, in the order that receiving does: the address, then the interaction. So a message
/// that comes at the same time joins what is reopened, and of two who reopen one is refused.
pub(super) async fn hold(tx: &mut Tx, interaction: InteractionId, user: UserId) -> Result<Interaction> {
    store::presence::hold(tx, user.0).await?;
    let address = store::interaction::by_id(tx, interaction.0).await?.address_id;
    store::address::lock(tx, &[address]).await?;
    Ok(store::interaction::lock(tx, interaction.0).await?)
}

/// Opens again what [`hold`] has locked, and saves it. For acts that reopen on their way, as sending a template does.
pub(super) async fn open_for(tx: &mut Tx, now: Timestamp, interaction: &mut Interaction, by: UserId) -> Result<()> {
    let at = store::millis(now);
    let mut rules = interaction.rules()?;
    let other = store::interaction::open_at(tx, interaction.address_id).await?.filter(|one| one.id != interaction.id);
    let other = other.map(|one| (InteractionId(one.id), one.owner_id.map(UserId)));
    let before = rules.clone();
    rules.reopen_by(by, other, now)?;
    if interaction.blocked {
        let detail = "its sender is blocked; a supervisor can lift that".to_owned();
        return Err(Error::Impossible { code: "sender_blocked", detail });
    }
    if rules == before {
        return Ok(());
    }
    let was = event::Was { owner: interaction.owner_id, queue: interaction.queue_id };
    let mut address = store::address::by_id(tx, interaction.address_id).await?;
    interaction.adopt(&rules);
    // Another one of the address may have moved the window since.
    interaction.window_expires_at = address.window_expires_at;
    interaction.window_cause.clone_from(&address.window_cause);
    line::add(tx, interaction, &Line::by("reopened", by), at).await?;
    store::interaction::save_one(tx, interaction).await?;
    // What the customer writes next belongs here.
    address.last_interaction_id = Some(interaction.id);
    store::address::save(tx, &[store::address::Change::from(&address)]).await?;
    store::presence::touch(tx, &[by.0]).await?;
    let events = [
        event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(event::Facts {
            what: Some("reopened".to_owned()),
            by: Some(by.0),
            was: Some(was),
            ..event::Facts::default()
        }),
        event::New::of(event::Kind::Presence, by.0),
    ];
    event::append(tx, &events, at).await?;
    let record = Record {
        by: Some(by),
        action: "interaction.reopened",
        subject: format!("interaction {}", interaction.id),
        before: json!({ "owner": before.owner, "closed_at": before.closed_at }),
        after: json!({ "owner": by }),
        what: &[],
    };
    record::write(tx, at, record).await?;
    offer::no_more_than_fit(tx, at, by).await
}
