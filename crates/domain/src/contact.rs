//! What a contact is made of beyond plain text, and who may do what with it.

use std::collections::BTreeSet;

use crate::access::{Permission, Scope, Viewer};
use crate::id::AccountId;
use crate::message::words;

words! {
    /// What made a contact.
    Origin { Agent = "agent", Message = "message", Import = "import", Card = "card", Copy = "copy" }
}

words! {
    /// What sort of number one is.
    NumberKind { Mobile = "mobile", Home = "home", Work = "work", Fax = "fax", Other = "other" }
}

words! {
    /// By what two contacts may be one person.
    Likeness { Number = "number", Email = "email", Name = "name" }
}

words! {
    /// Whether an account may write for marketing.
    ConsentState { Given = "given", Refused = "refused" }
}

words! {
    /// What somebody may do in a list; each with those before it.
    Level {
        View = "view",
        Add = "add",
        Edit = "edit",
        MergeDelete = "merge_delete",
    }
}

/// What somebody may do with the contacts of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rights {
    /// `None`: the list is not theirs to look into.
    pub level: Option<Level>,
    /// Apart from the level: who takes contacts out need not change any.
    pub export: bool,
}

impl Rights {
    pub const ALL: Self = Self { level: Some(Level::MergeDelete), export: true };

    pub fn allows(self, level: Level) -> bool {
        self.level >= Some(level)
    }

    /// Of what somebody was given by themselves and by their teams, the most.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { level: self.level.max(other.level), export: self.export || other.export }
    }

    /// In a list, given what it says of them (`None`: it names nobody) and the accounts whose unknown senders go there.
    ///
    /// Whoever keeps the lists could give themselves anything, so they have it. A list that names nobody is for those
    /// who see its customers' interactions by their scope.
    pub fn of(viewer: &Viewer, named: Option<Self>, accounts: impl IntoIterator<Item = AccountId>) -> Self {
        if viewer.may(Permission::EditLists) {
            return Self::ALL;
        }
        if let Some(named) = named {
            return named;
        }
        let sees = viewer.scope == Scope::All
            || (viewer.scope == Scope::Accounts
                && accounts.into_iter().any(|account| viewer.accounts.contains(&account)));
        match (sees, viewer.may(Permission::EditContacts), viewer.supervises()) {
            (false, ..) => Self::default(),
            (true, true, true) => Self::ALL,
            (true, true, false) => Self { level: Some(Level::Edit), export: false },
            (true, false, _) => Self { level: Some(Level::View), export: false },
        }
    }
}

/// Phone and mobile: where one is empty it is filled in from the other; what is there is never written over.
pub fn fill(phone: &mut Option<String>, mobile: &mut Option<String>) {
    if phone.is_none() {
        phone.clone_from(mobile);
    } else if mobile.is_none() {
        mobile.clone_from(phone);
    }
}

/// All numbers of a contact, each once.
pub fn numbers<'a>(
    phone: Option<&'a str>,
    mobile: Option<&'a str>,
    more: impl IntoIterator<Item = &'a str>,
) -> BTreeSet<&'a str> {
    phone.into_iter().chain(mobile).chain(more).collect()
}
