//! Who is offered what, for any queues, agents and arrivals.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use pronto_domain::id::{AccountId, InteractionId, QueueId, UserId};
use pronto_domain::presence::Declared;
use pronto_domain::routing::{
    ASK_AGAIN_AFTER, Agent, PENDING_AT_MOST, Queue, Skip, Strategy, TieBreak, Waiting, order, plan,
};
use proptest::prelude::*;

fn now() -> Timestamp {
    Timestamp::from_second(1_770_000_000).expect("an instant")
}

fn ago(seconds: i64) -> Timestamp {
    now() - SignedDuration::from_secs(seconds)
}

#[derive(Clone, Debug)]
struct World {
    queues: BTreeMap<QueueId, Queue>,
    agents: BTreeMap<UserId, Agent>,
    waiting: Vec<Waiting>,
}

fn strategy() -> impl proptest::strategy::Strategy<Value = Strategy> {
    prop::sample::select(Strategy::ALL.to_vec())
}

prop_compose! {
    fn a_queue(id: i64)(
        strategy in strategy(), weight in 0_i64..11, service_level_s in prop_oneof![Just(0_i64), 10_i64..600],
        last_agent_first: bool, members in prop::collection::btree_set(1_i64..9, 0..8), last in prop::option::of(1_i64..9),
    ) -> Queue {
        Queue { id: QueueId(id), strategy, agent_timeout_s: 30, weight, service_level_s, last_agent_first,
            members: members.into_iter().map(UserId).collect(), last_asked: last.map(UserId) }
    }
}

prop_compose! {
    fn an_agent(id: i64)(
        state in prop::sample::select(vec![Declared::Available, Declared::Available, Declared::Paused, Declared::Offline]),
        capacity in 0_i64..6, open in 0_i64..6, single in 0_i64..3, beeping in 0_i64..4, accounts in prop::collection::btree_set(1_i64..4, 0..4),
        asked in prop::option::of(0_i64..500), busy in prop::option::weighted(0.1, 1_i64..60),
    ) -> Agent {
        Agent { user: UserId(id), state, open, pending_single: single, pending: single + beeping, capacity,
            accounts: accounts.into_iter().map(AccountId).collect(), last_asked_at: asked.map(ago),
            busy_until: busy.map(|seconds| now() + SignedDuration::from_secs(seconds)) }
    }
}

prop_compose! {
    fn an_interaction(id: i64)(
        account in 1_i64..4, queue in 1_i64..4, since in 0_i64..5_000, last_agent in prop::option::of(1_i64..9),
        asked in prop::collection::vec((1_i64..9, 0_i64..200), 0..5), pending in prop::option::weighted(0.2, 1_i64..9), pending_single: bool,
    ) -> Waiting {
        Waiting { interaction: InteractionId(id), account: AccountId(account), queue: QueueId(queue), since: ago(since),
            asked: asked.into_iter().map(|(user, at)| (UserId(user), ago(at))).collect(),
            pending: pending.map(UserId).into_iter().collect(), pending_single,
            pending_until: pending.map(|_| now() + SignedDuration::from_secs(20)), last_agent: last_agent.map(UserId) }
    }
}

fn world() -> impl proptest::strategy::Strategy<Value = World> {
    let queues = (a_queue(1), a_queue(2), a_queue(3));
    let agents: Vec<_> = (1..9).map(an_agent).collect();
    let waiting: Vec<_> = (1..13).map(an_interaction).collect();
    proptest::strategy::Strategy::prop_map((queues, agents, waiting), |((a, b, c), agents, waiting)| World {
        queues: [a, b, c].into_iter().map(|queue| (queue.id, queue)).collect(),
        agents: agents.into_iter().map(|agent| (agent.user, agent)).collect(),
        waiting,
    })
}

proptest! {
    #[test]
    fn only_who_may_is_asked_and_never_more_than_fit(world in world()) {
        let mut agents = world.agents.clone();
        let mut waiting = world.waiting.clone();
        let decisions = plan(&world.queues, &mut agents, &mut waiting, now());
        let of: BTreeMap<InteractionId, &Waiting> = world.waiting.iter().map(|one| (one.interaction, one)).collect();
        let mut decided = BTreeSet::new();
        for decision in &decisions {
            prop_assert!(decided.insert(decision.interaction), "decided once");
            let one = of[&decision.interaction];
            let queue = &world.queues[&decision.queue];
            prop_assert_eq!(one.queue, decision.queue);
            prop_assert_eq!(decision.joins, !one.pending.is_empty());
            if decision.joins {
                prop_assert!(queue.strategy == Strategy::BeepAll && !one.pending_single && !decision.chosen.is_empty());
                prop_assert_eq!(Some(decision.ends_at), one.pending_until);
            }
            prop_assert!(!decision.single() || decision.chosen.len() <= 1);
            let times = |user: &UserId| one.asked.iter().filter(|(asked, _)| asked == user).count();
            for user in &decision.chosen {
                let agent = &world.agents[user];
                prop_assert!(queue.members.contains(user) && agent.state == Declared::Available);
                prop_assert!(agent.accounts.contains(&one.account) && agent.busy_until.is_none());
                prop_assert!(!one.pending.contains(user), "no second card");
                for (asked, ended) in &one.asked {
                    prop_assert!(asked != user || now().duration_since(*ended) >= ASK_AGAIN_AFTER, "not before sixty seconds");
                }
            }
            // Everybody of the queue was asked or has a reason not to be, where one decides on all; who was asked less
            // often is never passed over for who was asked more often.
            for (user, why) in &decision.skipped {
                prop_assert!(!decision.chosen.contains(user) && queue.members.contains(user));
                if *why == Skip::AfterOthers && !decision.joins {
                    prop_assert!(decision.chosen.iter().all(|chosen| times(chosen) < times(user)));
                }
            }
            if queue.strategy == Strategy::BeepAll && !decision.single() {
                prop_assert_eq!(decision.chosen.len() + decision.skipped.len(), queue.members.len(), "all who are free ring");
            }
            if decision.chosen.is_empty() {
                prop_assert_eq!(decision.skipped.len(), queue.members.len(), "nobody is left out without a reason");
            }
        }
        for (user, after) in &agents {
            let before = &world.agents[user];
            let cards = decisions.iter().filter(|one| one.chosen.contains(user)).count();
            let single = decisions.iter().filter(|one| one.single() && one.chosen.contains(user)).count();
            prop_assert_eq!(after.pending - before.pending, i64::try_from(cards).expect("small"));
            prop_assert_eq!(after.pending_single - before.pending_single, i64::try_from(single).expect("small"));
            if cards > 0 {
                prop_assert!(after.pending <= PENDING_AT_MOST);
                prop_assert!(after.capacity == 0 || after.open + after.pending_single <= after.capacity, "capacity");
            }
        }
    }

    #[test]
    fn the_same_is_decided_again_whatever_order_it_comes_in(world in world(), turn in 0_usize..12) {
        let decide = |mut waiting: Vec<Waiting>| {
            let mut agents = world.agents.clone();
            plan(&world.queues, &mut agents, &mut waiting, now())
        };
        let mut turned = world.waiting.clone();
        turned.rotate_left(turn);
        prop_assert_eq!(decide(world.waiting.clone()), decide(turned));
    }

    #[test]
    fn the_service_level_first_then_weight_with_ageing(world in world()) {
        let mut waiting = world.waiting.clone();
        order(&mut waiting, &world.queues, now());
        let late = |one: &Waiting| {
            let promised = world.queues[&one.queue].service_level_s;
            now().duration_since(one.since).as_secs() >= if promised > 0 { promised } else { 3_600 }
        };
        let worth = |one: &Waiting| world.queues[&one.queue].weight * 60 + now().duration_since(one.since).as_secs();
        for pair in waiting.windows(2) {
            prop_assert!(late(&pair[0]) >= late(&pair[1]));
            if late(&pair[0]) == late(&pair[1]) {
                prop_assert!(worth(&pair[0]) >= worth(&pair[1]));
            }
        }
    }

    /// Whatever comes in and however slowly it is served, everything is served within a bounded time: an interaction
    /// waits at most its patience, the weight's ten minutes, and for those that were there or came within that time.
    #[test]
    fn nothing_starves(
        arrivals in prop::collection::vec(prop::collection::vec((1_i64..4, 0_i64..1), 0..3), 150),
        weights in (0_i64..11, 0_i64..11, 0_i64..11), levels in (prop_oneof![Just(0_i64), 30_i64..300], prop_oneof![Just(0_i64), 30_i64..300]),
    ) {
        let queue = |id: i64, weight: i64, level: i64| Queue { id: QueueId(id), strategy: Strategy::RoundRobin, agent_timeout_s: 30, weight,
            service_level_s: level, last_agent_first: false, members: vec![UserId(1)], last_asked: None };
        let queues: BTreeMap<QueueId, Queue> = [queue(1, weights.0, levels.0), queue(2, weights.1, levels.1), queue(3, weights.2, 0)]
            .into_iter().map(|queue| (queue.id, queue)).collect();
        // One of each step's minute is served; at most two come.
        let mut waiting: Vec<Waiting> = Vec::new();
        let mut next = 0;
        for (minute, come) in arrivals.iter().enumerate() {
            let time = now() + SignedDuration::from_mins(i64::try_from(minute).expect("small"));
            for (queue, _) in come {
                next += 1;
                waiting.push(Waiting { interaction: InteractionId(next), account: AccountId(1), queue: QueueId(*queue), since: time,
                    asked: Vec::new(), pending: Vec::new(), pending_single: false, pending_until: None, last_agent: None });
            }
            order(&mut waiting, &queues, time);
            if !waiting.is_empty() {
                let served = waiting.remove(0);
                // Whatever is overtaken is overtaken only by what came less than its patience and ten minutes later.
                for left in &waiting {
                    let later = served.since.duration_since(left.since);
                    prop_assert!(later <= SignedDuration::from_secs(3_600 + 600), "{served:?} before {left:?}");
                }
            }
        }
    }
}

fn agent(id: i64) -> Agent {
    Agent {
        user: UserId(id),
        state: Declared::Available,
        open: 0,
        pending_single: 0,
        pending: 0,
        capacity: 0,
        accounts: BTreeSet::from([AccountId(1)]),
        last_asked_at: None,
        busy_until: None,
    }
}

fn queue(strategy: Strategy, members: i64) -> Queue {
    Queue {
        id: QueueId(1),
        strategy,
        agent_timeout_s: 30,
        weight: 0,
        service_level_s: 0,
        last_agent_first: false,
        members: (1..=members).map(UserId).collect(),
        last_asked: None,
    }
}

fn waits(id: i64) -> Waiting {
    Waiting {
        interaction: InteractionId(id),
        account: AccountId(1),
        queue: QueueId(1),
        since: ago(10),
        asked: Vec::new(),
        pending: Vec::new(),
        pending_single: false,
        pending_until: None,
        last_agent: None,
    }
}

/// Decides on one interaction and answers who was chosen.
fn chosen(queue: &Queue, agents: &BTreeMap<UserId, Agent>, one: &Waiting) -> (Vec<i64>, Option<TieBreak>) {
    let queues = BTreeMap::from([(queue.id, queue.clone())]);
    let decision = plan(&queues, &mut agents.clone(), &mut [one.clone()], now()).pop();
    let decision = decision.map(|decision| (decision.chosen.iter().map(|user| user.0).collect(), decision.tie_break));
    decision.unwrap_or_default()
}

fn agents(count: i64) -> BTreeMap<UserId, Agent> {
    (1..=count).map(|id| (UserId(id), agent(id))).collect()
}

#[test]
fn round_robin_is_fair_and_remembers() {
    let queues = BTreeMap::from([(QueueId(1), queue(Strategy::RoundRobin, 4))]);
    let mut agents = agents(4);
    let mut waiting: Vec<Waiting> = (1..=12).map(waits).collect();
    let asked: Vec<i64> = plan(&queues, &mut agents, &mut waiting, now()).iter().map(|one| one.chosen[0].0).collect();
    assert_eq!(asked, [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4], "within one run");
    let mut remembered = queue(Strategy::RoundRobin, 4);
    remembered.last_asked = Some(UserId(3));
    assert_eq!(chosen(&remembered, &self::agents(4), &waits(1)).0, [4], "and from one to the next");
    remembered.last_asked = Some(UserId(77));
    assert_eq!(chosen(&remembered, &self::agents(4), &waits(1)).0, [1], "somebody who left is no place to go on from");
    let mut away = self::agents(4);
    away.get_mut(&UserId(2)).expect("two").state = Declared::Paused;
    remembered.last_asked = Some(UserId(1));
    assert_eq!(chosen(&remembered, &away, &waits(1)).0, [3]);
}

#[test]
fn least_recent_and_fewest_open() {
    let mut team = agents(3);
    for (id, seconds, open) in [(1, 10, 0), (2, 300, 2), (3, 200, 1)] {
        let one = team.get_mut(&UserId(id)).expect("there");
        one.last_asked_at = Some(ago(seconds));
        one.open = open;
    }
    assert_eq!(chosen(&queue(Strategy::LeastRecent, 3), &team, &waits(1)), (vec![2], Some(TieBreak::LongestIdle)));
    assert_eq!(chosen(&queue(Strategy::FewestOpen, 3), &team, &waits(1)), (vec![1], Some(TieBreak::FewestOpen)));
    team.get_mut(&UserId(1)).expect("one").pending_single = 2;
    assert_eq!(chosen(&queue(Strategy::FewestOpen, 3), &team, &waits(1)).0, [3], "a card is as good as held");
    team.get_mut(&UserId(3)).expect("three").last_asked_at = None;
    assert_eq!(chosen(&queue(Strategy::LeastRecent, 3), &team, &waits(1)).0, [3], "never asked is longest ago");
}

#[test]
fn who_was_asked_comes_after_all_others_round_by_round() {
    for strategy in Strategy::ALL.iter().copied().filter(|strategy| *strategy != Strategy::BeepAll) {
        let mut one = waits(1);
        let mut last = None;
        let mut asked = Vec::new();
        for _ in 0..9 {
            let mut queue = queue(strategy, 3);
            queue.last_asked = last;
            let who = UserId(chosen(&queue, &agents(3), &one).0[0]);
            // All said no long ago.
            one.asked.push((who, ago(100)));
            last = Some(who);
            asked.push(who.0);
        }
        for round in asked.chunks(3) {
            assert_eq!(round.iter().collect::<BTreeSet<_>>().len(), 3, "{strategy}: {asked:?}");
        }
    }
}

#[test]
fn the_last_agent_is_asked_first_alone_and_only_once() {
    for strategy in Strategy::ALL.iter().copied() {
        let mut queue = queue(strategy, 3);
        queue.last_agent_first = true;
        let mut one = waits(1);
        one.last_agent = Some(UserId(2));
        assert_eq!(chosen(&queue, &agents(3), &one), (vec![2], Some(TieBreak::LastAgent)), "{strategy}");
        let mut away = agents(3);
        away.get_mut(&UserId(2)).expect("two").state = Declared::Paused;
        assert!(!chosen(&queue, &away, &one).0.contains(&2), "{strategy}");
        one.asked.push((UserId(2), ago(1)));
        let next = chosen(&queue, &agents(3), &one);
        assert!(!next.0.contains(&2) && next.1 != Some(TieBreak::LastAgent), "{strategy}: {next:?}");
    }
}

#[test]
fn an_old_decision_still_reads() {
    let old = r#"{"interaction":1,"queue":2,"strategy":"beep_all","chosen":[3],"skipped":[[4,"paused"],[5,"has_offer"]],
                  "tie_break":"all","joins":false,"ends_at":"2026-03-02T09:00:30Z"}"#;
    let decision: pronto_domain::routing::Decision = serde_json::from_str(old).expect("reads");
    assert_eq!((decision.chosen, decision.skipped.len()), (vec![UserId(3)], 2));
}
