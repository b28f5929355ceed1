//! An advanced search finds what reading every row would find, on both engines.

use std::collections::{BTreeMap, BTreeSet};

use pronto_domain::access::Masking;
use pronto_domain::expression::{
    About, Choice, Condition, Expression, Field, Kind, ME, Op, Subject, Test, digits, read,
};
use pronto_domain::field;
use pronto_domain::search::words;
use pronto_store as store;
use pronto_testkit::{TestDesk, on_both};
use serde_json::Number;
use store::list::{By, Filter, Order};

use crate::orders::{listed, ordered};
use crate::world::{DAY, Dice, ROWS, Row, TAGS, own, viewer, world};

fn random(dice: &mut Dice, now: i64, depth: u64) -> Expression {
    if depth > 0 && dice.roll(3) > 0 {
        let members = (0..1 + dice.roll(3)).map(|_| random(dice, now, depth - 1)).collect();
        return if dice.roll(2) == 0 { Expression::All(members) } else { Expression::Any(members) };
    }
    let about: About = if dice.roll(4) == 0 { dice.one(&own()).clone().into() } else { (*dice.one(Field::ALL)).into() };
    let op = *dice.one(&about.ops());
    let test = condition(dice, now, &about, op);
    Expression::Is(Condition { about, test })
}

fn condition(dice: &mut Dice, now: i64, about: &About, op: Op) -> Test {
    let instant = |dice: &mut Dice| store::instant(now - dice.number(25 * DAY) + 2 * DAY);
    let text = |dice: &mut Dice| {
        let texts: &[&str] = match about.kind() {
            Kind::Text => &["rossi", "ros", "oss", "100%", "cotton", "a b", "https", "Rossi und", "_"],
            Kind::Digits => &["39 333", "333", "+39 333 0000000", "1000003", "99"],
            Kind::Words => &["order", "ord", "Perche", "refund thanks", "nothing", "where order", "12"],
            _ if *about == Field::Email.into() => {
                &["maria", "info1@a.it", "MARIA1@SHOP.example", "x.rossi", "shop", "x_rossi"]
            }
            _ => &["maria", "Mar", "jose mul", "ZOE ROSS", "ross", "søren", "anna de luca", "o neil", "nobody"],
        };
        let text = *dice.one(texts);
        // Nothing that could be looked for.
        (if words(text).is_empty() { "sohne" } else { text }).to_owned()
    };
    let number = |dice: &mut Dice, below: i64| {
        let number = dice.number(below);
        let half = f64::from(i32::try_from(number).expect("small")) / 2.0;
        match about.kind() {
            Kind::Decimal => Number::from_f64(half).expect("finite"),
            _ => number.into(),
        }
    };
    let choices = |dice: &mut Dice| {
        let choice = |dice: &mut Dice| match about.kind() {
            Kind::Choices => Choice::Word((*dice.one(&["Gold", "Gold +", "Silver", "Bronze"])).to_owned()),
            Kind::OneOf(known) => Choice::Word((*dice.one(known)).to_owned()),
            Kind::Users if dice.roll(3) == 0 => Choice::Word(ME.to_owned()),
            _ => Choice::Id(1 + dice.number(4)),
        };
        (0..1 + dice.roll(2)).map(|_| choice(dice)).collect()
    };
    match (op, about.kind()) {
        (Op::Contains, _) => Test::Contains(text(dice)),
        (Op::StartsWith, _) => Test::StartsWith(text(dice)),
        (Op::Is, Kind::Number) => Test::Equals(number(dice, ROWS / 3)),
        (Op::Is, Kind::Decimal) => Test::Equals(number(dice, 6)),
        (Op::Is, Kind::Flag) => Test::Flag(dice.roll(2) == 0),
        (Op::Is, _) => Test::Is(text(dice)),
        (Op::Above, _) => Test::Above(number(dice, 5)),
        (Op::Below, Kind::Decimal) => Test::Below(number(dice, 6)),
        (Op::Below, _) => Test::Below(number(dice, 60)),
        (Op::Between, Kind::Number | Kind::Decimal) => Test::Among(number(dice, 5), (5 + dice.number(40)).into()),
        (Op::Between, _) => {
            let (one, other) = (instant(dice), instant(dice));
            Test::Between(one.min(other), one.max(other))
        }
        (Op::Before, _) => Test::Before(instant(dice)),
        (Op::After, _) => Test::After(instant(dice)),
        (Op::LastDays, _) => Test::LastDays(1 + dice.number(15)),
        (Op::AnyOf, _) => Test::AnyOf(choices(dice)),
        (Op::NoneOf, _) => Test::NoneOf(choices(dice)),
        (Op::Empty, _) => Test::Empty,
        (Op::Filled, _) => Test::Filled,
    }
}

/// What it says, read as a person would.
fn holds(expression: &Expression, row: &Row, now: i64) -> bool {
    match expression {
        Expression::All(members) => members.iter().all(|member| holds(member, row, now)),
        Expression::Any(members) => members.iter().any(|member| holds(member, row, now)),
        Expression::Is(condition) => true_of(condition, row, now),
    }
}

fn true_of(Condition { about, test }: &Condition, whole: &Row, now: i64) -> bool {
    let field = match about {
        About::Row(field) => field,
        About::Person(_) => return false,
        About::Contact(own) => return !own.archived && has(test, whole.own.get(&own.id.0), now),
    };
    let row = &whole.row;
    let text = |text: Option<&str>| textual(*field, test, text);
    let number = |number: Option<i64>| numeric(test, number, now);
    let flag = |on: bool| *test == Test::Flag(on);
    let ids = |ids: &[i64]| chosen(test, ids.iter().map(|id| Choice::Id(*id)).collect());
    let words = |word: Option<&str>| chosen(test, word.map(|word| Choice::Word(word.to_owned())).into_iter().collect());
    match field {
        Field::Id => number(Some(row.id)),
        Field::Customer => {
            let known = [Some(row.customer.as_str()), row.phone.as_deref(), whole.email.as_deref()];
            match test {
                Test::Contains(wanted) => {
                    begin(wanted, &known.into_iter().flatten().map(self::words).collect::<Vec<_>>().join(" "))
                        || row.phone.as_ref().is_some_and(|phone| {
                            let number = wanted.chars().all(|c| c.is_ascii_digit() || " +".contains(c));
                            number && digits(wanted).len() >= 3 && phone.starts_with(&digits(wanted))
                        })
                }
                _ => text(Some(&row.customer)),
            }
        }
        Field::Phone => text(row.phone.as_deref()),
        Field::Email => text(whole.email.as_deref()),
        Field::Message => {
            let Test::Contains(wanted) = test else { return false };
            whole.said.iter().any(|said| begin(wanted, &self::words(said)))
        }
        Field::Account => ids(&[row.account_id]),
        Field::Status => words(Some(&row.state)),
        Field::Direction => words(row.last_direction.as_deref()),
        Field::Sentiment => words(row.sentiment.as_deref()),
        Field::Agent => ids(row.owner_id.as_slice()),
        Field::FirstAgent => ids(row.first_owner_id.as_slice()),
        Field::Queue => ids(row.queue_id.as_slice()),
        Field::Tags => {
            let by_name: BTreeMap<&str, i64> = TAGS.iter().copied().zip(1..).collect();
            ids(&row.tags.0.iter().map(|name| by_name[name.as_str()]).collect::<Vec<_>>())
        }
        // With all that stands above it.
        Field::Disposition => ids(match row.disposition_id {
            Some(3) => &[1, 2, 3],
            Some(2) => &[1, 2],
            Some(1) => &[1],
            Some(_) => &[4],
            None => &[],
        }),
        Field::Unread => flag(row.unread > 0 || row.marked_unread),
        Field::Snoozed => flag(row.snooze.is_some()),
        Field::Blocked => flag(row.blocked),
        Field::Transfer => flag(row.transfer.is_some()),
        Field::Unmanaged => number(Some(row.unmanaged)),
        Field::Started => number(Some(row.started_at)),
        Field::LastMessage => number(Some(row.last_at)),
        Field::Closed => number(row.closed_at),
        Field::Reopened => number(row.reopened_at),
        Field::Waiting => number(row.unanswered_since),
        Field::Window => number(row.window_expires_at),
        Field::Watching => ids(&whole.watching),
    }
}

fn has(test: &Test, value: Option<&field::Value>, now: i64) -> bool {
    use field::Value;
    match (test, value) {
        (Test::Flag(on), held) => *on == (held == Some(&Value::Switch(true))),
        (Test::AnyOf(_) | Test::NoneOf(_), held) => {
            let held = held.and_then(|held| if let Value::Text(text) = held { Some(text.clone()) } else { None });
            chosen(test, held.map(Choice::Word).into_iter().collect())
        }
        (Test::Empty, held) => held.is_none(),
        (Test::Filled, held) => held.is_some(),
        (_, None) => false,
        (test, Some(Value::Text(text))) => {
            let held = words(text);
            match test {
                Test::Contains(wanted) => held.contains(&words(wanted)),
                Test::Is(wanted) => held == words(wanted),
                Test::StartsWith(wanted) => held.starts_with(&words(wanted)),
                _ => false,
            }
        }
        (test, Some(Value::Number(held))) => {
            let of = |number: &Number| number.as_f64().expect("finite");
            match test {
                Test::Equals(number) => (*held - of(number)).abs() < f64::EPSILON,
                Test::Above(number) => *held > of(number),
                Test::Below(number) => *held < of(number),
                Test::Among(from, to) => (of(from)..=of(to)).contains(held),
                _ => false,
            }
        }
        (test, Some(Value::At(at))) => numeric(test, Some(store::millis(*at)), now),
        (_, Some(Value::Switch(_))) => false,
    }
}

/// All of the words, the last perhaps the beginning of one.
fn begin(wanted: &str, text: &str) -> bool {
    let wanted = words(wanted);
    let wanted: Vec<&str> = wanted.split(' ').collect();
    wanted.iter().enumerate().all(|(index, word)| {
        text.split(' ').any(|held| held == *word || (index + 1 == wanted.len() && held.starts_with(word)))
    })
}

fn textual(field: Field, test: &Test, text: Option<&str>) -> bool {
    let fold = |text: &str| match field {
        Field::Phone => digits(text),
        Field::Email => text.to_lowercase(),
        _ => words(text),
    };
    let Some(held) = text.map(fold) else { return *test == Test::Empty };
    match test {
        Test::Contains(wanted) if field == Field::Phone => held.contains(&fold(wanted)),
        Test::Contains(wanted) => begin(wanted, &words(&held)),
        Test::Is(wanted) => held == fold(wanted),
        Test::StartsWith(wanted) => held.starts_with(&fold(wanted)),
        test => *test == Test::Filled,
    }
}

fn numeric(test: &Test, number: Option<i64>, now: i64) -> bool {
    let Some(held) = number else { return *test == Test::Empty };
    let whole = |number: &Number| number.as_i64().expect("whole");
    match test {
        Test::Equals(number) => held == whole(number),
        Test::Above(number) => held > whole(number),
        Test::Below(number) => held < whole(number),
        Test::Among(from, to) => (whole(from)..=whole(to)).contains(&held),
        Test::Before(at) => held < store::millis(*at),
        Test::After(at) => held >= store::millis(*at),
        Test::Between(from, to) => (store::millis(*from)..store::millis(*to)).contains(&held),
        Test::LastDays(days) => (now - days * DAY..=now).contains(&held),
        test => *test == Test::Filled,
    }
}

fn chosen(test: &Test, held: Vec<Choice>) -> bool {
    let is = |choice: &Choice| {
        held.contains(&if *choice == Choice::Word(ME.to_owned()) { Choice::Id(2) } else { choice.clone() })
    };
    match test {
        Test::AnyOf(choices) => choices.iter().any(is),
        Test::NoneOf(choices) => !choices.iter().any(is),
        Test::Empty => held.is_empty(),
        test => *test == Test::Filled && !held.is_empty(),
    }
}

on_both! {
    async fn it_finds_what_reading_every_row_would_find(bench: TestDesk) {
        let rows = world(&bench).await;
        let now = store::millis(bench.now());
        let mut dice = Dice(2026);
        let mut some = 0;
        for round in 0..400 {
            let expression = random(&mut dice, now, if round < 200 { 0 } else { 3 });
            assert_eq!(read(Subject::Interactions, &expression.to_json(), &own(), &Masking::default()).as_ref(), Ok(&expression));
            let expected: BTreeSet<i64> = rows.iter().filter(|row| holds(&expression, row, now)).map(|row| row.row.id).collect();
            let order = Order { by: *dice.one(&[By::Last, By::Started, By::Contact, By::Status, By::Id]), ascending: dice.roll(2) == 0 };
            let filter = Filter { expression: Some(expression.clone()), order, now, ..Filter::default() };
            let rows = listed(&bench, &viewer(), &filter).await;
            let ids: BTreeSet<i64> = rows.iter().map(|row| row.id).collect();
            assert_eq!(ids, expected, "{}", expression.to_json());
            assert_eq!(ids.len(), rows.len(), "each once: {}", expression.to_json());
            assert_eq!(ordered(&rows, order), rows.iter().map(|row| row.id).collect::<Vec<_>>(), "{order:?}");
            some += usize::from(!ids.is_empty() && ids.len() < 90);
        }
        assert!(some > 200, "searches that say something: {some}");
    }
}
