//! Who is offered what. A pure function from the heads of the queues and the agents to offers, each with its trace.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, InteractionId, QueueId, UserId};
use crate::message::words;
use crate::presence::Declared;

words! {
    /// How a queue chooses.
    Strategy {
        /// All at once; the first to accept wins.
        BeepAll = "beep_all",
        /// The next in order after the one last asked.
        RoundRobin = "round_robin",
        /// Whoever was asked longest ago.
        LeastRecent = "least_recent",
        /// Whoever has the fewest open.
        FewestOpen = "fewest_open",
    }
}

words! {
    /// Why somebody was not asked.
    Skip {
        Offline = "offline", Paused = "paused", AtCapacity = "at_capacity", NotOnAccount = "not_on_account",
        AskedRecently = "asked_recently", HasOffer = "has_offer",
        /// Has just closed one, and has some time to write it up.
        WrapUp = "wrap_up",
        /// Others have been asked less often.
        AfterOthers = "after_others",
    }
}

words! {
    /// What decided among those who were free.
    TieBreak {
        All = "all", NextInOrder = "next_in_order", LongestIdle = "longest_idle", FewestOpen = "fewest_open",
        LastAgent = "last_agent",
    }
}

/// The most cards an agent without a limit is shown at a time.
pub const PENDING_AT_MOST: i64 = 5;
/// Who rejected or let expire is not asked again before this.
pub const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(60);

/// A queue as routing sees it.
#[derive(Clone, Debug)]
pub struct Queue {
    pub id: QueueId,
    pub strategy: Strategy,
    pub agent_timeout_s: i64,
    /// 0–10, higher first.
    pub weight: i64,
    /// Seconds within which an interaction should be accepted; 0 = none.
    pub service_level_s: i64,
    pub last_agent_first: bool,
    pub members: Vec<UserId>,
    /// Whom round-robin asked last.
    pub last_asked: Option<UserId>,
}

/// An agent as routing sees them.
#[derive(Clone, Debug)]
pub struct Agent {
    pub user: UserId,
    /// The effective state.
    pub state: Declared,
    /// Interactions that count against the capacity.
    pub open: i64,
    /// Offers to them alone that are pending; these count too.
    pub pending_single: i64,
    /// All cards on their screen.
    pub pending: i64,
    /// 0 = no limit.
    pub capacity: i64,
    pub accounts: BTreeSet<AccountId>,
    /// When any queue last asked them.
    pub last_asked_at: Option<Timestamp>,
    /// In wrap-up until then.
    pub busy_until: Option<Timestamp>,
}

impl Agent {
    /// How many more cards may be put before them.
    pub fn room(&self) -> i64 {
        let cards = PENDING_AT_MOST - self.pending;
        if self.capacity == 0 { cards } else { cards.min(self.capacity - self.open - self.pending_single) }
    }
}

/// An interaction at the head of a queue.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub interaction: InteractionId,
    pub account: AccountId,
    pub queue: QueueId,
    /// When its oldest unanswered customer message came.
    pub since: Timestamp,
    /// Who was asked since it waits and did not accept, and when that ended; once for each time.
    pub asked: Vec<(UserId, Timestamp)>,
    /// Who has a card of it now.
    pub pending: Vec<UserId>,
    /// Whether that offer is to one alone, so that nobody joins it.
    pub pending_single: bool,
    /// When the open offer ends, where there is one.
    pub pending_until: Option<Timestamp>,
    /// Who handled this customer last.
    pub last_agent: Option<UserId>,
}

/// One decision, with all that led to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub interaction: InteractionId,
    pub queue: QueueId,
    pub strategy: Strategy,
    /// Empty when nobody could be asked.
    pub chosen: Vec<UserId>,
    pub skipped: Vec<(UserId, Skip)>,
    pub tie_break: Option<TieBreak>,
    /// Whether those chosen join an offer that is already open.
    pub joins: bool,
    pub ends_at: Timestamp,
}

impl Decision {
    /// Whether it is offered to one alone: all queues do but those that ring everybody, and those too begin with the
    /// last agent where they are told to.
    pub fn single(&self) -> bool {
        self.strategy != Strategy::BeepAll || self.tie_break == Some(TieBreak::LastAgent)
    }
}

/// After this an interaction counts as late even in a queue that promises nothing: else it would starve behind queues
/// that never keep their promise.
pub const PATIENCE_S: i64 = 3_600;

/// The order in which waiting interactions are served: service level breached first, then weight with ageing, then
/// age. A minute of waiting is worth a point of weight, so that nothing starves.
pub fn order(waiting: &mut [Waiting], queues: &BTreeMap<QueueId, Queue>, now: Timestamp) {
    waiting.sort_by_key(|one| {
        let age = now.duration_since(one.since).as_secs().max(0);
        let queue = queues.get(&one.queue);
        let promised = queue.map_or(0, |queue| queue.service_level_s);
        let breached = age >= if promised > 0 { promised } else { PATIENCE_S };
        let weight = queue.map_or(0, |q| q.weight) * 60 + age;
        (!breached, -weight, one.since, one.interaction)
    });
}

/// Decides on every interaction given, in order. What an earlier one takes, a later one cannot have: open plus
/// pending never exceeds an agent's capacity.
pub fn plan(
    queues: &BTreeMap<QueueId, Queue>,
    agents: &mut BTreeMap<UserId, Agent>,
    waiting: &mut [Waiting],
    now: Timestamp,
) -> Vec<Decision> {
    order(waiting, queues, now);
    let mut last_asked: BTreeMap<QueueId, Option<UserId>> =
        queues.iter().map(|(id, queue)| (*id, queue.last_asked)).collect();
    waiting
        .iter()
        .filter_map(|one| {
            let queue = queues.get(&one.queue)?;
            let last = last_asked.entry(queue.id).or_default();
            decide(queue, last, agents, one, now)
        })
        .collect()
}

fn decide(
    queue: &Queue,
    last_asked: &mut Option<UserId>,
    agents: &mut BTreeMap<UserId, Agent>,
    one: &Waiting,
    now: Timestamp,
) -> Option<Decision> {
    let joins = !one.pending.is_empty();
    if joins && (queue.strategy != Strategy::BeepAll || one.pending_single) {
        return None;
    }
    let times = |user: &UserId| one.asked.iter().filter(|(asked, _)| asked == user).count();
    let mut skipped = Vec::new();
    let mut willing = Vec::new();
    for user in &queue.members {
        let Some(agent) = agents.get(user) else {
            skipped.push((*user, Skip::Offline));
            continue;
        };
        let asked = one.asked.iter().filter(|(asked, _)| asked == user).map(|(_, at)| *at).max();
        match may_ask(agent, one, asked, now) {
            Err(why) => skipped.push((*user, why)),
            Ok(()) => willing.push(*user),
        }
    }
    // Who was asked before comes after all others; while these still have it before them, nobody is asked twice.
    let round = if joins { one.pending.iter().map(times).max() } else { willing.iter().map(times).min() };
    let round = round.unwrap_or(0);
    let (free, later): (Vec<UserId>, Vec<UserId>) = willing.into_iter().partition(|user| times(user) <= round);
    skipped.extend(later.into_iter().map(|user| (user, Skip::AfterOthers)));
    let (chosen, tie_break) = choose(queue, *last_asked, agents, one, &free);
    if joins && chosen.is_empty() {
        return None;
    }
    let tie_break = tie_break.filter(|_| !chosen.is_empty());
    let single = queue.strategy != Strategy::BeepAll || tie_break == Some(TieBreak::LastAgent);
    for user in &chosen {
        if let Some(agent) = agents.get_mut(user) {
            agent.pending += 1;
            agent.pending_single += i64::from(single);
            agent.last_asked_at = Some(now);
        }
        // Being asked out of turn does not move the turn.
        if tie_break != Some(TieBreak::LastAgent) {
            *last_asked = Some(*user);
        }
    }
    let timeout = SignedDuration::from_secs(queue.agent_timeout_s.max(1));
    let ends_at = one.pending_until.filter(|_| joins).unwrap_or(now.checked_add(timeout).unwrap_or(Timestamp::MAX));
    Some(Decision {
        interaction: one.interaction,
        queue: queue.id,
        strategy: queue.strategy,
        tie_break,
        chosen,
        skipped,
        joins,
        ends_at,
    })
}

fn may_ask(agent: &Agent, one: &Waiting, asked: Option<Timestamp>, now: Timestamp) -> Result<(), Skip> {
    match agent.state {
        Declared::Offline => return Err(Skip::Offline),
        Declared::Paused => return Err(Skip::Paused),
        Declared::Available => {}
    }
    if !agent.accounts.contains(&one.account) {
        return Err(Skip::NotOnAccount);
    }
    if one.pending.contains(&agent.user) {
        return Err(Skip::HasOffer);
    }
    if agent.busy_until.is_some_and(|until| now < until) {
        return Err(Skip::WrapUp);
    }
    if asked.is_some_and(|at| now.duration_since(at) < ASK_AGAIN_AFTER) {
        return Err(Skip::AskedRecently);
    }
    if agent.room() <= 0 {
        return Err(Skip::AtCapacity);
    }
    Ok(())
}

fn choose(
    queue: &Queue,
    last_asked: Option<UserId>,
    agents: &BTreeMap<UserId, Agent>,
    one: &Waiting,
    free: &[UserId],
) -> (Vec<UserId>, Option<TieBreak>) {
    let known = |user: &&UserId| agents.contains_key(*user);
    if queue.last_agent_first
        && one.asked.is_empty()
        && one.pending.is_empty()
        && let Some(last) = one.last_agent.filter(|last| free.contains(last))
    {
        return (vec![last], Some(TieBreak::LastAgent));
    }
    let (user, why) = match queue.strategy {
        Strategy::BeepAll => return (free.to_vec(), Some(TieBreak::All)),
        Strategy::RoundRobin => {
            let place = last_asked.and_then(|last| queue.members.iter().position(|member| *member == last));
            let start = place.map_or(0, |place| place + 1);
            let (before, after) = queue.members.split_at(start.min(queue.members.len()));
            (after.iter().chain(before).find(|member| free.contains(member)), TieBreak::NextInOrder)
        }
        Strategy::LeastRecent => (
            free.iter().filter(known).min_by_key(|user| (agents.get(user).and_then(|a| a.last_asked_at), **user)),
            TieBreak::LongestIdle,
        ),
        Strategy::FewestOpen => (
            free.iter().filter(known).min_by_key(|user| {
                let agent = agents.get(user);
                (agent.map(|a| a.open + a.pending_single), agent.and_then(|a| a.last_asked_at), **user)
            }),
            TieBreak::FewestOpen,
        ),
    };
    (user.copied().into_iter().collect(), Some(why))
}
