//! Files that are sent: handed in, given to the provider, sent, swept.

use bytes::Bytes;
use futures_util::stream;
use object_store::ObjectStoreExt as _;
use pronto_desk::Error;
use pronto_desk::act::retry::{Retry, retry};
use pronto_desk::act::send::{Send, What};
use pronto_desk::upload::{Handed, hand_in};
use pronto_desk::work::sweep::sweep;
use pronto_domain::file::Unfit;
use pronto_domain::id::MessageId;
use pronto_store as store;
use pronto_testkit::on_both;
use store::attachment::Attachment;
use store::upload::Upload;
use uuid::Uuid;

use crate::bench::{Bench, eventually};
use crate::provider::Then;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0\0the rest of the picture";
const WEBM: &[u8] = include_bytes!("../../../domain/tests/voice/sound.webm");
const AAC: &[u8] = include_bytes!("../../../domain/tests/voice/aac.mp4");

impl Bench {
    async fn hand(&self, name: &str, bytes: &[u8]) -> Result<Upload, Error> {
        self.hand_as(Uuid::new_v4(), name, false, bytes).await
    }

    async fn hand_as(&self, id: Uuid, name: &str, voice: bool, bytes: &[u8]) -> Result<Upload, Error> {
        let handed = Handed { id, user: self.agent, name: Some(name.to_owned()), voice, length: None };
        let parts: Vec<_> = bytes.chunks(50_000).map(|part| Ok(Bytes::copy_from_slice(part))).collect();
        hand_in(self.desk(), &handed, stream::iter(parts)).await
    }

    fn file(&self, upload: &Upload, caption: &str) -> Send {
        Send { what: What::File { upload: upload.id, caption: caption.to_owned() }, ..self.text("") }
    }

    async fn attachment(&self, message: i64) -> Attachment {
        let mut tx = self.test.look().await;
        store::attachment::of_messages(&mut tx, &[message]).await.expect("read").remove(0)
    }

    /// Every file in the media store.
    async fn stored(&self) -> usize {
        use futures_util::StreamExt as _;
        self.desk().media().list(None).count().await
    }
}

on_both! {
    async fn a_picture_is_given_to_the_provider_and_sent_in_its_turn(bench: Bench) {
        bench.start();
        bench.provider.script().refused.push_back((500, 131_000));
        let upload = bench.hand("lamp.exe.png", PNG).await.expect("taken");
        assert_eq!((upload.kind.as_str(), upload.mime.as_str(), upload.width), ("image", "image/png", Some(640)));
        let input = bench.file(&upload, " the lamp ");
        let sent = bench.send(&input).await.expect("sent").message;
        assert_eq!((sent.kind.as_str(), sent.body.as_deref(), sent.attachments), ("image", Some("the lamp"), 1));
        // Sent again, it is the same; the file is the message's now.
        assert_eq!(bench.send(&input).await.expect("sent before").message.id, sent.id);
        let after = bench.say("as you asked").await;
        bench.rest().await;
        assert!(bench.provider.came().is_empty(), "what was written later waits for the file");
        bench.test.advance(1);
        bench.until(after, "accepted").await;
        let came = bench.provider.came();
        assert_eq!(came[0].1["image"], serde_json::json!({ "id": "media-1", "caption": "the lamp" }));
        assert_eq!(came[1].1["text"]["body"], "as you asked");
        assert_eq!(bench.provider.script().given, [("image/png".to_owned(), PNG.len())]);
        let row = bench.test.row(bench.interaction).await;
        assert_eq!(row.message_count, 3);
        let attachment = bench.attachment(sent.id).await;
        assert_eq!((attachment.state.as_str(), attachment.size), ("stored", Some(PNG.len() as i64)));
        let other = bench.file(&upload, "");
        assert!(matches!(bench.send(&other).await, Err(Error::Invalid { field, .. }) if field == "upload_id"));
    }

    async fn what_the_provider_has_is_not_given_to_it_again(bench: Bench) {
        bench.start();
        for count in 1..=2 {
            let upload = bench.hand("a.png", PNG).await.expect("taken");
            let sent = bench.send(&bench.file(&upload, "")).await.expect("sent").message;
            bench.until(MessageId(sent.id), "accepted").await;
            assert_eq!(bench.came(count).await[count - 1].1["image"]["id"], "media-1");
        }
        assert_eq!(bench.provider.script().given.len(), 1);
        // Until the provider forgets it.
        bench.test.advance(29 * 24 * 3600);
        let upload = bench.hand("a.png", PNG).await.expect("taken");
        let mut tx = bench.test.tx().await;
        let open = "UPDATE address SET window_expires_at = 9000000000000".to_owned();
        tx.query_assembled(open).execute().await.expect("opened");
        tx.commit().await.expect("committed");
        let sent = bench.send(&bench.file(&upload, "")).await.expect("sent").message;
        bench.until(MessageId(sent.id), "accepted").await;
        assert_eq!(bench.came(3).await[2].1["image"]["id"], "media-2");
    }

    async fn a_file_the_provider_refuses_fails_with_its_words_and_can_be_tried_again(bench: Bench) {
        bench.start();
        bench.provider.script().refused.push_back((400, 131_053));
        let upload = bench.hand("a.pdf", b"%PDF-1.4 a bill").await.expect("taken");
        let sent = bench.send(&bench.file(&upload, "")).await.expect("sent").message;
        let after = bench.say("and a word").await;
        bench.until(MessageId(sent.id), "failed").await;
        let failure = bench.test.message(MessageId(sent.id)).await.failure.expect("why").0;
        assert_eq!(failure.code, "meta.131053");
        bench.until(after, "accepted").await;
        let again = Retry { message: MessageId(sent.id), user: bench.agent, confirm: false };
        bench.desk().run(&again, |tx, now, again| Box::pin(retry(tx, now, again))).await.expect("queued");
        bench.until(MessageId(sent.id), "accepted").await;
        let came = bench.came(2).await;
        assert_eq!(came[1].1["document"], serde_json::json!({ "id": "media-1", "filename": "a.pdf" }));
    }

    async fn an_unknown_outcome_of_a_file_is_shown_as_unknown(bench: Bench) {
        bench.start();
        bench.provider.will([Then::Drop]);
        let upload = bench.hand("a.png", PNG).await.expect("taken");
        let sent = bench.send(&bench.file(&upload, "")).await.expect("sent").message;
        bench.until(MessageId(sent.id), "unknown").await;
        assert_eq!(bench.provider.script().given.len(), 1);
        assert_eq!(bench.provider.came().len(), 1);
    }

    async fn a_file_that_nobody_takes_for_ten_minutes_has_failed(bench: Bench) {
        bench.start();
        bench.provider.script().refused.extend([(500, 131_000); 60]);
        let upload = bench.hand("a.png", PNG).await.expect("taken");
        let sent = bench.send(&bench.file(&upload, "")).await.expect("sent").message;
        bench.rest().await;
        bench.test.advance(601);
        bench.until(MessageId(sent.id), "failed").await;
        let failure = bench.test.message(MessageId(sent.id)).await.failure.expect("why").0;
        assert_eq!(failure.code, "lane_timeout");
        assert!(bench.provider.came().is_empty());
    }

    async fn a_recording_goes_as_a_voice_message(bench: Bench) {
        bench.start();
        let upload = bench.hand_as(Uuid::new_v4(), "voice", true, WEBM).await.expect("taken");
        assert_eq!((upload.kind.as_str(), upload.mime.as_str()), ("voice", "audio/ogg"));
        let sent = bench.send(&bench.file(&upload, "")).await.expect("sent").message;
        bench.until(MessageId(sent.id), "accepted").await;
        assert_eq!(bench.came(1).await[0].1["audio"], serde_json::json!({ "id": "media-1", "voice": true }));
        assert_eq!(bench.provider.script().given[0].0, "audio/ogg");
        let path = bench.attachment(sent.id).await.path.expect("a place");
        let bytes = bench.desk().media().get(&path.as_str().into()).await.expect("a file").bytes().await.expect("bytes");
        assert!(bytes.starts_with(b"OggS"));
        // What cannot be one goes as a sound file.
        let upload = bench.hand_as(Uuid::new_v4(), "voice", true, AAC).await.expect("taken");
        assert_eq!((upload.kind.as_str(), upload.mime.as_str()), ("audio", "audio/mp4"));
        let sent = bench.send(&bench.file(&upload, "")).await.expect("sent").message;
        bench.until(MessageId(sent.id), "accepted").await;
        assert_eq!(bench.came(2).await[1].1["audio"], serde_json::json!({ "id": "media-2" }));
        let words = bench.hand_as(Uuid::new_v4(), "voice", true, WEBM).await.expect("taken");
        let refused = bench.send(&bench.file(&words, "listen")).await;
        assert!(matches!(refused, Err(Error::Invalid { field, code: "not_with", .. }) if field == "text"));
    }

    async fn what_may_not_be_sent_leaves_nothing_behind(bench: Bench) {
        let refused = bench.hand("a.png", b"MZ\x90\0 a program").await;
        assert!(matches!(refused, Err(Error::Unfit(Unfit::Dangerous))), "{refused:?}");
        let mut large = PNG.to_vec();
        large.resize(5 * 1024 * 1024 + 1, 0);
        let refused = bench.hand("a.png", &large).await;
        assert!(matches!(refused, Err(Error::FileTooLarge { kind: Some(_), limit: 5_242_880 })), "{refused:?}");
        let mut large = b"%PDF-1.4".to_vec();
        large.resize(15 * 1024 * 1024 + 1, b' ');
        let refused = bench.hand("a.pdf", &large).await;
        assert!(matches!(refused, Err(Error::FileTooLarge { kind: None, limit: 15_728_640 })), "{refused:?}");
        eventually("nothing is left", async || bench.stored().await == 0).await;
    }

    async fn a_file_handed_in_twice_is_one(bench: Bench) {
        let id = Uuid::new_v4();
        let (one, two) = tokio::join!(bench.hand_as(id, "a.png", false, PNG), bench.hand_as(id, "a.png", false, PNG));
        assert_eq!(one.expect("taken"), two.expect("taken"));
        eventually("one file is kept", async || bench.stored().await == 1).await;
        let stranger = Handed { id, user: bench.test.agent("bob").await, name: None, voice: false, length: None };
        let refused = hand_in(bench.desk(), &stranger, stream::iter([Ok(Bytes::from_static(PNG))])).await;
        assert!(matches!(refused, Err(Error::Invalid { field, code: "taken", .. }) if field == "id"));
    }

    async fn what_is_kept_of_an_import_is_swept_after_thirty_days(bench: Bench) {
        let path = "aa/bb/0123456789abcdef0123456789abcdef";
        let mut tx = bench.test.tx().await;
        let list = store::contact::default_list(&mut tx).await.expect("a list");
        let now = store::millis(bench.test.now());
        for (state, started) in [("done", "1"), ("uploaded", "NULL"), ("running", "1")] {
            let import = format!("INSERT INTO contact_import (list_id, user_id, name, path, size, format, state, version, created_at, started_at)
                VALUES ({list}, 1, 'people.csv', '{path}', 1, '{{}}', '{state}', 1, {now}, {started})");
            tx.query_assembled(import).execute().await.expect("handed in");
        }
        let rows = "INSERT INTO contact_import_row (import_id, row_number, outcome, reasons, cells) SELECT id, 1, 'invalid', '[]', '[]' FROM contact_import";
        tx.query_assembled(rows.to_owned()).execute().await.expect("noted");
        tx.commit().await.expect("committed");
        bench.desk().media().put_opts(&path.into(), "x".into(), Default::default()).await.expect("kept");
        let left = async || {
            let mut tx = bench.test.look().await;
            let count = async |tx: &mut pronto_db::Tx, text: &str| {
                let count: (i64,) = tx.query_assembled(format!("SELECT count(*) FROM {text}")).one().await.expect("counted");
                count.0
            };
            let imports = count(&mut tx, "contact_import").await;
            let paths = count(&mut tx, "contact_import WHERE path IS NOT NULL").await;
            (imports, paths, count(&mut tx, "contact_import_row").await)
        };
        bench.test.advance(29 * 24 * 3600);
        sweep(bench.desk()).await.expect("swept");
        assert_eq!(left().await, (3, 3, 3));
        bench.test.advance(2 * 24 * 3600);
        sweep(bench.desk()).await.expect("swept");
        // The one that is running is left alone; of the one that is done, that it was.
        assert_eq!(left().await, (2, 1, 1));
    }

    async fn what_nothing_points_to_is_swept_after_a_day(bench: Bench) {
        let sent = bench.hand("a.png", PNG).await.expect("taken");
        let message = bench.send(&bench.file(&sent, "")).await.expect("sent").message;
        let unsent = bench.hand("b.png", PNG).await.expect("taken");
        let lost = "ab/cd/abcd0123456789abcdef0123456789ab";
        let others = "exports/report.csv";
        for path in [lost, others] {
            bench.desk().media().put(&path.into(), "bytes".into()).await.expect("put");
        }
        assert_eq!((sweep(bench.desk()).await.expect("swept"), bench.stored().await), (0, 4));
        // Files have the machine's time, and the clock here is turned.
        let year = 366 * 24 * 3600;
        bench.test.advance(year);
        assert_eq!((sweep(bench.desk()).await.expect("swept"), bench.stored().await), (2, 2));
        let kept = bench.attachment(message.id).await.path.expect("a place");
        assert_ne!(kept, unsent.path);
        bench.desk().media().head(&kept.as_str().into()).await.expect("what a message has stays");
    }
}
