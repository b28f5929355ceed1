//! Offers as the agents asked see them.

use jiff::Timestamp;
use pronto_store as store;
use serde::Serialize;
use store::instant;
use utoipa::ToSchema;

use super::{AccountRef, Lens, QueueRef, UserRef};

/// One card.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Offer {
    pub id: i64,
    pub interaction_id: i64,
    pub account: AccountRef,
    /// None of a transfer to the viewer alone.
    pub queue: Option<QueueRef>,
    /// Where a colleague proposes it, not routing.
    pub transfer: Option<Proposed>,
    pub customer: String,
    pub first_words: String,
    pub waiting_since: Timestamp,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    #[schema(value_type = crate::schema::OfferState)]
    pub state: String,
    pub taken_by: Option<UserRef>,
    pub version: i64,
}

/// Who wants to hand it on.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Proposed {
    pub by: UserRef,
    pub note: Option<String>,
}

impl Lens<'_> {
    pub fn offer(
        &self,
        offer: &store::offer::Offer,
        card: &store::offer::Card,
        interaction: &store::interaction::Interaction,
    ) -> Offer {
        let taken = matches!(card.state.as_str(), "taken" | "withdrawn" | "expired");
        Offer {
            id: offer.id,
            interaction_id: offer.interaction_id,
            account: self.account(interaction.account_id),
            queue: offer.queue_id.map(|queue| self.queue(queue)),
            transfer: offer.by_id.map(|by| Proposed { by: self.user(by), note: offer.note.clone() }),
            customer: self.customer(&interaction.customer),
            first_words: self.preview(interaction.last_kind.as_deref(), interaction.last_preview.as_deref()),
            waiting_since: instant(
                interaction.unanswered_since.or(interaction.waiting_since).unwrap_or(offer.starts_at),
            ),
            starts_at: instant(offer.starts_at),
            ends_at: instant(offer.ends_at),
            state: card.state.clone(),
            taken_by: interaction
                .owner_id
                // A transfer that came to nothing is still its owner's.
                .filter(|owner| taken && *owner != card.user_id && offer.from_id != Some(*owner))
                .map(|owner| self.user(owner)),
            version: card.version,
        }
    }
}
