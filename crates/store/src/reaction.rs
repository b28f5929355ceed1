//! Our reactions: hidden messages that show on the message they are about.

use pronto_db::{Result, Tx, sql};

use crate::message::Message;

/// Our latest reactions to a message of an interaction, newest first.
pub async fn ours(tx: &mut Tx, interaction: i64, target: i64) -> Result<Vec<Message>> {
    tx.query(sql!(
        "SELECT m.* FROM message m WHERE m.interaction_id = $1 AND m.target_id = $2 AND m.effect = 'react'
         AND m.direction = 'out' ORDER BY m.id DESC LIMIT 10"
    ))
    .bind(interaction)
    .bind(target)
    .all()
    .await
}
