//! An advanced search finds what reading every row would find, on both engines.

use std::collections::{BTreeMap, BTreeSet};

use pronto_db::Json;
use pronto_domain::access::{Masking, Role, Scope, Viewer};
use pronto_domain::expression::{
    About, Choice, Condition, Expression, Field, Kind, ME, Op, Subject, Test, digits, read,
};
use pronto_domain::field::{self, Field as Own};
use pronto_domain::id::{ContactFieldId, UserId};
use pronto_domain::search::{Customer, words};
use pronto_domain::sentiment::Tally;
use pronto_store as store;
use pronto_testkit::{TestDesk, on_both};
use serde_json::Number;
use store::contact_field::Held;
use store::history;
use store::interaction::Interaction;
use store::list::{By, Filter, Order};
use store::watching::Watch;

const ROWS: i64 = 90;
const MANY: i64 = 5_001;
const DAY: i64 = 24 * 3600 * 1000;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn number(&mut self, below: i64) -> i64 {
        i64::try_from(self.roll(below.unsigned_abs())).expect("small")
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let index = usize::try_from(self.roll(of.len() as u64)).expect("small");
        &of[index]
    }

    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.roll(3) > 0).then(|| value(self))
    }
}

const FIRST: &[&str] = &["Maria", "José", "Zoë", "Mario", "Søren", "ANNA"];
const LAST: &[&str] = &["Rossi", "Müller", "Ross", "De Luca", "O'Neil"];
const SAID: &[&str] = &["Where is my order?", "perché no", "refund, thanks", "Order 12 came broken", "ok", "ORDINE"];
const TAGS: &[&str] = &["vip", "late, again", "Ü"];
const STATES: &[&str] = &["flow", "waiting", "offered", "active", "bot", "unassigned", "closed"];

const PLANS: &[&str] = &["Gold", "gold", "Gold +", "Silver"];

/// A custom field of each kind, and one that is archived.
fn own() -> Vec<Own> {
    let one = |id: i64, key: &str, kind| Own {
        id: ContactFieldId(id),
        list: None,
        key: key.to_owned(),
        name: key.to_owned(),
        kind,
        options: if kind == field::Kind::Select {
            PLANS.iter().map(|plan| (*plan).to_owned()).collect()
        } else {
            Vec::new()
        },
        required: false,
        sensitive: false,
        archived: key == "gone",
    };
    let kinds = (1..).zip(field::Kind::ALL).map(|(id, kind)| one(id, kind.as_str(), *kind));
    kinds.chain([one(99, "gone", field::Kind::Text)]).collect()
}

/// Everything that can be asked of one row.
struct Row {
    row: Interaction,
    email: Option<String>,
    said: Vec<&'static str>,
    /// Who has it on screen.
    watching: Vec<i64>,
    own: BTreeMap<i64, field::Value>,
}

fn value(dice: &mut Dice, now: i64, kind: field::Kind) -> field::Value {
    use field::{Kind, Value};
    match kind {
        Kind::Text => Value::Text((*dice.one(&["Rossi & Söhne", "100% cotton", "rossi", "!", "a b"])).to_owned()),
        Kind::Url => Value::Text((*dice.one(&["https://a.it/Rossi?x=1", "http://shop.example"])).to_owned()),
        Kind::Select => Value::Text((*dice.one(PLANS)).to_owned()),
        Kind::Number => Value::Number(f64::from(u32::try_from(dice.roll(9)).expect("small")) / 2.0 - 1.0),
        Kind::Switch => Value::Switch(dice.roll(2) == 0),
        Kind::DateTime => Value::At(store::instant(now - dice.number(20 * DAY))),
    }
}

/// One of each thing a row can be, by chance.
async fn world(bench: &TestDesk) -> Vec<Row> {
    let account = bench.account("shop", "http://provider.invalid").await.0;
    let now = store::millis(bench.now());
    let mut dice = Dice(7);
    let mut tx = bench.tx().await;
    for name in TAGS {
        let tag = store::tag::Tag {
            id: 0,
            name: (*name).to_owned(),
            colour: "grey".to_owned(),
            description: None,
            version: 1,
        };
        store::tag::add(&mut tx, &tag).await.expect("a tag");
    }
    // A tree: 1 over 2 over 3, and 4 beside.
    tx.query_assembled(
        "INSERT INTO disposition (id, parent_id, scope, scope_id, name, place, version)
         VALUES (1, NULL, 'global', 0, 'a', 0, 1), (2, 1, 'global', 0, 'b', 0, 1), (3, 2, 'global', 0, 'c', 0, 1),
             (4, NULL, 'global', 0, 'd', 1, 1)"
            .to_owned(),
    )
    .execute()
    .await
    .expect("dispositions");
    let list_id = store::contact::default_list(&mut tx).await.expect("a list");
    for field in own() {
        let (id, key, kind, at) = (field.id.0, &field.key, field.kind, field.archived.then_some(now));
        tx.query_assembled(format!(
            "INSERT INTO contact_field (id, key, name, kind, options, required, sensitive, place, version, archived_at)
             VALUES ({id}, '{key}', '{key}', '{kind}', '[]', FALSE, FALSE, {id}, 1, $1)"
        ))
        .bind(at)
        .execute()
        .await
        .expect("a field");
    }
    let mut held = Vec::new();
    let (mut contacts, mut addresses, mut people, mut rows) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for id in 1..=ROWS {
        let name = format!("{} {}", dice.one(FIRST), dice.one(LAST));
        let email = dice.maybe(|dice| {
            format!("{}{}@{}", dice.one(&["maria", "info", "X.Rossi"]), id % 4, dice.one(&["a.it", "shop.example"]))
        });
        let phone = dice.maybe(|dice| format!("39333{:07}", dice.number(9) * 1_000_003));
        let tags: BTreeSet<&str> = (0..dice.roll(3)).map(|_| *dice.one(TAGS)).collect();
        let known = [Some(name.as_str()), phone.as_deref(), email.as_deref()];
        people.push(store::search::Person::new(id, Customer::of(known.into_iter().flatten()), account));
        contacts.push(history::Contact {
            id,
            list_id,
            first_name: name.clone(),
            last_name: None,
            phone: None,
            mobile: None,
            email: email.clone(),
            company: None,
            language: None,
            description: None,
            tags: Vec::new(),
            created_at: now,
            updated_at: now,
        });
        addresses.push(history::Address {
            id,
            account_id: account,
            key: format!("k{id}"),
            digits: phone.clone(),
            contact_id: Some(id),
            created_at: now,
            ..history::Address::default()
        });
        let state = *dice.one(STATES);
        let started = now - dice.number(20 * DAY);
        let unmanaged = dice.number(4);
        let row = Interaction {
            id,
            account_id: account,
            address_id: id,
            contact_id: Some(id),
            state: state.to_owned(),
            queue_id: dice.maybe(|dice| 1 + dice.number(3)),
            owner_id: dice.maybe(|dice| 1 + dice.number(3)),
            first_owner_id: dice.maybe(|dice| 1 + dice.number(3)),
            was_with_id: None,
            flow_step: 0,
            flow_ended: false,
            controller: "queue".to_owned(),
            epoch: 1,
            started_at: started,
            waiting_since: None,
            accepted_at: None,
            closed_at: (state == "closed").then_some(started + DAY),
            reopened_at: dice.maybe(|_| started + 5),
            disposition_id: dice.maybe(|dice| 1 + dice.number(4)),
            snooze: dice.maybe(|_| "customer".to_owned()),
            snooze_until: None,
            warned_at: None,
            blocked: dice.roll(2) == 0,
            customer: name,
            phone,
            window_expires_at: dice.maybe(|dice| now + dice.number(2 * DAY) - DAY),
            window_cause: None,
            last_at: started + dice.number(DAY),
            last_message_id: None,
            last_direction: dice.maybe(|dice| (*dice.one(&["in", "out"])).to_owned()),
            sentiment: dice.maybe(|dice| (*dice.one(&["positive", "neutral", "mixed", "negative"])).to_owned()),
            sentiment_tally: Json(Tally::default()),
            last_kind: None,
            last_preview: None,
            last_status: None,
            unread: dice.number(2),
            marked_unread: dice.roll(4) == 0,
            unmanaged,
            unanswered_since: (unmanaged > 0).then_some(started + unmanaged),
            read_through: 0,
            message_count: 0,
            tags: Json(tags.into_iter().map(str::to_owned).collect()),
            transfer: None,
            version: 1,
        };
        let said = (0..dice.roll(3)).map(|_| *dice.one(SAID)).collect();
        let own: BTreeMap<i64, field::Value> =
            own().iter().filter_map(|one| Some((one.id.0, dice.maybe(|dice| value(dice, now, one.kind))?))).collect();
        held.extend(own.iter().map(|(field, value)| Held::new(id, ContactFieldId(*field), value)));
        let watching = (1..4).filter(|_| dice.roll(4) == 0).collect();
        rows.push(Row { row, email, said, watching, own });
    }
    let watch = |row: &Row, users: &[i64]| -> Vec<Watch> {
        users.iter().map(|user_id| Watch { interaction_id: row.row.id, user_id: *user_id }).collect()
    };
    let watched: Vec<Watch> = rows.iter().flat_map(|row| watch(row, &row.watching)).collect();
    store::watching::keep(&mut tx, "here", &watched, now + 1, now).await.expect("watched");
    // What has lapsed is nobody's.
    let lapsed: Vec<Watch> = rows.iter().flat_map(|row| watch(row, &[1, 2, 3])).collect();
    store::watching::keep(&mut tx, "gone", &lapsed, now, now - 1).await.expect("watched");
    // Many who never wrote, with the same things: what many have is looked for in another way than what few have.
    let at = field::Value::At(store::instant(now - 3 * DAY));
    let (text, url) = (field::Value::Text("Rossi".to_owned()), field::Value::Text("http://shop.example".to_owned()));
    let (plan, number) = (field::Value::Text("Gold".to_owned()), field::Value::Number(1.0));
    let alike = [text, plan, number, field::Value::Switch(true), at, url];
    let model = contacts[0].clone();
    for id in ROWS + 1..=ROWS + MANY {
        contacts.push(history::Contact { id, ..model.clone() });
        held.extend((1..).zip(&alike).map(|(field, value)| Held::new(id, ContactFieldId(field), value)));
    }
    history::contacts(&mut tx, &contacts).await.expect("contacts");
    store::contact_field::put(&mut tx, &held).await.expect("values");
    history::addresses(&mut tx, &addresses).await.expect("addresses");
    let all: Vec<Interaction> = rows.iter().map(|row| row.row.clone()).collect();
    history::interactions(&mut tx, &all).await.expect("interactions");
    store::search::index_addresses(&mut tx, &people).await.expect("found");
    let mut messages = 0;
    for row in &rows {
        for said in &row.said {
            messages += 1;
            let id = row.row.id;
            tx.query_assembled(format!(
                "INSERT INTO message (id, interaction_id, account_id, address_id, direction, kind, content, author_kind,
                     shown, thread_at, forwarded, late, attachments, version, created_at)
                 VALUES ({messages}, {id}, {account}, {id}, 'in', 'text', '{{\"type\": \"text\"}}', 'customer', TRUE,
                     {now}, FALSE, FALSE, 0, 1, {now})"
            ))
            .execute()
            .await
            .expect("a message");
            let scope = store::search::account_token(account);
            let entry = store::search::Entry { id: messages, words: words(said), scope };
            store::search::index_messages(&mut tx, &[entry]).await.expect("indexed");
        }
    }
    tx.commit().await.expect("committed");
    rows
}

fn viewer() -> Viewer {
    Viewer {
        user: UserId(2),
        role: Role::Admin,
        scope: Scope::All,
        permissions: BTreeSet::new(),
        masking: Masking::default(),
        accounts: BTreeSet::new(),
        queues: BTreeSet::new(),
        lists: std::collections::BTreeMap::new(),
    }
}

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

async fn found(bench: &TestDesk, expression: &Expression, order: Order) -> Vec<Interaction> {
    let now = store::millis(bench.now());
    let filter = Filter { expression: Some(expression.clone()), order, now, ..Filter::default() };
    let mut tx = bench.look().await;
    let mut all: Vec<Interaction> = Vec::new();
    loop {
        // In pages, so that their edges are met too.
        let after = all.last().map(|row| (order.by.place(row), row.id));
        let page = store::list::interactions(&mut tx, &viewer(), &filter, after, 17).await.expect("a page");
        if page.is_empty() {
            return all;
        }
        all.extend(page);
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
            let order = Order { by: *dice.one(&[By::Last, By::Started, By::Id]), ascending: dice.roll(2) == 0 };
            let rows = found(&bench, &expression, order).await;
            let ids: BTreeSet<i64> = rows.iter().map(|row| row.id).collect();
            assert_eq!(ids, expected, "{}", expression.to_json());
            assert_eq!(ids.len(), rows.len(), "each once: {}", expression.to_json());
            let places: Vec<(i64, i64)> = rows.iter().map(|row| (order.by.place(row), row.id)).collect();
            let mut sorted = places.clone();
            sorted.sort_unstable();
            if !order.ascending {
                sorted.reverse();
            }
            assert_eq!(places, sorted, "{order:?}");
            some += usize::from(!ids.is_empty() && ids.len() < 90);
        }
        assert!(some > 200, "searches that say something: {some}");
    }

    async fn what_is_urgent_comes_first_and_nothing_else_comes(bench: TestDesk) {
        let rows = world(&bench).await;
        let now = store::millis(bench.now());
        let all = Expression::Is(Condition { about: Field::Id.into(), test: Test::Above(0.into()) });
        for (by, place) in [
            (By::Window, (|row: &Interaction, now| row.window_expires_at.filter(|at| *at > now)) as fn(&Interaction, i64) -> Option<i64>),
            (By::Waiting, |row, _| row.unanswered_since),
        ] {
            for ascending in [true, false] {
                let listed = found(&bench, &all, Order { by, ascending }).await;
                let mut expected: Vec<(i64, i64)> = rows
                    .iter()
                    .filter(|row| row.row.state != "closed")
                    .filter_map(|row| Some((place(&row.row, now)?, row.row.id)))
                    .collect();
                expected.sort_unstable();
                if !ascending {
                    expected.reverse();
                }
                assert_eq!(listed.iter().map(|row| row.id).collect::<Vec<_>>(), expected.into_iter().map(|(_, id)| id).collect::<Vec<_>>(), "{by:?} {ascending}");
            }
        }
    }
}
