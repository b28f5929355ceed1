//! Calls of what is about contacts.

use pronto_testkit::app::Person;
use serde_json::{Value, json};

use super::{Call, bytes, get, say};
use crate::walk::world::World;

pub(super) async fn of(operation: &str, w: &World, me: &Person) -> Option<Vec<Call>> {
    let (list, base) = (w.list, w.base.contact);
    Some(match operation {
        "list_companies" => vec![get("/companies"), get("/companies?search=ac")],
        "add_company" => {
            vec![say("/companies", json!({ "name": format!("Company {}", w.next()), "url": "https://example.com" }))]
        }
        "change_company" => {
            let id = w.made("/companies", json!({ "name": format!("Company {}", w.next()) })).await;
            vec![say(format!("/companies/{id}"), json!({ "version": 1, "note": "wholesale" }))]
        }
        "list_duplicates" => {
            w.twin(&w.base).await;
            vec![get(format!("/contact_duplicates?list={list}"))]
        }
        "list_duplicates_of" => {
            let customer = w.customer().await;
            w.twin(&customer).await;
            vec![get(format!("/contacts/{}/duplicates", customer.contact))]
        }
        "distinguish_contacts" => {
            let (twin, _) = w.twin(&w.base).await;
            vec![get(format!("/contacts/{base}/distinctions/{twin}"))]
        }
        "list_contact_fields" => vec![get("/contact_fields")],
        "add_contact_field" => {
            let key = format!("walk{}", w.next());
            vec![say("/contact_fields", json!({ "key": key, "name": key, "kind": "text" }))]
        }
        "arrange_contact_fields" => {
            let all = w.care.get(&w.admin, "/contact_fields").await.ok();
            let ids: Vec<&Value> = all.as_array()?.iter().map(|one| &one["id"]).collect();
            vec![say("/contact_fields/order", json!({ "ids": ids }))]
        }
        "change_contact_field" => {
            let key = format!("walk{}", w.next());
            let id = w.made("/contact_fields", json!({ "key": key, "name": key, "kind": "text" })).await;
            vec![say(format!("/contact_fields/{id}"), json!({ "version": 1, "archived": true }))]
        }
        "list_contact_imports" => vec![get("/contact_imports")],
        "hand_in_contacts" => vec![bytes(format!("/contact_imports?list_id={list}&name=mine.csv"), "First\nUgo\n")],
        // One's own, and somebody else's.
        "find_contact_import" | "preview_contact_import" | "list_contact_import_rows" | "download_import_rejects" => {
            let ends: &[&str] = match operation {
                "find_contact_import" => &[""],
                "preview_contact_import" => &["/preview", "/preview?heading=false"],
                "list_contact_import_rows" => &["/rows", "/rows?outcome=invalid"],
                _ => &["/rejects/csv", "/rejects/xlsx"],
            };
            let theirs = checked(w, &w.admin).await;
            let mut calls: Vec<Call> = ends.iter().map(|end| get(format!("/contact_imports/{theirs}{end}"))).collect();
            if let Some(mine) = own(w, me).await {
                let own = |end: &&str| {
                    let call = get(format!("/contact_imports/{mine}{end}"));
                    // Whoever hands in a file knows what is in it.
                    call.typing("+39 3100 7582169 Zwentibold Quaxburger zwenti@verborgen.example 7582169x")
                };
                calls.extend(ends.iter().map(own));
            }
            calls
        }
        "change_contact_import" => {
            let import = w.import(&w.admin).await;
            vec![say(
                format!("/contact_imports/{}", import["id"]),
                json!({ "version": import["version"], "format": import["format"], "mapping": import["mapping"] }),
            )]
        }
        "work_contact_import" => {
            let import = w.import(&w.admin).await;
            vec![say(
                format!("/contact_imports/{}/tasks", import["id"]),
                json!({ "version": import["version"], "task": "check" }),
            )]
        }
        "remove_contact_import" => {
            let import = w.import(&w.admin).await;
            vec![get(format!("/contact_imports/{}?version={}", import["id"], import["version"]))]
        }
        "list_contact_lists" => vec![get("/contact_lists")],
        "add_contact_list" => vec![say("/contact_lists", json!({ "name": format!("List {}", w.next()) }))],
        "change_contact_list" => {
            let id = w.made("/contact_lists", json!({ "name": format!("List {}", w.next()) })).await;
            vec![say(format!("/contact_lists/{id}"), json!({ "version": 1, "description": "of the fair" }))]
        }
        "list_contact_views" => vec![get("/contact_views")],
        "add_contact_view" => {
            vec![say("/contact_views", json!({ "name": format!("view {}", w.next()), "filter": { "list": list } }))]
        }
        "change_contact_view" | "remove_contact_view" => {
            views(w, "/contact_views", me, operation.starts_with("change")).await
        }
        "list_contacts" => {
            let expression = encoded(
                &json!({ "all": [{ "field": "tags", "op": "any_of", "value": [] }, { "field": "company", "op": "contains", "value": "acm" }] }),
            );
            vec![
                get("/contacts"),
                get("/contacts?limit=1"),
                get(format!("/contacts?list={list}&sort=created&order=asc")),
                get("/contacts?deleted=true"),
                get("/contacts?search=acme"),
                get("/contacts?sort=name"),
                get(format!("/contacts?ids={base}")),
                get(format!("/contacts?expression={expression}")),
            ]
        }
        "export_contacts" => {
            vec![get("/contacts/exports/csv"), get("/contacts/exports/xlsx"), get("/contacts/exports/csv?sort=name")]
        }
        "make_contact" => vec![
            say("/contacts", json!({ "list_id": list, "description": "met at the fair" })),
            say("/contacts", json!({ "list_id": list, "first_name": "Ugo" })),
            // Somebody who is there already.
            say("/contacts", json!({ "list_id": list, "phone": format!("+{}", w.base.phone) })).typing(&w.base.phone),
        ],
        "delete_contacts" => vec![say("/contacts/deletions", json!({ "ids": [w.customer().await.contact, 999] }))],
        "move_contacts" => {
            vec![say("/contacts/moves", json!({ "ids": [w.customer().await.contact], "list_id": w.other_list }))]
        }
        "tag_contacts" => vec![say("/contacts/taggings", json!({ "ids": [base], "add": ["regular"] }))],
        "find_contact" => vec![get(format!("/contacts/{base}"))],
        "change_contact" => {
            let customer = w.customer().await;
            let path = format!("/contacts/{}", customer.contact);
            vec![
                say(&path, json!({ "version": customer.version, "description": "tall" })),
                say(
                    &path,
                    json!({ "version": customer.version + 1, "first_name": "•••", "fields": { "customer_no": "•••" } }),
                ),
                say(&path, json!({ "version": customer.version + 1, "deleted": true })),
            ]
        }
        "say_consent" | "forget_consent" => {
            let path = format!("/contacts/{base}/consents/{}", w.care.account);
            w.care.app.put(&w.admin, &path, json!({ "state": "given", "source": "fair" })).await.ok();
            vec![if operation == "say_consent" {
                say(path, json!({ "state": "refused", "source": "letter" }))
            } else {
                get(path)
            }]
        }
        "copy_contact" => {
            let path = format!("/contacts/{}/copies", w.customer().await.contact);
            vec![
                say(&path, json!({ "list_id": w.other_list })),
                say(&path, json!({ "list_id": w.other_list })),
                say(path, json!({ "list_id": w.other_list, "force": true })),
            ]
        }
        "erase_person" => {
            let (open, closed) = (w.customer().await, w.closed(&w.admin).await);
            [open, closed]
                .map(|customer| {
                    say(format!("/contacts/{}/erasure", customer.contact), json!({ "reason": "asked for by letter" }))
                })
                .into()
        }
        "list_contact_journey" => vec![get(format!("/contacts/{base}/journey"))],
        "list_merges" => {
            let (target, _) = merged(w).await;
            vec![get(format!("/contacts/{target}/merges"))]
        }
        "merge_contacts" => {
            let customer = w.customer().await;
            let (twin, version) = w.twin(&customer).await;
            vec![say(
                format!("/contacts/{}/merges", customer.contact),
                json!({ "source_id": twin, "version": customer.version, "source_version": version, "choices": { "phone": "source" } }),
            )]
        }
        "part_contacts" => {
            let (target, merge) = merged(w).await;
            vec![get(format!("/contacts/{target}/merges/{merge}"))]
        }
        "add_contact_note" => {
            vec![say(format!("/contacts/{base}/notes"), json!({ "text": "likes coffee", "pinned": true }))]
        }
        "remove_contact_note" | "change_contact_note" => {
            let note = w.made(&format!("/contacts/{base}/notes"), json!({ "text": "likes milk" })).await;
            let path = format!("/contacts/{base}/notes/{note}");
            vec![if operation == "remove_contact_note" {
                get(path)
            } else {
                say(path, json!({ "version": 1, "text": "likes water" }))
            }]
        }
        "export_person" => vec![get(format!("/contacts/{base}/personal_data"))],
        _ => return None,
    })
}

/// A merge of two customers; answers whom into, and the merge.
async fn merged(w: &World) -> (i64, i64) {
    let customer = w.customer().await;
    let (twin, version) = w.twin(&customer).await;
    let body = json!({ "source_id": twin, "version": customer.version, "source_version": version });
    let merged = w.care.app.post(&w.admin, &format!("/contacts/{}/merges", customer.contact), body).await.ok();
    (customer.contact, merged["merge"]["id"].as_i64().expect("an id"))
}

/// A file with rows that were not taken.
async fn checked(w: &World, who: &Person) -> i64 {
    let import = w.import(who).await;
    let id = import["id"].as_i64().expect("an id");
    w.work(who, &import).await;
    id
}

/// One's own, where one may bring contacts in.
async fn own(w: &World, me: &Person) -> Option<i64> {
    let may = crate::walk::send(
        w,
        me,
        "POST",
        &format!("/contact_imports?list_id={}&name=may.csv", w.list),
        "First\nUgo\n".into(),
    )
    .await;
    if may.status.is_success() { Some(checked(w, me).await) } else { None }
}

/// Everybody's views, whatever they filter by, and one's own.
pub(super) async fn views(w: &World, path: &str, me: &Person, change: bool) -> Vec<Call> {
    w.views().await;
    let all = w.care.get(&w.admin, path).await.ok();
    let mut ids: Vec<i64> = all.as_array().into_iter().flatten().filter_map(|one| one["id"].as_i64()).collect();
    let own = w.care.app.post(me, path, json!({ "name": format!("own {}", w.next()), "filter": {} })).await.ok();
    ids.extend(own["id"].as_i64());
    let call = |id: i64| {
        let path = format!("{path}/{id}");
        if change { say(path, json!({ "version": 1, "name": format!("renamed {id}") })) } else { get(path) }
    };
    ids.into_iter().map(call).collect()
}

/// As it stands in an address.
pub(super) fn encoded(value: &Value) -> String {
    url::form_urlencoded::byte_serialize(value.to_string().as_bytes()).collect()
}
