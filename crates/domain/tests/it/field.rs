//! Custom fields: what is taken, what is not, and how it is worded.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pronto_domain::access::{Mask, Masking};
use pronto_domain::field::{Field, Kind, Plain, TEXT_AT_MOST, Unfit, Value, key_fits};
use pronto_domain::id::{ContactFieldId, ContactListId};
use proptest::prelude::*;

fn field(kind: Kind) -> Field {
    Field {
        id: ContactFieldId(1),
        list: None,
        key: "field".to_owned(),
        name: "Field".to_owned(),
        kind,
        options: vec!["Gold".to_owned(), "Silver".to_owned()],
        required: false,
        sensitive: false,
        archived: false,
    }
}

fn text(text: &str) -> Plain {
    Plain::Text(text.to_owned())
}

#[test]
fn each_kind_takes_its_own() {
    use Kind::{DateTime, Number, Select, Switch, Text, Url};
    let long = "x".repeat(TEXT_AT_MOST + 1);
    let address = format!("https://example.com/{long}");
    for (kind, given, wanted) in [
        (Text, text("  Torino "), Ok(Some(Value::Text("Torino".to_owned())))),
        (Text, text(" "), Ok(None)),
        (Text, text("two\nlines"), Err(Unfit::NotText)),
        (Text, text(&long), Err(Unfit::TooLong)),
        (Text, Plain::Number(1.0), Err(Unfit::NotText)),
        (Select, text("Gold"), Ok(Some(Value::Text("Gold".to_owned())))),
        (Select, text("gold"), Err(Unfit::NotAChoice)),
        (Number, Plain::Number(12.5), Ok(Some(Value::Number(12.5)))),
        (Number, Plain::Number(1e16), Err(Unfit::TooLarge)),
        (Number, Plain::Number(f64::NAN), Err(Unfit::TooLarge)),
        (Number, text("12"), Err(Unfit::NotANumber)),
        (Number, text(""), Ok(None)),
        (Switch, Plain::Switch(false), Ok(Some(Value::Switch(false)))),
        (Switch, text("yes"), Err(Unfit::NotASwitch)),
        (DateTime, text("tomorrow"), Err(Unfit::NotAnInstant)),
        (DateTime, Plain::Number(1.0), Err(Unfit::NotAnInstant)),
        (Url, text("HTTPS://example.com?a=b"), Ok(Some(Value::Text("HTTPS://example.com?a=b".to_owned())))),
        (Url, text("javascript:alert(1)"), Err(Unfit::NotAnAddress)),
        (Url, text("https:///path"), Err(Unfit::NotAnAddress)),
        (Url, text("http://a b"), Err(Unfit::NotAnAddress)),
        (Url, text(&address), Err(Unfit::TooLong)),
    ] {
        assert_eq!(field(kind).read(Some(&given)), wanted, "{kind} {given}");
    }
    let required = Field { required: true, ..field(Text) };
    assert_eq!(required.read(None), Err(Unfit::Required));
    assert_eq!(required.read(Some(&text("  "))), Err(Unfit::Required));
}

#[test]
fn a_placeholder_says_it_in_the_companys_time() {
    let rome = TimeZone::get("Europe/Rome").expect("a zone");
    let at: Timestamp = "2026-03-02T08:30:00Z".parse().expect("an instant");
    let worded = |kind, value: &Value| field(kind).worded(value, &rome);
    assert_eq!(worded(Kind::DateTime, &Value::At(at)).as_deref(), Some("2026-03-02 09:30"));
    assert_eq!(worded(Kind::Number, &Value::Number(12.0)).as_deref(), Some("12"));
    assert_eq!(worded(Kind::Switch, &Value::Switch(true)).as_deref(), Some("Field"));
    assert_eq!(worded(Kind::Switch, &Value::Switch(false)), None);
}

#[test]
fn what_is_sensitive_is_hidden_as_numbers_are() {
    let sensitive = Field { sensitive: true, ..field(Kind::Text) };
    let masking = |phone| Masking { phone, ..Masking::default() };
    assert!(sensitive.is_hidden_by(&masking(Mask::Full)));
    assert!(sensitive.is_hidden_by(&masking(Mask::Last { count: 2 })));
    assert!(!sensitive.is_hidden_by(&Masking { name: Mask::Full, email: Mask::Full, ..Masking::default() }));
    assert!(!field(Kind::Text).is_hidden_by(&Masking::BLIND));
}

#[test]
fn a_field_serves_its_list_until_it_is_archived() {
    let of = |list: Option<i64>, archived| Field { list: list.map(ContactListId), archived, ..field(Kind::Text) };
    assert!(of(None, false).serves(ContactListId(1)));
    assert!(of(Some(1), false).serves(ContactListId(1)));
    assert!(!of(Some(2), false).serves(ContactListId(1)));
    assert!(!of(None, true).serves(ContactListId(1)));
}

fn any_given() -> impl Strategy<Value = Plain> {
    prop_oneof![
        any::<f64>().prop_map(Plain::Number),
        (-1e15..1e15).prop_map(Plain::Number),
        any::<bool>().prop_map(Plain::Switch),
        any::<String>().prop_map(Plain::Text),
        "https?://[a-z.]{1,12}/[a-z ]{0,6}".prop_map(Plain::Text),
        "[A-Z][a-z]{3,5}".prop_map(Plain::Text),
        (-377_705_023_201_000_i64..253_402_207_200_000)
            .prop_map(|millis| { Plain::Text(Timestamp::from_millisecond(millis).expect("in range").to_string()) }),
    ]
}

fn any_kind() -> impl Strategy<Value = Kind> {
    proptest::sample::select(Kind::ALL)
}

#[test]
fn a_number_is_the_same_after_the_wire_to_its_last_digit() {
    for number in [1.231_274_481_065_680_1e-286, 0.1 + 0.2, 5e-324] {
        let wire = serde_json::to_string(&Plain::Number(number)).expect("written");
        assert_eq!(serde_json::from_str::<Plain>(&wire).expect("read"), Plain::Number(number), "{wire}");
    }
}

proptest! {
    /// What was taken goes out as it would be given again, and is taken as the same.
    #[test]
    fn what_was_taken_is_taken_again(kind in any_kind(), given in any_given()) {
        let field = field(kind);
        if let Ok(Some(value)) = field.read(Some(&given)) {
            prop_assert_eq!(field.read(Some(&value.plain())), Ok(Some(value)));
        }
    }

    /// And survives the wire: a reader of JSON gets the same.
    #[test]
    fn what_was_taken_survives_the_wire(kind in any_kind(), given in any_given()) {
        if let Ok(Some(value)) = field(kind).read(Some(&given)) {
            let wire = serde_json::to_string(&value.plain()).expect("written");
            let back: Plain = serde_json::from_str(&wire).expect("read");
            prop_assert_eq!(field(kind).read(Some(&back)), Ok(Some(value)));
        }
    }

    /// A kind is never mistaken for another.
    #[test]
    fn a_value_is_of_its_kind(kind in any_kind(), given in any_given()) {
        if let Ok(Some(value)) = field(kind).read(Some(&given)) {
            let fits = match value {
                Value::Text(_) => matches!(kind, Kind::Text | Kind::Select | Kind::Url),
                Value::Number(number) => kind == Kind::Number && number.is_finite(),
                Value::Switch(_) => kind == Kind::Switch,
                Value::At(_) => kind == Kind::DateTime,
            };
            prop_assert!(fits);
        }
    }

    /// A key that fits can stand in a placeholder and is found there.
    #[test]
    fn a_key_that_fits_is_found_in_a_placeholder(key in "[a-zA-Z0-9_. ]{0,12}") {
        use pronto_domain::placeholder::{Named, placeholders};
        let text = format!("{{{{contact.fields.{key}}}}}");
        let found = placeholders(&text).first().and_then(|one| one.named()) == Some(Named::Field(&key));
        prop_assert_eq!(found, key_fits(&key));
    }
}
