//! Tags: administered, put on interactions, renamed and removed everywhere.

use pronto_testkit::on_both;
use serde_json::json;

use crate::care::{Care, MARIA};

on_both! {
    async fn a_tag_goes_where_it_is_put_and_follows_its_name(care: Care) {
        let admin = care.app.admin.clone();
        let vip = care.app.post(&admin, "/tags", json!({ "name": " VIP ", "colour": "purple" })).await.ok();
        assert_eq!((&vip["name"], &vip["colour"]), (&json!("VIP"), &json!("purple")));
        care.app.post(&admin, "/tags", json!({ "name": "Complaint", "colour": "red" })).await.ok();
        let wrong = care.app.post(&admin, "/tags", json!({ "name": "vip", "colour": "plaid" })).await;
        assert_eq!(wrong.fields(), [("name", "taken"), ("colour", "unknown")]);
        let one = care.held(&care.ann, MARIA).await;
        let two = care.writes("393330000002", "hello").await;
        let body = json!({ "ids": [one, two, 99], "add": ["VIP", "Complaint", "VIP"] });
        let marked = care.app.post(&care.ann, "/interactions/tags", body).await.ok();
        assert_eq!(marked["failed"], json!([{ "id": 99, "code": "not_found" }]));
        assert_eq!(marked["items"][1]["tags"], json!(["VIP", "Complaint"]));
        let unknown = care.app.post(&care.ann, "/interactions/tags", json!({ "ids": [one], "add": ["Nonsense"] })).await;
        assert_eq!(unknown.fields(), [("add", "unknown")]);
        care.app.post(&care.ann, "/interactions/tags", json!({ "ids": [two], "remove": ["Complaint"] })).await.ok();
        let path = format!("/tags/{}", vip["id"]);
        care.app.patch(&admin, &path, json!({ "version": 1, "name": "Priority" })).await.ok();
        assert_eq!(care.interaction(&care.ann, one).await["tags"], json!(["Priority", "Complaint"]));
        let listed = care.get(&care.ann, &format!("/interactions?tags={}", vip["id"])).await.ok();
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(2));
        assert_eq!(care.app.delete(&admin, &path).await.status, 204);
        assert_eq!(care.interaction(&care.ann, one).await["tags"], json!(["Complaint"]));
        let lines = care.lines(&care.ann, two).await;
        assert_eq!(lines, [
            ("tagged".to_owned(), json!({ "tags": "VIP, Complaint" })), ("untagged".to_owned(), json!({ "tags": "Complaint" })),
        ]);
        care.app.post(&care.ann, "/tags", json!({ "name": "Mine" })).await.refused(403, "forbidden");
        care.set("UPDATE profile SET permissions = '[]' WHERE name = 'Agent'").await;
        care.app.post(&care.ann, "/interactions/tags", json!({ "ids": [one], "add": ["Complaint"] })).await.refused(403, "forbidden");
    }
}
