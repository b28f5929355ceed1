//! Templates that are made here: checked, handed in to the simulator, reviewed, changed, deleted.

use pronto_simulator::Provider;
use pronto_store as store;
use pronto_testkit::app::Answer;
use pronto_testkit::on_both;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::care::eventually;
use crate::line::{Bench, Line};

fn draft(name: &str) -> Value {
    json!({
        "name": name, "language": "en", "category": "utility", "allow_category_change": true,
        "header": { "type": "text", "text": "Order {{1}}" },
        "body": "Hello {{1}}, your order {{2}} is on its way to you.",
        "footer": "Aurora Outlet",
        "buttons": [
            { "type": "url", "text": "Track", "url": "https://a.example/t/{{1}}" },
            { "type": "phone", "text": "Call us", "number": "+390255501234" },
            { "type": "quick_reply", "text": "Thanks" },
        ],
        "samples": { "header:1": "A-1", "body:1": "Maria", "body:2": "A-1", "button:0": "A-1" },
    })
}

/// The account of a line, and its administrator's calls.
struct Desk<'a> {
    line: &'a Line,
    path: String,
}

impl<'a> Desk<'a> {
    async fn of(line: &'a Line) -> Self {
        line.control("PATCH", "faults", json!({ "template_review_ms": 5 })).await;
        let id = line.care.count("SELECT max(id) AS count FROM account").await;
        Self { line, path: format!("/accounts/{id}/templates") }
    }

    async fn post(&self, end: &str, body: Value) -> Answer {
        self.line.care.app.post(&self.line.care.app.admin, &format!("{}{end}", self.path), body).await
    }

    async fn put(&self, end: &str, body: Value) -> Answer {
        self.line.care.app.put(&self.line.care.app.admin, &format!("{}{end}", self.path), body).await
    }

    async fn delete(&self, end: &str) -> Answer {
        self.line.care.app.delete(&self.line.care.app.admin, &format!("{}{end}", self.path)).await
    }

    async fn variant(&self, name: &str) -> Value {
        let all = self.line.care.app.get(&self.line.care.app.admin, &self.path).await.ok();
        let items = all["items"].as_array().cloned().unwrap_or_default();
        let one = items.into_iter().find(|one| one["name"] == name).unwrap_or_default();
        one["variants"][0].clone()
    }

    async fn becomes(&self, name: &str, status: &str) -> Value {
        eventually(status, async || self.variant(name).await["status"] == status).await;
        self.variant(name).await
    }
}

async fn is_reviewed_live(line: Line) {
    let desk = Desk::of(&line).await;
    let made = desk.post("", draft("order_shipped")).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    assert_eq!(made.body["can_make"], true);
    assert!(made.body["languages"].as_array().is_some_and(|all| all.contains(&json!("it"))));
    let one = desk.becomes("order_shipped", "approved").await;
    assert_eq!((&one["category"], &one["fixed"]), (&json!("utility"), &Value::Null));
    assert_eq!(one["samples"]["button:0"], "A-1");
    assert_eq!(one["content"]["buttons"][1]["number"], "+390255501234");
    assert_eq!(line.care.count("SELECT count(*) AS count FROM audit WHERE action = 'template.made'").await, 1);

    // What it was is there to be changed, whole, and is reviewed again.
    let mut change = draft("order_shipped");
    change["version"] = one["version"].clone();
    change["body"] = json!("Hello {{1}}, your order {{2}} leaves our house today.");
    change["buttons"] = json!([]);
    let end = "/order_shipped/variants/en";
    let mut stale = change.clone();
    stale["version"] = json!(0);
    desk.put(end, stale).await.refused(409, "changed_meanwhile");
    let mut moved = change.clone();
    moved["language"] = json!("it");
    assert_eq!(desk.put(end, moved).await.fields(), [("language", "fixed")]);
    let mut filed = change.clone();
    filed["category"] = json!("marketing");
    assert_eq!(desk.put(end, filed).await.fields(), [("category", "category_fixed")]);
    desk.put(end, change.clone()).await.ok();
    let one = desk.becomes("order_shipped", "approved").await;
    assert_eq!(one["content"]["body"], change["body"]);
    assert_eq!(one["samples"], json!({ "header:1": "A-1", "body:1": "Maria", "body:2": "A-1" }));

    // Another language of it, and then none of either.
    let mut other = draft("order_shipped");
    other["language"] = json!("it");
    assert_eq!(desk.post("", other).await.status.as_u16(), 201);
    desk.delete("/order_shipped/variants/en").await.ok();
    assert_eq!(desk.variant("order_shipped").await["status"], "deleted");
    assert_eq!(desk.variant("order_shipped").await["fixed"], "deleted");
    desk.delete("/order_shipped").await.ok();
    let left = "SELECT count(*) AS count FROM template WHERE name = 'order_shipped' AND status <> 'deleted'";
    assert_eq!(line.care.count(left).await, 0);
    desk.delete("/order_shipped").await.refused(404, "not_found");
    line.end().await;
}

async fn says_what_is_wrong(line: Line) {
    let desk = Desk::of(&line).await;
    assert_eq!(desk.post("/checks", draft("order_shipped")).await.ok()["fields"], json!([]));
    let mut odd = draft("Order shipped");
    odd["body"] = json!("{{1}} hello");
    odd["samples"] = json!({});
    let checked = desk.post("/checks", odd.clone()).await.ok();
    let fields: Vec<(&str, &str)> = checked["fields"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["name"].as_str().unwrap_or_default(), one["code"].as_str().unwrap_or_default()))
        .collect();
    let wrong = [
        ("name", "name_letters"),
        ("body", "variable_at_edge"),
        ("samples.header:1", "required"),
        ("samples.body:1", "required"),
        ("samples.button:0", "required"),
    ];
    assert_eq!(fields, wrong);
    assert_eq!(desk.post("", odd).await.fields(), wrong);
    let mut secret = draft("one_time");
    secret["category"] = json!("authentication");
    assert_eq!(desk.post("", secret).await.fields(), [("category", "unknown")]);
    let mut pictured = draft("pictured");
    pictured["header"] = json!({ "type": "image" });
    assert_eq!(desk.post("/checks", pictured.clone()).await.ok()["fields"][0]["code"], "required");
    pictured["sample_upload_id"] = json!(line.upload(&line.care.ann).await);
    assert_eq!(desk.post("", pictured).await.fields(), [("sample_upload_id", "unknown")], "somebody else's file");

    line.control("PATCH", "faults", json!({ "template_review_ms": 3_600_000 })).await;
    assert_eq!(desk.post("", draft("order_shipped")).await.status.as_u16(), 201);
    assert_eq!(desk.post("", draft("order_shipped")).await.fields(), [("language", "taken")]);
    let mut change = draft("order_shipped");
    change["version"] = desk.variant("order_shipped").await["version"].clone();
    desk.put("/order_shipped/variants/en", change).await.refused(409, "template_not_editable");
    let ann = line.care.app.post(&line.care.ann, &desk.path, draft("mine")).await;
    ann.refused(403, "forbidden");
    line.care.app.delete(&line.care.ann, &format!("{}/order_shipped", desk.path)).await.refused(403, "forbidden");

    // What only the provider knows: it has one of that name that we have forgotten.
    line.care.set("UPDATE template SET status = 'deleted' WHERE name = 'order_shipped'").await;
    let refused = desk.post("", draft("order_shipped")).await.refused(422, "template_refused");
    assert!(refused["params"]["detail"].as_str().is_some_and(|words| !words.is_empty()), "{refused}");

    // Nobody is there; or somebody is, and says nothing.
    line.care.set("UPDATE account SET base_url = 'http://127.0.0.1:9'").await;
    desk.post("", draft("nobody")).await.refused(502, "provider_unreachable");
    let mute = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", mute.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((connection, _)) = mute.accept().await {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            drop(connection);
        }
    });
    line.care.set(&format!("UPDATE account SET base_url = '{url}'")).await;
    desk.post("", draft("mute")).await.refused(502, "unknown_outcome");
    let due = store::template::due(&mut line.care.app.bench.look().await).await.expect("read");
    let now = store::millis(line.care.app.bench.desk.now());
    assert!(due.iter().any(|due| due.at <= now + 300_000), "it is asked soon whether it was made");
    line.end().await;
}

async fn shows_a_sample(line: Line) {
    let desk = Desk::of(&line).await;
    let mut pictured = draft("pictured");
    pictured["header"] = json!({ "type": "image" });
    pictured["samples"] = json!({ "body:1": "Maria", "body:2": "A-1", "button:0": "A-1" });
    pictured["sample_upload_id"] = json!(line.upload(&line.care.app.admin).await);
    let made = desk.post("", pictured.clone()).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    desk.becomes("pictured", "approved").await;
    pictured["name"] = json!("moving");
    pictured["header"] = json!({ "type": "video" });
    assert_eq!(desk.post("", pictured.clone()).await.fields(), [("sample_upload_id", "sample_type")]);
    line.care.set("UPDATE account SET app_id = NULL").await;
    assert_eq!(desk.post("", pictured).await.fields(), [("sample_upload_id", "no_app_id")]);
    line.end().await;
}

on_both! {
    async fn a_template_is_made_reviewed_changed_and_deleted(bench: Bench) {
        is_reviewed_live(Line::through(bench.0, Provider::Meta).await).await;
    }

    async fn a_template_that_breaks_a_rule_is_not_handed_in(bench: Bench) {
        says_what_is_wrong(Line::through(bench.0, Provider::Meta).await).await;
    }

    async fn a_header_with_a_file_is_shown_by_a_sample(bench: Bench) {
        shows_a_sample(Line::through(bench.0, Provider::Meta).await).await;
    }

    async fn where_templates_are_made_elsewhere_that_is_said(bench: Bench) {
        let line = Line::through(bench.0, Provider::Sinch).await;
        let desk = Desk::of(&line).await;
        desk.post("", draft("order_shipped")).await.refused(409, "provider_cannot");
        desk.post("/checks", draft("order_shipped")).await.refused(409, "provider_cannot");
        let all = line.care.app.get(&line.care.app.admin, &desk.path).await.ok();
        assert_eq!((&all["can_make"], &all["languages"], &all["not_fetched"]), (&json!(false), &json!([]), &json!("provider")));
        line.end().await;
    }
}
