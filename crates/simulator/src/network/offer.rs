//! What every provider's API does with a message that looks as it must: judge it, take it, and answer or not.

use std::time::Duration;

use serde_json::{Value, json};

use super::outbound::{Accepted, Recipient};
use super::{Act, Network};
use crate::clock;
use crate::faults::Statuses;
use crate::live::News;
use crate::store::apps::NumberRow;
use crate::store::messages::{self, MessageRow};
use crate::store::{Result, phones};

/// A message of a business, in Meta's words, that looks as it must.
#[derive(Debug, Clone, Default)]
pub(crate) struct Offer {
    /// One that is `media` becomes what the fetched file turns out to be.
    pub(crate) kind: String,
    pub(crate) content: Value,
    pub(crate) body: String,
    /// Of a template; what has none needs an open window.
    pub(crate) category: Option<String>,
    pub(crate) reply_to: Option<String>,
    pub(crate) opaque: Option<String>,
    /// As it came.
    pub(crate) request: Value,
    /// A file that has to be fetched first.
    pub(crate) link: Option<String>,
    /// Meta's code of what will be found wrong with it later.
    pub(crate) doomed: Option<u32>,
}

/// The window is shut, and who asked is told so at once.
#[derive(Debug)]
pub(crate) struct Shut;

/// An accident that is switched on, instead of an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Accident {
    /// This HTTP status.
    Status(u16),
    /// This error of Meta's, or what it is elsewhere.
    Code(u32),
}

impl Act<'_> {
    /// Takes a message, or refuses it because the window is shut; `late` has it fail afterwards instead.
    pub(crate) async fn offer(
        &mut self,
        number: &NumberRow,
        to: &Recipient,
        offer: Offer,
        late: bool,
    ) -> Result<Result<MessageRow, Shut>> {
        let (blocked, last_user_at) = match &to.phone {
            Some(phone) => (
                phones::is_blocked(self.db(), &number.id, &phone.id).await?,
                phones::last_user_at(self.db(), &phone.id, &number.id).await?,
            ),
            None => (false, None),
        };
        let open = last_user_at.is_some_and(|at| at + clock::DAY > clock::now());
        let network = self.network;
        let mut doomed = offer.doomed.or_else(|| blocked.then_some(131_026));
        let shut = network.with_faults(|faults| faults.window_closed);
        if to.phone.is_some() && offer.category.is_none() && (!open || shut) {
            if !late {
                return Ok(Err(Shut));
            }
            doomed = doomed.or(Some(131_047));
        }
        if let Some(code) = network.with_faults(|faults| faults.failed_status.strikes()) {
            doomed = Some(code);
        }
        let accepted = Accepted {
            kind: offer.kind,
            content: offer.content,
            body: offer.body,
            reply_to: offer.reply_to,
            opaque: offer.opaque,
            pricing: pricing(offer.category.as_deref(), open),
            request: offer.request,
            doomed,
            link: offer.link,
        };
        self.accept(number, to, accepted).await.map(Ok)
    }

    /// The business has read the chat up to one of the person's messages; says whose chat it is.
    pub(crate) async fn read_by_business(
        &mut self,
        number: &NumberRow,
        message: &MessageRow,
    ) -> Result<Option<String>> {
        let Some(phone) = message.phone_id.clone() else { return Ok(None) };
        for mut read in messages::unread_by_business(self.db(), &phone, &number.id, message.seq).await? {
            messages::set_status(self.db(), &mut read, "read", None).await?;
            self.tell(News::Message(read.id));
        }
        Ok(Some(phone))
    }
}

impl Network {
    /// What goes wrong on purpose with a send, now.
    pub(crate) fn accident(&self) -> Option<Accident> {
        self.with_faults(|faults| {
            if let Some(status) = faults.send_status.strikes() {
                return Some(Accident::Status(u16::try_from(status).unwrap_or(500)));
            }
            let code = faults.send_error.strikes();
            let code = code.or_else(|| faults.rate_limit_130429.strikes().then_some(130_429));
            code.or_else(|| faults.pair_rate_131056.strikes().then_some(131_056)).map(Accident::Code)
        })
    }

    /// Before a send that was taken is answered; says whether an answer comes at all.
    pub(crate) async fn about_to_answer(&self, message: &MessageRow) -> Result<bool> {
        let faults = self.faults();
        if faults.statuses == Statuses::Early {
            self.until_settled(&message.id).await?;
        }
        if faults.answer_delay_ms > 0 {
            tokio::time::sleep(Duration::from_millis(faults.answer_delay_ms.into())).await;
        }
        Ok(!self.with_faults(|faults| faults.drop_after_accept.strikes()))
    }
}

/// What the message costs: an open window makes all but marketing and authentication free.
fn pricing(category: Option<&str>, open: bool) -> Value {
    let category = category.unwrap_or("service").to_lowercase();
    let free = category == "service" || (category == "utility" && open);
    let kind = if free { "free_customer_service" } else { "regular" };
    json!({"billable": !free, "pricing_model": "PMP", "type": kind, "category": category})
}
