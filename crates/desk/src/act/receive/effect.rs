//! What reactions, edits and deletions do to the messages they are about, whether these came before, with or after
//! them.

use std::collections::{BTreeMap, BTreeSet};

use pronto_db::Tx;
use pronto_domain::inbound::{Effect, Inbound};
use pronto_domain::message::{Direction, preview};
use pronto_domain::sentiment::Sentiment;
use pronto_store as store;
use store::event;
use store::message::{Aimed, Change, Edit, Message, Reaction};

use crate::Result;

/// The message an effect is about, by the provider's id.
pub(super) fn target_of(message: &Inbound) -> Option<&String> {
    match &message.effect {
        Effect::React { target, .. } | Effect::Edit { target } | Effect::Delete { target } => Some(target),
        Effect::Own | Effect::Moved { .. } => None,
    }
}

/// An effect as it is stored.
pub(super) fn word(effect: &Effect) -> Option<&'static str> {
    match effect {
        Effect::Own => None,
        Effect::React { .. } => Some("react"),
        Effect::Edit { .. } => Some("edit"),
        Effect::Delete { .. } => Some("delete"),
        Effect::Moved { .. } => Some("moved"),
    }
}

/// An effect whose message is known now.
pub(super) struct Aim {
    pub effect: Message,
    pub target: i64,
}

/// Applies them in the order in which they were done.
pub(super) async fn apply(tx: &mut Tx, mut aims: Vec<Aim>, events: &mut Vec<event::New>) -> Result<()> {
    if aims.is_empty() {
        return Ok(());
    }
    let open = |aim: &&Aim| aim.effect.target_id != Some(aim.target);
    let aimed: Vec<Aimed> =
        aims.iter().filter(open).map(|aim| Aimed { id: aim.effect.id, target_id: aim.target }).collect();
    store::message::aim(tx, &aimed).await?;
    let ids: BTreeSet<i64> = aims.iter().map(|aim| aim.target).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let targets: BTreeMap<i64, Message> =
        store::message::by_ids(tx, &ids).await?.into_iter().map(|message| (message.id, message)).collect();
    let mut changes: BTreeMap<i64, Change> = BTreeMap::new();
    aims.sort_by_key(|aim| (aim.effect.thread_at, aim.effect.id));
    for Aim { effect, target } in &aims {
        let Some(message) = targets.get(target) else { continue };
        // All of it stays within the customer's own threads.
        if message.address_id == effect.address_id {
            change(changes.entry(message.id).or_insert_with(|| Change::from(message)), message, effect);
        }
    }
    let reworded: Vec<&Change> = changes
        .values()
        .filter(|change| {
            targets.get(&change.id).is_some_and(|was| was.body != change.body || was.deleted_at != change.deleted_at)
        })
        .collect();
    let lists: Vec<store::interaction::Reworded> = reworded
        .iter()
        .filter_map(|change| {
            let message = targets.get(&change.id)?;
            let body = change.body.as_deref().filter(|_| change.deleted_at.is_none());
            Some(store::interaction::Reworded {
                id: message.interaction_id,
                thread_at: message.thread_at,
                message_id: message.id,
                preview: body.map(preview).unwrap_or_default(),
            })
        })
        .collect();
    let quoted: Vec<i64> = reworded.iter().map(|change| change.id).collect();
    let entries: Vec<store::search::Entry> = reworded
        .iter()
        .filter_map(|change| {
            let message = targets.get(&change.id)?;
            let body = change.body.as_deref().filter(|_| change.deleted_at.is_none()).unwrap_or_default();
            Some(store::search::Entry {
                id: message.id,
                words: pronto_domain::search::words(body),
                scope: store::search::account_token(message.account_id),
            })
        })
        .collect();
    heard(tx, &targets, &reworded, events).await?;
    let changes: Vec<Change> = changes.into_values().collect();
    store::message::save(tx, &changes).await?;
    for change in &changes {
        if let Some(message) = targets.get(&change.id) {
            events.push(event::New::on(event::Kind::Message, message.interaction_id, message.id));
        }
    }
    if quoted.is_empty() {
        return Ok(());
    }
    store::search::reindex_messages(tx, &entries).await?;
    for interaction in store::interaction::reword(tx, &lists).await? {
        events.push(event::New::on(event::Kind::Interaction, interaction, interaction));
    }
    for quote in store::message::touch_quotes(tx, &quoted).await? {
        events.push(event::New::on(event::Kind::Message, quote.interaction_id, quote.id));
    }
    Ok(())
}

/// What a message sounded like, and does now.
struct Turn {
    was: Option<Sentiment>,
    is: Option<Sentiment>,
}

/// What was edited or deleted no longer sounds as it did.
async fn heard(
    tx: &mut Tx,
    targets: &BTreeMap<i64, Message>,
    reworded: &[&Change],
    events: &mut Vec<event::New>,
) -> Result<()> {
    let mut turned: BTreeMap<i64, Vec<Turn>> = BTreeMap::new();
    for change in reworded {
        let Some(message) = targets.get(&change.id) else { continue };
        let kind = message.kind.parse()?;
        let sounds = |body: Option<&str>, deleted_at: Option<i64>| {
            Sentiment::of_message(kind, body.filter(|_| deleted_at.is_none()))
        };
        let turn = Turn {
            was: sounds(message.body.as_deref(), message.deleted_at),
            is: sounds(change.body.as_deref(), change.deleted_at),
        };
        if turn.was != turn.is {
            turned.entry(message.interaction_id).or_default().push(turn);
        }
    }
    if turned.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = turned.keys().copied().collect();
    let mut interactions = store::interaction::lock_all(tx, &ids).await?;
    for interaction in &mut interactions {
        for Turn { was, is } in turned.remove(&interaction.id).unwrap_or_default() {
            interaction.heard(was, is);
        }
        events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id));
    }
    if store::interaction::save(tx, &interactions).await? != interactions.len() as u64 {
        return Err(pronto_db::Error::Retry.into());
    }
    Ok(())
}

fn change(change: &mut Change, message: &Message, effect: &Message) {
    // A customer edits and deletes their own messages only.
    let own = message.direction == Direction::In.as_str();
    match effect.effect.as_deref() {
        Some("react") => {
            let reactions = change.reactions.get_or_insert_default();
            reactions.retain(|reaction| reaction.by != "customer");
            reactions.extend(effect.body.iter().filter(|emoji| !emoji.is_empty()).map(|emoji| Reaction {
                emoji: emoji.clone(),
                by: "customer".to_owned(),
                user_id: None,
            }));
        }
        Some("edit") if own => {
            let history = change.history.get_or_insert_default();
            if change.edited_at.is_some_and(|edited_at| effect.thread_at < edited_at) {
                // One that was overtaken belongs between the others.
                let place = history.partition_point(|edit| edit.until <= effect.thread_at);
                if let Some(cut) = history.get_mut(place) {
                    let body = std::mem::replace(&mut cut.body, effect.body.clone());
                    history.insert(place, Edit { body, until: effect.thread_at });
                }
                return;
            }
            history.push(Edit { body: change.body.clone(), until: effect.thread_at });
            change.body.clone_from(&effect.body);
            change.edited_at = Some(effect.thread_at);
        }
        Some("delete") if own => {
            change.deleted_at.get_or_insert(effect.thread_at);
        }
        _ => {}
    }
}
