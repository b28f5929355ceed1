//! Bringing contacts in from a file.

use axum::body::Body;
use axum::http::{Method, Request, header};
use pronto_desk::work;
use pronto_domain::access::Role;
use pronto_testkit::app::{Answer, HOST, Person};
use pronto_testkit::on_both;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::care::{Care, eventually};

async fn customers(care: &Care) -> i64 {
    care.count("SELECT min(id) AS count FROM contact_list").await
}

async fn hand_in(care: &Care, who: &Person, bytes: impl Into<Vec<u8>>) -> Answer {
    let list = customers(care).await;
    let bytes = bytes.into();
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("/api/v1/contact_imports?list_id={list}&name=people.csv"))
        .header(header::HOST, HOST)
        .header(header::ORIGIN, format!("http://{HOST}"))
        .header(header::COOKIE, &who.cookie)
        .header(header::CONTENT_LENGTH, bytes.len());
    care.app.send(request.body(Body::from(bytes)).expect("a request")).await
}

/// Takes what the file says of itself, and says how somebody is known again.
async fn mapped(care: &Care, import: &Value, columns: Value, match_by: Value, on_match: &str) -> Value {
    let mapping = json!({ "columns": columns, "match_by": match_by, "on_match": on_match, "tags": ["brought in"] });
    let body = json!({ "version": import["version"], "format": import["format"], "mapping": mapping });
    care.app.patch(&care.ann, &format!("/contact_imports/{}", import["id"]), body).await.ok()
}

/// Asks for a task, and waits until it is over.
async fn work(care: &Care, import: &Value, task: &str) -> Value {
    let stop = CancellationToken::new();
    tokio::spawn(work::jobs::run(care.app.bench.desk.clone(), stop.clone()));
    let now = again(care, import).await;
    let asked = json!({ "version": now["version"], "task": task });
    care.app.post(&care.ann, &format!("/contact_imports/{}/tasks", import["id"]), asked).await.ok();
    over(care, import).await;
    stop.cancel();
    again(care, import).await
}

async fn over(care: &Care, import: &Value) {
    eventually("the import is over", async || {
        !["checking", "running", "undoing"].contains(&again(care, import).await["state"].as_str().expect("a state"))
    })
    .await;
}

async fn again(care: &Care, import: &Value) -> Value {
    care.get(&care.ann, &format!("/contact_imports/{}", import["id"])).await.ok()
}

fn told(import: &Value) -> [i64; 5] {
    ["rows_read", "made", "updated", "duplicates", "invalid"].map(|name| import[name].as_i64().expect(name))
}

async fn people(care: &Care) -> Vec<String> {
    let page = care.get(&care.ann, "/contacts?sort=name").await.ok();
    page["items"].as_array().expect("items").iter().map(|one| one["first_name"].to_string()).collect()
}

on_both! {
    async fn a_file_is_looked_at_checked_brought_in_and_taken_back(care: Care) {
        let ann = &care.ann;
        // As a spreadsheet on Windows writes it: its own characters, semicolons, a line within quotes.
        let text = "Nome;Cognome;Cellulare;E-mail;Note;Nato il\r\n\
            Nicol\u{f2};Rossi;+39 333 1234567;nicolo@example.com;\"due\r\nrighe; sul serio\";31/12/1990\r\n\
            Anna;Bianchi;0039 333-765.4321;anna@example.com;;\r\n\
            Anna;Bianchi;+39 333 7654321;;;\r\n\
            Ugo;;call me;ugo;;\r\n;;;;;\r\n";
        let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("of those characters")).collect();
        let import = hand_in(&care, ann, bytes).await.ok();
        assert_eq!(import["format"], json!({ "encoding": "windows-1252", "delimiter": "semicolon", "heading": true, "dates": "day_first" }));
        assert_eq!((&import["state"], &import["name"], &import["mapping"]), (&json!("uploaded"), &json!("people.csv"), &Value::Null));
        let path = format!("/contact_imports/{}", import["id"]);
        let preview = care.get(ann, &format!("{path}/preview")).await.ok();
        assert_eq!(preview["headings"], json!(["Nome", "Cognome", "Cellulare", "E-mail", "Note", "Nato il"]));
        assert_eq!(preview["guessed"], json!(["first_name", "last_name", "mobile", "email", "description", null]));
        assert_eq!(preview["rows"][0][0], json!("Nicolò"));
        assert_eq!(preview["rows"].as_array().map(Vec::len), Some(4), "an empty line is none");
        let other = care.get(ann, &format!("{path}/preview?delimiter=comma&heading=false")).await.ok();
        assert_eq!(other["rows"][0][0], json!("Nome;Cognome;Cellulare;E-mail;Note;Nato il"));

        let asked = |task: &str, import: &Value| json!({ "version": import["version"], "task": task });
        care.app.post(ann, &format!("{path}/tasks"), asked("run", &import)).await.refused(422, "invalid");
        let columns = json!(["first_name", "last_name", "mobile", "email", "description", "date_of_birth"]);
        let import = mapped(&care, &import, columns, json!(["phone", "email"]), "skip").await;
        let checked = work(&care, &import, "check").await;
        assert_eq!((&checked["state"], told(&checked), &checked["rows_total"]), (&json!("checked"), [4, 2, 0, 1, 1], &json!(4)));
        assert_eq!(people(&care).await, Vec::<String>::new(), "nothing is brought in");
        let rows = care.get(ann, &format!("{path}/rows")).await.ok();
        let rows: Vec<_> = rows.as_array().expect("rows").iter().map(|row| (row["number"].clone(), row["outcome"].clone(), row["reasons"][0]["code"].clone())).collect();
        assert_eq!(rows, [
            (json!(1), json!("new"), Value::Null), (json!(2), json!("new"), Value::Null),
            (json!(3), json!("duplicate"), json!("in_file")), (json!(4), json!("invalid"), json!("format")),
        ]);
        let invalid = care.get(ann, &format!("{path}/rows?outcome=invalid")).await.ok();
        assert_eq!((&invalid[0]["cells"][2], invalid[0]["reasons"].as_array().map(Vec::len)), (&json!("call me"), Some(2)));

        let done = work(&care, &checked, "run").await;
        assert_eq!((&done["state"], told(&done)), (&json!("done"), [4, 2, 0, 1, 1]));
        assert_eq!(people(&care).await, [r#""Anna""#, r#""Nicolò""#]);

        // What was not taken comes as a file, to be mended and handed in again.
        let file = care.get(ann, &format!("{path}/rejects/csv")).await;
        assert_eq!(file.headers["content-disposition"], format!("attachment; filename=\"import-{}-rejected.csv\"", import["id"]));
        let csv = String::from_utf8(file.bytes.to_vec()).expect("UTF-8");
        let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert_eq!(lines[0], "Nome,Cognome,Cellulare,E-mail,Note,Nato il,Row,Why it was not taken");
        assert_eq!(lines[1], "Anna,Bianchi,'+39 333 7654321,,,,3,is the same as row 2");
        assert!(lines[2].starts_with("Ugo,,call me,ugo,,,4,\"Cellulare: ") && lines[2].contains("; E-mail: "), "{csv}");
        assert_eq!(lines[3..], [""]);
        assert_eq!(care.get(ann, &format!("{path}/rejects/xlsx")).await.bytes[..2], *b"PK");
        // As browsers ask for it.
        let packed = Request::builder().uri(format!("/api/v1{path}/rejects/csv")).header(header::HOST, HOST);
        let packed = packed.header(header::COOKIE, &ann.cookie).header(header::ACCEPT_ENCODING, "gzip");
        let packed = care.app.send(packed.body(Body::empty()).expect("a request")).await;
        assert_eq!((&packed.headers["content-encoding"], &packed.bytes[..2]), (&"gzip".parse().expect("a value"), &[0x1f, 0x8b][..]));
        care.get(ann, &format!("{path}/rejects/pdf")).await.refused(422, "invalid");
        care.get(&care.app.with_agent("bob").await, &format!("{path}/rejects/csv")).await.refused(404, "not_found");
        let page = care.get(ann, "/contacts?search=nicolo").await.ok();
        let nicolo = &page["items"][0];
        assert_eq!((&nicolo["phone"], &nicolo["mobile"]), (&json!("+39 333 123 4567"), &json!("+39 333 123 4567")));
        assert_eq!((&nicolo["description"], &nicolo["date_of_birth"]), (&json!("due\nrighe; sul serio"), &json!("1990-12-31")));
        assert_eq!((&nicolo["origin"], &nicolo["tags"]), (&json!("import"), &json!(["brought in"])));
        care.get(ann, &format!("{path}/preview")).await.refused(409, "file_gone");

        // Anna is somebody's work since.
        let anna = care.get(ann, "/contacts?search=anna").await.ok()["items"][0].clone();
        care.app.patch(ann, &format!("/contacts/{}", anna["id"]), json!({ "version": anna["version"], "company": "Acme" })).await.ok();
        let undone = work(&care, &done, "undo").await;
        assert_eq!((&undone["state"], &undone["kept"]), (&json!("undone"), &json!(1)));
        assert_eq!(people(&care).await, [r#""Anna""#]);
        care.app.post(ann, &format!("{path}/tasks"), asked("undo", &undone)).await.refused(409, "import_state");
    }

    async fn who_is_known_is_filled_in_or_changed_and_put_back(care: Care) {
        let ann = &care.ann;
        let list_id = customers(&care).await;
        let new = json!({ "list_id": list_id, "first_name": "Maria", "mobile": "+55 11 98765 4321", "tags": ["vip"] });
        let maria = care.app.post(ann, "/contacts", new).await.ok();
        let path = format!("/contacts/{}", maria["id"]);
        let before = care.get(ann, &path).await.ok();
        // The same number as Brazilians used to write it.
        let file = "name,phone,email\nMary Silva,+55 11 8765 4321,mary@example.com\n";
        for (on_match, first, last, counts) in [
            ("skip", "Maria", Value::Null, [1, 0, 0, 1, 0]),
            ("fill", "Maria", json!("Silva"), [1, 0, 1, 0, 0]),
            ("update", "Mary", json!("Silva"), [1, 0, 1, 0, 0]),
        ] {
            let import = hand_in(&care, ann, file).await.ok();
            let import = mapped(&care, &import, json!(["name", "phone", "email"]), json!(["phone"]), on_match).await;
            let done = work(&care, &import, "run").await;
            assert_eq!((&done["state"], told(&done)), (&json!("done"), counts), "{on_match}");
            let after = care.get(ann, &path).await.ok();
            assert_eq!((&after["first_name"], &after["last_name"]), (&json!(first), &last), "{on_match}");
            if on_match == "skip" {
                let rows = care.get(ann, &format!("/contact_imports/{}/rows", import["id"])).await.ok();
                assert_eq!((&rows[0]["contact_id"], &rows[0]["reasons"][0]["code"]), (&maria["id"], &json!("in_list")));
            } else {
                assert_eq!(after["email"], json!("mary@example.com"));
                assert_eq!(after["tags"], json!(["vip", "brought in"]));
                work(&care, &done, "undo").await;
                let mut back = care.get(ann, &path).await.ok();
                (back["version"], back["updated_at"]) = (before["version"].clone(), before["updated_at"].clone());
                assert_eq!(back, before, "{on_match}: as it was");
            }
        }
    }

    async fn it_goes_on_where_it_broke_off(care: Care) {
        let mut file = "name,phone\n".to_owned();
        for row in 0..2_600 {
            // Every hundredth is the one before it once more.
            let person = if row % 100 == 99 { row - 1 } else { row };
            file.push_str(&format!("Person {person},+39 333 {:07}\n", 1_000_000 + person));
        }
        let import = hand_in(&care, &care.ann, file).await.ok();
        let import = mapped(&care, &import, json!(["name", "phone"]), json!(["phone"]), "skip").await;
        let path = format!("/contact_imports/{}", import["id"]);
        let asked = json!({ "version": import["version"], "task": "run" });
        care.app.post(&care.ann, &format!("{path}/tasks"), asked).await.ok();
        // Whoever works at it goes away after a batch or two, again and again.
        for rows in [400, 900, 1_500] {
            let stop = CancellationToken::new();
            let running = tokio::spawn(work::jobs::run(care.app.bench.desk.clone(), stop.clone()));
            eventually("some rows are in", async || told(&again(&care, &import).await)[0] > rows).await;
            stop.cancel();
            running.await.expect("it ends");
        }
        let now = again(&care, &import).await;
        if now["state"] == json!("running") {
            // Stopped by hand it can go on as well.
            let stopped = json!({ "version": now["version"], "task": "stop" });
            care.app.post(&care.ann, &format!("{path}/tasks"), stopped).await.ok();
            work(&care, &import, "run").await;
        }
        let done = again(&care, &import).await;
        assert_eq!((&done["state"], told(&done)), (&json!("done"), [2_600, 2_574, 0, 26, 0]));
        assert_eq!(care.count("SELECT count(*) AS count FROM contact WHERE import_id IS NOT NULL").await, 2_574);
        assert_eq!(care.count("SELECT count(DISTINCT phone) AS count FROM contact WHERE import_id IS NOT NULL").await, 2_574);
    }

    async fn what_cannot_be_is_said(care: Care) {
        let ann = &care.ann;
        let bob = care.app.with_agent("bob").await;
        hand_in(&care, &bob, "name\nAnna\n").await.refused(404, "not_found");
        for (bytes, code) in [(b"PK\x03\x04workbook".to_vec(), "format"), (b"".to_vec(), "empty"), (b" \r\n".to_vec(), "empty"), (b"a\0b".to_vec(), "format")] {
            assert_eq!(hand_in(&care, ann, bytes).await.fields(), [("file", code)]);
        }
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("/api/v1/contact_imports?list_id={}&name=a.csv", customers(&care).await))
            .header(header::HOST, HOST)
            .header(header::ORIGIN, format!("http://{HOST}"))
            .header(header::COOKIE, &ann.cookie)
            .header(header::CONTENT_LENGTH, 60_000_001);
        care.app.send(request.body(Body::from("name\n")).expect("a request")).await.refused(413, "file_too_large");
        let import = hand_in(&care, ann, "name,phone\nAnna,+39 333 1234567\n").await.ok();
        let path = format!("/contact_imports/{}", import["id"]);
        let refused = async |columns: Value, match_by: Value| {
            let mapping = json!({ "columns": columns, "match_by": match_by, "on_match": "skip" });
            let body = json!({ "version": import["version"], "format": import["format"], "mapping": mapping });
            let answer = care.app.patch(ann, &path, body).await;
            answer.fields().first().map(|(field, code)| format!("{field} {code}"))
        };
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(refused(json!(["phone", "phone"]), json!([])).await, is("mapping.columns[1] taken"));
        assert_eq!(refused(json!([null, "field:nothing"]), json!([])).await, is("mapping.columns[1] unknown"));
        assert_eq!(refused(json!([null, "company"]), json!([])).await, is("mapping.columns required"));
        assert_eq!(refused(json!(["name"]), json!(["phone"])).await, is("mapping.match_by[0] unknown"));
        assert_eq!(refused(json!(["name"]), json!(["company"])).await, is("mapping.match_by[0] unknown"));
        // Another's is not there, and what is stale is told.
        let tom = care.colleague(Role::Agent, "tom").await;
        care.get(&tom, &path).await.refused(404, "not_found");
        care.app.post(ann, &format!("{path}/tasks"), json!({ "version": 9, "task": "check" })).await.refused(409, "changed_meanwhile");
        let gone = care.app.delete(ann, &format!("{path}?version={}", import["version"])).await;
        assert_eq!(gone.status.as_u16(), 204);
        care.get(ann, &path).await.refused(404, "not_found");
    }
}
