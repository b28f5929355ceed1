//! An advanced search in SQL. Every condition is true or false of a row and never unknown in a way that matters: there
//! is no *not* around a group. What an index can answer is asked of it apart, so that a rare thing is found without
//! looking at every row.

use pronto_db::{Engine, Value, ids, texts};
use pronto_domain::access::{Seen, Viewer};
use pronto_domain::expression::{About, Choice, Condition, Expression, Field, ME, Test, digits};
use pronto_domain::search::{typed, words};

use super::compare::{self, Column, NEVER, among, emptiness, flag};
use super::own::Few;
use super::statement::Statement;
use crate::search;

/// The newest messages with the words, and the newest customers, that are looked at.
const MESSAGES: i64 = 5_000;
const CUSTOMERS: i64 = 20_000;

/// Adds it to a statement, for somebody and a time.
pub(super) fn add(statement: &mut Statement, viewer: &Viewer, now: i64, expression: &Expression, few: &Few<'_>) {
    let everywhere = viewer.sees(&Seen::default());
    let accounts: Vec<i64> = viewer.accounts.iter().map(|id| id.0).collect();
    let mut writer = Writer { statement, viewer, now, few, accounts: (!everywhere).then_some(accounts) };
    let text = writer.write(expression);
    statement.fixed(&text);
}

/// The interactions that have any of these tags, as stands after `IN`.
pub(super) fn tagged(statement: &mut Statement, tags: Value) -> String {
    let tags = statement.ids(tags);
    format!(
        "(SELECT t.interaction_id FROM interaction_tag t WHERE t.name IN \
         (SELECT g.name FROM tag g WHERE g.id IN {tags}))"
    )
}

struct Writer<'a> {
    statement: &'a mut Statement,
    viewer: &'a Viewer,
    now: i64,
    few: &'a Few<'a>,
    /// Where words are looked for; `None` everywhere.
    accounts: Option<Vec<i64>>,
}

impl Writer<'_> {
    fn write(&mut self, expression: &Expression) -> String {
        let (members, between) = match expression {
            Expression::All(members) => (members, " AND "),
            Expression::Any(members) => (members, " OR "),
            Expression::Is(condition) => return self.condition(condition),
        };
        let members: Vec<String> = members.iter().map(|member| self.write(member)).collect();
        format!("({})", members.join(between))
    }

    fn condition(&mut self, condition: &Condition) -> String {
        if !condition.may_be_asked(&self.viewer.masking) {
            return NEVER.to_owned();
        }
        let Condition { about, test } = condition;
        let field = match about {
            About::Row(field) => field,
            About::Contact(own) => return self.few.write(self.statement, self.now, condition, own, "i.contact_id"),
            About::Person(_) => return NEVER.to_owned(),
        };
        match field {
            Field::Customer => self.customer(test),
            Field::Phone => self.phone(test),
            Field::Email => self.email(test),
            Field::Message => self.message(test),
            Field::Tags => self.tags(test),
            Field::Disposition => self.disposition(test),
            Field::Status => self.words_of("i.state", test),
            Field::Direction => self.words_of("i.last_direction", test),
            Field::Sentiment => self.words_of("i.sentiment", test),
            Field::Account => self.ids_of("i.account_id", test),
            Field::Agent => self.ids_of("i.owner_id", test),
            Field::FirstAgent => self.ids_of("i.first_owner_id", test),
            Field::Queue => self.ids_of("i.queue_id", test),
            Field::Watching => self.watching(test),
            Field::Unread => flag("(i.unread > 0 OR i.marked_unread)", test),
            Field::Snoozed => flag("(i.snooze IS NOT NULL)", test),
            Field::Blocked => flag("i.blocked", test),
            Field::Transfer => flag("(i.transfer IS NOT NULL)", test),
            Field::Id => self.number("i.id", test),
            Field::Unmanaged => self.number("i.unmanaged", test),
            Field::Started => self.number("i.started_at", test),
            Field::LastMessage => self.number("i.last_at", test),
            Field::Closed => self.number("i.closed_at", test),
            Field::Reopened => self.number("i.reopened_at", test),
            Field::Waiting => self.number("i.unanswered_since", test),
            Field::Window => self.number("i.window_expires_at", test),
        }
    }

    fn number(&mut self, name: &str, test: &Test) -> String {
        compare::numbers(self.statement, self.now, Column { name, whole: true }, test)
    }

    fn ids_of(&mut self, column: &str, test: &Test) -> String {
        let Some(any) = self.users(test) else { return emptiness(column, test) };
        among(column, &any, test)
    }

    /// Those that are chosen, or whoever looks; `None` where none are.
    fn users(&mut self, test: &Test) -> Option<String> {
        let (Test::AnyOf(choices) | Test::NoneOf(choices)) = test else { return None };
        let me = self.viewer.user.0;
        let chosen = choices.iter().map(|choice| match choice {
            Choice::Id(id) => *id,
            Choice::Word(word) => {
                if word == ME {
                    me
                } else {
                    0
                }
            }
        });
        Some(self.statement.ids(ids(chosen)))
    }

    /// Of all that is on screen, which is not much.
    fn watching(&mut self, test: &Test) -> String {
        let users = self.users(test).map(|users| format!(" AND w.user_id IN {users}")).unwrap_or_default();
        let now = self.statement.bind(self.now);
        let watched = format!("(SELECT w.interaction_id FROM watching w WHERE w.until > {now}{users})");
        match test {
            Test::Empty | Test::NoneOf(_) => format!("i.id NOT IN {watched}"),
            _ => format!("i.id IN {watched}"),
        }
    }

    fn words_of(&mut self, column: &str, test: &Test) -> String {
        let (Test::AnyOf(choices) | Test::NoneOf(choices)) = test else { return emptiness(column, test) };
        let chosen = choices.iter().filter_map(|choice| match choice {
            Choice::Word(word) => Some(word),
            Choice::Id(_) => None,
        });
        let any = self.statement.texts(texts(chosen));
        among(column, &any, test)
    }

    fn tags(&mut self, test: &Test) -> String {
        let all = "(SELECT t.interaction_id FROM interaction_tag t)";
        match test {
            Test::Empty => format!("i.id NOT IN {all}"),
            Test::Filled => format!("i.id IN {all}"),
            _ => {
                let any = tagged(self.statement, chosen(test));
                among("i.id", &any, test)
            }
        }
    }

    /// One that is chosen stands for all below it, of which there are two levels at most.
    fn disposition(&mut self, test: &Test) -> String {
        let column = "i.disposition_id";
        let (Test::AnyOf(_) | Test::NoneOf(_)) = test else { return emptiness(column, test) };
        let chosen = self.statement.ids(chosen(test));
        let below = format!(
            "(SELECT d.id FROM disposition d LEFT JOIN disposition p ON p.id = d.parent_id \
             WHERE d.id IN {chosen} OR d.parent_id IN {chosen} OR p.parent_id IN {chosen})"
        );
        among(column, &below, test)
    }

    fn customer(&mut self, test: &Test) -> String {
        match test {
            Test::Contains(text) => {
                let mut typed = typed(text);
                typed.hidden = self.viewer.masking;
                let queries = search::customers(self.statement.engine, &typed, self.accounts.as_deref());
                self.people(queries)
            }
            Test::Is(text) => {
                let place = self.statement.bind(words(text));
                format!("i.id IN (SELECT h.id FROM interaction h WHERE h.customer_words = {place})")
            }
            Test::StartsWith(text) => {
                let begins = compare::begins(self.statement, "h.customer_words", words(text));
                format!("i.id IN (SELECT h.id FROM interaction h WHERE {begins})")
            }
            other => emptiness("i.customer", other),
        }
    }

    fn phone(&mut self, test: &Test) -> String {
        let exact = match self.statement.engine {
            Engine::Sqlite => "h.phone",
            Engine::Postgres => "h.phone COLLATE \"C\"",
        };
        match test {
            Test::Contains(text) => {
                let place = self.statement.bind(format!("%{}%", digits(text)));
                // Of the index alone, which is a small part of the rows.
                format!("i.id IN (SELECT h.id FROM interaction h WHERE h.phone IS NOT NULL AND h.phone LIKE {place})")
            }
            Test::Is(text) => {
                let place = self.statement.bind(digits(text));
                format!("i.id IN (SELECT h.id FROM interaction h WHERE {exact} = {place})")
            }
            Test::StartsWith(text) => {
                let begins = compare::begins(self.statement, exact, digits(text));
                format!("i.id IN (SELECT h.id FROM interaction h WHERE {begins})")
            }
            other => emptiness("i.phone", other),
        }
    }

    fn email(&mut self, test: &Test) -> String {
        let of = |condition: &str| {
            format!("i.contact_id IN (SELECT c.id FROM contact c WHERE c.email IS NOT NULL AND {condition})")
        };
        let held = "EXISTS (SELECT 1 FROM contact c WHERE c.id = i.contact_id AND c.email IS NOT NULL)";
        match test {
            Test::Contains(text) => {
                let query = search::emails(self.statement.engine, &typed(text), self.accounts.as_deref());
                self.people(query.into_iter().collect())
            }
            Test::Is(text) => {
                let place = self.statement.bind(text.trim().to_lowercase());
                of(&format!("lower(c.email) = {place}"))
            }
            Test::StartsWith(text) => {
                let escaped = text.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
                let place = self.statement.bind(format!("{escaped}%"));
                of(&format!("lower(c.email) LIKE {place} ESCAPE '\\'"))
            }
            Test::Empty => format!("NOT {held}"),
            Test::Filled => held.to_owned(),
            _ => NEVER.to_owned(),
        }
    }

    /// The interactions of whoever these find.
    fn people(&mut self, queries: Vec<String>) -> String {
        let found: Vec<String> = queries
            .into_iter()
            .map(|query| {
                let (query, most) = (self.statement.bind(query), self.statement.bind(CUSTOMERS));
                match self.statement.engine {
                    Engine::Sqlite => format!(
                        "i.address_id IN (SELECT rowid FROM address_search WHERE address_search MATCH {query} \
                         ORDER BY rowid DESC LIMIT {most})"
                    ),
                    // As an array it is found first, whatever the planner makes of the rest.
                    Engine::Postgres => format!(
                        "i.address_id IN (SELECT unnest(ARRAY(SELECT s.id FROM address_search s \
                         WHERE s.words @@ to_tsquery('simple', {query}) ORDER BY s.id DESC LIMIT {most})))"
                    ),
                }
            })
            .collect();
        if found.is_empty() { NEVER.to_owned() } else { format!("({})", found.join(" OR ")) }
    }

    fn message(&mut self, test: &Test) -> String {
        let Test::Contains(text) = test else { return NEVER.to_owned() };
        let engine = self.statement.engine;
        let Some(query) = search::messages(engine, &typed(text), self.accounts.as_deref()) else {
            return NEVER.to_owned();
        };
        let (query, most) = (self.statement.bind(query), self.statement.bind(MESSAGES));
        match engine {
            Engine::Sqlite => format!(
                "i.id IN (SELECT m.interaction_id FROM message m WHERE m.id IN \
                 (SELECT rowid FROM message_search WHERE message_search MATCH {query} ORDER BY rowid DESC LIMIT {most}))"
            ),
            Engine::Postgres => format!(
                "i.id IN (SELECT unnest(ARRAY(SELECT m.interaction_id FROM message m WHERE m.id = ANY (ARRAY( \
                 SELECT s.id FROM message_search s WHERE s.words @@ to_tsquery('simple', {query}) \
                 ORDER BY s.id DESC LIMIT {most})))))"
            ),
        }
    }
}

fn chosen(test: &Test) -> Value {
    let choices = match test {
        Test::AnyOf(choices) | Test::NoneOf(choices) => choices.as_slice(),
        _ => &[],
    };
    ids(choices.iter().filter_map(|choice| match choice {
        Choice::Id(id) => Some(*id),
        Choice::Word(_) => None,
    }))
}
