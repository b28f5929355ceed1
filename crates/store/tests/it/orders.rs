//! Lists in every order, page by page.

use std::collections::BTreeSet;

use pronto_domain::access::{Role, Scope, Viewer};
use pronto_domain::expression::{Condition, Expression, Field, Test};
use pronto_domain::id::{AccountId, QueueId};
use pronto_store as store;
use pronto_testkit::{TestDesk, on_both};
use store::interaction::Interaction;
use store::list::{AgentIs, By, Filter, Order, STATUSES, StateIs};

use crate::world::{viewer, world};

/// Everything, in pages, so that their edges are met too.
pub(crate) async fn listed(bench: &TestDesk, viewer: &Viewer, filter: &Filter) -> Vec<Interaction> {
    let mut tx = bench.look().await;
    let mut all: Vec<Interaction> = Vec::new();
    loop {
        let after = all.last().map(|row| (filter.order.by.place(row), row.id));
        let page = store::list::interactions(&mut tx, viewer, filter, after, 17).await.expect("a page");
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// Their ids as the order has them.
pub(crate) fn ordered(rows: &[Interaction], order: Order) -> Vec<i64> {
    let mut rows: Vec<&Interaction> = rows.iter().collect();
    rows.sort_by(|one, other| {
        if order.by == By::Status {
            let status = |row: &Interaction| STATUSES.iter().position(|state| state.as_str() == row.state);
            let way = status(one).cmp(&status(other));
            let way = if order.ascending { way } else { way.reverse() };
            return way.then((other.last_at, other.id).cmp(&(one.last_at, one.id)));
        }
        let way = (order.by.place(one), one.id).cmp(&(order.by.place(other), other.id));
        if order.ascending { way } else { way.reverse() }
    });
    rows.iter().map(|row| row.id).collect()
}

on_both! {
    async fn every_order_has_every_row_once_for_everybody(bench: TestDesk) {
        world(&bench).await;
        let now = store::millis(bench.now());
        let own = Viewer { role: Role::Agent, scope: Scope::Own, ..viewer() };
        let accounts: BTreeSet<AccountId> = [AccountId(1)].into();
        let queues = Viewer { scope: Scope::Queues, queues: [QueueId(1), QueueId(2)].into(), accounts, ..own.clone() };
        for viewer in [viewer(), own, queues] {
            for state in [None, Some(StateIs::Open), Some(StateIs::Closed), Some(StateIs::Waiting), Some(StateIs::Active)] {
                for agent in [None, Some(AgentIs::User(3))] {
                    let of = |order| Filter { state, agent, order, now, ..Filter::default() };
                    let some = listed(&bench, &viewer, &of(Order::default())).await;
                    let is_many = state.is_none() && agent.is_none();
                    assert!(!is_many || some.len() > 17, "more than a page: {}", some.len());
                    for by in [By::Last, By::Started, By::Contact, By::Status, By::Id] {
                        for ascending in [true, false] {
                            let order = Order { by, ascending };
                            let rows: Vec<i64> = listed(&bench, &viewer, &of(order)).await.iter().map(|row| row.id).collect();
                            assert_eq!(rows, ordered(&some, order), "{:?} {state:?} {agent:?} {order:?}", viewer.scope);
                        }
                    }
                }
            }
        }
    }

    async fn what_is_urgent_comes_first_and_nothing_else_comes(bench: TestDesk) {
        let rows = world(&bench).await;
        let now = store::millis(bench.now());
        let all = Expression::Is(Condition { about: Field::Id.into(), test: Test::Above(0.into()) });
        for (by, place) in [
            (By::Window, (|row: &Interaction, now| row.window_expires_at.filter(|at| *at > now)) as fn(&Interaction, i64) -> Option<i64>),
            (By::Waiting, |row, _| row.unanswered_since),
        ] {
            for ascending in [true, false] {
                let listed = listed(&bench, &viewer(), &Filter { expression: Some(all.clone()), order: Order { by, ascending }, now, ..Filter::default() }).await;
                let mut expected: Vec<(i64, i64)> = rows
                    .iter()
                    .filter(|row| row.row.state != "closed")
                    .filter_map(|row| Some((place(&row.row, now)?, row.row.id)))
                    .collect();
                expected.sort_unstable();
                if !ascending {
                    expected.reverse();
                }
                assert_eq!(listed.iter().map(|row| row.id).collect::<Vec<_>>(), expected.into_iter().map(|(_, id)| id).collect::<Vec<_>>(), "{by:?} {ascending}");
            }
        }
    }
}
