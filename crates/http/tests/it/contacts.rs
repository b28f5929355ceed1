//! Contacts: lists and what they allow, records, notes, consent, the list and what is done to many.

use pronto_domain::access::Role;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, Client, MARIA};

async fn made(care: &Care, who: &Person, body: Value) -> Value {
    care.app.post(who, "/contacts", body).await.ok()
}

async fn list(care: &Care, name: &str, members: Value) -> i64 {
    let made = care.app.post(&care.app.admin, "/contact_lists", json!({ "name": name, "members": members })).await.ok();
    made["id"].as_i64().expect("an id")
}

async fn customers(care: &Care) -> i64 {
    care.count("SELECT min(id) AS count FROM contact_list").await
}

async fn found(care: &Care, who: &Person, query: &str) -> Vec<String> {
    let page = care.get(who, &format!("/contacts?{query}")).await.ok();
    let names = page["items"].as_array().expect("items").iter();
    names.map(|one| one["first_name"].as_str().unwrap_or_default().to_owned()).collect()
}

fn encoded(expression: &Value) -> String {
    url::form_urlencoded::byte_serialize(expression.to_string().as_bytes()).collect()
}

on_both! {
    async fn a_list_says_who_may_do_what(care: Care) {
        let (ann, admin) = (&care.ann, &care.app.admin);
        let bob = care.app.with_agent("bob").await;
        let vip = list(&care, "VIP", json!([{ "user_id": ann.id, "level": "add" }])).await;
        assert_eq!(care.get(&bob, "/contact_lists").await.ok(), json!([]), "he works on no account, and nobody named him");
        let hers = care.get(ann, "/contact_lists").await.ok();
        let hers: Vec<_> = hers.as_array().expect("lists").iter().map(|one| (one["name"].clone(), one["level"].clone())).collect();
        assert_eq!(hers, [(json!("Customers"), json!("edit")), (json!("VIP"), json!("add"))]);
        let paul = made(&care, ann, json!({ "list_id": vip, "first_name": "Paul" })).await;
        let path = format!("/contacts/{}", paul["id"]);
        care.app.patch(ann, &path, json!({ "version": paul["version"], "last_name": "Rossi" })).await.refused(403, "forbidden");
        care.get(&bob, &path).await.refused(404, "not_found");
        care.app.post(&bob, "/contacts", json!({ "list_id": vip, "first_name": "X" })).await.refused(404, "not_found");
        care.app.post(ann, "/contact_lists", json!({ "name": "Mine" })).await.refused(403, "forbidden");
        // More is given, and less.
        let row = care.get(admin, "/contact_lists").await.ok()[1].clone();
        let wider = json!({ "version": row["version"], "members": [{ "user_id": ann.id, "level": "edit" }, { "user_id": bob.id, "level": "merge_delete", "export": true }] });
        let row = care.app.patch(admin, &format!("/contact_lists/{vip}"), wider).await.ok();
        let paul = care.app.patch(ann, &path, json!({ "version": paul["version"], "last_name": "Rossi" })).await.ok();
        care.app.patch(ann, &path, json!({ "version": paul["version"], "deleted": true })).await.refused(403, "forbidden");
        let gone = care.app.patch(&bob, &path, json!({ "version": paul["version"], "deleted": true })).await.ok();
        care.get(ann, &path).await.refused(404, "not_found");
        assert_eq!(found(&care, &bob, "deleted=true").await, ["Paul"]);
        care.app.patch(admin, &format!("/contact_lists/{vip}"), json!({ "version": row["version"], "deleted": true })).await.ok();
        assert_eq!(care.get(&bob, "/contact_lists").await.ok(), json!([]));
        let row = care.get(admin, "/contact_lists").await.ok()[1].clone();
        care.app.patch(admin, &format!("/contact_lists/{vip}"), json!({ "version": row["version"], "deleted": false })).await.ok();
        care.app.patch(&bob, &path, json!({ "version": gone["version"], "deleted": false })).await.ok();
        let row = care.get(admin, "/contact_lists").await.ok()[1].clone();
        care.app.patch(admin, &format!("/contact_lists/{vip}"), json!({ "version": row["version"], "deleted": true })).await.refused(409, "list_in_use");
        let customers = customers(&care).await;
        let row = care.get(admin, "/contact_lists").await.ok()[0].clone();
        care.app.patch(admin, &format!("/contact_lists/{customers}"), json!({ "version": row["version"], "deleted": true })).await.refused(409, "list_of_account");
    }

    async fn a_contact_holds_what_is_known_of_somebody(care: Care) {
        let ann = &care.ann;
        let list_id = customers(&care).await;
        let whole = json!({ "list_id": list_id, "first_name": " Zoë ", "last_name": "Bianchi", "mobile": "+39 333 765 4321",
            "numbers": [{ "kind": "work", "number": "0039 06 1234 5678" }], "email": "zoe@example.com", "company": "Acme S.p.A.",
            "postal_address": "Via Roma 1\n10121 Torino", "date_of_birth": "1990-12-31", "url": "example.com",
            "socials": { "Instagram": "@zoe" }, "language": "it", "description": "likes tea", "tags": ["vip"], "owner_id": ann.id });
        let zoe = made(&care, ann, whole).await;
        assert_eq!((&zoe["first_name"], &zoe["phone"], &zoe["mobile"]), (&json!("Zoë"), &json!("+39 333 765 4321"), &json!("+39 333 765 4321")));
        assert_eq!(zoe["numbers"], json!([{ "kind": "work", "number": "+39 06 1234 5678" }]));
        assert_eq!((&zoe["url"], &zoe["socials"]["instagram"], &zoe["owner"]["id"]), (&json!("https://example.com"), &json!("@zoe"), &json!(ann.id)));
        assert_eq!((&zoe["origin"], &zoe["date_of_birth"]), (&json!("agent"), &json!("1990-12-31")));
        let again = made(&care, ann, json!({ "list_id": list_id, "first_name": "Bo", "company": "ACME spa", "force": true })).await;
        assert_ne!(again["company_id"], Value::Null);
        let companies = care.get(ann, "/companies?search=acm").await.ok();
        assert!(companies.as_array().is_some_and(|all| !all.is_empty()), "{companies}");
        // What is shown as a link leads to a page and runs nothing.
        for url in ["javascript://x%0aalert(1)", "not an address"] {
            let company = json!({ "name": "Links", "url": url });
            let refused = care.app.post(ann, "/companies", company).await.refused(422, "invalid");
            assert_eq!(refused["fields"][0]["name"], "url");
        }
        for (number, what) in [("333 7654321", "as dialled"), ("+39 06 12345678", "a further number")] {
            let twice = care.app.post(ann, "/contacts", json!({ "list_id": list_id, "first_name": "Y", "phone": if number.starts_with('+') { number.to_owned() } else { format!("+39 {number}") } })).await.refused(409, "duplicate");
            assert_eq!(twice["params"]["contacts"][0]["id"], zoe["id"], "{what}");
        }
        care.app.post(ann, "/contacts", json!({ "list_id": list_id, "email": "ZOE@example.com" })).await.refused(409, "duplicate");
        assert_eq!(care.app.post(ann, "/contacts", json!({ "list_id": list_id })).await.fields(), [("first_name", "required")]);
        assert_eq!(care.app.post(ann, "/contacts", json!({ "list_id": list_id, "phone": "abc" })).await.fields(), [("phone", "format")]);
        assert_eq!(care.app.post(ann, "/contacts", json!({ "list_id": list_id, "first_name": "A", "date_of_birth": "2990-01-01" })).await.fields(), [("date_of_birth", "out_of_range")]);
        let path = format!("/contacts/{}", zoe["id"]);
        // Never written over.
        let saved = care.app.patch(ann, &path, json!({ "version": zoe["version"], "phone": "+39 02 5550000" })).await.ok();
        assert_eq!((&saved["phone"], &saved["mobile"]), (&json!("+39 02 555 0000"), &json!("+39 333 765 4321")));
        // Who came second is told who was first, and what there is now.
        let stale = care.app.patch(ann, &path, json!({ "version": zoe["version"], "language": "en" })).await.refused(409, "changed_meanwhile");
        assert_eq!((&stale["params"]["current"]["phone"], &stale["params"]["by"]["id"]), (&json!("+39 02 555 0000"), &json!(ann.id)));
        // Copied elsewhere.
        let vip = list(&care, "VIP", json!([{ "user_id": ann.id, "level": "add" }])).await;
        let copy = care.app.post(ann, &format!("{path}/copies"), json!({ "list_id": vip })).await.ok();
        assert_eq!((&copy["list_id"], &copy["numbers"], &copy["origin"]), (&json!(vip), &zoe["numbers"], &json!("copy")));
        care.app.post(ann, &format!("{path}/copies"), json!({ "list_id": vip })).await.refused(409, "duplicate");
    }

    async fn notes_and_consent_are_dated_and_one_note_is_pinned(care: Care) {
        let ann = care.ann.clone();
        let id = care.held(&ann, MARIA).await;
        let contact = care.count(&format!("SELECT contact_id AS count FROM interaction WHERE id = {id}")).await;
        let path = format!("/contacts/{contact}");
        let note = care.app.post(&ann, &format!("{path}/notes"), json!({ "text": "prefers mornings", "pinned": true })).await.ok();
        let second = care.app.post(&ann, &format!("{path}/notes"), json!({ "text": "called twice" })).await.ok();
        let seen = care.get(&ann, &format!("/interactions/{id}")).await.ok();
        assert_eq!(seen["contact"]["pinned_note"]["text"], "prefers mornings");
        let card = care.get(&ann, &path).await.ok();
        assert_eq!((&card["notes"][0]["text"], &card["notes"][1]["pinned"]), (&json!("called twice"), &json!(true)));
        let at = format!("{path}/notes/{}", second["id"]);
        care.app.patch(&ann, &at, json!({ "version": 1, "pinned": true, "text": "called thrice" })).await.ok();
        care.app.patch(&ann, &at, json!({ "version": 1, "text": "x" })).await.refused(409, "changed_meanwhile");
        assert_eq!(care.get(&ann, &path).await.ok()["pinned_note"]["text"], "called thrice");
        let bob = care.app.with_agent("bob").await;
        care.app.patch(&bob, &at, json!({ "version": 2, "text": "x" })).await.refused(404, "not_found");
        care.app.delete(&ann, &format!("{path}/notes/{}", note["id"])).await.ok();
        let consent = format!("{path}/consents/{}", care.account);
        care.app.put(&ann, &consent, json!({ "state": "given", "source": "form" })).await.ok();
        assert_eq!(care.get(&ann, &path).await.ok()["consents"][0]["state"], "given");
        assert_eq!(care.app.put(&ann, &consent, json!({ "state": "refused", "source": " " })).await.fields(), [("source", "required")]);
        care.app.delete(&ann, &consent).await.ok();
        assert_eq!(care.get(&ann, &path).await.ok()["consents"], json!([]));
    }

    async fn contacts_are_found_sorted_and_turned_over(care: Care) {
        let ann = &care.ann;
        let list_id = customers(&care).await;
        for (name, last, phone) in [("Émile", "Zola", "+33 6 12 34 56 78"), ("Ada", "Lovelace", "+44 20 7946 0000"), ("Bruno", "Silva", "+55 11 98765-4321")] {
            let body = json!({ "list_id": list_id, "first_name": name, "last_name": last, "phone": phone, "company": format!("{last} & Co"),
                "email": format!("{}@example.com", last.to_lowercase()) });
            made(&care, ann, body).await;
        }
        assert_eq!(found(&care, ann, "sort=name").await, ["Ada", "Bruno", "Émile"]);
        assert_eq!(found(&care, ann, "sort=name&order=desc").await, ["Émile", "Bruno", "Ada"]);
        let mut seen = Vec::new();
        let mut after = String::new();
        for _ in 0..3 {
            let page = care.get(ann, &format!("/contacts?sort=name&limit=1{after}")).await.ok();
            seen.push(page["items"][0]["first_name"].clone());
            after = format!("&after={}", page["next"].as_str().unwrap_or_default().replace(' ', "%20"));
        }
        assert_eq!(seen, [json!("Ada"), json!("Bruno"), json!("Émile")]);
        for (search, name) in [("emile", "Émile"), ("lovel", "Ada"), ("silva%20co", "Bruno"), ("%2B44%2020%207946", "Ada"), ("551187654321", "Bruno"), ("98765", "Bruno"), ("98766", "nobody"), ("11987654321", "Bruno"), ("ZOLA%40example.com", "Émile")] {
            let names = found(&care, ann, &format!("search={search}")).await;
            let wanted: Vec<&str> = Some(name).filter(|name| *name != "nobody").into_iter().collect();
            assert_eq!(names, wanted, "{search}");
        }
        assert_eq!(care.get(ann, "/contacts").await.ok()["count"], 3);
        assert_eq!(found(&care, ann, "mine=true&sort=name").await.len(), 3);
        assert_eq!(found(&care, &care.app.admin, "mine=true").await.len(), 0);
        let bob = care.app.with_agent("bob").await;
        assert_eq!(found(&care, &bob, "").await.len(), 0);
        let full = json!({ "mode": "full" });
        care.profile(ann, "accounts", &json!({ "name": full, "phone": full, "email": full })).await;
        care.caught_up().await;
        care.get(ann, "/contacts?sort=name").await.refused(422, "invalid");
        for (search, count) in [("emile", 0), ("zola%40example", 0), ("zola%40example.com", 1), ("3361234", 0), ("33612345678", 1)] {
            assert_eq!(found(&care, ann, &format!("search={search}")).await.len(), count, "{search}");
        }
        let hidden = care.get(ann, "/contacts").await.ok().to_string();
        for raw in ["Zola\"", "33612345678", "zola@example.com"] {
            assert!(!hidden.contains(raw), "{raw}: {hidden}");
        }
    }

    async fn contacts_are_searched_by_conditions(care: Care) {
        let ann = &care.ann;
        let admin = &care.app.admin;
        let list_id = customers(&care).await;
        let vip = list(&care, "VIP", json!([{ "user_id": ann.id, "level": "edit" }])).await;
        care.app.post(admin, "/tags", json!({ "name": "gold", "colour": "red" })).await.ok();
        care.app.post(admin, "/contact_fields", json!({ "key": "points", "name": "Points", "kind": "number" })).await.ok();
        let tag = care.count("SELECT id AS count FROM tag WHERE name = 'gold'").await;
        let ada = json!({ "list_id": list_id, "first_name": "Ada", "last_name": "De Luca", "phone": "+55 11 98765-4321", "email": "Ada@example.com",
            "company": "Béta S.p.A.", "language": "pt", "tags": ["gold"], "owner_id": ann.id, "fields": { "points": 12.5 },
            "postal_address": "Via 100% Roma 1, FORLÌ ÜBER ÉTÉ ΣΩΤΉΡΗΣ", "description": "Tall, with a dog", "date_of_birth": "1990-12-31", "url": "https://ada.example.com", "socials": { "x": "ada_lace" } });
        let ada = made(&care, ann, ada).await;
        care.app.put(ann, &format!("/contacts/{}/consents/{}", ada["id"], care.account), json!({ "state": "given", "source": "form" })).await.ok();
        made(&care, admin, json!({ "list_id": vip, "first_name": "Bruno", "numbers": [{ "kind": "work", "number": "+39 06 12345678" }], "fields": { "points": 3 } })).await;
        let is = |field: &str, op: &str, value: Value| json!({ "field": field, "op": op, "value": value });
        let bare = |field: &str, op: &str| json!({ "field": field, "op": op });
        let asked = |expression: Value| {
            let query = format!("sort=name&expression={}", encoded(&expression));
            let care = &care;
            async move { found(care, ann, &query).await }
        };
        for (expression, names) in [
            (is("name", "contains", json!("luca de")), "Ada"), (is("name", "contains", json!("lu de")), ""), (is("name", "is", json!("ada de luca")), "Ada"),
            (is("name", "starts_with", json!("BRU")), "Bruno"), (is("phone", "is", json!("+55 11 8765 4321")), "Ada"), (is("phone", "contains", json!("1234")), "Bruno"),
            (is("phone", "starts_with", json!("5511")), "Ada"), (bare("phone", "empty"), ""), (is("email", "is", json!("ada@EXAMPLE.com")), "Ada"),
            (is("email", "contains", json!("example")), "Ada"), (bare("email", "empty"), "Bruno"), (is("company", "contains", json!("beta")), "Ada"),
            (is("company", "is", json!("beta spa")), ""), (is("company", "is", json!("BETA s.p.a.")), "Ada"), (bare("company", "empty"), "Bruno"),
            (is("language", "is", json!("PT")), "Ada"), (is("list", "any_of", json!([vip])), "Bruno"), (is("list", "none_of", json!([vip])), "Ada"),
            (is("owner", "any_of", json!(["me"])), "Ada"), (bare("owner", "empty"), "Bruno"), (is("owner", "none_of", json!(["me"])), "Bruno"),
            (is("tags", "any_of", json!([tag])), "Ada"), (bare("tags", "empty"), "Bruno"), (is("worker", "any_of", json!(["me"])), "Ada"),
            (bare("worker", "empty"), ""), (is("consent", "any_of", json!([care.account])), "Ada"), (bare("consent", "empty"), "Bruno"), (bare("consent", "filled"), "Ada"),
            (is("origin", "any_of", json!(["agent"])), "Ada Bruno"), (is("created", "last_days", json!(1)), "Ada Bruno"), (is("updated", "before", json!("2020-01-01T00:00:00Z")), ""),
            (is("postal_address", "contains", json!("100% roma")), "Ada"), (is("postal_address", "contains", json!("100_ roma")), ""), (bare("postal_address", "empty"), "Bruno"),
            (is("postal_address", "contains", json!("forlì ÜBER Été")), "Ada"), (is("postal_address", "is", json!("via 100% roma 1, forlì über été σωτήρης")), "Ada"), (is("postal_address", "contains", json!("ΣΩΤΉΡΗΣ")), "Ada"), (is("postal_address", "contains", json!("forli")), ""),
            (is("description", "starts_with", json!("TALL")), "Ada"), (is("description", "is", json!("tall")), ""), (is("url", "contains", json!("ada.example")), "Ada"),
            (is("socials", "is", json!("ADA_lace")), "Ada"), (is("socials", "contains", json!("lace")), "Ada"), (is("socials", "contains", json!("adaxlace")), ""),
            (bare("socials", "empty"), "Bruno"), (bare("socials", "filled"), "Ada"), (bare("date_of_birth", "empty"), "Bruno"),
            // Midnight in Rome, and in New York.
            (is("date_of_birth", "before", json!("1990-12-30T23:00:00Z")), ""), (is("date_of_birth", "after", json!("1990-12-30T23:00:00Z")), "Ada"),
            (is("date_of_birth", "before", json!("1991-01-01T05:00:00Z")), "Ada"), (is("date_of_birth", "after", json!("1991-01-01T05:00:00Z")), ""),
            (is("date_of_birth", "between", json!(["1990-12-31T00:00:00Z", "1991-01-01T00:00:00Z"])), "Ada"), (is("date_of_birth", "last_days", json!(365)), ""),
            (is("contact.fields.points", "above", json!(5)), "Ada"), (bare("contact.fields.points", "filled"), "Ada Bruno"), (is("id", "is", ada["id"].clone()), "Ada"),
            (json!({ "any": [is("name", "is", json!("bruno")), { "all": [is("name", "contains", json!("ada")), is("contact.fields.points", "below", json!(20))] }] }), "Ada Bruno"),
        ] {
            assert_eq!(asked(expression.clone()).await.join(" "), names, "{expression}");
        }
        care.get(ann, "/contacts?expression=%7B%22field%22:%22status%22,%22op%22:%22empty%22%7D").await.refused(422, "invalid");
        let full = json!({ "mode": "full" });
        care.profile(ann, "accounts", &json!({ "name": full, "phone": full, "email": full })).await;
        care.caught_up().await;
        let count = |expression: Value| {
            let query = format!("/contacts?expression={}", encoded(&expression));
            let care = &care;
            async move { care.get(ann, &query).await.ok()["count"].clone() }
        };
        for (expression, found) in [
            (is("name", "is", json!("bruno")), 0), (is("email", "contains", json!("ada@example")), 0), (is("email", "is", json!("ada@example.com")), 1),
            (is("phone", "contains", json!("98765")), 0), (is("phone", "is", json!("5511987654321")), 1), (is("phone", "is", json!("5511")), 0),
            (is("socials", "starts_with", json!("ada")), 0), (is("socials", "is", json!("ada_lace")), 1), (is("description", "contains", json!("dog")), 1),
        ] {
            assert_eq!(count(expression.clone()).await, found, "{expression}");
        }
    }

    async fn what_must_be_filled_in_is_asked_of_whoever_makes_a_contact(care: Care) {
        let (ann, admin) = (&care.ann, &care.app.admin);
        let list_id = customers(&care).await;
        let other = list(&care, "Other", json!([{ "user_id": ann.id, "level": "add" }])).await;
        let field = json!({ "key": "tier", "name": "Tier", "kind": "text", "required": true, "list_id": list_id });
        care.app.post(admin, "/contact_fields", field).await.ok();
        assert_eq!(care.app.post(ann, "/contacts", json!({ "list_id": list_id, "first_name": "A" })).await.fields(), [("fields.tier", "required")]);
        made(&care, ann, json!({ "list_id": other, "first_name": "A" })).await;
        let a = made(&care, ann, json!({ "list_id": list_id, "first_name": "A", "fields": { "tier": "gold" } })).await;
        let empty = json!({ "version": a["version"], "fields": { "tier": null } });
        assert_eq!(care.app.patch(ann, &format!("/contacts/{}", a["id"]), empty).await.fields(), [("fields.tier", "required")]);
        // Who writes first is nobody's to ask.
        care.writes(MARIA, "hello").await;
        assert_eq!(found(&care, ann, "search=393331234567").await.len(), 1);
        // As it is shown, and a part of that.
        assert_eq!(found(&care, ann, "search=%2B39%20333%20123%204567").await.len(), 1);
        assert_eq!(found(&care, ann, "search=333%20123").await.len(), 1);
    }

    async fn writing_first_makes_a_contact_only_where_the_list_allows_it(care: Care) {
        let ann = &care.ann;
        let path = format!("/accounts/{}/starts?phone=%2B393330001111", care.account);
        assert_eq!(care.get(ann, &path).await.ok()["makes_contact"], true);
        let members = json!([{ "user_id": ann.id, "level": "view" }]);
        let list = format!("/contact_lists/{}", customers(&care).await);
        care.app.patch(&care.app.admin, &list, json!({ "version": 1, "members": members })).await.ok();
        care.caught_up().await;
        assert_eq!(care.get(ann, &path).await.ok()["makes_contact"], false);
    }

    async fn many_are_changed_each_for_itself(care: Care) {
        let ann = &care.ann;
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let list_id = customers(&care).await;
        care.app.post(&care.app.admin, "/tags", json!({ "name": "vip", "colour": "red" })).await.ok();
        let vip = list(&care, "VIP", json!([{ "user_id": sue.id, "level": "add" }])).await;
        let one = made(&care, ann, json!({ "list_id": list_id, "first_name": "One" })).await["id"].clone();
        let two = made(&care, &sue, json!({ "list_id": vip, "first_name": "Two" })).await["id"].clone();
        let done = care.app.post(ann, "/contacts/taggings", json!({ "ids": [one, two, 999], "add": ["vip"] })).await.ok();
        assert_eq!(done, json!({ "done": [one], "failed": [{ "id": two, "code": "not_found" }, { "id": 999, "code": "not_found" }] }));
        let tag = care.count("SELECT id AS count FROM tag WHERE name = 'vip'").await;
        assert_eq!(found(&care, ann, &format!("tags={tag}")).await, ["One"]);
        let refused = care.app.post(ann, "/contacts/deletions", json!({ "ids": [one] })).await.ok();
        assert_eq!(refused["failed"], json!([{ "id": one, "code": "forbidden" }]));
        let moved = care.app.post(&sue, "/contacts/moves", json!({ "ids": [one], "list_id": vip })).await.ok();
        assert_eq!(moved["done"], json!([one]), "{moved}");
        assert_eq!(found(&care, &sue, &format!("list={vip}&sort=name")).await, ["One", "Two"]);
        assert_eq!(care.app.post(ann, "/contacts/taggings", json!({ "ids": [], "add": ["vip"] })).await.fields(), [("ids", "out_of_range")]);
    }

    async fn screens_are_told_of_contacts_they_may_look_at(care: Care) {
        let (ann, admin) = (&care.ann, &care.app.admin);
        let list_id = customers(&care).await;
        let closed = list(&care, "Closed", json!([{ "user_id": care.app.admin.id, "level": "view" }])).await;
        care.caught_up().await;
        let port = care.listen().await;
        let mut stream = Client::open(port, ann, None).await;
        stream.until("hello").await;
        made(&care, admin, json!({ "list_id": closed, "first_name": "Hidden" })).await;
        let seen = made(&care, admin, json!({ "list_id": list_id, "first_name": "Seen", "phone": "+39 333 1112223" })).await;
        let frame = stream.until("contact").await;
        assert_eq!((&frame["contact"]["id"], &frame["contact"]["first_name"]), (&seen["id"], &json!("Seen")));
        let path = format!("/contacts/{}", seen["id"]);
        care.app.patch(ann, &path, json!({ "version": seen["version"], "language": "it" })).await.ok();
        let frame = stream.until("contact").await;
        assert_eq!(frame["contact"]["language"], "it");
        care.app.patch(admin, &path, json!({ "version": frame["contact"]["version"], "list_id": closed })).await.ok();
        assert_eq!(stream.until("contact_gone").await["id"], seen["id"]);
        care.writes(MARIA, "hello").await;
        assert_eq!(stream.until("contact").await["contact"]["origin"], "message");
    }

    async fn an_unknown_senders_interaction_is_linked(care: Care) {
        let ann = care.ann.clone();
        care.set("UPDATE account SET create_contact = FALSE").await;
        care.app.bench.desk.reload().await.expect("reloaded");
        let id = care.held(&ann, MARIA).await;
        assert_eq!(care.get(&ann, &format!("/interactions/{id}")).await.ok()["contact"], Value::Null);
        let list_id = customers(&care).await;
        let new = json!({ "new": { "list_id": list_id, "first_name": "Maria", "last_name": "Verdi", "phone": "+39 333 1234567" } });
        let linked = care.app.put(&ann, &format!("/interactions/{id}/contact"), new).await.ok();
        let seen = care.get(&ann, &format!("/interactions/{id}")).await.ok();
        assert_eq!((&seen["contact"]["id"], &seen["interaction"]["customer"]), (&linked["id"], &json!("Maria Verdi")));
        let other = made(&care, &ann, json!({ "list_id": list_id, "first_name": "Lia" })).await;
        care.app.put(&ann, &format!("/interactions/{id}/contact"), json!({ "contact_id": other["id"] })).await.ok();
        assert_eq!(care.get(&ann, &format!("/interactions/{id}")).await.ok()["contact"]["id"], other["id"]);
        let address = care.count("SELECT contact_id AS count FROM address").await;
        assert_eq!(json!(address), other["id"]);
    }
}
