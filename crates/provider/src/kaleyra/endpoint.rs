//! Where a number lives at Kaleyra, and where its key may travel.

use pronto_domain::provider::Version;
use secrecy::SecretString;

use crate::hosts;
use crate::request::{Body, Method, Request};
use crate::trouble::NotFetched;

/// How to reach one WhatsApp number. Printing it never shows the key.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Of the account's region, without a slash at the end: `https://api.eu.kaleyra.io`.
    pub base_url: String,
    pub sid: String,
    /// Our number's digits.
    pub number: String,
    pub api_key: SecretString,
    pub version: Version,
    /// The WhatsApp business account, for templates.
    pub waba_id: Option<String>,
    /// V1: where statuses of what we send are to be told.
    pub status_callback: Option<String>,
    /// Further hosts of files.
    pub media_hosts: Vec<String>,
}

/// Hosts that hand out customers' files, themselves and what is under them.
const MEDIA_HOSTS: &[&str] = &["kaleyra.io", "kaleyra.ai", "kaleyra.com", "amazonaws.com"];

impl Endpoint {
    /// An address under the account.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/{}/{}/{path}", self.base_url.trim_end_matches('/'), self.version, self.sid)
    }

    pub(super) fn request(&self, method: Method, url: String, body: Body) -> Request {
        Request { method, url, authorization: None, headers: vec![("api-key", self.api_key.clone())], body }
    }

    /// Whether a file, or what its address redirects to, may be fetched.
    pub fn may_fetch(&self, url: &str) -> bool {
        hosts::may_fetch(url, &self.base_url, MEDIA_HOSTS, &self.media_hosts)
    }

    /// Fetches a file. It needs no key, and gets none.
    pub fn fetch(&self, url: &str) -> Result<Request, NotFetched> {
        if !self.may_fetch(url) {
            return Err(NotFetched(url.to_owned()));
        }
        let (method, url) = (Method::Get, url.to_owned());
        Ok(Request { method, url, authorization: None, headers: Vec::new(), body: Body::Empty })
    }
}
