//! Templates by the API: who sees and sets them, who may send, and what writing first leads to.

use pronto_desk::act::template::sync::{Synced, keep};
use pronto_domain::access::Role;
use pronto_domain::id::AccountId;
use pronto_provider::meta::read_template;
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, MARIA, eventually};

pub(crate) async fn approve(care: &Care) {
    let one = |id: &str, name: &str, language: &str, text: &str| {
        json!({ "id": id, "name": name, "language": language, "status": "APPROVED", "category": "UTILITY",
            "components": [{ "type": "BODY", "text": text }] })
    };
    let fetched = [
        one("1", "come_back", "en", "Hello {{1}}, shall we go on?"),
        one("2", "welcome", "en", "Hello {{1}}, this is {{2}}."),
    ];
    let fetched = fetched.iter().map(|one| read_template(one).expect("a template")).collect();
    let synced = Synced { account: AccountId(care.account), asked_at: care.app.bench.desk.now(), fetched: Ok(fetched) };
    let desk = &care.app.bench.desk;
    desk.run(&synced, |tx, now, synced| Box::pin(keep(tx, now, synced))).await.expect("kept");
    let admin = &care.app.admin;
    let path = |name: &str| format!("/accounts/{}/templates/{name}", care.account);
    let mapping = json!({ "body:1": "{{contact.first_name|there}}", "body:2": "{{agent.alias}}" });
    let body = json!({ "version": 0, "available": true, "mapping": mapping });
    care.app.patch(admin, &path("welcome"), body).await.ok();
    let body = json!({ "version": 0, "mapping": { "body:1": "{{contact.first_name|there}}" } });
    care.app.patch(admin, &path("come_back"), body).await.ok();
    let body = json!({ "version": 0, "template": "come_back", "language": "en", "answer_days": 7 });
    care.app.put(admin, &format!("/accounts/{}/recontact", care.account), body).await.ok();
}

fn new_client() -> String {
    uuid::Uuid::new_v4().to_string()
}

async fn welcome(care: &Care, query: &str) -> Value {
    let path = format!("/accounts/{}/templates?available=true{query}", care.account);
    let found = care.app.get(&care.ann, &path).await.ok();
    found["items"][0]["variants"][0].clone()
}

async fn start(care: &Care, phone: &str) -> Value {
    let phone = phone.replace('+', "%2B").replace(' ', "%20");
    care.app.get(&care.ann, &format!("/accounts/{}/starts?phone={phone}", care.account)).await.ok()
}

on_both! {
    async fn agents_see_what_they_may_send_and_administrators_all(care: Care) {
        approve(&care).await;
        let path = format!("/accounts/{}/templates", care.account);
        let all = care.app.get(&care.app.admin, &path).await.ok();
        let names: Vec<&str> = all["items"].as_array().expect("a list").iter().map(|one| one["name"].as_str().expect("a name")).collect();
        assert_eq!(names, ["come_back", "welcome"]);
        assert_eq!((&all["items"][0]["recontact"], &all["items"][0]["available"]), (&json!(true), &json!(false)));
        let mine = care.app.get(&care.ann, &path).await.ok();
        assert_eq!(mine["items"].as_array().map(Vec::len), Some(1));
        care.app.patch(&care.ann, &format!("{path}/welcome"), json!({ "version": 1, "available": false })).await.refused(403, "forbidden");
        care.app.patch(&care.app.admin, &format!("{path}/welcome"), json!({ "version": 0, "available": false })).await.refused(409, "changed_meanwhile");
        care.app.patch(&care.app.admin, &format!("{path}/nothing"), json!({ "version": 0 })).await.refused(404, "not_found");
        let odd = json!({ "version": 1, "mapping": { "body:1": "{{contact.nonsense}}", "body:9": "x" } });
        let refused = care.app.patch(&care.app.admin, &format!("{path}/welcome"), odd).await;
        assert_eq!(refused.fields(), [("mapping.body:1", "format"), ("mapping.body:9", "unknown")]);
        let odd = json!({ "version": 1, "template": "nothing", "language": "en", "answer_days": 0 });
        let refused = care.app.put(&care.app.admin, &format!("/accounts/{}/recontact", care.account), odd).await;
        assert_eq!(refused.fields(), [("answer_days", "out_of_range"), ("template", "unknown")]);
    }

    async fn writing_to_an_unknown_number_takes_a_template_and_makes_a_contact(care: Care) {
        approve(&care).await;
        let found = start(&care, "+39 348 111 2233").await;
        assert_eq!((&found["outcome"], &found["phone"], &found["makes_contact"]), (&json!("template_new"), &json!("+39 348 111 2233"), &json!(true)));
        let body = |template: &Value, values: Value| json!({ "client_id": new_client(), "account_id": care.account,
            "phone": "+39 348 111 2233", "name": "Ada Neri", "template_id": template, "values": values });
        let refused = care.app.post(&care.ann, "/interactions", body(&Value::Null, json!({}))).await;
        assert_eq!(refused.fields(), [("template_id", "required")]);
        let template = welcome(&care, "&phone=%2B393481112233").await;
        assert_eq!(template["prefilled"], json!({ "body:1": "there", "body:2": "Ann" }));
        let refused = care.app.post(&care.ann, "/interactions", body(&template["id"], json!({ "body:1": " " }))).await;
        assert_eq!(refused.fields(), [("values.body:1", "required"), ("values.body:2", "required")]);
        let asked = body(&template["id"], json!({ "body:1": "Ada", "body:2": "{{agent.alias}}" }));
        let row = care.app.post(&care.ann, "/interactions", asked.clone()).await.ok();
        assert_eq!((&row["state"], &row["owner"]["name"], &row["customer"]), (&json!("active"), &json!("Ann"), &json!("Ada Neri")));
        assert_eq!(row["last_message"]["preview"], "Hello Ada, this is Ann.");
        assert_eq!(row["window"]["open"], false);
        let again = care.app.post(&care.ann, "/interactions", asked).await.ok();
        assert_eq!(again["id"], row["id"]);
        assert_eq!(care.count("SELECT count(*) AS count FROM message WHERE kind = 'template'").await, 1);
        // Spelled otherwise, it is the same number.
        assert_eq!(start(&care, "0039 348-111.2233").await["outcome"], "template_into");
        let mut endless = body(&template["id"], json!({ "body:1": "Ada", "body:2": "Ann" }));
        endless["phone"] = json!("+39 348 111 2234");
        endless["name"] = json!("N".repeat(201));
        assert_eq!(care.app.post(&care.ann, "/interactions", endless).await.fields(), [("name", "too_long")]);
    }

    async fn whom_one_may_not_ring_one_may_write_to(care: Care) {
        approve(&care).await;
        let id = care.held(&care.ann, MARIA).await;
        let contact = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {id}")).await;
        let full = json!({ "mode": "full" });
        care.profile(&care.ann, "accounts", &json!({ "name": full, "phone": full, "email": full })).await;
        care.caught_up().await;
        let path = format!("/accounts/{}/starts", care.account);
        let found = care.get(&care.ann, &format!("{path}?contact={contact}")).await.ok();
        assert_eq!((&found["outcome"], &found["phone"], &found["contacts"][0]["name"]), (&json!("open"), &json!("•••"), &json!("••• •••")));
        assert_eq!(found["interaction"]["id"], id);
        let templates = care.get(&care.ann, &format!("/accounts/{}/templates?available=true&contact={contact}", care.account)).await.ok();
        assert_eq!(templates["items"][0]["variants"][0]["prefilled"]["body:1"], "{{contact.first_name|there}}");
        let body = json!({ "client_id": new_client(), "account_id": care.account, "contact_id": contact });
        assert_eq!(care.app.post(&care.ann, "/interactions", body).await.ok()["id"], id);
        assert_eq!(care.get(&care.ann, &path).await.fields(), [("phone", "required")]);
        let list = care.count("SELECT min(id) AS count FROM contact_list").await;
        let bare = care.app.post(&care.app.admin, "/contacts", json!({ "list_id": list, "first_name": "Ugo" })).await.ok();
        assert_eq!(care.get(&care.ann, &format!("{path}?contact={}", bare["id"])).await.fields(), [("phone", "required")]);
        care.get(&care.ann, &format!("{path}?contact=999")).await.refused(404, "not_found");
    }

    async fn a_template_takes_nothing_that_its_sender_may_not_take(care: Care) {
        approve(&care).await;
        let id = care.held(&care.ann, MARIA).await;
        care.close(id).await;
        care.profile(&care.ann, "accounts", &json!({ "name": { "mode": "none" }, "phone": { "mode": "none" }, "email": { "mode": "none" } })).await;
        care.set("UPDATE profile SET permissions = '[]' WHERE id = (SELECT max(id) FROM profile)").await;
        let template = welcome(&care, "").await;
        let body = json!({ "client_id": new_client(), "template_id": template["id"], "values": { "body:1": "Maria", "body:2": "Ann" } });
        care.app.post(&care.ann, &format!("/interactions/{id}/templates"), body).await.refused(403, "forbidden");
        let body = json!({ "client_id": new_client(), "account_id": care.account, "phone": format!("+{MARIA}"), "values": {} });
        care.app.post(&care.ann, "/interactions", body).await.refused(403, "forbidden");
        assert_eq!(care.get(&care.ann, &format!("/interactions/{id}")).await.ok()["interaction"]["state"], "closed");
    }

    async fn a_number_that_was_typed_is_no_key_to_its_contact(care: Care) {
        care.writes(MARIA, "Hello").await;
        care.set("UPDATE contact SET email = 'maria@example.com', company = 'Rossi & Co'").await;
        let found = async || start(&care, &format!("+{MARIA}")).await["contacts"][0].clone();
        let contact = found().await;
        assert_eq!((&contact["email"], &contact["company"]), (&json!("maria@example.com"), &json!("Rossi & Co")));
        let none = json!({ "mode": "none" });
        care.profile(&care.ann, "own", &json!({ "name": none, "phone": none, "email": none })).await;
        eventually("she sees none of its interactions", async || found().await["email"].is_null()).await;
        let contact = found().await;
        assert_eq!((&contact["name"], &contact["company"]), (&json!("Maria Rossi"), &Value::Null));
    }

    async fn who_holds_it_is_told_and_can_be_asked(care: Care) {
        approve(&care).await;
        let ben = care.colleague(Role::Agent, "ben").await;
        let id = care.writes(MARIA, "Hello").await;
        assert_eq!(start(&care, &format!("+{MARIA}")).await["outcome"], "free");
        care.app.put(&ben, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        let found = start(&care, &format!("+{MARIA}")).await;
        assert_eq!((&found["outcome"], &found["owner"]["name"]), (&json!("held"), &json!("Ben")));
        let body = json!({ "client_id": new_client(), "account_id": care.account, "phone": format!("+{MARIA}") });
        let taken = care.app.post(&care.ann, "/interactions", body).await.refused(409, "taken");
        assert_eq!(taken["params"]["by"], "Ben");
        let row = care.app.post(&care.ann, &format!("/interactions/{id}/requests"), json!({})).await.ok();
        assert_eq!(row["marked_unread"], true);
        care.app.post(&ben, &format!("/interactions/{id}/requests"), json!({})).await.refused(409, "not_owner");
    }

    async fn inside_the_window_one_writes_freely(care: Care) {
        approve(&care).await;
        let id = care.writes(MARIA, "Hello").await;
        care.app.put(&care.ann, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        assert_eq!(start(&care, &format!("+{MARIA}")).await["outcome"], "open");
        care.app.put(&care.ann, &format!("/interactions/{id}/closure"), json!({})).await.ok();
        assert_eq!(start(&care, &format!("+{MARIA}")).await["outcome"], "reopen");
        let body = json!({ "client_id": new_client(), "account_id": care.account, "phone": format!("+{MARIA}") });
        let row = care.app.post(&care.ann, "/interactions", body).await.ok();
        assert_eq!((&row["id"], &row["state"]), (&json!(id), &json!("active")));
        // Outside of it a template goes into it.
        care.app.advance(2 * 86_400);
        assert_eq!(start(&care, &format!("+{MARIA}")).await["outcome"], "template_into");
        let template = welcome(&care, &format!("&interaction={id}")).await;
        let body = json!({ "client_id": new_client(), "account_id": care.account, "phone": format!("+{MARIA}"),
            "template_id": template["id"], "values": template["prefilled"] });
        let row = care.app.post(&care.ann, "/interactions", body).await.ok();
        assert_eq!(row["id"], json!(id));
    }

    async fn a_masked_agent_sends_what_they_may_not_see(care: Care) {
        approve(&care).await;
        care.profile(&care.ann, "accounts", &json!({ "name": { "mode": "full" }, "phone": { "mode": "full" }, "email": { "mode": "full" } })).await;
        let id = care.writes(MARIA, "Hello").await;
        care.app.put(&care.ann, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        let template = welcome(&care, &format!("&interaction={id}")).await;
        assert_eq!(template["prefilled"]["body:1"], "{{contact.first_name|there}}");
        let body = json!({ "client_id": new_client(), "template_id": template["id"], "values": template["prefilled"] });
        let sent = care.app.post(&care.ann, &format!("/interactions/{id}/templates"), body).await.ok();
        assert_eq!(sent["text"], "Hello •••, this is Ann.");
        let row = care.app.get(&care.ann, &format!("/interactions/{id}")).await.ok();
        assert_eq!(row["interaction"]["last_message"]["preview"], "Hello •••, this is Ann.");
        let seen = care.app.get(&care.app.admin, &format!("/interactions/{id}/messages")).await.ok();
        let items = seen["items"].as_array().expect("a list");
        assert_eq!(items.last().expect("the template")["text"], "Hello Maria, this is Ann.");
    }

    async fn a_template_is_prefilled_with_what_a_contact_has(care: Care) {
        approve(&care).await;
        let field = json!({ "key": "city", "name": "City", "kind": "text" });
        care.app.post(&care.app.admin, "/contact_fields", field).await.ok();
        let path = format!("/accounts/{}/templates/welcome", care.account);
        let mapping = json!({ "body:1": "{{contact.fields.city|somebody}}", "body:2": "{{agent.alias}}" });
        care.app.patch(&care.app.admin, &path, json!({ "version": 1, "mapping": mapping })).await.ok();
        let odd = json!({ "version": 2, "mapping": { "body:1": "{{contact.fields.town}}" } });
        assert_eq!(care.app.patch(&care.app.admin, &path, odd).await.fields(), [("mapping.body:1", "format")]);
        let id = care.held(&care.ann, MARIA).await;
        let prefilled = async || {
            let (here, before) = (format!("&interaction={id}"), format!("&phone=%2B{MARIA}"));
            let (here, before) = (welcome(&care, &here).await, welcome(&care, &before).await);
            assert_eq!(here["prefilled"], before["prefilled"]);
            here["prefilled"]["body:1"].clone()
        };
        assert_eq!(prefilled().await, "somebody");
        let contact = care.get(&care.ann, &format!("/interactions/{id}")).await.ok()["contact"].clone();
        let change = json!({ "version": contact["version"], "fields": { "city": "Torino" } });
        care.app.patch(&care.ann, &format!("/contacts/{}", contact["id"]), change).await.ok();
        assert_eq!(prefilled().await, "Torino");
    }

    async fn the_server_says_why_one_cannot_be_recontacted(care: Care) {
        approve(&care).await;
        let id = care.writes(MARIA, "Hello").await;
        let path = format!("/interactions/{id}/recontact");
        care.app.put(&care.ann, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        assert_eq!(care.app.get(&care.ann, &path).await.ok()["hindrance"], "recontact_window_open");
        care.app.advance(2 * 86_400);
        assert_eq!(care.app.get(&care.ann, &path).await.ok()["hindrance"], Value::Null);
        let sent = care.app.post(&care.ann, &path, json!({})).await.ok();
        assert_eq!((&sent["author"]["kind"], &sent["kind"]), (&json!("system"), &json!("template")));
        assert_eq!(care.app.get(&care.ann, &path).await.ok()["hindrance"], "recontact_pending");
        care.app.post(&care.ann, &path, json!({})).await.refused(409, "recontact_pending");
    }
}
