//! Where a number lives at Meta, and where its token may travel.

use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// How to reach one WhatsApp number. Printing it never shows the token.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// With version, without a slash at the end: `https://graph.facebook.com/v23.0`.
    pub base_url: String,
    pub phone_number_id: String,
    /// The WABA; needed for templates and for *check account* only.
    pub business_account_id: Option<String>,
    /// The app the token is of; needed to hand in a template's sample file.
    pub app_id: Option<String>,
    pub access_token: SecretString,
}

impl Endpoint {
    /// The whole value of the `authorization` header.
    pub(super) fn authorization(&self) -> SecretString {
        format!("Bearer {}", self.access_token.expose_secret()).into()
    }

    /// An address under the base: `path` is already encoded.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.base_url.trim_end_matches('/'))
    }
}

/// Hosts of Meta that hand out media, themselves and what is under them.
const MEDIA_HOSTS: &[&str] = &["lookaside.fbsbx.com", "fbcdn.net", "whatsapp.net", "facebook.com"];

/// Whether a media address may be fetched with the endpoint's token: https on one of Meta's hosts, or the very
/// origin of the endpoint itself (the simulator, a proxy). An address in a webhook is a stranger's word.
pub fn may_fetch(url: &str, endpoint: &Endpoint) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    if !url.username().is_empty() || url.password().is_some() || !matches!(url.scheme(), "http" | "https") {
        return false;
    }
    if Url::parse(&endpoint.base_url).is_ok_and(|base| base.has_host() && base.origin() == url.origin()) {
        return true;
    }
    let Some(url::Host::Domain(host)) = url.host() else { return false };
    url.scheme() == "https" && url.port().is_none() && MEDIA_HOSTS.iter().any(|known| is_under(host, known))
}

fn is_under(host: &str, known: &str) -> bool {
    // lookaside is one host; the others are domains whose every host is Meta's.
    host == known || (known != MEDIA_HOSTS[0] && host.strip_suffix(known).is_some_and(|left| left.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(base_url: &str) -> Endpoint {
        Endpoint {
            base_url: base_url.into(),
            phone_number_id: "1".into(),
            business_account_id: None,
            app_id: None,
            access_token: "EAAsecret".to_owned().into(),
        }
    }

    #[test]
    fn metas_hosts_are_fetched() {
        let graph = endpoint("https://graph.facebook.com/v23.0");
        for url in [
            "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=x",
            "https://LOOKASIDE.fbsbx.com:443/x",
            "https://scontent.xx.fbcdn.net/a/b.jpg",
            "https://mmg.whatsapp.net/x",
            "https://graph.facebook.com/v23.0/1",
        ] {
            assert!(may_fetch(url, &graph), "{url}");
        }
    }

    #[test]
    fn a_stranger_never_gets_the_token() {
        let graph = endpoint("https://graph.facebook.com/v23.0");
        for url in [
            "http://lookaside.fbsbx.com/x",
            "https://lookaside.fbsbx.com:8443/x",
            "https://lookaside.fbsbx.com@evil.example/x",
            "https://user:pw@lookaside.fbsbx.com/x",
            "https://evil.example/lookaside.fbsbx.com",
            "https://evil.example?x=.fbcdn.net",
            "https://evil.example#.fbcdn.net",
            "https://evil.example\\.fbcdn.net/x",
            "https://lookaside.fbsbx.com.evil.example/x",
            "https://xlookaside.fbsbx.com/x",
            "https://a.lookaside.fbsbx.com/x",
            "https://evilfbcdn.net/x",
            "https://evil-facebook.com/x",
            "https://fbsbx.com/x",
            "https://127.0.0.1/x",
            "https://[::1]/x",
            "https://169.254.169.254/latest/meta-data",
            "http://localhost:8080/x",
            "ftp://lookaside.fbsbx.com/x",
            "file:///etc/passwd",
            "data:text/plain,x",
            "//lookaside.fbsbx.com/x",
            "lookaside.fbsbx.com",
            "",
        ] {
            assert!(!may_fetch(url, &graph), "{url}");
        }
    }

    #[test]
    fn the_endpoints_own_origin_is_fetched_and_no_neighbour_of_it() {
        let local = endpoint("http://127.0.0.1:8080/simulator/meta/v23.0");
        assert!(may_fetch("http://127.0.0.1:8080/simulator/meta/media/7", &local));
        for url in [
            "http://127.0.0.1:8081/x",
            "https://127.0.0.1:8080/x",
            "http://127.0.0.1/x",
            "http://localhost:8080/x",
            "http://127.0.0.1:8080@evil.example/x",
            "http://evil.example/127.0.0.1:8080",
        ] {
            assert!(!may_fetch(url, &local), "{url}");
        }
        assert!(!may_fetch("data:text/plain,x", &endpoint("data:x")));
    }

    #[test]
    fn the_token_is_never_printed() {
        assert!(!format!("{:?}", endpoint("https://graph.facebook.com/v23.0")).contains("EAAsecret"));
    }
}
