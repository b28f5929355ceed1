//! A desk with one of each thing a row can be, by chance: what searches and orders are tried on.

use std::collections::{BTreeMap, BTreeSet};

use pronto_db::Json;
use pronto_domain::access::{Masking, Role, Scope, Viewer};
use pronto_domain::field::{self, Field as Own};
use pronto_domain::id::{ContactFieldId, UserId};
use pronto_domain::search::{Customer, words};
use pronto_domain::sentiment::Tally;
use pronto_store as store;
use pronto_testkit::TestDesk;
use store::contact_field::Held;
use store::history;
use store::interaction::Interaction;
use store::watching::Watch;

pub(crate) const ROWS: i64 = 90;
const MANY: i64 = 5_001;
pub(crate) const DAY: i64 = 24 * 3600 * 1000;

/// Numbers that are the same in every run.
pub(crate) struct Dice(pub u64);

impl Dice {
    pub(crate) fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    pub(crate) fn number(&mut self, below: i64) -> i64 {
        i64::try_from(self.roll(below.unsigned_abs())).expect("small")
    }

    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let index = usize::try_from(self.roll(of.len() as u64)).expect("small");
        &of[index]
    }

    pub(crate) fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.roll(3) > 0).then(|| value(self))
    }
}

const FIRST: &[&str] = &["Maria", "José", "Zoë", "Mario", "Søren", "ANNA"];
const LAST: &[&str] = &["Rossi", "Müller", "Ross", "De Luca", "O'Neil"];
const SAID: &[&str] = &["Where is my order?", "perché no", "refund, thanks", "Order 12 came broken", "ok", "ORDINE"];
pub(crate) const TAGS: &[&str] = &["vip", "late, again", "Ü"];
const STATES: &[&str] = &["flow", "waiting", "offered", "active", "bot", "unassigned", "closed"];

const PLANS: &[&str] = &["Gold", "gold", "Gold +", "Silver"];

/// A custom field of each kind, and one that is archived.
pub(crate) fn own() -> Vec<Own> {
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
pub(crate) struct Row {
    pub row: Interaction,
    pub email: Option<String>,
    pub said: Vec<&'static str>,
    /// Who has it on screen.
    pub watching: Vec<i64>,
    pub own: BTreeMap<i64, field::Value>,
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
pub(crate) async fn world(bench: &TestDesk) -> Vec<Row> {
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
            company_id: None,
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

pub(crate) fn viewer() -> Viewer {
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
