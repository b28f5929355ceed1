//! Canned answers: whose they are, who may use them and who may change them.

use crate::access::Viewer;
use crate::id::{AccountId, UserId};

/// Where a canned answer belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In every conversation.
    Global,
    /// In the conversations of one account.
    Account(AccountId),
    /// In every conversation of one person.
    Personal(UserId),
}

impl Scope {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Account(_) => "account",
            Self::Personal(_) => "personal",
        }
    }

    /// Whether it is offered in a conversation of this account.
    pub fn serves(self, account: AccountId, user: UserId) -> bool {
        match self {
            Self::Global => true,
            Self::Account(own) => own == account,
            Self::Personal(own) => own == user,
        }
    }

    /// Whether somebody may know of it.
    pub fn seen_by(self, viewer: &Viewer) -> bool {
        match self {
            Self::Global => true,
            Self::Account(account) => has(viewer, account),
            Self::Personal(user) => user == viewer.user,
        }
    }

    /// One's own are one's own; what others use too is changed by those who supervise them.
    pub fn edited_by(self, viewer: &Viewer) -> bool {
        match self {
            Self::Personal(user) => user == viewer.user,
            Self::Global => viewer.supervises(),
            Self::Account(account) => viewer.supervises() && has(viewer, account),
        }
    }
}

fn has(viewer: &Viewer, account: AccountId) -> bool {
    use crate::access::{Role, Scope};
    viewer.role == Role::Admin || viewer.scope == Scope::All || viewer.accounts.contains(&account)
}
