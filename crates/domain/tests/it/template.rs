//! Templates: what must be filled in is, and what the customer sees is what the provider is told.

use std::collections::BTreeMap;

use pronto_domain::access::{Mask, Masking};
use pronto_domain::message::Content;
use pronto_domain::outbound::{File, MediaKind, TemplatePart, Variable};
use pronto_domain::phone::digits;
use pronto_domain::placeholder::{Name, Values, masked};
use pronto_domain::template::{
    Button, Header, MEDIA, ShownHeader, Status, Template, Unfilled, compose, end_of, language, variables,
};
use proptest::prelude::*;

fn shipped() -> Template {
    Template {
        name: "order_shipped".to_owned(),
        language: "en".to_owned(),
        named: false,
        header: Some(Header::Text { text: "Order {{1}}".to_owned() }),
        body: "Hello {{1}}, order {{2}} is on its way. Bye, {{1}}.".to_owned(),
        footer: Some("Aurora".to_owned()),
        buttons: vec![
            Button::Url { text: "Track".to_owned(), url: "https://a.example/t/{{1}}".to_owned() },
            Button::QuickReply { text: "Thanks".to_owned() },
            Button::CopyCode { text: "Copy".to_owned() },
        ],
        samples: BTreeMap::new(),
        beyond: None,
    }
}

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}

fn full() -> BTreeMap<String, String> {
    values(&[
        ("header:1", "A-1"),
        ("body:1", "{{contact.first_name|there}}"),
        ("body:2", "A-1"),
        ("button:0", "A-1"),
        ("button:2", "SAVE10"),
    ])
}

fn maria() -> Values {
    let mut known = Values::default();
    known.set(Name::ContactFirstName, Some("Maria"));
    known
}

#[test]
fn everything_that_must_be_filled_in_is_listed_once_in_order() {
    let keys: Vec<String> = shipped().slots().into_iter().map(|slot| slot.key).collect();
    assert_eq!(keys, ["header:1", "body:1", "body:2", "button:0", "button:2"]);
}

#[test]
fn what_the_customer_sees_is_what_was_filled_in() {
    let filled = compose(&shipped(), &full(), None, &maria()).expect("filled in");
    assert_eq!(filled.body, "Hello Maria, order A-1 is on its way. Bye, Maria.");
    let Content::Template { header, body, buttons, footer, .. } = &filled.content else { panic!("a template") };
    assert!(matches!(header, Some(ShownHeader::Text(words)) if words.text == "Order A-1"));
    assert_eq!(footer.as_deref(), Some("Aurora"));
    let behind: Vec<Option<&str>> =
        buttons.iter().map(|button| button.value.as_ref().map(|words| words.text.as_str())).collect();
    assert_eq!(behind, [Some("https://a.example/t/A-1"), None, Some("SAVE10")]);
    // Whoever may not see the name sees it nowhere.
    let masking = Masking { name: Mask::Full, ..Masking::default() };
    assert_eq!(masked(&filled.body, body, &masking), "Hello •••, order A-1 is on its way. Bye, •••.");
}

#[test]
fn an_empty_variable_is_refused_by_its_name() {
    for key in full().keys() {
        for blank in ["", "  ", "{{contact.email}}", "{{contact.nonsense}}"] {
            let mut given = full();
            given.insert(key.clone(), blank.to_owned());
            let refused = compose(&shipped(), &given, None, &maria()).expect_err("refused");
            assert_eq!(refused, Unfilled::Empty { keys: vec![key.clone()] }, "{blank:?}");
        }
    }
    let refused = compose(&shipped(), &BTreeMap::new(), None, &maria()).expect_err("refused");
    assert_eq!(refused.keys().len(), 5);
}

#[test]
fn an_address_given_whole_is_taken_for_its_end() {
    let mut given = full();
    given.insert("button:0".to_owned(), " https://a.example/t/A-1 ".to_owned());
    let whole = compose(&shipped(), &given, None, &maria()).expect("filled in");
    assert_eq!(whole, compose(&shipped(), &full(), None, &maria()).expect("filled in"));
    let within = "https://a.example/{{1}}/track?x=1";
    assert_eq!(end_of(within, "https://a.example/9/track?x=1"), "9");
    assert_eq!(end_of(within, "9"), "9");
    assert_eq!(end_of("https://a.example", "https://a.example"), "https://a.example");
}

#[test]
fn a_file_that_was_approved_with_it_is_shown_and_not_asked_for() {
    let link = "https://a.example/lamp.png".to_owned();
    let header = Header::File { kind: MediaKind::Image, link: link.clone() };
    let filled = compose(&Template { header: Some(header), ..shipped() }, &full(), None, &maria()).expect("filled in");
    let Content::Template { header, .. } = &filled.content else { panic!("a template") };
    assert_eq!(header, &Some(ShownHeader::Media { kind: MediaKind::Image, link: Some(link) }));
    assert!(!filled.outgoing.parts.iter().any(|part| matches!(part, TemplatePart::Header { .. })));
}

#[test]
fn a_header_wants_its_file() {
    let template = Template { header: Some(Header::Document), body: "Here it is".to_owned(), ..Template::default() };
    let refused = compose(&template, &BTreeMap::new(), None, &Values::default()).expect_err("refused");
    assert_eq!(refused.keys(), [MEDIA]);
    let odd = values(&[(MEDIA, "javascript:alert(1)")]);
    assert!(matches!(compose(&template, &odd, None, &Values::default()), Err(Unfilled::NotALink { .. })));
    let given = values(&[(MEDIA, "https://a.example/files/plan.pdf")]);
    let filled = compose(&template, &given, None, &Values::default()).expect("filled in");
    let part = filled.outgoing.parts.first().expect("a header");
    let TemplatePart::Header { variables } = part else { panic!("{part:?}") };
    let wanted = Variable::Media {
        media: MediaKind::Document,
        file: File::Link("https://a.example/files/plan.pdf".to_owned()),
        filename: Some("plan.pdf".to_owned()),
    };
    assert_eq!(variables, &[wanted]);
}

#[test]
fn what_whatsapp_would_refuse_is_refused_here() {
    let wrong = |key: &str, text: &str| {
        let mut given = full();
        given.insert(key.to_owned(), text.to_owned());
        compose(&shipped(), &given, None, &maria()).expect_err("refused")
    };
    assert!(matches!(wrong("body:1", "a\nb"), Unfilled::Blanks { .. }));
    assert!(matches!(wrong("button:0", "a b"), Unfilled::Blanks { .. }));
    assert!(matches!(wrong("button:2", "A-CODE-FAR-TOO-LONG"), Unfilled::TooLong { .. }));
    assert!(matches!(wrong("body:1", &"a".repeat(1_000)), Unfilled::WholeTooLong { place: "body", .. }));
    let beyond = Template { beyond: Some("a carousel".to_owned()), ..shipped() };
    assert!(matches!(compose(&beyond, &full(), None, &maria()), Err(Unfilled::Beyond { .. })));
}

#[test]
fn what_cannot_be_filled_in_is_named() {
    let place = Template { header: Some(Header::Location), ..shipped() };
    let form = Template { buttons: vec![Button::Flow { text: "Book".to_owned() }], ..shipped() };
    assert_eq!(shipped().beyond(), None);
    for (template, what) in [(place, "a place in its header"), (form, "a form")] {
        assert_eq!(template.beyond().as_deref(), Some(what));
        assert!(matches!(compose(&template, &full(), None, &maria()), Err(Unfilled::Beyond { .. })));
    }
}

#[test]
fn named_variables_go_by_their_names() {
    let template = Template { named: true, body: "Hi {{first}} and {{second}}".to_owned(), ..Template::default() };
    let given = values(&[("body:first", "a"), ("body:second", "b")]);
    let filled = compose(&template, &given, None, &Values::default()).expect("filled in");
    let Some(TemplatePart::Body { variables }) = filled.outgoing.parts.first() else { panic!("a body") };
    let names: Vec<_> = variables
        .iter()
        .map(|one| match one {
            Variable::Text { name, text } => (name.clone().unwrap_or_default(), text.clone()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, [("first".to_owned(), "a".to_owned()), ("second".to_owned(), "b".to_owned())]);
}

#[test]
fn the_language_is_the_customers_else_the_accounts() {
    let approved: Vec<String> = ["en", "it", "pt_BR"].map(str::to_owned).to_vec();
    let of = |wanted: Option<&str>, default: &str| language(&approved, wanted, default).map(String::as_str);
    assert_eq!(of(Some("it"), "en"), Some("it"));
    assert_eq!(of(Some("it-IT"), "en"), Some("it"));
    assert_eq!(of(Some("pt"), "en"), Some("pt_BR"));
    assert_eq!(of(Some("de"), "en"), Some("en"));
    assert_eq!(of(None, "it"), Some("it"));
    assert_eq!(of(Some("de"), "fr"), None);
}

#[test]
fn the_providers_words_are_read() {
    assert_eq!(Status::read("approved"), Status::Approved);
    assert_eq!(Status::read("PAUSED"), Status::Paused);
    assert_eq!(Status::read("A_NEW_WORD"), Status::Other);
}

#[test]
fn numbers_are_read_in_any_spelling() {
    for typed in ["+39 333 555 0142", "0039 333 555 0142", "39 3335550142", "333 555 0142", "(+39) 333-555.0142"] {
        assert_eq!(digits(typed, Some("+39 02 5550 1234")).as_deref(), Ok("393335550142"), "{typed}");
    }
    assert_eq!(digits("+44 (0)20 7946 0000", Some("+39 02 5550 1234")).as_deref(), Ok("442079460000"));
    assert_eq!(digits("020 7946 0000", Some("+44 20 7946 0001")).as_deref(), Ok("442079460000"));
    for typed in ["", "hello", "12", "+", "+39", "+1234567890123456789", "call 333 555 0142"] {
        assert!(digits(typed, Some("+39 02 5550 1234")).is_err(), "{typed}");
    }
}

proptest! {
    #[test]
    fn a_filled_template_has_no_variable_left_and_tells_the_provider_as_many_as_there_are(
        body in "[a-z ]{0,20}(\\{\\{[1-3]\\}\\}[a-z ]{1,10}){0,4}",
        one in "[a-zA-Z0-9é]{1,12}",
        two in "[a-zA-Z0-9é]{1,12}",
        three in "[a-zA-Z0-9é]{1,12}",
    ) {
        let template = Template { body: body.clone(), ..Template::default() };
        let given = values(&[("body:1", &one), ("body:2", &two), ("body:3", &three)]);
        let filled = compose(&template, &given, None, &Values::default()).expect("filled in");
        prop_assert!(!filled.body.contains("{{"));
        let told = filled.outgoing.parts.iter().map(|part| match part {
            TemplatePart::Body { variables } => variables.len(),
            _ => 0,
        });
        prop_assert_eq!(told.sum::<usize>(), variables(&body).len());
    }

    #[test]
    fn no_template_and_no_value_makes_it_panic(body in "\\PC{0,60}", value in "\\PC{0,40}") {
        let template = Template { body, buttons: vec![Button::CopyCode { text: value.clone() }], ..Template::default() };
        let given = template.slots().into_iter().map(|slot| (slot.key, value.clone())).collect();
        let _ = compose(&template, &given, None, &Values::default());
        let _ = digits(&value, None);
    }
}
