//! Who sees what: the table, written out.

use std::collections::BTreeSet;

use pronto_domain::access::{Mask, Masking, Role, Scope, Seen, Viewer};
use pronto_domain::id::{AccountId, QueueId, UserId};
use proptest::prelude::*;

fn viewer(role: Role, scope: Scope) -> Viewer {
    Viewer {
        user: UserId(1),
        role,
        scope,
        permissions: BTreeSet::new(),
        masking: Masking::default(),
        accounts: BTreeSet::from([AccountId(1)]),
        queues: BTreeSet::from([QueueId(1)]),
        lists: std::collections::BTreeMap::new(),
    }
}

#[test]
fn the_table() {
    // Mine, offered to me; account and queue mine; account mine; queue mine but not the account; neither.
    let seen = |account: i64, queue: Option<i64>, owner: Option<i64>, offered: &[i64]| Seen {
        account: Some(AccountId(account)),
        queue: queue.map(QueueId),
        owner: owner.map(UserId),
        offered: offered.iter().copied().map(UserId).collect(),
    };
    let rows = [
        ("owned by me, elsewhere", seen(9, Some(9), Some(1), &[]), [true, true, true, true]),
        ("offered to me, elsewhere", seen(9, Some(9), None, &[2, 1]), [true, true, true, true]),
        ("in my queue", seen(1, Some(1), None, &[2]), [false, true, true, true]),
        ("in my queue, a colleague's", seen(1, Some(1), Some(2), &[]), [false, true, true, true]),
        ("on my account", seen(1, Some(9), Some(2), &[]), [false, false, true, true]),
        ("on my account, in no queue", seen(1, None, Some(2), &[]), [false, false, true, true]),
        ("in my queue, on a strange account", seen(9, Some(1), None, &[]), [false, false, false, true]),
        ("strange", seen(9, Some(9), Some(2), &[3]), [false, false, false, true]),
    ];
    for (what, seen, expected) in rows {
        for (scope, expected) in [Scope::Own, Scope::Queues, Scope::Accounts, Scope::All].into_iter().zip(expected) {
            for role in [Role::Agent, Role::Supervisor] {
                assert_eq!(viewer(role, scope).sees(&seen), expected, "{what}, {scope}, {role}");
            }
            assert!(viewer(Role::Admin, scope).sees(&seen), "{what}: an administrator sees all");
        }
    }
}

proptest! {
    #[test]
    fn a_wider_scope_sees_no_less(account in 1_i64..3, queue in prop::option::of(1_i64..3), owner in prop::option::of(1_i64..3)) {
        let seen = Seen { account: Some(AccountId(account)), queue: queue.map(QueueId), owner: owner.map(UserId), offered: Vec::new() };
        let sees: Vec<bool> = [Scope::Own, Scope::Queues, Scope::Accounts, Scope::All].into_iter().map(|scope| viewer(Role::Agent, scope).sees(&seen)).collect();
        prop_assert!(sees.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", sees);
    }

    #[test]
    fn a_mask_hides_what_it_says(text in "\\PC{0,20}", count in 0_u8..30) {
        let length = text.chars().count();
        prop_assert_eq!(Mask::None.apply(&text), text.clone());
        prop_assert_eq!(Mask::Full.apply(&text), "•••", "not even its length");
        let masked = Mask::Last { count }.apply(&text);
        let shown = length.saturating_sub(usize::from(count));
        prop_assert_eq!(masked.chars().count(), length);
        prop_assert!(masked.chars().take(shown).eq(text.chars().take(shown)));
        prop_assert!(masked.chars().skip(shown).all(|c| c == '•'));
        prop_assert_eq!(Mask::Last { count }.hides(), count > 0);
    }
}
