//! The life of an interaction: who holds it, and what may happen to it next.
//!
//! `controller` says who speaks for us (flow, queue, bot, agent) and `epoch` counts its changes: an answer prepared
//! under an older epoch, a bot's for instance, is refused.

use jiff::{SignedDuration, Timestamp};

use crate::flow::Placed;
use crate::id::{AccountId, AddressId, DispositionId, InteractionId, QueueId, UserId};
use crate::message::{UnknownWord, words};

words! {
    /// Where an interaction stands.
    State {
        /// A step of the flow is running.
        Flow = "flow",
        /// Proposed to one or more agents.
        Offered = "offered",
        /// In a queue; nobody is free.
        Waiting = "waiting",
        /// The flow has ended; it is still offered from the account's default queue.
        Unassigned = "unassigned",
        Bot = "bot",
        Active = "active",
        Closed = "closed",
    }
}

words! {
    /// Who speaks for us.
    Controller { Flow = "flow", Queue = "queue", Bot = "bot", Agent = "agent" }
}

/// Why something may not happen to an interaction now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("somebody else has taken it")]
    Taken { by: Option<UserId> },
    #[error("it is not offered to you")]
    NotOffered,
    #[error("it is not waiting for anybody")]
    NotWaiting,
    #[error("{}", if owner.is_some() { "it belongs to somebody else" } else { "nobody has it: it must be taken first" })]
    NotOwner { owner: Option<UserId> },
    #[error("it is closed")]
    Closed,
    #[error("this account does not let agents take over from the bot")]
    BotHolds,
    #[error("whoever speaks for us has changed since")]
    OldEpoch,
    #[error("it is not closed")]
    NotClosed,
    #[error("another interaction with this customer is open")]
    NewerOpen { interaction: InteractionId, owner: Option<UserId> },
    #[error("nobody holds it")]
    NotHeld,
    #[error("transfers of this kind are switched off")]
    TransfersOff,
    #[error("a transfer of it is pending")]
    TransferPending,
    #[error("there is no such transfer pending")]
    NoTransfer,
    #[error("the transfer is over")]
    TransferOver,
    #[error("they are not associated with the account")]
    NotOnAccount { user: UserId },
    #[error("they are not available")]
    NotAvailable { user: UserId },
    #[error("it is theirs already")]
    TheirsAlready { user: UserId },
}

/// Put off: it does not count against its owner's capacity. A word of the customer's ends either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Snooze {
    /// Until the customer writes.
    Customer,
    /// Until then.
    Until(Timestamp),
}

impl Snooze {
    /// Its word in the database and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Until(_) => "until",
        }
    }

    pub const fn until(self) -> Option<Timestamp> {
        match self {
            Self::Customer => None,
            Self::Until(at) => Some(at),
        }
    }

    /// As it was stored.
    pub fn read(word: Option<&str>, until: Option<Timestamp>) -> Result<Option<Self>, UnknownWord> {
        match (word, until) {
            (None, _) => Ok(None),
            (Some("customer"), _) => Ok(Some(Self::Customer)),
            (Some("until"), Some(at)) => Ok(Some(Self::Until(at))),
            (Some(word), _) => Err(UnknownWord(word.to_owned())),
        }
    }
}

/// What the rules need to know of an interaction, and change.
#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    pub id: InteractionId,
    pub account: AccountId,
    pub address: AddressId,
    pub state: State,
    pub queue: Option<QueueId>,
    pub owner: Option<UserId>,
    pub first_owner: Option<UserId>,
    /// The owner before it went back to the queue.
    pub was_with: Option<UserId>,
    pub flow_step: i64,
    /// Whether the flow has run out: a lapsed offer leads back to *unassigned*, not to *waiting*.
    pub flow_ended: bool,
    pub controller: Controller,
    pub epoch: i64,
    pub waiting_since: Option<Timestamp>,
    /// Since when its owner has it.
    pub accepted_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub reopened_at: Option<Timestamp>,
    /// How it ended.
    pub disposition: Option<DispositionId>,
    pub snooze: Option<Snooze>,
}

impl Interaction {
    /// One that has just begun: nobody holds it, and the flow has not placed it yet.
    pub const fn new(id: InteractionId, account: AccountId, address: AddressId) -> Self {
        Self {
            id,
            account,
            address,
            state: State::Flow,
            queue: None,
            owner: None,
            first_owner: None,
            was_with: None,
            flow_step: 0,
            flow_ended: false,
            controller: Controller::Flow,
            epoch: 0,
            waiting_since: None,
            accepted_at: None,
            closed_at: None,
            reopened_at: None,
            disposition: None,
            snooze: None,
        }
    }

    fn hand_to(&mut self, controller: Controller) {
        self.controller = controller;
        self.epoch += 1;
    }

    /// Puts it where the flow says.
    pub fn place(&mut self, placed: &Placed, now: Timestamp) {
        match placed {
            Placed::InQueue { queue, step, .. } => {
                self.state = State::Waiting;
                self.queue = Some(*queue);
                self.flow_step = *step;
                self.flow_ended = false;
            }
            Placed::Unassigned { queue, step } => {
                self.state = State::Unassigned;
                self.queue = Some(*queue);
                self.flow_step = *step;
                self.flow_ended = true;
            }
        }
        self.owner = None;
        self.snooze = None;
        self.waiting_since.get_or_insert(now);
        self.hand_to(Controller::Queue);
    }

    /// It has been proposed to at least one agent.
    pub fn offered(&mut self) -> bool {
        let changes = matches!(self.state, State::Waiting | State::Unassigned);
        if changes {
            self.state = State::Offered;
        }
        changes
    }

    /// No proposal is open any more, and nobody accepted.
    pub fn unoffered(&mut self) -> bool {
        let changes = self.state == State::Offered;
        if changes {
            self.state = if self.flow_ended { State::Unassigned } else { State::Waiting };
        }
        changes
    }

    /// `by`, who holds an open offer if `offered`, accepts.
    pub fn accept(&mut self, by: UserId, offered: bool, now: Timestamp) -> Result<(), Refused> {
        match self.state {
            State::Active if self.owner == Some(by) => Ok(()),
            State::Active => Err(Refused::Taken { by: self.owner }),
            State::Closed => Err(Refused::Closed),
            _ if !offered => Err(Refused::NotOffered),
            _ => {
                self.own(by, now);
                Ok(())
            }
        }
    }

    /// `by` takes it without an offer. Supervisors may take what an agent holds.
    pub fn take(
        &mut self,
        by: UserId,
        supervisor: bool,
        bot_may_be_taken: bool,
        now: Timestamp,
    ) -> Result<(), Refused> {
        match self.state {
            State::Active if self.owner == Some(by) => return Ok(()),
            State::Closed => return Err(Refused::Closed),
            State::Active if !supervisor => return Err(Refused::Taken { by: self.owner }),
            State::Bot if !bot_may_be_taken && !supervisor => return Err(Refused::BotHolds),
            State::Flow if !supervisor => return Err(Refused::NotWaiting),
            _ => {}
        }
        self.own(by, now);
        Ok(())
    }

    /// `by` began it, by writing first: it is theirs, and nothing is routed.
    pub fn begun(&mut self, by: UserId, now: Timestamp) {
        self.own(by, now);
    }

    fn own(&mut self, by: UserId, now: Timestamp) {
        if self.owner != Some(by) {
            self.was_with = self.owner;
        }
        self.state = State::Active;
        self.owner = Some(by);
        self.first_owner.get_or_insert(by);
        self.accepted_at = Some(now);
        self.waiting_since = None;
        self.snooze = None;
        self.hand_to(Controller::Agent);
    }

    /// Who owns it, if `by` may propose to hand it on: its owner, or a supervisor.
    pub fn may_hand_on(&self, by: UserId, supervisor: bool) -> Result<UserId, Refused> {
        match (self.state, self.owner) {
            (State::Active, Some(owner)) if supervisor || owner == by => Ok(owner),
            (State::Closed, _) => Err(Refused::Closed),
            (_, owner) => Err(Refused::NotOwner { owner }),
        }
    }

    /// `to` accepts what `from` proposed to hand on, and stands from then on in the queue it was proposed to, if it
    /// was one.
    pub fn hand_over(
        &mut self,
        from: UserId,
        to: UserId,
        queue: Option<QueueId>,
        now: Timestamp,
    ) -> Result<(), Refused> {
        match (self.state, self.owner) {
            (State::Active, Some(owner)) if owner == from => {}
            (State::Closed, _) => return Err(Refused::Closed),
            (_, owner) => return Err(Refused::Taken { by: owner }),
        }
        self.queue = queue.or(self.queue);
        self.own(to, now);
        Ok(())
    }

    /// Somebody who may steer others' work gives it to `to`, whoever has it.
    pub fn assign(&mut self, to: UserId, now: Timestamp) -> Result<(), Refused> {
        match self.state {
            State::Closed => return Err(Refused::Closed),
            State::Active if self.owner == Some(to) => return Err(Refused::TheirsAlready { user: to }),
            _ => self.own(to, now),
        }
        Ok(())
    }

    /// Somebody who may steer others' work puts it where it waits, whoever has it.
    pub fn send_to(&mut self, placed: &Placed, now: Timestamp) -> Result<(), Refused> {
        if self.state == State::Closed {
            return Err(Refused::Closed);
        }
        if self.owner.is_some() {
            self.was_with = self.owner;
        }
        self.place(placed, now);
        Ok(())
    }

    /// Back to its queue, or to the start of the flow's queue step, marked with whom it was.
    pub fn give_back(&mut self, placed: &Placed, now: Timestamp) -> Result<(), Refused> {
        if self.state != State::Active {
            return Err(Refused::NotWaiting);
        }
        self.was_with = self.owner;
        self.waiting_since = None;
        self.place(placed, now);
        Ok(())
    }

    /// Closes it. Only the owner, a supervisor or the system may.
    pub fn close(&mut self, by: Option<UserId>, supervisor: bool, now: Timestamp) -> Result<(), Refused> {
        if self.state == State::Closed {
            return Err(Refused::Closed);
        }
        if by.is_some() && !supervisor && self.owner != by {
            return Err(Refused::NotOwner { owner: self.owner });
        }
        self.state = State::Closed;
        self.closed_at = Some(now);
        self.waiting_since = None;
        self.snooze = None;
        self.epoch += 1;
        Ok(())
    }

    /// Says how it ended, now or differently from before. Whoever had it last, and supervisors.
    pub fn dispose(
        &mut self,
        disposition: Option<DispositionId>,
        by: UserId,
        supervisor: bool,
    ) -> Result<bool, Refused> {
        if self.state != State::Closed {
            return Err(Refused::NotClosed);
        }
        if !supervisor && self.owner != Some(by) {
            return Err(Refused::NotOwner { owner: self.owner });
        }
        let changes = self.disposition != disposition;
        self.disposition = disposition;
        Ok(changes)
    }

    /// Puts it off, or no longer. Only what somebody holds can be put off, by them or a supervisor.
    pub fn put_off(&mut self, snooze: Option<Snooze>, by: UserId, supervisor: bool) -> Result<bool, Refused> {
        match self.state {
            State::Closed => return Err(Refused::Closed),
            State::Active => {}
            _ => return Err(Refused::NotHeld),
        }
        if !supervisor && self.owner != Some(by) {
            return Err(Refused::NotOwner { owner: self.owner });
        }
        let changes = self.snooze != snooze;
        self.snooze = snooze;
        Ok(changes)
    }

    /// The customer wrote, or its time has come; `false` if it was not put off, or is until later.
    pub fn wake(&mut self, customer_wrote: bool, now: Timestamp) -> bool {
        let due = match self.snooze {
            None => false,
            Some(_) if customer_wrote => true,
            Some(Snooze::Customer) => false,
            Some(Snooze::Until(at)) => now >= at,
        };
        if due {
            self.snooze = None;
        }
        due
    }

    /// The customer wrote within the grace time: back to the same owner if available, else as the flow places it.
    pub fn reopen(&mut self, owner: Option<UserId>, placed: &Placed, now: Timestamp) {
        self.closed_at = None;
        self.disposition = None;
        self.reopened_at = Some(now);
        match owner {
            Some(owner) => {
                self.own(owner, now);
            }
            None => {
                self.was_with = self.owner;
                self.waiting_since = None;
                self.place(placed, now);
            }
        }
    }

    /// `by` opens it again and is its owner; nothing is routed. `other` is the interaction of the same address that is
    /// open meanwhile: two would split the conversation.
    pub fn reopen_by(
        &mut self,
        by: UserId,
        other: Option<(InteractionId, Option<UserId>)>,
        now: Timestamp,
    ) -> Result<(), Refused> {
        match self.state {
            State::Active if self.owner == Some(by) => return Ok(()),
            State::Active => return Err(Refused::Taken { by: self.owner }),
            State::Closed => {}
            _ => return Err(Refused::NotClosed),
        }
        if let Some((interaction, owner)) = other {
            return Err(Refused::NewerOpen { interaction, owner });
        }
        self.closed_at = None;
        self.disposition = None;
        self.reopened_at = Some(now);
        self.own(by, now);
        Ok(())
    }

    /// A flow step's time is up; `armed` is the epoch in which it began. `false` if things have moved on since: the
    /// same step may have been left and entered again.
    pub fn step_lapsed(&mut self, armed: i64, placed: &Placed, now: Timestamp) -> bool {
        let stands = matches!(self.state, State::Waiting | State::Offered) && !self.flow_ended && self.epoch == armed;
        if stands {
            self.place(placed, now);
        }
        stands
    }

    /// Whether `by` may write to the customer.
    pub fn may_write(&self, by: UserId) -> Result<(), Refused> {
        match self.state {
            State::Closed => Err(Refused::Closed),
            _ if self.owner == Some(by) => Ok(()),
            _ => Err(Refused::NotOwner { owner: self.owner }),
        }
    }

    /// Whether a bot that prepared its answer under `epoch` may still send it.
    pub fn bot_may_write(&self, epoch: i64) -> Result<(), Refused> {
        if self.state == State::Bot && self.epoch == epoch { Ok(()) } else { Err(Refused::OldEpoch) }
    }
}

/// What an inbound message does to the interactions of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receives {
    /// It joins this one, open or (for a lone reaction or edit) closed, and changes nothing else.
    Join,
    /// It reopens the one closed a moment ago.
    Reopen { owner: Option<UserId> },
    /// It opens a new one.
    Open,
    /// It is about nothing we have, and opens nothing.
    Nothing,
}

/// Decides it. `latest` is the address's latest interaction; `alone` says that the message is a mere reaction, edit,
/// deletion or notice, `blocked` that its sender may not take up anybody's time; `answers_until` is how long an answer
/// to its recontact template reopens it; `owner_available` says whether its owner could take it back.
pub fn receive(
    latest: Option<&Interaction>,
    alone: bool,
    blocked: bool,
    grace_s: i64,
    answers_until: Option<Timestamp>,
    owner_available: impl FnOnce(UserId) -> bool,
    now: Timestamp,
) -> Receives {
    let Some(latest) = latest else { return if alone || blocked { Receives::Nothing } else { Receives::Open } };
    if latest.state != State::Closed || alone || blocked {
        return Receives::Join;
    }
    let grace = SignedDuration::from_secs(grace_s.max(0));
    let in_grace = latest.closed_at.and_then(|at| at.checked_add(grace).ok()).is_some_and(|end| now < end);
    let answers = answers_until.is_some_and(|end| now < end);
    if in_grace || answers {
        Receives::Reopen { owner: latest.owner.filter(|owner| owner_available(*owner)) }
    } else {
        Receives::Open
    }
}
