use pronto_desk::Error;
use pronto_desk::act::read::{Read, Unread, mark_unread, read};
use pronto_domain::id::{MessageId, UserId};
use pronto_testkit::on_both;

use crate::bench::{Bench, eventually};

async fn look(bench: &Bench, user: UserId, through: MessageId) {
    let input = Read { interaction: bench.interaction, user, through };
    bench.desk().run(&input, |tx, now, input| Box::pin(read(tx, now, input))).await.expect("read");
}

async fn put_back(bench: &Bench, user: UserId) -> Result<(), Error> {
    let input = Unread { interaction: bench.interaction, user };
    bench.desk().run(&input, |tx, now, input| Box::pin(mark_unread(tx, now, input))).await
}

on_both! {
    async fn only_the_owners_reading_counts_and_is_told(bench: Bench) {
        bench.start();
        let other = bench.test.agent("ben").await;
        let second = bench.test.inbound(bench.interaction, "two").await;
        let third = bench.test.inbound(bench.interaction, "three").await;
        look(&bench, other, third).await;
        assert_eq!(bench.test.row(bench.interaction).await.unread, 3);
        look(&bench, bench.agent, second).await;
        assert_eq!(bench.test.row(bench.interaction).await.unread, 1);
        eventually("it was told", async || bench.provider.script().receipts.len() == 1).await;
        let id = bench.test.message(second).await.provider_id;
        assert_eq!(bench.provider.script().receipts[0]["message_id"].as_str(), id.as_deref());
        look(&bench, bench.agent, third).await;
        look(&bench, bench.agent, third).await;
        // An older screen takes nothing back.
        look(&bench, bench.agent, second).await;
        assert_eq!(bench.test.row(bench.interaction).await.unread, 0);
        eventually("it was told", async || bench.provider.script().receipts.len() == 2).await;
        bench.rest().await;
        assert_eq!(bench.provider.script().receipts.len(), 2);
    }

    async fn an_interaction_is_put_back_among_the_unread(bench: Bench) {
        let other = bench.test.agent("ben").await;
        assert!(matches!(put_back(&bench, other).await, Err(Error::Refused(_))));
        let last = bench.test.inbound(bench.interaction, "two").await;
        look(&bench, bench.agent, last).await;
        put_back(&bench, bench.agent).await.expect("marked");
        assert!(bench.test.row(bench.interaction).await.marked_unread);
        look(&bench, bench.agent, last).await;
        assert!(!bench.test.row(bench.interaction).await.marked_unread);
    }

    async fn typing_is_told_for_the_owner_and_not_too_often(bench: Bench) {
        let other = bench.test.agent("ben").await;
        bench.desk().typing(bench.interaction, other);
        for _ in 0..5 {
            bench.desk().typing(bench.interaction, bench.agent);
        }
        eventually("typing was told", async || !bench.provider.script().receipts.is_empty()).await;
        bench.rest().await;
        let receipts = bench.provider.script().receipts.clone();
        assert_eq!(receipts.len(), 1);
        assert_eq!(receipts[0]["typing_indicator"]["type"], "text");
    }
}
