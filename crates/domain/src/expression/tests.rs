use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::access::Mask;
use crate::field::{self, Field as Own};
use crate::id::ContactFieldId;

/// A custom field of each kind, and two that are not to be asked for.
fn own() -> Vec<Own> {
    let one = |id: i64, key: &str, kind| Own {
        id: ContactFieldId(id),
        list: None,
        key: key.to_owned(),
        name: key.to_owned(),
        kind,
        options: Vec::new(),
        required: false,
        sensitive: key == "secret",
        archived: key == "gone",
    };
    let kinds = field::Kind::ALL.iter().map(|kind| one(1, kind.as_str(), *kind));
    kinds.chain([one(8, "secret", field::Kind::Text), one(9, "gone", field::Kind::Text)]).collect()
}

fn about(key: &str) -> About {
    own().into_iter().find(|own| own.key == key).expect("one of them").into()
}

fn all(subject: Subject) -> Vec<About> {
    let mut all: Vec<About> = match subject {
        Subject::Interactions => Field::ALL.iter().copied().map(About::Row).collect(),
        Subject::Contacts => Person::ALL.iter().copied().map(About::Person).collect(),
    };
    all.extend(own().into_iter().map(About::from));
    all
}

fn read(value: &Value) -> Result<Expression, Vec<Wrong>> {
    super::read(Subject::Interactions, value, &own(), &Masking::default())
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zé0-9][a-zA-Zé ]{0,12}", "[0-9]{1,12}", Just("Müller + Söhne".to_owned())]
}

fn instants() -> impl Strategy<Value = Timestamp> {
    (0_i64..4_000_000_000).prop_map(|second| Timestamp::from_second(second).expect("in range"))
}

fn choices(kind: Kind) -> BoxedStrategy<Vec<Choice>> {
    let one = match kind {
        Kind::OneOf(known) => proptest::sample::select(known).prop_map(|word| Choice::Word(word.to_owned())).boxed(),
        Kind::Choices => texts().prop_map(Choice::Word).boxed(),
        Kind::Users => prop_oneof![Just(Choice::Word(ME.to_owned())), (1_i64..9).prop_map(Choice::Id)].boxed(),
        _ => (1_i64..9).prop_map(Choice::Id).boxed(),
    };
    proptest::collection::vec(one, 1..4).boxed()
}

fn numbers(kind: Kind) -> BoxedStrategy<Number> {
    let decimal = |number| Number::from_f64(number).expect("finite");
    match kind {
        Kind::Decimal => prop_oneof![any::<i64>().prop_map(Number::from), (-1e15..1e15).prop_map(decimal)].boxed(),
        _ => any::<i64>().prop_map(Number::from).boxed(),
    }
}

fn tests(kind: Kind, op: Op) -> BoxedStrategy<Test> {
    let number = matches!(kind, Kind::Number | Kind::Decimal);
    let text = || {
        if kind == Kind::Digits { "[0-9 +]{0,4}[0-9]{1,8}".boxed() } else { texts().boxed() }
    };
    match op {
        Op::Contains => text().prop_map(Test::Contains).boxed(),
        Op::StartsWith => text().prop_map(Test::StartsWith).boxed(),
        Op::Is if number => numbers(kind).prop_map(Test::Equals).boxed(),
        Op::Is if kind == Kind::Flag => any::<bool>().prop_map(Test::Flag).boxed(),
        Op::Is => text().prop_map(Test::Is).boxed(),
        Op::Above => numbers(kind).prop_map(Test::Above).boxed(),
        Op::Below => numbers(kind).prop_map(Test::Below).boxed(),
        Op::Between if number => {
            (0_i64..9, 9_i64..99).prop_map(|(from, to)| Test::Among(from.into(), to.into())).boxed()
        }
        Op::Between => (instants(), instants()).prop_map(|(a, b)| Test::Between(a.min(b), a.max(b))).boxed(),
        Op::Before => instants().prop_map(Test::Before).boxed(),
        Op::After => instants().prop_map(Test::After).boxed(),
        Op::LastDays => (1..=DAYS_AT_MOST).prop_map(Test::LastDays).boxed(),
        Op::AnyOf => choices(kind).prop_map(Test::AnyOf).boxed(),
        Op::NoneOf => choices(kind).prop_map(Test::NoneOf).boxed(),
        Op::Empty => Just(Test::Empty).boxed(),
        Op::Filled => Just(Test::Filled).boxed(),
    }
}

fn expressions(subject: Subject) -> impl Strategy<Value = Expression> {
    let condition = proptest::sample::select(all(subject))
        .prop_flat_map(|about| (Just(about.clone()), proptest::sample::select(about.ops())))
        .prop_flat_map(|(about, op)| (Just(about.clone()), tests(about.kind(), op)))
        .prop_map(|(about, test)| Expression::Is(Condition { about, test }));
    condition.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..3).prop_map(Expression::All),
            proptest::collection::vec(inner, 1..3).prop_map(Expression::Any),
        ]
    })
}

proptest! {
    #[test]
    fn what_was_written_is_read_as_it_was(expression in expressions(Subject::Interactions)) {
        prop_assert_eq!(read(&expression.to_json()), Ok(expression));
    }

    #[test]
    fn so_it_is_of_contacts(expression in expressions(Subject::Contacts)) {
        let read = super::read(Subject::Contacts, &expression.to_json(), &own(), &Masking::default());
        prop_assert_eq!(read, Ok(expression));
    }

    #[test]
    fn nothing_that_is_read_panics(text in "[\\[\\]{}:,\"a-z0-9]{0,60}") {
        if let Ok(value) = serde_json::from_str(&text) {
            let _ = read(&value);
        }
    }
}

fn wrongs(value: serde_json::Value) -> Vec<(String, &'static str)> {
    read(&value).expect_err("refused").into_iter().map(|wrong| (wrong.path, wrong.code)).collect()
}

#[test]
fn each_condition_that_makes_no_sense_is_named() {
    let told = |path: &str, code: &'static str| vec![(path.to_owned(), code)];
    assert_eq!(wrongs(json!([])), told("", "format"));
    assert_eq!(wrongs(json!({ "all": [] })), told("all", "required"));
    assert_eq!(wrongs(json!({ "all": {}, "any": [] })), told("", "unknown_field"));
    assert_eq!(wrongs(json!({ "field": "colour", "op": "is" })), told("field", "unknown"));
    assert_eq!(wrongs(json!({ "field": "agent" })), told("op", "required"));
    assert_eq!(wrongs(json!({ "field": "message", "op": "is", "value": "x" })), told("op", "unknown"));
    assert_eq!(wrongs(json!({ "field": "account", "op": "empty" })), told("op", "unknown"));
    assert_eq!(wrongs(json!({ "field": "agent", "op": "empty", "value": 1 })), told("value", "unknown_field"));
    assert_eq!(wrongs(json!({ "field": "customer", "op": "is", "value": " ?! " })), told("value", "required"));
    assert_eq!(wrongs(json!({ "field": "phone", "op": "is", "value": "Maria" })), told("value", "required"));
    assert_eq!(wrongs(json!({ "field": "status", "op": "any_of", "value": ["lost"] })), told("value", "unknown"));
    assert_eq!(wrongs(json!({ "field": "started", "op": "last_days", "value": 0 })), told("value", "out_of_range"));
    let backwards = json!(["2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"]);
    assert_eq!(
        wrongs(json!({ "field": "started", "op": "between", "value": backwards })),
        told("value", "out_of_range")
    );
    let of = |key: &str, op: &str, value: Value| {
        wrongs(json!({ "field": format!("contact.fields.{key}"), "op": op, "value": value }))
    };
    assert_eq!(of("colour", "is", json!("red")), told("field", "unknown"));
    assert_eq!(of("select", "is", json!("red")), told("op", "unknown"));
    assert_eq!(of("select", "any_of", json!([1])), told("value", "format"));
    assert_eq!(of("number", "is", json!("12")), told("value", "format"));
    assert_eq!(of("number", "between", json!([2.5, 2])), told("value", "out_of_range"));
    assert_eq!(of("switch", "filled", json!(null)), told("op", "unknown"));
    assert_eq!(of("date_time", "is", json!("2026-03-02T00:00:00Z")), told("op", "unknown"));
    assert_eq!(of("url", "contains", json!("://")), told("value", "required"));
    let nested = json!({ "all": [
        { "field": "unread", "op": "is", "value": true },
        { "any": [{ "field": "id", "op": "above", "value": "x" }, { "field": "tags", "op": "any_of", "value": [] }] },
    ] });
    let both = [("all[1].any[0].value", "format"), ("all[1].any[1].value", "required")];
    assert_eq!(wrongs(nested), both.map(|(path, code)| (path.to_owned(), code)));
}

#[test]
fn neither_deep_nor_long_without_end() {
    let condition = json!({ "field": "unread", "op": "is", "value": true });
    let mut deep = condition.clone();
    for _ in 0..DEPTH_AT_MOST {
        deep = json!({ "any": [deep] });
    }
    assert!(read(&deep).is_ok());
    assert_eq!(wrongs(json!({ "any": [deep] })), [("any[0].any[0].any[0].any[0].any".to_owned(), "too_deep")]);
    assert!(read(&json!({ "all": vec![condition.clone(); CONDITIONS_AT_MOST] })).is_ok());
    let many = json!({ "all": vec![json!({ "any": vec![condition; 10] }); 5] });
    assert_eq!(wrongs(many), [(String::new(), "too_many")]);
}

#[test]
fn what_is_hidden_is_not_asked() {
    let asked = |about, test, hidden: Masking| Condition { about, test }.may_be_asked(&hidden);
    let text = |text: &str| text.to_owned();
    let open = Masking::default();
    let last = Mask::Last { count: 4 };
    let phone = Masking { phone: last, ..open };
    for (field, test, hidden, may) in [
        (Field::Phone, Test::Contains(text("333")), open, true),
        (Field::Phone, Test::Contains(text("333")), phone, false),
        (Field::Phone, Test::StartsWith(text("39333123")), phone, false),
        (Field::Phone, Test::Is(text("+39 333 1234567")), phone, true),
        (Field::Phone, Test::Is(text("3933312")), phone, false),
        (Field::Phone, Test::Empty, phone, true),
        (Field::Email, Test::Is(text("a@b.it")), Masking { email: Mask::Full, ..open }, false),
        (Field::Email, Test::Is(text("a@b.it")), phone, true),
        (Field::Customer, Test::StartsWith(text("ma")), Masking { name: last, ..open }, false),
        (Field::Customer, Test::StartsWith(text("ma")), phone, true),
        (Field::Customer, Test::StartsWith(text("+39 333")), phone, false),
        (Field::Status, Test::Empty, Masking::BLIND, true),
    ] {
        assert_eq!(asked(field.into(), test.clone(), hidden), may, "{field} {test:?} {hidden:?}");
    }
    for (person, test, may) in [
        (Person::Phone, Test::StartsWith(text("39333123")), false),
        (Person::Phone, Test::Is(text("+39 333 1234567")), true),
        (Person::Email, Test::Is(text("a@b.it")), true),
        (Person::Email, Test::Contains(text("a@b")), false),
        (Person::Name, Test::Is(text("maria")), false),
        (Person::Name, Test::Filled, true),
        (Person::Company, Test::Contains(text("acme")), true),
    ] {
        assert_eq!(asked(person.into(), test.clone(), Masking::BLIND), may, "{person} {test:?}");
    }
    for test in [Test::Contains(text("a")), Test::Empty, Test::Filled] {
        assert!(asked(about("text"), test.clone(), phone));
        assert!(asked(about("secret"), test.clone(), open));
        assert!(!asked(about("secret"), test.clone(), phone));
        assert!(!asked(about("gone"), test, open));
    }
    let secret = json!({ "any": [{ "field": "contact.fields.secret", "op": "filled" }] });
    let wrong = super::read(Subject::Interactions, &secret, &own(), &phone).expect_err("refused").remove(0);
    assert_eq!((wrong.path.as_str(), wrong.code), ("any[0].field", "masked"));
    let gone = json!({ "any": [{ "field": "contact.fields.gone", "op": "filled" }] });
    assert!(read(&gone).is_ok(), "a view that was kept before is read");
}
