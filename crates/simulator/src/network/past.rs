//! Chats that took place before the network was made.

use serde_json::{Value, json};

use super::{Act, words};
use crate::seed::{SeedChat, SeedMessage};
use crate::store::messages::MessageRow;
use crate::store::{Result, media, messages, phones};

impl Act<'_> {
    /// Stores a chat as it was; nobody is told of it.
    pub(super) async fn remember(&mut self, chat: &SeedChat) -> Result<()> {
        phones::wrote(self.db(), &chat.phone, &chat.phone_number_id, chat.last_user_at).await?;
        for message in &chat.messages {
            self.remember_message(chat, message).await?;
        }
        Ok(())
    }

    async fn remember_message(&mut self, chat: &SeedChat, message: &SeedMessage) -> Result<()> {
        let mut content = message.content.clone();
        if let Some(file) = &message.file {
            let row = media::add(self.db(), None, &file.mime_type, file.name.as_deref(), &file.bytes).await?;
            content["id"] = json!(row.id);
        }
        let first = if message.by_business { "accepted" } else { "sent" };
        let row = MessageRow {
            seq: 0,
            id: message.id.clone(),
            phone_id: Some(chat.phone.clone()),
            number_id: chat.phone_number_id.clone(),
            sender: if message.by_business { "business" } else { "phone" }.to_owned(),
            kind: message.kind.clone(),
            body: words::body(&message.kind, &content),
            content: content.to_string(),
            extra: None,
            reply_to: message.reply_to.clone(),
            at: message.at,
            status: message.status.clone(),
            history: json!({ first: message.at, message.status.as_str(): message.at }).to_string(),
            error: None,
            recipient: None,
            opaque: None,
            request: None,
            pricing: None,
            edited: message.edited,
            deleted: message.deleted,
            load_id: None,
        };
        messages::add(self.db(), &row).await?;
        if message.edited {
            let content: Value = row.content();
            messages::set_content(self.db(), &row.id, &content, &row.body, true).await?;
        }
        if message.deleted {
            messages::set_deleted(self.db(), &row.id).await?;
        }
        for (sender, emoji) in [("phone", &message.reaction_of_phone), ("business", &message.reaction_of_business)] {
            if let Some(emoji) = emoji {
                messages::set_reaction(self.db(), &row.id, sender, emoji).await?;
            }
        }
        Ok(())
    }
}
