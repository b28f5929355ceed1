//! Placeholders: what reads as one, what it becomes, and what a masked viewer sees of it.

use pronto_domain::access::{Mask, Masking};
use pronto_domain::placeholder::{
    Filled, Hidden, Name, Named, Span, Values, fill, fill_for, masked, placeholders, unknown,
};
use proptest::prelude::*;

fn maria() -> Values {
    let mut values = Values::default();
    values.set(Name::ContactFirstName, Some("Maria"));
    values.set(Name::ContactPhone, Some("+393331234567"));
    values.set(Name::AgentAlias, Some("Ann"));
    values
}

const BLIND: Masking = Masking { name: Mask::Full, phone: Mask::Last { count: 4 }, email: Mask::Full };

#[derive(serde::Deserialize)]
struct Case {
    text: String,
    /// Each name, and whether it has a fallback.
    found: Vec<(String, bool)>,
}

/// The desktop finds them by the same cases.
#[test]
fn what_reads_as_a_placeholder_and_what_does_not() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../placeholders.json")).expect("the cases");
    for Case { text, found } in cases {
        let read: Vec<(String, bool)> =
            placeholders(&text).into_iter().map(|one| (one.name.to_owned(), one.fallback.is_some())).collect();
        assert_eq!(read, found, "{text}");
    }
    let fallbacks: Vec<Option<&str>> =
        placeholders("{{a| b }} {{a|}} {{a}}").into_iter().map(|one| one.fallback).collect();
    assert_eq!(fallbacks, [Some("b"), Some(""), None]);
}

#[test]
fn values_fallbacks_and_what_is_missing() {
    let filled =
        fill("Hi {{contact.first_name|there}}, {{contact.company|}}{{contact.last_name}} {{x.y}} {{1}}", &maria());
    assert_eq!(filled.text, "Hi Maria, {{contact.last_name}} {{x.y}} {{1}}");
    assert_eq!(filled.missing, ["contact.last_name"]);
    assert_eq!(filled.spans, [Span { at: 3, length: 5, what: Hidden::Name }]);
    assert_eq!(fill("Hi {{contact.first_name|there}}", &Values::default()).text, "Hi there");
    assert_eq!(unknown("{{agent.name}} {{agent.nmae}}", &[]), ["agent.nmae"]);
}

#[test]
fn a_masked_agent_keeps_the_token_and_sees_the_mask() {
    let text = "È {{contact.first_name}}, {{contact.phone}}, {{contact.email|-}}, {{agent.alias}}";
    let kept = fill_for(text, &maria(), &BLIND);
    assert_eq!(kept.text, "È {{contact.first_name}}, {{contact.phone}}, {{contact.email|-}}, Ann");
    assert_eq!((kept.missing.len(), kept.spans.len()), (0, 0));
    let Filled { text, spans, .. } = fill(&kept.text, &maria());
    assert_eq!(text, "È Maria, +393331234567, -, Ann");
    assert_eq!(masked(&text, &spans, &BLIND), "È •••, +39333123••••, -, Ann");
    assert_eq!(masked(&text, &spans, &Masking::default()), text);
}

#[test]
fn custom_fields_are_filled_by_their_key() {
    let mut values = maria();
    values.set_field("city", Some(" Torino {{x}} "), false);
    values.set_field("iban", Some("IT60X"), true);
    values.set_field("vip", None, true);
    let text = "{{contact.fields.city}} {{contact.fields.iban|-}} {{contact.fields.vip|-}} {{contact.fields.plan}}";
    let filled = fill(text, &values);
    assert_eq!(filled.text, "Torino ((x)) IT60X - {{contact.fields.plan}}");
    assert_eq!(filled.missing, ["contact.fields.plan"]);
    assert_eq!(filled.spans, [Span { at: 13, length: 5, what: Hidden::Phone }]);
    assert_eq!(masked(&filled.text, &filled.spans, &BLIND), "Torino ((x)) I•••• - {{contact.fields.plan}}");
    // Whether there is anything in a field that one may not see is not told either.
    let kept = fill_for(text, &values, &BLIND).text;
    assert_eq!(kept, "Torino ((x)) {{contact.fields.iban|-}} {{contact.fields.vip|-}} {{contact.fields.plan}}");
    assert_eq!(unknown(text, &["city", "iban", "vip"]), ["contact.fields.plan"]);
    assert_eq!(unknown("{{contact.fields.city.name}} {{contact.fields}}", &["city"]).len(), 2);
}

fn any_text() -> impl Strategy<Value = String> {
    let name = proptest::sample::select(Name::ALL.iter().map(|name| name.as_str()).collect::<Vec<_>>());
    let token = (name, proptest::option::of("[a-zé |]{0,6}")).prop_map(|(name, fallback)| match fallback {
        Some(fallback) => format!("{{{{{name}|{fallback}}}}}"),
        None => format!("{{{{{name}}}}}"),
    });
    proptest::collection::vec(prop_oneof![token, "[a-z.{}| \né😀]{0,12}".prop_map(|text| text)], 0..8)
        .prop_map(|parts| parts.concat())
}

fn any_values() -> impl Strategy<Value = Values> {
    proptest::collection::btree_map(0..Name::ALL.len(), "[a-z.{}| \né😀]{0,12}", 0..8).prop_map(|set| {
        let mut values = Values::default();
        for (index, value) in set {
            values.set(Name::ALL[index], Some(&value));
        }
        values
    })
}

proptest! {
    #[test]
    fn a_text_without_placeholders_is_left_alone(text in "[^{}]{0,60}", values in any_values()) {
        prop_assert_eq!(fill(&text, &values), Filled { text, ..Filled::default() });
    }

    /// Only what is missing is still to be filled: filling again with the same values changes nothing.
    #[test]
    fn a_value_brings_no_placeholder(text in any_text(), values in any_values()) {
        let once = fill(&text, &values);
        for one in placeholders(&once.text).iter().filter(|one| one.named().is_some()) {
            prop_assert!(
                once.missing.iter().any(|name| name == one.name) || text.contains("{{{"),
                "{} came from a value",
                one.name
            );
        }
        for name in &once.missing {
            let name: Name = name.parse().expect("a known one");
            prop_assert!(values.get(Named::Known(name)).is_none());
        }
    }

    #[test]
    fn placeholders_stand_where_they_say(text in any_text()) {
        let mut end = 0;
        for one in placeholders(&text) {
            prop_assert!(one.at.start >= end);
            end = one.at.end;
            let token = &text[one.at];
            prop_assert!(token.starts_with("{{") && token.ends_with("}}") && token.contains(one.name));
        }
    }

    #[test]
    fn whoever_may_see_everything_sees_what_was_sent(text in any_text(), values in any_values()) {
        let filled = fill(&text, &values);
        prop_assert_eq!(masked(&filled.text, &filled.spans, &Masking::default()), filled.text.clone());
        prop_assert_eq!(fill_for(&text, &values, &Masking::default()), filled);
    }

    /// Nothing of what is hidden is left, and everything else is.
    #[test]
    fn a_mask_hides_the_values_and_nothing_else(text in any_text(), values in any_values()) {
        let filled = fill(&text, &values);
        let all = Masking { name: Mask::Full, phone: Mask::Full, email: Mask::Full };
        let mut hidden = values.clone();
        for name in Name::ALL.iter().filter(|name| name.hidden().is_some() && values.get(Named::Known(**name)).is_some()) {
            hidden.set(*name, Some("•••"));
        }
        prop_assert_eq!(masked(&filled.text, &filled.spans, &all), fill(&text, &hidden).text);
    }

    /// What a masked agent sends on becomes what an unmasked one would have sent.
    #[test]
    fn a_kept_token_is_filled_later(text in any_text(), values in any_values()) {
        prop_assume!(!text.contains("{{{") && !text.contains("}}}"));
        let kept = fill_for(&text, &values, &BLIND);
        prop_assert_eq!(fill(&kept.text, &values).text, fill(&text, &values).text);
    }
}
