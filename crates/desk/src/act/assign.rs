//! Giving work to somebody: by a supervisor, one interaction or many, to an agent, to a queue or back to the routing;
//! and by who leaves, to a colleague who is there.

use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::flow::{self, Placed};
use pronto_domain::id::{InteractionId, QueueId, UserId};
use pronto_domain::interaction::{Interaction as Rules, Refused};
use pronto_domain::notice::Kind;
use pronto_domain::transfer::may_get;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::event;
use store::interaction::Interaction;

use crate::act::hold::timer;
use crate::act::line::{self, Line};
use crate::act::notice::{self, Notice};
use crate::act::record::{self, Record};
use crate::act::{offer, transfer};
use crate::{Config, Error, Result};

/// Where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum To {
    /// Whoever it is, paused or not: the supervisor knows.
    Agent { user_id: UserId },
    /// Waits there until somebody takes it.
    Queue { queue_id: QueueId },
    /// From the start of its account's flow.
    Routing,
}

/// A supervisor assigns interactions. Whether they may see them is the caller's to check.
#[derive(Clone, Debug)]
pub struct Assign {
    pub interactions: Vec<InteractionId>,
    pub by: UserId,
    pub to: To,
    pub config: Arc<Config>,
}

/// What came of each.
#[derive(Debug, Default)]
pub struct Assigned {
    pub done: Vec<Interaction>,
    pub refused: Vec<(InteractionId, Refused)>,
}

/// Assigns what can be; one that is refused does not keep the others.
pub async fn assign(tx: &mut Tx, now: Timestamp, input: &Assign) -> Result<Assigned> {
    let goal = goal(&input.config, input.to)?;
    if let To::Agent { user_id } = input.to {
        store::presence::hold(tx, user_id.0).await?;
    }
    let mut all = Assigned::default();
    let ids: Vec<i64> = input.interactions.iter().map(|one| one.0).collect();
    for mut interaction in store::interaction::lock_all(tx, &ids).await? {
        match give(tx, now, &mut interaction, input.by, &goal, &input.config).await {
            Ok(()) => all.done.push(interaction),
            Err(Error::Refused(refused)) => all.refused.push((InteractionId(interaction.id), refused)),
            Err(error) => return Err(error),
        }
    }
    fit(tx, now, input.to).await?;
    Ok(all)
}

/// Somebody who leaves hands all they hold to a colleague who is there.
#[derive(Clone, Debug)]
pub struct HandOver {
    pub from: UserId,
    pub to: UserId,
    pub config: Arc<Config>,
}

/// Hands all of it over, or nothing: where the colleague may not have one of them, that is the answer.
pub async fn hand_over(tx: &mut Tx, now: Timestamp, input: &HandOver) -> Result<Vec<Interaction>> {
    let config = &input.config;
    let to = To::Agent { user_id: input.to };
    let goal = goal(config, to)?;
    store::presence::hold(tx, input.to.0).await?;
    let held: Vec<i64> = store::interaction::held_by(tx, input.from.0).await?.iter().map(|one| one.id).collect();
    let mut handed = Vec::new();
    for mut interaction in store::interaction::lock_all(tx, &held).await? {
        if interaction.rules()?.owner != Some(input.from) {
            continue;
        }
        let account = interaction.account_id.into();
        if !config.handing(account).0.agents() {
            return Err(Refused::TransfersOff.into());
        }
        let colleagues = transfer::colleagues(tx, config, now, account, &[input.to]).await?;
        may_get(input.to, input.from, &colleagues)?;
        give(tx, now, &mut interaction, input.from, &goal, config).await?;
        handed.push(interaction);
    }
    fit(tx, now, to).await?;
    Ok(handed)
}

/// Where it goes, with what it is called.
struct Goal {
    to: To,
    name: String,
}

fn goal(config: &Config, to: To) -> Result<Goal> {
    let unknown = |field: &str| Error::invalid(field, "unknown", "there is nobody such");
    let name = match to {
        To::Agent { user_id } => {
            let known = config.users.get(&user_id).filter(|user| user.row.deleted_at.is_none());
            known.ok_or_else(|| unknown("to.user_id"))?.row.name.clone()
        }
        To::Queue { queue_id } => {
            let known = config.queues.get(&queue_id).filter(|queue| queue.row.deleted_at.is_none());
            known.ok_or_else(|| unknown("to.queue_id"))?.row.name.clone()
        }
        To::Routing => String::new(),
    };
    Ok(Goal { to, name })
}

async fn give(
    tx: &mut Tx,
    now: Timestamp,
    interaction: &mut Interaction,
    by: UserId,
    goal: &Goal,
    config: &Config,
) -> Result<()> {
    let at = store::millis(now);
    let mut rules = interaction.rules()?;
    let before = rules.owner.filter(|_| rules.state == pronto_domain::interaction::State::Active);
    let placed = decide(&mut rules, goal, config, now)?;
    let was = event::Was { owner: interaction.owner_id, queue: interaction.queue_id };
    let mut events = Vec::new();
    interaction.adopt(&rules);
    let (word, code, what) = match goal.to {
        To::Agent { .. } => ("taken", "assigned", "assigned"),
        To::Queue { .. } => ("withdrawn", "sent_to_queue", "given_back"),
        To::Routing => ("withdrawn", "given_back", "given_back"),
    };
    offer::settle(tx, interaction, word, at, &mut events).await?;
    match &placed {
        // Whoever gets it has not seen it yet.
        None => interaction.marked_unread = true,
        Some(_) => {
            interaction.unanswered_since.get_or_insert(at);
        }
    }
    let mut said = Line::by(code, by).with("to", &goal.name);
    if let Some(before) = before {
        said = said.with("from", config.user_name(before.0));
    }
    line::add(tx, interaction, &said, at).await?;
    store::interaction::save_one(tx, interaction).await?;
    if let Some(placed) = &placed {
        store::timer::arm(tx, timer(interaction, placed).as_slice()).await?;
    }
    events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(event::Facts {
        what: Some(what.to_owned()),
        by: Some(by.0),
        was: Some(was.clone()),
        ..event::Facts::default()
    }));
    let hands: Vec<i64> = before.into_iter().chain(rules.owner).map(i64::from).collect();
    store::presence::touch(tx, &hands).await?;
    events.extend(hands.into_iter().map(|user| event::New::of(event::Kind::Presence, user)));
    let queues = [was.queue, interaction.queue_id];
    events.extend(queues.into_iter().flatten().map(|queue| event::New::of(event::Kind::Queue, queue)));
    let got = Notice::on(interaction.id, Kind::Assigned, rules.owner).by(Some(by));
    let lost = Notice::on(interaction.id, Kind::Moved, before).by(Some(by)).with("to", &goal.name);
    notice::tell(tx, at, &[got, lost], &mut events).await?;
    event::append(tx, &events, at).await?;
    let record = Record {
        by: Some(by),
        action: "interaction.assigned",
        subject: format!("interaction {}", interaction.id),
        before: json!({ "owner": before, "queue": was.queue }),
        after: json!({ "owner": rules.owner, "queue": rules.queue }),
        what: &[],
    };
    record::write(tx, at, record).await
}

/// Answers where it waits from now on, if it does.
fn decide(rules: &mut Rules, goal: &Goal, config: &Config, now: Timestamp) -> Result<Option<Placed>> {
    let account = config.accounts.get(&rules.account).ok_or(pronto_db::Error::NotFound)?;
    let placed = match goal.to {
        To::Agent { user_id } => {
            if !account.members.contains(&user_id) {
                return Err(Refused::NotOnAccount { user: user_id }.into());
            }
            rules.assign(user_id, now)?;
            return Ok(None);
        }
        To::Queue { queue_id } => Placed::InQueue { queue: queue_id, step: rules.flow_step, until: None },
        To::Routing => flow::run(&account.rules.flow, 0, account.rules.default_queue, now),
    };
    rules.send_to(&placed, now)?;
    Ok(Some(placed))
}

/// Whoever holds as many as they may keeps no cards.
async fn fit(tx: &mut Tx, now: Timestamp, to: To) -> Result<()> {
    match to {
        To::Agent { user_id } => offer::no_more_than_fit(tx, store::millis(now), user_id).await,
        To::Queue { .. } | To::Routing => Ok(()),
    }
}
