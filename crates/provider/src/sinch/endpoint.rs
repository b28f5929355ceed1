//! Where an app lives at Sinch, and where its secret may travel.

use secrecy::SecretString;
use url::Url;

use crate::hosts;
use crate::request::{Body, Method, Request};
use crate::trouble::NotFetched;

/// How to reach one app, which has one WhatsApp number. Printing it never shows the secret.
///
/// Requests leave without credentials: whoever sends them puts a [token](super::Token) in.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Of the app's region, without a slash at the end: `https://eu.conversation.api.sinch.com`.
    pub base_url: String,
    pub project_id: String,
    pub app_id: String,
    pub key_id: String,
    pub key_secret: SecretString,
    /// Further hosts of files.
    pub media_hosts: Vec<String>,
}

/// Hosts that hand out customers' files, themselves and what is under them.
const MEDIA_HOSTS: &[&str] = &["sinch.com", "sinch.io", "storage.googleapis.com", "amazonaws.com"];

impl Endpoint {
    /// An address under the project.
    pub(super) fn url(&self, path: &str) -> String {
        let base = self.base_url.trim_end_matches('/');
        let base = base.strip_suffix("/v1").unwrap_or(base);
        format!("{base}/v1/projects/{}/{path}", self.project_id)
    }

    /// Where tokens are had: Sinch has a host for them; elsewhere it is beside the API.
    pub(super) fn token_url(&self) -> String {
        let base = self.base_url.trim_end_matches('/');
        let host = Url::parse(base).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        if host == "sinch.com" || host.ends_with(".sinch.com") {
            return "https://auth.sinch.com/oauth2/token".to_owned();
        }
        format!("{}/oauth2/token", base.strip_suffix("/v1").unwrap_or(base))
    }

    /// Whether a file, or what its address redirects to, may be fetched.
    pub fn may_fetch(&self, url: &str) -> bool {
        hosts::may_fetch(url, &self.base_url, MEDIA_HOSTS, &self.media_hosts)
    }

    /// Fetches a file. It needs no credentials, and gets none.
    pub fn fetch(&self, url: &str) -> Result<Request, NotFetched> {
        if !self.may_fetch(url) {
            return Err(NotFetched(url.to_owned()));
        }
        let (method, url) = (Method::Get, url.to_owned());
        Ok(Request { method, url, authorization: None, headers: Vec::new(), body: Body::Empty })
    }
}
