//! SQLite's log: it is folded while others write, does not grow with what was written, and holds what was committed
//! lazily.

use pronto_db::{Db, Tx};
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

#[tokio::test]
async fn a_lazy_commit_is_seen_at_once_and_outlives_whoever_made_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}", folder.path().join("desk.db").display());
    let db = Db::open(&url).await.expect("an open database");
    pronto_db::migrate(&db, store::MIGRATIONS).await.expect("the schema");
    for (version, lazily) in [true, false, true, true].into_iter().enumerate() {
        let mut tx = if lazily { db.begin_lazily().await } else { db.begin().await }.expect("a writer");
        let level = synchronous(&mut tx).await;
        assert_eq!(level, if lazily { NORMAL } else { FULL }, "each transaction has its own");
        let version = i64::try_from(version).expect("a version");
        assert!(store::setting::put(&mut tx, "one", &version.into(), version, 0).await.expect("written"));
        tx.commit().await.expect("committed");
    }
    // As after a kill: whoever wrote says nothing more.
    let other = Db::open(&url).await.expect("opened again");
    let mut tx = other.read().await.expect("a reader");
    let found = store::setting::all(&mut tx).await.expect("settings").pop().expect("the one");
    assert_eq!((found.value.0, found.version), (3.into(), 4));
    assert_eq!(db.machine_run(), other.machine_run(), "it is the same machine");
}

const NORMAL: i64 = 1;
const FULL: i64 = 2;

async fn synchronous(tx: &mut Tx) -> i64 {
    let level: (i64,) = tx.query_assembled("PRAGMA synchronous".to_owned()).one().await.expect("a level");
    level.0
}
