use std::time::Duration;

use pronto_desk::act::retry::{Retry, retry};
use pronto_desk::act::send::Send;
use pronto_desk::{Error, work};
use pronto_domain::delivery::State;
use pronto_domain::id::MessageId;
use pronto_store as store;
use pronto_store::attempt::Attempt;
use pronto_testkit::on_both;
use tokio_util::sync::CancellationToken;

use crate::bench::{Bench, eventually};
use crate::provider::{Provider, Then};

async fn again(bench: &Bench, message: MessageId, confirm: bool) -> Result<store::message::Message, Error> {
    let input = Retry { message, user: bench.agent, confirm };
    bench.desk().run(&input, |tx, now, input| Box::pin(retry(tx, now, input))).await
}

fn steps(attempts: &[Attempt]) -> Vec<&str> {
    attempts.iter().map(|attempt| attempt.step.as_str()).collect()
}

on_both! {
    async fn a_lane_keeps_its_order_while_others_go_on(bench: Bench) {
        bench.provider.will([Then::Refuse(500, 131_000), Then::Accept]);
        let first = bench.say("one").await;
        bench.start();
        eventually("the first is put off", async || bench.attempts(first).await[0].step == "retry").await;
        let second = bench.say("two").await;
        let third = bench.say("three").await;
        let other = Send { interaction: bench.another("31600000001").await, ..bench.text("beside") };
        let other = MessageId(bench.send(&other).await.expect("sent").message.id);
        bench.until(other, "accepted").await;
        bench.rest().await;
        assert_eq!(bench.provider.texts(), ["one", "beside"]);
        assert_eq!(bench.state(first).await, "queued");
        bench.test.advance(1);
        for message in [first, second, third] {
            bench.until(message, "accepted").await;
        }
        assert_eq!(bench.provider.texts(), ["one", "beside", "one", "two", "three"]);
    }

    async fn many_messages_of_many_lanes_arrive_once_and_in_order(bench: Bench) {
        let mut lanes = vec![bench.interaction];
        for n in 0..4 {
            lanes.push(bench.another(&format!("3160000000{n}")).await);
        }
        bench.start();
        let mut last = Vec::new();
        for n in 0..8 {
            for (lane, interaction) in lanes.iter().enumerate() {
                let input = Send { interaction: *interaction, ..bench.text(&format!("{lane}-{n}")) };
                last.push(MessageId(bench.send(&input).await.expect("sent").message.id));
            }
        }
        for message in last {
            bench.until(message, "accepted").await;
        }
        let texts = bench.provider.texts();
        assert_eq!(texts.len(), 40);
        for lane in 0..lanes.len() {
            let of: Vec<_> = texts.iter().filter(|text| text.starts_with(&format!("{lane}-"))).cloned().collect();
            assert_eq!(of, (0..8).map(|n| format!("{lane}-{n}")).collect::<Vec<_>>());
        }
    }

    async fn two_nodes_send_nothing_twice(bench: Bench) {
        let mut lanes = vec![bench.interaction];
        for n in 0..5 {
            lanes.push(bench.another(&format!("3160000000{n}")).await);
        }
        let other = bench.test.another().await;
        let stop = CancellationToken::new();
        bench.start();
        let running = tokio::spawn(work::deliver::run(other.clone(), stop.clone()));
        let mut last = Vec::new();
        for n in 0..6 {
            for (lane, interaction) in lanes.iter().enumerate() {
                let input = Send { interaction: *interaction, ..bench.text(&format!("{lane}-{n}")) };
                last.push(MessageId(bench.send(&input).await.expect("sent").message.id));
                other.bell().ring();
            }
        }
        for message in last {
            bench.until(message, "accepted").await;
            assert_eq!(bench.attempts(message).await[0].tries, 1);
        }
        let texts = bench.provider.texts();
        assert_eq!(texts.len(), 36);
        for lane in 0..lanes.len() {
            let of: Vec<_> = texts.iter().filter(|text| text.starts_with(&format!("{lane}-"))).cloned().collect();
            assert_eq!(of, (0..6).map(|n| format!("{lane}-{n}")).collect::<Vec<_>>());
        }
        stop.cancel();
        running.await.expect("stopped");
    }

    async fn what_may_have_been_sent_is_never_sent_again_by_itself(bench: Bench) {
        bench.provider.will([Then::Drop]);
        bench.start();
        let message = bench.say("one").await;
        bench.until(message, "unknown").await;
        let failure = bench.test.message(message).await.failure.expect("a reason").0;
        assert_eq!((failure.code.as_str(), failure.retryable), ("unknown_outcome", true));
        let next = bench.say("two").await;
        bench.test.advance(29);
        bench.rest().await;
        assert_eq!(bench.state(next).await, "queued");
        bench.test.advance(1);
        bench.until(next, "accepted").await;
        bench.test.advance(3600);
        bench.rest().await;
        assert_eq!(bench.provider.texts(), ["one", "two"]);

        // The provider had it after all: its status names the attempt.
        let (id, body) = bench.provider.came().remove(0);
        let mut status = bench.status(&id, State::Delivered);
        status.status.opaque = body["biz_opaque_callback_data"].as_str().map(str::to_owned);
        bench.statuses(&[status]).await;
        assert_eq!(bench.state(message).await, "delivered");
        assert_eq!(bench.test.message(message).await.failure, None);
        let attempt = bench.attempts(message).await.remove(0);
        assert_eq!((attempt.step.as_str(), attempt.provider_id.as_deref()), ("accepted", Some(id.as_str())));
        assert!(matches!(again(&bench, message, true).await, Err(Error::NotRetryable)));
    }

    async fn a_garbled_answer_is_a_doubt_and_a_person_may_end_it(bench: Bench) {
        bench.provider.will([Then::Garble]);
        bench.start();
        let message = bench.say("one").await;
        bench.until(message, "unknown").await;
        assert!(matches!(again(&bench, message, false).await, Err(Error::Invalid { field, .. }) if field == "confirm"));
        assert_eq!(again(&bench, message, true).await.expect("again").status.as_deref(), Some("queued"));
        assert!(matches!(again(&bench, message, true).await, Err(Error::NotRetryable)));
        bench.test.advance(30);
        bench.until(message, "accepted").await;
        assert_eq!(bench.provider.texts(), ["one", "one"]);
    }

    async fn a_failed_message_is_sent_again_as_another_attempt_with_its_quote(bench: Bench) {
        let quoted = bench.test.inbound(bench.interaction, "well?").await;
        bench.provider.will([Then::Refuse(400, 131_026)]);
        bench.start();
        let input = Send { reply_to: Some(quoted), ..bench.text("yes") };
        let message = MessageId(bench.send(&input).await.expect("sent").message.id);
        bench.until(message, "failed").await;
        let failure = bench.test.message(message).await.failure.expect("a reason").0;
        assert_eq!((failure.code.as_str(), failure.next.as_str()), ("meta.131026", "check_number"));
        assert_eq!(bench.test.row(bench.interaction).await.last_status.as_deref(), Some("failed"));
        again(&bench, message, false).await.expect("again");
        bench.until(message, "accepted").await;
        assert_eq!(bench.test.message(message).await.failure, None);
        assert_eq!(steps(&bench.attempts(message).await), ["failed", "accepted"]);
        let came = bench.provider.came();
        assert_eq!(came[0].1["context"], came[1].1["context"]);
        assert!(came[1].1["context"]["message_id"].is_string());
        assert_ne!(came[0].1["biz_opaque_callback_data"], came[1].1["biz_opaque_callback_data"]);
        // The first try had failed in vain: it arrived. That counts, whatever comes of the second.
        let mut late = bench.status("wamid.first", State::Delivered);
        late.status.opaque = came[0].1["biz_opaque_callback_data"].as_str().map(str::to_owned);
        bench.statuses(&[late]).await;
        assert_eq!(bench.state(message).await, "delivered");
    }

    async fn a_lane_gives_up_after_ten_minutes(bench: Bench) {
        bench.provider.will(std::iter::repeat_n(Then::Refuse(429, 130_429), 200));
        bench.start();
        let first = bench.say("one").await;
        eventually("it is put off", async || bench.attempts(first).await[0].step == "retry").await;
        let second = bench.say("two").await;
        for _ in 0..11 {
            bench.test.advance(60);
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
        for message in [first, second] {
            bench.until(message, "failed").await;
            assert_eq!(bench.test.message(message).await.failure.expect("a reason").code, "lane_timeout");
        }
        let detail = bench.test.message(first).await.failure.expect("a reason").0.detail.unwrap_or_default();
        assert!(detail.contains("too fast"), "{detail}");
        bench.provider.script().messages.clear();
        again(&bench, first, false).await.expect("again");
        bench.until(first, "accepted").await;
    }

    async fn a_provider_that_is_not_there_is_tried_again(bench: Bench) {
        let nowhere = bench.test.account("nowhere", "http://127.0.0.1:9/v23.0").await;
        let address = bench.test.customer(nowhere, "31600000001").await;
        let interaction = bench.test.interaction(address, bench.agent).await;
        bench.start();
        let sent = bench.send(&Send { interaction, ..bench.text("hello") }).await.expect("sent");
        let message = MessageId(sent.message.id);
        eventually("it is put off", async || bench.attempts(message).await[0].step == "retry").await;
        let attempt = bench.attempts(message).await.remove(0);
        assert_eq!(attempt.failure.expect("a reason").code, "network");
        assert_eq!(bench.state(message).await, "queued");
    }

    async fn what_was_in_the_air_at_a_crash_is_unknown(bench: Bench) {
        let message = bench.say("one").await;
        let now = store::millis(bench.test.now());
        let mut tx = bench.test.tx().await;
        let claimed = store::attempt::claim(&mut tx, bench.account.0, now, now + 30_000, 10).await.expect("claimed");
        assert_eq!(claimed.len(), 1);
        tx.commit().await.expect("committed");
        // The process that claimed it is gone; another one starts.
        let stop = CancellationToken::new();
        let running = tokio::spawn(work::deliver::run(bench.test.another().await, stop.clone()));
        bench.rest().await;
        assert_eq!(bench.state(message).await, "queued");
        bench.desk().clock().advance(jiff::SignedDuration::from_secs(30));
        bench.until(message, "unknown").await;
        assert!(bench.provider.came().is_empty());
        stop.cancel();
        running.await.expect("stopped");
    }

    async fn a_stop_waits_for_the_answers_that_are_due(bench: Bench) {
        bench.provider.will([Then::AcceptAfter(Duration::from_millis(300))]);
        let stop = CancellationToken::new();
        let running = tokio::spawn(work::deliver::run(bench.desk().clone(), stop.clone()));
        let message = bench.say("one").await;
        bench.came(1).await;
        stop.cancel();
        running.await.expect("stopped");
        assert_eq!(bench.state(message).await, "accepted");
    }

    async fn an_account_that_hangs_holds_up_nobody_else(bench: Bench) {
        bench.provider.will(std::iter::repeat_n(Then::AcceptAfter(Duration::from_secs(15)), 17));
        let quick = Provider::start().await;
        let other = bench.test.account("quick", &quick.base_url).await;
        for n in 10..27 {
            let input = Send { interaction: bench.another(&format!("316000000{n}")).await, ..bench.text("slow") };
            bench.send(&input).await.expect("sent");
        }
        bench.start();
        bench.came(16).await;
        let address = bench.test.customer(other, "31600000001").await;
        let interaction = bench.test.interaction(address, bench.agent).await;
        let sent = bench.send(&Send { interaction, ..bench.text("quick") }).await.expect("sent");
        bench.until(MessageId(sent.message.id), "accepted").await;
        assert_eq!(bench.provider.came().len(), 16);
    }

    async fn an_account_keeps_to_its_rate(bench: Bench) {
        let mut tx = bench.test.tx().await;
        tx.query(pronto_db::sql!("UPDATE account SET rate_per_s = 2")).execute().await.expect("slow");
        tx.commit().await.expect("committed");
        bench.say("0").await;
        for n in 1..5 {
            let input = Send { interaction: bench.another(&format!("3160000000{n}")).await, ..bench.text(&n.to_string()) };
            bench.send(&input).await.expect("sent");
        }
        bench.start();
        for count in [2, 4, 5] {
            bench.came(count).await;
            bench.rest().await;
            assert_eq!(bench.provider.came().len(), count);
            bench.test.advance(1);
        }
    }
}
