//! What placeholders stand for in a conversation.

use pronto_db::Tx;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::placeholder::{Name, Values};
use pronto_store as store;

use crate::Result;

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
    Ok(values)
}
