//! What people do on their phones.

use serde_json::{Value, json};

use super::{Act, payload, words};
use crate::live::News;
use crate::store::apps::NumberRow;
use crate::store::events::NewEvent;
use crate::store::messages::MessageRow;
use crate::store::phones::PhoneRow;
use crate::store::{Result, apps, media, messages, phones};
use crate::{clock, ids};

/// A message a person writes.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) id: Option<String>,
    pub(crate) kind: String,
    pub(crate) content: Value,
    pub(crate) extra: Option<Value>,
    pub(crate) reply_to: Option<String>,
    pub(crate) at: i64,
    pub(crate) load_id: Option<i64>,
}

impl Act<'_> {
    /// A person sends a message; it leaves when the phone is on.
    pub(crate) async fn write(&mut self, phone: &PhoneRow, number: &NumberRow, written: Written) -> Result<MessageRow> {
        let mut message = MessageRow {
            seq: 0,
            id: written.id.unwrap_or_else(|| ids::message(number.provider, &written.kind, &phone.number)),
            phone_id: Some(phone.id.clone()),
            number_id: number.id.clone(),
            sender: "phone".to_owned(),
            body: words::body(&written.kind, &written.content),
            kind: written.kind,
            content: written.content.to_string(),
            extra: written.extra.as_ref().map(Value::to_string),
            reply_to: written.reply_to,
            at: written.at,
            status: if phone.online { "sent" } else { "pending" }.to_owned(),
            history: json!({ if phone.online { "sent" } else { "pending" }: clock::now() }).to_string(),
            error: None,
            recipient: None,
            opaque: None,
            request: None,
            pricing: None,
            edited: false,
            deleted: false,
            load_id: written.load_id,
        };
        message.seq = messages::add(self.db(), &message).await?;
        if message.kind == "reaction" {
            let content = message.content();
            if let Some(target) = content["message_id"].as_str() {
                messages::set_reaction(self.db(), target, "phone", content["emoji"].as_str().unwrap_or_default())
                    .await?;
                self.tell(News::Message(target.to_owned()));
            }
        }
        if phone.online {
            self.transmit(phone, number, &message).await?;
        }
        self.tell(News::Message(message.id.clone()));
        Ok(message)
    }

    /// A message leaves the phone: the window opens and the business is told.
    pub(crate) async fn transmit(&mut self, phone: &PhoneRow, number: &NumberRow, message: &MessageRow) -> Result<()> {
        phones::wrote(self.db(), &phone.id, &number.id, message.at).await?;
        if phones::is_blocked(self.db(), &number.id, &phone.id).await? {
            return Ok(());
        }
        let quoted = match &message.reply_to {
            Some(id) => messages::find(self.db(), id).await?,
            None => None,
        };
        let item = payload::message(self.network, phone, number, message, quoted.as_ref());
        // System messages come without contacts.
        let contact = (message.kind != "system").then(|| payload::contact(phone));
        self.inform(number, contact, item, &message.id).await
    }

    /// Everything that was written while the phone was off leaves now.
    pub(crate) async fn transmit_pending(&mut self, phone: &PhoneRow) -> Result<()> {
        for mut message in messages::waiting(self.db(), &phone.id, "phone", "pending").await? {
            let Some(number) = apps::number(self.db(), &message.number_id).await? else {
                continue;
            };
            messages::set_status(self.db(), &mut message, "sent", None).await?;
            self.transmit(phone, &number, &message).await?;
            self.tell(News::Message(message.id));
        }
        Ok(())
    }

    /// A person edits a message of theirs.
    pub(crate) async fn edit(
        &mut self,
        phone: &PhoneRow,
        number: &NumberRow,
        message: &mut MessageRow,
        text: &str,
    ) -> Result<String> {
        let mut content = message.content();
        content[if message.kind == "text" { "body" } else { "caption" }] = json!(text);
        message.content = content.to_string();
        messages::set_content(self.db(), &message.id, &content, text, true).await?;
        let id = ids::wamid(&phone.number);
        if !phones::is_blocked(self.db(), &number.id, &phone.id).await? {
            let item = payload::edit(self.network, phone, &id, message);
            self.inform(number, Some(payload::contact(phone)), item, &id).await?;
        }
        self.tell(News::Message(message.id.clone()));
        Ok(id)
    }

    /// A person deletes a message of theirs for everyone.
    pub(crate) async fn delete(
        &mut self,
        phone: &PhoneRow,
        number: &NumberRow,
        message: &MessageRow,
    ) -> Result<String> {
        messages::set_deleted(self.db(), &message.id).await?;
        let id = ids::wamid(&phone.number);
        if !phones::is_blocked(self.db(), &number.id, &phone.id).await? {
            let item = payload::revoke(phone, &id, &message.id);
            self.inform(number, Some(payload::contact(phone)), item, &id).await?;
        }
        self.tell(News::Message(message.id.clone()));
        Ok(id)
    }

    /// A person opens the chat: what was delivered is read now.
    pub(crate) async fn read(&mut self, phone: &PhoneRow, number: Option<&str>) -> Result<usize> {
        let mut count = 0;
        for mut message in messages::waiting(self.db(), &phone.id, "business", "delivered").await? {
            if number.is_some_and(|number| number != message.number_id) {
                continue;
            }
            self.advance(&mut message, Some(phone), "read").await?;
            count += 1;
        }
        Ok(count)
    }

    /// A person plays a voice message.
    pub(crate) async fn play(&mut self, phone: &PhoneRow, message: &mut MessageRow) -> Result<()> {
        if message.status == "delivered" {
            self.advance(message, Some(phone), "read").await?;
        }
        if message.status == "read" {
            self.advance(message, Some(phone), "played").await?;
        }
        Ok(())
    }

    /// Stores a file a person sends and returns what the webhook says of it.
    pub(crate) async fn attach(&mut self, mime_type: &str, name: Option<&str>, bytes: &[u8]) -> Result<Value> {
        let media = media::add(self.db(), None, mime_type, name, bytes).await?;
        Ok(super::media::described(&media))
    }

    /// Queues a `messages[]` member for the app of the number.
    pub(crate) async fn inform(
        &mut self,
        number: &NumberRow,
        contact: Option<Value>,
        item: Value,
        id: &str,
    ) -> Result<()> {
        let event = NewEvent {
            app_id: number.app_id.clone(),
            number_id: Some(number.id.clone()),
            kind: "message",
            field: "messages".to_owned(),
            contact,
            item,
            message_id: Some(id.to_owned()),
        };
        self.emit(&event, 0).await
    }
}
