//! How interactions may end: a tree of outcomes, each for the whole desk or for one list, account or queue.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{AccountId, ContactListId, DispositionId, QueueId};

/// The deepest a disposition may stand.
pub const LEVELS: usize = 3;

/// What a disposition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    Global,
    List(ContactListId),
    Account(AccountId),
    Queue(QueueId),
}

impl Scope {
    /// Its word in the database and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List(_) => "list",
            Self::Account(_) => "account",
            Self::Queue(_) => "queue",
        }
    }

    /// Of what; 0 for the whole desk.
    pub const fn id(self) -> i64 {
        match self {
            Self::Global => 0,
            Self::List(id) => id.0,
            Self::Account(id) => id.0,
            Self::Queue(id) => id.0,
        }
    }

    pub fn read(word: &str, id: i64) -> Option<Self> {
        match word {
            "global" => Some(Self::Global),
            "list" => Some(Self::List(ContactListId(id))),
            "account" => Some(Self::Account(AccountId(id))),
            "queue" => Some(Self::Queue(QueueId(id))),
            _ => None,
        }
    }
}

/// What an interaction belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belongs {
    pub list: ContactListId,
    pub account: AccountId,
    pub queue: Option<QueueId>,
}

impl Belongs {
    fn to(self, scope: Scope) -> bool {
        match scope {
            Scope::Global => true,
            Scope::List(list) => list == self.list,
            Scope::Account(account) => account == self.account,
            Scope::Queue(queue) => Some(queue) == self.queue,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposition {
    pub id: DispositionId,
    pub parent: Option<DispositionId>,
    pub scope: Scope,
    pub name: String,
    pub retired: bool,
}

/// All of them, in their order.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    order: Vec<DispositionId>,
    by_id: BTreeMap<DispositionId, Disposition>,
    /// Those with a child that is not retired.
    branches: BTreeSet<DispositionId>,
}

impl Tree {
    pub fn new(all: Vec<Disposition>) -> Self {
        let order = all.iter().map(|one| one.id).collect();
        let branches = all.iter().filter(|one| !one.retired).filter_map(|one| one.parent).collect();
        Self { order, branches, by_id: all.into_iter().map(|one| (one.id, one)).collect() }
    }

    pub fn get(&self, id: DispositionId) -> Option<&Disposition> {
        self.by_id.get(&id)
    }

    pub fn all(&self) -> impl Iterator<Item = &Disposition> {
        self.order.iter().filter_map(|id| self.by_id.get(id))
    }

    /// From the first level down to it.
    fn line(&self, id: DispositionId) -> Vec<&Disposition> {
        let mut line = Vec::new();
        let mut next = Some(id);
        while let Some(one) = next.and_then(|id| self.by_id.get(&id)).filter(|_| line.len() < LEVELS) {
            line.push(one);
            next = one.parent;
        }
        line.reverse();
        line
    }

    /// Its names, from the first level down.
    pub fn path(&self, id: DispositionId) -> Vec<String> {
        self.line(id).into_iter().map(|one| one.name.clone()).collect()
    }

    /// The level it stands on, from 1.
    pub fn level(&self, id: DispositionId) -> usize {
        self.line(id).len()
    }

    /// Itself and what stands below it, the deepest last.
    pub fn below(&self, id: DispositionId) -> Vec<DispositionId> {
        let mut found = vec![id];
        let mut at = 0;
        while let Some(parent) = found.get(at).copied() {
            found.extend(self.all().filter(|one| one.parent == Some(parent)).map(|one| one.id));
            at += 1;
        }
        found
    }

    /// Whether an interaction may end with it: it is an outcome and no heading, none of its line is retired, and it is
    /// for what the interaction belongs to.
    pub fn fits(&self, id: DispositionId, belongs: Belongs) -> bool {
        let line = self.line(id);
        !line.is_empty() && !self.branches.contains(&id) && line.iter().all(|one| !one.retired && belongs.to(one.scope))
    }

    /// What an interaction may end with, in order: headings first, in the order of the tree.
    pub fn choices(&self, belongs: Belongs) -> Vec<DispositionId> {
        let mut found = Vec::new();
        let mut stack: Vec<DispositionId> = self.all().filter(|one| one.parent.is_none()).map(|one| one.id).collect();
        stack.reverse();
        while let Some(id) = stack.pop() {
            let children: Vec<_> = self.all().filter(|one| one.parent == Some(id)).map(|one| one.id).collect();
            stack.extend(children.into_iter().rev());
            if self.fits(id, belongs) {
                found.push(id);
            }
        }
        found
    }
}

/// Whether a person must say how it ended: where the account or the queue wants it, unless there is nothing to say.
pub fn required(account: bool, queue: bool, choices: usize) -> bool {
    (account || queue) && choices > 0
}
