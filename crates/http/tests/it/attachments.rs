//! Files are for those who see their thread.

use pronto_domain::access::Role;
use pronto_testkit::on_both;
use serde_json::json;

use crate::care::{Care, MARIA};

on_both! {
    async fn a_file_is_for_those_who_see_its_thread(care: Care) {
        let tom = care.colleague(Role::Agent, "tom").await;
        let id = care.held(&tom, MARIA).await;
        let image = json!({ "type": "document", "document": { "id": "media1", "mime_type": "text/html", "filename": "x.html" } });
        care.deliver(&care.messages(&[care.message("wamid.i", MARIA, image)])).await;
        let file = care.count("SELECT max(id) AS count FROM attachment").await;
        let path = format!("/attachments/{file}/content");
        care.get(&tom, &path).await.refused(409, "not_stored");
        care.app.bench.desk.media().put_opts(&"ab/cd/file".into(), "<script>1</script>".into(), Default::default()).await.expect("stored");
        care.set("UPDATE attachment SET state = 'stored', path = 'ab/cd/file', size = 18").await;
        let answer = care.get(&tom, &path).await;
        assert_eq!((answer.status.as_u16(), answer.bytes.as_slice()), (200, b"<script>1</script>".as_slice()));
        let header = |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        assert_eq!(header("content-type"), "application/octet-stream", "a customer's page never runs on our origin");
        assert!(header("content-disposition").starts_with("attachment"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        let none = json!({ "name": { "mode": "none" }, "phone": { "mode": "none" }, "email": { "mode": "none" } });
        for (scope, may) in [("own", false), ("queues", true), ("accounts", true), ("own", false)] {
            care.profile(&care.ann, scope, &none).await;
            let answer = care.get(&care.ann, &path).await;
            if may { assert_eq!(answer.status, 200, "{scope}") } else { drop(answer.refused(404, "not_found")) }
        }
        care.app.ask(None, axum::http::Method::GET, &path, None).await.refused(401, "signed_out");
        care.get(&tom, "/attachments/999/content").await.refused(404, "not_found");
        let answer = care.get(&tom, "/attachments/x/content").await;
        assert_eq!((answer.status.as_u16(), answer.fields().first().map(|(name, _)| *name)), (400, Some("id")));
        // What the customer takes back is gone.
        let revoke = json!({ "type": "revoke", "revoke": { "original_message_id": "wamid.i" } });
        care.deliver(&care.messages(&[care.message("wamid.d", MARIA, revoke)])).await;
        care.get(&tom, &path).await.refused(404, "not_found");
        assert!(id > 0);
    }
}
