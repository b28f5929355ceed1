//! Who is asked, on a real database: strategies, capacity, joining, steps, and two nodes that do each thing once.

use std::collections::BTreeMap;

use pronto_desk::work;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::presence::Declared;
use pronto_store as store;
use pronto_testkit::desk::Engine;
use pronto_testkit::on_both;

use crate::bench::eventually;
use crate::world::{MARIA, World, messages};

fn customer(number: usize) -> String {
    format!("3933300{number:05}")
}

on_both! {
    async fn round_robin_remembers_whom_it_asked(world: World) {
        let agents = world.agents(3).await;
        let mut asked = Vec::new();
        for number in 0..6 {
            let interaction = world.writes(&customer(number), "hello").await;
            world.route().await;
            asked.extend(world.ringing(interaction).await);
            world.accept(*asked.last().expect("somebody"), interaction).await.expect("accepted");
            world.later(1).await;
        }
        assert_eq!(asked, [agents.clone(), agents].concat());
    }

    async fn least_recent_and_fewest_open(world: World) {
        let agents = world.agents(3).await;
        world.set("UPDATE queue SET strategy = 'fewest_open'").await;
        let mut owners: BTreeMap<UserId, usize> = BTreeMap::new();
        for number in 0..6 {
            let interaction = world.writes(&customer(number), "hello").await;
            world.route().await;
            let asked = world.ringing(interaction).await[0];
            world.accept(asked, interaction).await.expect("accepted");
            *owners.entry(asked).or_default() += 1;
            world.later(1).await;
        }
        assert_eq!(owners.values().copied().collect::<Vec<_>>(), [2, 2, 2]);
        world.set("UPDATE queue SET strategy = 'least_recent'").await;
        world.set(&format!("UPDATE presence SET last_asked_at = 1 WHERE user_id = {}", agents[1])).await;
        let interaction = world.writes(&customer(9), "hello").await;
        world.route().await;
        assert_eq!(world.ringing(interaction).await, [agents[1]]);
    }

    async fn the_last_agent_comes_first_and_alone(world: World) {
        world.set("UPDATE queue SET strategy = 'beep_all', last_agent_first = TRUE").await;
        let agents = world.agents(3).await;
        let first = world.writes(MARIA, "hello").await;
        world.route().await;
        assert_eq!(world.ringing(first).await, agents);
        world.accept(agents[1], first).await.expect("accepted");
        world.close(agents[1], first).await.expect("closed");
        let second = world.writes(MARIA, "again").await;
        world.route().await;
        assert_eq!(world.ringing(second).await, [agents[1]]);
        world.later(2).await;
        world.route().await;
        assert_eq!(world.ringing(second).await, [agents[1]], "nobody joins a card that is for one alone");
        world.reject(agents[1], second).await.expect("rejected");
        world.route().await;
        assert_eq!(world.ringing(second).await, [agents[0], agents[2]]);
    }

    async fn who_comes_online_joins_what_rings(world: World) {
        world.set("UPDATE queue SET strategy = 'beep_all', agent_timeout_s = 300").await;
        let agents = world.agents(3).await;
        world.declare(agents[2], Declared::Paused).await;
        let interaction = world.writes(MARIA, "hello").await;
        world.route().await;
        assert_eq!(world.ringing(interaction).await, agents[..2]);
        world.later(10).await;
        world.declare(agents[2], Declared::Available).await;
        world.route().await;
        assert_eq!(world.ringing(interaction).await, agents);
        assert_eq!(world.count("SELECT count(*) AS count FROM offer").await, 1, "the same offer");
        // Who said no is not asked again while others have it before them.
        world.reject(agents[0], interaction).await.expect("rejected");
        world.later(100).await;
        world.route().await;
        assert_eq!(world.ringing(interaction).await, agents[1..]);
        // Who paused and came back may: they said nothing.
        world.declare(agents[1], Declared::Paused).await;
        assert_eq!(world.ringing(interaction).await, [agents[2]]);
        world.declare(agents[1], Declared::Available).await;
        world.route().await;
        assert_eq!(world.ringing(interaction).await, agents[1..]);
        world.accept(agents[2], interaction).await.expect("accepted");
        assert!(world.ringing(interaction).await.is_empty());
    }

    async fn open_and_pending_stay_within_the_capacity(world: World) {
        let ann = world.agent("ann", 3).await;
        let free = world.agent("tom", 0).await;
        let bodies: Vec<_> = (0..20).map(|n| messages(&[world.text(&format!("wamid.{n}"), &customer(n), "hello")])).collect();
        world.deliver(&bodies).await;
        world.route().await;
        let pending = async |user: UserId| world.cards(user).await.iter().filter(|(_, state)| state == "pending").count();
        assert_eq!((pending(ann).await, pending(free).await), (3, 5), "no limit: five cards at a time");
        let first = world.cards(ann).await[0].0;
        world.accept(ann, InteractionId(first)).await.expect("accepted");
        world.route().await;
        assert_eq!(pending(ann).await, 2);
        world.route().await;
        assert_eq!((pending(ann).await, pending(free).await), (2, 5));
    }

    async fn an_account_whose_agents_are_away_does_not_hide_anothers(world: World) {
        let sales = world.test.account("sales", "http://127.0.0.1:9").await;
        world.set(&format!("UPDATE account SET default_queue_id = {q}, phone_number_id = '777', flow = '[]' WHERE id = {sales}", q = world.queue)).await;
        let ann = world.agent("ann", 0).await;
        world.set(&format!("DELETE FROM account_member WHERE account_id = {}", world.account)).await;
        // A backlog nobody here may take, all of it older than the one that ann may.
        let bodies: Vec<_> = (0..120).map(|n| messages(&[world.text(&format!("wamid.{n}"), &customer(n), "hello")])).collect();
        world.deliver(&bodies).await;
        world.later(60).await;
        world.set(&format!("INSERT INTO address (account_id, key, version, created_at) VALUES ({sales}, 'x', 1, 0)")).await;
        world.set(&format!("INSERT INTO interaction (account_id, address_id, state, queue_id, flow_step, flow_ended, controller, epoch,
            started_at, waiting_since, customer, last_at, unread, marked_unread, unmanaged, unanswered_since, read_through, message_count, tags, version)
            SELECT account_id, id, 'waiting', {q}, 0, TRUE, 'queue', 1, {now}, {now}, 'X', {now}, 0, FALSE, 0, {now}, 0, 0, '[]', 1 FROM address WHERE key = 'x'",
            q = world.queue, now = store::millis(world.now()))).await;
        world.route().await;
        assert_eq!(world.cards(ann).await.len(), 1);
    }

    async fn a_step_that_times_out_leads_on_and_in_the_end_it_is_still_offered(world: World) {
        let sales = world.test.account("sales", "http://127.0.0.1:9").await;
        let second = world.desk().config().accounts.get(&sales).expect("sales").row.default_queue_id;
        let flow = format!(r#"[{{"type":"queue","queue_id":{},"timeout_s":100}},{{"type":"queue","queue_id":{second},"timeout_s":50}}]"#, world.queue);
        world.set(&format!("UPDATE account SET flow = '{flow}', phone_number_id = 'x' || phone_number_id WHERE id = {sales}")).await;
        world.set(&format!("UPDATE account SET flow = '{flow}' WHERE id = {}", world.account)).await;
        let ann = world.agent("ann", 0).await;
        let bob = world.test.agent("bob").await;
        world.set(&format!("INSERT INTO queue_member (queue_id, user_id, team_id) VALUES ({second}, {bob}, 0)")).await;
        let interaction = world.writes(MARIA, "hello").await;
        world.later(80).await;
        world.route().await;
        assert_eq!(world.ringing(interaction).await, [ann]);
        world.later(20).await;
        world.timers().await;
        let row = world.row(interaction).await;
        assert_eq!((row.state.as_str(), row.queue_id, row.flow_step), ("waiting", Some(second), 1));
        assert_eq!(world.cards(ann).await, [(interaction.0, "withdrawn".to_owned())], "the first queue's cards go with it");
        world.later(50).await;
        world.timers().await;
        let row = world.row(interaction).await;
        assert_eq!((row.state.as_str(), row.queue_id, row.flow_ended), ("unassigned", Some(world.queue), true));
        world.route().await;
        assert_eq!(world.ringing(interaction).await, [ann], "nothing is lost: the default queue goes on offering it");
        assert_eq!(world.row(interaction).await.state, "offered");
        world.reject(ann, interaction).await.expect("rejected");
        assert_eq!(world.row(interaction).await.state, "unassigned");
        world.accept(ann, interaction).await.expect_err("not before it is offered again");
    }

    async fn a_step_entered_again_has_its_whole_time(world: World) {
        let flow = format!(r#"[{{"type":"queue","queue_id":{},"timeout_s":100}}]"#, world.queue);
        world.set(&format!("UPDATE account SET flow = '{flow}'")).await;
        let ann = world.agent("ann", 0).await;
        let interaction = world.writes(MARIA, "hello").await;
        world.route().await;
        world.accept(ann, interaction).await.expect("accepted");
        world.declare(ann, Declared::Paused).await;
        world.later(60).await;
        world.give_back(ann, interaction).await.expect("given back");
        world.later(45).await;
        world.timers().await;
        assert_eq!(world.row(interaction).await.state, "waiting", "the first time's timer is none of its business");
        world.later(56).await;
        world.timers().await;
        assert_eq!(world.row(interaction).await.state, "unassigned");
    }

    async fn why_nobody_was_asked_is_noted_once(world: World) {
        let ann = world.agent("ann", 1).await;
        world.declare(ann, Declared::Paused).await;
        let interaction = world.writes(MARIA, "hello").await;
        for _ in 0..4 {
            world.route().await;
            world.later(1).await;
        }
        let why = store::offer::decisions(&mut world.test.look().await, interaction.0).await.expect("decisions");
        assert_eq!(why.len(), 1);
        let skipped: Vec<_> = why[0].trace.0.skipped.iter().map(|(user, why)| (*user, why.as_str())).collect();
        assert_eq!(skipped, [(ann, "paused")]);
        world.declare(ann, Declared::Available).await;
        world.route().await;
        let why = store::offer::decisions(&mut world.test.look().await, interaction.0).await.expect("decisions");
        assert_eq!((why.len(), why[0].trace.0.chosen.clone()), (2, vec![ann]));
    }

    async fn after_closing_there_is_time_to_write_it_up(world: World) {
        world.set("UPDATE queue SET wrap_up_s = 30").await;
        let ann = world.agent("ann", 0).await;
        let first = world.writes(&customer(1), "hello").await;
        world.route().await;
        world.accept(ann, first).await.expect("accepted");
        world.close(ann, first).await.expect("closed");
        let second = world.writes(&customer(2), "hello").await;
        world.route().await;
        assert!(world.ringing(second).await.is_empty());
        let why = store::offer::decisions(&mut world.test.look().await, second.0).await.expect("decisions");
        assert_eq!(why[0].trace.0.skipped[0].1.as_str(), "wrap_up");
        world.later(30).await;
        world.route().await;
        assert_eq!(world.ringing(second).await, [ann]);
        assert_eq!(world.told(ann).await.handled_today, 1);
    }

    async fn a_lost_connection_is_offline_after_its_grace(world: World) {
        let ann = world.agent("ann", 0).await;
        let tom = world.agent("tom", 0).await;
        let interaction = world.writes(MARIA, "hello").await;
        world.route().await;
        assert_eq!(world.ringing(interaction).await, [ann]);
        tokio::spawn(work::presence::run(world.desk().clone(), world.stop()));
        // The card stays for the grace time: 45 seconds of lease and 120 of grace.
        world.set("UPDATE offer SET ends_at = ends_at + 1000000").await;
        world.test.advance(164);
        world.set(&format!("UPDATE presence SET seen_at = {} WHERE user_id = {tom}", store::millis(world.now()))).await;
        assert_eq!(world.ringing(interaction).await, [ann]);
        world.test.advance(1);
        eventually("ann is offline", async || world.told(ann).await.told == "offline").await;
        assert_eq!(world.cards(ann).await, [(interaction.0, "withdrawn".to_owned())]);
        world.route().await;
        assert_eq!(world.ringing(interaction).await, [tom]);
        // Back within the lease of a new connection, with what was declared.
        world.set(&format!("UPDATE presence SET seen_at = {} WHERE user_id = {ann}", store::millis(world.now()))).await;
        eventually("ann is back", async || world.told(ann).await.told == "available").await;
    }

    async fn several_nodes_do_each_thing_once(world: World) {
        if world.desk().db().engine() == Engine::Sqlite {
            // One file, one node.
            return;
        }
        let agents = world.agents(4).await;
        let other = world.test.another().await;
        for desk in [world.desk().clone(), other] {
            tokio::spawn(work::ledger::run(desk.clone(), world.stop()));
            tokio::spawn(work::routing::run(desk.clone(), world.stop()));
            tokio::spawn(work::timers::run(desk, world.stop()));
        }
        let bodies: Vec<_> = (0..40).map(|n| messages(&[world.text(&format!("wamid.{n}"), &customer(n % 10), "hello")])).collect();
        for chunk in bodies.chunks(7) {
            world.deliver(chunk).await;
        }
        world.recount().await;
        assert_eq!(world.count("SELECT count(*) AS count FROM message").await, 40);
        assert_eq!(world.all().await.len(), 10);
        eventually("all ten are offered", async || world.all().await.iter().all(|row| row.state == "offered")).await;
        assert_eq!(world.count("SELECT count(*) AS count FROM offer").await, 10);
        world.later(30).await;
        eventually("each lapsed once and is offered to another", async || {
            world.count("SELECT count(*) AS count FROM offer WHERE result = 'expired'").await == 10
                && world.count("SELECT count(*) AS count FROM offer WHERE open").await == 10
        }).await;
        for agent in &agents {
            assert_eq!(world.told(*agent).await.lapsed_in_a_row, 1, "what lapses at one moment is one silence");
        }
        assert_eq!(world.count("SELECT count(*) AS count FROM offer_agent WHERE state = 'pending'").await, 10);
    }
}
