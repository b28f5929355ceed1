//! Taking an interaction out of the desk, as a file: who did is written down before the first byte leaves.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{InteractionId, UserId};
use pronto_store as store;
use serde_json::{Value, json};

use crate::Result;

/// What is taken.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    pub interaction: InteractionId,
    pub user: UserId,
    pub attachments: bool,
    pub notes: bool,
}

pub async fn export(tx: &mut Tx, now: Timestamp, input: &Export) -> Result<()> {
    let row = store::interaction::by_id(tx, input.interaction.0).await?;
    let taken = json!({ "attachments": input.attachments, "notes": input.notes, "messages": row.message_count });
    let entry = store::audit::Entry {
        at: store::millis(now),
        user: Some(input.user.0),
        action: "interaction.exported",
        subject: format!("interaction {}", row.id),
        before: &Value::Null,
        after: &taken,
    };
    Ok(store::audit::write(tx, entry).await?)
}
