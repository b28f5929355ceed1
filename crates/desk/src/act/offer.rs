//! Offers: accepting and rejecting them, and what happens when they lapse.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::interaction::{Refused, State};
use pronto_store as store;
use store::event;
use store::interaction::Interaction;
use store::presence::Lapsed;

use crate::act::line::{self, Line};
use crate::act::transfer;
use crate::{Config, Result};

/// An agent answers the offer of an interaction.
#[derive(Clone, Debug)]
pub struct Answer {
    pub interaction: InteractionId,
    pub user: UserId,
    pub config: Arc<Config>,
}

/// Accepts: exactly one of those asked wins.
pub async fn accept(tx: &mut Tx, now: Timestamp, input: &Answer) -> Result<Interaction> {
    let at = store::millis(now);
    store::presence::hold(tx, input.user.0).await?;
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let mut rules = interaction.rules()?;
    let offer = store::offer::open_of(tx, &[interaction.id]).await?.pop();
    if let Some(offer) = offer.as_ref().filter(|offer| offer.is_transfer() && rules.owner != Some(input.user)) {
        transfer::accept(tx, now, &mut interaction, offer, input.user, &input.config).await?;
        return Ok(interaction);
    }
    let cards = match &offer {
        Some(offer) => store::offer::cards_of(tx, &[offer.id]).await?,
        None => Vec::new(),
    };
    let mine = cards.iter().any(|card| card.user_id == input.user.0 && card.state == "pending");
    let held = rules.state == State::Active && rules.owner == Some(input.user);
    if let Err(refused) = rules.accept(input.user, mine, now) {
        return Err(if was_transfer(tx, input).await? { Refused::TransferOver } else { refused }.into());
    }
    if held {
        return Ok(interaction);
    }
    let was = event::Was { owner: interaction.owner_id, queue: interaction.queue_id };
    interaction.adopt(&rules);
    line::add(tx, &mut interaction, &Line::by("accepted", input.user), at).await?;
    store::interaction::save_one(tx, &mut interaction).await?;
    let mut events = Vec::new();
    if let Some(offer) = offer {
        store::offer::end_card(tx, offer.id, input.user.0, "accepted", at).await?;
        store::offer::end_cards(tx, &[offer.id], "taken", at).await?;
        store::offer::end(tx, &[offer.id], "accepted", at).await?;
        events.push(told(&offer, cards.iter().map(|card| card.user_id)));
    }
    store::presence::answered(tx, input.user.0).await?;
    events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(event::Facts {
        what: Some("accepted".to_owned()),
        by: Some(input.user.0),
        was: Some(was),
        ..event::Facts::default()
    }));
    events.push(event::New::of(event::Kind::Presence, input.user.0));
    events.extend(interaction.queue_id.map(|queue| event::New::of(event::Kind::Queue, queue)));
    event::append(tx, &events, at).await?;
    no_more_than_fit(tx, at, input.user).await?;
    Ok(interaction)
}

/// Whether what they answer too late was a transfer that came to nothing: then nobody else has taken it.
async fn was_transfer(tx: &mut Tx, input: &Answer) -> Result<bool> {
    let cards = store::offer::cards_on(tx, &[input.interaction.0]).await?;
    let Some(mine) = cards.iter().rfind(|card| card.user_id == input.user.0) else { return Ok(false) };
    let offer = store::offer::by_ids(tx, &[mine.offer_id]).await?.pop();
    Ok(offer.is_some_and(|offer| offer.is_transfer() && offer.result.as_deref() != Some("accepted")))
}

/// Takes back the other cards of somebody who now holds as many as they may. What a colleague wants to hand to them in
/// person they may still have.
pub(super) async fn no_more_than_fit(tx: &mut Tx, at: i64, user: UserId) -> Result<()> {
    if store::presence::load(tx, user.0).await?.full() {
        take_back(tx, at, &[user.0], "withdrawn", |offer| !(offer.is_transfer() && offer.single)).await?;
    }
    Ok(())
}

/// Rejects: the card goes, and when it was the last one the interaction waits for somebody else.
pub async fn reject(tx: &mut Tx, now: Timestamp, input: &Answer) -> Result<()> {
    let at = store::millis(now);
    let interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let Some(offer) = store::offer::open_of(tx, &[interaction.id]).await?.pop() else {
        return Err(Refused::NotOffered.into());
    };
    if offer.is_transfer() {
        return transfer::reject(tx, at, interaction, &offer, input.user).await;
    }
    if !store::offer::end_card(tx, offer.id, input.user.0, "rejected", at).await? {
        return Err(Refused::NotOffered.into());
    }
    store::presence::answered(tx, input.user.0).await?;
    let mut events = vec![told(&offer, [input.user.0])];
    let left = store::offer::cards_of(tx, &[offer.id]).await?.iter().any(|card| card.state == "pending");
    if !left {
        unoffer(tx, interaction, &[offer], "rejected", at, &mut events).await?;
    }
    event::append(tx, &events, at).await?;
    Ok(())
}

/// Offers whose time is up: every pending card of them lapses.
pub async fn lapse(tx: &mut Tx, now: Timestamp, offers: &[i64]) -> Result<()> {
    let at = store::millis(now);
    end_all(tx, offers, "expired", at, |offer| offer.ends_at <= at).await
}

/// Takes back every card before users who can no longer answer: they paused, signed out or lost their connection.
pub async fn withdraw(tx: &mut Tx, at: i64, users: &[i64], word: &str) -> Result<()> {
    take_back(tx, at, users, word, |_| true).await
}

async fn take_back(
    tx: &mut Tx,
    at: i64,
    users: &[i64],
    word: &str,
    which: impl Fn(&store::offer::Offer) -> bool,
) -> Result<()> {
    let mut cards = store::offer::pending_of(tx, users).await?;
    if cards.is_empty() {
        return Ok(());
    }
    let ids: BTreeSet<i64> = cards.iter().map(|card| card.offer_id).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let mut offers = store::offer::by_ids(tx, &ids).await?;
    offers.retain(which);
    let (transfers, offers): (Vec<_>, Vec<_>) = offers.into_iter().partition(store::offer::Offer::is_transfer);
    let transfers: Vec<i64> = transfers.iter().map(|offer| offer.id).collect();
    transfer::leave(tx, at, &transfers, users).await?;
    let ids: Vec<i64> = offers.iter().map(|offer| offer.id).collect();
    cards.retain(|card| ids.contains(&card.offer_id));
    for card in &cards {
        store::offer::end_card(tx, card.offer_id, card.user_id, word, at).await?;
    }
    let mut events = Vec::new();
    let all = store::offer::cards_of(tx, &ids).await?;
    let of = |offer: i64| all.iter().filter(move |card| card.offer_id == offer);
    for offer in offers {
        events.push(told(&offer, cards.iter().filter(|card| card.offer_id == offer.id).map(|card| card.user_id)));
    }
    event::append(tx, &events, at).await?;
    let empty: Vec<i64> = ids.into_iter().filter(|id| !of(*id).any(|card| card.state == "pending")).collect();
    end_all(tx, &empty, word, at, |_| true).await
}

/// Ends the open offer of an interaction that has gone another way, or its transfer; `word` says which. The caller saves
/// the interaction.
pub(super) async fn settle(
    tx: &mut Tx,
    interaction: &mut Interaction,
    word: &str,
    at: i64,
    events: &mut Vec<event::New>,
) -> Result<()> {
    transfer::moot(tx, at, interaction, events).await?;
    let Some(offer) = store::offer::open_of(tx, &[interaction.id]).await?.pop() else { return Ok(()) };
    let cards = store::offer::cards_of(tx, &[offer.id]).await?;
    store::offer::end_cards(tx, &[offer.id], word, at).await?;
    store::offer::end(tx, &[offer.id], word, at).await?;
    events.push(told(&offer, cards.iter().map(|card| card.user_id)));
    Ok(())
}

/// Ends those of these offers that are open and `due`. Their interactions are locked first: who accepts one meanwhile
/// is done before or comes after.
async fn end_all(
    tx: &mut Tx,
    offers: &[i64],
    word: &str,
    at: i64,
    due: impl Fn(&store::offer::Offer) -> bool,
) -> Result<()> {
    if offers.is_empty() {
        return Ok(());
    }
    let subjects: Vec<i64> =
        store::offer::by_ids(tx, offers).await?.into_iter().map(|offer| offer.interaction_id).collect();
    let interactions = store::interaction::lock_all(tx, &subjects).await?;
    let mut offers = store::offer::by_ids(tx, offers).await?;
    offers.retain(|offer| offer.open && due(offer));
    let ids: Vec<i64> = offers.iter().map(|offer| offer.id).collect();
    let pending: Vec<store::offer::Card> =
        store::offer::cards_of(tx, &ids).await?.into_iter().filter(|card| card.state == "pending").collect();
    store::offer::end_cards(tx, &ids, word, at).await?;
    if word == "expired" {
        let asked = |card: &store::offer::Card| Lapsed { user_id: card.user_id, asked_at: card.asked_at };
        store::presence::lapsed(tx, &pending.iter().map(asked).collect::<Vec<_>>(), at).await?;
    }
    let mut events = Vec::new();
    for interaction in interactions {
        let of: Vec<store::offer::Offer> =
            offers.iter().filter(|offer| offer.interaction_id == interaction.id).cloned().collect();
        for offer in &of {
            let users: Vec<i64> =
                pending.iter().filter(|card| card.offer_id == offer.id).map(|card| card.user_id).collect();
            if !users.is_empty() {
                events.push(told(offer, users));
            }
        }
        if !of.is_empty() {
            unoffer(tx, interaction, &of, word, at, &mut events).await?;
        }
    }
    event::append(tx, &events, at).await?;
    Ok(())
}

/// Nobody has a card of it any more.
async fn unoffer(
    tx: &mut Tx,
    mut interaction: Interaction,
    offers: &[store::offer::Offer],
    word: &str,
    at: i64,
    events: &mut Vec<event::New>,
) -> Result<()> {
    let ids: Vec<i64> = offers.iter().map(|offer| offer.id).collect();
    store::offer::end(tx, &ids, word, at).await?;
    let mut rules = interaction.rules()?;
    if rules.unoffered() {
        interaction.adopt(&rules);
        store::interaction::save_one(tx, &mut interaction).await?;
        events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id));
    }
    Ok(())
}

/// Tells the agents whose cards changed.
pub(super) fn told(offer: &store::offer::Offer, users: impl IntoIterator<Item = i64>) -> event::New {
    event::New::on(event::Kind::Offer, offer.interaction_id, offer.id)
        .facts(event::Facts { users: users.into_iter().collect(), ..event::Facts::default() })
}
