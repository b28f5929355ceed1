//! Removing somebody: their name stays in old threads, their work must be moved before.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::{Role, Viewer};
use pronto_domain::id::UserId;
use pronto_domain::presence::Declared;
use pronto_store as store;
use serde_json::json;
use store::millis;

use super::rank;
use crate::act::record::{self, Record};
use crate::act::{presence, sign_in};
use crate::{Error, Result};

#[derive(Clone, Debug)]
pub struct Remove {
    pub by: Viewer,
    pub id: UserId,
}

pub async fn remove(tx: &mut Tx, now: Timestamp, input: &Remove) -> Result<()> {
    let at = millis(now);
    let mut user = store::user::lock(tx, input.id.0).await?;
    if user.deleted_at.is_some() {
        return Err(pronto_db::Error::NotFound.into());
    }
    rank::reaches(tx, &input.by, &user).await?;
    if input.id == input.by.user {
        return Err(Error::Impossible { code: "oneself", detail: "nobody removes themself".to_owned() });
    }
    if user.role == Role::Admin.as_str() {
        rank::not_the_last_admin(tx, user.id).await?;
    }
    let open = store::user::open_work(tx, user.id).await?;
    if open > 0 {
        return Err(Error::InUse { open });
    }
    user.deleted_at = Some(at);
    if !store::user::save(tx, &user).await? {
        return Err(Error::Stale);
    }
    sign_in::end_sessions(tx, at, input.id).await?;
    presence::declare(tx, now, &presence::Declare { user: input.id, state: Declared::Offline, reason: None }).await?;
    let record = Record {
        by: Some(input.by.user),
        action: "user.removed",
        subject: format!("user {}", user.id),
        before: json!({ "deleted": false }),
        after: json!({ "deleted": true }),
        what: super::EVERYWHERE,
    };
    record::write(tx, at, record).await
}
