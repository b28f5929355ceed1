//! Full text: FTS5 on SQLite, `tsvector` on PostgreSQL, one set of functions. Words come folded from
//! `domain::search`; each entry carries its account as a scope token, so that permission is part of the match.

use pronto_db::{Engine, FromRow, Result, Tx, rows, sql};
use pronto_domain::search::Typed;
use serde::Serialize;

/// What stands in the index for a message or an address.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    pub id: i64,
    pub words: String,
    pub scope: String,
}

/// The scope token of an account.
pub fn account_token(account: i64) -> String {
    format!("a{account}")
}

pub async fn index_messages(tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        sqlite: "INSERT INTO message_search (rowid, words, scope)
                 SELECT id, words, scope FROM {rows $1 r: id bigint, words text, scope text}",
        postgres: "INSERT INTO message_search (id, words)
                   SELECT id, setweight(to_tsvector('simple', words), 'D') || setweight(to_tsvector('simple', scope), 'A')
                   FROM {rows $1 r: id bigint, words text, scope text}",
    ))
    .bind(rows(entries))
    .execute()
    .await?;
    Ok(())
}

/// Replaces the entries of messages that were changed.
pub async fn reindex_messages(tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        sqlite: "INSERT OR REPLACE INTO message_search (rowid, words, scope)
                 SELECT id, words, scope FROM {rows $1 r: id bigint, words text, scope text}",
        postgres: "INSERT INTO message_search (id, words)
                   SELECT id, setweight(to_tsvector('simple', words), 'D') || setweight(to_tsvector('simple', scope), 'A')
                   FROM {rows $1 r: id bigint, words text, scope text}
                   ON CONFLICT (id) DO UPDATE SET words = excluded.words",
    ))
    .bind(rows(entries))
    .execute()
    .await?;
    Ok(())
}

/// Replaces the entries of addresses.
pub async fn index_addresses(tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        sqlite: "INSERT OR REPLACE INTO address_search (rowid, words, scope)
                 SELECT id, words, scope FROM {rows $1 r: id bigint, words text, scope text}",
        postgres: "INSERT INTO address_search (id, words)
                   SELECT id, setweight(to_tsvector('simple', words), 'D') || setweight(to_tsvector('simple', scope), 'A')
                   FROM {rows $1 r: id bigint, words text, scope text}
                   ON CONFLICT (id) DO UPDATE SET words = excluded.words",
    ))
    .bind(rows(entries))
    .execute()
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct Id {
    id: i64,
}

/// How many hits of each sort are looked at.
const HITS: i64 = 400;

/// The interactions that what was typed leads to, in the accounts given (`None` = all): by number, by the customer's
/// name or phone, by words of messages. Newest hits first, at most a few hundred.
pub async fn interactions(tx: &mut Tx, typed: &Typed, accounts: Option<&[i64]>) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    if let Some(id) = typed.id {
        found.push(id);
    }
    let engine = tx.engine();
    let customers = [typed.for_customers(), typed.digits_for_customers()];
    let customers =
        customers.into_iter().flatten().filter_map(|(words, begins)| query(engine, words, begins, accounts));
    for query in customers.collect::<Vec<_>>() {
        let hits: Vec<Id> = tx
            .query(sql!(
                sqlite: "SELECT i.id FROM interaction i WHERE i.address_id IN
                         (SELECT rowid FROM address_search WHERE address_search MATCH $1 ORDER BY rowid DESC LIMIT $2)
                         ORDER BY i.last_at DESC LIMIT $2",
                postgres: "SELECT i.id FROM interaction i WHERE i.address_id IN
                           (SELECT id FROM address_search WHERE words @@ to_tsquery('simple', $1) ORDER BY id DESC LIMIT $2)
                           ORDER BY i.last_at DESC LIMIT $2",
            ))
            .bind(query)
            .bind(HITS)
            .all()
            .await?;
        found.extend(hits.into_iter().map(|hit| hit.id));
    }
    if let Some(query) = query(engine, &typed.words, true, accounts) {
        let hits: Vec<Id> = tx
            .query(sql!(
                sqlite: "SELECT DISTINCT m.interaction_id AS id FROM message m WHERE m.id IN
                         (SELECT rowid FROM message_search WHERE message_search MATCH $1 ORDER BY rowid DESC LIMIT $2)",
                postgres: "SELECT DISTINCT m.interaction_id AS id FROM message m WHERE m.id IN
                           (SELECT id FROM message_search WHERE words @@ to_tsquery('simple', $1) ORDER BY id DESC LIMIT $2)",
            ))
            .bind(query)
            .bind(HITS)
            .all()
            .await?;
        found.extend(hits.into_iter().map(|hit| hit.id));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The engine's own query text; `begins` says that the last word may be the beginning of one. The words are
/// alphanumeric, so nothing in them can be an operator.
fn query(engine: Engine, words: &[String], begins: bool, accounts: Option<&[i64]>) -> Option<String> {
    let (last, before) = words.split_last()?;
    let scope: Option<Vec<String>> = accounts.map(|accounts| accounts.iter().map(|id| account_token(*id)).collect());
    if scope.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    Some(match engine {
        Engine::Sqlite => {
            let mut terms: Vec<String> = before.iter().map(|word| format!("words : \"{word}\"")).collect();
            terms.push(format!("words : \"{last}\"{}", if begins { "*" } else { "" }));
            if let Some(scope) = scope {
                terms.push(format!("scope : ({})", scope.join(" OR ")));
            }
            terms.join(" AND ")
        }
        Engine::Postgres => {
            let mut terms: Vec<String> = before.iter().map(|word| format!("'{word}':D")).collect();
            terms.push(format!("'{last}':D{}", if begins { "*" } else { "" }));
            if let Some(scope) = scope {
                let scope: Vec<String> = scope.iter().map(|token| format!("'{token}':A")).collect();
                terms.push(format!("({})", scope.join(" | ")));
            }
            terms.join(" & ")
        }
    })
}
