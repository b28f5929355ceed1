//! A file that was handed in is kept until it is sent, or until nobody wants to send it.

use pronto_db::Tx;
use pronto_domain::id::UserId;
use pronto_store as store;
use store::upload::Upload;
use uuid::Uuid;

use crate::{Error, Result};

/// Keeps it, unless it was handed in before; answers the one that is kept.
pub async fn add(tx: &mut Tx, upload: &Upload) -> Result<Upload> {
    if store::upload::add(tx, upload).await? {
        return Ok(upload.clone());
    }
    store::upload::find(tx, upload.id).await?.ok_or(Error::Db(pronto_db::Error::Conflict))
}

/// Somebody does not want to send it after all.
#[derive(Clone, Copy, Debug)]
pub struct Discard {
    pub id: Uuid,
    pub user: UserId,
}

/// Forgets it; answers where its file lies, if there was one of theirs.
pub async fn discard(tx: &mut Tx, input: &Discard) -> Result<Option<String>> {
    let found = store::upload::find(tx, input.id).await?.filter(|found| found.user_id == input.user.0);
    let Some(found) = found else { return Ok(None) };
    store::upload::remove(tx, found.id).await?;
    Ok(Some(found.path))
}
