//! Full text: FTS5 on SQLite, `tsvector` on PostgreSQL, one set of functions. Words come folded from
//! `domain::search`; each entry carries its account as a scope token, so that permission is part of the match.

use pronto_db::{Engine, Result, Tx, rows, sql};
use pronto_domain::search::{Customer, Fields, Typed, Wanted};
use serde::Serialize;

use crate::Id;

/// What stands in the index for a message.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    pub id: i64,
    pub words: String,
    pub scope: String,
}

/// What stands in the index for an address.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    pub id: i64,
    pub names: String,
    pub numbers: String,
    pub emails: String,
    pub scope: String,
}

impl Person {
    pub fn new(id: i64, customer: Customer, account: i64) -> Self {
        let Customer { names, numbers, emails } = customer;
        Self { id, names, numbers, emails, scope: account_token(account) }
    }

    /// A contact, of a list.
    pub fn in_list(id: i64, customer: Customer, list: i64) -> Self {
        let Customer { names, numbers, emails } = customer;
        Self { id, names, numbers, emails, scope: list_token(list) }
    }
}

/// The scope token of an account.
pub fn account_token(account: i64) -> String {
    format!("a{account}")
}

/// The scope token of a list of contacts.
pub fn list_token(list: i64) -> String {
    format!("l{list}")
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
pub async fn index_addresses(tx: &mut Tx, people: &[Person]) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        sqlite: "INSERT OR REPLACE INTO address_search (rowid, names, numbers, emails, scope)
                 SELECT id, names, numbers, emails, scope
                 FROM {rows $1 r: id bigint, names text, numbers text, emails text, scope text}",
        postgres: "INSERT INTO address_search (id, words)
                   SELECT id, setweight(to_tsvector('simple', names), 'B')
                       || setweight(to_tsvector('simple', numbers), 'C')
                       || setweight(to_tsvector('simple', emails), 'D')
                       || setweight(to_tsvector('simple', scope), 'A')
                   FROM {rows $1 r: id bigint, names text, numbers text, emails text, scope text}
                   ON CONFLICT (id) DO UPDATE SET words = excluded.words",
    ))
    .bind(rows(people))
    .execute()
    .await?;
    Ok(())
}

/// Replaces the entries of contacts.
pub async fn index_contacts(tx: &mut Tx, people: &[Person]) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        sqlite: "INSERT OR REPLACE INTO contact_search (rowid, names, numbers, emails, scope)
                 SELECT id, names, numbers, emails, scope
                 FROM {rows $1 r: id bigint, names text, numbers text, emails text, scope text}",
        postgres: "INSERT INTO contact_search (id, words)
                   SELECT id, setweight(to_tsvector('simple', names), 'B')
                       || setweight(to_tsvector('simple', numbers), 'C')
                       || setweight(to_tsvector('simple', emails), 'D')
                       || setweight(to_tsvector('simple', scope), 'A')
                   FROM {rows $1 r: id bigint, names text, numbers text, emails text, scope text}
                   ON CONFLICT (id) DO UPDATE SET words = excluded.words",
    ))
    .bind(rows(people))
    .execute()
    .await?;
    Ok(())
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
    for query in customers(engine, typed, accounts) {
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
    if let Some(query) = messages(engine, typed, accounts) {
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

/// What finds customers by what was typed, in these accounts: by its words, and by its digits.
pub(crate) fn customers(engine: Engine, typed: &Typed, accounts: Option<&[i64]>) -> Vec<String> {
    let terms = people(engine, typed);
    terms.into_iter().filter_map(|terms| query(engine, terms, accounts)).collect()
}

/// The same of contacts, in these lists; a number in whatever spelling.
pub(crate) fn contacts(engine: Engine, typed: &Typed, lists: Option<&[i64]>) -> Vec<String> {
    let mut terms = people(engine, typed);
    terms.extend(typed.other_spellings().iter().flat_map(|other| people(engine, other)));
    let tokens = || lists.map(|lists| lists.iter().map(|list| list_token(*list)).collect());
    terms.into_iter().filter_map(|terms| scoped(engine, terms, tokens())).collect()
}

/// The terms that find people by the words that were typed, and those by the digits.
fn people(engine: Engine, typed: &Typed) -> Vec<Vec<String>> {
    let digits = typed.digits_for_customers().into_iter().map(|wanted| vec![wanted]);
    let asked = typed.for_customers().into_iter().chain(digits);
    asked.map(|words| words.iter().map(|wanted| person_term(engine, wanted)).collect()).collect()
}

/// What finds messages by what was typed.
pub(crate) fn messages(engine: Engine, typed: &Typed, accounts: Option<&[i64]>) -> Option<String> {
    let words = typed.words.iter().enumerate();
    let words = words.map(|(index, word)| message_term(engine, word, index + 1 == typed.words.len()));
    query(engine, words.collect(), accounts)
}

/// What finds customers by their e-mail addresses alone.
pub(crate) fn emails(engine: Engine, typed: &Typed, accounts: Option<&[i64]>) -> Option<String> {
    let last = typed.words.len().saturating_sub(1);
    let fields = Fields { names: false, numbers: false, emails: true };
    let wanted = typed.words.iter().enumerate().map(|(index, word)| Wanted { word, begins: index == last, fields });
    query(engine, wanted.map(|wanted| person_term(engine, &wanted)).collect(), accounts)
}

/// A word of a message in the engine's own words. Words are alphanumeric, so nothing in them can be an operator.
fn message_term(engine: Engine, word: &str, begins: bool) -> String {
    let star = if begins { "*" } else { "" };
    match engine {
        Engine::Sqlite => format!("words : \"{word}\"{star}"),
        Engine::Postgres => format!("'{word}':D{star}"),
    }
}

/// The same for a word of a customer, in the fields it may be looked for in.
fn person_term(engine: Engine, wanted: &Wanted<'_>) -> String {
    let Wanted { word, begins, fields } = wanted;
    let star = if *begins { "*" } else { "" };
    let fields = [("names", "B", fields.names), ("numbers", "C", fields.numbers), ("emails", "D", fields.emails)];
    let looked = fields.into_iter().filter(|(_, _, looked)| *looked);
    match engine {
        Engine::Sqlite => {
            let columns: Vec<&str> = looked.map(|(column, _, _)| column).collect();
            format!("{{{}}} : \"{word}\"{star}", columns.join(" "))
        }
        Engine::Postgres => {
            let weights: String = looked.map(|(_, weight, _)| weight).collect();
            format!("'{word}':{weights}{star}")
        }
    }
}

/// The engine's own query text: all of the terms, in these accounts.
fn query(engine: Engine, terms: Vec<String>, accounts: Option<&[i64]>) -> Option<String> {
    scoped(engine, terms, accounts.map(|accounts| accounts.iter().map(|id| account_token(*id)).collect()))
}

/// The same where one of these tokens is the scope.
fn scoped(engine: Engine, mut terms: Vec<String>, tokens: Option<Vec<String>>) -> Option<String> {
    if terms.is_empty() || tokens.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    Some(match engine {
        Engine::Sqlite => {
            terms.extend(tokens.map(|tokens| format!("scope : ({})", tokens.join(" OR "))));
            terms.join(" AND ")
        }
        Engine::Postgres => {
            let tokens = tokens.map(|tokens| tokens.iter().map(|token| format!("'{token}':A")).collect::<Vec<_>>());
            terms.extend(tokens.map(|tokens| format!("({})", tokens.join(" | "))));
            terms.join(" & ")
        }
    })
}
