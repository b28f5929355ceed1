//! What customers' words sound like, from the message to the list.

use std::collections::BTreeSet;

use pronto_testkit::on_both;
use serde_json::json;

use crate::advanced::encoded;
use crate::care::Care;

impl Care {
    async fn sounds(&self, id: i64) -> serde_json::Value {
        self.get(&self.ann, &format!("/interactions/{id}")).await.ok()["interaction"]["sentiment"].clone()
    }

    async fn that_sound(&self, query: &str) -> BTreeSet<i64> {
        let page = self.get(&self.ann, &format!("/interactions?{query}")).await.ok();
        page["items"].as_array().expect("items").iter().filter_map(|row| row["id"].as_i64()).collect()
    }
}

on_both! {
    async fn most_of_what_a_customer_writes_is_the_interactions(care: Care) {
        let glad = care.writes("393330000001", "Thank you, the lamp is beautiful!").await;
        let sad = care.writes("393330000002", "Il tavolo è arrivato rotto e nessuno risponde").await;
        let plain = care.writes("393330000003", "Is the shop open on Sunday?").await;
        let bare = care.writes("393330000004", "12345").await;
        assert_eq!(care.sounds(glad).await, json!("positive"));
        assert_eq!(care.sounds(sad).await, json!("negative"));
        assert_eq!(care.sounds(plain).await, json!("neutral"));
        assert_eq!(care.sounds(bare).await, json!(null), "there is nothing to go by");

        assert_eq!(care.that_sound("sentiment=negative").await, BTreeSet::from([sad]));
        assert_eq!(care.that_sound("sentiment=positive,negative").await, BTreeSet::from([sad, glad]));
        assert_eq!(care.that_sound("sentiment=neutral,mixed").await, BTreeSet::from([plain]));
        let expression = json!({ "field": "sentiment", "op": "none_of", "value": ["neutral", "negative"] });
        assert_eq!(care.that_sound(&format!("expression={}", encoded(&expression.to_string()))).await, BTreeSet::from([bare, glad]), "what is not known is none of them");
        let empty = json!({ "field": "sentiment", "op": "empty" });
        assert_eq!(care.that_sound(&format!("expression={}", encoded(&empty.to_string()))).await, BTreeSet::from([bare]));
        let wrong = care.get(&care.ann, "/interactions?sentiment=furious").await;
        assert_eq!((wrong.status.as_u16(), wrong.body["fields"][0]["name"].as_str()), (422, Some("sentiment")));

        // Another message tips it.
        care.writes("393330000002", "Perfect, it works now, thanks!").await;
        assert_eq!(care.sounds(sad).await, json!("mixed"));
        let thread = care.get(&care.ann, &format!("/interactions/{sad}/messages")).await.ok();
        let said: Vec<_> = thread["items"].as_array().expect("items").iter().filter(|one| one["direction"] == "in").map(|one| &one["sentiment"]).collect();
        assert_eq!(said, ["negative", "positive"]);
    }

    async fn what_is_edited_or_deleted_sounds_no_longer(care: Care) {
        let from = "393330000001";
        let id = care.writes(from, "This is terrible").await;
        let select = "SELECT provider_id FROM message WHERE direction = 'in'".to_owned();
        let (target,): (String,) = care.app.bench.look().await.query_assembled(select).one().await.expect("the message");
        let edit = json!({ "type": "edit", "edit": { "original_message_id": target,
            "message": { "type": "text", "text": { "body": "This is wonderful" } } } });
        care.deliver(&care.messages(&[care.message("wamid.edit", from, edit)])).await;
        assert_eq!(care.sounds(id).await, json!("positive"));
        let delete = json!({ "type": "revoke", "revoke": { "original_message_id": target } });
        care.deliver(&care.messages(&[care.message("wamid.delete", from, delete)])).await;
        assert_eq!(care.sounds(id).await, json!(null));
    }
}
