//! The event log under many writers: a reader misses nothing, and reads everything once and in one order.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use pronto_desk::Desk;
use pronto_desk::config::prepare;
use pronto_store as store;
use pronto_testkit::{TestDesk, on_both};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use store::event::{Kind, New};
use store::meta::Position;

const WRITERS: usize = 6;
const EACH: usize = 25;

/// What a writer does: how many events, after what pauses, and whether it thinks better of it.
type Writing = (usize, u64, u64, bool);

async fn write(desk: Desk, writer: usize, plan: Vec<Writing>) -> Vec<i64> {
    let mut kept = Vec::new();
    for (index, (count, before, after, kept_at_all)) in plan.into_iter().enumerate() {
        let subject = |n: usize| i64::try_from(writer * 1_000_000 + index * 100 + n).expect("small");
        let events: Vec<New> = (0..count).map(|n| New::of(Kind::Contact, subject(n))).collect();
        let mut tx = desk.db().begin().await.expect("begun");
        tokio::time::sleep(Duration::from_micros(before)).await;
        store::event::append(&mut tx, &events, 0).await.expect("appended");
        tokio::time::sleep(Duration::from_micros(after)).await;
        if kept_at_all {
            tx.commit().await.expect("committed");
            kept.extend(events.iter().map(|event| event.subject));
        } else {
            tx.rollback().await.expect("rolled back");
        }
        desk.bell().ring();
    }
    kept
}

/// Follows the log until so many have come; every batch in its own snapshot, as the pump does.
async fn follow(
    desk: Desk,
    from: Position,
    until: tokio::sync::watch::Receiver<Option<usize>>,
) -> Vec<(Position, i64)> {
    let began = Instant::now();
    let mut read: Vec<(Position, i64)> = Vec::new();
    let mut position = from;
    while until.borrow().is_none_or(|count| read.len() < count) {
        assert!(began.elapsed() < Duration::from_secs(30), "read {} of {:?}", read.len(), *until.borrow());
        let mut tx = desk.db().read().await.expect("read");
        let events = store::event::after(&mut tx, &position, 7).await.expect("events");
        match events.last() {
            Some(last) => position = last.position(desk.epoch()),
            None => {
                // As the pump: nothing up to this snapshot, so it stands where the snapshot does.
                position = position.max(store::meta::position(&mut tx, desk.epoch()).await.expect("a position"));
                drop(tx);
                tokio::time::sleep(Duration::from_micros(300)).await;
            }
        }
        read.extend(events.iter().map(|event| (event.position(desk.epoch()), event.subject)));
    }
    read
}

on_both! {
    async fn nothing_is_missed_and_nothing_comes_twice(test: TestDesk) {
        let mut runner = TestRunner::deterministic();
        let plan = proptest::collection::vec((1_usize..4, 0_u64..1_500, 0_u64..1_500, proptest::bool::weighted(0.85)), EACH);
        let plans: Vec<Vec<Writing>> = (0..WRITERS).map(|_| plan.new_tree(&mut runner).expect("a plan").current()).collect();
        let desk = test.desk.clone();
        let mut tx = desk.db().read().await.expect("read");
        let from = store::meta::position(&mut tx, desk.epoch()).await.expect("a position");
        drop(tx);
        let (tell, count) = tokio::sync::watch::channel(None);
        let readers: Vec<_> = (0..2).map(|_| tokio::spawn(follow(desk.clone(), from.clone(), count.clone()))).collect();
        let writers: Vec<_> = plans.into_iter().enumerate().map(|(n, plan)| tokio::spawn(write(desk.clone(), n, plan))).collect();
        let mut written = BTreeSet::new();
        for writer in writers {
            written.extend(writer.await.expect("written"));
        }
        tell.send(Some(written.len())).expect("told");
        for reader in readers {
            let read = reader.await.expect("read");
            assert!(read.windows(2).all(|pair| pair[0].0 < pair[1].0), "in one order");
            let subjects: Vec<i64> = read.iter().map(|(_, subject)| *subject).collect();
            assert_eq!(subjects.len(), written.len(), "each once");
            assert_eq!(subjects.into_iter().collect::<BTreeSet<_>>(), written);
        }
    }

    async fn a_snapshot_holds_everything_up_to_its_position(test: TestDesk) {
        let desk = test.desk.clone();
        let writers: Vec<_> = (0..4).map(|n| tokio::spawn(write(desk.clone(), n, vec![(2, 200, 700, true); 20]))).collect();
        let mut seen = Vec::new();
        let began = Instant::now();
        while writers.iter().any(|writer| !writer.is_finished()) && began.elapsed() < Duration::from_secs(20) {
            let mut tx = desk.db().read().await.expect("read");
            let position = store::meta::position(&mut tx, desk.epoch()).await.expect("a position");
            let start = Position { epoch: 0, txid: 0, seq: 0 };
            let inside: BTreeSet<i64> = store::event::after(&mut tx, &start, 10_000).await.expect("events").iter()
                .filter(|event| event.position(desk.epoch()) <= position).map(|event| event.subject).collect();
            seen.push((position, inside));
        }
        for writer in writers {
            writer.await.expect("written");
        }
        let mut tx = desk.db().read().await.expect("read");
        let start = Position { epoch: 0, txid: 0, seq: 0 };
        let all = store::event::after(&mut tx, &start, 10_000).await.expect("events");
        for (position, inside) in seen {
            let up_to: BTreeSet<i64> = all.iter().filter(|event| event.position(desk.epoch()) <= position).map(|event| event.subject).collect();
            assert_eq!(inside, up_to, "at {position}");
        }
    }

    async fn a_history_ends_with_the_run_of_the_machine_it_was_written_in(test: TestDesk) {
        let mut tx = test.desk.db().begin().await.expect("begun");
        let mut epochs = Vec::new();
        // Clocks may go back.
        for (run, now) in [(Some("one"), 5), (Some("one"), 6), (Some("two"), 4), (Some("two"), 3), (None, 9)] {
            let epoch = prepare(&mut tx, now, run.map(str::to_owned)).await.expect("prepared");
            epochs.push(epoch);
        }
        let first = epochs[0];
        assert_eq!(epochs, [first, first, first + 1, first + 1, first + 1]);
    }
}
