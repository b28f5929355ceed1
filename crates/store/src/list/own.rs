//! Conditions on the custom fields of contacts. Each reads a range of an index of its own: where that leads to few
//! contacts, the list is their interactions; where it leads to many, the list is walked and each row's contact is
//! asked, for then the page is soon full.

use pronto_db::{Engine, FromRow, Result, Tx, Value, ids, texts};
use pronto_domain::access::Masking;
use pronto_domain::expression::{About, Choice, Condition, Expression, Test};
use pronto_domain::field::{Field, Kind};
use pronto_domain::search::words;

use super::compare::{self, Column};
use super::statement::Statement;

/// More contacts than these are many.
const FEW: i64 = 5_000;

/// The conditions that few contacts fulfil, with those.
#[derive(Default)]
pub(super) struct Few<'a>(Vec<(&'a Condition, Vec<i64>)>);

#[derive(FromRow)]
struct Holder {
    contact_id: i64,
}

impl<'a> Few<'a> {
    /// Looks for those that are asked for by what a field has in it.
    pub(super) async fn of(tx: &mut Tx, hidden: &Masking, now: i64, expression: &'a Expression) -> Result<Self> {
        let mut few = Self::default();
        for (condition, own) in conditions(expression) {
            if !condition.may_be_asked(hidden) {
                continue;
            }
            let mut statement = Statement::new(tx.engine(), "");
            let asked = Asked::of(&mut statement, now, own, &condition.test);
            if !asked.holds {
                continue;
            }
            let most = statement.bind(FEW + 1);
            let text = format!("SELECT v.contact_id FROM contact_value v WHERE {} LIMIT {most}", asked.of);
            let found: Vec<Holder> = tx.query_assembled(text).bind_all(statement.bound).all().await?;
            if found.len() <= usize::try_from(FEW).unwrap_or(usize::MAX) {
                few.0.push((condition, found.into_iter().map(|holder| holder.contact_id).collect()));
            }
        }
        Ok(few)
    }

    /// Its text, for a row whose contact this column names.
    pub(super) fn write(
        &self,
        statement: &mut Statement,
        now: i64,
        condition: &Condition,
        own: &Field,
        contact: &str,
    ) -> String {
        if let Some((_, contacts)) = self.0.iter().find(|(one, _)| *one == condition) {
            let contacts = statement.ids(ids(contacts.iter().copied()));
            return format!("{contact} IN {contacts}");
        }
        let Asked { of, holds } = Asked::of(statement, now, own, &condition.test);
        let not = if holds { "" } else { "NOT " };
        format!("{not}EXISTS (SELECT 1 FROM contact_value v WHERE v.contact_id = {contact} AND {of})")
    }
}

/// Those of an expression that are about custom fields.
fn conditions(expression: &Expression) -> Vec<(&Condition, &Field)> {
    match expression {
        Expression::All(members) | Expression::Any(members) => members.iter().flat_map(conditions).collect(),
        Expression::Is(condition) => match &condition.about {
            About::Contact(own) => vec![(condition, own.as_ref())],
            About::Row(_) | About::Person(_) => Vec::new(),
        },
    }
}

/// What is asked of a row of `contact_value`.
struct Asked {
    of: String,
    /// Whether the contact must have such a row, or must not.
    holds: bool,
}

impl Asked {
    fn of(statement: &mut Statement, now: i64, own: &Field, test: &Test) -> Self {
        let (column, exact) = match own.kind {
            Kind::Text | Kind::Select | Kind::Url => ("v.folded", true),
            Kind::Number => ("v.number", false),
            Kind::DateTime => ("v.at", true),
            Kind::Switch => ("v.flag", true),
        };
        let holds = !matches!(test, Test::Empty | Test::NoneOf(_) | Test::Flag(false));
        let field = statement.bind(own.id.0);
        let test = match test {
            Test::Empty | Test::Filled => format!("{column} IS NOT NULL"),
            Test::Flag(_) => format!("{column} = TRUE"),
            Test::AnyOf(choices) | Test::NoneOf(choices) => any_of(statement, choices),
            Test::Contains(text) => {
                // Folded, so nothing in it is a wildcard.
                let place = statement.bind(format!("%{}%", words(text)));
                format!("{column} LIKE {place}")
            }
            Test::Is(text) => format!("{column} = {}", statement.bind(words(text))),
            Test::StartsWith(text) => {
                let by_bytes = match statement.engine {
                    Engine::Sqlite => column.to_owned(),
                    Engine::Postgres => format!("{column} COLLATE \"C\""),
                };
                compare::begins(statement, &by_bytes, words(text))
            }
            test => compare::numbers(statement, now, Column { name: column, whole: exact }, test),
        };
        Self { of: format!("v.field_id = {field} AND {test}"), holds }
    }
}

/// The choice as it is written, found by how it is folded.
fn any_of(statement: &mut Statement, choices: &[Choice]) -> String {
    let chosen = || {
        choices.iter().filter_map(|choice| match choice {
            Choice::Word(word) => Some(word),
            Choice::Id(_) => None,
        })
    };
    let folded: Value = texts(chosen().map(|choice| words(choice)));
    let (folded, exact) = (statement.texts(folded), statement.texts(texts(chosen())));
    format!("v.folded IN {folded} AND v.text IN {exact}")
}
