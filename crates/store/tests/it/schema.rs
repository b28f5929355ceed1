use pronto_db::{FromRow, sql};
use pronto_testkit::TestDesk;
use pronto_testkit::desk::Engine;

/// A column, as far as the engines can be compared.
#[derive(FromRow, PartialEq, Eq, Debug)]
struct Column {
    of: String,
    name: String,
    /// Of one of the words the migrations are written in.
    kind: String,
    required: i64,
}

async fn columns(bench: &TestDesk) -> Vec<Column> {
    bench
        .look()
        .await
        .query(sql!(
            sqlite: "SELECT t.name AS of, c.name AS name,
                         CASE c.type WHEN 'INTEGER' THEN 'number' WHEN 'REAL' THEN 'real' WHEN 'TEXT' THEN 'text'
                             WHEN 'BLOB' THEN 'bytes' ELSE c.type END AS kind,
                         (c.\"notnull\" OR c.pk > 0) AS required
                     FROM sqlite_schema t, pragma_table_info(t.name) c
                     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'migration'
                         AND t.name NOT LIKE '%search%'
                     ORDER BY 1, 2",
            postgres: "SELECT table_name::text COLLATE \"C\" AS of, column_name::text COLLATE \"C\" AS name,
                           CASE data_type WHEN 'bigint' THEN 'number' WHEN 'boolean' THEN 'number'
                               WHEN 'double precision' THEN 'real' WHEN 'text' THEN 'text' WHEN 'jsonb' THEN 'text'
                               WHEN 'bytea' THEN 'bytes' WHEN 'uuid' THEN 'bytes' ELSE data_type::text END AS kind,
                           (CASE WHEN is_nullable = 'NO' THEN 1 ELSE 0 END)::bigint AS required
                       FROM information_schema.columns
                       WHERE table_schema = current_schema() AND table_name <> 'migration'
                           AND table_name NOT LIKE '%search%'
                       ORDER BY 1, 2",
        ))
        .all()
        .await
        .expect("the columns")
}

#[derive(FromRow, PartialEq, Eq, Debug)]
struct Index {
    name: String,
    of: String,
    only: i64,
    partial: i64,
}

async fn indexes(bench: &TestDesk) -> Vec<Index> {
    bench
        .look()
        .await
        .query(sql!(
            sqlite: "SELECT i.name AS name, t.name AS of, i.\"unique\" AS only, i.partial AS partial
                     FROM sqlite_schema t, pragma_index_list(t.name) i
                     WHERE t.type = 'table' AND i.origin = 'c' AND t.name NOT LIKE '%search%' ORDER BY 1",
            postgres: "SELECT i.relname::text COLLATE \"C\" AS name, t.relname::text AS of,
                           (CASE WHEN x.indisunique THEN 1 ELSE 0 END)::bigint AS only,
                           (CASE WHEN x.indpred IS NULL THEN 0 ELSE 1 END)::bigint AS partial
                       FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
                       JOIN pg_namespace n ON n.oid = t.relnamespace
                       WHERE n.nspname = current_schema() AND NOT x.indisprimary AND t.relname NOT LIKE '%search%'
                           AND t.relname <> 'migration'
                       ORDER BY 1",
        ))
        .all()
        .await
        .expect("the indexes")
}

/// Both were made from one text; what the words in braces became must still mean the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_schemas_agree() {
    let sqlite = TestDesk::on(Engine::Sqlite).await.expect("SQLite is always there");
    let Some(postgres) = TestDesk::on(Engine::Postgres).await else {
        eprintln!("skipped: PRONTO_TEST_POSTGRES is not set");
        return;
    };
    let (here, there) = (columns(&sqlite).await, columns(&postgres).await);
    assert!(here.len() > 200, "{}", here.len());
    similar(&here, &there);
    let (here, there) = (indexes(&sqlite).await, indexes(&postgres).await);
    assert!(here.len() > 30, "{}", here.len());
    similar(&here, &there);
}

fn similar<T: PartialEq + std::fmt::Debug>(sqlite: &[T], postgres: &[T]) {
    let only = |one: &[T], other: &[T]| -> Vec<String> {
        one.iter().filter(|item| !other.contains(item)).map(|item| format!("{item:?}")).collect()
    };
    let none: Vec<String> = Vec::new();
    assert_eq!((only(sqlite, postgres), only(postgres, sqlite)), (none.clone(), none));
}
