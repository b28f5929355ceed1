//! How interactions end, what is put off, and what becomes of silence.

use jiff::{SignedDuration, Timestamp};
use pronto_domain::disposition::{Belongs, Disposition, LEVELS, Scope, Tree, required};
use pronto_domain::id::{AccountId, ContactListId, DispositionId, QueueId};
use pronto_domain::presence::{WRAP_UP_AT_MOST, extend};
use pronto_domain::silence::{Facts, Next, Policy, next};
use proptest::prelude::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000 + seconds).expect("an instant")
}

fn belongs() -> Belongs {
    Belongs { list: ContactListId(1), account: AccountId(1), queue: Some(QueueId(1)) }
}

fn scope() -> impl Strategy<Value = Scope> {
    (0..4, 1_i64..3).prop_map(|(which, id)| match which {
        0 => Scope::Global,
        1 => Scope::List(ContactListId(id)),
        2 => Scope::Account(AccountId(id)),
        _ => Scope::Queue(QueueId(id)),
    })
}

/// Any forest: each stands below one before it, or on the first level.
fn tree() -> impl Strategy<Value = Vec<Disposition>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), scope(), any::<bool>()), 0..12).prop_map(
        |all| {
            let mut made: Vec<Disposition> = Vec::new();
            for (number, (parent, first, scope, retired)) in all.into_iter().enumerate() {
                let parent = if first || made.is_empty() { None } else { made.get(parent.index(made.len())).cloned() };
                let id = DispositionId(i64::try_from(number).expect("few") + 1);
                made.push(Disposition {
                    id,
                    scope: parent.as_ref().map_or(scope, |parent| parent.scope),
                    parent: parent.map(|parent| parent.id),
                    name: format!("d{number}"),
                    retired,
                });
            }
            made
        },
    )
}

proptest! {
    #[test]
    fn what_may_be_chosen_is_an_outcome_for_this_interaction(all in tree()) {
        let tree = Tree::new(all.clone());
        let choices = tree.choices(belongs());
        for one in &all {
            let chosen = choices.contains(&one.id);
            prop_assert_eq!(chosen, tree.fits(one.id, belongs()));
            if chosen {
                prop_assert!(!one.retired);
                prop_assert!(!all.iter().any(|other| other.parent == Some(one.id) && !other.retired), "a heading");
                prop_assert!(matches!(one.scope, Scope::Global) || one.scope.id() == 1);
                prop_assert!((1..=LEVELS).contains(&tree.path(one.id).len()));
            }
        }
        let mut once = choices.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), choices.len());
    }

    #[test]
    fn nothing_is_demanded_that_cannot_be_given(account: bool, queue: bool, choices in 0_usize..3) {
        prop_assert_eq!(required(account, queue, choices), (account || queue) && choices > 0);
    }

    #[test]
    fn nobody_is_left_alone_while_they_wait_for_an_answer(
        close in 0_i64..200, warn in 0_i64..200, word in 0_i64..100, warned in prop::option::of(0_i64..200),
        window in prop::option::of(0_i64..400), put_off in prop::option::of(0_i64..400), now in 0_i64..500,
        unanswered: bool,
    ) {
        let policy = Policy { close_after_s: close, warn_before_s: warn, warning: "still there?".to_owned() };
        let facts = Facts {
            unanswered,
            last_word: at(word),
            warned_at: warned.map(at),
            put_off_until: put_off.map(at),
            window_expires_at: window.map(at),
        };
        let decided = next(&policy, &facts, at(now));
        if unanswered || close == 0 || put_off.is_some_and(|until| now < until) {
            prop_assert_eq!(decided, Next::Nothing);
        }
        match decided {
            Next::Warn => {
                prop_assert!(policy.warns());
                prop_assert!(window.is_some_and(|end| now < end), "told outside of the window");
                prop_assert!(warned.is_none_or(|at| at < word), "told twice");
            }
            // Told or not, the whole time has passed since the last word, or the rest of it since the warning.
            Next::Close => prop_assert!(
                now - word >= close || warned.is_some_and(|told| told >= word && now - told >= warn.min(close))
            ),
            Next::Nothing => {}
        }
    }

    #[test]
    fn a_wrap_up_only_grows_and_never_starts_by_itself(
        busy in prop::option::of(-100_i64..5_000), by in 1_i64..4_000, now in 0_i64..3_000,
    ) {
        match extend(busy.map(at), SignedDuration::from_secs(by), at(now)) {
            None => prop_assert!(busy.is_none_or(|until| until <= now)),
            Some(until) => {
                let before = at(busy.expect("it was running"));
                prop_assert!(until >= before);
                prop_assert!(until <= before.max(at(now) + WRAP_UP_AT_MOST));
            }
        }
    }
}

#[test]
fn silence_is_told_then_closed() {
    let policy = Policy { close_after_s: 100, warn_before_s: 30, warning: "still there?".to_owned() };
    let open = Facts {
        unanswered: false,
        last_word: at(0),
        warned_at: None,
        put_off_until: None,
        window_expires_at: Some(at(1_000)),
    };
    let shut = Facts { window_expires_at: Some(at(10)), ..open };
    let told = Facts { last_word: at(75), warned_at: Some(at(75)), ..open };
    let answered = Facts { last_word: at(80), ..told };
    for (facts, now, then) in [
        (open, 69, Next::Nothing),
        (open, 70, Next::Warn),
        (open, 100, Next::Close),
        (shut, 70, Next::Nothing),
        (shut, 100, Next::Close),
        (told, 104, Next::Nothing),
        (told, 105, Next::Close),
        (answered, 149, Next::Nothing),
        (answered, 150, Next::Warn),
    ] {
        assert_eq!(next(&policy, &facts, at(now)), then, "{facts:?} at {now}");
    }
}
