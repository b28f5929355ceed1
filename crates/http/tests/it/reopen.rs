//! Reopening a closed interaction by hand.

use pronto_domain::access::Role;
use pronto_testkit::app::Answer;
use pronto_testkit::on_both;
use serde_json::json;

use crate::audit;
use crate::care::{Care, MARIA};

impl Care {
    pub(crate) async fn close(&self, id: i64) {
        self.app.put(&self.ann, &format!("/interactions/{id}/closure"), json!({})).await.ok();
    }

    async fn reopen(&self, who: &pronto_testkit::app::Person, id: i64) -> Answer {
        self.app.delete(who, &format!("/interactions/{id}/closure")).await
    }
}

on_both! {
    async fn whoever_reopens_owns_and_the_first_stays_the_first(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let id = care.held(&care.ann, MARIA).await;
        assert_eq!(care.reopen(&bob, id).await.refused(409, "taken")["params"]["by_id"], care.ann.id.0);
        care.close(id).await;
        care.app.advance(7_200);
        let seen = care.get(&bob, &format!("/interactions/{id}")).await.ok();
        assert_eq!(seen["interaction"]["may"]["reopen"], true);
        let row = care.reopen(&bob, id).await.ok();
        assert_eq!((&row["state"], &row["owner"]["id"], &row["first_owner"]["id"]), (&json!("active"), &json!(bob.id.0), &json!(care.ann.id.0)));
        assert_eq!((&row["closed_at"], &row["may"]["write"], &row["may"]["reopen"]), (&json!(null), &json!(true), &json!(false)));
        assert!(row["reopened_at"].is_string());
        // Twice is once.
        assert_eq!(care.reopen(&bob, id).await.ok()["version"], row["version"]);
        // Within the window one carries on.
        let text = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": "one more thing" });
        let sent = care.app.post(&bob, &format!("/interactions/{id}/messages"), text).await;
        assert_eq!(sent.status, 201);
        // What the customer writes joins it; nothing is routed.
        assert_eq!(care.writes(MARIA, "ah, you again").await, id);
        assert_eq!(care.count("SELECT count(*) AS count FROM offer").await, 0);
        let thread = care.get(&bob, &format!("/interactions/{id}/messages")).await.ok().to_string();
        assert!(thread.contains("\"reopened\""), "{thread}");
        let written = audit(&care.app).await;
        assert!(written.iter().any(|one| one.action == "interaction.reopened" && one.user_id == Some(bob.id.0)));
    }

    async fn an_older_one_that_was_reopened_gets_what_the_customer_writes(care: Care) {
        let older = care.held(&care.ann, MARIA).await;
        care.close(older).await;
        let closed = care.get(&care.ann, &format!("/interactions/{older}")).await.ok()["interaction"].clone();
        let at = |name: &str| closed[name].as_str().and_then(|at| at.parse::<jiff::Timestamp>().ok()).expect("a time");
        assert_eq!(at("back_until").duration_since(at("closed_at")).as_secs(), 1_800);
        care.app.advance(7_200);
        let newer = care.held(&care.ann, MARIA).await;
        assert_ne!(newer, older);
        // While the newer one is open, its owner and its number are told.
        let bob = care.colleague(Role::Agent, "bob").await;
        let told = care.reopen(&bob, older).await.refused(409, "newer_open");
        assert_eq!((&told["params"]["interaction_id"], &told["params"]["by_id"]), (&json!(newer), &json!(care.ann.id.0)));
        // So are those who would recontact the customer from the older one.
        let state = care.get(&care.ann, &format!("/interactions/{older}/recontact")).await.ok();
        assert_eq!((&state["hindrance"], &state["open_id"]), (&json!("recontact_window_open"), &json!(newer)));
        care.close(newer).await;
        let back = care.reopen(&bob, older).await.ok();
        assert_eq!(back["back_until"], json!(null));
        care.app.advance(7_200);
        assert_eq!(care.writes(MARIA, "still there?").await, older);
        care.reopen(&care.ann, newer).await.refused(409, "newer_open");
        // The window counts from the latest word of the customer, wherever it was written.
        let seen = care.get(&bob, &format!("/interactions/{older}")).await.ok();
        assert_eq!(seen["interaction"]["window"]["open"], true);
    }

    async fn of_two_who_reopen_two_of_one_customer_one_does(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let first = care.held(&care.ann, MARIA).await;
        care.close(first).await;
        care.app.advance(7_200);
        let second = care.held(&care.ann, MARIA).await;
        care.close(second).await;
        let (one, other) = tokio::join!(care.reopen(&care.ann, first), care.reopen(&bob, second));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert_eq!(care.count("SELECT count(*) AS count FROM interaction WHERE state <> 'closed'").await, 1);
    }

    async fn what_waits_is_not_reopened_and_what_one_may_not_see_is_not_found(care: Care) {
        let stranger = care.app.with_user(Role::Agent, "stranger").await;
        let id = care.writes(MARIA, "hello").await;
        care.reopen(&care.ann, id).await.refused(409, "not_closed");
        care.app.put(&care.ann, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        care.close(id).await;
        care.reopen(&stranger, id).await.refused(404, "not_found");
        // Who may not take may not reopen.
        care.profile(&care.ann, "accounts", &json!({ "name": { "mode": "none" }, "phone": { "mode": "none" }, "email": { "mode": "none" } })).await;
        care.set("UPDATE profile SET permissions = '[]' WHERE id = (SELECT max(id) FROM profile)").await;
        care.reopen(&care.ann, id).await.refused(403, "forbidden");
        let seen = care.get(&care.ann, &format!("/interactions/{id}")).await.ok();
        assert_eq!(seen["interaction"]["may"]["reopen"], false);
    }
}
