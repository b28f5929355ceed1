//! The next key: the most urgent thing one may do.

use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, MARIA};

on_both! {
    async fn it_leads_from_the_offer_to_what_is_unread_to_the_queue(care: Care) {
        let next = async |except: &str| -> (Value, Value) {
            let found = care.get(&care.ann, &format!("/me/next?except={except}")).await.ok();
            (found["interaction_id"].clone(), found["why"].clone())
        };
        assert_eq!(next("").await, (Value::Null, Value::Null));
        let held = care.held(&care.ann, MARIA).await;
        assert_eq!(next("").await, (json!(held), json!("unread")));
        let through = care.count("SELECT max(id) AS count FROM message").await;
        care.app.put(&care.ann, &format!("/interactions/{held}/reading"), json!({ "through": through })).await;
        assert_eq!(next("").await, (json!(held), json!("unanswered")));
        let waiting = care.writes("393330000001", "anybody?").await;
        care.app.advance(60);
        care.writes("393330000002", "me too").await;
        assert_eq!(next("").await, (json!(held), json!("unanswered")));
        assert_eq!(next(&held.to_string()).await, (json!(waiting), json!("waiting")), "the oldest first");
        care.app.put(&care.ann, "/me/presence", json!({ "state": "available" })).await;
        let answer = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": "yes" });
        care.app.post(&care.ann, &format!("/interactions/{held}/messages"), answer).await.ok();
        assert_eq!(next("").await, (json!(waiting), json!("waiting")), "what is answered asks for nothing");
        // Its window is about to close.
        care.writes(MARIA, "and now?").await;
        care.app.advance(22 * 3600 + 60);
        assert_eq!(next("").await, (json!(held), json!("closing")));
        let answer = care.get(&care.ann, "/me/next?except=1,x").await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (422, vec![("except", "format")]));
    }

    async fn what_one_may_not_see_is_never_next(care: Care) {
        let away = care.app.with_agent("away").await;
        care.writes(MARIA, "hello").await;
        care.route().await;
        assert_eq!(care.get(&away, "/me/next").await.ok()["interaction_id"], Value::Null);
    }
}
