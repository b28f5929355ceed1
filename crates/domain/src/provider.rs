//! Who carries our messages, and what each of them can do.

use serde::{Deserialize, Serialize};

use crate::compose::{CAPTION_LIMIT, TEXT_LIMIT};
use crate::message::{Kind, words};
use crate::outbound::{Body, MediaKind, Outgoing};

words! {
    /// Who provides a number.
    Provider { Meta = "meta", Twilio = "twilio", Sinch = "sinch", Kaleyra = "kaleyra" }
}

impl Provider {
    /// Its name as people say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "Meta",
            Self::Twilio => "Twilio",
            Self::Sinch => "Sinch",
            Self::Kaleyra => "Kaleyra",
        }
    }

    /// Where its own API is.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Meta => "https://graph.facebook.com/v23.0",
            Self::Twilio => "https://api.twilio.com",
            Self::Sinch => "https://eu.conversation.api.sinch.com",
            Self::Kaleyra => "https://api.kaleyra.io",
        }
    }
}

impl Provider {
    /// Whether an address is the provider's own API: simulators and recorders stand elsewhere.
    pub fn is_at(self, base_url: &str) -> bool {
        let host = base_url.split_once("://").map_or("", |(_, rest)| rest).split(['/', ':', '?']).next().unwrap_or("");
        let homes: &[&str] = match self {
            Self::Meta => &["facebook.com"],
            Self::Twilio => &["twilio.com"],
            Self::Sinch => &["sinch.com"],
            Self::Kaleyra => &["kaleyra.io", "kaleyra.ai"],
        };
        homes.iter().any(|home| host == *home || host.strip_suffix(home).is_some_and(|rest| rest.ends_with('.')))
    }
}

words! {
    /// Which of Kaleyra's two APIs a number is on.
    Version { V1 = "v1", V2 = "v2" }
}

/// How an account is reached and recognised, beside its ids and secrets. What does not concern its provider is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Connection {
    /// Where the provider reaches us, as entered there: `https://care.example`. Twilio signs it; files to be fetched
    /// are offered under it.
    pub public_url: Option<String>,
    /// Kaleyra's API; the newer one if absent.
    pub version: Option<Version>,
    /// Kaleyra: the WhatsApp business account, for templates.
    pub waba_id: Option<String>,
    /// Kaleyra: the header that its calls prove themselves by; Basic authentication if absent.
    pub header: Option<String>,
    /// Twilio: the key that signs with SHA-256. With it, nothing else is believed.
    pub shared_key_id: Option<String>,
    /// Further hosts that customers' files are fetched from.
    pub media_hosts: Vec<String>,
}

words! {
    /// How a provider comes by a file of ours.
    MediaWay {
        /// We hand it in, and send its id.
        Upload = "upload",
        /// It fetches it from a short-lived address of ours.
        Link = "link",
    }
}

/// What can be done over a provider: read by the rules, shown with the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    pub provider: Provider,
    /// What may be sent.
    pub sends: &'static [Kind],
    /// What of a customer's arrives as what it is; the rest stands there as not supported.
    pub receives: &'static [Kind],
    /// Files that may have words under them.
    pub captions: &'static [Kind],
    /// Characters of a text, and of the words under a file.
    pub text_limit: usize,
    pub caption_limit: usize,
    pub media: MediaWay,
    /// Answering a message of the customer's by quoting it.
    pub quotes: bool,
    pub typing: bool,
    pub read_receipts: bool,
    pub templates: bool,
    /// Templates are handed in for review from here; else where the number was set up.
    pub makes_templates: bool,
    /// The business may write first.
    pub starts: bool,
    /// Taking back what was sent.
    pub deletes: bool,
    /// The provider keeps senders away.
    pub blocks: bool,
}

const FILES: &[Kind] = &[Kind::Image, Kind::Video, Kind::Document];

const META: Capabilities = Capabilities {
    provider: Provider::Meta,
    sends: &[
        Kind::Text,
        Kind::Image,
        Kind::Video,
        Kind::Audio,
        Kind::Voice,
        Kind::Document,
        Kind::Sticker,
        Kind::Location,
        Kind::Contacts,
        Kind::Reaction,
        Kind::Interactive,
        Kind::Template,
    ],
    receives: &[
        Kind::Text,
        Kind::Image,
        Kind::Video,
        Kind::Audio,
        Kind::Voice,
        Kind::Document,
        Kind::Sticker,
        Kind::Location,
        Kind::Contacts,
        Kind::Reaction,
        Kind::Interactive,
        Kind::Button,
        Kind::Order,
        Kind::System,
        Kind::Call,
    ],
    captions: FILES,
    text_limit: TEXT_LIMIT,
    caption_limit: CAPTION_LIMIT,
    media: MediaWay::Upload,
    quotes: true,
    typing: true,
    read_receipts: true,
    templates: true,
    makes_templates: true,
    starts: true,
    deletes: false,
    blocks: true,
};

const TWILIO: Capabilities = Capabilities {
    provider: Provider::Twilio,
    sends: &[
        Kind::Text,
        Kind::Image,
        Kind::Video,
        Kind::Audio,
        Kind::Voice,
        Kind::Document,
        Kind::Sticker,
        Kind::Location,
        Kind::Template,
    ],
    receives: &[
        Kind::Text,
        Kind::Image,
        Kind::Video,
        Kind::Audio,
        Kind::Voice,
        Kind::Document,
        Kind::Sticker,
        Kind::Location,
        Kind::Interactive,
        Kind::Button,
    ],
    captions: &[Kind::Image, Kind::Video],
    text_limit: 1600,
    caption_limit: CAPTION_LIMIT,
    media: MediaWay::Link,
    quotes: false,
    typing: true,
    read_receipts: false,
    templates: true,
    makes_templates: false,
    starts: true,
    deletes: false,
    blocks: false,
};

const SINCH: Capabilities = Capabilities {
    provider: Provider::Sinch,
    sends: &[
        Kind::Text,
        Kind::Image,
        Kind::Video,
        Kind::Audio,
        Kind::Voice,
        Kind::Document,
        Kind::Sticker,
        Kind::Location,
        Kind::Contacts,
        Kind::Interactive,
    ],
    receives: &[
        Kind::Text,
        Kind::Image,
        Kind::Video,
        Kind::Audio,
        Kind::Voice,
        Kind::Document,
        Kind::Sticker,
        Kind::Location,
        Kind::Reaction,
        Kind::Interactive,
        Kind::Order,
    ],
    captions: FILES,
    text_limit: TEXT_LIMIT,
    caption_limit: CAPTION_LIMIT,
    media: MediaWay::Link,
    quotes: false,
    typing: false,
    read_receipts: false,
    templates: false,
    makes_templates: false,
    starts: false,
    deletes: false,
    blocks: false,
};

const KALEYRA_V1: Capabilities = Capabilities {
    provider: Provider::Kaleyra,
    sends: &[
        Kind::Text,
        Kind::Image,
        Kind::Video,
        Kind::Audio,
        Kind::Voice,
        Kind::Document,
        Kind::Location,
        Kind::Interactive,
        Kind::Template,
    ],
    receives: &[
        Kind::Text,
        Kind::Image,
        Kind::Video,
        Kind::Audio,
        Kind::Voice,
        Kind::Document,
        Kind::Location,
        Kind::Contacts,
        Kind::Button,
    ],
    captions: FILES,
    text_limit: TEXT_LIMIT,
    caption_limit: CAPTION_LIMIT,
    media: MediaWay::Link,
    quotes: false,
    typing: false,
    read_receipts: false,
    templates: true,
    makes_templates: false,
    starts: true,
    deletes: false,
    blocks: false,
};

/// The newer API passes on Meta's own messages.
const KALEYRA_V2: Capabilities =
    Capabilities { provider: Provider::Kaleyra, media: MediaWay::Link, typing: false, blocks: false, ..META };

/// Why a message is not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cannot {
    #[error("{} has no way to send {what} over WhatsApp", provider.name())]
    Send { provider: Provider, what: &'static str },
    #[error("{} takes texts of at most {limit} characters; this one has {length}", provider.name())]
    TooLong { provider: Provider, limit: usize, length: usize },
}

impl Capabilities {
    pub const fn of(provider: Provider, version: Option<Version>) -> &'static Self {
        match (provider, version) {
            (Provider::Meta, _) => &META,
            (Provider::Twilio, _) => &TWILIO,
            (Provider::Sinch, _) => &SINCH,
            (Provider::Kaleyra, Some(Version::V1)) => &KALEYRA_V1,
            (Provider::Kaleyra, _) => &KALEYRA_V2,
        }
    }

    pub fn reactions(&self) -> bool {
        self.sends.contains(&Kind::Reaction)
    }

    /// Whether a message can be sent over this provider.
    pub fn allow(&self, message: &Outgoing) -> Result<(), Cannot> {
        let provider = self.provider;
        let (kind, what) = named(&message.body);
        if !self.sends.contains(&kind) {
            return Err(Cannot::Send { provider, what });
        }
        if message.reply_to.is_some() && !self.quotes {
            return Err(Cannot::Send { provider, what: "an answer that quotes a message" });
        }
        let (text, limit) = match &message.body {
            Body::Text { text, .. } => (text.as_str(), self.text_limit),
            Body::Media { caption: Some(caption), .. } if !self.captions.contains(&kind) && !caption.is_empty() => {
                return Err(Cannot::Send { provider, what: "words under this kind of file" });
            }
            Body::Media { caption: Some(caption), .. } => (caption.as_str(), self.caption_limit),
            _ => return Ok(()),
        };
        let length = text.chars().count();
        if length > limit { Err(Cannot::TooLong { provider, limit, length }) } else { Ok(()) }
    }
}

/// What a message is, as the table and as people name it.
fn named(body: &Body) -> (Kind, &'static str) {
    match body {
        Body::Text { .. } => (Kind::Text, "a text"),
        Body::Media { voice: true, .. } => (Kind::Voice, "a voice message"),
        Body::Media { media, .. } => match media {
            MediaKind::Image => (Kind::Image, "a picture"),
            MediaKind::Video => (Kind::Video, "a video"),
            MediaKind::Audio => (Kind::Audio, "an audio"),
            MediaKind::Document => (Kind::Document, "a document"),
            MediaKind::Sticker => (Kind::Sticker, "a sticker"),
        },
        Body::Location { .. } => (Kind::Location, "a location"),
        Body::Contacts { .. } => (Kind::Contacts, "contact cards"),
        Body::Reaction { .. } => (Kind::Reaction, "reactions"),
        Body::Buttons { .. } | Body::List { .. } => (Kind::Interactive, "buttons or lists"),
        Body::Template(_) => (Kind::Template, "templates"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbound::{File, Recipient};

    fn message(body: Body) -> Outgoing {
        Outgoing { to: Recipient { digits: Some("39".to_owned()), user_id: None }, body, reply_to: None, opaque: None }
    }

    fn text(length: usize) -> Outgoing {
        message(Body::Text { text: "è".repeat(length), preview_url: false })
    }

    #[test]
    fn a_simulator_is_no_provider() {
        for provider in Provider::ALL {
            assert!(provider.is_at(provider.base_url()), "{provider}");
            for other in ["http://127.0.0.1:8080/simulator", "https://facebook.com.example", "https://notsinch.com", ""]
            {
                assert!(!provider.is_at(other), "{provider} {other}");
            }
        }
    }

    #[test]
    fn texts_are_as_long_as_the_provider_takes_them() {
        let twilio = Capabilities::of(Provider::Twilio, None);
        assert_eq!(twilio.allow(&text(1600)), Ok(()));
        let long = Cannot::TooLong { provider: Provider::Twilio, limit: 1600, length: 1601 };
        assert_eq!(twilio.allow(&text(1601)), Err(long.clone()));
        assert_eq!(long.to_string(), "Twilio takes texts of at most 1600 characters; this one has 1601");
        for provider in [Provider::Meta, Provider::Sinch, Provider::Kaleyra] {
            assert_eq!(Capabilities::of(provider, None).allow(&text(4096)), Ok(()), "{provider}");
        }
    }

    #[test]
    fn what_a_provider_lacks_is_named() {
        let reaction = message(Body::Reaction { target: "x".to_owned(), emoji: None });
        let mut quoting = text(1);
        quoting.reply_to = Some("x".to_owned());
        let captioned = message(Body::Media {
            media: MediaKind::Document,
            file: File::Link("https://a.example".to_owned()),
            caption: Some("words".to_owned()),
            filename: None,
            voice: false,
        });
        for (provider, version) in
            [(Provider::Twilio, None), (Provider::Sinch, None), (Provider::Kaleyra, Some(Version::V1))]
        {
            let can = Capabilities::of(provider, version);
            let refused = can.allow(&reaction).expect_err("refused").to_string();
            assert_eq!(refused, format!("{} has no way to send reactions over WhatsApp", provider.name()));
            assert!(can.allow(&quoting).is_err(), "{provider}");
        }
        for version in [None, Some(Version::V2)] {
            let can = Capabilities::of(Provider::Kaleyra, version);
            assert!(can.allow(&reaction).is_ok() && can.allow(&quoting).is_ok());
        }
        assert!(Capabilities::of(Provider::Twilio, None).allow(&captioned).is_err());
        assert!(Capabilities::of(Provider::Sinch, None).allow(&captioned).is_ok());
    }

    #[test]
    fn only_who_has_templates_may_write_first() {
        for provider in Provider::ALL {
            for version in Version::ALL {
                let can = Capabilities::of(*provider, Some(*version));
                assert_eq!(can.provider, *provider);
                assert_eq!(can.starts, can.templates, "{provider}");
                assert_eq!(can.templates, can.sends.contains(&Kind::Template), "{provider}");
                assert!(can.captions.iter().all(|kind| can.sends.contains(kind)), "{provider}");
            }
        }
    }
}
