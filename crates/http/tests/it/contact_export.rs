//! Contacts as files: what is in them, for whom, and that each is written down.

use std::io::{Cursor, Read as _};

use pronto_testkit::on_both;
use serde_json::json;

use crate::audit;
use crate::care::Care;

fn sheet(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    for part in ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"] {
        archive.by_name(part).expect(part);
    }
    let mut text = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").expect("a sheet").read_to_string(&mut text).expect("UTF-8");
    text
}

on_both! {
    async fn contacts_leave_as_a_file_for_those_who_may(care: Care) {
        let (ann, admin) = (&care.ann, &care.app.admin);
        let list_id = care.count("SELECT min(id) AS count FROM contact_list").await;
        care.app.post(admin, "/contact_fields", json!({ "key": "points", "name": "Points", "kind": "number" })).await.ok();
        let closed = json!({ "name": "Closed", "members": [{ "user_id": ann.id, "level": "edit" }] });
        let closed = care.app.post(admin, "/contact_lists", closed).await.ok()["id"].clone();
        for (list, first, last) in [(json!(list_id), "=Ada", "De \"Luca\", jr"), (json!(list_id), "Bruno", "<b>"), (closed.clone(), "Carla", "Far")] {
            let body = json!({ "list_id": list, "first_name": first, "last_name": last, "phone": format!("+39 333 123456{}", first.len()), "fields": { "points": 12.5 } });
            care.app.post(ann, "/contacts", body).await.ok();
        }
        care.get(ann, "/contacts/exports/csv").await.refused(403, "forbidden");
        care.get(admin, "/contacts/exports/pdf").await.refused(422, "invalid");
        let answer = care.get(admin, "/contacts/exports/csv?sort=name").await;
        assert_eq!((answer.status.as_u16(), answer.headers["content-type"].to_str().expect("text")), (200, "text/csv; charset=utf-8"));
        let csv = String::from_utf8(answer.bytes.to_vec()).expect("UTF-8");
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert!(lines[0].starts_with("\u{feff}First name,Last name,Phone"), "{csv}");
        assert!(lines[0].ends_with(",Points"), "{csv}");
        assert!(lines[1].starts_with("'=Ada,\"De \"\"Luca\"\", jr\",39333"), "{csv}");
        assert!(lines[1].ends_with(",12.5"), "{csv}");
        assert_eq!(lines.len(), 5, "three, their head and the end: {csv}");
        // One who is given a list's export takes that list, as they see it.
        let row = care.get(admin, "/contact_lists").await.ok();
        let row = row.as_array().expect("lists").iter().find(|one| one["id"] == closed).expect("it").clone();
        let given = json!({ "version": row["version"], "members": [{ "user_id": ann.id, "level": "view", "export": true }] });
        care.app.patch(admin, &format!("/contact_lists/{closed}"), given).await.ok();
        care.profile(ann, "accounts", &json!({ "name": { "mode": "none" }, "phone": { "mode": "last", "count": 4 }, "email": { "mode": "none" } })).await;
        care.caught_up().await;
        let answer = care.get(ann, "/contacts/exports/xlsx").await;
        assert_eq!(answer.status, 200);
        let text = sheet(&answer.bytes);
        assert!(text.contains("Carla") && !text.contains("Bruno") && text.contains("<v>12.5</v>"), "{text}");
        assert!(!text.contains("393331234565") && text.contains("••••"), "{text}");
        let whole = sheet(&care.get(admin, &format!("/contacts/exports/xlsx?list={list_id}&search=bruno")).await.bytes);
        assert!(whole.contains("&lt;b&gt;") && !whole.contains("Carla") && !whole.contains("Luca"), "{whole}");
        let written = audit(&care.app).await;
        assert_eq!(written.iter().filter(|one| one.action == "contacts.exported").count(), 3);
    }
}
