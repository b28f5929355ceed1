//! Saving records that were read before.

use pronto_db::{Result, Tx, rows, sql};

use super::Interaction;

/// Saves records, each only if nobody saved it since it was read; answers how many it saved. The version grows.
///
/// What a message seldom changes is written only where it is other than before: it stands in a dozen indexes, and
/// SQLite writes every index of every column it is told to set.
pub async fn save(tx: &mut Tx, interactions: &[Interaction]) -> Result<u64> {
    if interactions.is_empty() {
        return Ok(0);
    }
    let rows = rows(interactions);
    tx.query(sql!(
        "UPDATE interaction SET contact_id = r.contact_id, state = r.state, queue_id = r.queue_id,
             owner_id = r.owner_id, first_owner_id = r.first_owner_id, closed_at = r.closed_at,
             disposition_id = r.disposition_id, customer = r.customer, phone = r.phone,
             unanswered_since = r.unanswered_since, sentiment = r.sentiment
         FROM {rows $1 r: id bigint, contact_id bigint, state text, queue_id bigint, owner_id bigint,
             first_owner_id bigint, closed_at bigint, disposition_id bigint, customer text, phone text,
             unanswered_since bigint, sentiment text, version bigint}
         WHERE interaction.id = r.id AND interaction.version = r.version
             AND (interaction.state <> r.state OR interaction.customer <> r.customer
                 OR interaction.contact_id IS DISTINCT FROM r.contact_id
                 OR interaction.queue_id IS DISTINCT FROM r.queue_id
                 OR interaction.owner_id IS DISTINCT FROM r.owner_id
                 OR interaction.first_owner_id IS DISTINCT FROM r.first_owner_id
                 OR interaction.closed_at IS DISTINCT FROM r.closed_at
                 OR interaction.disposition_id IS DISTINCT FROM r.disposition_id
                 OR interaction.phone IS DISTINCT FROM r.phone
                 OR interaction.unanswered_since IS DISTINCT FROM r.unanswered_since
                 OR interaction.sentiment IS DISTINCT FROM r.sentiment)"
    ))
    .bind(rows.clone())
    .execute()
    .await?;
    tx.query(sql!(
        "UPDATE interaction SET was_with_id = r.was_with_id, flow_step = r.flow_step, flow_ended = r.flow_ended,
             controller = r.controller, epoch = r.epoch, waiting_since = r.waiting_since,
             accepted_at = r.accepted_at, reopened_at = r.reopened_at, snooze = r.snooze,
             snooze_until = r.snooze_until, warned_at = r.warned_at, blocked = r.blocked,
             window_expires_at = r.window_expires_at, window_cause = r.window_cause, last_at = r.last_at,
             last_message_id = r.last_message_id, last_direction = r.last_direction, last_kind = r.last_kind,
             last_preview = r.last_preview, last_status = r.last_status, unread = r.unread,
             marked_unread = r.marked_unread, unmanaged = r.unmanaged, read_through = r.read_through,
             message_count = r.message_count, tags = r.tags, transfer = r.transfer,
             sentiment_tally = r.sentiment_tally,
             version = interaction.version + 1
         FROM {rows $1 r: id bigint, was_with_id bigint, flow_step bigint, flow_ended boolean, controller text,
             epoch bigint, waiting_since bigint, accepted_at bigint, reopened_at bigint, snooze text,
             snooze_until bigint, warned_at bigint, blocked boolean, window_expires_at bigint, window_cause text,
             last_at bigint, last_message_id bigint, last_direction text, last_kind text, last_preview text,
             last_status text, unread bigint, marked_unread boolean, unmanaged bigint, read_through bigint,
             message_count bigint, tags jsonb, transfer jsonb, sentiment_tally jsonb, version bigint}
         WHERE interaction.id = r.id AND interaction.version = r.version"
    ))
    .bind(rows)
    .execute()
    .await
}

/// Saves one record, or asks for the act to be run again.
pub async fn save_one(tx: &mut Tx, interaction: &mut Interaction) -> Result<()> {
    let saved = save(tx, std::slice::from_ref(interaction)).await?;
    interaction.version += 1;
    if saved == 1 { Ok(()) } else { Err(pronto_db::Error::Retry) }
}
