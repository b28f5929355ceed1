//! Who has what on screen: told at once on one node, read from rows on all of them.

use pronto_domain::access::Role;
use pronto_store as store;
use pronto_testkit::on_both;
use serde_json::{Value, json};
use store::watching::Watch;

use crate::care::{Care, Client, MARIA, eventually};

/// As another node writes it.
async fn elsewhere(care: &Care, watched: &[Watch]) {
    let now = store::millis(care.app.bench.now());
    let mut tx = care.app.bench.tx().await;
    store::watching::keep(&mut tx, "elsewhere", watched, now + 45_000, now).await.expect("kept");
    tx.commit().await.expect("committed");
}

fn names(users: &Value) -> Vec<&str> {
    users.as_array().expect("users").iter().filter_map(|user| user["name"].as_str()).collect()
}

on_both! {
    async fn who_watches_and_who_types(care: Care) {
        let tom = care.colleague(Role::Agent, "tom").await;
        let id = care.held(&care.ann, MARIA).await;
        let port = care.listen().await;
        let mut ann = Client::open(port, &care.ann, None).await;
        let mut other = Client::open(port, &tom, None).await;
        ann.until("hello").await;
        other.until("hello").await;
        ann.say(json!({ "type": "watch", "interaction_id": id })).await;
        ann.until("watching").await;
        other.say(json!({ "type": "watch", "interaction_id": id })).await;
        let watching = ann.until("watching").await;
        assert_eq!(watching["users"].as_array().map(Vec::len), Some(2));
        ann.say(json!({ "type": "typing", "interaction_id": id })).await;
        assert_eq!(other.until("typing").await["user"]["name"], "Ann");
        drop(other);
        let watching = ann.until("watching").await;
        assert_eq!(watching["users"].as_array().map(Vec::len), Some(1));
        // What one may not see one does not watch.
        ann.say(json!({ "type": "watch", "interaction_id": 999 })).await;
        ann.say(json!({ "type": "nonsense" })).await;
        care.writes(MARIA, "still alive").await;
        ann.until("message").await;
    }

    async fn it_is_found_and_told_on_every_node_and_lapses_with_the_node(care: Care) {
        let tom = care.colleague(Role::Agent, "tom").await;
        let id = care.held(&care.ann, MARIA).await;
        let other = care.writes("393330000002", "hello").await;
        let is = |op: &str, value: Value| json!({ "field": "watching", "op": op, "value": value });
        let somebody = json!({ "field": "watching", "op": "filled" });
        let nobody = json!({ "field": "watching", "op": "empty" });
        assert!(care.advanced(&care.ann, &somebody, "").await.is_empty());

        let port = care.listen().await;
        let mut ann = Client::open(port, &care.ann, None).await;
        ann.until("hello").await;
        ann.say(json!({ "type": "watch", "interaction_id": id })).await;
        eventually("it is found", async || care.advanced(&tom, &somebody, "").await.contains(&id)).await;
        elsewhere(&care, &[Watch { interaction_id: other, user_id: tom.id.0 }, Watch { interaction_id: id, user_id: tom.id.0 }]).await;
        for (who, expression, found) in [
            (&care.ann, &somebody, vec![id, other]), (&care.ann, &nobody, vec![]),
            (&care.ann, &is("any_of", json!(["me"])), vec![id]), (&tom, &is("any_of", json!(["me"])), vec![id, other]),
            (&care.ann, &is("any_of", json!([tom.id.0])), vec![id, other]), (&care.ann, &is("none_of", json!(["me"])), vec![other]),
        ] {
            assert_eq!(care.advanced(who, expression, "").await, found.into_iter().collect(), "{} {expression}", who.login);
        }
        let told = care.get(&care.ann, &format!("/interactions/watching?ids={id},{other}")).await.ok();
        assert_eq!(told.as_array().expect("a list").iter().map(|one| names(&one["users"])).collect::<Vec<_>>(), [vec!["Ann", "Tom"], vec!["Tom"]]);
        assert_eq!(names(&care.get(&care.ann, &format!("/interactions/{id}")).await.ok()["watching"]), ["Ann", "Tom"]);

        // Put away here, and the other node is gone.
        ann.say(json!({ "type": "watch", "interaction_id": null })).await;
        eventually("it is put away", async || care.advanced(&care.ann, &is("any_of", json!(["me"])), "").await.is_empty()).await;
        care.app.advance(46);
        assert!(care.advanced(&care.ann, &somebody, "").await.is_empty());
        assert_eq!(care.get(&care.ann, &format!("/interactions/watching?ids={id},{other}")).await.ok(), json!([]));
        elsewhere(&care, &[]).await;
        assert_eq!(care.count("SELECT count(*) AS count FROM watching").await, 0, "what has lapsed is swept");
        assert_eq!(care.get(&care.ann, "/interactions/watching?ids=x").await.fields(), [("ids", "format")]);
    }
}
