//! What placeholders stand for in a conversation.

use pronto_db::Tx;
use pronto_domain::id::{ContactListId, InteractionId, UserId};
use pronto_domain::placeholder::{Name, Values};
use pronto_store as store;

use crate::Result;
use crate::config::Settings;

/// Everything known of an interaction, and of the user who writes in it; without one, nothing of an agent.
pub async fn of(tx: &mut Tx, interaction: InteractionId, user: Option<UserId>) -> Result<Values> {
    let known = store::placeholder::known(tx, interaction.0, user.map_or(0, |user| user.0)).await?;
    let first = known.first_name.as_deref().unwrap_or_default();
    let last = known.last_name.as_deref().unwrap_or_default();
    let full = format!("{first} {last}");
    let full = Some(full.trim()).filter(|name| !name.is_empty()).or(known.profile_name.as_deref());
    let phone = |digits: Option<&str>| digits.map(|digits| format!("+{}", digits.trim_start_matches('+')));
    let mut values = Values::default();
    values.set(Name::ContactFirstName, Some(first));
    values.set(Name::ContactLastName, Some(last));
    values.set(Name::ContactName, full);
    values.set(Name::ContactPhone, phone(known.phone.as_deref()).as_deref());
    values.set(Name::ContactEmail, known.email.as_deref());
    values.set(Name::ContactCompany, known.company.as_deref());
    values.set(Name::AgentName, known.agent_name.as_deref());
    let alias = known.agent_alias.as_deref().filter(|alias| !alias.trim().is_empty());
    values.set(Name::AgentAlias, alias.or(known.agent_name.as_deref()));
    values.set(Name::AccountName, Some(&known.account_name));
    values.set(Name::AccountPhone, phone(known.account_phone.as_deref()).as_deref());
    values.set(Name::InteractionId, Some(&interaction.to_string()));
    values.set(Name::InteractionQueue, known.queue_name.as_deref());
    if let (Some(contact), Some(list)) = (known.contact_id, known.list_id) {
        add_fields(tx, &mut values, contact, ContactListId(list)).await?;
    }
    Ok(values)
}

/// Adds what a contact has in the fields of its list.
pub(crate) async fn add_fields(tx: &mut Tx, values: &mut Values, contact: i64, list: ContactListId) -> Result<()> {
    let fields = store::contact_field::all(tx).await?;
    if fields.is_empty() {
        return Ok(());
    }
    let held = store::contact_field::held(tx, &[contact]).await?;
    let zone = Settings::load(tx).await?.zone();
    for row in &fields {
        let field = row.rules()?;
        if field.serves(list) {
            let value = held.iter().find(|held| held.field_id == row.id).and_then(store::contact_field::Held::value);
            let words = value.and_then(|value| field.worded(&value, &zone));
            values.set_field(&field.key, words.as_deref(), field.sensitive);
        }
    }
    Ok(())
}
