//! The name a customer has given themselves, where it comes after what they wrote.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_store as store;
use store::event;

use super::{entry, spread, tell};
use crate::Result;
use crate::act::fresh;

/// What the provider calls somebody.
#[derive(Clone, Debug)]
pub struct Learn {
    pub address: i64,
    /// `None` if it has no name for them.
    pub name: Option<String>,
    /// What asked for it, which is done with this.
    pub job: i64,
}

/// Keeps the name, unless one came another way meanwhile. A contact without a name has it from now on.
pub async fn learn(tx: &mut Tx, now: Timestamp, input: &Learn) -> Result<()> {
    let at = store::millis(now);
    store::job::done(tx, input.job).await?;
    let Some(name) = &input.name else { return Ok(()) };
    let Some(mut address) = store::address::lock(tx, &[input.address]).await?.pop() else { return Ok(()) };
    let contact = match address.contact_id {
        Some(id) => Some(store::contact::lock(tx, id).await?),
        None => None,
    };
    // Who was erased meanwhile stays so.
    if address.profile_name.is_some() || contact.as_ref().is_some_and(|contact| contact.erased_at.is_some()) {
        return Ok(());
    }
    address.profile_name = Some(name.clone());
    store::address::save(tx, &[store::address::Change::from(&address)]).await?;
    match contact {
        Some(mut contact) if contact.name().is_empty() && contact.deleted_at.is_none() => {
            (contact.first_name, contact.last_name) = fresh::names(name);
            store::contact::save(tx, &contact, at).await?;
            spread(tx, &contact, at).await?;
            tell(tx, at, contact.id, None).await
        }
        Some(contact) => Ok(store::search::index_addresses(tx, &[entry(&address, Some(&contact))]).await?),
        None => {
            let renamed = store::contact::rename_on(tx, None, address.id, name).await?;
            let events: Vec<event::New> =
                renamed.iter().map(|id| event::New::on(event::Kind::Interaction, *id, *id)).collect();
            event::append(tx, &events, at).await?;
            Ok(store::search::index_addresses(tx, &[entry(&address, None)]).await?)
        }
    }
}
