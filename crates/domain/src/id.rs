//! Identities. Ids are numbers people may quote; each kind has a type of its own, so that a queue's id is never
//! taken for a user's.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl From<$name> for i64 {
            fn from(id: $name) -> Self { id.0 }
        }
        impl From<i64> for $name {
            fn from(id: i64) -> Self { Self(id) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
    )* };
}

ids! {
    /// A WhatsApp business number at a provider.
    AccountId,
    /// A customer's WhatsApp identity on an account.
    AddressId,
    /// A file that came or goes with a message.
    AttachmentId,
    /// One try at sending a message.
    AttemptId,
    /// A text written beforehand.
    CannedAnswerId,
    CompanyId,
    ContactId,
    /// A field that a company adds to its contacts.
    ContactFieldId,
    ContactListId,
    ContactNoteId,
    /// A raw delivery of a provider in the ledger.
    DeliveryId,
    DispositionId,
    InteractionId,
    MessageId,
    /// A proposal of an interaction to one agent or to all of a queue.
    OfferId,
    ProfileId,
    QueueId,
    /// A message that is sent later.
    ScheduledId,
    TeamId,
    /// Any member of staff, whatever the role.
    UserId,
}
