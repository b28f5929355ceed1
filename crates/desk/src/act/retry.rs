//! Sending again what failed: a new attempt of the same message, with the same quote.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::delivery::State;
use pronto_domain::id::{MessageId, UserId};
use pronto_domain::message::{AuthorKind, Kind};
use pronto_domain::outbound::Outgoing;
use pronto_store as store;
use store::event;
use store::message::Message;

use crate::act::send;
use crate::{Error, Result};

/// Somebody asks for it.
#[derive(Clone, Copy, Debug)]
pub struct Retry {
    pub message: MessageId,
    pub user: UserId,
    /// Send although the last try may have arrived.
    pub confirm: bool,
}

/// Prepares the next attempt; the message is queued again.
pub async fn retry(tx: &mut Tx, now: Timestamp, input: &Retry) -> Result<Message> {
    let at = store::millis(now);
    let message = store::message::by_id(tx, input.message.0).await?;
    let interaction = store::interaction::lock(tx, message.interaction_id).await?;
    let attempts = store::attempt::of_message(tx, message.id).await?;
    let (Some(last), true) = (attempts.last(), message.shown) else { return Err(Error::NotRetryable) };
    let reached = attempts.iter().any(|attempt| attempt.state.parse().is_ok_and(State::reached));
    match last.state.parse()? {
        _ if reached => return Err(Error::NotRetryable),
        State::Failed => {}
        State::Unknown if input.confirm => {}
        State::Unknown => {
            return Err(Error::invalid("confirm", "required", "the last try may have arrived: confirm to send again"));
        }
        _ => return Err(Error::NotRetryable),
    }
    // A recontact template is sent anew, for it may have become another one; a template of an agent's needs no window.
    if message.author_kind == AuthorKind::System.as_str() {
        return Err(Error::NotRetryable);
    }
    let address = if message.kind == Kind::Template.as_str() {
        interaction.rules()?.may_write(input.user)?;
        store::address::by_id(tx, interaction.address_id).await?
    } else {
        send::may_send(tx, now, &interaction, input.user).await?
    };
    let request = store::attempt::request(tx, last.id).await?;
    let mut request: Outgoing =
        serde_json::from_value(request).map_err(|error| Error::Damaged(format!("attempt {}: {error}", last.id)))?;
    request.to = send::to(&address);
    send::prepare(tx, now, &message, request).await?;
    let queued = store::tick::Shown {
        id: message.id,
        interaction_id: message.interaction_id,
        status: State::Queued.as_str(),
        failure: None,
    };
    store::tick::show(tx, &[queued]).await?;
    event::append(tx, &[event::New::on(event::Kind::Message, interaction.id, message.id)], at).await?;
    Ok(store::message::by_id(tx, message.id).await?)
}
