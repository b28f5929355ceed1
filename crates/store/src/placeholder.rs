//! What placeholders are filled with, read at once.

use pronto_db::{FromRow, Result, Tx, sql};

/// What is known of a conversation and of whoever writes in it.
#[derive(Clone, Debug, FromRow)]
pub struct Known {
    pub contact_id: Option<i64>,
    pub list_id: Option<i64>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// Digits.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub company: Option<String>,
    /// What the customer calls themselves.
    pub profile_name: Option<String>,
    pub agent_name: Option<String>,
    pub agent_alias: Option<String>,
    pub account_name: String,
    /// Digits.
    pub account_phone: Option<String>,
    pub queue_name: Option<String>,
}

/// Of an interaction, for this user; 0 where nobody of the staff writes.
pub async fn known(tx: &mut Tx, interaction: i64, user: i64) -> Result<Known> {
    tx.query(sql!(
        r#"SELECT contact.id AS contact_id, contact.list_id, contact.first_name, contact.last_name,
               coalesce(contact.mobile, contact.phone, address.digits) AS phone, contact.email, contact.company, address.profile_name, agent.name AS agent_name,
               agent.alias AS agent_alias, account.name AS account_name, account.phone AS account_phone,
               queue.name AS queue_name
           FROM interaction
           JOIN address ON address.id = interaction.address_id
           JOIN account ON account.id = interaction.account_id
           LEFT JOIN contact ON contact.id = interaction.contact_id AND contact.deleted_at IS NULL
           LEFT JOIN queue ON queue.id = interaction.queue_id
           LEFT JOIN "user" AS agent ON agent.id = $2
           WHERE interaction.id = $1"#
    ))
    .bind(interaction)
    .bind(user)
    .one()
    .await
}
