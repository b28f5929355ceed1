//! How templates are used: for agents or not, what fills them, and which reaches a customer again.

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::id::{AccountId, UserId};
use pronto_domain::placeholder;
use pronto_domain::template::{Mapping, VALUE_LIMIT};
use pronto_store as store;
use serde_json::json;

use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Error, Result};

/// A change of how one template is used; `None` stays as it is.
#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    pub account: AccountId,
    pub name: String,
    /// The version it was made on; 0 if nobody has changed it yet.
    pub version: i64,
    pub available: Option<bool>,
    pub mapping: Option<Mapping>,
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let variants = store::template::named(tx, input.account.0, &input.name).await?;
    if variants.is_empty() {
        return Err(pronto_db::Error::NotFound.into());
    }
    let mut usage = store::template::use_of(tx, input.account.0, &input.name).await?;
    if usage.version != input.version {
        return Err(Error::Stale);
    }
    let before = usage.clone();
    usage.available = input.available.unwrap_or(usage.available);
    if let Some(mapping) = &input.mapping {
        let mut check = Check::default();
        let slots: Vec<String> = variants.iter().flat_map(|row| row.content.0.slots()).map(|slot| slot.key).collect();
        let fields = store::contact_field::all(tx).await?;
        let keys = store::contact_field::keys(&fields);
        let mut kept = Mapping::new();
        for (key, text) in mapping {
            let field = format!("mapping.{key}");
            let text = text.trim();
            if !slots.contains(key) {
                check.wrong(field, "unknown", "the template has no such variable");
            } else if let Some(name) = placeholder::unknown(text, &keys).first() {
                check.wrong(field, "format", format!("nothing is called {name}"));
            } else if text.contains(['\n', '\r', '\t']) {
                check.wrong(field, "format", "one line");
            } else {
                check.length(&field, text, VALUE_LIMIT);
                if !text.is_empty() {
                    kept.insert(key.clone(), text.to_owned());
                }
            }
        }
        check.done()?;
        usage.mapping = Json(kept);
    }
    if !store::template::put_use(tx, &usage).await? {
        return Err(Error::Stale);
    }
    let told = |usage: &store::template::Use| json!({ "available": usage.available, "mapping": usage.mapping.0 });
    let record = Record {
        by: Some(input.by),
        action: "template.changed",
        subject: format!("account {} template {}", input.account, input.name),
        before: told(&before),
        after: told(&usage),
        what: &["templates"],
    };
    record::write(tx, store::millis(now), record).await
}

/// Which template reaches a customer again.
#[derive(Clone, Debug)]
pub struct Choose {
    pub by: UserId,
    pub account: AccountId,
    pub version: i64,
    pub template: Option<String>,
    /// Where the customer's own language has no variant.
    pub language: String,
    /// Days in which an answer reopens the interaction.
    pub answer_days: i64,
}

pub async fn choose(tx: &mut Tx, now: Timestamp, input: &Choose) -> Result<()> {
    let mut account = store::template::account(tx, input.account.0).await?;
    if account.version != input.version {
        return Err(Error::Stale);
    }
    let before = account.clone();
    let mut check = Check::default();
    check.range("answer_days", input.answer_days, 1, 90);
    if let Some(name) = &input.template {
        let variants = store::template::named(tx, input.account.0, name).await?;
        if variants.is_empty() {
            check.wrong("template", "unknown", "the account has no such template");
        } else if !variants.iter().any(|row| row.language == input.language) {
            check.wrong("language", "unknown", "the template has no variant in this language");
        } else if variants.iter().all(|row| row.content.0.beyond().is_some()) {
            check.wrong("template", "template_beyond", "it has parts that cannot be filled in here");
        }
    }
    check.done()?;
    account.recontact.clone_from(&input.template);
    account.language.clone_from(&input.language);
    account.answer_days = input.answer_days;
    if !store::template::put_account(tx, &account).await? {
        return Err(Error::Stale);
    }
    let told = |account: &store::template::Account| json!({ "recontact": account.recontact, "language": account.language, "answer_days": account.answer_days });
    let record = Record {
        by: Some(input.by),
        action: "recontact.changed",
        subject: format!("account {}", input.account),
        before: told(&before),
        after: told(&account),
        what: &["templates"],
    };
    record::write(tx, store::millis(now), record).await
}
