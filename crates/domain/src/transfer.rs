//! Transfers: the owner of an interaction proposes to hand it to an agent or to a queue. Until somebody accepts it stays
//! with its owner; of many who are asked one wins; and every transfer ends in exactly one way.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{QueueId, UserId};
use crate::interaction::Refused;
use crate::message::words;
use crate::presence::Declared;

words! {
    /// To whom an administrator lets agents transfer.
    Reach { Off = "off", Agents = "agents", Queues = "queues", Both = "both" }
}

/// How an account's interactions are transferred; what is `None` is as the desk has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Handing {
    pub to: Option<Reach>,
    /// How long those who are asked have, in seconds.
    pub timeout_s: Option<i64>,
}

impl Reach {
    pub const fn agents(self) -> bool {
        matches!(self, Self::Agents | Self::Both)
    }

    pub const fn queues(self) -> bool {
        matches!(self, Self::Queues | Self::Both)
    }
}

words! {
    /// How a transfer ended.
    Ending {
        Accepted = "accepted",
        /// Everybody who was asked said no.
        Rejected = "rejected",
        Expired = "expired",
        /// Nobody of the queue was there to be asked.
        Nobody = "nobody",
        Cancelled = "cancelled",
        /// Nobody who was asked can answer any more: they paused, left, or lost the account.
        Unreachable = "unreachable",
        /// The interaction went another way: it was closed, taken, assigned or given back.
        Moot = "moot",
    }
}

impl Ending {
    /// Whether it is back among the unread of its owner, who is told.
    pub const fn comes_back(self) -> bool {
        matches!(self, Self::Rejected | Self::Expired | Self::Nobody | Self::Unreachable)
    }
}

words! {
    /// How it stands with one of those who were asked.
    Card {
        Pending = "pending",
        Accepted = "accepted",
        Rejected = "rejected",
        Expired = "expired",
        /// A colleague was faster.
        Taken = "taken",
        Withdrawn = "withdrawn",
    }
}

/// To whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Target {
    Agent { user_id: UserId },
    Queue { queue_id: QueueId },
}

/// Somebody who might be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub user: UserId,
    pub state: Declared,
    pub on_account: bool,
    /// Whether they hold fewer than they may.
    pub room: bool,
}

/// Who is asked. An agent who is named must be there; whether they have room is for who asks to judge. Of a queue
/// everybody is asked who is there and has room, which may be nobody.
pub fn asked(target: Target, owner: UserId, reach: Reach, colleagues: &[Colleague]) -> Result<Vec<UserId>, Refused> {
    let allowed = match target {
        Target::Agent { .. } => reach.agents(),
        Target::Queue { .. } => reach.queues(),
    };
    if !allowed {
        return Err(Refused::TransfersOff);
    }
    match target {
        Target::Agent { user_id: user } => may_get(user, owner, colleagues).map(|()| vec![user]),
        Target::Queue { .. } => Ok(colleagues
            .iter()
            .filter(|one| one.user != owner && one.on_account && one.room && one.state == Declared::Available)
            .map(|one| one.user)
            .collect()),
    }
}

/// Whether an owner may hand work to this colleague: they are there, and of the account.
pub fn may_get(user: UserId, owner: UserId, colleagues: &[Colleague]) -> Result<(), Refused> {
    let found = colleagues.iter().find(|one| one.user == user);
    match found {
        _ if user == owner => Err(Refused::TheirsAlready { user }),
        Some(one) if !one.on_account => Err(Refused::NotOnAccount { user }),
        Some(one) if one.state == Declared::Available => Ok(()),
        _ => Err(Refused::NotAvailable { user }),
    }
}

/// A transfer as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The owner when it was proposed.
    pub from: UserId,
    pub cards: BTreeMap<UserId, Card>,
    pub ends_at: Timestamp,
    pub ending: Option<Ending>,
}

impl Transfer {
    /// Proposes; with nobody to ask it is over at once.
    pub fn propose(from: UserId, asked: &[UserId], ends_at: Timestamp) -> Self {
        let cards = asked.iter().map(|user| (*user, Card::Pending)).collect();
        Self { from, cards, ends_at, ending: asked.is_empty().then_some(Ending::Nobody) }
    }

    /// `by` accepts in time; everybody else's card goes.
    pub fn accept(&mut self, by: UserId, now: Timestamp) -> Result<(), Refused> {
        self.pending(by)?;
        if now >= self.ends_at {
            return Err(Refused::TransferOver);
        }
        self.end(Ending::Accepted, Card::Taken);
        self.cards.insert(by, Card::Accepted);
        Ok(())
    }

    /// `by` says no. When that was the last of them it is over.
    pub fn reject(&mut self, by: UserId) -> Result<(), Refused> {
        self.pending(by)?;
        self.cards.insert(by, Card::Rejected);
        self.settle();
        Ok(())
    }

    /// These can no longer answer.
    pub fn leave(&mut self, users: &[UserId]) {
        if self.ending.is_some() {
            return;
        }
        for user in users {
            if let Some(card) = self.cards.get_mut(user).filter(|card| **card == Card::Pending) {
                *card = Card::Withdrawn;
            }
        }
        self.settle();
    }

    /// Its time is up.
    pub fn lapse(&mut self, now: Timestamp) {
        if self.ending.is_none() && now >= self.ends_at {
            self.end(Ending::Expired, Card::Expired);
        }
    }

    /// Whoever proposed it takes it back.
    pub fn cancel(&mut self) -> Result<(), Refused> {
        if self.ending.is_some() {
            return Err(Refused::NoTransfer);
        }
        self.end(Ending::Cancelled, Card::Withdrawn);
        Ok(())
    }

    /// The interaction went another way.
    pub fn moot(&mut self) {
        if self.ending.is_none() {
            self.end(Ending::Moot, Card::Withdrawn);
        }
    }

    fn pending(&self, by: UserId) -> Result<(), Refused> {
        match (self.ending, self.cards.get(&by)) {
            (None, Some(Card::Pending)) => Ok(()),
            (Some(_), Some(_)) => Err(Refused::TransferOver),
            _ => Err(Refused::NotOffered),
        }
    }

    fn settle(&mut self) {
        if self.ending.is_some() || self.cards.values().any(|card| *card == Card::Pending) {
            return;
        }
        let refused = self.cards.values().any(|card| *card == Card::Rejected);
        self.ending = Some(if refused { Ending::Rejected } else { Ending::Unreachable });
    }

    fn end(&mut self, ending: Ending, left: Card) {
        for card in self.cards.values_mut().filter(|card| **card == Card::Pending) {
            *card = left;
        }
        self.ending = Some(ending);
    }
}
