//! What is known before there is an interaction: for filling a template in for somebody one has not written to.

use pronto_db::Tx;
use pronto_domain::id::{AccountId, ContactListId, UserId};
use pronto_domain::placeholder::{Name, Values};
use pronto_store as store;
use store::contact::Contact;

use crate::{Config, Result, values};

/// Of a contact, an account and the user who writes.
pub async fn of(
    tx: &mut Tx,
    config: &Config,
    account: AccountId,
    contact: Option<&Contact>,
    digits: &str,
    user: UserId,
) -> Result<Values> {
    let mut values = Values::default();
    values.set(Name::ContactPhone, Some(&format!("+{digits}")));
    if let Some(contact) = contact {
        values.set(Name::ContactFirstName, Some(&contact.first_name));
        values.set(Name::ContactLastName, contact.last_name.as_deref());
        values.set(Name::ContactName, Some(&contact.name()));
        values.set(Name::ContactEmail, contact.email.as_deref());
        values.set(Name::ContactCompany, contact.company.as_deref());
        values::add_fields(tx, &mut values, contact.id, ContactListId(contact.list_id)).await?;
    }
    if let Some(user) = config.users.get(&user) {
        values.set(Name::AgentName, Some(&user.row.name));
        let alias = user.row.alias.as_deref().filter(|alias| !alias.trim().is_empty());
        values.set(Name::AgentAlias, alias.or(Some(&user.row.name)));
    }
    if let Some(account) = config.accounts.get(&account) {
        values.set(Name::AccountName, Some(&account.row.name));
        values.set(Name::AccountPhone, account.row.phone.as_deref());
    }
    Ok(values)
}
