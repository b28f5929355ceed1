//! The files in the conversations: drawings, a voice, papers.

use anyhow::{Context as _, Result};
use object_store::ObjectStoreExt as _;
use object_store::path::Path;
use pronto_desk::Desk;
use pronto_domain::message::Kind;
use sha2::{Digest as _, Sha256};

use super::random::Random;

/// A file that came or went with a message.
#[derive(Debug)]
pub(super) struct File {
    key: &'static str,
    pub(super) kind: Kind,
    /// As the sender called it.
    pub(super) name: Option<&'static str>,
    pub(super) mime: &'static str,
    pub(super) bytes: &'static [u8],
}

macro_rules! files {
    ($($key:literal $kind:ident $mime:literal $name:expr, $file:literal;)*) => {
        const FILES: &[File] = &[$(File {
            key: $key,
            kind: Kind::$kind,
            name: $name,
            mime: $mime,
            bytes: include_bytes!(concat!("media/", $file)),
        }),*];
    };
}
files! {
    "sofa" Image "image/jpeg" None, "sofa.jpg";
    "lamp" Image "image/jpeg" None, "lamp.jpg";
    "scratch" Image "image/jpeg" None, "scratch.jpg";
    "box" Image "image/jpeg" None, "box.jpg";
    "room" Image "image/jpeg" None, "room.jpg";
    "swatches" Image "image/jpeg" None, "swatches.jpg";
    "thanks" Sticker "image/webp" None, "thanks.webp";
    "voice" Voice "audio/ogg" None, "voice.ogg";
    "invoice" Document "application/pdf" Some("Fattura-Aurora-Living-412.pdf"), "invoice.pdf";
    "plan" Document "application/pdf" Some("B&B Corte - piano terra.pdf"), "plan.pdf";
}

/// The file that a conversation calls so.
pub(super) fn named(key: &str) -> Result<&'static File> {
    let key = if key.is_empty() { "voice" } else { key };
    FILES.iter().find(|file| file.key == key).with_context(|| format!("there is no file {key}"))
}

impl File {
    pub(super) fn sha256(&self) -> String {
        Sha256::digest(self.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(super) fn dimensions(&self) -> Option<(u32, u32)> {
        pronto_domain::media::dimensions(self.bytes)
    }
}

/// A place in the media store, as at random as the store's own.
pub(super) fn path(random: &mut Random) -> String {
    let name = format!("{:016x}{:016x}", random.next(), random.next());
    let (first, second) = (name.get(..2).unwrap_or_default(), name.get(2..4).unwrap_or_default());
    format!("{first}/{second}/{name}")
}

/// Puts a file into the media store.
pub(super) async fn put(desk: &Desk, path: &str, file: &File) -> Result<()> {
    desk.media().put(&Path::from(path), file.bytes.into()).await?;
    Ok(())
}
