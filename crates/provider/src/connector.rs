//! The one place that tells providers apart: what is read, written and understood goes by the account's provider.

use pronto_domain::inbound::{Batch, Code};
use pronto_domain::outbound::{Answer, Outgoing};
use pronto_domain::provider::{Capabilities, Provider};

use crate::meaning::Meaning;
use crate::request::Request;
use crate::templates::Page;
use crate::trouble::{Malformed, NotFetched, Unsendable};
use crate::{kaleyra, meta, sinch, twilio};

/// How to reach a number at its provider. Printing it never shows a secret.
#[derive(Clone, Debug)]
pub enum Endpoint {
    Meta(meta::Endpoint),
    Twilio(twilio::Endpoint),
    Sinch(sinch::Endpoint),
    Kaleyra(kaleyra::Endpoint),
}

impl Endpoint {
    pub fn provider(&self) -> Provider {
        match self {
            Self::Meta(_) => Provider::Meta,
            Self::Twilio(_) => Provider::Twilio,
            Self::Sinch(_) => Provider::Sinch,
            Self::Kaleyra(_) => Provider::Kaleyra,
        }
    }

    /// What can be done over it.
    pub fn capabilities(&self) -> &'static Capabilities {
        let version = if let Self::Kaleyra(endpoint) = self { Some(endpoint.version) } else { None };
        Capabilities::of(self.provider(), version)
    }

    /// The number at Meta, for what only Meta can be asked.
    pub fn meta(&self) -> Option<&meta::Endpoint> {
        if let Self::Meta(endpoint) = self { Some(endpoint) } else { None }
    }

    /// The number at Twilio, which tells of a message once and can be asked for what was missed.
    pub fn twilio(&self) -> Option<&twilio::Endpoint> {
        if let Self::Twilio(endpoint) = self { Some(endpoint) } else { None }
    }

    /// The app at Sinch, whose requests need a token first.
    pub fn sinch(&self) -> Option<&sinch::Endpoint> {
        if let Self::Sinch(endpoint) = self { Some(endpoint) } else { None }
    }

    /// A question that tells whether the provider knows the account and takes its secrets; `None` where there is none.
    pub fn probe(&self) -> Result<Option<Request>, String> {
        Ok(match self {
            Self::Meta(endpoint) => Some(meta::number_info(endpoint).map_err(|error| error.to_string())?),
            Self::Twilio(endpoint) => Some(twilio::probe(endpoint)),
            Self::Sinch(endpoint) => Some(sinch::probe(endpoint)),
            Self::Kaleyra(endpoint) => kaleyra::list_templates(endpoint, None),
        })
    }

    /// Has what comes in delivered to `webhook_url`, which proves itself by the verify token or is signed with the
    /// secret; `None` where that is set up by hand.
    pub fn subscribe(&self, webhook_url: &str, verify_token: &str, secret: &str) -> Option<Result<Request, String>> {
        match self {
            Self::Meta(endpoint) => {
                Some(meta::subscribe(endpoint, webhook_url, verify_token).map_err(|error| error.to_string()))
            }
            Self::Sinch(endpoint) => Some(Ok(sinch::subscribe(endpoint, webhook_url, secret))),
            Self::Twilio(_) | Self::Kaleyra(_) => None,
        }
    }

    /// The request that sends a message.
    pub fn write(&self, message: &Outgoing) -> Result<Request, Unsendable> {
        match self {
            Self::Meta(endpoint) => meta::write(message, endpoint),
            Self::Twilio(endpoint) => twilio::write(message, endpoint),
            Self::Sinch(endpoint) => sinch::write(message, endpoint),
            Self::Kaleyra(endpoint) => kaleyra::write(message, endpoint),
        }
    }

    /// Asks for a page of the account's templates, the first or the one after a cursor; `None` where none are kept.
    pub fn list_templates(&self, after: Option<&str>) -> Option<Result<Request, String>> {
        match self {
            Self::Meta(endpoint) => Some(meta::list_templates(endpoint, after).map_err(|error| error.to_string())),
            Self::Kaleyra(endpoint) => kaleyra::list_templates(endpoint, after).map(Ok),
            Self::Twilio(endpoint) => Some(Ok(twilio::list_templates(endpoint, after))),
            Self::Sinch(_) => None,
        }
    }

    /// The answer to [`Self::list_templates`]; `None` if it is not a list.
    pub fn read_templates(&self, body: &[u8]) -> Option<Page> {
        match self {
            Self::Twilio(_) => twilio::read_templates(body),
            Self::Meta(_) | Self::Kaleyra(_) | Self::Sinch(_) => meta::read_templates(body),
        }
    }

    /// What the answer to a sent message means. `retry_after` is that header's value.
    pub fn answered(&self, status: u16, retry_after: Option<&str>, body: &[u8]) -> Answer {
        match self {
            Self::Meta(_) => meta::answered(status, retry_after, body),
            Self::Twilio(_) => twilio::answered(status, retry_after, body),
            Self::Sinch(_) => sinch::answered(status, retry_after, body),
            Self::Kaleyra(_) => kaleyra::answered(status, retry_after, body),
        }
    }

    /// The refusal in an answer to any request; `None` if it went well.
    pub fn refused(&self, status: u16, retry_after: Option<&str>, body: &[u8]) -> Option<Answer> {
        match self {
            Self::Meta(_) => meta::refused(status, retry_after, body),
            Self::Twilio(_) => twilio::refused(status, retry_after, body),
            Self::Sinch(_) => sinch::refused(status, retry_after, body),
            Self::Kaleyra(_) => kaleyra::refused(status, retry_after, body),
        }
    }

    /// Marks a message as read, or shows that we are typing; `None` where the provider cannot.
    pub fn mark_read(&self, message_id: &str, typing: bool) -> Option<Request> {
        match self {
            Self::Meta(endpoint) => Some(meta::mark_read(endpoint, message_id, typing)),
            Self::Twilio(endpoint) => typing.then(|| twilio::typing(endpoint, message_id)),
            Self::Sinch(_) => None,
            Self::Kaleyra(endpoint) => {
                if typing {
                    None
                } else {
                    kaleyra::mark_read(endpoint, message_id)
                }
            }
        }
    }

    /// Fetches a customer's file, from the provider's hosts alone.
    pub fn fetch(&self, url: &str) -> Result<Request, NotFetched> {
        match self {
            Self::Meta(endpoint) => meta::media_download(endpoint, url),
            Self::Twilio(endpoint) => endpoint.fetch(url),
            Self::Sinch(endpoint) => endpoint.fetch(url),
            Self::Kaleyra(endpoint) => endpoint.fetch(url),
        }
    }

    /// Where fetching a file goes on that redirects: never with what let us in at the first address. `None` where the
    /// provider does not redirect.
    pub fn follow(&self, from: &str, location: &str) -> Option<Result<Request, NotFetched>> {
        if matches!(self, Self::Meta(_)) {
            return None;
        }
        let to = url::Url::parse(from).and_then(|from| from.join(location));
        let Ok(to) = to else { return Some(Err(NotFetched(location.to_owned()))) };
        Some(self.fetch(to.as_str()).map(|request| Request { authorization: None, headers: Vec::new(), ..request }))
    }
}

/// Every message, status and event of a delivery, flat and in order.
pub fn read(provider: Provider, body: &[u8]) -> Result<Batch, Malformed> {
    match provider {
        Provider::Meta => meta::read(body),
        Provider::Twilio => twilio::read(body),
        Provider::Sinch => sinch::read(body),
        Provider::Kaleyra => kaleyra::read(body),
    }
}

/// What a provider's error means.
pub fn meaning(provider: Provider, code: &Code) -> Meaning {
    // No code of theirs is below zero: a word in the place of a number is one that nobody knows.
    let number = code.number().unwrap_or(-1);
    match provider {
        Provider::Meta => meta::errors::meaning(number),
        Provider::Twilio => twilio::errors::meaning(number),
        Provider::Sinch => sinch::errors::meaning(code),
        Provider::Kaleyra => kaleyra::errors::meaning(code),
    }
}

/// The code the desktop words: `meta.131047`, also where Kaleyra passes it on.
pub fn message_code(provider: Provider, code: &Code) -> String {
    match (provider, code) {
        (Provider::Kaleyra, Code::Number(number)) if *number >= 1000 => format!("{}.{code}", Provider::Meta),
        _ => format!("{provider}.{code}"),
    }
}
