//! A ZIP that leaves while it is made. Nothing of it is kept but the list of names that stands at its end, so the
//! memory it takes does not depend on how large it becomes.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::StreamExt as _;
use jiff::Timestamp;
use tokio::sync::mpsc;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};
use zip::{CompressionMethod, DateTime};

/// What leaves at once.
const PART: usize = 64 * 1024;
/// Parts on their way to somebody who reads slowly.
const PARTS: usize = 4;
/// Whoever takes nothing for so long has gone.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why an archive was not finished.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    #[error("the database: {0}")]
    Db(#[from] pronto_db::Error),
    #[error("the media store: {0}")]
    Media(String),
    #[error("attachment {id} has {found} of its {known} bytes")]
    Short { id: i64, found: u64, known: u64 },
    #[error("the archive: {0}")]
    Zip(#[from] zip::result::ZipError),
    #[error("the archive: {0}")]
    Io(#[from] io::Error),
    #[error("the transcript: {0}")]
    Json(#[from] serde_json::Error),
    #[error("nobody takes it any more")]
    Gone,
}

enum Part {
    Bytes(Bytes),
    /// That was all of it.
    End,
}

/// An answer that is made while it leaves: it ends well only if it was finished. Otherwise the connection breaks, so
/// that nobody takes half of it for the whole.
fn leaving() -> (mpsc::Sender<Part>, Body) {
    let (out, parts) = mpsc::channel(PARTS);
    let stream = futures_util::stream::unfold(Some(parts), |parts| async {
        let mut parts = parts?;
        match parts.recv().await {
            Some(Part::Bytes(bytes)) => Some((Ok(bytes), Some(parts))),
            Some(Part::End) => None,
            None => Some((Err(io::Error::other("the archive was not finished")), None)),
        }
    });
    // Whoever compresses it asks on after its end.
    (out, Body::from_stream(stream.fuse()))
}

/// The answer that an archive is.
pub(crate) fn opened() -> (Pack, Body) {
    let (out, body) = leaving();
    let held = Held::default();
    (Pack { zip: ZipWriter::new_stream(held.clone()), held, out }, body)
}

/// The answer that a text is.
pub(crate) fn text() -> (Text, Body) {
    let (out, body) = leaving();
    (Text { held: Vec::new(), out }, body)
}

/// A text that is being made.
pub(crate) struct Text {
    held: Vec<u8>,
    out: mpsc::Sender<Part>,
}

impl Text {
    pub(crate) async fn write(&mut self, text: &str) -> Result<(), Broken> {
        self.held.extend_from_slice(text.as_bytes());
        if self.held.len() < PART { Ok(()) } else { self.send().await }
    }

    pub(crate) async fn finish(mut self) -> Result<(), Broken> {
        self.send().await?;
        hand(&self.out, Part::End).await
    }

    async fn send(&mut self) -> Result<(), Broken> {
        hand(&self.out, Part::Bytes(std::mem::take(&mut self.held).into())).await
    }
}

/// An archive that is being made.
pub(crate) struct Pack {
    zip: ZipWriter<StreamWriter<Held>>,
    held: Held,
    out: mpsc::Sender<Part>,
}

/// How much a file gains by being made smaller.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Text,
    /// Pictures, sound and films are as small as they get. They are still compressed, as fast as may be: the end of
    /// what is compressed is told by itself, and some programs cannot unpack a stream where it is not.
    Media,
}

/// The least that the deflater takes.
const FAST: i64 = 1;

impl Pack {
    /// What is written from now on is this file.
    pub(crate) fn begin(&mut self, name: &str, at: Timestamp, packing: Packing) -> Result<(), Broken> {
        let level = if packing == Packing::Text { 6 } else { FAST };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(level))
            .last_modified_time(date(at))
            .unix_permissions(0o644);
        Ok(self.zip.start_file(name, options)?)
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        for piece in bytes.chunks(PART) {
            self.zip.write_all(piece)?;
            self.send(PART).await?;
        }
        Ok(())
    }

    pub(crate) async fn finish(self) -> Result<(), Broken> {
        let held = self.held.clone();
        self.zip.finish()?;
        if let Some(part) = held.take(1) {
            hand(&self.out, Part::Bytes(part)).await?;
        }
        hand(&self.out, Part::End).await
    }

    /// Hands on what is held, if that is so much.
    async fn send(&mut self, at_least: usize) -> Result<(), Broken> {
        match self.held.take(at_least) {
            Some(part) => hand(&self.out, Part::Bytes(part)).await,
            None => Ok(()),
        }
    }
}

async fn hand(out: &mpsc::Sender<Part>, part: Part) -> Result<(), Broken> {
    let sent = tokio::time::timeout(PATIENCE, out.send(part)).await;
    sent.map_err(|_| Broken::Gone)?.map_err(|_| Broken::Gone)
}

/// What the archive has written and nobody has taken yet.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<Vec<u8>>>);

impl Held {
    fn take(&self, at_least: usize) -> Option<Bytes> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (held.len() >= at_least).then(|| Bytes::from(std::mem::take(&mut *held)))
    }
}

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An instant as archives keep it: from 1980 on, every other second. There is no time zone in it; this is UTC.
fn date(at: Timestamp) -> DateTime {
    let at = at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let part = |value: i8| u8::try_from(value).unwrap_or(1);
    let year = u16::try_from(at.year()).unwrap_or(1980);
    DateTime::from_date_and_time(
        year,
        part(at.month()),
        part(at.day()),
        part(at.hour()),
        part(at.minute()),
        part(at.second()),
    )
    .unwrap_or_default()
}
