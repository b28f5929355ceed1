//! Takes a file that somebody wants to send: what it is, is told from its bytes while it comes; what may not be sent, or
//! is too large, is refused before the rest of it has come.

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use pronto_domain::file::{self, Fit, HEAD, Seen, Unfit};
use pronto_domain::id::UserId;
use pronto_domain::media;
use pronto_domain::message::Kind;
use pronto_domain::voice::{self, Unplayable};
use pronto_store as store;
use store::upload::Upload;
use uuid::Uuid;

use crate::act::upload::add;
use crate::filing::{Filed, Filing, discard};
use crate::{Desk, Error, Result};

/// Files that somebody may have handed in without sending them.
const UNSENT_AT_MOST: i64 = 100;

/// What is known of a file before it comes.
#[derive(Clone, Debug)]
pub struct Handed {
    /// Made by the sender's screen: handing it in again is the same file.
    pub id: Uuid,
    pub user: UserId,
    pub name: Option<String>,
    /// It was recorded to be heard as a voice message.
    pub voice: bool,
    /// How long it says it is.
    pub length: Option<u64>,
}

/// Takes it in; answers what it will be sent as.
pub async fn hand_in<S>(desk: &Desk, handed: &Handed, body: S) -> Result<Upload>
where
    S: Stream<Item = Result<Bytes, String>> + Send + Unpin,
{
    let mut tx = desk.db().read().await?;
    let before = store::upload::find(&mut tx, handed.id).await?;
    let unsent = store::upload::count(&mut tx, handed.user.0).await?;
    drop(tx);
    if let Some(before) = before {
        return own(before, handed);
    }
    if unsent >= UNSENT_AT_MOST {
        let detail = format!("{UNSENT_AT_MOST} files wait to be sent");
        return Err(Error::Impossible { code: "too_many_uploads", detail });
    }
    let most = desk.config().settings.attachment_limit_bytes();
    if handed.length.is_some_and(|length| length > most) {
        return Err(Error::FileTooLarge { kind: None, limit: most });
    }
    let (fit, filed) =
        if handed.voice { record(desk, body, most).await? } else { whole(desk, handed, body, most).await? };
    let dimensions = media::dimensions(&filed.head);
    let upload = Upload {
        id: handed.id,
        user_id: handed.user.0,
        kind: fit.kind.as_str().to_owned(),
        name: fit.name,
        mime: fit.mime.to_owned(),
        size: i64::try_from(filed.size).unwrap_or(i64::MAX),
        sha256: filed.sha256,
        path: filed.path,
        width: dimensions.map(|(width, _)| i64::from(width)),
        height: dimensions.map(|(_, height)| i64::from(height)),
        animated: fit.animated,
        created_at: store::millis(desk.now()),
    };
    let kept = desk.run(&upload, |tx, _, upload| Box::pin(add(tx, upload))).await;
    match kept {
        Ok(kept) => {
            if kept.path != upload.path {
                // It was handed in twice at once.
                discard(desk, &upload.path).await;
            }
            own(kept, handed)
        }
        Err(error) => {
            discard(desk, &upload.path).await;
            Err(error)
        }
    }
}

fn own(upload: Upload, handed: &Handed) -> Result<Upload> {
    if upload.user_id == handed.user.0 {
        Ok(upload)
    } else {
        Err(Error::invalid("id", "taken", "another file has this id"))
    }
}

async fn whole<S>(desk: &Desk, handed: &Handed, body: S, most: u64) -> Result<(Fit, Filed)>
where
    S: Stream<Item = Result<Bytes, String>> + Send + Unpin,
{
    let mut filing = Filing::begin(desk).await?;
    match read(&mut filing, handed, body, most).await {
        Ok(fit) => Ok((fit, filing.finish().await?)),
        Err(error) => {
            filing.abort().await;
            Err(error)
        }
    }
}

async fn read<S>(filing: &mut Filing, handed: &Handed, mut body: S, most: u64) -> Result<Fit>
where
    S: Stream<Item = Result<Bytes, String>> + Send + Unpin,
{
    let mut fit = None;
    while let Some(bytes) = body.next().await {
        filing.take(bytes.map_err(Error::FileBroken)?).await?;
        if fit.is_none() && filing.head().len() >= HEAD {
            fit = Some(told(handed, filing.head())?);
        }
        within(fit.as_ref(), filing.size().max(handed.length.unwrap_or(0)), most)?;
    }
    let fit = match fit {
        Some(fit) => fit,
        None => told(handed, filing.head())?,
    };
    within(Some(&fit), filing.size(), most)?;
    Ok(fit)
}

fn told(handed: &Handed, head: &[u8]) -> Result<Fit> {
    let sniffed = infer::get(head).map(|kind| kind.mime_type());
    Ok(file::fit(&Seen { name: handed.name.as_deref(), head, sniffed })?)
}

/// The lower of the desk's limit and WhatsApp's.
fn within(fit: Option<&Fit>, size: u64, most: u64) -> Result<()> {
    let of_kind = fit.and_then(|fit| Some((fit.kind, file::limit(fit.kind, fit.animated)?)));
    match of_kind {
        Some((kind, limit)) if limit < most && size > limit => Err(Error::FileTooLarge { kind: Some(kind), limit }),
        _ if size > most => Err(Error::FileTooLarge { kind: None, limit: most }),
        _ => Ok(()),
    }
}

/// A recording is put into the container that is heard as a voice message; one whose sound is of another kind goes as
/// a sound file.
async fn record<S>(desk: &Desk, mut body: S, most: u64) -> Result<(Fit, Filed)>
where
    S: Stream<Item = Result<Bytes, String>> + Send + Unpin,
{
    let mut bytes = Vec::new();
    let fit = Fit { kind: Kind::Voice, mime: voice::MIME, name: None, animated: false };
    while let Some(part) = body.next().await {
        bytes.extend_from_slice(&part.map_err(Error::FileBroken)?);
        within(Some(&fit), bytes.len() as u64, most)?;
    }
    match voice::remux(&bytes) {
        Ok(voice) => Ok((fit, file_away(desk, voice.bytes).await?)),
        Err(Unplayable::NotOpus) if bytes.get(4..8) == Some(b"ftyp") => {
            let fit = Fit { kind: Kind::Audio, mime: "audio/mp4", ..fit };
            Ok((fit, file_away(desk, bytes).await?))
        }
        Err(Unplayable::NotOpus) => Err(Unfit::NotOpus.into()),
        Err(Unplayable::Silent) => Err(Unfit::Empty.into()),
        Err(Unplayable::Container | Unplayable::Damaged) => Err(Unfit::NotTaken(file::Family::Audio).into()),
    }
}

async fn file_away(desk: &Desk, bytes: Vec<u8>) -> Result<Filed> {
    let mut filing = Filing::begin(desk).await?;
    match filing.take(bytes.into()).await {
        Ok(()) => filing.finish().await,
        Err(error) => {
            filing.abort().await;
            Err(error)
        }
    }
}
