//! Whose API a business uses. The network behind it is the same.

use serde::{Deserialize, Serialize};

/// Who stands between a business and the network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    #[default]
    Meta,
    Twilio,
    Sinch,
    KaleyraV1,
    KaleyraV2,
}

impl Provider {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Twilio => "twilio",
            Self::Sinch => "sinch",
            Self::KaleyraV1 => "kaleyra_v1",
            Self::KaleyraV2 => "kaleyra_v2",
        }
    }
}

impl TryFrom<String> for Provider {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        [Self::Meta, Self::Twilio, Self::Sinch, Self::KaleyraV1, Self::KaleyraV2]
            .into_iter()
            .find(|provider| provider.as_str() == text)
            .ok_or_else(|| format!("{text:?} is no provider"))
    }
}

/// What only some providers have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Connection {
    /// The user of calls: an API key's SID at Twilio, beside the account's own; the key's id at Sinch.
    pub key_id: Option<String>,
    /// Twilio: the key that signs deliveries with SHA-256 instead of the Auth Token.
    pub shared_key_id: Option<String>,
    pub shared_key_secret: Option<String>,
    /// Kaleyra: the header that carries the app secret; Basic authentication if absent.
    pub header: Option<String>,
    /// Kaleyra: the WhatsApp business account, which has the templates.
    pub waba_id: Option<String>,
    /// Meta: the business has been verified, so that its account may have more templates.
    pub verified: bool,
}
