//! Short-lived addresses under which a provider fetches a file of ours. Whoever holds one needs nothing else, so it is
//! sealed with the instance's key, good for one file, and soon for none.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use pronto_store::attachment::Attachment;

use crate::{Result, Sealer};

/// How long an address is good: providers fetch at once, and again for a while where that went wrong.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(1);
/// Told apart from every other sealed value.
const PURPOSE: &str = "file";

/// The path of a file for whoever has it: `/files/{token}/{name}`.
pub fn path(sealer: &Sealer, attachment: &Attachment, now: Timestamp) -> Result<String> {
    let until = now.as_second().saturating_add(GOOD_FOR.as_secs());
    let token = URL_SAFE_NO_PAD.encode(sealer.seal(&format!("{PURPOSE} {} {until}", attachment.id))?);
    let name = attachment.name.clone().unwrap_or_else(|| format!("file.{}", ending(&attachment.mime)));
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let name: String = name.chars().map(plain).take(100).collect();
    Ok(format!("/files/{token}/{name}"))
}

/// The attachment that a token opens, while it is good.
pub fn read(sealer: &Sealer, token: &str, now: Timestamp) -> Option<i64> {
    let sealed = URL_SAFE_NO_PAD.decode(token).ok()?;
    let words = sealer.open(&sealed).ok()?;
    let mut words = words.split(' ');
    let (purpose, attachment, until) = (words.next()?, words.next()?.parse().ok()?, words.next()?.parse::<i64>().ok()?);
    (purpose == PURPOSE && words.next().is_none() && now.as_second() < until).then_some(attachment)
}

/// The ending of a name, which providers look at as well as at the type.
pub fn ending(mime: &str) -> &str {
    match mime.split(';').next().unwrap_or_default().trim() {
        "image/jpeg" => "jpg",
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "video/3gpp" => "3gp",
        "text/plain" => "txt",
        other => other.rsplit('/').next().unwrap_or("bin"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachment() -> Attachment {
        Attachment {
            id: 7,
            message_id: 1,
            account_id: 1,
            kind: "document".to_owned(),
            name: Some("Offer/2026 è.pdf".to_owned()),
            mime: "application/pdf".to_owned(),
            size: None,
            sha256: None,
            media_id: None,
            media_until: None,
            media_url: None,
            state: "stored".to_owned(),
            error: None,
            failure: None,
            path: None,
            width: None,
            height: None,
            animated: false,
        }
    }

    #[test]
    fn an_address_opens_its_file_for_an_hour() {
        let sealer = Sealer::new(&[7; 32]);
        let now = Timestamp::from_second(1_790_000_000).expect("a time");
        let path = path(&sealer, &attachment(), now).expect("a path");
        let (token, name) = path.trim_start_matches("/files/").split_once('/').expect("two parts");
        assert_eq!(name, "Offer_2026__.pdf");
        assert_eq!(read(&sealer, token, now), Some(7));
        assert_eq!(read(&sealer, token, now + SignedDuration::from_mins(59)), Some(7));
        assert_eq!(read(&sealer, token, now + SignedDuration::from_mins(60)), None);
        assert_eq!(read(&Sealer::new(&[8; 32]), token, now), None);
        // A sealed value of another kind opens nothing.
        for other in ["7 1999999999", "token 7 1999999999", "file 7", "file 7 1999999999 x"] {
            let token = URL_SAFE_NO_PAD.encode(sealer.seal(other).expect("sealed"));
            assert_eq!(read(&sealer, &token, now), None, "{other}");
        }
        for broken in ["", "x", &token[1..], &format!("{token}A")] {
            assert_eq!(read(&sealer, broken, now), None, "{broken}");
        }
    }
}
