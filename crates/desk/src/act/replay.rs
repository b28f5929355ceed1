//! Applying a provider's delivery again.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{DeliveryId, UserId};
use pronto_store as store;
use serde_json::json;
use store::{event, millis};

use crate::Result;
use crate::act::record::{self, Record};

#[derive(Clone, Debug)]
pub struct Replay {
    pub by: UserId,
    pub id: DeliveryId,
}

/// Hands it to the ledger's worker again. One that still waits is left as it is.
pub async fn replay(tx: &mut Tx, now: Timestamp, input: &Replay) -> Result<()> {
    let at = millis(now);
    if !store::delivery::replay(tx, input.id.0).await? {
        return Ok(());
    }
    event::append(tx, &[event::New::of(event::Kind::Delivery, input.id.0)], at).await?;
    let record = Record {
        by: Some(input.by),
        action: "delivery.replayed",
        subject: format!("delivery {}", input.id),
        before: json!(null),
        after: json!(null),
        what: &[],
    };
    record::write(tx, at, record).await
}
