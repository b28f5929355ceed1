//! Taking contacts out of the desk, as a file: who did is written down before the first byte leaves.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{ContactId, UserId};
use pronto_store as store;
use serde_json::{Value, json};

use crate::Result;

/// What is taken.
#[derive(Clone, Debug)]
pub struct Export {
    pub user: UserId,
    /// `csv` or `xlsx`.
    pub format: String,
    /// The lists it is taken from; `None`: all.
    pub lists: Option<Vec<i64>>,
    /// Whether all that is in them was asked for.
    pub whole: bool,
}

/// All that is kept of one person, taken by somebody.
#[derive(Clone, Copy, Debug)]
pub struct ExportPerson {
    pub user: UserId,
    pub contact: ContactId,
    pub interactions: usize,
}

pub async fn export_person(tx: &mut Tx, now: Timestamp, input: &ExportPerson) -> Result<()> {
    let entry = store::audit::Entry {
        at: store::millis(now),
        user: Some(input.user.0),
        action: "contact.exported",
        subject: format!("contact {}", input.contact.0),
        before: &Value::Null,
        after: &json!({ "interactions": input.interactions }),
    };
    Ok(store::audit::write(tx, entry).await?)
}

pub async fn export(tx: &mut Tx, now: Timestamp, input: &Export) -> Result<()> {
    let taken = json!({ "format": input.format, "lists": input.lists, "whole": input.whole });
    let entry = store::audit::Entry {
        at: store::millis(now),
        user: Some(input.user.0),
        action: "contacts.exported",
        subject: "contacts".to_owned(),
        before: &Value::Null,
        after: &taken,
    };
    Ok(store::audit::write(tx, entry).await?)
}
