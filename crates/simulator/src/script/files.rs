//! The files people send in scenarios.

/// A file that comes with the simulator.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    /// What a line calls it.
    pub(crate) word: &'static str,
    /// Meta's type of message.
    pub(crate) kind: &'static str,
    pub(crate) mime_type: &'static str,
    pub(crate) name: &'static str,
    pub(crate) bytes: &'static [u8],
}

pub(crate) static ALL: [Sample; 5] = [
    Sample {
        word: "picture",
        kind: "image",
        mime_type: "image/jpeg",
        name: "lamp.jpg",
        bytes: include_bytes!("media/lamp.jpg"),
    },
    Sample {
        word: "damage",
        kind: "image",
        mime_type: "image/jpeg",
        name: "scratch.jpg",
        bytes: include_bytes!("media/scratch.jpg"),
    },
    Sample {
        word: "voice",
        kind: "audio",
        mime_type: "audio/ogg",
        name: "voice.ogg",
        bytes: include_bytes!("media/voice.ogg"),
    },
    Sample {
        word: "document",
        kind: "document",
        mime_type: "application/pdf",
        name: "invoice.pdf",
        bytes: include_bytes!("media/invoice.pdf"),
    },
    Sample {
        word: "sticker",
        kind: "sticker",
        mime_type: "image/webp",
        name: "thanks.webp",
        bytes: include_bytes!("media/thanks.webp"),
    },
];

pub(crate) fn called(word: &str) -> Option<&'static Sample> {
    ALL.iter().find(|sample| sample.word == word)
}
