//! Merging two contacts, and taking it back.

use std::collections::BTreeMap;

use pronto_domain::merge::{Number, Record, Side, merged, undone};
use pronto_domain::phone;
use proptest::prelude::*;
use serde_json::json;

fn digits() -> impl Strategy<Value = String> {
    prop_oneof![
        "39333123456[0-4]",
        Just("5511987654321".to_owned()),
        Just("551187654321".to_owned()),
        Just("5491122334455".to_owned()),
    ]
}

fn records() -> impl Strategy<Value = Record> {
    let number = ("(work|home)", digits()).prop_map(|(kind, digits)| Number { kind, digits });
    (
        proptest::collection::btree_map("(first_name|last_name|email|fields\\.a)", "[a-c]", 0..4),
        proptest::option::of(digits()),
        proptest::option::of(digits()),
        proptest::collection::btree_set("[a-d]", 0..3),
        proptest::collection::vec(number, 0..3),
        proptest::collection::btree_map("(x|y)", "[a-c]", 0..3),
    )
        .prop_map(|(fields, phone, mobile, tags, mut numbers, socials)| {
            let mut fields: BTreeMap<_, _> = fields.into_iter().map(|(key, text)| (key, json!(text))).collect();
            fields.extend(phone.map(|digits| ("phone".to_owned(), json!(digits))));
            fields.extend(mobile.map(|digits| ("mobile".to_owned(), json!(digits))));
            numbers.dedup_by(|one, other| one.digits == other.digits);
            Record { fields, tags: tags.into_iter().collect(), numbers, socials }
        })
}

fn choices() -> impl Strategy<Value = BTreeMap<String, Side>> {
    let side = prop_oneof![Just(Side::Target), Just(Side::Source)];
    proptest::collection::btree_map("(first_name|last_name|email|phone|mobile|fields\\.a)", side, 0..4)
}

/// Every number by which somebody was reached.
fn reached(record: &Record) -> Vec<String> {
    let placed = ["phone", "mobile"].iter().filter_map(|key| record.fields.get(*key)?.as_str());
    placed.chain(record.numbers.iter().map(|number| number.digits.as_str())).map(str::to_owned).collect()
}

proptest! {
    #[test]
    fn a_merge_that_is_taken_back_leaves_what_there_was(target in records(), source in records(), choices in choices()) {
        let one = merged(&target, &source, &choices);
        prop_assert_eq!(undone(&one, &target, &one), target);
    }

    #[test]
    fn no_number_and_no_tag_is_lost(target in records(), source in records(), choices in choices()) {
        let one = merged(&target, &source, &choices);
        let there = reached(&one);
        for number in reached(&target).iter().chain(&reached(&source)) {
            prop_assert!(there.iter().any(|other| phone::same(other, number)), "{} of {:?}", number, one);
        }
        for tag in target.tags.iter().chain(&source.tags) {
            prop_assert!(one.tags.contains(tag));
        }
    }

    #[test]
    fn what_was_changed_since_stays(target in records(), source in records(), choices in choices()) {
        let one = merged(&target, &source, &choices);
        let mut current = one.clone();
        current.fields.insert("last_name".to_owned(), json!("changed"));
        current.tags.push("new".to_owned());
        let after = undone(&current, &target, &one);
        prop_assert_eq!(after.fields.get("last_name"), Some(&json!("changed")));
        prop_assert_eq!(after.tags.last().map(String::as_str), Some("new"));
        prop_assert_eq!(after.numbers, target.numbers);
    }

    #[test]
    fn a_field_is_of_the_side_that_was_chosen(target in records(), source in records(), choices in choices()) {
        let one = merged(&target, &source, &choices);
        for (key, side) in &choices {
            let of = if *side == Side::Target { &target } else { &source };
            prop_assert_eq!(one.fields.get(key), of.fields.get(key));
        }
    }
}
