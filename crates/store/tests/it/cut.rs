//! A caller that goes away in the middle of its transaction leaves nothing of it behind for the next one.

use std::time::Duration;

use pronto_db::{Db, Tx};
use pronto_store as store;
use pronto_testkit::{TestDesk, on_both};

const CUTS: i64 = 300;

on_both! {
    async fn what_is_cut_off_is_not_handed_on(bench: TestDesk) {
        let db = bench.desk.db();
        for cut in 0..CUTS {
            // From before it has begun to after it has ended.
            let after = Duration::from_micros(cut.unsigned_abs() * 10);
            tokio::time::timeout(after, read(db)).await.ok();
            tokio::time::timeout(after, write(db, "cut", cut)).await.ok();
            write(db, "kept", cut).await;
        }
        let mut tx = db.read().await.expect("a reader");
        let kept = store::setting::all(&mut tx).await.expect("settings").into_iter().find(|it| it.key == "kept");
        assert_eq!(kept.map(|it| it.version), Some(CUTS));
    }
}

async fn read(db: &Db) {
    let mut tx = db.read().await.expect("a reader");
    store::setting::all(&mut tx).await.expect("settings");
}

/// `version` counts how often it was written before.
async fn write(db: &Db, key: &str, version: i64) {
    let mut tx = db.begin().await.expect("a writer");
    let known = put(&mut tx, key, version).await;
    assert!(known || key == "cut", "{key} was written {version} times before");
    tx.commit().await.expect("committed");
}

async fn put(tx: &mut Tx, key: &str, version: i64) -> bool {
    store::setting::put(tx, key, &version.into(), version, 0).await.expect("written")
}
