//! The life of an interaction under any commands.

use jiff::{SignedDuration, Timestamp};
use pronto_domain::flow::{self, Placed, Step};
use pronto_domain::id::{DispositionId, InteractionId, QueueId, UserId};
use pronto_domain::interaction::{Controller, Interaction, Receives, Refused, Snooze, State, receive};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Command {
    Place(usize),
    Offered,
    Unoffered,
    Accept {
        by: i64,
        offered: bool,
    },
    Take {
        by: i64,
        supervisor: bool,
        from_bot: bool,
    },
    GiveBack,
    Close {
        by: Option<i64>,
        supervisor: bool,
    },
    Reopen {
        owner: Option<i64>,
    },
    /// By hand, while another of the address is open or not.
    ReopenBy {
        by: i64,
        other: bool,
    },
    /// A timer that was armed so many epochs ago.
    Lapse {
        ago: i64,
    },
    Bot,
    PutOff {
        by: i64,
        supervisor: bool,
    },
    Wake {
        wrote: bool,
    },
    Dispose {
        by: i64,
        supervisor: bool,
    },
}

fn command() -> impl Strategy<Value = Command> {
    let user = 1_i64..5;
    prop_oneof![
        (0_usize..4).prop_map(Command::Place),
        Just(Command::Offered),
        Just(Command::Unoffered),
        (user.clone(), any::<bool>()).prop_map(|(by, offered)| Command::Accept { by, offered }),
        (user.clone(), any::<bool>(), any::<bool>()).prop_map(|(by, supervisor, from_bot)| Command::Take {
            by,
            supervisor,
            from_bot
        }),
        Just(Command::GiveBack),
        (proptest::option::of(user.clone()), any::<bool>())
            .prop_map(|(by, supervisor)| Command::Close { by, supervisor }),
        proptest::option::of(user.clone()).prop_map(|owner| Command::Reopen { owner }),
        (user, any::<bool>()).prop_map(|(by, other)| Command::ReopenBy { by, other }),
        (0_i64..3).prop_map(|ago| Command::Lapse { ago }),
        Just(Command::Bot),
        (1_i64..5, any::<bool>()).prop_map(|(by, supervisor)| Command::PutOff { by, supervisor }),
        any::<bool>().prop_map(|wrote| Command::Wake { wrote }),
        (1_i64..5, any::<bool>()).prop_map(|(by, supervisor)| Command::Dispose { by, supervisor }),
    ]
}

fn steps() -> Vec<Step> {
    (1..4).map(|queue| Step::Queue { queue_id: QueueId(queue), timeout_s: 60 * (queue - 1) }).collect()
}

fn fresh() -> Interaction {
    Interaction::new(1.into(), 1.into(), 1.into())
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000 + second).expect("an instant")
}

fn placed(from: i64, now: Timestamp) -> Placed {
    flow::run(&steps(), from, QueueId(9), now)
}

/// Does one command as an act would; answers whether it was done.
fn perform(one: &mut Interaction, command: &Command, now: Timestamp) -> Result<bool, Refused> {
    match *command {
        // The flow places what is new, and what it holds.
        Command::Place(from) => {
            let may = one.state == State::Flow;
            if may {
                one.place(&placed(i64::try_from(from).expect("small"), now), now);
            }
            Ok(may)
        }
        Command::Offered => Ok(one.offered()),
        Command::Unoffered => Ok(one.unoffered()),
        Command::Accept { by, offered } => one.accept(UserId(by), offered, now).map(|()| true),
        Command::Take { by, supervisor, from_bot } => one.take(UserId(by), supervisor, from_bot, now).map(|()| true),
        Command::GiveBack => one.give_back(&placed(0, now), now).map(|()| true),
        Command::Close { by, supervisor } => one.close(by.map(UserId), supervisor, now).map(|()| true),
        Command::Reopen { owner } => {
            let may = one.state == State::Closed;
            if may {
                one.reopen(owner.map(UserId), &placed(0, now), now);
            }
            Ok(may)
        }
        Command::ReopenBy { by, other } => {
            let other = other.then_some((InteractionId(2), Some(UserId(9))));
            one.reopen_by(UserId(by), other, now).map(|()| true)
        }
        Command::Lapse { ago } => Ok(one.step_lapsed(one.epoch - ago, &placed(one.flow_step + 1, now), now)),
        Command::Bot => {
            let may = matches!(one.state, State::Waiting | State::Unassigned);
            if may {
                one.state = State::Bot;
                one.controller = Controller::Bot;
                one.epoch += 1;
            }
            Ok(may)
        }
        Command::PutOff { by, supervisor } => one.put_off(Some(Snooze::Until(now)), UserId(by), supervisor),
        Command::Wake { wrote } => Ok(one.wake(wrote, now)),
        Command::Dispose { by, supervisor } => one.dispose(Some(DispositionId(by)), UserId(by), supervisor),
    }
}

proptest! {
    #[test]
    fn whatever_happens_it_stays_whole(commands in proptest::collection::vec(command(), 1..60)) {
        let mut one = fresh();
        for (second, command) in commands.iter().enumerate() {
            let before = one.clone();
            let now = at(i64::try_from(second).expect("small"));
            let done = perform(&mut one, command, now);
            // What was refused, and what came too late, changes nothing.
            if !matches!(done, Ok(true)) {
                prop_assert_eq!(&one, &before, "{:?}", command);
            }
            // An owner, exactly while it is held; the last one is remembered when it is closed.
            prop_assert_eq!(one.owner.is_some(), one.state == State::Active || one.state == State::Closed && one.owner.is_some());
            prop_assert!(one.state != State::Active || one.owner.is_some());
            // Closed stays closed except for a reopening.
            if before.state == State::Closed && one.state != State::Closed {
                let reopened = matches!(command, Command::Reopen { .. } | Command::ReopenBy { other: false, .. });
                prop_assert!(reopened, "{:?}", command);
                prop_assert!(one.closed_at.is_none() && one.reopened_at == Some(now));
            }
            prop_assert_eq!(one.state == State::Closed, one.closed_at.is_some());
            // The epoch only grows, and grows with each change of who speaks for us.
            prop_assert!(one.epoch >= before.epoch);
            if one.controller != before.controller || one.owner != before.owner {
                prop_assert!(one.epoch > before.epoch, "{:?}", command);
            }
            // The first to handle it stays the first.
            prop_assert!(before.first_owner.is_none() || one.first_owner == before.first_owner);
            // What waits, waits since some time; what does not, does not.
            let waits = matches!(one.state, State::Waiting | State::Unassigned | State::Offered);
            prop_assert!(!waits || one.waiting_since.is_some());
            prop_assert!(!matches!(one.state, State::Active | State::Closed) || one.waiting_since.is_none());
            prop_assert!(!waits || one.queue.is_some());
            // Only what somebody holds is put off, and only what has ended has an ending.
            prop_assert!(one.snooze.is_none() || one.state == State::Active);
            prop_assert!(one.disposition.is_none() || one.state == State::Closed);
        }
    }

    #[test]
    fn nobody_accepts_without_an_offer_and_nobody_twice(commands in proptest::collection::vec(command(), 0..40), by in 1_i64..5) {
        let mut one = fresh();
        for (second, command) in commands.iter().enumerate() {
            drop(perform(&mut one, command, at(i64::try_from(second).expect("small"))));
        }
        let mut accepted = one.clone();
        let answer = accepted.accept(UserId(by), false, at(1_000));
        match one.state {
            State::Active if one.owner == Some(UserId(by)) => prop_assert!(answer.is_ok()),
            State::Active => prop_assert_eq!(answer, Err(Refused::Taken { by: one.owner })),
            State::Closed => prop_assert_eq!(answer, Err(Refused::Closed)),
            _ => prop_assert_eq!(answer, Err(Refused::NotOffered)),
        }
        prop_assert_eq!(&accepted, &one);
        // With an offer: one wins, and the next is told who.
        if !matches!(one.state, State::Active | State::Closed) {
            one.accept(UserId(1), true, at(1_001)).expect("the first");
            prop_assert_eq!(one.accept(UserId(2), true, at(1_002)), Err(Refused::Taken { by: Some(UserId(1)) }));
        }
    }

    #[test]
    fn who_reopens_owns_and_only_what_is_closed_and_alone(
        commands in proptest::collection::vec(command(), 0..40), by in 1_i64..5, other: bool,
    ) {
        let mut one = fresh();
        for (second, command) in commands.iter().enumerate() {
            drop(perform(&mut one, command, at(i64::try_from(second).expect("small"))));
        }
        let before = one.clone();
        let open = other.then_some((InteractionId(2), None));
        let answer = one.reopen_by(UserId(by), open, at(1_000));
        match before.state {
            State::Active if before.owner == Some(UserId(by)) => prop_assert_eq!(answer, Ok(())),
            State::Active => prop_assert_eq!(answer, Err(Refused::Taken { by: before.owner })),
            State::Closed if other => {
                prop_assert_eq!(answer, Err(Refused::NewerOpen { interaction: InteractionId(2), owner: None }));
            }
            State::Closed => {
                prop_assert_eq!(answer, Ok(()));
                prop_assert_eq!((one.state, one.owner), (State::Active, Some(UserId(by))));
                prop_assert_eq!(one.first_owner, before.first_owner.or(Some(UserId(by))));
                prop_assert_eq!(one.queue, before.queue);
                prop_assert!(one.epoch > before.epoch);
                return Ok(());
            }
            _ => prop_assert_eq!(answer, Err(Refused::NotClosed)),
        }
        prop_assert_eq!(one, before);
    }

    #[test]
    fn a_timer_of_another_stay_changes_nothing(commands in proptest::collection::vec(command(), 0..40), ago in 1_i64..20) {
        let mut one = fresh();
        for (second, command) in commands.iter().enumerate() {
            drop(perform(&mut one, command, at(i64::try_from(second).expect("small"))));
        }
        let before = one.clone();
        prop_assert!(!one.step_lapsed(one.epoch - ago, &placed(one.flow_step + 1, at(1_000)), at(1_000)));
        prop_assert_eq!(one, before);
    }

    #[test]
    fn a_bot_that_was_overtaken_is_silent(taker in 1_i64..5) {
        let mut one = fresh();
        one.place(&placed(0, at(0)), at(0));
        perform(&mut one, &Command::Bot, at(1)).expect("a bot");
        let prepared = one.epoch;
        prop_assert!(one.bot_may_write(prepared).is_ok());
        prop_assert_eq!(one.clone().take(UserId(taker), false, false, at(2)), Err(Refused::BotHolds));
        one.take(UserId(taker), false, true, at(2)).expect("taken");
        prop_assert_eq!(one.bot_may_write(prepared), Err(Refused::OldEpoch));
        one.give_back(&placed(0, at(3)), at(3)).expect("given back");
        perform(&mut one, &Command::Bot, at(4)).expect("a bot again");
        prop_assert_eq!(one.bot_may_write(prepared), Err(Refused::OldEpoch));
    }

    #[test]
    fn a_message_finds_its_interaction(
        closed_ago in proptest::option::of(0_i64..4_000), grace in 0_i64..3_000, alone: bool, there: bool, owned: bool,
        answers in proptest::option::of(9_000_i64..12_000), blocked: bool,
    ) {
        let now = at(10_000);
        let mut one = fresh();
        one.place(&placed(0, at(0)), at(0));
        if owned {
            one.take(UserId(1), false, true, at(1)).expect("taken");
        }
        if let Some(ago) = closed_ago {
            one.close(None, true, at(10_000 - ago)).expect("closed");
        }
        let found = receive(Some(&one), alone, blocked, grace, answers.map(at), |_| there, now);
        let expected = match closed_ago {
            None => Receives::Join,
            Some(_) if alone || blocked => Receives::Join,
            Some(ago) if ago < grace || answers.is_some_and(|until| until > 10_000) => Receives::Reopen { owner: (owned && there).then_some(UserId(1)) },
            Some(_) => Receives::Open,
        };
        prop_assert_eq!(found, expected);
        let first = receive(None, alone, blocked, grace, answers.map(at), |_| there, now);
        prop_assert_eq!(first, if alone || blocked { Receives::Nothing } else { Receives::Open });
    }

    #[test]
    fn a_flow_never_loses_anything(from in -3_i64..8, seconds in 0_i64..100_000) {
        let now = at(seconds);
        match flow::run(&steps(), from, QueueId(9), now) {
            Placed::InQueue { queue, step, until } => {
                prop_assert!((0..3).contains(&step));
                prop_assert_eq!(queue, QueueId(step + 1));
                // The first waits without end.
                let ends = (step > 0).then(|| now + SignedDuration::from_secs(60 * step));
                prop_assert_eq!(until, ends);
            }
            Placed::Unassigned { queue, step } => prop_assert_eq!((queue, step, from >= 3), (QueueId(9), 3, true)),
        }
    }
}
