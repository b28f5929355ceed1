//! What we send, in words that fit every provider, and what the provider answers.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::id::AttachmentId;
use crate::inbound::ProviderError;
use crate::message::{Card, words};

/// Whom a message goes to. At least one of the two is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Digits with country prefix, without `+`.
    pub digits: Option<String>,
    /// The provider's own id of the person (Meta: BSUID).
    pub user_id: Option<String>,
}

/// One message to one customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outgoing {
    pub to: Recipient,
    pub body: Body,
    /// The provider's id of the message this answers.
    pub reply_to: Option<String>,
    /// Comes back with every status: the attempt's id.
    pub opaque: Option<String>,
}

impl Outgoing {
    /// Every file in it.
    pub fn files(&mut self) -> Vec<&mut File> {
        match &mut self.body {
            Body::Media { file, .. } => vec![file],
            Body::Template(template) => template
                .parts
                .iter_mut()
                .flat_map(|part| match part {
                    TemplatePart::Header { variables } | TemplatePart::Body { variables } => variables.as_mut_slice(),
                    TemplatePart::Button { .. } => &mut [],
                })
                .filter_map(|variable| match variable {
                    Variable::Media { file, .. } => Some(file),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Body {
    Text {
        text: String,
        /// Whether the phone shows a card of the first link.
        preview_url: bool,
    },
    Media {
        media: MediaKind,
        file: File,
        caption: Option<String>,
        /// Shown for documents only.
        filename: Option<String>,
        /// An audio that shows as a voice message (Ogg with Opus).
        voice: bool,
    },
    Location {
        latitude: f64,
        longitude: f64,
        name: Option<String>,
        address: Option<String>,
    },
    Contacts {
        cards: Vec<Card>,
    },
    /// `emoji` is `None` to take the reaction off.
    Reaction {
        target: String,
        emoji: Option<String>,
    },
    /// Up to three buttons under a text.
    Buttons {
        text: String,
        footer: Option<String>,
        buttons: Vec<Choice>,
    },
    /// A list that opens with a tap on `button`.
    List {
        text: String,
        footer: Option<String>,
        button: String,
        sections: Vec<Section>,
    },
    Template(Template),
}

words! {
    /// What kind of file a message carries, as the phone shows it.
    MediaKind { Image = "image", Video = "video", Audio = "audio", Document = "document", Sticker = "sticker" }
}

/// Where a file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", content = "value", rename_all = "snake_case")]
pub enum File {
    /// One of ours, which the provider is given before the message is sent.
    Kept(AttachmentId),
    /// Uploaded before; the provider's id of it.
    Uploaded(String),
    /// A public address.
    Link(String),
}

/// A button or a row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Comes back when it is tapped.
    pub id: String,
    pub title: String,
    /// Second line of a row; buttons have none.
    pub description: Option<String>,
}

/// Rows of a list under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub title: Option<String>,
    pub rows: Vec<Choice>,
}

/// An approved template with its variables filled in. Only the parts that have variables are listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    pub name: String,
    /// The language code it was approved under, such as `it` or `en_US`.
    pub language: String,
    /// The provider's own id of it, for those that know it by that.
    #[serde(default)]
    pub provider_id: String,
    pub parts: Vec<TemplatePart>,
}

/// One part of a template with its variables in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum TemplatePart {
    Header {
        variables: Vec<Variable>,
    },
    Body {
        variables: Vec<Variable>,
    },
    Button {
        /// Its place among the template's buttons, from 0.
        index: u8,
        button: TemplateButton,
    },
}

/// The value of one variable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Variable {
    Text {
        /// For templates with named variables.
        name: Option<String>,
        text: String,
    },
    Media {
        media: MediaKind,
        file: File,
        filename: Option<String>,
    },
    Location {
        latitude: f64,
        longitude: f64,
        name: Option<String>,
        address: Option<String>,
    },
    /// An amount in thousandths, worded by the phone; `fallback` is shown where it cannot.
    Currency {
        code: String,
        amount_1000: i64,
        fallback: String,
    },
    /// A date in the words to show.
    DateTime {
        fallback: String,
    },
}

/// The variable of a template's button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TemplateButton {
    /// `payload` comes back when it is tapped.
    QuickReply { payload: String },
    /// What is put at the end of the button's address.
    Url {
        /// For templates with named variables.
        #[serde(default)]
        name: Option<String>,
        suffix: String,
    },
    /// The code that a tap copies.
    CopyCode { code: String },
    /// Opens a form. `data` is JSON for its first screen.
    Flow { token: Option<String>, data: Option<serde_json::Value> },
    /// Opens the catalogue, with this product's picture.
    Catalog { thumbnail_product: Option<String> },
}

/// What a provider said to a message of ours.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It has it. No promise that it will arrive.
    Accepted {
        provider_id: String,
        /// The number it goes to, as the provider spells it.
        digits: Option<String>,
        user_id: Option<String>,
        /// The provider's word beside it, such as `held_for_quality_assessment`.
        note: Option<String>,
    },
    /// Nothing was sent; the same request may work later.
    Retry {
        /// What the provider asked for.
        after: Option<Duration>,
        pace: Pace,
        error: ProviderError,
        /// The account as a whole is in trouble.
        trouble: Option<Trouble>,
    },
    /// Nothing was sent and nothing will be.
    Failed { error: ProviderError, trouble: Option<Trouble> },
    /// It may or may not have been sent.
    Unknown { detail: String },
}

impl Answer {
    /// How long to wait before the next try, after `tries` tries that went wrong (1 for the first); `None` where
    /// nothing is tried again.
    pub fn retry_in(&self, tries: u32) -> Option<Duration> {
        match self {
            Self::Retry { after, pace, .. } => Some(pace.delay(tries).max(after.unwrap_or_default())),
            _ => None,
        }
    }

    /// The trouble of the whole account that this answer tells of.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Retry { trouble, .. } | Self::Failed { trouble, .. } => *trouble,
            Self::Accepted { .. } | Self::Unknown { .. } => None,
        }
    }
}

words! {
    /// How patiently to try again.
    Pace {
        /// A hiccup: 1, 2, 4 … 60 seconds.
        Quick = "quick",
        /// Too many messages to one person: 1, 4, 16 … seconds, as Meta asks.
        Pair = "pair",
        /// Too many messages of one number: 2, 4, 8 … 60 seconds.
        Throttle = "throttle",
        /// A quota counted by the hour: 1, 2, 4 … 30 minutes.
        Quota = "quota",
    }
}

impl Pace {
    /// The wait after `tries` tries that went wrong (1 for the first).
    pub fn delay(self, tries: u32) -> Duration {
        let n = tries.saturating_sub(1).min(16);
        Duration::from_secs(match self {
            Self::Quick => (1 << n).min(60),
            Self::Pair => (1 << (2 * n)).min(4096),
            Self::Throttle => (2 << n).min(60),
            Self::Quota => (60 << n).min(1800),
        })
    }
}

words! {
    /// What is wrong with a whole account, for its health page.
    Trouble {
        /// The access token is wrong or has run out.
        Token = "token",
        /// The token may not do this.
        Permission = "permission",
        /// The provider has locked or restricted the account.
        Locked = "locked",
        Payment = "payment",
        /// The number is not registered with the provider, or not there.
        Number = "number",
        /// The provider has lowered or used up what may be sent.
        Limit = "limit",
    }
}

words! {
    /// What a person can do about an error.
    Next {
        /// Send a template instead.
        Template = "template",
        /// Send it again.
        Retry = "retry",
        /// Only time helps.
        Wait = "wait",
        /// See whether the number is right and has WhatsApp.
        CheckNumber = "check_number",
        /// Only an administrator can mend it.
        CallAdmin = "call_admin",
        /// Send something else.
        ChangeMessage = "change_message",
        None = "none",
    }
}
