//! Holding an interaction without an offer: take it, give it back.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::flow;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::interaction::{Refused, State};
use pronto_domain::notice::Kind;
use pronto_store as store;
use serde_json::json;
use store::event;
use store::interaction::Interaction;

use crate::act::line::{self, Line};
use crate::act::notice::{self, Notice};
use crate::act::offer;
use crate::act::record::{self, Record};
use crate::{Config, Result};
use std::sync::Arc;

/// Somebody does something to an interaction.
#[derive(Clone, Debug)]
pub struct By {
    pub interaction: InteractionId,
    pub user: UserId,
    pub supervisor: bool,
    pub config: Arc<Config>,
}

/// Takes an interaction that waits, is unassigned, is offered or is run by a bot; supervisors also from its owner.
pub async fn take(tx: &mut Tx, now: Timestamp, input: &By) -> Result<Interaction> {
    let at = store::millis(now);
    store::presence::hold(tx, input.user.0).await?;
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let mut rules = interaction.rules()?;
    if rules.state == State::Active && rules.owner == Some(input.user) {
        return Ok(interaction);
    }
    let from_bot = rules.state == State::Bot;
    let bot = input.config.accounts.get(&rules.account).is_none_or(|account| account.rules.take_from_bot);
    rules.take(input.user, input.supervisor, bot, now)?;
    let before = interaction.owner_id;
    let mut events = Vec::new();
    let was = event::Was { owner: before, queue: interaction.queue_id };
    interaction.adopt(&rules);
    offer::settle(tx, &mut interaction, "taken", at, &mut events).await?;
    let mut said = Line::by("taken", input.user);
    if let Some(before) = before {
        said = said.with("from", input.config.user_name(before));
    }
    line::add(tx, &mut interaction, &said, at).await?;
    store::interaction::save_one(tx, &mut interaction).await?;
    events.push(changed(&interaction, "taken", input.user, was));
    let hands: Vec<i64> = before.into_iter().chain([input.user.0]).collect();
    store::presence::touch(tx, &hands).await?;
    if let Some(before) = before {
        let lost = Notice::on(interaction.id, Kind::Moved, [UserId(before)]).by(Some(input.user));
        let lost = lost.with("to", input.config.user_name(input.user.0));
        notice::tell(tx, at, &[lost], &mut events).await?;
    }
    if before.is_some() || from_bot {
        let record = Record {
            by: Some(input.user),
            action: "interaction.taken",
            subject: format!("interaction {}", interaction.id),
            before: json!({ "owner": before, "bot": from_bot }),
            after: json!({ "owner": input.user }),
            what: &[],
        };
        record::write(tx, at, record).await?;
    }
    events.extend(hands.into_iter().map(|user| event::New::of(event::Kind::Presence, user)));
    events.extend(interaction.queue_id.map(|queue| event::New::of(event::Kind::Queue, queue)));
    event::append(tx, &events, at).await?;
    offer::no_more_than_fit(tx, at, input.user).await?;
    Ok(interaction)
}

/// Gives an interaction its owner cannot keep back to where the flow places it, marked with whom it was.
pub async fn give_back(tx: &mut Tx, now: Timestamp, input: &By) -> Result<Interaction> {
    let interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let owner = interaction.rules()?.owner;
    if owner != Some(input.user) && !input.supervisor {
        return Err(Refused::NotOwner { owner }.into());
    }
    let said = Line::by("given_back", input.user);
    put_back(tx, now, &input.config, interaction, &said, Some(input.user)).await
}

/// The same of one that is held, by somebody or by the desk itself.
pub(super) async fn put_back(
    tx: &mut Tx,
    now: Timestamp,
    config: &Config,
    mut interaction: Interaction,
    said: &Line,
    by: Option<UserId>,
) -> Result<Interaction> {
    let at = store::millis(now);
    let mut rules = interaction.rules()?;
    let was = event::Was { owner: interaction.owner_id, queue: interaction.queue_id };
    let account = config.accounts.get(&rules.account).ok_or(pronto_db::Error::NotFound)?;
    let placed = flow::run(&account.rules.flow, 0, account.rules.default_queue, now);
    rules.give_back(&placed, now)?;
    interaction.adopt(&rules);
    interaction.unanswered_since.get_or_insert(at);
    let mut events = Vec::new();
    offer::settle(tx, &mut interaction, "withdrawn", at, &mut events).await?;
    line::add(tx, &mut interaction, said, at).await?;
    store::interaction::save_one(tx, &mut interaction).await?;
    store::timer::arm(tx, timer(&interaction, &placed).as_slice()).await?;
    events.push(changed(&interaction, "given_back", by, was.clone()));
    if let Some(owner) = was.owner {
        store::presence::touch(tx, &[owner]).await?;
        events.push(event::New::of(event::Kind::Presence, owner));
    }
    events.extend(interaction.queue_id.map(|queue| event::New::of(event::Kind::Queue, queue)));
    event::append(tx, &events, at).await?;
    Ok(interaction)
}

pub(super) fn changed(
    interaction: &Interaction,
    what: &str,
    by: impl Into<Option<UserId>>,
    was: event::Was,
) -> event::New {
    event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(event::Facts {
        what: Some(what.to_owned()),
        by: by.into().map(i64::from),
        was: Some(was),
        ..event::Facts::default()
    })
}

/// What ends the step an interaction has just been put in, if anything does. It stands for this time in the step only.
pub(super) fn timer(interaction: &Interaction, placed: &flow::Placed) -> Option<store::timer::New> {
    let flow::Placed::InQueue { until: Some(until), .. } = placed else { return None };
    Some(store::timer::New {
        kind: "step",
        subject: interaction.id,
        armed: interaction.epoch,
        due_at: store::millis(*until),
    })
}

/// Steps of flows whose time is up. A step that has been left does nothing.
pub struct Steps {
    pub config: Arc<Config>,
    /// Interaction, and the epoch in which its timer was armed.
    pub due: Vec<(i64, i64)>,
}

/// Moves interactions whose step has timed out to the next.
pub async fn step_lapsed(tx: &mut Tx, now: Timestamp, input: &Steps) -> Result<()> {
    let at = store::millis(now);
    let ids: Vec<i64> = input.due.iter().map(|(id, _)| *id).collect();
    let mut moved = Vec::new();
    let mut timers = Vec::new();
    let mut events = Vec::new();
    for mut interaction in store::interaction::lock_all(tx, &ids).await? {
        // One that was left and entered again has a timer of each time.
        if !input.due.contains(&(interaction.id, interaction.epoch)) {
            continue;
        }
        let mut rules = interaction.rules()?;
        let Some(account) = input.config.accounts.get(&rules.account) else { continue };
        let placed = flow::run(&account.rules.flow, rules.flow_step + 1, account.rules.default_queue, now);
        let was = event::Was { owner: None, queue: interaction.queue_id };
        if !rules.step_lapsed(interaction.epoch, &placed, now) {
            continue;
        }
        interaction.adopt(&rules);
        // Cards of the queue it left go with it; the next queue asks anew.
        offer::settle(tx, &mut interaction, "withdrawn", at, &mut events).await?;
        timers.extend(timer(&interaction, &placed));
        for queue in [was.queue, interaction.queue_id].into_iter().flatten() {
            events.push(event::New::of(event::Kind::Queue, queue));
        }
        let facts = event::Facts { what: Some("step_lapsed".to_owned()), was: Some(was), ..event::Facts::default() };
        events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(facts));
        moved.push(interaction);
    }
    if store::interaction::save(tx, &moved).await? != moved.len() as u64 {
        return Err(pronto_db::Error::Retry.into());
    }
    store::timer::arm(tx, &timers).await?;
    event::append(tx, &events, at).await?;
    Ok(())
}
