//! One update in the words of a provider that is not Meta, which tells each by itself.

use serde_json::Value;

use super::Network;
use super::payload::parsed;
use crate::provider::Provider;
use crate::store::apps::{AppRow, NumberRow};
use crate::store::events::EventRow;
use crate::store::messages::MessageRow;
use crate::store::{Result, apps, messages};
use crate::wire::Post;
use crate::{kaleyra, sinch, twilio};

/// An update with what belongs to it.
pub(crate) struct Told<'t> {
    pub(crate) network: &'t Network,
    pub(crate) app: &'t AppRow,
    pub(crate) number: NumberRow,
    pub(crate) event: &'t EventRow,
    /// The member of Meta's `messages[]` or `statuses[]`, or a field's value.
    pub(crate) item: Value,
    pub(crate) contact: Value,
    /// The message it is about; absent for an edit, a deletion or a note of the network's.
    pub(crate) message: Option<MessageRow>,
}

/// What is posted, before it is signed.
#[derive(Debug)]
pub(crate) struct Said {
    /// Where to, when that is not the app's webhook.
    pub(crate) url: Option<String>,
    pub(crate) body: String,
    /// Whether it brings what the webhook asks for.
    pub(crate) proven: bool,
}

impl Said {
    /// To the app's webhook.
    pub(crate) const fn to_webhook(body: String) -> Self {
        Self { url: None, body, proven: true }
    }
}

impl Told<'_> {
    /// The words under a key of the item; empty when there are none.
    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.item.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// The number of whoever wrote, or the id where that is hidden.
    pub(crate) fn person(&self) -> &str {
        match self.text("/from") {
            "" => self.text("/from_user_id"),
            digits => digits,
        }
    }

    /// Whom a status is about, in the same words.
    pub(crate) fn recipient(&self) -> &str {
        match self.text("/recipient_id") {
            "" => self.text("/recipient_user_id"),
            digits => digits,
        }
    }

    /// A field of the send that a status is about.
    pub(crate) fn asked(&self, pointer: &str) -> Option<String> {
        let request = self.message.as_ref()?.request.as_deref().map(parsed)?;
        request.pointer(pointer)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Meta's code of a failure.
    pub(crate) fn failure(&self) -> Option<u32> {
        self.item.pointer("/errors/0/code").and_then(Value::as_u64).and_then(|code| u32::try_from(code).ok())
    }
}

/// The POST that tells of an update; none where the provider has no words for it.
pub(crate) async fn post(network: &Network, app: &AppRow, event: &EventRow) -> Result<Option<Post>> {
    let mut reader = network.store.reader.acquire().await?;
    let number = match &event.number_id {
        Some(id) => apps::number(&mut reader, id).await?,
        None => apps::numbers_of(&mut reader, &app.id).await?.into_iter().next(),
    };
    let Some(number) = number else { return Ok(None) };
    let message = match &event.message_id {
        Some(id) => messages::find(&mut reader, id).await?,
        None => None,
    };
    drop(reader);
    let contact = event.contact.as_deref().map(parsed).unwrap_or_default();
    let told = Told { network, app, number, event, item: parsed(&event.item), contact, message };
    let said = match app.provider {
        Provider::Meta => None,
        Provider::Twilio => twilio::told::say(&told),
        Provider::Sinch => sinch::told::say(&told),
        Provider::KaleyraV1 => kaleyra::first::say(&told),
        Provider::KaleyraV2 => kaleyra::second::say(&told),
    };
    Ok(said.map(|said| {
        let mut post = signed(app, said.url.as_deref().unwrap_or(&app.webhook_url), said.body);
        if !said.proven {
            post.headers.clear();
        }
        if app.provider == Provider::Twilio {
            post.headers.push(("i-twilio-idempotency-token".to_owned(), twilio::told::token(event.id)));
        }
        post
    }))
}

/// A body as the app's provider posts it, with what it proves itself by.
pub(crate) fn signed(app: &AppRow, url: &str, body: String) -> Post {
    match app.provider {
        Provider::Meta => super::delivery::signed(app, url, body),
        Provider::Twilio => twilio::signature::signed(app, url, body),
        Provider::Sinch => sinch::signed(app, url, body),
        Provider::KaleyraV1 | Provider::KaleyraV2 => kaleyra::proven(app, url, body),
    }
}
