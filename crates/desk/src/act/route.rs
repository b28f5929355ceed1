//! A routing run: reads the heads of the queues and the agents, lets the rules decide, and writes the offers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{AccountId, InteractionId, QueueId, UserId};
use pronto_domain::notice::Kind;
use pronto_domain::presence::{self, Declared};
use pronto_domain::routing::{self, Agent, Decision, Queue, Skip, TieBreak, Waiting};
use pronto_store as store;
use store::{event, instant, millis};

use crate::act::notice::{self, Notice};
use crate::{Config, Result};

/// How many heads one run looks at beyond the free places: those whom nobody free may be asked for just now.
const HEADS_MORE: i64 = 20;
/// The most places one run fills.
const PLACES_AT_MOST: i64 = 200;
/// How many of those who came last are told why nobody could be asked, where nobody could.
const EXPLAINED: i64 = 20;

/// Runs routing once.
pub async fn route(tx: &mut Tx, now: Timestamp, config: &Arc<Config>) -> Result<()> {
    let at = millis(now);
    // One run at a time among all nodes: the row's lock ends with the transaction.
    store::lease::take(tx, "routing", "run", at, at).await?;
    if let Some(planned) = plan(tx, now, config).await? {
        write(tx, planned, config, at).await?;
    }
    Ok(())
}

/// Whether a run would write anything; only reads.
pub async fn due(tx: &mut Tx, now: Timestamp, config: &Arc<Config>) -> Result<bool> {
    Ok(plan(tx, now, config).await?.is_some())
}

/// What a run would write.
struct Planned {
    heads: Vec<store::interaction::Interaction>,
    queues: BTreeMap<QueueId, Queue>,
    decisions: Vec<Decision>,
    /// What those who supervise know already that nobody wants.
    known: BTreeSet<i64>,
}

async fn plan(tx: &mut Tx, now: Timestamp, config: &Arc<Config>) -> Result<Option<Planned>> {
    let mut agents = agents(tx, config, now).await?;
    let queues = queues(tx, config).await?;
    let heads = heads(tx, &queues, &agents).await?;
    if heads.is_empty() {
        return Ok(None);
    }
    let mut waiting = waiting(tx, &heads).await?;
    let known = waiting.iter().filter(|one| let_go_by_twice(one)).map(|one| one.interaction.0).collect();
    let mut decisions = routing::plan(&queues, &mut agents, &mut waiting, now);
    let nobody: Vec<i64> = decisions.iter().filter(|one| one.chosen.is_empty()).map(|one| one.interaction.0).collect();
    if !nobody.is_empty() {
        // That nobody could be asked is noted once, not at every look.
        let before = store::offer::latest_decisions(tx, &nobody).await?;
        let noted: BTreeSet<i64> =
            before.into_iter().filter(|(_, decision)| decision.chosen.is_empty()).map(|(id, _)| id).collect();
        decisions.retain(|one| !one.chosen.is_empty() || !noted.contains(&one.interaction.0));
    }
    Ok((!decisions.is_empty()).then_some(Planned { heads, queues, decisions, known }))
}

/// What this run looks at: as many as there are free places in each queue and account somebody free serves, what
/// those may join, and who came last.
async fn heads(
    tx: &mut Tx,
    queues: &BTreeMap<QueueId, Queue>,
    agents: &BTreeMap<UserId, Agent>,
) -> Result<Vec<store::interaction::Interaction>> {
    let mut served = BTreeSet::new();
    let mut places = 0;
    for agent in agents.values().filter(|agent| agent.state == Declared::Available && agent.room() > 0) {
        places += agent.room();
        for queue in queues.values().filter(|queue| queue.members.contains(&agent.user)) {
            let of = |account: &AccountId| store::interaction::Served { queue: queue.id.0, account: account.0 };
            served.extend(agent.accounts.iter().map(of));
        }
    }
    let limit = places.min(PLACES_AT_MOST) + HEADS_MORE;
    let beeping: BTreeSet<i64> = served
        .iter()
        .map(|one| one.queue)
        .filter(|id| queues.get(&QueueId(*id)).is_some_and(|queue| queue.strategy == routing::Strategy::BeepAll))
        .collect();
    let served: Vec<_> = served.into_iter().collect();
    let beeping: Vec<i64> = beeping.into_iter().collect();
    let mut heads = store::interaction::heads(tx, &served, limit).await?;
    heads.extend(store::interaction::ringing(tx, &beeping, limit).await?);
    heads.extend(store::interaction::latest_waiting(tx, EXPLAINED).await?);
    heads.sort_by_key(|head| head.id);
    heads.dedup_by_key(|head| head.id);
    Ok(heads)
}

async fn agents(tx: &mut Tx, config: &Config, now: Timestamp) -> Result<BTreeMap<UserId, Agent>> {
    let grace = config.settings.reconnect_grace_s;
    let mut agents = BTreeMap::new();
    for row in store::presence::all(tx).await? {
        let user = UserId(row.user_id);
        let Some(known) = config.users.get(&user).filter(|known| known.row.deleted_at.is_none()) else { continue };
        let declared: Declared = row.declared.parse()?;
        let mut state = presence::effective(declared, instant(row.seen_at), grace, now);
        let silent = config.settings.not_responding_after;
        if silent > 0 && row.lapsed_in_a_row >= silent && state == Declared::Available {
            // About to be paused.
            state = Declared::Paused;
        }
        let accounts: BTreeSet<AccountId> = config
            .accounts
            .values()
            .filter(|account| account.row.deleted_at.is_none() && account.members.contains(&user))
            .map(|account| account.rules.id)
            .collect();
        agents.insert(
            user,
            Agent {
                user,
                state,
                open: 0,
                pending_single: 0,
                pending: 0,
                capacity: known.row.capacity,
                accounts,
                last_asked_at: row.last_asked_at.map(instant),
                busy_until: row.busy_until.map(instant),
            },
        );
    }
    agents.retain(|_, agent| agent.state != Declared::Offline);
    let ids: Vec<i64> = agents.keys().map(|user| user.0).collect();
    for load in store::interaction::open_of(tx, &ids).await? {
        if let Some(agent) = agents.get_mut(&UserId(load.owner_id)) {
            agent.open = load.count;
        }
    }
    for load in store::offer::load_of(tx, &ids).await? {
        if let Some(agent) = agents.get_mut(&UserId(load.user_id)) {
            agent.pending = load.cards;
            agent.pending_single = load.single;
        }
    }
    Ok(agents)
}

async fn queues(tx: &mut Tx, config: &Config) -> Result<BTreeMap<QueueId, Queue>> {
    // Whom round-robin asked last changes with every run, so it is read, not remembered.
    let memory: BTreeMap<i64, Option<i64>> =
        store::queue::all(tx).await?.into_iter().map(|row| (row.id, row.last_asked)).collect();
    let queues = config.queues.iter().filter(|(_, queue)| queue.row.deleted_at.is_none()).map(|(id, queue)| {
        let row = &queue.row;
        let seen = Queue {
            id: *id,
            strategy: queue.strategy,
            agent_timeout_s: row.agent_timeout_s,
            weight: row.weight,
            service_level_s: row.service_level_s,
            last_agent_first: row.last_agent_first,
            members: queue.members.clone(),
            last_asked: memory.get(&id.0).copied().flatten().map(UserId),
        };
        (*id, seen)
    });
    Ok(queues.collect())
}

async fn waiting(tx: &mut Tx, heads: &[store::interaction::Interaction]) -> Result<Vec<Waiting>> {
    let ids: Vec<i64> = heads.iter().map(|head| head.id).collect();
    let addresses: Vec<i64> = heads.iter().map(|head| head.address_id).collect();
    let offers: BTreeMap<i64, store::offer::Offer> =
        store::offer::open_of(tx, &ids).await?.into_iter().map(|offer| (offer.interaction_id, offer)).collect();
    let cards = store::offer::cards_on(tx, &ids).await?;
    let last: BTreeMap<i64, i64> = store::interaction::last_owners(tx, &addresses)
        .await?
        .into_iter()
        .map(|last| (last.address_id, last.owner_id))
        .collect();
    let mut waiting = Vec::with_capacity(heads.len());
    for head in heads {
        let Some(queue) = head.queue_id else { continue };
        let of = || cards.iter().filter(|card| card.interaction_id == head.id);
        // Who was asked before it was last accepted or closed starts over too.
        let waits_since = head.waiting_since.unwrap_or(0);
        let asked = of()
            .filter(|card| card.asked_at >= waits_since && (card.state == "rejected" || card.state == "expired"))
            .filter_map(|card| Some((UserId(card.user_id), instant(card.ended_at?))));
        let pending = of().filter(|card| card.state == "pending").map(|card| UserId(card.user_id));
        waiting.push(Waiting {
            interaction: InteractionId(head.id),
            account: AccountId(head.account_id),
            queue: QueueId(queue),
            since: instant(head.unanswered_since.or(head.waiting_since).unwrap_or(head.started_at)),
            asked: asked.collect(),
            pending: pending.collect(),
            pending_single: offers.get(&head.id).is_some_and(|offer| offer.single),
            pending_until: offers.get(&head.id).map(|offer| instant(offer.ends_at)),
            last_agent: last.get(&head.address_id).copied().map(UserId),
        });
    }
    Ok(waiting)
}

/// Whether somebody has let it go by twice in this wait. Nobody is asked again before everybody was.
fn let_go_by_twice(one: &Waiting) -> bool {
    let people: BTreeSet<UserId> = one.asked.iter().map(|(user, _)| *user).collect();
    people.len() < one.asked.len()
}

async fn write(tx: &mut Tx, planned: Planned, config: &Config, at: i64) -> Result<()> {
    let Planned { heads, queues, decisions, known } = planned;
    let fresh: Vec<store::offer::New> = decisions
        .iter()
        .filter(|decision| !decision.joins && !decision.chosen.is_empty())
        .map(|decision| store::offer::New {
            interaction_id: decision.interaction.0,
            queue_id: decision.queue.0,
            single: decision.single(),
            starts_at: at,
            ends_at: millis(decision.ends_at),
        })
        .collect();
    let mut offer_of: BTreeMap<i64, i64> = BTreeMap::new();
    if !fresh.is_empty() {
        for made in store::offer::add(tx, &fresh).await? {
            offer_of.insert(made.interaction_id, made.id);
        }
    }
    let joined: Vec<i64> = decisions.iter().filter(|one| one.joins).map(|one| one.interaction.0).collect();
    if !joined.is_empty() {
        // Somebody may just accept one of them: only what is still open then can be joined.
        store::interaction::lock_all(tx, &joined).await?;
        for offer in store::offer::open_of(tx, &joined).await? {
            offer_of.insert(offer.interaction_id, offer.id);
        }
    }
    let mut cards = Vec::new();
    let mut timers = Vec::new();
    let mut events = Vec::new();
    let mut notices = Vec::new();
    let mut asked = BTreeSet::new();
    for decision in &decisions {
        let Some(offer_id) = offer_of.get(&decision.interaction.0).copied() else {
            if rejected_by_all(decision) && !known.contains(&decision.interaction.0) {
                // For those who supervise: it goes on being offered, but nobody wants it.
                let facts = event::Facts { what: Some("nobody_accepts".to_owned()), ..event::Facts::default() };
                let id = decision.interaction.0;
                events.push(event::New::on(event::Kind::Interaction, id, id).facts(facts));
                let seen = heads.iter().find(|head| head.id == id).map(store::interaction::Interaction::seen);
                let supervisors = seen.map(|seen| notice::supervisors(config, &seen)).unwrap_or_default();
                notices.push(Notice::on(id, Kind::NobodyAccepts, supervisors));
            }
            continue;
        };
        let users: Vec<i64> = decision.chosen.iter().map(|user| user.0).collect();
        asked.extend(users.iter().copied());
        cards.extend(users.iter().map(|user| store::offer::NewCard {
            offer_id,
            user_id: *user,
            interaction_id: decision.interaction.0,
        }));
        if !decision.joins {
            timers.push(store::timer::New {
                kind: "offer",
                subject: offer_id,
                armed: 0,
                due_at: millis(decision.ends_at),
            });
        }
        events.push(
            event::New::on(event::Kind::Offer, decision.interaction.0, offer_id)
                .facts(event::Facts { users, ..event::Facts::default() }),
        );
    }
    notice::tell(tx, at, &notices, &mut events).await?;
    store::offer::add_cards(tx, &cards, at).await?;
    store::offer::add_decisions(tx, &decisions, at).await?;
    store::timer::arm(tx, &timers).await?;
    let asked: Vec<i64> = asked.into_iter().collect();
    store::presence::asked(tx, &asked, at).await?;
    for (queue, _) in queues.iter().filter(|(_, queue)| queue.strategy == routing::Strategy::RoundRobin) {
        let in_turn = |one: &&Decision| one.queue == *queue && one.tie_break == Some(TieBreak::NextInOrder);
        let last = decisions.iter().rev().find(in_turn).and_then(|one| one.chosen.last());
        if let Some(last) = last {
            store::offer::remember_asked(tx, queue.0, last.0).await?;
        }
    }
    let mut offered = Vec::new();
    for mut interaction in heads.into_iter().filter(|head| offer_of.contains_key(&head.id)) {
        let mut rules = interaction.rules()?;
        if rules.offered() {
            interaction.adopt(&rules);
            events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id));
            offered.push(interaction);
        }
    }
    if store::interaction::save(tx, &offered).await? != offered.len() as u64 {
        return Err(pronto_db::Error::Retry.into());
    }
    event::append(tx, &events, at).await?;
    Ok(())
}

/// Whether nobody is left to be asked because all who could have said no a moment ago.
fn rejected_by_all(decision: &Decision) -> bool {
    decision.chosen.is_empty() && decision.skipped.iter().any(|(_, why)| *why == Skip::AskedRecently)
}
