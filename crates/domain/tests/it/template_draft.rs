//! Drafts of templates: each rule is told of the field that breaks it, and of no other.

use std::collections::BTreeMap;

use pronto_domain::template::draft::{Category, Draft, Fixed, Rule, fixed};
use pronto_domain::template::news::{News, news};
use pronto_domain::template::{Button, Header, LANGUAGES, Status, Template};
use proptest::prelude::*;

fn url(text: &str, url: &str) -> Button {
    Button::Url { text: text.to_owned(), url: url.to_owned() }
}

fn reply(text: &str) -> Button {
    Button::QuickReply { text: text.to_owned() }
}

fn phone(number: &str) -> Button {
    Button::Phone { text: "Call us".to_owned(), number: number.to_owned() }
}

fn code() -> Button {
    Button::CopyCode { text: "Copy code".to_owned() }
}

fn draft() -> Draft {
    let samples =
        [("header:1", "A-1"), ("body:1", "Maria"), ("body:2", "A-1"), ("button:1", "A-1"), ("button:3", "SAVE10")];
    let template = Template {
        name: "order_shipped".to_owned(),
        language: "en".to_owned(),
        named: false,
        header: Some(Header::Text { text: "Order {{1}}".to_owned() }),
        body: "Hello {{1}}, your order {{2}} is on its way.".to_owned(),
        footer: Some("Aurora".to_owned()),
        buttons: vec![reply("Thanks"), url("Track", "https://a.example/t/{{1}}"), phone("+39 02 5550 1234"), code()],
        samples: samples.map(|(key, text)| (key.to_owned(), text.to_owned())).into(),
        beyond: None,
    };
    Draft { template, category: Category::Utility, allow_category_change: true }
}

/// What is wrong with the good draft once it is changed.
fn wrong(change: impl FnOnce(&mut Template)) -> Vec<(String, Rule)> {
    let mut draft = draft();
    change(&mut draft.template);
    draft.broken(None).into_iter().map(|broken| (broken.field, broken.rule)).collect()
}

fn one(field: &str, rule: Rule) -> Vec<(String, Rule)> {
    vec![(field.to_owned(), rule)]
}

#[test]
fn a_good_draft_breaks_no_rule() {
    assert_eq!(wrong(|_| {}), []);
    let named = |template: &mut Template| {
        template.named = true;
        template.header = None;
        template.buttons.clear();
        template.body = "Hello {{first_name}}, your order {{order_2}} is on its way.".to_owned();
        template.samples =
            BTreeMap::from([("body:first_name", "Maria"), ("body:order_2", "A-1")].map(|(a, b)| (a.into(), b.into())));
    };
    assert_eq!(wrong(named), []);
}

#[test]
fn names_and_languages_are_whatsapps() {
    for (name, rule) in [
        ("", Rule::Required),
        ("Order", Rule::NameLetters),
        ("ordine_è", Rule::NameLetters),
        ("a b", Rule::NameLetters),
    ] {
        assert_eq!(wrong(|template| template.name = name.to_owned()), one("name", rule), "{name}");
    }
    assert_eq!(wrong(|template| template.name = "n".repeat(513)), one("name", Rule::TooLong));
    assert_eq!(wrong(|template| template.name = "n".repeat(512)), []);
    assert_eq!(wrong(|template| template.language = "it_IT".to_owned()), one("language", Rule::Unknown));
    assert_eq!(wrong(|template| template.language.clear()), one("language", Rule::Required));
    assert!(LANGUAGES.windows(2).all(|pair| pair[0] < pair[1]), "in order, each once");
}

#[test]
fn a_header_is_short_plain_and_has_one_variable() {
    let header = |text: &str| wrong(|template| template.header = Some(Header::Text { text: text.to_owned() }));
    for (text, rule) in [
        ("", Rule::Required),
        ("*Order* {{1}}", Rule::HeaderPlain),
        ("Order\n{{1}}", Rule::HeaderPlain),
        ("Order {{1}} 📦", Rule::HeaderPlain),
        ("{{1}} and {{2}}", Rule::VariablesOne),
        ("Order {{2}}", Rule::VariablesNumbering),
        ("Order {{order}}", Rule::VariablesNumbering),
        ("Order {1}", Rule::VariablesBraces),
    ] {
        assert_eq!(header(text)[0], ("header.text".to_owned(), rule), "{text:?}");
    }
    assert_eq!(header(&format!("{{{{1}}}}{}", "è".repeat(55))), []);
    assert_eq!(header(&format!("{{{{1}}}}{}", "è".repeat(56))), one("header.text", Rule::TooLong));
    assert_eq!(wrong(|template| template.header = Some(Header::Location)), one("header", Rule::NotMade));
}

#[test]
fn variables_of_a_body_stand_among_its_words() {
    let body = |text: &str| {
        let broken = wrong(|template| template.body = text.to_owned());
        broken.into_iter().find(|(field, _)| field == "body").map(|(_, rule)| rule)
    };
    for (text, rule) in [
        (" \n", Rule::Required),
        ("\u{200b}\u{feff}", Rule::Required),
        ("Your order\0 is on its way.", Rule::Control),
        ("{{1}} is on its way to you now.", Rule::VariableAtEdge),
        ("Your order is on its way, {{1}}\n", Rule::VariableAtEdge),
        ("Your order {{1}} {{2}} is on its way now.", Rule::VariablesAdjacent),
        ("Your order {{1}}{{2}} is on its way now.", Rule::VariablesAdjacent),
        ("Your order {{1}} or {{3}} is on its way now.", Rule::VariablesNumbering),
        ("Your order {{0}} is on its way now.", Rule::VariablesNumbering),
        ("Your order {{01}} is on its way now.", Rule::VariablesNumbering),
        ("Hi {{1}} bye", Rule::VariablesTooMany),
        ("Your order {{ 1 }} is on its way.", Rule::VariablesNumbering),
        ("Your order {{Order no}} is on its way.", Rule::VariablesNumbering),
        ("Your order {{}} is on its way.", Rule::VariablesBraces),
        ("Your order {{1} is on its way}}.", Rule::VariablesBraces),
        ("Your order {{1}} is on its way}}.", Rule::VariablesBraces),
    ] {
        assert_eq!(body(text), Some(rule), "{text:?}");
    }
    assert_eq!(body("Hi {{1}}, all good."), None);
    assert_eq!(body(&"è".repeat(1024)), None);
    assert_eq!(body(&"è".repeat(1025)), Some(Rule::TooLong));
    let named = |text: &str| {
        let broken = wrong(|template| {
            template.named = true;
            template.body = text.to_owned();
        });
        broken.into_iter().find(|(field, _)| field == "body").map(|(_, rule)| rule)
    };
    assert_eq!(named("Your order {{Order}} is on its way."), Some(Rule::VariablesNames));
    assert_eq!(named("Your order {{1order}} is on its way."), Some(Rule::VariablesNames));
    assert_eq!(named("Your order {{Order no}} is on its way."), Some(Rule::VariablesNames));
    assert_eq!(named("Your order {{order-no}} is on its way."), Some(Rule::VariablesNames));
    assert_eq!(named("Your order {{order is on its way."), Some(Rule::VariablesBraces));
    assert_eq!(named("Your order {{order_1}} is on its way."), None);
}

#[test]
fn what_is_too_much_is_told_once() {
    let variables: String = (1..2000).map(|number| format!("{{{{{number}}}}} and ")).collect();
    assert_eq!(wrong(|template| template.body = format!("Hi {variables}")), one("body", Rule::TooLong));
    let many = wrong(|template| template.buttons = vec![url("", "https://a.example/{{1}}"); 5000]);
    assert!(many.len() <= 1 + 2 * 10, "{}", many.len());
}

#[test]
fn a_text_of_braces_is_read_once() {
    for text in ["{{".repeat(500_000), format!("{}}}}}", "{{a".repeat(500_000))] {
        assert_eq!(wrong(|template| template.body = text)[0], ("body".to_owned(), Rule::TooLong));
    }
}

#[test]
fn a_footer_is_plain_words() {
    let footer = |text: &str| wrong(|template| template.footer = Some(text.to_owned()));
    assert_eq!(footer("two\nlines"), one("footer", Rule::Format));
    assert_eq!(footer("Bye\0"), one("footer", Rule::Control));
    assert_eq!(footer("Bye, {{1}}"), one("footer", Rule::VariableNotAllowed));
    assert_eq!(footer(&"x".repeat(61)), one("footer", Rule::TooLong));
}

#[test]
fn buttons_are_few_together_and_each_its_own() {
    let buttons = |buttons: Vec<Button>| {
        wrong(|template| {
            template.buttons = buttons;
            template.samples.insert("button:0".to_owned(), "A-1".to_owned());
        })
    };
    let link = |text: &str| url(text, "https://a.example");
    assert_eq!(buttons((0..11).map(|n| reply(&n.to_string())).collect()), one("buttons", Rule::ButtonsTooMany));
    assert_eq!(buttons((0..10).map(|n| reply(&n.to_string())).collect()), []);
    assert_eq!(buttons(vec![link("a"), link("b"), link("c")]), one("buttons", Rule::ButtonsUrls));
    assert_eq!(
        buttons(vec![phone("+390255501234"), Button::Phone { text: "Or us".into(), number: "+390255501235".into() }]),
        one("buttons", Rule::ButtonsPhones)
    );
    assert_eq!(buttons(vec![reply("a"), link("b"), reply("c")]), one("buttons", Rule::ButtonsScattered));
    assert_eq!(buttons(vec![link("b"), reply("a"), reply("c")]), []);
    assert_eq!(buttons(vec![reply("Yes"), reply(" yes")]), one("buttons", Rule::ButtonsAlike));
    assert_eq!(buttons(vec![Button::Flow { text: "Form".into() }]), one("buttons", Rule::NotMade));
    assert_eq!(buttons(vec![reply("")]), one("buttons[0].text", Rule::Required));
    assert_eq!(buttons(vec![reply(&"x".repeat(26))]), one("buttons[0].text", Rule::TooLong));
    assert_eq!(buttons(vec![reply("Hi {{1}}")]), one("buttons[0].text", Rule::VariableNotAllowed));
    for (number, rule) in [
        ("", Rule::Required),
        ("02 5550 1234", Rule::NotANumber),
        ("+39 12", Rule::NotANumber),
        ("+390000000000000000000", Rule::TooLong),
    ] {
        assert_eq!(buttons(vec![phone(number)]), one("buttons[0].number", rule), "{number}");
    }
    for (address, rule) in [
        ("", Rule::Required),
        ("a.example/x", Rule::NotALink),
        ("ftp://a.example/x", Rule::NotALink),
        ("https://a.example/a b", Rule::NotALink),
        ("https://{{1}}", Rule::NotALink),
        ("https://.", Rule::NotALink),
        ("https://a..example/x", Rule::NotALink),
        ("https://a.example:/x", Rule::NotALink),
        ("https://a.example:99999/x", Rule::NotALink),
        ("https://-a.example/x", Rule::NotALink),
        ("https://a.example{{1}}", Rule::VariableNotAtEnd),
        ("https://a.example/{{1}}/x", Rule::VariableNotAtEnd),
        ("https://a.example/{{order}}", Rule::VariableNotAtEnd),
        ("https://a.example/{{1}}{{2}}", Rule::VariablesOne),
        ("https://a.example/{1}", Rule::VariablesBraces),
    ] {
        assert_eq!(buttons(vec![url("Go", address)])[0], ("buttons[0].url".to_owned(), rule), "{address}");
    }
    assert_eq!(buttons(vec![url("Go", "http://localhost.test:80/x?o={{1}}")]), []);
}

#[test]
fn every_variable_has_a_sample() {
    assert_eq!(wrong(|template| template.samples.clear()).len(), 5);
    let sample =
        |key: &str, text: &str| wrong(|template| drop(template.samples.insert(key.to_owned(), text.to_owned())));
    assert_eq!(sample("body:1", " "), one("samples.body:1", Rule::Required));
    assert_eq!(sample("body:1", "two\nlines"), one("samples.body:1", Rule::Format));
    assert_eq!(sample("button:1", "a b"), one("samples.button:1", Rule::Format));
    assert_eq!(sample("button:3", &"X".repeat(16)), one("samples.button:3", Rule::TooLong));
    assert_eq!(sample("body:7", "of no variable"), []);
    // With its samples, a text is as long as WhatsApp has it be.
    assert_eq!(sample("header:1", &"x".repeat(60)), one("samples.header:1", Rule::TooLong));
    assert_eq!(sample("body:2", &"x".repeat(1000)), one("samples.body:2", Rule::TooLong));
    assert_eq!(sample("body:2", &"x".repeat(900)), []);
}

#[test]
fn a_header_with_a_file_needs_one_of_its_kind() {
    let rule = |header: Header, mime: Option<&str>| {
        let mut draft = draft();
        draft.template.header = Some(header);
        draft.broken(mime).into_iter().next().map(|broken| (broken.field, broken.rule))
    };
    let wrong = |rule| Some(("sample_upload_id".to_owned(), rule));
    assert_eq!(rule(Header::Image, None), wrong(Rule::Required));
    assert_eq!(rule(Header::Image, Some("image/webp")), wrong(Rule::SampleType));
    assert_eq!(rule(Header::Image, Some("image/png")), None);
    assert_eq!(rule(Header::Video, Some("image/png")), wrong(Rule::SampleType));
    assert_eq!(rule(Header::Document, Some("application/pdf")), None);
}

#[test]
fn only_what_was_decided_upon_and_is_ours_is_changed() {
    let mut template = draft().template;
    let of = |template: &Template, status, makes| fixed(template, "utility", status, makes);
    assert_eq!(of(&template, Status::Approved, true), None);
    assert_eq!(of(&template, Status::Rejected, true), None);
    assert_eq!(of(&template, Status::Approved, false), Some(Fixed::Provider));
    assert_eq!(of(&template, Status::Pending, true), Some(Fixed::Pending));
    assert_eq!(of(&template, Status::Disabled, true), Some(Fixed::Disabled));
    assert_eq!(fixed(&template, "authentication", Status::Approved, true), Some(Fixed::Beyond));
    template.buttons.push(Button::Other { text: "Catalogue".to_owned() });
    assert_eq!(of(&template, Status::Paused, true), Some(Fixed::Beyond));
}

#[test]
fn what_whatsapp_tells_is_understood() {
    let told = |event: &str, facts: &[(&'static str, &'static str)]| {
        let facts: BTreeMap<&str, &'static str> = facts.iter().copied().collect();
        news(event, |name| facts.get(name).copied())
    };
    let rejected = told(
        "message_template_status_update",
        &[
            ("event", "REJECTED"),
            ("reason", "INVALID_FORMAT"),
            ("rejection_info.reason", "Two variables touch."),
            ("rejection_info.recommendation", "Put words between them."),
        ],
    );
    assert_eq!((rejected.status, rejected.reason.as_deref()), (Some(Status::Rejected), Some("INVALID_FORMAT")));
    assert_eq!(rejected.advice.as_deref(), Some("Two variables touch. Put words between them."));
    let approved = told("message_template_status_update", &[("event", "APPROVED"), ("reason", "NONE")]);
    assert_eq!((approved.status, approved.reason), (Some(Status::Approved), None));
    assert!(!told("message_template_status_update", &[("event", "FLAGGED"), ("reason", "x")]).tells());
    let coming = told("template_category_update", &[("correct_category", "MARKETING"), ("new_category", "UTILITY")]);
    assert_eq!(coming, News { category_coming: Some(Some("marketing".to_owned())), ..News::default() });
    let done = told("template_category_update", &[("new_category", "MARKETING")]);
    assert_eq!((done.category.as_deref(), done.category_coming), (Some("marketing"), Some(None)));
    assert!(!told("message_template_components_update", &[("message_template_element", "x")]).tells());
}

proptest! {
    #[test]
    fn any_draft_can_be_checked(texts in prop::collection::vec("\\PC{0,40}|[{}0-9a-z_ ]{0,20}", 6), named: bool) {
        let mut draft = draft();
        let [name, header, body, footer, button, address] = <[String; 6]>::try_from(texts).expect("six");
        draft.template = Template {
            name, named, body,
            header: Some(Header::Text { text: header }),
            footer: Some(footer),
            buttons: vec![url(&button, &address), phone(&button)],
            ..draft.template
        };
        let broken = draft.broken(None);
        let mut fields: Vec<&str> = broken.iter().map(|one| one.field.as_str()).collect();
        fields.dedup();
        prop_assert_eq!(fields.len(), broken.len(), "one rule for each field");
    }

    #[test]
    fn words_around_every_variable_are_enough(words in prop::collection::vec("[a-zè]{1,8}", 3..12), named: bool) {
        let mut draft = draft();
        draft.template.header = None;
        draft.template.buttons.clear();
        draft.template.samples.clear();
        draft.template.named = named;
        let mut body = "Dear friend".to_owned();
        for (index, word) in words.iter().enumerate() {
            let name = if named { format!("v{index}") } else { (index + 1).to_string() };
            body.push_str(&format!(" {{{{{name}}}}} {word} {word}"));
            draft.template.samples.insert(format!("body:{name}"), word.clone());
        }
        draft.template.body = body;
        prop_assert_eq!(draft.broken(None), []);
    }
}
