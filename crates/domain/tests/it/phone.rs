//! Numbers in whatever spelling.

use std::collections::BTreeSet;

use pronto_domain::access::Mask;
use pronto_domain::phone::{digits, same, shown, spellings};
use proptest::prelude::*;

/// A number in the long and in the short spelling of a country that has two.
fn two_spellings() -> impl Strategy<Value = (String, String)> {
    prop_oneof![
        ("[1-9][1-9]", "[6-9][0-9]{7}").prop_map(|(area, own)| (format!("55{area}9{own}"), format!("55{area}{own}"))),
        "[2-9][0-9]{9}".prop_map(|own| (format!("521{own}"), format!("52{own}"))),
        "[2-3][0-9]{9}".prop_map(|own| (format!("549{own}"), format!("54{own}"))),
    ]
}

fn any_number() -> impl Strategy<Value = String> {
    prop_oneof![
        "[1-9][0-9]{6,14}",
        two_spellings().prop_map(|(long, _)| long),
        two_spellings().prop_map(|(_, short)| short)
    ]
}

#[test]
fn numbers_are_shown_as_their_country_writes_them() {
    for (digits, written) in [
        ("393331234567", "+39 333 123 4567"),
        ("390255501234", "+39 02 5550 1234"),
        ("12125550123", "+1 212-555-0123"),
        ("41795550123", "+41 79 555 01 23"),
        ("33612345678", "+33 6 12 34 56 78"),
        // WhatsApp's own spelling, and the one that is dialled.
        ("551187654321", "+55 11 98765-4321"),
        ("5511987654321", "+55 11 98765-4321"),
        ("5215512345678", "+52 55 1234 5678"),
        ("5491123456789", "+54 9 11 2345-6789"),
        ("447700900528", "+44 7700 900528"),
        ("12", "+12"),
        ("999999999999999", "+999999999999999"),
        ("", "+"),
    ] {
        assert_eq!(shown(digits), written, "{digits}");
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_the_same_number(number in prop_oneof![any_number(), "[0-9]{0,20}"]) {
        let shown = shown(&number);
        let back: String = shown.chars().filter(char::is_ascii_digit).collect();
        prop_assert!(same(&back, &number), "{number} is shown as {shown}");
    }

    #[test]
    fn as_many_digits_are_hidden_as_are_to_be(number in any_number(), count in 0u8..20) {
        let whole = shown(&number);
        let seen = Mask::Last { count }.number(&number);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        prop_assert_eq!(digits(&seen), digits(&whole).saturating_sub(count.into()));
        prop_assert!(whole.starts_with(seen.split('•').next().unwrap_or_default()));
        prop_assert_eq!(seen.chars().count(), whole.chars().count());
    }

    #[test]
    fn both_spellings_are_one_number((long, short) in two_spellings()) {
        prop_assert!(same(&long, &short) && same(&short, &long));
        let all = |number: &str| spellings(number).into_iter().collect::<BTreeSet<_>>();
        prop_assert_eq!(all(&long), all(&short));
        prop_assert!(all(&long).contains(&short) && all(&short).contains(&long));
    }

    #[test]
    fn being_the_same_goes_both_ways(one in any_number(), other in any_number()) {
        prop_assert!(same(&one, &one));
        prop_assert_eq!(same(&one, &other), same(&other, &one));
        prop_assert_eq!(same(&one, &other), spellings(&one).contains(&other));
        let own = spellings(&one);
        prop_assert_eq!(&own[0], &one, "as it was given comes first");
        prop_assert!(own.iter().all(|spelled| same(spelled, &one)));
    }

    #[test]
    fn what_was_understood_once_is_understood_alike(number in any_number()) {
        if let Ok(understood) = digits(&format!("+{number}"), None) {
            prop_assert_eq!(digits(&format!("+{understood}"), None), Ok(understood.clone()));
            prop_assert_eq!(digits(&format!("00{understood}"), None), Ok(understood.clone()));
            let (country, rest) = understood.split_at(2);
            prop_assert_eq!(digits(&format!("+{country} ({rest})"), None), Ok(understood));
        }
    }
}
