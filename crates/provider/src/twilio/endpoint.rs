//! Where a number lives at Twilio, and where its secret may travel.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use crate::hosts;
use crate::request::{Body, Method, Request};
use crate::trouble::NotFetched;

/// How to reach one WhatsApp sender. Printing it never shows the secret.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Without a slash at the end: `https://api.twilio.com`.
    pub base_url: String,
    /// `AC…`, part of every address.
    pub account_sid: String,
    /// The user of the calls: an API key's `SK…`, else the account's own SID.
    pub key_sid: Option<String>,
    /// The Auth Token, or the API key's secret.
    pub secret: SecretString,
    /// The number's digits, or a messaging service's `MG…`.
    pub sender: String,
    /// Where statuses of what we send are to be told.
    pub status_callback: Option<String>,
    /// Further hosts of files.
    pub media_hosts: Vec<String>,
}

/// Hosts that hand out customers' files, themselves and what is under them.
const MEDIA_HOSTS: &[&str] = &["twilio.com", "twiliocdn.com", "amazonaws.com"];

impl Endpoint {
    pub(super) fn authorization(&self) -> SecretString {
        let user = self.key_sid.as_deref().unwrap_or(&self.account_sid);
        format!("Basic {}", STANDARD.encode(format!("{user}:{}", self.secret.expose_secret()))).into()
    }

    /// An address under the account.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/2010-04-01/Accounts/{}{path}", self.base_url.trim_end_matches('/'), self.account_sid)
    }

    /// Of Twilio's other hosts; all of them are one where the base is not Twilio's.
    pub(super) fn host(&self, name: &str) -> String {
        let base = self.base_url.trim_end_matches('/');
        if base == "https://api.twilio.com" { format!("https://{name}.twilio.com") } else { base.to_owned() }
    }

    /// Whether a file, or what its address redirects to, may be fetched.
    pub fn may_fetch(&self, url: &str) -> bool {
        hosts::may_fetch(url, &self.base_url, MEDIA_HOSTS, &self.media_hosts)
    }

    /// Fetches a file. The secret goes to Twilio's API alone: S3 refuses whoever brings one.
    pub fn fetch(&self, url: &str) -> Result<Request, NotFetched> {
        if !self.may_fetch(url) {
            return Err(NotFetched(url.to_owned()));
        }
        let home = hosts::is_home(url, &self.base_url)
            || (self.base_url.trim_end_matches('/') == "https://api.twilio.com"
                && hosts::may_fetch(url, "", &["api.twilio.com"], &[]));
        let authorization = home.then(|| self.authorization());
        Ok(Request { method: Method::Get, url: url.to_owned(), authorization, headers: Vec::new(), body: Body::Empty })
    }
}
