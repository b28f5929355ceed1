//! Where files may be fetched from.

use url::{Host, Url};

/// Whether a file may be fetched from an address that a webhook or a redirect named, which is a stranger's word: https
/// on the usual port of a known host or one under it, or the very origin of the endpoint (the simulator, a proxy).
pub(crate) fn may_fetch(address: &str, base_url: &str, known: &[&str], more: &[String]) -> bool {
    let Some(url) = plain(address) else { return false };
    if is_origin(&url, base_url) {
        return true;
    }
    let Some(Host::Domain(host)) = url.host() else { return false };
    let is_under = |known: &str| {
        let known = known.trim().trim_start_matches('.').to_ascii_lowercase();
        !known.is_empty() && (host == known || host.strip_suffix(&known).is_some_and(|left| left.ends_with('.')))
    };
    url.scheme() == "https"
        && url.port().is_none()
        && (known.iter().copied().any(is_under) || more.iter().map(String::as_str).any(is_under))
}

/// Whether an address is of the endpoint's own origin, where its credentials may go.
pub(crate) fn is_home(address: &str, base_url: &str) -> bool {
    plain(address).is_some_and(|url| is_origin(&url, base_url))
}

fn plain(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let bare = url.username().is_empty() && url.password().is_none();
    (bare && matches!(url.scheme(), "http" | "https")).then_some(url)
}

fn is_origin(url: &Url, base_url: &str) -> bool {
    Url::parse(base_url).is_ok_and(|base| base.has_host() && base.origin() == url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_hosts_and_the_endpoints_own_origin_are_asked() {
        let base = "http://127.0.0.1:8080/simulator/twilio";
        let more = ["files.example.org".to_owned(), " ".to_owned()];
        let may = |address: &str| may_fetch(address, base, &["twilio.com"], &more);
        for address in [
            "https://api.twilio.com/x",
            "https://twilio.com/x",
            "https://MEDIA.TWILIO.COM:443/x",
            "https://files.example.org/a.jpg",
            "http://127.0.0.1:8080/anything",
        ] {
            assert!(may(address), "{address}");
        }
        for address in [
            "http://api.twilio.com/x",
            "https://api.twilio.com:8443/x",
            "https://eviltwilio.com/x",
            "https://twilio.com.evil.example/x",
            "https://api.twilio.com@evil.example/x",
            "https://user:pw@api.twilio.com/x",
            "https://evil.example/api.twilio.com",
            "https://169.254.169.254/latest/meta-data",
            "http://127.0.0.1:8081/x",
            "http://localhost:8080/x",
            "https://[::1]/x",
            "file:///etc/passwd",
            "data:text/plain,x",
            "//api.twilio.com/x",
            "",
        ] {
            assert!(!may(address), "{address}");
        }
        assert!(is_home("http://127.0.0.1:8080/x", base) && !is_home("https://api.twilio.com/x", base));
    }
}
