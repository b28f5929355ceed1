use pronto_desk::Error;
use pronto_desk::act::status::StatusIn;
use pronto_domain::delivery::State;
use pronto_testkit::on_both;

use crate::bench::{Bench, eventually};
use crate::provider::Then;

on_both! {
    async fn a_status_that_is_early_waits_for_its_message(bench: Bench) {
        // The connection breaks, so the provider's id is not known; and this status names no attempt.
        bench.provider.will([Then::AcceptAfter(std::time::Duration::from_millis(400))]);
        bench.start();
        let message = bench.say("one").await;
        let (id, _) = bench.came(1).await.remove(0);
        let outcomes = bench.statuses(&[bench.status(&id, State::Read), bench.status(&id, State::Sent)]).await;
        assert_eq!(outcomes[0].detail.as_deref(), Some("kept until its message is known"));
        assert_eq!(bench.state(message).await, "queued");
        bench.until(message, "read").await;
        assert_eq!(bench.attempts(message).await[0].step, "accepted");
    }

    async fn a_status_settles_what_is_still_in_the_air(bench: Bench) {
        bench.provider.will([Then::AcceptAfter(std::time::Duration::from_millis(400))]);
        bench.start();
        let message = bench.say("one").await;
        let next = bench.say("two").await;
        let (id, body) = bench.came(1).await.remove(0);
        let mut status = bench.status(&id, State::Delivered);
        status.status.opaque = body["biz_opaque_callback_data"].as_str().map(str::to_owned);
        bench.statuses(&[status]).await;
        assert_eq!(bench.state(message).await, "delivered");
        // The lane goes on without waiting for the answer.
        bench.until(next, "accepted").await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert_eq!(bench.state(message).await, "delivered");
    }

    async fn statuses_in_any_order_show_the_same(bench: Bench) {
        bench.start();
        let states = [State::Sent, State::Failed, State::Delivered, State::Read];
        let mut orders = vec![vec![]];
        for state in states {
            orders = orders
                .into_iter()
                .flat_map(|order: Vec<State>| {
                    (0..=order.len()).map(move |place| {
                        let mut order = order.clone();
                        order.insert(place, state);
                        order
                    })
                })
                .collect();
        }
        assert_eq!(orders.len(), 24);
        let mut messages = Vec::new();
        for (n, _) in orders.iter().enumerate() {
            messages.push(bench.say(&n.to_string()).await);
        }
        eventually("all are accepted", async || bench.provider.came().len() == 24).await;
        bench.until(messages[23], "accepted").await;
        let ids: Vec<String> = bench.provider.came().into_iter().map(|(id, _)| id).collect();
        // Some one by one, some in one slice.
        for (n, order) in orders.iter().enumerate() {
            let all: Vec<StatusIn> = order.iter().map(|state| bench.status(&ids[n], *state)).collect();
            if n % 2 == 0 {
                bench.statuses(&all).await;
            } else {
                for one in all {
                    bench.statuses(&[one]).await;
                }
            }
        }
        for message in messages {
            let message = bench.test.message(message).await;
            assert_eq!((message.status.as_deref(), message.failure), (Some("read"), None));
        }
    }

    async fn the_providers_word_shuts_the_window(bench: Bench) {
        bench.start();
        let message = bench.say("one").await;
        bench.until(message, "accepted").await;
        let (id, _) = bench.came(1).await.remove(0);
        bench.test.advance(60);
        bench.statuses(&[bench.failed(&id, 131_047)]).await;
        let shown = bench.test.message(message).await;
        assert_eq!(shown.status.as_deref(), Some("failed"));
        assert_eq!(shown.failure.expect("a reason").next, "template");
        let row = bench.test.row(bench.interaction).await;
        assert_eq!(row.window_cause.as_deref(), Some("provider"));
        assert!(row.window_expires_at.expect("an end") <= pronto_store::millis(bench.test.now()));
        assert!(matches!(bench.send(&bench.text("two")).await, Err(Error::WindowClosed)));
    }

    async fn an_older_word_does_not_shut_a_window_opened_since(bench: Bench) {
        bench.start();
        let message = bench.say("one").await;
        bench.until(message, "accepted").await;
        let (id, _) = bench.came(1).await.remove(0);
        let mut status = bench.failed(&id, 131_047);
        status.status.at = Some(bench.test.now() - jiff::SignedDuration::from_secs(10));
        bench.statuses(&[status]).await;
        assert_eq!(bench.state(message).await, "failed");
        assert!(bench.send(&bench.text("two")).await.is_ok());
    }

    async fn a_refused_send_shuts_the_window_and_a_bad_token_marks_the_account(bench: Bench) {
        bench.provider.will([Then::Refuse(401, 190), Then::Refuse(400, 131_047)]);
        bench.start();
        let message = bench.say("one").await;
        bench.until(message, "failed").await;
        bench.desk().reload().await.expect("reloaded");
        let account = bench.desk().config().accounts[&bench.account].row.clone();
        assert_eq!(account.health, "failing");
        assert!(account.health_detail.expect("why").contains("meta.190"));
        let message = bench.say("two").await;
        bench.until(message, "failed").await;
        assert!(matches!(bench.send(&bench.text("three")).await, Err(Error::WindowClosed)));
        assert!(bench.events().await.iter().any(|(kind, _)| kind == "changed"));
    }

    async fn an_account_that_sends_again_is_well(bench: Bench) {
        bench.provider.will([Then::Refuse(401, 190)]);
        bench.start();
        let message = bench.say("one").await;
        bench.until(message, "failed").await;
        bench.desk().reload().await.expect("reloaded");
        let message = bench.say("two").await;
        bench.until(message, "accepted").await;
        bench.desk().reload().await.expect("reloaded");
        assert_eq!(bench.desk().config().accounts[&bench.account].row.health, "ok");
    }

    async fn what_others_sent_is_not_taken_for_ours(bench: Bench) {
        bench.start();
        let message = bench.say("one").await;
        bench.until(message, "accepted").await;
        let attempt = bench.attempts(message).await.remove(0);
        for opaque in [attempt.id.to_string(), format!("pronto.{}.{}", attempt.id, attempt.created_at + 1)] {
            let mut status = bench.status("wamid.of-another-system", State::Read);
            status.status.opaque = Some(opaque);
            bench.statuses(&[status]).await;
            assert_eq!(bench.state(message).await, "accepted");
        }
        let other = bench.test.account("other", &bench.provider.base_url).await;
        let mut status = bench.status(attempt.provider_id.as_deref().expect("an id"), State::Read);
        status.account = other;
        status.status.opaque = Some(format!("pronto.{}.{}", attempt.id, attempt.created_at));
        bench.statuses(&[status]).await;
        assert_eq!(bench.state(message).await, "accepted");
    }
}
