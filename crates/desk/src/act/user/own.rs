//! What people set for themselves.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::UserId;
use pronto_store as store;
use serde_json::json;
use store::millis;
use uuid::Uuid;

use crate::act::record::{self, Record};
use crate::check::Check;
use crate::password::{self, Fresh};
use crate::{Error, Result};

/// The languages the desktop speaks.
const LOCALES: &[&str] = &["en", "it"];
const THEMES: &[&str] = &["system", "light", "dark"];

/// A change of one's own settings: what is `None` stays as it is.
#[derive(Clone, Debug)]
pub struct ChangeOwn {
    pub user: UserId,
    pub name: Option<String>,
    pub alias: Option<Option<String>>,
    /// `Some(None)` = what the browser says.
    pub locale: Option<Option<String>>,
    pub theme: Option<String>,
}

pub async fn change_own(tx: &mut Tx, now: Timestamp, input: &ChangeOwn) -> Result<()> {
    let at = millis(now);
    let before = store::user::lock(tx, input.user.0).await?;
    let mut user = before.clone();
    if let Some(name) = &input.name {
        name.trim().clone_into(&mut user.name);
    }
    if let Some(alias) = &input.alias {
        user.alias = super::filled(alias.as_deref());
    }
    if let Some(locale) = &input.locale {
        user.locale.clone_from(locale);
    }
    if let Some(theme) = &input.theme {
        user.theme.clone_from(theme);
    }
    let mut check = Check::default();
    super::names_fit(&user, &mut check);
    if user.locale.as_deref().is_some_and(|locale| !LOCALES.contains(&locale)) {
        check.wrong("locale", "unknown", format!("one of {}", LOCALES.join(", ")));
    }
    if !THEMES.contains(&user.theme.as_str()) {
        check.wrong("theme", "unknown", format!("one of {}", THEMES.join(", ")));
    }
    check.done()?;
    if !store::user::save(tx, &user).await? {
        return Err(Error::Stale);
    }
    if user.name != before.name || user.alias != before.alias {
        let record = Record {
            by: Some(input.user),
            action: "user.changed",
            subject: format!("user {}", user.id),
            before: json!({ "name": before.name, "alias": before.alias }),
            after: json!({ "name": user.name, "alias": user.alias }),
            what: &["users"],
        };
        record::write(tx, at, record).await?;
    }
    record::tell(tx, at, &[user.id]).await
}

/// A password chosen by whoever it belongs to. That the current one was right has been seen before.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    pub user: UserId,
    /// Stays; all others end.
    pub session: Uuid,
    pub new: Fresh,
}

/// Answers which sessions ended.
pub async fn change_password(tx: &mut Tx, now: Timestamp, input: &ChangePassword) -> Result<Vec<Uuid>> {
    let at = millis(now);
    let mut check = Check::default();
    password::check(&mut check, "new", &input.new.text);
    check.done()?;
    store::user::set_password(tx, input.user.0, &input.new.hash, false).await?;
    let ended = store::session::end_of(tx, input.user.0, Some(input.session)).await?;
    let record = Record {
        by: Some(input.user),
        action: "user.password_changed",
        subject: format!("user {}", input.user),
        before: json!(null),
        after: json!(null),
        what: &[],
    };
    record::write(tx, at, record).await?;
    record::tell(tx, at, &[input.user.0]).await?;
    Ok(ended)
}
