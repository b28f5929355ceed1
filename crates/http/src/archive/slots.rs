//! How many archives are made at once: each reads the whole of an interaction.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use pronto_domain::id::UserId;

/// For one person.
const EACH: usize = 2;
/// On this node.
const TOGETHER: usize = 8;

/// Who is being made an archive for.
#[derive(Clone, Default)]
pub struct Slots(Arc<Mutex<BTreeMap<UserId, usize>>>);

/// Why there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// They have enough of their own.
    Theirs,
    /// Others have asked for as many as there may be.
    Everybodys,
}

/// A place, held until it is dropped.
pub struct Slot {
    slots: Slots,
    user: UserId,
}

impl Slots {
    pub fn take(&self, user: UserId) -> Result<Slot, Full> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = held.get(&user).copied().unwrap_or(0);
        if own >= EACH {
            return Err(Full::Theirs);
        }
        if held.values().sum::<usize>() >= TOGETHER {
            return Err(Full::Everybodys);
        }
        held.insert(user, own + 1);
        Ok(Slot { slots: self.clone(), user })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut held = self.slots.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = held.get(&self.user).map_or(0, |own| own.saturating_sub(1));
        if left == 0 {
            held.remove(&self.user);
        } else {
            held.insert(self.user, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_share_and_gives_it_back() {
        let slots = Slots::default();
        let own: Vec<Slot> = (0..EACH).map(|_| slots.take(UserId(1)).expect("room")).collect();
        assert_eq!(slots.take(UserId(1)).err(), Some(Full::Theirs));
        let others: Vec<Slot> = (2..).map_while(|user| slots.take(UserId(user)).ok()).take(100).collect();
        assert_eq!(own.len() + others.len(), TOGETHER);
        assert_eq!(slots.take(UserId(99)).err(), Some(Full::Everybodys));
        drop(own);
        assert!(slots.take(UserId(1)).is_ok());
        drop(others);
        assert!(slots.0.lock().expect("unharmed").is_empty());
    }
}
