use pronto_desk::Error;
use pronto_desk::act::send::{Send, What};
use pronto_domain::delivery::State;
use pronto_domain::id::MessageId;
use pronto_domain::interaction::Refused;
use pronto_testkit::on_both;

use crate::bench::{Bench, eventually};
use crate::provider::Then;

on_both! {
    async fn a_message_is_sent_and_its_ticks_follow(bench: Bench) {
        bench.start();
        let quoted = bench.test.inbound(bench.interaction, "Where is my order?").await;
        let mut input = bench.text("  On its way: https://example.org\n");
        input.reply_to = Some(quoted);
        input.seen_through = Some(quoted);
        let sent = bench.send(&input).await.expect("sent");
        assert!(sent.fresh);
        assert_eq!(sent.message.status.as_deref(), Some("queued"));
        let message = MessageId(sent.message.id);
        bench.until(message, "accepted").await;

        let (id, body) = bench.came(1).await.remove(0);
        assert_eq!(body["to"], "+31612345678");
        assert_eq!(body["text"]["body"], "On its way: https://example.org");
        assert_eq!(body["text"]["preview_url"], true);
        let quoted = bench.test.message(quoted).await;
        assert_eq!(body["context"]["message_id"].as_str(), quoted.provider_id.as_deref());

        let row = bench.test.row(bench.interaction).await;
        assert_eq!((row.unread, row.unmanaged, row.unanswered_since), (0, 0, None));
        assert_eq!(row.last_message_id, Some(message.0));
        assert_eq!(row.last_direction.as_deref(), Some("out"));
        assert_eq!(row.last_preview.as_deref(), Some("On its way: https://example.org"));
        assert_eq!(row.last_status.as_deref(), Some("accepted"));
        assert_eq!(row.message_count, 3);

        for state in [State::Sent, State::Delivered, State::Read] {
            let outcomes = bench.statuses(&[bench.status(&id, state)]).await;
            assert_eq!(outcomes[0].outcome, "applied");
            assert_eq!(bench.state(message).await, state.as_str());
            assert_eq!(bench.test.row(bench.interaction).await.last_status.as_deref(), Some(state.as_str()));
        }
        let before = bench.events().await.len();
        assert_eq!(bench.statuses(&[bench.status(&id, State::Delivered)]).await[0].outcome, "duplicate");
        assert_eq!(bench.events().await.len(), before);
        assert_eq!(bench.state(message).await, "read");
    }

    async fn a_repeated_client_id_answers_with_the_first_result(bench: Bench) {
        let input = bench.text("once");
        let first = bench.send(&input).await.expect("sent").message.id;
        let mut again = input.clone();
        again.what = What::Text("twice".to_owned());
        let second = bench.send(&again).await.expect("the first result");
        assert!(!second.fresh);
        assert_eq!((second.message.id, second.message.body.as_deref()), (first, Some("once")));
        let elsewhere = Send { interaction: bench.another("31600000001").await, ..input };
        assert!(matches!(bench.send(&elsewhere).await, Err(Error::Invalid { field, .. }) if field == "client_id"));
    }

    async fn of_twenty_with_one_client_id_one_is_sent(bench: Bench) {
        bench.start();
        let input = bench.text("once");
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (desk, input) = (bench.desk().clone(), input.clone());
                tokio::spawn(async move {
                    desk.run(&input, |tx, now, input| Box::pin(pronto_desk::act::send::send(tx, now, input))).await
                })
            })
            .collect();
        let mut fresh = 0;
        let mut ids = std::collections::BTreeSet::new();
        for task in tasks {
            let sent = task.await.expect("run").expect("sent");
            fresh += usize::from(sent.fresh);
            ids.insert(sent.message.id);
        }
        assert_eq!((fresh, ids.len()), (1, 1));
        bench.came(1).await;
        bench.rest().await;
        assert_eq!(bench.provider.came().len(), 1);
    }

    async fn a_reply_to_what_has_been_overtaken_is_refused(bench: Bench) {
        let seen = bench.test.inbound(bench.interaction, "one").await;
        let newer = bench.test.inbound(bench.interaction, "never mind").await;
        let mut input = bench.text("sure");
        input.seen_through = Some(seen);
        let Err(Error::StaleReply { newer: told }) = bench.send(&input).await else { panic!("it was sent") };
        assert_eq!(told, vec![newer.0]);
        input.confirm = true;
        assert!(bench.send(&input).await.expect("sent").fresh);
    }

    async fn nothing_is_sent_where_it_may_not(bench: Bench) {
        let other = bench.test.agent("ben").await;
        let input = Send { user: other, ..bench.text("hello") };
        let refused = bench.send(&input).await;
        assert!(matches!(refused, Err(Error::Refused(Refused::NotOwner { .. }))), "{refused:?}");
        for text in ["", " \n ", &"x".repeat(4097)] {
            assert!(matches!(bench.send(&bench.text(text)).await, Err(Error::Invalid { .. })));
        }
        let strange = bench.another("31600000001").await;
        let foreign = bench.test.inbound(strange, "not yours").await;
        let input = Send { reply_to: Some(foreign), ..bench.text("hello") };
        assert!(matches!(bench.send(&input).await, Err(Error::Invalid { field, .. }) if field == "reply_to"));
        bench.test.advance(24 * 3600);
        assert!(matches!(bench.send(&bench.text("too late")).await, Err(Error::WindowClosed)));
        assert!(bench.test.row(bench.interaction).await.unmanaged > 0);
    }

    async fn a_note_stays_inside(bench: Bench) {
        bench.start();
        let other = bench.test.agent("ben").await;
        let input = Send { user: other, what: What::Note { text: "call back at nine".to_owned(), mentions: Vec::new() }, ..bench.text("") };
        let sent = bench.send(&input).await.expect("noted");
        assert_eq!((sent.message.direction.as_str(), sent.message.status), ("note", None));
        bench.rest().await;
        assert!(bench.provider.came().is_empty());
        let row = bench.test.row(bench.interaction).await;
        assert_eq!((row.last_direction.as_deref(), row.unmanaged, row.unread), (Some("in"), 1, 1));
    }

    async fn a_reaction_shows_at_once_and_is_taken_back_if_it_fails(bench: Bench) {
        bench.start();
        let target = bench.test.inbound(bench.interaction, "thanks!").await;
        let react = |emoji: &str| Send {
            what: What::Reaction(emoji.to_owned()),
            reply_to: Some(target),
            ..bench.text("")
        };
        let shown = async || -> Vec<String> {
            let reactions = bench.test.message(target).await.reactions;
            reactions.map(|json| json.0).unwrap_or_default().into_iter().map(|reaction| reaction.emoji).collect()
        };
        let sent = bench.send(&react("👍")).await.expect("sent");
        assert!(!sent.message.shown);
        assert_eq!(shown().await, ["👍"]);
        let (_, body) = bench.came(1).await.remove(0);
        let id = bench.test.message(target).await.provider_id;
        assert_eq!(body["reaction"]["message_id"].as_str(), id.as_deref());
        bench.until(MessageId(sent.message.id), "accepted").await;

        bench.provider.will([Then::Refuse(400, 131_009)]);
        bench.send(&react("❤️")).await.expect("sent");
        eventually("the reaction that failed is gone", async || shown().await == ["👍"]).await;
        assert_eq!(bench.came(2).await.len(), 2);
        bench.send(&react("")).await.expect("taken off");
        assert!(shown().await.is_empty());
        assert_eq!(bench.came(3).await[2].1["reaction"]["emoji"], "");
        assert!(matches!(bench.send(&react("ok")).await, Err(Error::Invalid { .. })));
        // A reaction is no answer.
        assert_eq!(bench.test.row(bench.interaction).await.last_direction.as_deref(), Some("in"));
    }
}
