//! What a provider delivers is durable before it is acknowledged, and what is not theirs is not taken.

use axum::body::{Body, Bytes};
use axum::http::{Request, header};
use futures_util::stream;
use pronto_db::Engine;
use pronto_provider::meta::signature;
use pronto_testkit::on_both;

use crate::care::{Care, MARIA};

const PATH: &str = "/webhooks/meta/care";

on_both! {
    async fn first_the_account_then_the_size_then_the_signature(care: Care) {
        let body = care.messages(&[care.text("wamid.1", MARIA, "hello")]).to_string().into_bytes();
        let good = signature::sign("app-secret", &body);
        let large = vec![b'x'; 3 * 1024 * 1024 + 1];
        let stored = async || care.count("SELECT count(*) AS count FROM delivery").await;
        // Nobody's account, however large and whatever signed.
        for (body, signature) in [(&body, Some(good.as_str())), (&large, None)] {
            let (status, problem) = care.hand_in(Care::delivery("/webhooks/meta/nobody", body, signature)).await;
            assert_eq!((status, problem["code"].as_str()), (404, Some("not_found")));
        }
        // Too large, though it is not signed either.
        let (status, problem) = care.hand_in(Care::delivery(PATH, &large, Some(&signature::sign("app-secret", &large)))).await;
        assert_eq!((status, problem["code"].as_str()), (413, Some("too_large")));
        let declared = Request::post(PATH).header(header::CONTENT_LENGTH, "4000000").body(Body::empty()).expect("a request");
        assert_eq!(care.hand_in(declared).await.0, 413);
        let pieces = stream::iter((0..4).map(|_| Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 1024 * 1024]))));
        let chunked = Request::post(PATH).body(Body::from_stream(pieces)).expect("a request");
        assert_eq!(care.hand_in(chunked).await.0, 413, "without a declared length too");
        // Not signed by the account's app.
        let mut forged = good.clone().into_bytes();
        *forged.last_mut().expect("a digit") ^= 1;
        let forged = String::from_utf8(forged).expect("text");
        let other = signature::sign("another secret", &body);
        let mut touched = body.clone();
        touched.push(b' ');
        for (body, signature) in [(&body, None), (&body, Some("")), (&body, Some(&*forged)), (&body, Some(&*other)), (&touched, Some(&*good))] {
            let (status, problem) = care.hand_in(Care::delivery(PATH, body, signature)).await;
            assert_eq!((status, problem["code"].as_str()), (401, Some("bad_signature")), "{signature:?}");
        }
        assert_eq!(stored().await, 0, "nothing of all this was kept");
        assert_eq!(care.hand_in(Care::delivery(PATH, &body, Some(&good))).await.0, 200);
        assert_eq!(stored().await, 1);
        // The largest that is taken.
        let largest = vec![b' '; 3 * 1024 * 1024];
        let signed = signature::sign("app-secret", &largest);
        assert_eq!(care.hand_in(Care::delivery(PATH, &largest, Some(&signed))).await.0, 200);
        care.settled().await;
    }

    async fn the_handshake_returns_the_challenge(care: Care) {
        let ask = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).expect("a request");
            care.hand_in(request).await
        };
        let (status, body) = ask(&format!("{PATH}?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=1158201444")).await;
        assert_eq!((status, body.as_i64()), (200, Some(1_158_201_444)));
        for wrong in ["", "?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1", "?hub.mode=unsubscribe&hub.verify_token=verify&hub.challenge=1"] {
            let (status, problem) = ask(&format!("{PATH}{wrong}")).await;
            assert_eq!((status, problem["code"].as_str()), (403, Some("handshake_refused")), "{wrong}");
        }
        let (status, _) = ask("/webhooks/meta/nobody?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=1").await;
        assert_eq!(status, 404);
    }

    async fn a_database_that_cannot_be_written_is_never_acknowledged(care: Care) {
        let text = "word ".repeat(800);
        let body = care.messages(&vec![care.text("wamid.1", MARIA, &text); 40]).to_string().into_bytes();
        let signed = signature::sign("app-secret", &body);
        // A full disk, as far as the engine can tell; a table that is not there.
        let (refuse, relent) = match care.app.bench.desk.db().engine() {
            Engine::Sqlite => ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000"),
            Engine::Postgres => ("ALTER TABLE delivery RENAME TO elsewhere", "ALTER TABLE elsewhere RENAME TO delivery"),
        };
        care.set(refuse).await;
        for _ in 0..3 {
            let (status, problem) = care.hand_in(Care::delivery(PATH, &body, Some(&signed))).await;
            assert_eq!((status, problem["code"].as_str()), (503, Some("unavailable")));
        }
        // The provider tries again, and now it is taken.
        care.set(relent).await;
        assert_eq!(care.hand_in(Care::delivery(PATH, &body, Some(&signed))).await.0, 200);
        care.settled().await;
        assert_eq!(care.count("SELECT count(*) AS count FROM message").await, 1);
    }

    async fn a_fifth_delivered_twice_changes_nothing(care: Care) {
        let bodies: Vec<_> = (0..50).map(|n| {
            let id = if n % 5 == 4 { n - 3 } else { n };
            care.messages(&[care.text(&format!("wamid.{id}"), &format!("3933300000{:02}", id % 9), &format!("text {id}"))])
        }).collect();
        let handed_in = bodies.iter().map(|body| {
            let body = body.to_string().into_bytes();
            let signed = signature::sign("app-secret", &body);
            care.hand_in(Care::delivery(PATH, &body, Some(&signed)))
        });
        for (status, answer) in futures_util::future::join_all(handed_in).await {
            assert_eq!(status, 200, "{answer}");
        }
        care.settled().await;
        let count = async |what: &str| care.count(&format!("SELECT count(*) AS count FROM {what}")).await;
        assert_eq!(count("message").await, 40);
        assert_eq!(count("delivery WHERE state = 'duplicate'").await, 10);
        assert_eq!(care.count("SELECT CAST(sum(unread) AS bigint) AS count FROM interaction").await, 40);
    }
}
