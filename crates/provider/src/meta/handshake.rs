//! The question Meta asks once when a webhook's address is entered.

use subtle::ConstantTimeEq;

/// Why the question is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("hub.mode is not subscribe")]
    Mode,
    #[error("hub.verify_token is missing or not ours")]
    Token,
    #[error("hub.challenge is missing or too long")]
    Challenge,
}

/// Longer challenges are not echoed.
const CHALLENGE_LIMIT: usize = 1024;

/// The challenge to answer with, as the whole `text/plain` body. `query` is the raw query string. An empty token of
/// ours refuses everyone.
pub fn handshake(query: &str, verify_token: &str) -> Result<String, Refused> {
    let (mut mode, mut token, mut challenge) = (None, None, None);
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "hub.mode" => mode = Some(value),
            "hub.verify_token" => token = Some(value),
            "hub.challenge" => challenge = Some(value),
            _ => {}
        }
    }
    if mode.as_deref() != Some("subscribe") {
        return Err(Refused::Mode);
    }
    let fits = token.is_some_and(|token| token.as_bytes().ct_eq(verify_token.as_bytes()).into());
    if verify_token.is_empty() || !fits {
        return Err(Refused::Token);
    }
    match challenge {
        Some(text) if !text.is_empty() && text.len() <= CHALLENGE_LIMIT => Ok(text.into_owned()),
        _ => Err(Refused::Challenge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_comes_back_for_the_right_token_only() {
        let asked = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=open%20sesame";
        assert_eq!(handshake(asked, "open sesame").as_deref(), Ok("1158201444"));
        assert_eq!(handshake(asked, "open"), Err(Refused::Token));
        assert_eq!(handshake(asked, ""), Err(Refused::Token));
        assert_eq!(handshake("hub.mode=subscribe&hub.verify_token=&hub.challenge=1", ""), Err(Refused::Token));
        assert_eq!(handshake("hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=t", "t"), Err(Refused::Mode));
        assert_eq!(handshake("hub.mode=subscribe&hub.verify_token=t", "t"), Err(Refused::Challenge));
        assert_eq!(handshake("", "t"), Err(Refused::Mode));
        assert_eq!(
            handshake("hub%2Emode=subscribe&hub%2Echallenge=a%2Bb&hub%2Everify_token=t", "t").as_deref(),
            Ok("a+b")
        );
    }
}
