//! Customers who say nothing more: told once inside the window, then the interaction is closed as *no answer*.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pronto_db::Tx;
use pronto_domain::delivery;
use pronto_domain::message::{Content, Direction, Kind, preview};
use pronto_domain::outbound::{Body, Outgoing};
use pronto_domain::silence::{self, Facts, Next};
use pronto_store as store;
use store::event;
use store::instant;
use store::interaction::{Interaction, Silent};

use crate::Result;
use crate::act::close;
use crate::act::line::Line;
use crate::act::send::{index, prepare, to};
use crate::config::{Account, Config};

/// How many one pass acts on.
const AT_ONCE: i64 = 50;

/// What one pass is about.
pub struct Silence {
    pub config: Arc<Config>,
    pub due: Vec<i64>,
}

/// The interactions something is due for; only reads.
pub async fn due(tx: &mut Tx, now: Timestamp, config: &Config) -> Result<Vec<i64>> {
    let mut found = Vec::new();
    for account in config.accounts.values().filter(|account| account.row.deleted_at.is_none()) {
        let policy = &account.rules.closing.silence;
        if !policy.is_on() {
            continue;
        }
        let before =
            |seconds: i64| store::millis(now.checked_sub(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MIN));
        let silent = Silent {
            account: account.row.id,
            now: store::millis(now),
            warn_before: policy.warns().then(|| before(policy.close_after_s - policy.warn_before_s)),
            close_before: before(policy.close_after_s),
            warned_before: before(policy.warn_before_s.min(policy.close_after_s)),
        };
        found.extend(store::interaction::silent(tx, &silent, AT_ONCE).await?);
    }
    Ok(found)
}

/// Tells customers or closes, as the rule has it now that the rows are held.
pub async fn pass(tx: &mut Tx, now: Timestamp, input: &Silence) -> Result<()> {
    let mut events = Vec::new();
    for mut interaction in store::interaction::lock_all(tx, &input.due).await? {
        let Some(account) = input.config.accounts.get(&interaction.account_id.into()) else { continue };
        if !interaction.is(pronto_domain::interaction::State::Active) {
            continue;
        }
        let facts = Facts {
            unanswered: interaction.unanswered_since.is_some(),
            last_word: instant(interaction.last_at),
            warned_at: interaction.warned_at.map(instant),
            put_off_until: interaction.snooze_until.map(instant),
            window_expires_at: interaction.window_expires_at.map(instant),
        };
        match silence::next(&account.rules.closing.silence, &facts, now) {
            Next::Nothing => {}
            Next::Warn => warn(tx, now, account, &mut interaction, &mut events).await?,
            Next::Close => {
                let said = Line::system("closed_no_answer");
                close::by_itself(tx, now, &input.config, &mut interaction, said, &mut events).await?;
            }
        }
    }
    event::append(tx, &events, store::millis(now)).await?;
    Ok(())
}

/// Tells the customer, as from the desk. It is no answer of an agent's, and the silence goes on.
async fn warn(
    tx: &mut Tx,
    now: Timestamp,
    account: &Account,
    interaction: &mut Interaction,
    events: &mut Vec<event::New>,
) -> Result<()> {
    let at = store::millis(now);
    let text = account.rules.closing.silence.warning.trim().to_owned();
    let new = store::message::New {
        body: Some(text.clone()),
        status: Some(delivery::State::Queued.as_str()),
        ..store::message::New::at_end_of(interaction, Direction::Out, Kind::Text, Content::Text, at)
    };
    let message = store::message::add(tx, &new, at).await?;
    index(tx, &message, message.body.as_deref()).await?;
    let address = store::address::by_id(tx, interaction.address_id).await?;
    let body = Body::Text { preview_url: text.contains("://"), text };
    prepare(tx, now, &message, Outgoing { to: to(&address), body, reply_to: None, opaque: None }).await?;
    interaction.message_count += 1;
    interaction.last_at = interaction.last_at.max(at);
    interaction.warned_at = Some(interaction.last_at);
    interaction.last_message_id = Some(message.id);
    interaction.last_direction = Some(Direction::Out.as_str().to_owned());
    interaction.last_kind = Some(Kind::Text.as_str().to_owned());
    interaction.last_preview = message.body.as_deref().map(preview);
    interaction.last_status.clone_from(&message.status);
    store::interaction::save_one(tx, interaction).await?;
    events.push(event::New::on(event::Kind::Message, interaction.id, message.id));
    Ok(())
}
