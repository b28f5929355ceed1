//! Numbers in whatever spelling.

use std::collections::BTreeSet;

use pronto_domain::phone::{digits, same, spellings};
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

proptest! {
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
