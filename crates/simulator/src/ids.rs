//! Identifiers in the shapes the providers give them.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rand::RngExt as _;
use sha2::{Digest as _, Sha256};

use crate::clock;
use crate::provider::Provider;

/// What a provider calls a message.
pub(crate) fn message(provider: Provider, kind: &str, digits: &str) -> String {
    match provider {
        Provider::Meta | Provider::KaleyraV2 => wamid(digits),
        Provider::Twilio => {
            let plain = matches!(kind, "text" | "location" | "button" | "interactive" | "reaction");
            format!("{}{}", if plain { "SM" } else { "MM" }, hex(&rand::random::<[u8; 16]>()))
        }
        Provider::Sinch => ulid(),
        Provider::KaleyraV1 => format!("{}:0", uuid(rand::random())),
    }
}

/// What Twilio calls a content.
pub(crate) fn content() -> String {
    format!("HX{}", hex(&rand::random::<[u8; 16]>()))
}

/// Letters and digits that cannot be taken for one another.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// An id of Sinch's: the time, then chance.
pub(crate) fn ulid() -> String {
    let time = u128::from(clock::now().unsigned_abs());
    crockford(time << 80 | rand::random::<u128>() >> 48)
}

/// The id that always belongs to these words.
pub(crate) fn ulid_of(words: &str) -> String {
    let hash = Sha256::digest(words.as_bytes());
    let number = hash.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    crockford(number >> 8)
}

fn crockford(number: u128) -> String {
    let place = |place: u32| usize::try_from(number >> (5 * place) & 31).unwrap_or_default();
    (0..26).rev().map(|at| char::from(CROCKFORD[place(at)])).collect()
}

/// The UUID that always belongs to these words.
pub(crate) fn uuid_of(words: &str) -> String {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(Sha256::digest(words.as_bytes())).for_each(|(byte, hashed)| *byte = hashed);
    uuid(bytes)
}

/// Sixteen bytes in the groups of a UUID.
pub(crate) fn uuid(bytes: [u8; 16]) -> String {
    let digits = hex(&bytes);
    format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

/// A message id: `wamid.` and the base64 of a small record that holds the customer's number and a random key.
pub(crate) fn wamid(digits: &str) -> String {
    let mut record = vec![0x1c, 0x18, u8::try_from(digits.len()).unwrap_or(0)];
    record.extend_from_slice(digits.as_bytes());
    record.extend_from_slice(&[0x15, 0x02, 0x00, 0x12, 0x18, 0x14]);
    record.extend_from_slice(hex(&rand::random::<[u8; 10]>()).to_ascii_uppercase().as_bytes());
    record.push(0x00);
    format!("wamid.{}", STANDARD.encode(record))
}

/// A numeric object id, as media and templates have.
pub(crate) fn object_id() -> String {
    rand::rng().random_range(1_000_000_000_000_000_u64..9_000_000_000_000_000).to_string()
}

/// A business-scoped user id: the country and a long number.
pub(crate) fn user_id(country: &str) -> String {
    let number = rand::rng().random_range(10_000_000_000_000_000_000_u64..u64::MAX);
    format!("{country}.{number}")
}

/// The trace id that ends every error of Meta's.
pub(crate) fn trace() -> String {
    let text = STANDARD.encode(rand::random::<[u8; 16]>());
    format!("A{}", text.replace(['+', '/', '='], "_"))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
