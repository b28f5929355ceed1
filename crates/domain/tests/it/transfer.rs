//! Transfers under any order of events: one owner always, one ending each.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pronto_domain::flow::{self, Step};
use pronto_domain::id::{QueueId, UserId};
use pronto_domain::interaction::{Interaction, Refused, State};
use pronto_domain::presence::Declared;
use pronto_domain::transfer::{Card, Colleague, Ending, Reach, Target, Transfer, asked};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Event {
    Propose(Vec<i64>),
    Accept(i64),
    Reject(i64),
    Leave(i64),
    Cancel,
    Lapse,
    /// By a supervisor, from whoever has it.
    Take(i64),
    Assign(i64),
    Close,
    Reopen(i64),
    GiveBack,
}

fn event() -> impl Strategy<Value = Event> {
    let user = 1_i64..6;
    prop_oneof![
        3 => proptest::collection::btree_set(user.clone(), 0..4).prop_map(|all| Event::Propose(all.into_iter().collect())),
        3 => user.clone().prop_map(Event::Accept),
        3 => user.clone().prop_map(Event::Reject),
        2 => user.clone().prop_map(Event::Leave),
        1 => Just(Event::Cancel),
        1 => Just(Event::Lapse),
        1 => user.clone().prop_map(Event::Take),
        1 => user.clone().prop_map(Event::Assign),
        1 => Just(Event::Close),
        1 => user.prop_map(Event::Reopen),
        1 => Just(Event::GiveBack),
    ]
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000 + second).expect("an instant")
}

fn placed(now: Timestamp) -> flow::Placed {
    flow::run(&[Step::Queue { queue_id: QueueId(1), timeout_s: 0 }], 0, QueueId(1), now)
}

fn held_by(owner: i64) -> Interaction {
    let mut one = Interaction::new(1.into(), 1.into(), 1.into());
    one.place(&placed(at(0)), at(0));
    one.take(UserId(owner), false, true, at(0)).expect("taken");
    one
}

/// An interaction with its transfers, as the acts keep them.
struct Desk {
    one: Interaction,
    transfers: Vec<Transfer>,
}

impl Desk {
    fn open(&mut self) -> Option<&mut Transfer> {
        self.transfers.last_mut().filter(|transfer| transfer.ending.is_none())
    }

    fn moot(&mut self) {
        if let Some(transfer) = self.open() {
            transfer.moot();
        }
    }

    fn perform(&mut self, event: &Event, now: Timestamp) -> Result<(), Refused> {
        match event {
            Event::Propose(users) => {
                let owner = self.one.may_hand_on(UserId(9), true)?;
                if self.open().is_some() {
                    return Err(Refused::TransferPending);
                }
                let users: Vec<UserId> = users.iter().copied().map(UserId).filter(|user| *user != owner).collect();
                self.transfers.push(Transfer::propose(owner, &users, now + jiff::SignedDuration::from_secs(5)));
            }
            Event::Accept(by) => {
                let transfer = self.open().ok_or(Refused::NotOffered)?;
                let from = transfer.from;
                transfer.accept(UserId(*by), now)?;
                self.one.hand_over(from, UserId(*by), None, now).expect("while it is pending the owner is the owner");
            }
            Event::Reject(by) => self.open().ok_or(Refused::NotOffered)?.reject(UserId(*by))?,
            Event::Leave(user) => {
                if let Some(transfer) = self.open() {
                    transfer.leave(&[UserId(*user)]);
                }
            }
            Event::Cancel => self.open().ok_or(Refused::NoTransfer)?.cancel()?,
            Event::Lapse => {
                if let Some(transfer) = self.open() {
                    transfer.lapse(now);
                }
            }
            Event::Take(by) => {
                let before = self.one.owner;
                self.one.take(UserId(*by), true, true, now)?;
                if self.one.owner != before {
                    self.moot();
                }
            }
            Event::Assign(to) => {
                self.one.assign(UserId(*to), now)?;
                self.moot();
            }
            Event::Close => {
                self.one.close(None, true, now)?;
                self.moot();
            }
            Event::Reopen(by) => self.one.reopen_by(UserId(*by), None, now)?,
            Event::GiveBack => {
                self.one.give_back(&placed(now), now)?;
                self.moot();
            }
        }
        Ok(())
    }
}

proptest! {
    #[test]
    fn whatever_happens_there_is_one_owner_and_one_ending(events in proptest::collection::vec(event(), 1..60)) {
        let mut desk = Desk { one: held_by(1), transfers: Vec::new() };
        for (second, event) in events.iter().enumerate() {
            let now = at(i64::try_from(second).expect("small"));
            let (before, transfers) = (desk.one.clone(), desk.transfers.clone());
            let done = desk.perform(event, now);
            if done.is_err() {
                prop_assert_eq!(&desk.one, &before, "{:?}", event);
                prop_assert_eq!(&desk.transfers, &transfers, "{:?}", event);
            }
            // Never two pending, and what has ended stays as it ended.
            prop_assert!(desk.transfers.iter().filter(|one| one.ending.is_none()).count() <= 1);
            for (was, is) in transfers.iter().zip(&desk.transfers) {
                prop_assert!(was.ending.is_none() || was == is, "{:?}", event);
            }
            for transfer in &desk.transfers {
                let cards: Vec<Card> = transfer.cards.values().copied().collect();
                let accepted = cards.iter().filter(|card| **card == Card::Accepted).count();
                prop_assert_eq!(accepted, usize::from(transfer.ending == Some(Ending::Accepted)));
                // A card is pending exactly while the transfer is, and a transfer only while somebody has a card.
                let pending = cards.contains(&Card::Pending);
                prop_assert_eq!(pending, transfer.ending.is_none());
            }
            // While one is pending the owner is who proposed it: nobody else can have become it unnoticed.
            if let Some(open) = desk.transfers.last().filter(|one| one.ending.is_none()) {
                prop_assert_eq!((desk.one.state, desk.one.owner), (State::Active, Some(open.from)));
            }
            // The owner only changes by what gives it to somebody.
            prop_assert_eq!(desk.one.state == State::Active, desk.one.owner.is_some() && desk.one.state != State::Closed);
            if desk.one.owner != before.owner {
                let moves = matches!(event, Event::Accept(_) | Event::Take(_) | Event::Assign(_) | Event::Reopen(_) | Event::GiveBack);
                prop_assert!(moves, "{:?}", event);
                prop_assert!(desk.one.epoch > before.epoch);
            }
            prop_assert_eq!(desk.one.first_owner, Some(UserId(1)));
        }
    }

    #[test]
    fn only_who_is_there_and_of_the_account_is_asked(
        owner in 1_i64..6, to in 1_i64..7, reach in 0_usize..4, queue: bool,
        all in proptest::collection::btree_map(1_i64..6, (0_usize..3, any::<bool>(), any::<bool>()), 0..5),
    ) {
        let colleagues: Vec<Colleague> = all
            .iter()
            .map(|(user, (state, on_account, room))| Colleague {
                user: UserId(*user), state: Declared::ALL[*state], on_account: *on_account, room: *room,
            })
            .collect();
        let reach = Reach::ALL[reach];
        let target = if queue { Target::Queue { queue_id: QueueId(1) } } else { Target::Agent { user_id: UserId(to) } };
        let by_user: BTreeMap<UserId, &Colleague> = colleagues.iter().map(|one| (one.user, one)).collect();
        match asked(target, UserId(owner), reach, &colleagues) {
            Err(Refused::TransfersOff) => {
                let allowed = reach == Reach::Both || reach == if queue { Reach::Queues } else { Reach::Agents };
                prop_assert!(!allowed);
            }
            Err(Refused::TheirsAlready { user }) => prop_assert!(!queue && to == owner && user == UserId(to)),
            Err(Refused::NotOnAccount { user }) => prop_assert!(!queue && !by_user[&user].on_account),
            Err(Refused::NotAvailable { user }) => {
                prop_assert!(!queue && by_user.get(&user).is_none_or(|one| one.state != Declared::Available));
            }
            Err(other) => prop_assert!(false, "{other:?}"),
            Ok(users) => {
                for user in &users {
                    let one = by_user[user];
                    prop_assert!(*user != UserId(owner) && one.on_account && one.state == Declared::Available);
                    // A queue asks those with room; whoever is named is asked anyway.
                    prop_assert!(one.room || !queue);
                }
                if queue {
                    let fit = |one: &&Colleague| one.user != UserId(owner) && one.on_account && one.room && one.state == Declared::Available;
                    prop_assert_eq!(users.len(), colleagues.iter().filter(fit).count());
                }
            }
        }
    }
}

#[test]
fn what_comes_too_late_is_told_so() {
    let mut transfer = Transfer::propose(UserId(1), &[UserId(2), UserId(3)], at(5));
    assert_eq!(transfer.accept(UserId(4), at(1)), Err(Refused::NotOffered));
    assert_eq!(transfer.accept(UserId(2), at(5)), Err(Refused::TransferOver), "its time is up");
    transfer.reject(UserId(2)).expect("rejected");
    assert_eq!(transfer.reject(UserId(2)), Err(Refused::NotOffered), "once is enough");
    transfer.leave(&[UserId(3)]);
    assert_eq!(transfer.ending, Some(Ending::Rejected));
    assert_eq!(transfer.accept(UserId(3), at(2)), Err(Refused::TransferOver));
    assert_eq!(transfer.cancel(), Err(Refused::NoTransfer));
    assert_eq!(Transfer::propose(UserId(1), &[], at(5)).ending, Some(Ending::Nobody));
}
