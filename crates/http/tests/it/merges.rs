//! Two contacts that are one person: found, made one, and parted again without a trace.

use pronto_domain::access::Role;
use pronto_domain::phone;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::audit;
use crate::care::{Care, MARIA};

const LUCA: &str = "393339876543";

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn of(&mut self, words: &[&str]) -> Value {
        let place = usize::try_from(self.roll(words.len() as u64 + 1)).expect("small");
        words.get(place).map_or(Value::Null, |word| json!(word))
    }
}

async fn card(care: &Care, who: &Person, id: &Value) -> Value {
    let mut card = care.get(who, &format!("/contacts/{id}")).await.ok();
    for passing in ["version", "updated_at"] {
        card.as_object_mut().expect("an object").remove(passing);
    }
    card
}

async fn version(care: &Care, who: &Person, id: &Value) -> Value {
    care.get(who, &format!("/contacts/{id}")).await.ok()["version"].clone()
}

/// The sources go into the target as they are.
async fn merge(care: &Care, who: &Person, target: &Value, source: &Value, choices: Value) -> Value {
    let (version, source_version) = (version(care, who, target).await, version(care, who, source).await);
    let body = json!({ "source_id": source, "version": version, "source_version": source_version, "choices": choices });
    care.app.post(who, &format!("/contacts/{target}/merges"), body).await.ok()
}

/// Whose each interaction, address and note is, and what rows of lists call them.
async fn ownership(care: &Care) -> Vec<i64> {
    let mut all = Vec::new();
    for table in ["interaction", "address", "contact_note"] {
        let count = care.count(&format!("SELECT coalesce(max(id), 0) AS count FROM {table}")).await;
        for id in 1..=count {
            all.push(
                care.count(&format!("SELECT coalesce(max(contact_id), 0) AS count FROM {table} WHERE id = {id}")).await,
            );
        }
    }
    all
}

on_both! {
    async fn a_merge_with_twenty_messages_is_parted_exactly(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let (one, other) = (care.held(&care.ann, MARIA).await, care.writes(LUCA, "hello").await);
        let of = async |id: i64| json!(care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {id}")).await);
        let (maria, luca) = (of(one).await, of(other).await);
        for (who, text) in [(&maria, "hers"), (&luca, "his")] {
            care.app.post(&sue, &format!("/contacts/{who}/notes"), json!({ "text": text, "pinned": true })).await.ok();
        }
        let consent = format!("/contacts/{luca}/consents/{}", care.account);
        care.app.put(&sue, &consent, json!({ "state": "given", "source": "form" })).await.ok();
        let (before, owned) = ((card(&care, &sue, &maria).await, card(&care, &sue, &luca).await), ownership(&care).await);
        let called = care.get(&sue, &format!("/interactions/{other}")).await.ok()["interaction"]["customer"].clone();
        let done = merge(&care, &sue, &maria, &luca, json!({ "last_name": "target" })).await;
        assert_eq!(done["contact"]["numbers"], json!([{ "kind": "mobile", "number": phone::shown(LUCA) }]));
        care.get(&care.ann, &format!("/contacts/{luca}")).await.refused(404, "not_found");
        let gone = care.get(&sue, &format!("/contacts/{luca}")).await.ok();
        assert_eq!((&gone["merged_into"], &gone["may_edit"]), (&maria, &json!(false)));
        let journey = care.get(&sue, &format!("/contacts/{maria}/journey")).await.ok();
        assert_eq!(journey["items"].as_array().map(Vec::len), Some(2), "{journey}");
        assert_eq!(of(other).await, maria);
        let whole = card(&care, &sue, &maria).await;
        assert_eq!((whole["notes"].as_array().map(Vec::len), &whole["pinned_note"]["text"], &whole["consents"][0]["state"]), (Some(2), &json!("hers"), &json!("given")));
        for turn in 0..20 {
            let (from, thread) = if turn % 2 == 0 { (MARIA, one) } else { (LUCA, other) };
            assert_eq!(care.writes(from, &format!("message {turn}")).await, thread);
        }
        let merges = care.get(&sue, &format!("/contacts/{maria}/merges")).await.ok();
        assert_eq!((&merges[0]["id"], &merges[0]["may_undo"]), (&done["merge"]["id"], &json!(true)));
        let path = format!("/contacts/{maria}/merges/{}", merges[0]["id"]);
        care.app.delete(&care.ann, &path).await.refused(403, "forbidden");
        care.app.delete(&sue, &path).await.ok();
        assert_eq!((card(&care, &sue, &maria).await, card(&care, &sue, &luca).await), before);
        assert_eq!(ownership(&care).await, owned);
        assert_eq!(care.get(&sue, &format!("/interactions/{other}")).await.ok()["interaction"]["customer"], called);
        care.app.delete(&sue, &path).await.refused(409, "parted");
        let actions: Vec<String> = audit(&care.app).await.into_iter().map(|one| one.action).collect();
        assert!(actions.iter().any(|one| one == "contact.merged") && actions.iter().any(|one| one == "contact.parted"));
    }

    async fn whatever_is_chosen_parting_restores_both(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let admin = &care.app.admin;
        for (key, kind) in [("points", "number"), ("gold", "switch"), ("since", "date_time"), ("motto", "text")] {
            care.app.post(admin, "/contact_fields", json!({ "key": key, "name": key, "kind": kind })).await.ok();
        }
        let list = care.count("SELECT min(id) AS count FROM contact_list").await;
        let names = ["first_name", "last_name", "phone", "mobile", "email", "company", "postal_address", "date_of_birth", "url", "language", "description", "owner", "fields.points", "fields.gold", "fields.since", "fields.motto"];
        for seed in 0..8 {
            let mut dice = Dice(seed);
            let mut both = Vec::new();
            for side in ["a", "b"] {
                let numbers: Vec<Value> = (0..dice.roll(3)).map(|at| json!({ "kind": "work", "number": format!("+39 06 1111{}", 1000 + at * 7 + seed) })).collect();
                let body = json!({ "list_id": list, "force": true, "first_name": format!("{side}{seed}"), "last_name": dice.of(&["Rossi", "Verdi"]),
                    "phone": dice.of(&["+39 333 1112222", "+39 333 3334444"]), "mobile": dice.of(&["+39 333 1112222", "+55 11 98765-4321"]),
                    "email": dice.of(&["a@example.com", "b@example.com"]), "company": dice.of(&["Acme", "Béta"]), "postal_address": dice.of(&["Via Roma 1"]),
                    "date_of_birth": dice.of(&["1990-12-31"]), "url": dice.of(&["https://a.example", "https://b.example"]), "language": dice.of(&["it", "en"]),
                    "description": dice.of(&["tea"]), "owner_id": if dice.roll(2) == 0 { json!(sue.id) } else { Value::Null }, "numbers": numbers,
                    "tags": if dice.roll(2) == 0 { json!(["x", "y"]) } else { json!(["y", "z"]) },
                    "socials": if dice.roll(2) == 0 { json!({ "x": side }) } else { json!({ "x": side, "y": side }) },
                    "fields": { "points": if dice.roll(2) == 0 { json!(1e15) } else { json!(12.5) }, "gold": dice.roll(2) == 0,
                        "since": dice.of(&["2026-03-02T09:00:00Z"]), "motto": dice.of(&["once", "twice"]) } });
                both.push(care.app.post(&sue, "/contacts", body).await.ok()["id"].clone());
            }
            let (one, other) = (&both[0], &both[1]);
            let before = (card(&care, &sue, one).await, card(&care, &sue, other).await);
            let choices: serde_json::Map<String, Value> = names.iter().filter_map(|name| match dice.roll(3) {
                0 => None,
                1 => Some(((*name).to_owned(), json!("target"))),
                _ => Some(((*name).to_owned(), json!("source"))),
            }).collect();
            let done = merge(&care, &sue, one, other, Value::Object(choices.clone())).await;
            for (name, side) in &choices {
                let of = if side == "target" { &before.0 } else { &before.1 };
                let at = |card: &Value| match name.strip_prefix("fields.") { Some(key) => card["fields"][key].clone(), None => card[name.as_str()].clone() };
                assert_eq!(at(&done["contact"]), at(of), "{seed}: {name} of the {side}");
            }
            care.app.delete(&sue, &format!("/contacts/{one}/merges/{}", done["merge"]["id"])).await.ok();
            assert_eq!((card(&care, &sue, one).await, card(&care, &sue, other).await), before, "{seed}");
            for id in [one, other] {
                care.app.post(&sue, "/contacts/deletions", json!({ "ids": [id] })).await.ok();
            }
        }
    }

    async fn who_may_be_one_person_is_suggested_until_somebody_says_no(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let list = care.count("SELECT min(id) AS count FROM contact_list").await;
        let made = async |body: Value| care.app.post(&sue, "/contacts", body).await.ok()["id"].clone();
        let ada = made(json!({ "list_id": list, "first_name": "Ada", "last_name": "Lovelace", "phone": "+55 11 98765-4321", "email": "ada@example.com" })).await;
        let again = made(json!({ "list_id": list, "force": true, "first_name": "ADA", "last_name": "Lovelace", "mobile": "+55 11 8765-4321", "email": "Ada@Example.com" })).await;
        let third = made(json!({ "list_id": list, "force": true, "first_name": "Ada", "last_name": "Lovelace" })).await;
        let path = format!("/contacts/{ada}/duplicates");
        let found = care.get(&sue, &path).await.ok();
        let found: Vec<_> = found.as_array().expect("some").iter().map(|one| (one["contact"]["id"].clone(), one["reasons"].clone())).collect();
        assert_eq!(found, [(again.clone(), json!(["number", "email", "name"])), (third.clone(), json!(["name"]))]);
        let pairs = care.get(&sue, &format!("/contact_duplicates?list={list}")).await.ok();
        let pairs: Vec<_> = pairs.as_array().expect("some").iter().map(|pair| (pair["reason"].clone(), pair["contacts"][0]["id"].clone(), pair["contacts"][1]["id"].clone())).collect();
        assert_eq!(pairs, [(json!("email"), ada.clone(), again.clone()), (json!("name"), ada.clone(), third.clone())]);
        let bob = care.app.with_agent("bob").await;
        care.get(&bob, &format!("/contact_duplicates?list={list}")).await.refused(422, "invalid");
        for other in [&again, &third] {
            care.app.put(&sue, &format!("/contacts/{other}/distinctions/{ada}"), json!({})).await.ok();
        }
        assert_eq!(care.get(&sue, &path).await.ok(), json!([]));
        assert_eq!(care.get(&sue, &format!("/contact_duplicates?list={list}")).await.ok(), json!([]));
        // What was changed since both were looked at is looked at again; agents do not merge where nobody named them.
        let body = json!({ "source_id": again, "version": 1, "source_version": 99 });
        care.app.post(&sue, &format!("/contacts/{ada}/merges"), body.clone()).await.refused(409, "changed_meanwhile");
        care.app.post(&care.ann, &format!("/contacts/{ada}/merges"), body).await.refused(403, "forbidden");
        let (version, source_version) = (version(&care, &sue, &ada).await, version(&care, &sue, &again).await);
        let odd = json!({ "source_id": again, "version": version, "source_version": source_version, "choices": { "colour": "target" } });
        assert_eq!(care.app.post(&sue, &format!("/contacts/{ada}/merges"), odd).await.fields(), [("choices.colour", "unknown")]);
    }
}
