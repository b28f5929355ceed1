//! Writing down who changed what in the administration, and telling the screens.

use pronto_db::Tx;
use pronto_domain::id::UserId;
use pronto_store as store;
use serde_json::Value;
use store::audit::{self, Entry};
use store::event::{self, Facts, Kind};

use crate::Result;

/// A change of the configuration. `before` and `after` hold no secrets.
pub(super) struct Record<'a> {
    pub by: Option<UserId>,
    /// `user.changed`
    pub action: &'a str,
    /// `user 7`
    pub subject: String,
    pub before: Value,
    pub after: Value,
    /// Which collections of the API it shows in.
    pub what: &'a [&'a str],
}

pub(super) async fn write(tx: &mut Tx, at: i64, record: Record<'_>) -> Result<()> {
    let Record { by, action, subject, before, after, what } = record;
    let entry = Entry { at, user: by.map(|by| by.0), action, subject, before: &before, after: &after };
    audit::write(tx, entry).await?;
    let events: Vec<event::New> = what.iter().map(|what| event::New::changed(what)).collect();
    event::append(tx, &events, at).await?;
    Ok(())
}

/// What somebody is or may do has changed: their screens ask again who they are.
pub(super) async fn tell(tx: &mut Tx, at: i64, users: &[i64]) -> Result<()> {
    if users.is_empty() {
        return Ok(());
    }
    let facts = Facts { what: Some("me".to_owned()), users: users.to_vec(), ..Facts::default() };
    event::append(tx, &[event::New::of(Kind::Changed, 0).facts(facts)], at).await?;
    Ok(())
}
