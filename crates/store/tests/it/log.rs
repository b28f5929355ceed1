//! SQLite's log is folded while others write, and does not grow with what was written.

use pronto_db::Db;
use pronto_store as store;

/// Of a commit, in bytes and at least: an eighth of what makes the log long.
const VALUE: usize = 2 << 20;
const COMMITS: i64 = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_begun_anew_while_others_write_and_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.db");
    let db = Db::open(&format!("sqlite:{}", path.display())).await.expect("an open database");
    pronto_db::migrate(&db, store::MIGRATIONS).await.expect("the schema");
    for version in 0..COMMITS {
        let reader = db.read().await.expect("a reader");
        let mut tx = db.begin().await.expect("a writer");
        let value = serde_json::Value::String(version.to_string().repeat(VALUE));
        assert!(store::setting::put(&mut tx, "long", &value, version, 0).await.expect("written"));
        tx.commit().await.expect("committed");
        drop(reader);
    }
    let log = std::fs::metadata(path.with_extension("db-wal")).expect("a log").len();
    assert!(log < 64 << 20, "{log} bytes");

    let mut tx = db.read().await.expect("a reader");
    let long = store::setting::all(&mut tx).await.expect("settings").pop().expect("the one");
    assert_eq!(long.version, COMMITS);
    drop(tx);
    db.close().await;
    assert!(!path.with_extension("db-wal").exists(), "closing folds the rest");
}
