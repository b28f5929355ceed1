//! The most urgent thing one may do.

use jiff::{SignedDuration, Timestamp};
use pronto_domain::id::InteractionId;
use pronto_domain::next::{Candidate, Why, best};
use proptest::prelude::*;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000).expect("an instant") + SignedDuration::from_mins(minute)
}

fn quiet(id: i64) -> Candidate {
    Candidate {
        interaction: InteractionId(id),
        offered_until: None,
        mine: true,
        waiting: false,
        unread: false,
        unanswered_since: None,
        window_ends: Some(at(1000)),
    }
}

fn found(candidates: &[Candidate]) -> Option<(i64, Why)> {
    best(candidates, at(0)).map(|best| (best.interaction.0, best.why))
}

#[test]
fn an_offer_then_a_closing_window_then_unread_then_unanswered_then_the_queue() {
    let waiting = Candidate { mine: false, waiting: true, unanswered_since: Some(at(-90)), ..quiet(1) };
    let unanswered = Candidate { unanswered_since: Some(at(-80)), ..quiet(2) };
    let unread = Candidate { unread: true, unanswered_since: Some(at(-3)), ..quiet(3) };
    let closing = Candidate { window_ends: Some(at(30)), unanswered_since: Some(at(-2)), ..quiet(4) };
    let offered = Candidate { mine: false, offered_until: Some(at(1)), ..quiet(5) };
    let mut all = vec![quiet(9), waiting, unanswered, unread, closing, offered];
    let mut order = Vec::new();
    while let Some((id, why)) = found(&all) {
        order.push((id, why));
        all.retain(|one| one.interaction.0 != id);
    }
    assert_eq!(order, [(5, Why::Offer), (4, Why::Closing), (3, Why::Unread), (2, Why::Unanswered), (1, Why::Waiting)]);
    assert_eq!(all, [quiet(9)], "an answered one asks for nothing");
}

#[test]
fn among_equals_the_first_moment() {
    let unread = |id, since| Candidate { unread: true, unanswered_since: Some(at(since)), ..quiet(id) };
    assert_eq!(found(&[unread(1, -5), unread(2, -9)]), Some((2, Why::Unread)));
    let closing = |id, ends| Candidate { window_ends: Some(at(ends)), unread: true, ..quiet(id) };
    assert_eq!(found(&[closing(1, 100), closing(2, 20)]), Some((2, Why::Closing)));
    // Marked unread with nothing unanswered comes after what a customer waits for.
    let marked = Candidate { unread: true, ..quiet(1) };
    assert_eq!(found(&[marked, unread(2, -1)]), Some((2, Why::Unread)));
}

#[test]
fn what_is_over_is_not_next() {
    let lapsed = Candidate { mine: false, offered_until: Some(at(0)), ..quiet(1) };
    assert_eq!(found(&[lapsed]), None);
    let shut = Candidate { window_ends: Some(at(-1)), unread: true, ..quiet(1) };
    assert_eq!(found(&[shut]), Some((1, Why::Unread)), "it can still be answered with a template");
}

fn any_candidate() -> impl Strategy<Value = Candidate> {
    let when = || proptest::option::of((-300i64..300).prop_map(at));
    (0i64..50, when(), any::<bool>(), any::<bool>(), any::<bool>(), when(), when()).prop_map(
        |(id, offered_until, mine, waiting, unread, unanswered_since, window_ends)| Candidate {
            interaction: InteractionId(id),
            offered_until,
            mine,
            waiting: waiting && !mine,
            unread,
            unanswered_since,
            window_ends,
        },
    )
}

proptest! {
    #[test]
    fn the_order_they_come_in_does_not_matter(mut all in proptest::collection::vec(any_candidate(), 0..12)) {
        let forth = best(&all, at(0));
        all.reverse();
        prop_assert_eq!(best(&all, at(0)), forth);
    }

    /// Whatever is left out, what remains is at least as good as it was.
    #[test]
    fn only_leaving_out_the_best_changes_it(all in proptest::collection::vec(any_candidate(), 1..12), leave in 0usize..12) {
        let first = best(&all, at(0));
        let mut fewer = all.clone();
        fewer.remove(leave % all.len());
        let second = best(&fewer, at(0));
        if let (Some(first), Some(second)) = (first, second) {
            prop_assert!(first.why <= second.why);
        }
        prop_assert!(first.is_some() || second.is_none());
    }

    #[test]
    fn what_is_found_asks_for_something(all in proptest::collection::vec(any_candidate(), 0..12)) {
        if let Some(best) = best(&all, at(0)) {
            let ours: Vec<_> = all.iter().filter(|one| one.interaction == best.interaction).collect();
            let asks = |one: &&&Candidate| one.offered_until.is_some() || one.waiting || one.unread || one.unanswered_since.is_some();
            prop_assert!(ours.iter().any(|one| asks(&one)));
        }
    }
}
