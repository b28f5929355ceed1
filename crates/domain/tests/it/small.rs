//! Windows, presence, ticks, search words, previews: each a function, each with its law.

use jiff::{SignedDuration, Timestamp};
use pronto_domain::account::WindowRule;
use pronto_domain::delivery::{State, shown};
use pronto_domain::message::preview;
use pronto_domain::presence::{Declared, LEASE, effective};
use pronto_domain::search::{typed, words};
use pronto_domain::window::{Facts, LENGTH, expires_at, is_open};
use proptest::prelude::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000 + second).expect("an instant")
}

/// What may move a window, in whatever order it is told.
#[derive(Clone, Copy, Debug)]
enum Told {
    Inbound(i64),
    Template(i64),
    Shut(i64),
}

fn facts(told: &[Told]) -> Facts {
    told.iter().fold(Facts::default(), |mut facts, one| {
        match *one {
            Told::Inbound(second) => {
                facts.latest_inbound = facts.latest_inbound.max(Some(at(second)));
                facts.first_inbound = Some(facts.first_inbound.map_or(at(second), |first| first.min(at(second))));
            }
            Told::Template(second) => {
                facts.first_template = Some(facts.first_template.map_or(at(second), |first| first.min(at(second))));
            }
            Told::Shut(second) => facts.shut_by_provider = facts.shut_by_provider.max(Some(at(second))),
        }
        facts
    })
}

fn told() -> impl Strategy<Value = Vec<Told>> {
    let second = 0_i64..200_000;
    let one = prop_oneof![
        3 => second.clone().prop_map(Told::Inbound),
        1 => second.clone().prop_map(Told::Template),
        1 => second.prop_map(Told::Shut),
    ];
    prop::collection::vec(one, 0..8)
}

fn ticks() -> impl Strategy<Value = Vec<State>> {
    prop::collection::vec(prop::sample::select(State::ALL.to_vec()), 0..8)
}

proptest! {
    #[test]
    fn no_reading_ends_later_than_a_day_after_the_latest_inbound(told in told()) {
        let facts = facts(&told);
        for rule in WindowRule::ALL.iter().copied() {
            let ends = expires_at(rule, &facts);
            prop_assert_eq!(ends.is_some(), facts.latest_inbound.is_some(), "only a customer's message opens it");
            if let (Some(ends), Some(latest)) = (ends, facts.latest_inbound) {
                prop_assert!(ends <= latest + LENGTH, "{rule}");
                prop_assert!(ends <= expires_at(WindowRule::LatestInbound, &facts).expect("open"), "{rule}");
                prop_assert!(!is_open(Some(ends), ends) && is_open(Some(ends), ends - SignedDuration::from_millis(1)));
                if let Some(shut) = facts.shut_by_provider.filter(|shut| *shut >= latest) {
                    prop_assert!(ends <= shut, "what the provider shut stays shut until the customer writes");
                }
            }
        }
    }

    #[test]
    fn the_order_of_news_does_not_move_a_window(told in told(), turn in 0_usize..8) {
        let mut turned = told.clone();
        if !turned.is_empty() {
            let middle = turn % turned.len();
            turned.rotate_left(middle);
            turned.reverse();
        }
        for rule in WindowRule::ALL.iter().copied() {
            prop_assert_eq!(expires_at(rule, &facts(&told)), expires_at(rule, &facts(&turned)));
        }
    }

    #[test]
    fn presence_is_declared_and_leased(seen in 0_i64..1_000, grace in 0_i64..600, later in 0_i64..2_000, declared in prop::sample::select(Declared::ALL.to_vec())) {
        let lapses = at(seen) + LEASE + SignedDuration::from_secs(grace);
        let now = at(seen + later);
        let expected = if now >= lapses { Declared::Offline } else { declared };
        prop_assert_eq!(effective(declared, at(seen), grace, now), expected);
        prop_assert_eq!(effective(declared, now, grace, now), declared, "a renewal brings back what was declared");
    }

    #[test]
    fn ticks_join_to_the_same_in_every_order(told in ticks(), turn in 0_usize..8) {
        let join = |told: &[State]| told.iter().fold(State::Queued, |state, other| state.join(*other));
        let mut turned = told.clone();
        if !turned.is_empty() {
            let middle = turn % turned.len();
            turned.rotate_left(middle);
            turned.reverse();
        }
        prop_assert_eq!(join(&told).rank(), join(&turned).rank());
        for pair in told.windows(2) {
            prop_assert!(pair[0].join(pair[1]).rank() >= pair[0].rank(), "never backwards");
            prop_assert_eq!(pair[0].join(pair[0]), pair[0]);
        }
        for one in &told {
            prop_assert!(join(&told).rank() >= one.rank());
        }
    }

    #[test]
    fn what_reached_the_phone_is_shown(attempts in ticks()) {
        let state = shown(&attempts);
        match attempts.iter().filter(|state| state.reached()).map(|state| state.rank()).max() {
            Some(rank) => prop_assert_eq!(state.rank(), rank),
            None => prop_assert_eq!(state, attempts.last().copied().unwrap_or(State::Queued)),
        }
    }

    #[test]
    fn words_are_folded_once_and_for_all(text in "\\PC{0,40}") {
        let folded = words(&text);
        prop_assert_eq!(words(&folded), folded.clone(), "folding twice is folding once");
        prop_assert!(folded.split(' ').all(|word| word.chars().all(char::is_alphanumeric)));
        prop_assert!(!folded.starts_with(' ') && !folded.ends_with(' ') && !folded.contains("  "));
        prop_assert_eq!(words(&text.to_lowercase()), words(&text.to_lowercase().to_lowercase()));
        let read = typed(&text);
        prop_assert!(read.words.len() <= 12 && read.words.iter().all(|word| !word.is_empty()));
        prop_assert!(read.digits.is_none_or(|digits| digits.len() >= 3 && digits.chars().all(|c| c.is_ascii_digit())));
    }

    #[test]
    fn a_preview_is_one_short_line(text in "[ \\n\\ta-zà-ü🎉]{0,300}") {
        let line = preview(&text);
        let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = whole.chars().count();
        prop_assert!(line.chars().count() <= 120);
        prop_assert!(!line.contains(['\n', '\t']) && !line.contains("  "));
        if length <= 120 {
            prop_assert_eq!(line, whole);
        } else {
            prop_assert!(line.ends_with('…'));
            let kept = line.trim_end_matches('…');
            prop_assert!(whole.starts_with(kept) && kept.chars().count() >= 118);
        }
    }
}

#[test]
fn a_masked_viewer_finds_nobody_by_what_is_hidden() {
    use pronto_domain::access::{Mask, Masking};
    // Each word with the fields it is looked for in, and a star where it may be the beginning of one.
    let looked = |text: &str, hidden: Masking| {
        let mut read = typed(text);
        read.hidden = hidden;
        let wanted = |words: Vec<pronto_domain::search::Wanted<'_>>| {
            let words = words.into_iter().map(|one| {
                let fields = one.fields;
                let fields = [("n", fields.names), ("p", fields.numbers), ("e", fields.emails)];
                let fields: String = fields.into_iter().filter(|(_, looked)| *looked).map(|(name, _)| name).collect();
                format!("{fields}:{}{}", one.word, if one.begins { "*" } else { "" })
            });
            words.collect::<Vec<_>>().join(" ")
        };
        (wanted(read.for_customers().unwrap_or_default()), wanted(read.digits_for_customers()))
    };
    let said = |words: &str, digits: &str| (words.to_owned(), digits.to_owned());
    let none = Masking::default();
    assert_eq!(looked("maria ro", none), said("npe:maria npe:ro*", ""));
    assert_eq!(looked("+39 333", none), said("npe:39 npe:333*", "p:s39333*"));
    assert_eq!(looked("0039 333", none).1, "p:s0039333* p:s39333*");
    assert_eq!(looked("02 1234", none).1, "p:s021234* p:s21234*");
    let phone = Masking { phone: Mask::Full, ..none };
    assert_eq!(looked("0039 333 1234567", phone).1, "npe:393331234567", "all of it, and nothing less");
    assert_eq!(looked("mar", phone), said("ne:mar*", ""));
    assert_eq!(looked("maria 3933", phone), said("ne:maria ne:3933", ""));
    assert_eq!(looked("393331", phone), said("ne:393331", "ne:393331"));
    assert_eq!(looked("393331234567", phone), said("npe:393331234567", "npe:393331234567"));
    let name = Masking { name: Mask::Last { count: 3 }, ..none };
    assert_eq!(looked("maria 39", name), said("pe:maria pe:39*", ""));
    assert_eq!(looked("maria", Masking::BLIND), said("", ""));
    assert_eq!(looked("39333", Masking::BLIND), said("", ""));
    assert_eq!(looked("393331234567", Masking::BLIND), said("p:393331234567", "p:393331234567"));
}

#[test]
fn what_a_customer_is_found_by_stands_with_what_hides_it() {
    let known = ["Maria Rossi", "+39 333 123", "maria@example.com", "393331234567", "anna@x.it"];
    let sorted = pronto_domain::search::Customer::of(known);
    assert_eq!(sorted.names, "maria rossi");
    let (whole, ends): (Vec<&str>, Vec<&str>) = sorted.numbers.split(' ').partition(|word| !word.starts_with('s'));
    assert_eq!(whole, ["39", "333", "123", "393331234567"]);
    for end in ["s39333123", "s333123", "s393331234567", "s3331234567", "s4567"] {
        assert!(ends.contains(&end), "{end} of {ends:?}");
    }
    assert!(!ends.contains(&"s567"), "{ends:?}");
    assert_eq!(sorted.emails, "maria example com anna x it");
}
