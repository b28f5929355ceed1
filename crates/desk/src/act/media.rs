//! What becomes of fetching a file, or of giving one to the provider: it is there, it is tried again, or it is given up
//! until somebody asks anew.

use jiff::{SignedDuration, Timestamp};
use pronto_db::Tx;
use pronto_domain::id::AttachmentId;
use pronto_domain::media;
use pronto_domain::outbound::{File, Outgoing};
use pronto_store as store;
use store::attachment::Held;
use store::event;
use store::message::Failure;

use crate::work::jobs;
use crate::{Error, Result};

/// A file that is in the media store.
pub struct Fetched {
    pub job: i64,
    pub attachment: i64,
    pub path: String,
    pub mime: String,
    pub size: i64,
    pub sha256: String,
    pub dimensions: Option<(u32, u32)>,
}

/// Shows it in its message.
pub async fn fetched(tx: &mut Tx, now: Timestamp, input: &Fetched) -> Result<()> {
    let stored = store::attachment::Stored {
        path: &input.path,
        mime: &input.mime,
        size: input.size,
        sha256: &input.sha256,
        width: input.dimensions.map(|(width, _)| i64::from(width)),
        height: input.dimensions.map(|(_, height)| i64::from(height)),
    };
    store::attachment::stored(tx, input.attachment, &stored).await?;
    store::job::done(tx, input.job).await?;
    show(tx, now, input.attachment).await
}

/// A try that went wrong.
pub struct Failed {
    pub job: i64,
    pub attachment: i64,
    /// How many tries there were.
    pub tries: i64,
    /// The code the desktop words.
    pub code: &'static str,
    pub detail: String,
    /// Another try would go the same way.
    pub for_good: bool,
}

/// Puts the next try off, or gives up.
pub async fn failed(tx: &mut Tx, now: Timestamp, input: &Failed) -> Result<()> {
    let again = if input.for_good { None } else { media::again(input.tries) };
    let run_at = again.and_then(|wait| now.checked_add(wait).ok()).unwrap_or(now);
    store::job::put_off(tx, input.job, store::millis(run_at), again.is_none(), &input.detail).await?;
    if again.is_some() {
        store::attachment::failed(tx, input.attachment, "pending", input.code).await?;
        return Ok(());
    }
    store::attachment::failed(tx, input.attachment, "failed", input.code).await?;
    show(tx, now, input.attachment).await
}

/// Tries again what was given up.
pub async fn revive(tx: &mut Tx, now: Timestamp, attachment: &AttachmentId) -> Result<()> {
    let found = store::attachment::by_id(tx, attachment.0).await?;
    if found.state != "failed" {
        return Err(Error::NotRetryable);
    }
    let at = store::millis(now);
    if store::job::revive(tx, jobs::MEDIA, found.id, at).await? == 0 {
        store::job::add(tx, &[store::job::New { kind: jobs::MEDIA, subject: found.id, run_at: at }]).await?;
    }
    store::attachment::again(tx, found.id).await?;
    show(tx, now, found.id).await
}

/// How much longer than now the provider must keep a file for a message to be sent with it.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(1);

/// Sees to it that the provider has, or is given, every file of a message; answers whether it must wait for that.
pub(super) async fn provide(tx: &mut Tx, now: Timestamp, request: &mut Outgoing) -> Result<bool> {
    let at = store::millis(now);
    let until = store::millis(now + KEPT_FOR);
    let mut jobs = Vec::new();
    for file in request.files() {
        let File::Kept(AttachmentId(id)) = *file else { continue };
        let attachment = store::attachment::by_id(tx, id).await?;
        if attachment.media_until.is_some_and(|kept| kept > until) {
            continue;
        }
        match store::attachment::held(tx, &attachment, until).await? {
            Some(held) => store::attachment::uploaded(tx, id, &held).await?,
            None => jobs.push(store::job::New { kind: jobs::UPLOAD, subject: id, run_at: at }),
        }
    }
    store::job::add(tx, &jobs).await?;
    Ok(!jobs.is_empty())
}

/// How giving a file to the provider went.
pub struct Given {
    pub job: i64,
    pub attachment: i64,
    pub message: i64,
    pub result: Result<Held, Failure>,
}

/// The message need not wait any longer: it is sent, or fails with the provider's words.
pub async fn given(tx: &mut Tx, now: Timestamp, input: &Given) -> Result<()> {
    match &input.result {
        Ok(held) => store::attachment::uploaded(tx, input.attachment, held).await?,
        Err(failure) => store::attachment::refused(tx, input.attachment, failure).await?,
    }
    store::attempt::release(tx, input.message, store::millis(now)).await?;
    store::job::done(tx, input.job).await?;
    Ok(())
}

async fn show(tx: &mut Tx, now: Timestamp, attachment: i64) -> Result<()> {
    let attachment = store::attachment::by_id(tx, attachment).await?;
    store::message::touch(tx, attachment.message_id).await?;
    let message = store::message::by_id(tx, attachment.message_id).await?;
    let event = event::New::on(event::Kind::Message, message.interaction_id, message.id);
    event::append(tx, &[event], store::millis(now)).await?;
    Ok(())
}
