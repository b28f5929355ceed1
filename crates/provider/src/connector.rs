//! The one place that tells providers apart: what is read, written and understood goes by the account's provider.

use pronto_domain::inbound::{Batch, Code};
use pronto_domain::outbound::{Answer, Next, Outgoing};
use pronto_domain::provider::Provider;

use crate::meaning::Meaning;
use crate::meta;
use crate::request::Request;
use crate::trouble::{Malformed, NotFetched, Unsendable};

/// How to reach a number at its provider. Printing it never shows a secret.
#[derive(Clone, Debug)]
pub enum Endpoint {
    Meta(meta::Endpoint),
}

impl Endpoint {
    pub fn provider(&self) -> Provider {
        match self {
            Self::Meta(_) => Provider::Meta,
        }
    }

    /// The number at Meta, for what only Meta can be asked.
    pub fn meta(&self) -> Option<&meta::Endpoint> {
        match self {
            Self::Meta(endpoint) => Some(endpoint),
        }
    }

    /// A question that tells whether the provider knows the account and takes its secrets.
    pub fn probe(&self) -> Result<Request, String> {
        match self {
            Self::Meta(endpoint) => meta::number_info(endpoint).map_err(|error| error.to_string()),
        }
    }

    /// The request that sends a message.
    pub fn write(&self, message: &Outgoing) -> Result<Request, Unsendable> {
        match self {
            Self::Meta(endpoint) => meta::write(message, endpoint),
        }
    }

    /// What the answer to a sent message means. `retry_after` is that header's value.
    pub fn answered(&self, status: u16, retry_after: Option<&str>, body: &[u8]) -> Answer {
        match self {
            Self::Meta(_) => meta::answered(status, retry_after, body),
        }
    }

    /// The refusal in an answer to any request; `None` if it went well.
    pub fn refused(&self, status: u16, retry_after: Option<&str>, body: &[u8]) -> Option<Answer> {
        match self {
            Self::Meta(_) => meta::refused(status, retry_after, body),
        }
    }

    /// Marks a message as read, or shows that we are typing; `None` where the provider cannot.
    pub fn mark_read(&self, message_id: &str, typing: bool) -> Option<Request> {
        match self {
            Self::Meta(endpoint) => Some(meta::mark_read(endpoint, message_id, typing)),
        }
    }

    /// Fetches a customer's file, from the provider's hosts alone.
    pub fn fetch(&self, url: &str) -> Result<Request, NotFetched> {
        match self {
            Self::Meta(endpoint) => meta::media_download(endpoint, url),
        }
    }
}

/// Every message, status and event of a delivery, flat and in order.
pub fn read(provider: Provider, body: &[u8]) -> Result<Batch, Malformed> {
    match provider {
        Provider::Meta => meta::read(body),
        _ => Err(Malformed::Strange),
    }
}

/// What a provider's error means.
pub fn meaning(provider: Provider, code: &Code) -> Meaning {
    match provider {
        Provider::Meta => meta::errors::meaning(code.number().unwrap_or(-1)),
        _ => Meaning { title: "".into(), next: Next::None, retry: None, trouble: None },
    }
}

/// The code the desktop words: `meta.131047`.
pub fn message_code(provider: Provider, code: &Code) -> String {
    format!("{provider}.{code}")
}
