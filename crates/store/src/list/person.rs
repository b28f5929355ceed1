//! An advanced search for contacts in SQL. As with interactions there is no *not* around a group, so what is unknown of
//! a row counts as false.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, tz};
use pronto_db::{Engine, Value, ids, texts};
use pronto_domain::access::Masking;
use pronto_domain::expression::{About, Choice, Condition, Expression, ME, Person, Test, digits};
use pronto_domain::phone;
use pronto_domain::search::words;

use super::compare::{self, Column, NEVER, among, emptiness};
use super::own::Few;
use super::statement::Statement;
use crate::{company, instant};

/// An advanced search, of somebody, at a time.
#[derive(Clone, Debug)]
pub struct Advanced {
    pub expression: Expression,
    pub me: i64,
    /// What they may not see, and so must not find anybody by.
    pub hidden: Masking,
    pub now: i64,
}

/// Adds it to a statement.
pub(super) fn add(statement: &mut Statement, advanced: &Advanced, few: &Few<'_>) {
    let text = Writer { statement, advanced, few }.write(&advanced.expression);
    statement.fixed(&text);
}

struct Writer<'a> {
    statement: &'a mut Statement,
    advanced: &'a Advanced,
    few: &'a Few<'a>,
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
        if !condition.may_be_asked(&self.advanced.hidden) {
            return NEVER.to_owned();
        }
        let Condition { about, test } = condition;
        let person = match about {
            About::Person(person) => person,
            About::Contact(own) => return self.few.write(self.statement, self.advanced.now, condition, own, "c.id"),
            About::Row(_) => return NEVER.to_owned(),
        };
        match person {
            Person::Id => self.number("c.id", test),
            Person::Created => self.number("c.created_at", test),
            Person::Updated => self.number("c.updated_at", test),
            Person::Name => self.name(test),
            Person::Phone => self.phone(test),
            Person::Email => self.plain("c.email", test),
            Person::Language => self.plain("c.language", test),
            Person::Address => self.plain("c.postal_address", test),
            Person::Description => self.plain("c.description", test),
            Person::Url => self.plain("c.url", test),
            Person::Born => self.born(test),
            Person::Socials => self.socials(test),
            Person::Company => self.company(test),
            Person::List => self.points_at("c.list_id", test),
            Person::Owner => self.points_at("c.owner_id", test),
            Person::Tags => self.tags(test),
            Person::Worker => self.worker(test),
            Person::Consent => self.consent(test),
            Person::Origin => self.origin(test),
        }
    }

    fn number(&mut self, name: &str, test: &Test) -> String {
        compare::numbers(self.statement, self.advanced.now, Column { name, whole: true }, test)
    }

    /// Of folded words, in which nothing is a wildcard.
    fn folded(&mut self, column: &str, test: &Test) -> String {
        match test {
            Test::Contains(text) => {
                let text = words(text);
                let (before, last) = text.rsplit_once(' ').unwrap_or(("", &text));
                let whole = before.split(' ').filter(|word| !word.is_empty()).map(|word| format!("% {word} %"));
                let all: Vec<String> = whole
                    .chain([format!("% {last}%")])
                    .map(|pattern| format!("' ' || {column} || ' ' LIKE {}", self.statement.bind(pattern)))
                    .collect();
                format!("({})", all.join(" AND "))
            }
            Test::Is(text) => format!("{column} = {}", self.statement.bind(words(text))),
            Test::StartsWith(text) => format!("{column} LIKE {}", self.statement.bind(format!("{}%", words(text)))),
            _ => NEVER.to_owned(),
        }
    }

    fn name(&mut self, test: &Test) -> String {
        match test {
            Test::Empty => "c.name_words = ''".to_owned(),
            Test::Filled => "c.name_words <> ''".to_owned(),
            test => self.folded("c.name_words", test),
        }
    }

    fn company(&mut self, test: &Test) -> String {
        let condition = match test {
            Test::Empty | Test::Filled => return emptiness("c.company_id", test),
            Test::Is(text) => format!("k.words = {}", self.statement.bind(company::folded(text))),
            test => self.folded("k.words", test),
        };
        format!("c.company_id IN (SELECT k.id FROM company k WHERE {condition})")
    }

    fn phone(&mut self, test: &Test) -> String {
        let any = |condition: &dyn Fn(&str) -> String| {
            format!(
                "({} OR {} OR c.id IN (SELECT n.contact_id FROM contact_number n WHERE {}))",
                condition("c.phone"),
                condition("c.mobile"),
                condition("n.digits")
            )
        };
        match test {
            Test::Is(text) => {
                let digits = digits(text);
                let digits = digits.strip_prefix("00").unwrap_or(&digits);
                let spelled = self.statement.texts(texts(phone::spellings(digits)));
                any(&|column| format!("{column} IN {spelled}"))
            }
            Test::Contains(text) | Test::StartsWith(text) => {
                let before = if matches!(test, Test::Contains(_)) { "%" } else { "" };
                let pattern = self.statement.bind(format!("{before}{}%", digits(text)));
                any(&|column| format!("{column} LIKE {pattern}"))
            }
            Test::Empty => format!("NOT {}", any(&|column| format!("{column} IS NOT NULL"))),
            Test::Filled => any(&|column| format!("{column} IS NOT NULL")),
            _ => NEVER.to_owned(),
        }
    }

    /// A column of plain letters.
    fn plain(&mut self, column: &str, test: &Test) -> String {
        let escaped = |text: &str| small(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = match test {
            Test::Is(text) => {
                let text = small(text);
                let column = self.lowered(column, &text);
                return format!("{column} = {}", self.statement.bind(text));
            }
            Test::Contains(text) => format!("%{}%", escaped(text)),
            Test::StartsWith(text) => format!("{}%", escaped(text)),
            test => return emptiness(column, test),
        };
        let column = self.lowered(column, &pattern);
        format!("{column} LIKE {} ESCAPE '\\'", self.statement.bind(pattern))
    }

    /// A column in small letters, as far as a text goes: `lower` may know the letters of English alone (SQLite, and
    /// PostgreSQL in the locale C), so those of the text that are not among them are made small one by one.
    fn lowered(&mut self, column: &str, text: &str) -> String {
        let other: BTreeSet<char> = text.chars().filter(|letter| !letter.is_ascii()).collect();
        // At the end of a word a sigma is written otherwise: `small` has made them one.
        let column = if other.contains(&'σ') { format!("replace({column}, 'ς', 'σ')") } else { column.to_owned() };
        other.into_iter().fold(format!("lower({column})"), |column, small| {
            let mut capitals = small.to_uppercase();
            match (capitals.next(), capitals.next()) {
                (Some(capital), None) if capital != small => {
                    let (capital, small) = (capital.to_string(), small.to_string());
                    format!("replace({column}, {}, {})", self.statement.bind(capital), self.statement.bind(small))
                }
                _ => column,
            }
        })
    }

    fn socials(&mut self, test: &Test) -> String {
        let each = match self.statement.engine {
            Engine::Sqlite => "json_each(c.socials)",
            Engine::Postgres => "jsonb_each_text(c.socials)",
        };
        match test {
            Test::Empty => format!("NOT EXISTS (SELECT 1 FROM {each})"),
            Test::Filled => format!("EXISTS (SELECT 1 FROM {each})"),
            test => format!("EXISTS (SELECT 1 FROM {each} s WHERE {})", self.plain("s.value", test)),
        }
    }

    /// A day without a time, compared with the days that begin at what is given.
    fn born(&mut self, test: &Test) -> String {
        let column = "c.date_of_birth";
        match test {
            Test::Before(end) => format!("{column} < {}", self.statement.bind(day(*end))),
            Test::After(from) => format!("{column} >= {}", self.statement.bind(day(*from))),
            Test::Between(from, end) => {
                let (from, end) = (self.statement.bind(day(*from)), self.statement.bind(day(*end)));
                format!("({column} >= {from} AND {column} < {end})")
            }
            Test::LastDays(days) => {
                let now = instant(self.advanced.now);
                let from = now.checked_sub(SignedDuration::from_hours(days.saturating_mul(24))).unwrap_or(now);
                format!("{column} >= {}", self.statement.bind(day(from)))
            }
            test => emptiness(column, test),
        }
    }

    /// Among the contacts of a query, which takes what is chosen, or those of another where nothing is.
    fn within(&mut self, test: &Test, some: impl FnOnce(&str) -> String, all: &str) -> String {
        match test {
            Test::Empty => format!("c.id NOT IN {all}"),
            Test::Filled => format!("c.id IN {all}"),
            test => {
                let chosen = self.statement.ids(self.chosen(test));
                among("c.id", &some(&chosen), test)
            }
        }
    }

    fn tags(&mut self, test: &Test) -> String {
        let some = |tags: &str| {
            format!(
                "(SELECT t.contact_id FROM contact_tag t WHERE t.name IN \
                 (SELECT g.name FROM tag g WHERE g.id IN {tags}))"
            )
        };
        self.within(test, some, "(SELECT t.contact_id FROM contact_tag t)")
    }

    fn consent(&mut self, test: &Test) -> String {
        let given = "SELECT k.contact_id FROM contact_consent k WHERE k.state = 'given'";
        self.within(test, |accounts| format!("({given} AND k.account_id IN {accounts})"), &format!("({given})"))
    }

    fn worker(&mut self, test: &Test) -> String {
        let of = |is: &str| {
            format!(
                "(SELECT w.contact_id FROM contact_worker w WHERE w.user_id {is} \
                 UNION SELECT i.contact_id FROM interaction i WHERE i.owner_id {is} AND i.contact_id IS NOT NULL \
                 UNION SELECT i.contact_id FROM interaction i WHERE i.first_owner_id {is} AND i.contact_id IS NOT NULL)"
            )
        };
        self.within(test, |users| of(&format!("IN {users}")), &of("IS NOT NULL"))
    }

    fn origin(&mut self, test: &Test) -> String {
        let (Test::AnyOf(choices) | Test::NoneOf(choices)) = test else { return NEVER.to_owned() };
        let chosen = choices.iter().filter_map(|choice| match choice {
            Choice::Word(word) => Some(word),
            Choice::Id(_) => None,
        });
        let any = self.statement.texts(texts(chosen));
        among("c.origin", &any, test)
    }

    fn points_at(&mut self, column: &str, test: &Test) -> String {
        match test {
            Test::Empty | Test::Filled => emptiness(column, test),
            test => {
                let chosen = self.statement.ids(self.chosen(test));
                among(column, &chosen, test)
            }
        }
    }

    /// The ids that are chosen, that of whoever looks among them.
    fn chosen(&self, test: &Test) -> Value {
        let choices = match test {
            Test::AnyOf(choices) | Test::NoneOf(choices) => choices.as_slice(),
            _ => &[],
        };
        ids(choices.iter().filter_map(|choice| match choice {
            Choice::Id(id) => Some(*id),
            Choice::Word(word) => (word == ME).then_some(self.advanced.me),
        }))
    }
}

/// The day whose beginning, in whatever time zone it was chosen, is nearest.
fn day(at: Timestamp) -> String {
    let noon = at.checked_add(SignedDuration::from_hours(12)).unwrap_or(at);
    noon.to_zoned(tz::TimeZone::UTC).date().to_string()
}

/// Small letters, and one sigma.
fn small(text: &str) -> String {
    text.trim().to_lowercase().replace('ς', "σ")
}
