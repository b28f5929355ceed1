//! Gives the provider the files of messages that are to be sent. Messages wait for it, so it has a lane of its own.

use std::time::Duration;

use jiff::SignedDuration;
use object_store::ObjectStoreExt as _;
use object_store::path::Path;
use pronto_domain::media;
use pronto_domain::outbound::Answer;
use pronto_provider::meta;
use pronto_store as store;
use store::attachment::{Attachment, Held};
use store::job::Job;
use store::message::Failure;

use super::deliver::account;
use super::jobs;
use crate::act::media::{Given, given};
use crate::{Desk, Result, failure, link};

/// How long the provider has to take a file.
const WITHIN: Duration = Duration::from_secs(3 * 60);
/// How long it keeps one: 30 days, and we do not try it to the last.
const KEPT: SignedDuration = SignedDuration::from_hours(29 * 24);

/// Why the provider does not have it.
enum Trouble {
    /// Another try may go better.
    Passing {
        detail: String,
        wait: Option<Duration>,
    },
    Lasting(Failure),
}

/// Uploads the file of the attachment that a job names, while its message waits.
pub(super) async fn give(desk: &Desk, job: &Job) -> Result<()> {
    let mut tx = desk.db().read().await?;
    let attachment = store::attachment::by_id(&mut tx, job.subject).await;
    let attachment = match attachment {
        Ok(attachment) => attachment,
        // It has been erased.
        Err(pronto_db::Error::NotFound) => return jobs::done(desk, job).await,
        Err(error) => return Err(error.into()),
    };
    let waits = store::attempt::waits(&mut tx, attachment.message_id, store::millis(desk.now())).await?;
    drop(tx);
    if !waits {
        // Its time has run out meanwhile.
        return jobs::done(desk, job).await;
    }
    let result = match upload(desk, &attachment).await {
        Ok(media_id) => Ok(Held { media_id, media_until: store::millis(desk.now() + KEPT) }),
        Err(Trouble::Lasting(failure)) => Err(failure),
        Err(Trouble::Passing { detail, wait }) => {
            tracing::info!(attachment = attachment.id, detail, "the provider did not take a file yet");
            let usual = media::again(job.tries).unwrap_or(SignedDuration::from_hours(1));
            let asked = wait.and_then(|wait| SignedDuration::try_from(wait).ok()).unwrap_or_default();
            return jobs::put_off(desk, job, usual.max(asked), &detail).await;
        }
    };
    let input = Given { job: job.id, attachment: attachment.id, message: attachment.message_id, result };
    desk.run(&input, |tx, now, input| Box::pin(given(tx, now, input))).await
}

async fn upload(desk: &Desk, attachment: &Attachment) -> Result<String, Trouble> {
    let account = account(desk, attachment.account_id).ok_or_else(|| Trouble::Lasting(failure::no_account()))?;
    let passing = |detail: String| Trouble::Passing { detail, wait: None };
    let path = Path::from(attachment.path.as_deref().unwrap_or_default());
    let bytes = match desk.media().get(&path).await {
        Ok(found) => found.bytes().await.map_err(|error| passing(error.to_string()))?,
        Err(error @ object_store::Error::NotFound { .. }) => {
            return Err(Trouble::Lasting(failure::unsendable(error.to_string())));
        }
        Err(error) => return Err(passing(error.to_string())),
    };
    let name = attachment.name.clone().unwrap_or_else(|| format!("file.{}", link::ending(&attachment.mime)));
    let endpoint = account.endpoint.meta();
    let endpoint =
        endpoint.ok_or_else(|| Trouble::Lasting(failure::unsendable("files are not handed in".to_owned())))?;
    let request = meta::media_upload(endpoint, &name, &attachment.mime, bytes);
    let answered = desk.outside().call(&request, WITHIN).await.map_err(|error| passing(error.to_string()))?;
    match meta::refused(answered.status, answered.retry_after.as_deref(), &answered.body) {
        None => meta::read_upload(&answered.body).ok_or_else(|| passing("the answer names no file".to_owned())),
        Some(Answer::Failed { error, .. }) => {
            Err(Trouble::Lasting(failure::of_provider(account.endpoint.provider(), &error)))
        }
        Some(Answer::Retry { error, after, .. }) => Err(Trouble::Passing { detail: error.title, wait: after }),
        Some(answer) => Err(passing(format!("{answer:?}"))),
    }
}
