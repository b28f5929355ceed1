//! Whether an account may write to a contact for marketing.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::Viewer;
use pronto_domain::contact::ConsentState;
use pronto_domain::id::{AccountId, ContactId};
use pronto_store as store;
use serde_json::json;
use store::contact_consent::Consent;

use super::{TEXT_AT_MOST, lock_to_edit, record, tell, text};
use crate::{Error, Result};

#[derive(Clone, Debug)]
pub struct Say {
    pub by: Viewer,
    pub contact: ContactId,
    pub account: AccountId,
    /// What they said; `None`: nobody has asked them.
    pub state: Option<ConsentState>,
    /// Where they said it.
    pub source: String,
    /// When; `None` = now.
    pub at: Option<Timestamp>,
}

pub async fn say(tx: &mut Tx, now: Timestamp, input: &Say) -> Result<()> {
    let at = store::millis(now);
    let contact = lock_to_edit(tx, &input.by, input.contact.0).await?;
    let accounts = store::account::all(tx).await?;
    if !accounts.iter().any(|account| account.id == input.account.0 && account.deleted_at.is_none()) {
        return Err(pronto_db::Error::NotFound.into());
    }
    match input.state {
        None => store::contact_consent::clear(tx, contact.id, input.account.0).await?,
        Some(state) => {
            let source = text("source", &input.source, TEXT_AT_MOST)?
                .ok_or_else(|| Error::invalid("source", "required", "where they said so"))?;
            let said = input.at.unwrap_or(now);
            if said > now {
                return Err(Error::invalid("at", "out_of_range", "this has not been yet"));
            }
            let consent = Consent {
                contact_id: contact.id,
                account_id: input.account.0,
                state: state.as_str().to_owned(),
                source,
                at: store::millis(said),
                user_id: Some(input.by.user.0),
            };
            store::contact_consent::put(tx, &[consent]).await?;
        }
    }
    if !store::contact::save(tx, &contact, at).await? {
        return Err(Error::Stale);
    }
    let after = json!({ "account": input.account, "state": input.state });
    record(tx, at, input.by.user, "contact.consent", contact.id, after).await?;
    tell(tx, at, contact.id, None).await
}
