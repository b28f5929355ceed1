//! What businesses send, and how it fares.

use serde_json::{Value, json};

use super::{Act, payload};
use crate::faults::Statuses;
use crate::live::News;
use crate::store::apps::NumberRow;
use crate::store::events::NewEvent;
use crate::store::messages::MessageRow;
use crate::store::phones::PhoneRow;
use crate::store::{Result, apps, events, messages, phones, tasks};
use crate::{clock, ids};

/// Whom a business writes to.
#[derive(Debug, Clone)]
pub(crate) struct Recipient {
    /// As the business wrote it.
    pub(crate) input: String,
    /// Digits or user id, as the network understood it.
    pub(crate) address: String,
    /// Absent when nobody on the network has that address.
    pub(crate) phone: Option<PhoneRow>,
}

/// A message that has passed Meta's checks.
#[derive(Debug, Clone)]
pub(crate) struct Accepted {
    pub(crate) kind: String,
    pub(crate) content: Value,
    pub(crate) body: String,
    pub(crate) reply_to: Option<String>,
    pub(crate) opaque: Option<String>,
    pub(crate) request: Value,
    pub(crate) pricing: Value,
    /// An error it will end with.
    pub(crate) doomed: Option<u32>,
    /// A file that has to be fetched first.
    pub(crate) link: Option<String>,
}

impl Act<'_> {
    /// Takes a message from a business and plans what happens to it.
    pub(crate) async fn accept(
        &mut self,
        number: &NumberRow,
        to: &Recipient,
        accepted: Accepted,
    ) -> Result<MessageRow> {
        let now = clock::now();
        let mut message = MessageRow {
            seq: 0,
            id: ids::message(
                number.provider,
                &accepted.kind,
                to.phone.as_ref().map_or(&to.address, |phone| &phone.number),
            ),
            phone_id: to.phone.as_ref().map(|phone| phone.id.clone()),
            number_id: number.id.clone(),
            sender: "business".to_owned(),
            kind: accepted.kind,
            content: accepted.content.to_string(),
            body: accepted.body,
            extra: None,
            reply_to: accepted.reply_to,
            at: now,
            status: "accepted".to_owned(),
            history: json!({"accepted": now}).to_string(),
            error: None,
            recipient: Some(to.address.clone()),
            opaque: accepted.opaque,
            request: Some(accepted.request.to_string()),
            pricing: Some(accepted.pricing.to_string()),
            edited: false,
            deleted: false,
            load_id: None,
        };
        message.seq = messages::add(self.db(), &message).await?;
        let faults = self.network.faults();
        let later = now + i64::from(faults.status_delay_ms);
        let doomed = accepted.doomed.or_else(|| to.phone.is_none().then_some(131_026));
        if let Some(code) = doomed {
            tasks::add(self.db(), later, "fail", &message.id, Some(&code.to_string())).await?;
        } else if let Some(link) = &accepted.link {
            tasks::add(self.db(), now, "fetch", &message.id, Some(link)).await?;
        } else if faults.statuses == Statuses::Early {
            self.send(&mut message).await?;
        } else {
            tasks::add(self.db(), later, "send", &message.id, None).await?;
        }
        Ok(message)
    }

    /// The network has the message; it goes on to the phone if that is on.
    pub(crate) async fn send(&mut self, message: &mut MessageRow) -> Result<()> {
        let phone = self.addressee(message).await?;
        self.advance(message, phone.as_ref(), "sent").await?;
        let Some(phone) = phone else { return Ok(()) };
        if phone.online && !phone.blocked {
            self.plan_delivery(&message.id).await?;
        }
        Ok(())
    }

    /// The message reaches the phone, unless that was switched off meanwhile.
    pub(crate) async fn deliver(&mut self, message: &mut MessageRow) -> Result<()> {
        let Some(phone) = self.addressee(message).await? else {
            return Ok(());
        };
        if message.status != "sent" || !phone.online || phone.blocked {
            return Ok(());
        }
        self.advance(message, Some(&phone), "delivered").await?;
        if message.kind == "reaction" {
            let content = message.content();
            if let Some(target) = content["message_id"].as_str() {
                messages::set_reaction(self.db(), target, "business", content["emoji"].as_str().unwrap_or_default())
                    .await?;
                self.tell(News::Message(target.to_owned()));
            }
        }
        Ok(())
    }

    pub(crate) async fn fail(&mut self, message: &mut MessageRow, code: u32) -> Result<()> {
        let phone = self.addressee(message).await?;
        messages::set_status(self.db(), message, "failed", Some(&payload::failure(code))).await?;
        self.report(message, phone.as_ref(), "failed").await?;
        self.tell(News::Message(message.id.clone()));
        Ok(())
    }

    /// Everything that waited for the phone reaches it soon.
    pub(crate) async fn deliver_waiting(&mut self, phone: &PhoneRow) -> Result<()> {
        for message in messages::waiting(self.db(), &phone.id, "business", "sent").await? {
            self.plan_delivery(&message.id).await?;
        }
        Ok(())
    }

    /// Moves a message on and reports it.
    pub(crate) async fn advance(
        &mut self,
        message: &mut MessageRow,
        phone: Option<&PhoneRow>,
        status: &str,
    ) -> Result<()> {
        messages::set_status(self.db(), message, status, None).await?;
        // A reaction is delivered, but nobody reads or plays it.
        if message.kind != "reaction" || matches!(status, "sent" | "delivered") {
            self.report(message, phone, status).await?;
        }
        self.tell(News::Message(message.id.clone()));
        Ok(())
    }

    async fn plan_delivery(&mut self, message: &str) -> Result<()> {
        let due = clock::now() + i64::from(self.network.faults().status_delay_ms);
        tasks::add(self.db(), due, "deliver", message, None).await
    }

    async fn addressee(&mut self, message: &MessageRow) -> Result<Option<PhoneRow>> {
        match &message.phone_id {
            Some(id) => phones::find(self.db(), id).await,
            None => Ok(None),
        }
    }

    /// Queues a status for the business, in the way the switch says.
    async fn report(&mut self, message: &MessageRow, phone: Option<&PhoneRow>, status: &str) -> Result<()> {
        let faults = self.network.faults();
        let Some(number) = apps::number(self.db(), &message.number_id).await? else {
            return Ok(());
        };
        let now = clock::now();
        let event = NewEvent {
            app_id: number.app_id.clone(),
            number_id: Some(number.id.clone()),
            kind: "status",
            field: "messages".to_owned(),
            contact: if status == "failed" { None } else { phone.map(payload::contact) },
            item: payload::status(message, phone, status, now, faults.conversation),
            message_id: Some(message.id.clone()),
        };
        match faults.statuses {
            Statuses::None => Ok(()),
            Statuses::Normal | Statuses::Early => self.emit(&event, 0).await,
            Statuses::Repeated => {
                self.emit(&event, 0).await?;
                self.emit(&event, now + 50).await
            }
            Statuses::Reversed => {
                // Earlier ones wait for later ones, but not for ever: a message may stay unread.
                let hold = match status {
                    "sent" => 5_000,
                    "delivered" => 1_000,
                    _ => 0,
                };
                self.emit(&event, now + hold).await?;
                events::hold_statuses(self.db(), &message.id, now + hold).await
            }
        }
    }
}
