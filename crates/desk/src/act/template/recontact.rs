//! Reaching a customer again after the window: one click, one template, chosen beforehand.

use jiff::{SignedDuration, Timestamp};
use pronto_db::Tx;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::interaction::State;
use pronto_domain::message::AuthorKind;
use pronto_domain::template::{Filled, Status, language};
use pronto_domain::window;
use pronto_store as store;
use store::address::Address;
use store::interaction::Interaction;
use store::message::Message;

use super::send::{self, Author};
use crate::{Error, Result, values};

/// How long an unanswered one keeps another from being sent.
const PENDING: SignedDuration = SignedDuration::from_hours(24);

/// Somebody asks for it. Whether they may see the interaction is the caller's to check.
#[derive(Clone, Copy, Debug)]
pub struct Recontact {
    pub interaction: InteractionId,
    pub user: UserId,
    /// Whether they may take what is not theirs: a closed interaction becomes theirs who recontacts.
    pub may_take: bool,
}

/// What would be sent.
#[derive(Debug)]
pub struct Ready {
    pub template: String,
    pub language: String,
    pub filled: Filled,
    answer_days: i64,
}

/// Why it cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cannot {
    #[error("the window is open: write freely")]
    WindowOpen,
    #[error("the account has no recontact template")]
    NotSet,
    #[error("the recontact template has no approved variant in the customer's language or the account's")]
    NoLanguage,
    #[error("the recontact template is {status}")]
    NotApproved { status: Status },
    #[error("one was sent and the customer has not answered yet")]
    Pending { since: Timestamp },
    #[error("the recontact template cannot be filled in: {detail}")]
    Unfilled { detail: String },
}

impl Cannot {
    /// The code the desktop words.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WindowOpen => "recontact_window_open",
            Self::NotSet => "recontact_not_set",
            Self::NoLanguage => "recontact_no_language",
            Self::NotApproved { .. } => "recontact_not_approved",
            Self::Pending { .. } => "recontact_pending",
            Self::Unfilled { .. } => "recontact_unfilled",
        }
    }
}

/// Whether it can be sent now, and what would be. Nothing is locked: for whoever looks.
pub async fn look(tx: &mut Tx, now: Timestamp, input: &Recontact) -> Result<Result<Ready, Cannot>> {
    let interaction = store::interaction::by_id(tx, input.interaction.0).await?;
    let address = store::address::by_id(tx, interaction.address_id).await?;
    ready(tx, now, &interaction, &address, input.user).await
}

async fn ready(
    tx: &mut Tx,
    now: Timestamp,
    interaction: &Interaction,
    address: &Address,
    user: UserId,
) -> Result<Result<Ready, Cannot>> {
    if window::is_open(address.window_expires_at.map(store::instant), now) {
        return Ok(Err(Cannot::WindowOpen));
    }
    if let Some(since) = address.recontact_at.map(store::instant)
        && now < since + PENDING
    {
        return Ok(Err(Cannot::Pending { since }));
    }
    let account = store::template::account(tx, interaction.account_id).await?;
    let Some(name) = &account.recontact else { return Ok(Err(Cannot::NotSet)) };
    let variants = store::template::named(tx, interaction.account_id, name).await?;
    let contact = match interaction.contact_id {
        Some(contact) => store::contact::by_ids(tx, &[contact]).await?.pop(),
        None => None,
    };
    let wanted = contact.and_then(|contact| contact.language);
    let in_language = |languages: &[String]| language(languages, wanted.as_deref(), &account.language).cloned();
    let approved: Vec<String> =
        variants.iter().filter(|row| row.status == Status::Approved.as_str()).map(|row| row.language.clone()).collect();
    let Some(chosen) = in_language(&approved) else {
        // Say what is the matter with the one that would have been sent.
        let all: Vec<String> = variants.iter().map(|row| row.language.clone()).collect();
        let meant = in_language(&all).and_then(|language| variants.iter().find(|row| row.language == language));
        return Ok(Err(match meant {
            Some(row) => Cannot::NotApproved { status: row.status()? },
            None => Cannot::NoLanguage,
        }));
    };
    let Some(row) = variants.iter().find(|row| row.language == chosen) else { return Ok(Err(Cannot::NoLanguage)) };
    let mapping = store::template::use_of(tx, interaction.account_id, name).await?.mapping.0;
    let known = values::of(tx, InteractionId(interaction.id), Some(user)).await?;
    Ok(match send::composed(row, &row.content.0.mapped(&mapping), None, &known) {
        Ok(filled) => Ok(Ready { template: name.clone(), language: chosen, filled, answer_days: account.answer_days }),
        Err(unfilled) => Err(Cannot::Unfilled { detail: unfilled.to_string() }),
    })
}

/// Sends it, as from the desk itself. Its owner may; a closed interaction is opened again for who does.
pub async fn recontact(tx: &mut Tx, now: Timestamp, input: &Recontact) -> Result<Message> {
    let (mut interaction, mut address) = send::hold(tx, input.interaction, input.user).await?;
    if !interaction.is(State::Closed) {
        interaction.rules()?.may_write(input.user)?;
    }
    let ready = ready(tx, now, &interaction, &address, input.user).await?;
    let ready = ready.map_err(|cannot| Error::Impossible { code: cannot.code(), detail: cannot.to_string() })?;
    send::own(tx, now, &mut interaction, &mut address, input.user, input.may_take).await?;
    let author = Author { kind: AuthorKind::System, id: None, client_id: None };
    let message = send::write(tx, now, &mut interaction, &mut address, ready.filled, None, author).await?;
    let answers = SignedDuration::from_hours(24).saturating_mul(i32::try_from(ready.answer_days).unwrap_or(7));
    address.recontact_id = Some(message.id);
    address.recontact_at = Some(store::millis(now));
    address.recontact_until = Some(store::millis(now.saturating_add(answers).unwrap_or(Timestamp::MAX)));
    store::address::save(tx, &[store::address::Change::from(&address)]).await?;
    Ok(message)
}
