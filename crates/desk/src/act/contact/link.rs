//! Saying whose interaction it is.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::{Permission, Viewer};
use pronto_domain::id::{ContactId, InteractionId};
use pronto_store as store;
use serde_json::json;
use store::event;

use super::{entry, may_edit, record, sees, spread, tell};
use crate::act::line::{self, Line};
use crate::{Error, Result};

/// An interaction, its address and all that address ever wrote are a contact's from now on.
#[derive(Clone, Debug)]
pub struct Link {
    pub by: Viewer,
    pub interaction: InteractionId,
    /// One that they see.
    pub contact: ContactId,
}

/// The interaction is the caller's to show.
pub async fn link(tx: &mut Tx, now: Timestamp, input: &Link) -> Result<()> {
    let at = store::millis(now);
    let contact = store::contact::by_id(tx, input.contact.0).await?;
    if !sees(tx, &input.by, &contact).await? {
        return Err(pronto_db::Error::NotFound.into());
    }
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let owner = interaction.owner_id == Some(input.by.user.0);
    if !owner && !may_edit(tx, &input.by, &contact).await? {
        return Err(Error::Forbidden { needs: Permission::EditContacts.to_string() });
    }
    if interaction.contact_id == Some(contact.id) {
        return Ok(());
    }
    let before = interaction.contact_id;
    let said = Line::by("linked", input.by.user);
    line::add(tx, &mut interaction, &said, at).await?;
    store::interaction::save_one(tx, &mut interaction).await?;
    let linked = store::contact::link_address(tx, interaction.address_id, contact.id).await?;
    let address = store::address::by_id(tx, interaction.address_id).await?;
    store::search::index_addresses(tx, &[entry(&address, Some(&contact))]).await?;
    spread(tx, &contact, at).await?;
    let events: Vec<event::New> = linked.iter().map(|id| event::New::on(event::Kind::Interaction, *id, *id)).collect();
    event::append(tx, &events, at).await?;
    let after = json!({ "interaction": interaction.id, "address": address.id, "before": before });
    record(tx, at, input.by.user, "contact.linked", contact.id, after).await?;
    tell(tx, at, contact.id, None).await
}
