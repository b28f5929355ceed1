//! Who sees what, and who may do what.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::contact::Rights;
use crate::id::{AccountId, ContactListId, QueueId, UserId};
use crate::message::words;
use crate::phone;

words! {
    /// What somebody is.
    Role { Agent = "agent", Supervisor = "supervisor", Admin = "admin" }
}

words! {
    /// How far an agent sees.
    Scope {
        /// What is theirs, offered or transferred to them.
        Own = "own",
        /// That, and what stands in their queues.
        Queues = "queues",
        /// That, and all of their accounts.
        Accounts = "accounts",
        All = "all",
    }
}

words! {
    /// A single thing a profile can allow. The server checks every one.
    Permission {
        Note = "interactions.note",
        Close = "interactions.close",
        Take = "interactions.take",
        Tag = "interactions.tag",
        /// Keeps a sender from writing, until a supervisor has looked.
        Block = "interactions.block",
        /// Confirms and lifts blocks.
        ReviewBlocks = "blocks.review",
        Export = "interactions.export",
        /// Sees a message's raw payload, and what a deleted one said.
        Raw = "interactions.raw",
        /// Sees why routing chose whom it chose.
        Why = "interactions.why",
        EditContacts = "contacts.edit",
        /// Makes lists of contacts, and says who may do what in them.
        EditLists = "lists.edit",
        Realtime = "realtime.view",
        EditAccounts = "accounts.edit",
        EditQueues = "queues.edit",
        EditUsers = "users.edit",
        Ledger = "ledger.view",
        EditDispositions = "dispositions.edit",
        EditTags = "tags.edit",
        /// Says what custom fields contacts have.
        EditFields = "fields.edit",
        EditSettings = "settings.edit",
    }
}

/// How a field is hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Mask {
    #[default]
    None,
    Full,
    /// Hides the last `count` characters.
    Last {
        count: u8,
    },
}

impl Mask {
    /// The text as this viewer may see it.
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::None => text.to_owned(),
            Self::Full => "•••".to_owned(),
            Self::Last { count } => {
                let length = text.chars().count();
                let hidden = usize::from(count).min(length);
                text.chars().take(length - hidden).chain(std::iter::repeat_n('•', hidden)).collect()
            }
        }
    }

    /// A phone number as this viewer may see it, in its country's groups: where the last are hidden, so many digits.
    pub fn number(self, digits: &str) -> String {
        let Self::Last { count } = self else { return self.apply(&phone::shown(digits)) };
        let shown = phone::shown(digits);
        let length = shown.chars().filter(char::is_ascii_digit).count();
        let mut left = length.saturating_sub(count.into());
        let hide = |c: char| {
            if !c.is_ascii_digit() {
                return c;
            }
            let seen = left > 0;
            left = left.saturating_sub(1);
            if seen { c } else { '•' }
        };
        shown.chars().map(hide).collect()
    }

    pub const fn hides(self) -> bool {
        !matches!(self, Self::None | Self::Last { count: 0 })
    }
}

/// What a profile hides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Masking {
    pub name: Mask,
    pub phone: Mask,
    pub email: Mask,
}

impl Masking {
    /// Hides everything that can be hidden.
    pub const BLIND: Self = Self { name: Mask::Full, phone: Mask::Full, email: Mask::Full };

    /// Whether anything is hidden at all.
    pub const fn hides(&self) -> bool {
        self.name.hides() || self.phone.hides() || self.email.hides()
    }
}

/// Somebody looking: everything a decision about sight needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub user: UserId,
    pub role: Role,
    pub scope: Scope,
    pub permissions: BTreeSet<Permission>,
    pub masking: Masking,
    /// Accounts associated with them, directly or by team.
    pub accounts: BTreeSet<AccountId>,
    pub queues: BTreeSet<QueueId>,
    /// What they may do in which list of contacts.
    pub lists: BTreeMap<ContactListId, Rights>,
}

/// What sight of an interaction depends on.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Seen {
    pub account: Option<AccountId>,
    pub queue: Option<QueueId>,
    pub owner: Option<UserId>,
    /// Agents it is offered or being transferred to right now.
    pub offered: Vec<UserId>,
}

impl Viewer {
    pub fn may(&self, permission: Permission) -> bool {
        self.role == Role::Admin || self.permissions.contains(&permission)
    }

    /// Whether the viewer may know of the interaction at all.
    pub fn sees(&self, seen: &Seen) -> bool {
        if self.role == Role::Admin || seen.owner == Some(self.user) || seen.offered.contains(&self.user) {
            return true;
        }
        let account = seen.account.is_some_and(|account| self.accounts.contains(&account));
        match self.scope {
            Scope::Own => false,
            Scope::Queues => account && seen.queue.is_some_and(|queue| self.queues.contains(&queue)),
            Scope::Accounts => account,
            Scope::All => true,
        }
    }

    /// What they may do with the contacts of a list.
    pub fn rights(&self, list: ContactListId) -> Rights {
        self.lists.get(&list).copied().unwrap_or_default()
    }

    /// Whether the viewer may steer others' work.
    pub fn supervises(&self) -> bool {
        matches!(self.role, Role::Supervisor | Role::Admin)
    }
}
