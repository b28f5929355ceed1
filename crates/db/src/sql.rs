//! Statements: one text for both engines.

use std::sync::OnceLock;

use crate::open::Engine;

/// A statement as written, translated to each engine's dialect once.
pub struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
    at: &'static str,
    made: OnceLock<[&'static str; 2]>,
}

impl Sql {
    #[doc(hidden)]
    pub const fn new(sqlite: &'static str, postgres: &'static str, at: &'static str) -> Self {
        Self { sqlite, postgres, at, made: OnceLock::new() }
    }

    /// The text for an engine. Translated at the first call and kept for ever: statements are as many as the
    /// program has, not as many as it runs.
    pub fn text(&self, engine: Engine) -> &'static str {
        let made = self.made.get_or_init(|| {
            [
                Box::leak(translate(self.sqlite, Engine::Sqlite).into_boxed_str()),
                Box::leak(translate(self.postgres, Engine::Postgres).into_boxed_str()),
            ]
        });
        match engine {
            Engine::Sqlite => made[0],
            Engine::Postgres => made[1],
        }
    }

    /// File and line.
    pub fn at(&self) -> &'static str {
        self.at
    }
}

/// A statement registered by [`sql!`](crate::sql).
pub struct Written(pub &'static Sql);
inventory::collect!(Written);

/// Every statement of the program.
pub fn written() -> impl Iterator<Item = &'static Sql> {
    inventory::iter::<Written>.into_iter().map(|written| written.0)
}

/// Writes a statement: one text for both engines, or `sqlite: "…", postgres: "…"`. Only literals, so there is
/// nothing to inject into; and each is registered, so that a test prepares every one on both engines.
///
/// Words in braces stand for what the engines say differently:
///
/// | word | SQLite | PostgreSQL |
/// |---|---|---|
/// | `{rows $1 r: a bigint, b text}` | `(SELECT value->>'a' AS a, … FROM jsonb_each($1)) r` | `jsonb_to_recordset($1) AS r(a bigint, b text)` |
/// | `{ids $1}` / `{texts $1}` | the elements of a JSON array | the same, as bigint / text |
/// | `{txid}` | `0` | the running transaction's number |
/// | `{lock}` / `{skip locked}` | nothing: the write transaction is the lock | `FOR UPDATE` / `FOR UPDATE SKIP LOCKED` |
/// | `{greatest}` / `{least}` | `max` / `min` | `greatest` / `least` |
/// | `{json}` | nothing | `::jsonb` |
#[macro_export]
macro_rules! sql {
    ($text:literal) => { $crate::sql!(sqlite: $text, postgres: $text) };
    (sqlite: $sqlite:literal, postgres: $postgres:literal $(,)?) => {{
        static SQL: $crate::Sql = $crate::Sql::new($sqlite, $postgres, concat!(file!(), ":", line!()));
        $crate::inventory::submit! { $crate::Written(&SQL) }
        &SQL
    }};
}

fn translate(text: &str, engine: Engine) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('{') {
        let (word, after) = from.split_once('}').unwrap_or((from, ""));
        out.push_str(before);
        out.push_str(&said(word, engine));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn said(word: &str, engine: Engine) -> String {
    let sqlite = engine == Engine::Sqlite;
    let pick = |one: &str, other: &str| if sqlite { one.to_owned() } else { other.to_owned() };
    match word.split_once(' ').unwrap_or((word, "")) {
        ("rows", spec) => rows(spec, sqlite),
        ("ids", p) => pick(
            &format!("(SELECT value FROM json_each({p}))"),
            &format!("(SELECT jsonb_array_elements_text({p})::bigint)"),
        ),
        ("texts", p) => {
            pick(&format!("(SELECT value FROM json_each({p}))"), &format!("(SELECT jsonb_array_elements_text({p}))"))
        }
        ("txid", _) => pick("0", "pg_current_xact_id()::text::bigint"),
        ("lock", _) => pick("", "FOR UPDATE"),
        ("skip", _) => pick("", "FOR UPDATE SKIP LOCKED"),
        ("greatest", _) => pick("max", "greatest"),
        ("least", _) => pick("min", "least"),
        ("json", _) => pick("", "::jsonb"),
        // Left as it stands, so that the engine's own error names it.
        _ => format!("{{{word}}}"),
    }
}

/// `$1 r: a bigint, b text` → a row source named `r`.
fn rows(spec: &str, sqlite: bool) -> String {
    let (source, columns) = spec.split_once(':').unwrap_or((spec, ""));
    let (parameter, alias) = source.trim().split_once(' ').unwrap_or((source, "r"));
    if sqlite {
        let columns: Vec<String> = columns
            .split(',')
            .filter_map(|column| column.split_whitespace().next())
            .map(|name| format!("value->>'{name}' AS {name}"))
            .collect();
        format!("(SELECT {} FROM jsonb_each({parameter})) {alias}", columns.join(", "))
    } else {
        format!("jsonb_to_recordset({parameter}) AS {alias}({columns})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_each_engines_own() {
        let text = "INSERT INTO t (a, b) SELECT a, b FROM {rows $1 r: a bigint, b text} WHERE a IN {ids $2} {lock}";
        assert_eq!(
            translate(text, Engine::Sqlite),
            "INSERT INTO t (a, b) SELECT a, b FROM (SELECT value->>'a' AS a, value->>'b' AS b FROM jsonb_each($1)) r \
             WHERE a IN (SELECT value FROM json_each($2)) "
        );
        assert_eq!(
            translate(text, Engine::Postgres),
            "INSERT INTO t (a, b) SELECT a, b FROM jsonb_to_recordset($1) AS r( a bigint, b text) \
             WHERE a IN (SELECT jsonb_array_elements_text($2)::bigint) FOR UPDATE"
        );
    }
}
