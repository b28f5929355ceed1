//! What rows of a file become.

use jiff::civil::date;
use jiff::tz::TimeZone;
use pronto_domain::field::{Field, Kind, Plain};
use pronto_domain::id::ContactFieldId;
use pronto_domain::import::{Column, DateOrder, Draft, Key, Misfit, Part, Reading};
use proptest::prelude::*;

fn field(key: &str, kind: Kind) -> Field {
    Field {
        id: ContactFieldId(1),
        list: None,
        key: key.to_owned(),
        name: key.to_owned(),
        kind,
        options: vec!["Gold".to_owned(), "Silver".to_owned()],
        required: false,
        sensitive: false,
        archived: false,
    }
}

/// Reads one row, an Italian company's.
fn read(columns: &[&str], cells: &[&str]) -> Result<Draft, Vec<Misfit>> {
    let columns: Vec<Option<Column>> =
        columns.iter().map(|column| Column::try_from((*column).to_owned()).ok()).collect();
    let fields = [
        field("tier", Kind::Select),
        field("spent", Kind::Number),
        field("vip", Kind::Switch),
        field("since", Kind::DateTime),
        field("page", Kind::Url),
    ];
    let zone = TimeZone::get("Europe/Rome").expect("a zone");
    let reading = Reading {
        columns: &columns,
        fields: &fields,
        beside: Some("390212345678"),
        dates: DateOrder::DayFirst,
        zone: &zone,
    };
    reading.read(&cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>())
}

#[test]
fn a_row_is_somebody() {
    let draft = read(
        &["name", "mobile", "email", "date_of_birth", "tags", "url", ""],
        &["Anna Maria Rossi", "333 1234567", "Anna@Example.com", "4/3/1985", "vip; new,vip", "example.com", "whatever"],
    )
    .expect("somebody");
    assert_eq!((draft.first_name.as_str(), draft.last_name.as_deref()), ("Anna", Some("Maria Rossi")));
    assert_eq!((draft.phone.as_deref(), draft.mobile.as_deref()), (None, Some("393331234567")));
    assert_eq!(draft.date_of_birth, Some(date(1985, 3, 4)));
    assert_eq!(draft.tags, ["vip", "new"]);
    assert_eq!(draft.url.as_deref(), Some("https://example.com"));
    assert_eq!(
        draft.keys(&[Part::Phone, Part::Email, Part::Name]),
        [
            Key::Number("393331234567".to_owned()),
            Key::Email("anna@example.com".to_owned()),
            Key::Name("anna maria rossi".to_owned())
        ]
    );
}

#[test]
fn own_fields_are_read_as_people_write_them() {
    let columns = ["first_name", "field:tier", "field:spent", "field:vip", "field:since", "field:page"];
    let draft =
        read(&columns, &["Anna", "gold", "1.234,50", "Sì", "02/03/2026 10:30", "example.com/a"]).expect("somebody");
    let text = |text: &str| Plain::Text(text.to_owned());
    assert_eq!(draft.fields["tier"], text("Gold"));
    assert_eq!(draft.fields["spent"], Plain::Number(1234.5));
    assert_eq!(draft.fields["vip"], Plain::Switch(true));
    assert_eq!(draft.fields["since"], text("2026-03-02T09:30:00Z"), "of the company's time zone");
    assert_eq!(draft.fields["page"], text("https://example.com/a"));
    for (spelled, number) in
        [("1,234.50", 1234.5), ("12,5", 12.5), ("1.234.567", 1_234_567.0), ("1 234", 1234.0), ("-3", -3.0)]
    {
        let draft = read(&["first_name", "field:spent"], &["Anna", spelled]).expect(spelled);
        assert_eq!(draft.fields["spent"], Plain::Number(number), "{spelled}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let columns = ["phone", "email", "date_of_birth", "field:tier", "field:gone"];
    let wrong = read(&columns, &["call me", "anna", "31/02/1985", "bronze", "x"]).expect_err("wrong");
    let said: Vec<_> = wrong.iter().map(|misfit| (misfit.column, misfit.code.as_str())).collect();
    assert_eq!(
        said,
        [(Some(0), "format"), (Some(1), "format"), (Some(2), "format"), (Some(3), "unknown"), (Some(4), "unknown")]
    );
    let code = |columns: &[&str], cells: &[&str]| read(columns, cells).expect_err("wrong")[0].code.clone();
    assert_eq!(code(&["first_name", "phone"], &["", " "]), "empty");
    assert_eq!(code(&["first_name"], &["Anna", "too much"]), "columns");
    assert_eq!(code(&["first_name"], &[&"a".repeat(201)]), "too_long");
}

#[test]
fn who_has_no_name_is_called_by_what_there_is() {
    let name = |columns: &[&str], cells: &[&str]| read(columns, cells).expect("somebody").called().0;
    assert_eq!(name(&["phone"], &["+39 333 1234567"]), "393331234567");
    assert_eq!(name(&["email"], &["anna@example.com"]), "anna@example.com");
    assert_eq!(name(&["last_name"], &["Rossi"]), "Rossi");
    assert_eq!(name(&["name"], &["Rossi, Anna"]), "Anna");
}

proptest! {
    /// Whatever stands in a file, it is read or refused.
    #[test]
    fn no_cell_breaks_it(cells in prop::collection::vec("\\PC{0,30}|[0-9./: -]{0,20}", 0..8)) {
        let columns = ["name", "phone", "email", "date_of_birth", "tags", "field:spent", "field:since", "field:vip"];
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        if let Ok(draft) = read(&columns, &cells) {
            prop_assert!(!draft.called().0.is_empty());
        }
    }
}
