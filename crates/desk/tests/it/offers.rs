//! Offers: who accepts wins, who does not answer is passed over, and nobody holds more than they may.

use std::collections::BTreeSet;

use pronto_desk::Error;
use pronto_desk::act::close::{Close, close};
use pronto_desk::work;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::interaction::Refused;
use pronto_domain::presence::Declared;
use pronto_testkit::on_both;
use tokio::sync::Barrier;

use crate::bench::eventually;
use crate::world::{Logged, MARIA, World, events};

impl World {
    async fn strategy(&self, strategy: &str) {
        self.set(&format!("UPDATE queue SET strategy = '{strategy}' WHERE id = {}", self.queue)).await;
    }

    /// Customers who write one after the other.
    async fn queue_up(&self, count: usize) -> Vec<InteractionId> {
        let mut waiting = Vec::new();
        for number in 0..count {
            waiting.push(self.writes(&format!("3933300{number:05}"), "hello").await);
            self.test.advance(1);
        }
        self.stay().await;
        waiting
    }
}

on_both! {
    async fn of_twenty_who_accept_at_once_one_wins(world: World) {
        world.strategy("beep_all").await;
        let agents = world.agents(20).await;
        let interaction = world.writes(MARIA, "hello").await;
        world.route().await;
        assert_eq!(world.ringing(interaction).await, agents);
        let start = Barrier::new(20);
        let answers = futures_util::future::join_all(agents.iter().map(|agent| async {
            start.wait().await;
            (*agent, world.accept(*agent, interaction).await)
        })).await;
        let winners: Vec<UserId> = answers.iter().filter(|(_, answer)| answer.is_ok()).map(|(agent, _)| *agent).collect();
        assert_eq!(winners.len(), 1);
        let winner = winners[0];
        for (agent, answer) in answers.into_iter().filter(|(agent, _)| *agent != winner) {
            match answer {
                Err(Error::Refused(Refused::Taken { by })) => assert_eq!(by, Some(winner), "{agent} is told who"),
                other => panic!("{agent}: {other:?}"),
            }
            assert_eq!(world.cards(agent).await, [(interaction.0, "taken".to_owned())]);
        }
        let row = world.row(interaction).await;
        assert_eq!((row.state.as_str(), row.owner_id, row.first_owner_id), ("active", Some(winner.0), Some(winner.0)));
        assert_eq!(world.cards(winner).await, [(interaction.0, "accepted".to_owned())]);
        // Every card's end was told to whom it lay before.
        let told = events(&mut world.test.look().await).await;
        let told: BTreeSet<i64> =
            told.iter().filter(|event| event.kind == "offer").flat_map(|event| event.facts.users.clone()).collect();
        assert_eq!(told.len(), 20);
        // Winning twice is winning once.
        let again = world.accept(winner, interaction).await.expect("still theirs");
        assert_eq!(again.version, row.version);
        let lines = world.count("SELECT count(*) AS count FROM message WHERE direction = 'system'").await;
        assert_eq!(lines, 1);
    }

    async fn a_rejection_leads_to_the_next_and_when_all_reject_it_starts_over(world: World) {
        let agents = world.agents(3).await;
        let interaction = world.writes(MARIA, "hello").await;
        for agent in &agents {
            world.route().await;
            assert_eq!(world.ringing(interaction).await, [*agent], "in turn");
            assert_eq!(world.row(interaction).await.state, "offered");
            world.reject(*agent, interaction).await.expect("rejected");
            assert_eq!(world.row(interaction).await.state, "waiting");
            world.later(1).await;
        }
        let decisions = async || world.count("SELECT count(*) AS count FROM decision").await;
        assert_eq!(decisions().await, 3);
        // Nobody is left. That is noted once, not at every look, and those who supervise hear of it.
        for _ in 0..5 {
            world.route().await;
            world.later(1).await;
        }
        assert!(world.ringing(interaction).await.is_empty());
        assert_eq!(decisions().await, 4);
        let told = events(&mut world.test.look().await).await;
        let nobody = |told: &[Logged]| told.iter().filter(|event| event.facts.what.as_deref() == Some("nobody_accepts")).count();
        assert_eq!(nobody(&told), 1);
        // Not before sixty seconds, and then in order again.
        world.later(50).await;
        world.route().await;
        assert!(world.ringing(interaction).await.is_empty(), "58 seconds after the first said no");
        world.later(3).await;
        world.route().await;
        assert_eq!(world.ringing(interaction).await, [agents[0]]);
        // Those who supervise know already.
        for agent in &agents {
            world.route().await;
            world.reject(*agent, interaction).await.expect("rejected");
            world.later(1).await;
        }
        world.route().await;
        assert!(world.ringing(interaction).await.is_empty());
        assert_eq!(nobody(&events(&mut world.test.look().await).await), 1);
    }

    async fn a_card_that_nobody_answers_lapses_and_silence_pauses(world: World) {
        world.set("INSERT INTO setting (key, value, version, updated_at) VALUES ('desk', '{\"not_responding_after\": 2}', 1, 0)").await;
        let ann = world.agent("ann", 0).await;
        let first = world.writes(MARIA, "hello").await;
        world.route().await;
        world.later(29).await;
        world.timers().await;
        assert_eq!(world.ringing(first).await, [ann]);
        world.later(1).await;
        world.timers().await;
        assert!(world.ringing(first).await.is_empty());
        assert_eq!((world.row(first).await.state.as_str(), world.told(ann).await.lapsed_in_a_row), ("waiting", 1));
        world.later(60).await;
        world.route().await;
        world.later(30).await;
        world.timers().await;
        // Twice in a row: no third card, and the sweep says why.
        world.later(60).await;
        world.route().await;
        assert!(world.ringing(first).await.is_empty());
        let config = world.desk().config();
        world.desk().run(&config, |tx, now, config| Box::pin(pronto_desk::act::presence::sweep(tx, now, config))).await.expect("swept");
        let told = world.told(ann).await;
        assert_eq!((told.declared.as_str(), told.reason.as_deref()), ("paused", Some("not_responding")));
        // Back, and counted anew.
        world.declare(ann, Declared::Available).await;
        world.route().await;
        assert_eq!(world.ringing(first).await, [ann]);
        world.accept(ann, first).await.expect("accepted");
        assert_eq!(world.told(ann).await.lapsed_in_a_row, 0);
    }

    async fn what_lapses_side_by_side_is_one_silence(world: World) {
        let ann = world.agent("ann", 0).await;
        for (n, customer) in ["393330000001", "393330000002", "393330000003"].into_iter().enumerate() {
            world.writes(customer, &format!("hello {n}")).await;
            world.route().await;
            world.later(1).await;
        }
        for _ in 0..4 {
            world.later(10).await;
            world.timers().await;
        }
        assert_eq!(world.count("SELECT count(*) AS count FROM offer WHERE result = 'expired'").await, 3);
        assert_eq!(world.told(ann).await.lapsed_in_a_row, 1, "they stood before her together");
        // Who closes something is there.
        world.later(60).await;
        world.route().await;
        let again = world.all().await.into_iter().find(|row| row.state == "offered").expect("offered again");
        world.accept(ann, again.id.into()).await.expect("accepted");
        world.set("UPDATE presence SET lapsed_in_a_row = 2").await;
        world.close(ann, again.id.into()).await.expect("closed");
        assert_eq!(world.told(ann).await.lapsed_in_a_row, 0);
    }

    async fn a_lapse_that_comes_too_late_does_nothing(world: World) {
        let ann = world.agent("ann", 0).await;
        let interaction = world.writes(MARIA, "hello").await;
        world.route().await;
        world.accept(ann, interaction).await.expect("accepted");
        let before = world.row(interaction).await;
        world.later(31).await;
        world.timers().await;
        let after = world.row(interaction).await;
        assert_eq!((after.state, after.version), (before.state, before.version));
        assert_eq!(world.told(ann).await.lapsed_in_a_row, 0);
    }

    async fn at_capacity_the_other_cards_are_taken_back(world: World) {
        world.strategy("beep_all").await;
        let ann = world.agent("ann", 2).await;
        let tom = world.agent("tom", 0).await;
        let waiting = world.queue_up(4).await;
        world.route().await;
        for interaction in &waiting {
            assert_eq!(world.ringing(*interaction).await, [ann, tom], "cards for all do not count");
        }
        world.accept(ann, waiting[0]).await.expect("accepted");
        assert_eq!(world.ringing(waiting[2]).await, [ann, tom], "one more fits");
        world.accept(ann, waiting[1]).await.expect("accepted");
        assert_eq!(world.ringing(waiting[2]).await, [tom]);
        assert_eq!(world.ringing(waiting[3]).await, [tom]);
        assert!(matches!(world.accept(ann, waiting[2]).await, Err(Error::Refused(Refused::NotOffered))));
        world.route().await;
        assert_eq!(world.ringing(waiting[2]).await, [tom], "full agents are not asked");
        // A place is free again: the rest rings here too.
        world.close(ann, waiting[0]).await.expect("closed");
        world.route().await;
        assert_eq!(world.ringing(waiting[2]).await, [ann, tom]);
        // Taking one counts too.
        let by = world.by(ann, waiting[2], false);
        world.take(&by).await.expect("taken");
        assert_eq!(world.ringing(waiting[3]).await, [tom]);
        assert_eq!(world.cards(tom).await.iter().filter(|(_, state)| state == "taken").count(), 3);
    }

    async fn two_accepts_of_one_agent_at_once_do_not_exceed_the_capacity(world: World) {
        world.strategy("beep_all").await;
        let ann = world.agent("ann", 1).await;
        let waiting = world.queue_up(4).await;
        world.route().await;
        let answers = futures_util::future::join_all(waiting.iter().map(|one| world.accept(ann, *one))).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        assert_eq!(world.count("SELECT count(*) AS count FROM interaction WHERE state = 'active'").await, 1);
        assert_eq!(world.count("SELECT count(*) AS count FROM offer_agent WHERE state = 'pending'").await, 0);
        assert_eq!(world.count("SELECT count(*) AS count FROM interaction WHERE state = 'offered'").await, 0);
    }

    async fn who_takes_it_and_who_may(world: World) {
        let ann = world.agent("ann", 0).await;
        let tom = world.agent("tom", 0).await;
        let first = world.writes(MARIA, "hello").await;
        world.route().await;
        assert_eq!(world.ringing(first).await, [ann]);
        let taken = world.take(&world.by(tom, first, false)).await.expect("taken while it rings elsewhere");
        assert_eq!(taken.owner_id, Some(tom.0));
        assert_eq!(world.cards(ann).await, [(first.0, "taken".to_owned())]);
        match world.take(&world.by(ann, first, false)).await {
            Err(Error::Refused(Refused::Taken { by })) => assert_eq!(by, Some(tom)),
            other => panic!("{other:?}"),
        }
        let before = (world.told(ann).await.version, world.told(tom).await.version);
        let taken = world.take(&world.by(ann, first, true)).await.expect("a supervisor may");
        assert_eq!((taken.owner_id, taken.was_with_id, taken.first_owner_id), (Some(ann.0), Some(tom.0), Some(tom.0)));
        let after = (world.told(ann).await.version, world.told(tom).await.version);
        assert!(after.0 > before.0 && after.1 > before.1, "both hold another number now");
        assert!(matches!(world.close(tom, first).await, Err(Error::Refused(Refused::NotOwner { .. }))));
        world.close(ann, first).await.expect("closed");
        assert!(matches!(world.close(ann, first).await, Err(Error::Refused(Refused::Closed))));
        assert!(matches!(world.take(&world.by(ann, first, true)).await, Err(Error::Refused(Refused::Closed))));
    }

    async fn closing_ends_what_rings(world: World) {
        let ann = world.agent("ann", 0).await;
        let first = world.writes(MARIA, "hello").await;
        world.route().await;
        let input = Close { interaction: first, user: UserId(999), supervisor: true, disposition: None, config: world.desk().config() };
        world.desk().run(&input, |tx, now, input| Box::pin(close(tx, now, input))).await.expect("closed");
        assert_eq!(world.cards(ann).await, [(first.0, "withdrawn".to_owned())]);
        assert!(matches!(world.accept(ann, first).await, Err(Error::Refused(Refused::Closed))));
        let row = world.row(first).await;
        assert_eq!((row.unread, row.unmanaged, row.unanswered_since), (0, 0, None));
    }

    async fn given_back_it_waits_again_marked_with_whom_it_was(world: World) {
        let ann = world.agent("ann", 0).await;
        let first = world.writes(MARIA, "hello").await;
        world.route().await;
        world.accept(ann, first).await.expect("accepted");
        let before = world.told(ann).await.version;
        let row = world.give_back(ann, first).await.expect("given back");
        assert_eq!((row.state.as_str(), row.owner_id, row.was_with_id), ("waiting", None, Some(ann.0)));
        assert!(world.told(ann).await.version > before);
        world.route().await;
        assert_eq!(world.ringing(first).await, [ann]);
    }

    async fn the_workers_do_all_of_it_by_themselves(world: World) {
        let ann = world.agent("ann", 0).await;
        let tom = world.agent("tom", 0).await;
        tokio::spawn(work::routing::run(world.desk().clone(), world.stop()));
        tokio::spawn(work::timers::run(world.desk().clone(), world.stop()));
        let first = world.writes(MARIA, "hello").await;
        eventually("ann is asked", async || world.ringing(first).await == [ann]).await;
        world.later(30).await;
        eventually("tom is asked", async || world.ringing(first).await == [tom]).await;
        world.accept(tom, first).await.expect("accepted");
        assert_eq!(world.told(ann).await.lapsed_in_a_row, 1);
    }
}
