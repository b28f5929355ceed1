//! Every route and every kind of event, asked by somebody from whom things are hidden: nothing of these may leave the
//! server. A route without an example, and a kind of event that was not produced, fails.

mod examples;
mod raw;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body as Bytes;
use axum::http::{Method, Request, header};
use pronto_domain::access::Role;
use pronto_store::event::Kind;
use pronto_testkit::app::{Answer, HOST, Person};
use pronto_testkit::on_both;
use serde_json::{Value, json};

use self::examples::{Body, Call};
use self::raw::Hidden;
use self::world::World;
use crate::care::{Care, Client, eventually};

/// What somebody from whom something is hidden is refused altogether, or what nobody is given in this walk.
const NEVER: [(&str, &str); 9] = [
    ("find_raw_message", "what the provider wrote names the customer"),
    ("stream", "is no request; its frames are looked at as they come"),
    ("check_account", "the provider refuses everything"),
    ("sync_templates", "the provider refuses everything"),
    ("make_template", "the provider refuses everything"),
    ("edit_variant", "the provider refuses everything"),
    ("delete_template", "the provider refuses everything"),
    ("delete_variant", "the provider refuses everything"),
    ("remove_account", "has open interactions"),
];

/// Somebody from whom something is hidden.
struct Walker {
    person: Person,
    hidden: Hidden,
    frames: Arc<Mutex<Vec<Value>>>,
}

impl Walker {
    async fn new(
        w: &World,
        port: u16,
        role: Role,
        login: &str,
        (scope, mask): (&str, Value),
        permissions: Option<&str>,
    ) -> Self {
        let person = w.care.colleague(role, login).await;
        w.care.profile(&person, scope, &json!({ "name": mask, "phone": mask, "email": mask })).await;
        if let Some(permissions) = permissions {
            w.care
                .set(&format!(
                    "UPDATE profile SET permissions = '{permissions}' WHERE id = (SELECT max(id) FROM profile)"
                ))
                .await;
        }
        let hidden = if mask["mode"] == "full" { Hidden::wholly(&World::numbers()) } else { Hidden::at_the_end() };
        let frames = Arc::<Mutex<Vec<Value>>>::default();
        tokio::spawn(listen(port, person.clone(), frames.clone()));
        eventually("they listen", async || !told(&frames).is_empty()).await;
        Self { person, hidden, frames }
    }

    /// What of that stands in an answer.
    fn looks(&self, call: &Call, answer: &Answer, leaks: &mut Leaks, what: &str) {
        let found = self.hidden.but(&call.typed).found_in(answer);
        leaks.note(&self.person, &format!("{what}: {}", call.path), &found, &String::from_utf8_lossy(&answer.bytes));
    }
}

/// Follows the stream, and goes on where it was when it is cut off.
async fn listen(port: u16, who: Person, frames: Arc<Mutex<Vec<Value>>>) {
    let mut since: Option<String> = None;
    loop {
        let mut client = Client::open(port, &who, since.as_deref()).await;
        while let Some(frame) = client.next(Duration::from_secs(600)).await {
            since = frame["position"].as_str().map(str::to_owned).or(since);
            frames.lock().unwrap_or_else(PoisonError::into_inner).push(frame);
        }
    }
}

fn told(frames: &Mutex<Vec<Value>>) -> Vec<Value> {
    frames.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// What came out that should not have.
#[derive(Default)]
struct Leaks(BTreeMap<String, String>);

impl Leaks {
    fn note(&mut self, who: &Person, what: &str, found: &[String], text: &str) {
        if !found.is_empty() {
            let found: BTreeSet<&String> = found.iter().collect();
            let text: String = text.chars().take(1_500).collect();
            self.0.entry(format!("{} {what}", who.login)).or_insert(format!("{found:?} in {text}"));
        }
    }
}

/// An operation of the document.
struct Operation {
    id: String,
    method: Method,
    path: String,
}

fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(pronto_http::openapi()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths").clone();
    let of = |(path, item): (String, Value)| {
        let item = item.as_object().cloned().unwrap_or_default();
        item.into_iter().map(move |(method, operation)| Operation {
            id: operation["operationId"].as_str().expect("an id").to_owned(),
            method: method.to_uppercase().parse().expect("a method"),
            path: path.clone(),
        })
    };
    paths.into_iter().flat_map(of).collect()
}

impl Operation {
    /// Whether a call is one of it.
    fn is_called_by(&self, path: &str) -> bool {
        let path = format!("/api/v1{}", path.split('?').next().unwrap_or_default());
        let (own, called): (Vec<&str>, Vec<&str>) = (self.path.split('/').collect(), path.split('/').collect());
        own.len() == called.len() && own.iter().zip(called).all(|(own, called)| own.starts_with('{') || *own == called)
    }
}

/// Sends bytes, as a file is handed in.
async fn send(w: &World, who: &Person, method: &str, path: &str, bytes: Vec<u8>) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v1{path}"))
        .header(header::HOST, HOST)
        .header(header::ORIGIN, format!("http://{HOST}"))
        .header(header::COOKIE, &who.cookie)
        .header(header::CONTENT_LENGTH, bytes.len());
    w.care.app.send(request.body(Bytes::from(bytes)).expect("a request")).await
}

async fn ask(w: &World, who: &Person, operation: &Operation, call: &Call) -> Answer {
    assert!(operation.is_called_by(&call.path), "{} is not called by {}", operation.id, call.path);
    let (method, path) = (operation.method.clone(), call.path.as_str());
    match &call.body {
        Body::None => w.care.app.ask(Some(who), method, path, None).await,
        Body::Json(body) => w.care.app.ask(Some(who), method, path, Some(body.clone())).await,
        Body::Bytes(bytes) => send(w, who, method.as_str(), path, bytes.clone()).await,
    }
}

/// The same by somebody who has not seen the latest, and by somebody who sends nothing.
fn beside(call: &Call) -> Vec<Value> {
    let Body::Json(body) = &call.body else { return Vec::new() };
    let mut all = if *body == json!({}) { Vec::new() } else { vec![json!({})] };
    if !body["version"].is_null() {
        let mut stale = body.clone();
        stale["version"] = json!(-1);
        all.push(stale);
    }
    all
}

/// What a client that was away is told when it comes back.
async fn catch_up(port: u16, walker: &Walker, since: &str, leaks: &mut Leaks) {
    let mut client = Client::open(port, &walker.person, Some(since)).await;
    while let Some(frame) = client.next(Duration::from_millis(150)).await {
        let text = frame.to_string();
        leaks.note(&walker.person, &format!("catching up: {}", frame["type"]), &walker.hidden.found(&text), &text);
    }
}

on_both! {
    async fn nothing_that_is_hidden_leaves_the_server(care: Care) {
        let w = World::new(care).await;
        let port = w.care.listen().await;
        let full = json!({ "mode": "full" });
        let rich = Walker::new(&w, port, Role::Admin, "rich", ("accounts", full.clone()), None).await;
        let poor = Walker::new(&w, port, Role::Agent, "poor", ("accounts", json!({ "mode": "last", "count": 4 })), Some("[]")).await;
        let eve = Walker::new(&w, port, Role::Agent, "eve", ("own", full), None).await;
        w.care.app.put(&eve.person, "/presence", json!({ "state": "available" })).await.ok();
        w.care.caught_up().await;
        let (mut leaks, mut missing, mut refused) = (Leaks::default(), Vec::new(), Vec::new());
        let position = || w.care.app.app.live.position().expect("a position").to_string();
        let mut since = position();
        let operations = operations();
        for (index, operation) in operations.iter().enumerate() {
            let mut answers = Vec::new();
            for walker in [&poor, &rich] {
                let Some(calls) = examples::of(&operation.id, &w, &walker.person).await else {
                    missing.push(&operation.id);
                    break;
                };
                for call in calls {
                    let who = call.who.as_ref().unwrap_or(&walker.person);
                    for body in beside(&call) {
                        let answer = w.care.app.ask(Some(who), operation.method.clone(), &call.path, Some(body)).await;
                        walker.looks(&call, &answer, &mut leaks, &operation.id);
                    }
                    let answer = ask(&w, who, operation, &call).await;
                    assert!(!answer.status.is_server_error() || operation.id == "check_account", "{}: {}", call.path, answer.body);
                    walker.looks(&call, &answer, &mut leaks, &operation.id);
                    if walker.person.id == rich.person.id {
                        answers.push((answer.status, answer.body));
                    }
                }
            }
            let never = NEVER.iter().any(|(id, _)| *id == operation.id);
            if !never && !answers.iter().any(|(status, _)| status.is_success()) {
                refused.push(format!("{}: {answers:?}", operation.id));
            }
            if index % 30 == 29 || index + 1 == operations.len() {
                w.care.caught_up().await;
                for walker in [&poor, &eve, &rich] {
                    catch_up(port, walker, &since, &mut leaks).await;
                }
                since = position();
            }
        }
        whisper(&w, port, &rich).await;
        for walker in [&poor, &eve, &rich] {
            for frame in told(&walker.frames) {
                let text = frame.to_string();
                leaks.note(&walker.person, &format!("the stream: {}", frame["type"]), &walker.hidden.found(&text), &text);
            }
        }
        let leaks: Vec<String> = leaks.0.iter().map(|(what, raw)| format!("{what}\n    {raw}")).collect();
        assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
        assert!(missing.is_empty(), "no example in tests/it/walk/examples: {missing:?}");
        assert!(refused.is_empty(), "the example does nothing:\n{}", refused.join("\n"));
        every_frame_came(&w, [&poor, &eve, &rich]).await;
    }
}

/// What is said beside the log, to who has the same on screen.
async fn whisper(w: &World, port: u16, rich: &Walker) {
    let held = w.held(&w.bob).await;
    let watch = json!({ "type": "watch", "interaction_id": held.id });
    let mut client = Client::open(port, &rich.person, None).await;
    client.say(watch.clone()).await;
    let mut bob = Client::open(port, &w.bob, None).await;
    bob.say(watch).await;
    for (kind, said) in [("watching", None), ("typing", Some(json!({ "type": "typing", "interaction_id": held.id })))] {
        if let Some(said) = said {
            bob.say(said).await;
        }
        let frame = client.until(kind).await;
        rich.frames.lock().unwrap_or_else(PoisonError::into_inner).push(frame);
    }
}

on_both! {
    async fn what_is_hidden_is_found_by_all_of_it_alone(care: Care) {
        let w = World::new(care).await;
        let eve = w.care.colleague(Role::Agent, "eve").await;
        let one = w.customer().await;
        let full = json!({ "mode": "full" });
        w.care.profile(&eve, "accounts", &json!({ "name": full, "phone": full, "email": full })).await;
        w.care.caught_up().await;
        let (phone, of) = (&one.phone, &one.phone[3..6]);
        let (mobile, work, number) = (format!("447{of}9034612"), format!("4930{of}6718253"), format!("5390{of}8841276"));
        let email = format!("zwenti{of}@verborgen.example");
        let count = async |who: &Person, path: &str| {
            let answer = w.care.get(who, path).await;
            answer.status.is_success().then(|| answer.body["items"].as_array().expect("items").len())
        };
        let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        // Typed into either list, and into the palette, which asks both.
        let less = ["zwen", "Quax", "Quaxburger", "Zwentibold Quaxburger", "3931", &phone[..12], "7582169", &phone[2..10], &mobile[..12],
            "90346", &email[..9], "verborgen", &email[..14], "geheimrat", "geheim", &number, &number[..7]];
        for list in ["/interactions", "/contacts"] {
            for part in less {
                assert_eq!(count(&eve, &format!("{list}?search={}", encoded(part))).await, Some(0), "{list} {part}");
            }
            for whole in [phone.as_str(), &format!("+{phone}"), &format!("+39 3{of} 7582169")] {
                assert_eq!(count(&eve, &format!("{list}?search={}", encoded(whole))).await, Some(1), "{list} {whole}");
            }
        }
        for whole in [&mobile, &work, &email] {
            assert_eq!(count(&eve, &format!("/contacts?search={}", encoded(whole))).await, Some(1), "{whole}");
        }
        // In conditions.
        let asked = [("name", "customer"), ("phone", "phone"), ("email", "email"), ("contact.fields.customer_no", "contact.fields.customer_no")];
        for (list, at) in [("/contacts", 0), ("/interactions", 1)] {
            for (who, sees) in [(&eve, false), (&w.admin, true)] {
                for (names, part) in asked.iter().zip(["zwentibold", "393", "zwenti", "5390"]) {
                    let field = if at == 0 { names.0 } else { names.1 };
                    for op in ["contains", "starts_with", "is"] {
                        let expression = json!({ "all": [{ "field": field, "op": op, "value": part }] });
                        let found = count(who, &format!("{list}?expression={}", encoded(&expression.to_string()))).await;
                        let told = found.is_some_and(|found| found > 0);
                        assert!(!told || sees, "{list} {field} {op} {part}: {found:?}");
                        assert!(told || !sees || op == "is", "{list} {field} {op} {part}: {found:?}");
                    }
                }
            }
            let whole = json!({ "all": [{ "field": "phone", "op": "is", "value": phone }] });
            assert_eq!(count(&eve, &format!("{list}?expression={}", encoded(&whole.to_string()))).await, Some(1), "{list}");
        }
        // In files, orders and columns.
        let expression = json!({ "all": [{ "field": "name", "op": "starts_with", "value": "zwen" }] });
        let lists = json!({ "version": 1, "members": [{ "user_id": eve.id.0, "team_id": null, "level": "view", "export": true }] });
        w.care.app.patch(&w.admin, &format!("/contact_lists/{}", w.list), lists).await.ok();
        w.care.caught_up().await;
        let all = w.care.get(&eve, "/contacts/exports/csv").await;
        assert!(String::from_utf8_lossy(&all.bytes).lines().count() > 2);
        for path in ["/contacts/exports/csv?sort=name", "/contacts?sort=name", "/interactions?sort=contact", "/interactions?contact_fields=customer_no"] {
            w.care.get(&eve, path).await.refused(422, "invalid");
        }
        for guess in [format!("expression={}", encoded(&expression.to_string())), "search=quax".to_owned()] {
            let file = w.care.get(&eve, &format!("/contacts/exports/csv?{guess}")).await;
            assert_eq!(String::from_utf8_lossy(&file.bytes).lines().count(), 1, "only the heading: {guess}");
        }
        // Two of one name are not told from others by it.
        let twin = json!({ "list_id": w.list, "force": true, "first_name": "Zwentibold", "last_name": "Quaxburger" });
        w.care.app.post(&w.admin, "/contacts", twin).await.ok();
        let pairs = w.care.get(&eve, &format!("/contact_duplicates?list={}", w.list)).await.ok();
        assert_eq!(pairs, json!([]));
    }
}

/// Every kind of event was there, and of every kind of frame somebody was sent one.
async fn every_frame_came(w: &World, walkers: [&Walker; 3]) {
    let mut tx = w.care.app.bench.look().await;
    let kinds: Vec<(String,)> =
        tx.query(pronto_db::sql!("SELECT DISTINCT kind FROM event")).all().await.expect("kinds");
    let kinds: BTreeSet<String> = kinds.into_iter().map(|kind| kind.0).collect();
    let never: Vec<&Kind> = Kind::ALL.iter().filter(|kind| !kinds.contains(kind.as_str())).collect();
    assert!(never.is_empty(), "no such event: {never:?}");
    let document = serde_json::to_value(pronto_http::openapi()).expect("JSON");
    let frames = document["components"]["schemas"]["Frame"]["oneOf"].as_array().expect("frames");
    let came: BTreeSet<String> = walkers
        .iter()
        .flat_map(|walker| told(&walker.frames))
        .filter_map(|frame| frame["type"].as_str().map(str::to_owned))
        .collect();
    // A position alone says nothing of anybody.
    let bare = |frame: &Value| {
        frame["properties"].as_object().is_some_and(|all| all.len() == 2 && all.contains_key("position"))
    };
    let never: Vec<&Value> = frames
        .iter()
        .filter(|frame| !bare(frame))
        .map(|frame| &frame["properties"]["type"]["enum"][0])
        .filter(|kind| !kind.as_str().is_some_and(|kind| came.contains(kind)))
        .collect();
    assert!(never.is_empty(), "no such frame: {never:?}");
}
