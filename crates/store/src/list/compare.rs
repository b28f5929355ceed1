//! Comparisons of a column with what was typed.

use pronto_db::Value;
use pronto_domain::expression::Test;
use serde_json::Number;

use super::statement::Statement;
use crate::millis;

const DAY: i64 = 24 * 3600 * 1000;
pub(super) const NEVER: &str = "FALSE";

/// A column that holds numbers or instants.
pub(super) struct Column<'a> {
    pub(super) name: &'a str,
    /// Whether it holds whole ones only.
    pub(super) whole: bool,
}

/// A number or an instant, at a time.
pub(super) fn numbers(statement: &mut Statement, now: i64, Column { name, whole }: Column<'_>, test: &Test) -> String {
    let mut bind = |number: &Number| statement.bind(bound(number, whole));
    let (from, to) = match test {
        Test::Equals(number) => return format!("{name} = {}", bind(number)),
        Test::Above(number) => return format!("{name} > {}", bind(number)),
        Test::Below(number) => return format!("{name} < {}", bind(number)),
        Test::Among(from, to) => {
            let (from, to) = (bind(from), bind(to));
            return format!("({name} >= {from} AND {name} <= {to})");
        }
        Test::Before(at) => (None, Some(millis(*at))),
        Test::After(at) => (Some(millis(*at)), None),
        Test::Between(from, to) => (Some(millis(*from)), Some(millis(*to))),
        Test::LastDays(days) => (Some(now - days * DAY), Some(now + 1)),
        other => return emptiness(name, other),
    };
    let from = from.map(|from| format!("{name} >= {}", statement.bind(from)));
    let to = to.map(|to| format!("{name} < {}", statement.bind(to)));
    let both: Vec<String> = [from, to].into_iter().flatten().collect();
    format!("({})", both.join(" AND "))
}

/// What was read for whole numbers is one.
fn bound(number: &Number, whole: bool) -> Value {
    match number.as_i64() {
        Some(number) if whole => number.into(),
        _ => number.as_f64().unwrap_or(f64::NAN).into(),
    }
}

/// A column that is compared byte by byte.
pub(super) fn begins(statement: &mut Statement, column: &str, text: String) -> String {
    let end = statement.bind(format!("{text}\u{10ffff}"));
    let begin = statement.bind(text);
    format!("{column} >= {begin} AND {column} < {end}")
}

/// Among these or not; what holds nothing is none of them.
pub(super) fn among(column: &str, these: &str, test: &Test) -> String {
    match test {
        Test::NoneOf(_) => format!("({column} IS NULL OR {column} NOT IN {these})"),
        _ => format!("{column} IN {these}"),
    }
}

pub(super) fn flag(condition: &str, test: &Test) -> String {
    match test {
        Test::Flag(true) => condition.to_owned(),
        Test::Flag(false) => format!("NOT {condition}"),
        _ => NEVER.to_owned(),
    }
}

/// What is left to ask of any column; what was read asks nothing else.
pub(super) fn emptiness(column: &str, test: &Test) -> String {
    match test {
        Test::Empty => format!("{column} IS NULL"),
        Test::Filled => format!("{column} IS NOT NULL"),
        _ => NEVER.to_owned(),
    }
}
