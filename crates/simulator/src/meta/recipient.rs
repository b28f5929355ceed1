//! Whom a send is meant for.

use serde_json::Value;

use super::error::{MetaError, Result};
use crate::network::outbound::Recipient;
use crate::number;
use crate::store::apps::NumberRow;
use crate::store::{Connection, phones};

/// The recipient of a request: `to` wins over `recipient`.
pub(crate) async fn of(db: &mut Connection, sender: &NumberRow, request: &Value) -> Result<Recipient> {
    match (request["to"].as_str(), request["recipient"].as_str()) {
        (Some(to), _) => called(db, sender, to).await,
        (None, Some(user_id)) => by_user_id(db, user_id).await,
        (None, None) => Err(MetaError::parameter("The parameter to is required.")),
    }
}

/// Whoever has this number or this user id.
pub(crate) async fn called(db: &mut Connection, sender: &NumberRow, to: &str) -> Result<Recipient> {
    if to.contains('.') && !to.contains(' ') && to.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return by_user_id(db, to).await;
    }
    by_number(db, sender, to).await
}

async fn by_user_id(db: &mut Connection, user_id: &str) -> Result<Recipient> {
    let phone = phones::by_user_id(db, user_id).await?;
    Ok(Recipient { input: user_id.to_owned(), address: user_id.to_owned(), phone })
}

/// A number with `+` is taken as it is; one without may lack the country, which is then the sender's.
pub(crate) async fn by_number(db: &mut Connection, sender: &NumberRow, text: &str) -> Result<Recipient> {
    if !number::plausible(text) {
        return Err(MetaError::parameter("Param to is not a valid WhatsApp phone number."));
    }
    let mut digits = number::digits(text);
    if digits == sender.digits {
        return Err(MetaError::code(131_021));
    }
    let mut phone = phones::by_number(db, &digits).await?;
    if phone.is_none() && !text.trim_start().starts_with('+') {
        let national = format!("{}{digits}", number::country(&sender.digits).0);
        if let Some(found) = phones::by_number(db, &national).await? {
            digits = national;
            phone = Some(found);
        }
    }
    let address = phone.as_ref().map_or(digits, |phone| phone.number.clone());
    Ok(Recipient { input: text.to_owned(), address, phone })
}
