//! Loads what messages are shown with: their files, what they quote, whose thread it is. One statement a table.

use std::collections::BTreeMap;

use pronto_db::{Result, Tx};
use pronto_store as store;

use super::{Lens, Message};

/// Messages with everything around them, not yet seen by anybody.
#[derive(Default)]
pub struct Messages {
    pub rows: Vec<store::message::Message>,
    attachments: BTreeMap<i64, Vec<store::attachment::Attachment>>,
    quoted: BTreeMap<i64, store::message::Message>,
}

/// Loads what belongs to these rows.
pub async fn messages(tx: &mut Tx, mut rows: Vec<store::message::Message>) -> Result<Messages> {
    // A quote of a message that came in the same batch was not resolved when it was stored.
    let open: Vec<store::message::ProviderId> = rows
        .iter()
        .filter(|row| row.reply_to_id.is_none())
        .filter_map(|row| {
            Some(store::message::ProviderId { account_id: row.account_id, provider_id: row.reply_to_provider.clone()? })
        })
        .collect();
    if !open.is_empty() {
        let found = store::message::find(tx, &open).await?;
        for row in rows.iter_mut().filter(|row| row.reply_to_id.is_none()) {
            let same = |one: &&store::message::Found| {
                Some(&one.provider_id) == row.reply_to_provider.as_ref() && one.address_id == row.address_id
            };
            row.reply_to_id = found.iter().find(same).map(|one| one.message_id);
        }
    }
    let with_files: Vec<i64> = rows.iter().filter(|row| row.attachments > 0).map(|row| row.id).collect();
    let mut attachments: BTreeMap<i64, Vec<store::attachment::Attachment>> = BTreeMap::new();
    if !with_files.is_empty() {
        for file in store::attachment::of_messages(tx, &with_files).await? {
            attachments.entry(file.message_id).or_default().push(file);
        }
    }
    let quotes: Vec<i64> = rows.iter().filter_map(|row| row.reply_to_id).collect();
    let mut quoted = BTreeMap::new();
    if !quotes.is_empty() {
        for row in store::message::by_ids(tx, &quotes).await? {
            quoted.insert(row.id, row);
        }
    }
    Ok(Messages { rows, attachments, quoted })
}

impl Messages {
    /// The files of one of them.
    pub fn files(&self, row: &store::message::Message) -> &[store::attachment::Attachment] {
        self.attachments.get(&row.id).map(Vec::as_slice).unwrap_or_default()
    }

    /// One of them through a lens.
    pub fn view(&self, lens: &Lens<'_>, row: &store::message::Message, customer: &str) -> Message {
        // Only a message of the same customer is quoted, whatever id came.
        let quoted = row.reply_to_id.and_then(|id| self.quoted.get(&id)).filter(|one| one.address_id == row.address_id);
        lens.message(row, customer, self.files(row), quoted)
    }
}
