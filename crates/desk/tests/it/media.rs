use object_store::ObjectStoreExt as _;
use pronto_desk::act::media::revive;
use pronto_domain::id::AttachmentId;
use pronto_store as store;
use pronto_testkit::on_both;
use store::attachment::Attachment;

use crate::bench::{Bench, eventually};
use crate::provider::File;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0the rest of the picture";

/// A picture that came with a message, and the job to fetch it.
async fn picture(bench: &Bench, media_id: Option<&str>, media_url: Option<String>) -> i64 {
    let message = bench.test.inbound(bench.interaction, "look").await;
    let at = store::millis(bench.test.now());
    let mut tx = bench.test.tx().await;
    let new = store::attachment::New {
        message_id: message.0,
        account_id: bench.account.0,
        kind: "image",
        name: None,
        mime: "image/jpeg".to_owned(),
        sha256: None,
        media_id: media_id.map(str::to_owned),
        media_url,
        animated: false,
    };
    let id = store::attachment::add(&mut tx, &[new], at).await.expect("added")[0];
    store::job::add(&mut tx, &[store::job::New { kind: "media", subject: id, run_at: at }]).await.expect("queued");
    tx.commit().await.expect("committed");
    bench.desk().bell().ring();
    id
}

async fn attachment(bench: &Bench, id: i64) -> Attachment {
    store::attachment::by_id(&mut bench.test.look().await, id).await.expect("the attachment")
}

on_both! {
    async fn a_picture_is_fetched_with_patience_and_told_by_its_bytes(bench: Bench) {
        bench.provider.script().files.extend([File::Refuse(500), File::Break(PNG.to_vec()), File::Bytes(PNG.to_vec())]);
        bench.start();
        let id = picture(&bench, Some("1234"), None).await;
        for (asked, wait) in [(1, 1), (2, 5)] {
            eventually("it was asked for", async || bench.provider.script().asked >= asked).await;
            eventually("it failed", async || attachment(&bench, id).await.error.is_some()).await;
            bench.rest().await;
            assert_eq!(bench.provider.script().asked, asked);
            bench.test.advance(wait);
        }
        eventually("it is here", async || attachment(&bench, id).await.state == "stored").await;
        let stored = attachment(&bench, id).await;
        assert_eq!((stored.mime.as_str(), stored.width, stored.height), ("image/png", Some(640), Some(480)));
        assert_eq!((stored.size, stored.error), (Some(PNG.len() as i64), None));
        assert_eq!(stored.sha256.map(|sum| sum.len()), Some(64));
        let path = stored.path.expect("a place");
        assert!(!path.contains("1234") && path.split('/').count() == 3, "{path}");
        let bytes = bench.desk().media().get(&path.as_str().into()).await.expect("the file");
        assert_eq!(bytes.bytes().await.expect("its bytes").as_ref(), PNG);
        let version = bench.test.message(pronto_domain::id::MessageId(stored.message_id)).await.version;
        assert_eq!(version, 2);
    }

    async fn the_token_goes_to_no_other_host(bench: Bench) {
        bench.start();
        bench.provider.script().elsewhere = Some("http://127.0.0.1:9/steal".to_owned());
        let id = picture(&bench, Some("1234"), None).await;
        eventually("it is given up", async || attachment(&bench, id).await.state == "failed").await;
        assert_eq!(attachment(&bench, id).await.error.as_deref(), Some("not_allowed"));
        let id = picture(&bench, None, Some("http://169.254.169.254/latest".to_owned())).await;
        eventually("it is given up", async || attachment(&bench, id).await.state == "failed").await;
        let id = picture(&bench, Some("../../me"), None).await;
        eventually("it is given up", async || attachment(&bench, id).await.state == "failed").await;
        // Nor does it follow a redirect.
        bench.provider.script().elsewhere = None;
        bench.provider.script().files.push_back(File::Redirect("http://127.0.0.1:9/steal".to_owned()));
        let id = picture(&bench, Some("1234"), None).await;
        eventually("it failed", async || attachment(&bench, id).await.error.is_some()).await;
        assert_eq!(attachment(&bench, id).await.error.as_deref(), Some("refused"));
    }

    async fn what_was_given_up_is_fetched_when_somebody_asks(bench: Bench) {
        bench.start();
        let id = picture(&bench, Some("1234"), None).await;
        eventually("it is given up", async || {
            bench.test.advance(9 * 3600);
            attachment(&bench, id).await.state == "failed"
        })
        .await;
        let asked = bench.provider.script().asked;
        assert_eq!(asked, 12);
        assert_eq!(attachment(&bench, id).await.error.as_deref(), Some("gone"));
        bench.provider.script().files.push_back(File::Bytes(PNG.to_vec()));
        let wanted = AttachmentId(id);
        bench.desk().run(&wanted, |tx, now, id| Box::pin(revive(tx, now, id))).await.expect("revived");
        eventually("it is here", async || attachment(&bench, id).await.state == "stored").await;
    }
}
