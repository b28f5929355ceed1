//! What a message is, in words that fit every provider.

use serde::{Deserialize, Serialize};

use crate::placeholder::Span;
use crate::template::{ShownButton, ShownHeader};

/// An enumeration whose values are words: the same in the database, the API and the desktop.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word for it in the database, the API and the desktop alike.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::message::UnknownWord;
            fn from_str(text: &str) -> Result<Self, $crate::message::UnknownWord> {
                match text { $($text => Ok(Self::$variant),)* _ => Err($crate::message::UnknownWord(text.to_owned())) }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}
pub(crate) use words;

/// A word that names no value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a known value")]
pub struct UnknownWord(pub String);

words! {
    /// Where a message stands in the thread.
    Direction { In = "in", Out = "out", Note = "note", System = "system" }
}

words! {
    /// What a message holds.
    Kind {
        Text = "text", Image = "image", Video = "video", Audio = "audio",
        /// An audio recorded in the chat, shown with a waveform.
        Voice = "voice",
        Document = "document", Sticker = "sticker", Location = "location", Contacts = "contacts",
        Reaction = "reaction",
        /// An answer to buttons, a list or a form.
        Interactive = "interactive",
        /// A tap on a template's quick reply.
        Button = "button",
        Order = "order", Template = "template",
        /// A change the network tells of, such as a new number; or a quiet line of ours.
        System = "system",
        Note = "note", Call = "call",
        /// Anything the provider could not pass on, or that we do not know yet. Its raw payload is kept.
        Unsupported = "unsupported",
    }
}

words! {
    /// Who wrote a message.
    AuthorKind { Customer = "customer", Agent = "agent", Bot = "bot", System = "system" }
}

/// What a message holds beyond its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    Text,
    /// A text whose placeholders were filled: what of it a masked viewer is not shown. To clients it is a text.
    Filled {
        values: Vec<Span>,
    },
    Media,
    /// Taken away for good at the customer's request. To clients it is a text that is not there.
    Erased,
    Note {
        mentions: Vec<i64>,
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
    /// A tapped button or list row.
    Reply {
        title: String,
        description: Option<String>,
        id: Option<String>,
    },
    /// A filled-in form.
    Form {
        name: Option<String>,
        answers: Vec<Answer>,
    },
    Order {
        text: Option<String>,
        items: Vec<OrderItem>,
    },
    /// A quiet line; the desktop words the code.
    System {
        code: String,
        params: std::collections::BTreeMap<String, String>,
    },
    /// A placeholder that names what came.
    Unsupported {
        name: String,
    },
    /// A template of ours as the customer sees it; its body is the message's text.
    Template {
        name: String,
        language: String,
        header: Option<ShownHeader>,
        /// What in the body is the customer's.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        body: Vec<Span>,
        footer: Option<String>,
        buttons: Vec<ShownButton>,
    },
}

/// A shared contact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    pub name: String,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    pub organisation: Option<String>,
}

/// One answer of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub key: String,
    pub value: String,
}

/// One line of an order. The price is the provider's decimal text, never a float.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderItem {
    pub product: String,
    pub quantity: i64,
    pub price: String,
    pub currency: String,
}

/// The most characters of a [`preview`].
const PREVIEW_AT_MOST: usize = 120;

/// The first words of a message, for lists and offers: at most 120 characters of one line.
pub fn preview(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(160));
    let mut count = 0;
    // Where the line is cut if it turns out too long: there is room for the dots.
    let mut cut = 0;
    for word in text.split_whitespace() {
        let gap = if count > 0 { " " } else { "" };
        for c in gap.chars().chain(word.chars()) {
            if count == PREVIEW_AT_MOST {
                line.truncate(cut);
                line.truncate(line.trim_end().len());
                line.push('…');
                return line;
            }
            line.push(c);
            count += 1;
            if count < PREVIEW_AT_MOST {
                cut = line.len();
            }
        }
    }
    line
}
