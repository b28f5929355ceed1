//! A desk with something of everything on it, of customers whose names and numbers nobody else has.

use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use pronto_desk::work;
use pronto_domain::access::Role;
use pronto_testkit::app::Person;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::care::{Care, eventually};
use crate::templates::approve;

/// A customer with an interaction of their own.
pub(super) struct Customer {
    pub(super) id: i64,
    pub(super) contact: i64,
    /// The contact's.
    pub(super) version: i64,
    pub(super) phone: String,
}

pub(super) struct World {
    pub(super) care: Care,
    /// Sees everything.
    pub(super) admin: Person,
    pub(super) bob: Person,
    pub(super) list: i64,
    pub(super) other_list: i64,
    /// Of the template that agents may send.
    pub(super) template: i64,
    pub(super) base: Customer,
    count: AtomicI64,
}

impl World {
    pub(super) async fn new(care: Care) -> Self {
        let admin = care.app.admin.clone();
        let url = provider().await;
        care.set(&format!("UPDATE account SET base_url = '{url}', phone = '390601234'")).await;
        approve(&care).await;
        let template = care.count("SELECT id AS count FROM template WHERE name = 'welcome'").await;
        let bob = care.colleague(Role::Agent, "bob").await;
        let field = json!({ "key": "customer_no", "name": "Customer number", "kind": "text", "sensitive": true });
        care.app.post(&admin, "/contact_fields", field).await.ok();
        care.app.post(&admin, "/contact_fields", json!({ "key": "motto", "name": "Motto", "kind": "text" })).await.ok();
        care.app.post(&admin, "/tags", json!({ "name": "regular" })).await.ok();
        let list = care.count("SELECT min(id) AS count FROM contact_list").await;
        let other = care.app.post(&admin, "/contact_lists", json!({ "name": "Gold" })).await.ok();
        let other_list = other["id"].as_i64().expect("an id");
        let base = Customer { id: 0, contact: 0, version: 0, phone: String::new() };
        let mut world = Self { care, admin, bob, list, other_list, template, base, count: AtomicI64::new(100) };
        world.base = world.customer().await;
        world.talk().await;
        world
    }

    pub(super) fn next(&self) -> i64 {
        self.count.fetch_add(1, Ordering::Relaxed)
    }

    /// The numbers of the first customer, in full.
    pub(super) fn numbers() -> Vec<String> {
        ["393100", "447100", "4930100", "5390100"]
            .iter()
            .zip(super::raw::TAILS)
            .map(|(head, tail)| format!("{head}{tail}"))
            .collect()
    }

    /// Somebody writes, and the desk knows all there is to know of them.
    pub(super) async fn customer(&self) -> Customer {
        let count = self.next();
        let phone = format!("393{count}7582169");
        let (care, admin) = (&self.care, &self.admin);
        let id = self.says(&phone, json!({ "type": "text", "text": { "body": "good morning" } })).await;
        let contact = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {id}")).await;
        let path = format!("/contacts/{contact}");
        let version = care.get(admin, &path).await.ok()["version"].clone();
        let change = json!({ "version": version, "first_name": "Zwentibold", "last_name": "Quaxburger",
            "mobile": format!("+447{count}9034612"), "email": format!("zwenti{count}@verborgen.example"),
            "numbers": [{ "kind": "work", "number": format!("+4930{count}6718253") }], "company": "Acme",
            "socials": { "x": "quaxburger" }, "tags": ["regular"],
            "fields": { "customer_no": format!("5390{count}8841276"), "motto": "slowly" } });
        let version = care.app.patch(admin, &path, change).await.ok()["version"].as_i64().expect("a version");
        care.set(&format!(
            "UPDATE address SET user_id = 'IT.{count}4417703', username = 'geheimrat{count}' WHERE digits = '{phone}'"
        ))
        .await;
        Customer { id, contact, version, phone }
    }

    /// A customer that somebody holds.
    pub(super) async fn held(&self, owner: &Person) -> Customer {
        let customer = self.customer().await;
        self.gives(customer.id, owner).await;
        customer
    }

    async fn gives(&self, id: i64, owner: &Person) {
        if owner.id == self.admin.id {
            self.care.app.put(owner, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
            return;
        }
        let to = json!({ "interactions": [id], "to": { "type": "agent", "user_id": owner.id.0 } });
        let given = self.care.app.post(&self.admin, "/assignments", to).await.ok();
        assert_eq!(given["refused"], json!([]), "{given}");
    }

    pub(super) async fn closed(&self, owner: &Person) -> Customer {
        let customer = self.held(owner).await;
        self.care.app.put(&self.admin, &format!("/interactions/{}/closure", customer.id), json!({})).await.ok();
        customer
    }

    /// A message of a customer, whose provider names them in full; answers the interaction.
    pub(super) async fn says(&self, phone: &str, what: Value) -> i64 {
        let id = format!("wamid.{phone}.{}", self.next());
        let mut body = self.care.messages(&[self.care.message(&id, phone, what)]);
        body["entry"][0]["changes"][0]["value"]["contacts"][0]["profile"]["name"] = json!("Zwentibold Quaxburger");
        self.care.deliver(&body).await;
        self.care
            .count(&format!("SELECT coalesce(max(interaction_id), 0) AS count FROM message WHERE provider_id = '{id}'"))
            .await
    }

    /// A second contact with the name and the numbers of the first.
    pub(super) async fn twin(&self, of: &Customer) -> (i64, i64) {
        let one = self.care.get(&self.admin, &format!("/contacts/{}", of.contact)).await.ok();
        let body = json!({ "list_id": self.list, "force": true, "first_name": one["first_name"], "last_name": one["last_name"],
            "phone": format!("+{}", of.phone), "email": one["email"] });
        let twin = self.care.app.post(&self.admin, "/contacts", body).await.ok();
        (twin["id"].as_i64().expect("an id"), twin["version"].as_i64().expect("a version"))
    }

    /// What an administrator makes; answers its id.
    pub(super) async fn made(&self, path: &str, body: Value) -> i64 {
        self.care.app.post(&self.admin, path, body).await.ok()["id"].as_i64().expect("an id")
    }

    /// Somebody who is what they are, and may what they may.
    pub(super) async fn double(&self, of: &Person) -> Person {
        let login = format!("double{}", self.next());
        let double = self.care.app.with_agent(&login).await;
        self.care
            .set(&format!(
                r#"UPDATE "user" SET role = (SELECT u.role FROM "user" u WHERE u.id = {of}),
                   profile_id = (SELECT u.profile_id FROM "user" u WHERE u.id = {of}) WHERE id = {double}"#,
                of = of.id,
                double = double.id
            ))
            .await;
        let member = format!(
            "INSERT INTO account_member (account_id, user_id, team_id) VALUES ({}, {}, 0)",
            self.care.account, double.id
        );
        self.care.set(&member).await;
        double
    }

    /// A file of contacts that somebody hands in, mapped and checked as far as `checked`.
    pub(super) async fn import(&self, who: &Person) -> Value {
        let text = "First;Last;Phone;Mail\nZwentibold;Quaxburger;+39 3100 7582169;zwenti@verborgen.example\nZwentibold;Quaxburger;7582169x;verborgen.example\n";
        let path = format!("/contact_imports?list_id={}&name=people.csv", self.list);
        let import = super::send(self, who, "POST", &path, text.into()).await.ok();
        let mapping = json!({ "columns": ["first_name", "last_name", "phone", "email"], "match_by": ["phone"],
            "on_match": "skip", "tags": [] });
        let body = json!({ "version": import["version"], "format": import["format"], "mapping": mapping });
        self.care.app.patch(who, &format!("/contact_imports/{}", import["id"]), body).await.ok()
    }

    /// Lets a file be checked.
    pub(super) async fn work(&self, who: &Person, import: &Value) {
        let path = format!("/contact_imports/{}", import["id"]);
        let stop = CancellationToken::new();
        tokio::spawn(work::jobs::run(self.care.app.bench.desk.clone(), stop.clone()));
        let asked = json!({ "version": import["version"], "task": "check" });
        self.care.app.post(who, &format!("{path}/tasks"), asked).await.ok();
        eventually("the file is checked", async || self.care.get(who, &path).await.ok()["state"] == "checked").await;
        stop.cancel();
    }

    /// What can be in the first customer's thread.
    async fn talk(&self) {
        let (care, base, admin) = (&self.care, &self.base, &self.admin);
        let cards = json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Zwentibold Quaxburger", "first_name": "Zwentibold" },
            "phones": [{ "phone": "+49 30 5538094", "wa_id": "49305538094" }], "emails": [{ "email": "zwentibold@verborgen.example" }] }] });
        self.says(&base.phone, cards).await;
        self.says(
            &base.phone,
            json!({ "type": "contacts", "contacts": [{ "phones": [{ "phone": "+49305538094" }] }] }),
        )
        .await;
        let document = json!({ "type": "document", "document": { "id": "file-1", "mime_type": "text/plain", "filename": "bill.txt" } });
        self.says(&base.phone, document).await;
        care.app
            .bench
            .desk
            .media()
            .put_opts(&"ab/cd/bill".into(), "the bill".into(), Default::default())
            .await
            .expect("kept");
        care.set("UPDATE attachment SET state = 'stored', path = 'ab/cd/bill', size = 8").await;
        self.says(&base.phone, json!({ "type": "system", "system": { "type": "user_changed_number",
            "body": format!("Zwentibold Quaxburger changed from {} to 493302960857", base.phone), "wa_id": "493302960857" } })).await;
        self.says("493302960857", json!({ "type": "text", "text": { "body": "from my new number" } })).await;
        self.gives(base.id, admin).await;
        for text in ["Dear {{contact.first_name}} {{contact.last_name}}, is {{contact.phone}} still right?", "bye"] {
            let body = json!({ "client_id": Uuid::new_v4(), "kind": "text", "text": text, "confirm": true });
            care.app.post(admin, &format!("/interactions/{}/messages", base.id), body).await.ok();
        }
        let template = json!({ "client_id": Uuid::new_v4(), "template_id": self.template,
            "values": { "body:1": "{{contact.first_name}}", "body:2": "{{agent.alias}}" } });
        care.app.post(admin, &format!("/interactions/{}/templates", base.id), template).await.ok();
        // What the provider says of what it would not take.
        let failure = json!({ "code": "131030", "title": "Not delivered", "next": "check_number", "retryable": true,
            "detail": format!("(#131030) Recipient +{} (Zwentibold) is not on the list", base.phone) });
        care.set(&format!("UPDATE message SET status = 'failed', failure = '{failure}' WHERE body = 'bye'")).await;
        care.app
            .post(admin, &format!("/contacts/{}/notes", base.contact), json!({ "text": "likes tea", "pinned": true }))
            .await
            .ok();
        self.views().await;
        self.import(admin).await;
    }

    /// Views that everybody has, by what is hidden.
    pub(super) async fn views(&self) {
        let (care, base, admin, count) = (&self.care, &self.base, &self.admin, self.next());
        let views = [
            ("phone", "is", json!(base.phone)),
            ("email", "is", json!("zwenti100@verborgen.example")),
            ("name", "contains", json!("quaxburger")),
        ];
        for (field, op, value) in views {
            let expression = json!({ "all": [{ "field": field, "op": op, "value": value }] });
            let view = |name: String| json!({ "name": name, "shared": true, "filter": { "expression": expression } });
            care.app.post(admin, "/contact_views", view(format!("{count} by {field}"))).await.ok();
            let field = if field == "name" { "customer" } else { field };
            let expression = json!({ "all": [{ "field": field, "op": op, "value": value }] });
            let view = json!({ "name": format!("{count} by {field}"), "shared": true, "filter": { "expression": expression } });
            care.app.post(admin, "/saved_views", view).await.ok();
        }
    }
}

/// A provider that refuses everything, and says whom it is about.
async fn provider() -> String {
    async fn refuse(request: Request) -> (StatusCode, axum::Json<Value>) {
        let path = request.uri().path();
        let about = if path.ends_with("block_users") {
            "user +39 3100 7582169 (Zwentibold) cannot be blocked"
        } else {
            "not now"
        };
        (
            StatusCode::BAD_REQUEST,
            axum::Json(json!({ "error": { "message": about, "code": 100, "type": "OAuthException" } })),
        )
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(refuse)).await });
    url
}
