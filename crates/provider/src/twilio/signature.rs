//! Whether a webhook is Twilio's: an HMAC over the address it was sent to and, of a form, all its parameters.
//!
//! By default it is SHA-1 under the Auth Token. Where a shared key is set up, it is SHA-256 under that key, and a header
//! says so; an account that has one believes nothing else.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The headers a webhook brings.
pub const HEADER: &str = "x-twilio-signature";
pub const SETTINGS: &str = "x-twilio-webhooks-signature-settings";

/// Why a webhook is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    #[error("the signature is missing")]
    Missing,
    #[error("the signature is not base64 of a hash")]
    Shape,
    #[error("the signature does not fit the address, the parameters and the token")]
    Mismatch,
    #[error("the body is not what bodySHA256 says, or nothing covers it")]
    Body,
    #[error("the signature's settings name another key or algorithm than this account's")]
    Settings,
    /// An empty secret would let anyone sign.
    #[error("no auth token is set")]
    NoSecret,
}

/// What an account is recognised by.
#[derive(Clone, Copy, Default)]
pub struct Keys<'a> {
    /// The primary and the secondary Auth Token.
    pub tokens: [Option<&'a str>; 2],
    /// A shared key's id and secret. With it, SHA-1 is not believed.
    pub shared: Option<(&'a str, &'a str)>,
}

/// What came.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    /// The whole public address with its query, as Twilio was given it.
    pub url: &'a str,
    pub is_get: bool,
    pub content_type: Option<&'a str>,
    pub body: &'a [u8],
    pub signature: Option<&'a str>,
    pub settings: Option<&'a str>,
}

/// Checks a webhook, in constant time.
pub fn verify(keys: Keys<'_>, signed: &Signed<'_>) -> Result<(), Forged> {
    let claimed = signed.signature.map(str::trim).filter(|text| !text.is_empty()).ok_or(Forged::Missing)?;
    let claimed = STANDARD.decode(claimed).map_err(|_| Forged::Shape)?;
    let url = signed.url.split('#').next().unwrap_or_default();
    let parameters = parameters(url, signed)?;
    let candidates = spellings(url).map(|url| format!("{url}{parameters}"));
    let fits = match (keys.shared, signed.settings) {
        (Some((id, secret)), Some(settings)) => {
            let (key, algorithm) = read_settings(settings);
            let ours = key.is_some_and(|key| bool::from(key.as_bytes().ct_eq(id.as_bytes())));
            if !ours || algorithm != Some("HMAC_SHA256") {
                return Err(Forged::Settings);
            }
            if secret.is_empty() {
                return Err(Forged::NoSecret);
            }
            candidates.iter().any(|data| sha256(secret, data).verify_slice(&claimed).is_ok())
        }
        // Neither a header that is left out nor one that we hold no key for makes a signature weaker.
        (Some(_), None) | (None, Some(_)) => return Err(Forged::Settings),
        (None, None) => {
            let tokens = || keys.tokens.into_iter().flatten().filter(|token| !token.is_empty());
            if tokens().next().is_none() {
                return Err(Forged::NoSecret);
            }
            tokens().any(|token| candidates.iter().any(|data| sha1(token, data).verify_slice(&claimed).is_ok()))
        }
    };
    if fits { Ok(()) } else { Err(Forged::Mismatch) }
}

/// What of the body is signed beside the address. A body that nothing covers is no delivery.
fn parameters(url: &str, signed: &Signed<'_>) -> Result<String, Forged> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let hash = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "bodySHA256");
    if let Some((_, hash)) = hash {
        let is = hex(&Sha256::digest(signed.body));
        let same = bool::from(hash.to_ascii_lowercase().as_bytes().ct_eq(is.as_bytes()));
        return if same { Ok(String::new()) } else { Err(Forged::Body) };
    }
    if signed.is_get || signed.body.is_empty() {
        return if signed.body.is_empty() { Ok(String::new()) } else { Err(Forged::Body) };
    }
    let kind = signed.content_type.unwrap_or("application/x-www-form-urlencoded");
    if !kind.trim().to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(Forged::Body);
    }
    let mut sorted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(signed.body) {
        sorted.entry(name.into_owned()).or_default().insert(value.into_owned());
    }
    let pairs = sorted.iter().flat_map(|(name, values)| values.iter().flat_map(move |value| [name, value]));
    Ok(pairs.map(String::as_str).collect())
}

/// The address as it stands, without its port, and with the usual one: Twilio signs now this, now that.
fn spellings(url: &str) -> [String; 3] {
    let as_is = || url.to_owned();
    let Some((scheme, rest)) = url.split_once("://") else { return [as_is(), as_is(), as_is()] };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let usual = if scheme.eq_ignore_ascii_case("https") { 443 } else { 80 };
    let with = if host == authority { format!("{scheme}://{host}:{usual}{path}") } else { as_is() };
    [as_is(), format!("{scheme}://{host}{path}"), with]
}

/// `key=<id>,algorithm=HMAC_SHA256`
fn read_settings(settings: &str) -> (Option<&str>, Option<&str>) {
    let value = |wanted: &str| {
        let pairs = settings.split(',').filter_map(|pair| pair.split_once('='));
        let mut found =
            pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim());
        let value = found.next();
        // Of two, neither is believed.
        value.filter(|_| found.next().is_none())
    };
    (value("key"), value("algorithm"))
}

/// The header's value for what Twilio would send: under a token, or under a shared key.
pub fn sign(token: &str, signed: &Signed<'_>) -> Result<String, Forged> {
    let url = signed.url.split('#').next().unwrap_or_default();
    let data = format!("{url}{}", parameters(url, signed)?);
    Ok(match signed.settings {
        None => STANDARD.encode(sha1(token, &data).finalize().into_bytes()),
        Some(_) => STANDARD.encode(sha256(token, &data).finalize().into_bytes()),
    })
}

fn sha1(key: &str, data: &str) -> Hmac<Sha1> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(data.as_bytes());
    mac
}

fn sha256(key: &str, data: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(data.as_bytes());
    mac
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
