//! Fetches the files that came with messages, in the background: the message is shown at once and its file follows.

use std::sync::Arc;
use std::time::Duration;

use pronto_domain::media::{self, LARGEST};
use pronto_provider::{Request, meta};
use pronto_store as store;
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use store::attachment::Attachment;
use store::job::Job;

use super::deliver::account;
use super::jobs;
use crate::act::media::{Failed, Fetched, failed, fetched};
use crate::config::Account;
use crate::filing::{Filed, Filing, discard};
use crate::{Desk, Result};

/// How long the provider has to say where the file is, and to hand it over.
const ASK_WITHIN: Duration = Duration::from_secs(20);
const FETCH_WITHIN: Duration = Duration::from_secs(15 * 60);
/// How often a file may be elsewhere.
const REDIRECTS: usize = 4;
/// The type of a file that nobody named.
const UNSAID: &str = "application/octet-stream";

/// Why a file is not here.
struct Trouble {
    code: &'static str,
    detail: String,
    for_good: bool,
}

impl Trouble {
    fn passing(code: &'static str, detail: impl ToString) -> Self {
        Self { code, detail: detail.to_string(), for_good: false }
    }

    fn lasting(code: &'static str, detail: impl ToString) -> Self {
        Self { code, detail: detail.to_string(), for_good: true }
    }
}

/// A file in the media store, and what it is.
struct File {
    filed: Filed,
    mime: String,
    dimensions: Option<(u32, u32)>,
}

/// Fetches the file of the attachment that a job names.
pub(super) async fn fetch(desk: &Desk, job: &Job) -> Result<()> {
    let mut tx = desk.db().read().await?;
    let attachment = store::attachment::by_id(&mut tx, job.subject).await;
    drop(tx);
    let attachment = match attachment {
        Ok(attachment) if attachment.state == "pending" => attachment,
        // It is here already, or has been erased.
        Ok(_) | Err(pronto_db::Error::NotFound) => return jobs::done(desk, job).await,
        Err(error) => return Err(error.into()),
    };
    match bring(desk, &attachment).await {
        Ok(file) => keep(desk, job, file).await,
        Err(trouble) => {
            tracing::info!(attachment = attachment.id, code = trouble.code, detail = trouble.detail, "no file yet");
            let input = Failed {
                job: job.id,
                attachment: attachment.id,
                tries: job.tries,
                code: trouble.code,
                detail: trouble.detail,
                for_good: trouble.for_good,
            };
            desk.run(&input, |tx, now, input| Box::pin(failed(tx, now, input))).await
        }
    }
}

async fn keep(desk: &Desk, job: &Job, file: File) -> Result<()> {
    let input = Fetched {
        job: job.id,
        attachment: job.subject,
        path: file.filed.path,
        mime: file.mime,
        size: i64::try_from(file.filed.size).unwrap_or(i64::MAX),
        sha256: file.filed.sha256,
        dimensions: file.dimensions,
    };
    let kept = desk.run(&input, |tx, now, input| Box::pin(fetched(tx, now, input))).await;
    if kept.is_err() {
        // Nothing points to it; the next try brings it again.
        discard(desk, &input.path).await;
    }
    kept
}

async fn bring(desk: &Desk, attachment: &Attachment) -> Result<File, Trouble> {
    let account = account(desk, attachment.account_id)
        .ok_or_else(|| Trouble::lasting("no_account", "the account has been removed"))?;
    let url = place(desk, &account, attachment).await?;
    let request = account.endpoint.fetch(&url).map_err(|error| Trouble::lasting("not_allowed", error))?;
    download(desk, &account, request, attachment).await
}

/// Where the file is: by its id, for an address is good for minutes only; else as the message said.
async fn place(desk: &Desk, account: &Arc<Account>, attachment: &Attachment) -> Result<String, Trouble> {
    let (Some(id), Some(endpoint)) = (&attachment.media_id, account.endpoint.meta()) else {
        return attachment.media_url.clone().ok_or_else(|| Trouble::lasting("gone", "it came without an address"));
    };
    let request = meta::media_info(endpoint, id).map_err(|error| Trouble::lasting("not_allowed", error))?;
    let answered = desk.outside().call(&request, ASK_WITHIN).await;
    let answered = answered.map_err(|error| Trouble::passing("unreachable", error))?;
    if let Some(refused) = meta::refused(answered.status, answered.retry_after.as_deref(), &answered.body) {
        return Err(Trouble::passing("refused", format!("{refused:?}")));
    }
    let info = meta::read_media_info(&answered.body)
        .ok_or_else(|| Trouble::passing("refused", "the answer names no address"))?;
    if info.size.is_some_and(|size| size > LARGEST) {
        return Err(Trouble::lasting("too_large", format!("{} bytes", info.size.unwrap_or(0))));
    }
    Ok(info.url)
}

/// Asks for it, and goes where that leads: to the provider's hosts alone, and without what let us in at the first.
async fn open(desk: &Desk, account: &Account, mut request: Request) -> Result<Response, Trouble> {
    for _ in 0..REDIRECTS {
        let response = desk.outside().open(&request, FETCH_WITHIN).await;
        let response = response.map_err(|error| Trouble::passing("unreachable", error))?;
        let location = response.headers().get(LOCATION).filter(|_| response.status().is_redirection());
        let Some(next) = location
            .and_then(|location| location.to_str().ok())
            .and_then(|location| account.endpoint.follow(&request.url, location))
        else {
            return Ok(response);
        };
        request = next.map_err(|error| Trouble::lasting("not_allowed", error))?;
    }
    Err(Trouble::passing("refused", "it is somewhere else again and again"))
}

async fn download(desk: &Desk, account: &Account, request: Request, attachment: &Attachment) -> Result<File, Trouble> {
    let mut response = open(desk, account, request).await?;
    let status = response.status().as_u16();
    if status != 200 {
        let code = if matches!(status, 404 | 410) { "gone" } else { "refused" };
        return Err(Trouble::passing(code, format!("HTTP {status}")));
    }
    if response.content_length().is_some_and(|length| length > LARGEST) {
        return Err(Trouble::lasting("too_large", "longer than is fetched"));
    }
    let told = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let storage = |error| Trouble::passing("storage", error);
    let mut filing = Filing::begin(desk).await.map_err(storage)?;
    let written = loop {
        match response.chunk().await {
            Ok(None) => break Ok(()),
            Err(error) => break Err(Trouble::passing("unreachable", error.without_url())),
            Ok(Some(chunk)) => {
                if filing.size() + chunk.len() as u64 > LARGEST {
                    break Err(Trouble::lasting("too_large", "longer than is fetched"));
                }
                if let Err(error) = filing.take(chunk).await {
                    break Err(storage(error));
                }
            }
        }
    };
    if let Err(trouble) = written {
        filing.abort().await;
        return Err(trouble);
    }
    let filed = filing.finish().await.map_err(storage)?;
    let sniffed = infer::get(&filed.head).map(|kind| kind.mime_type());
    // Where nobody said what it is, its host does.
    let declared = told.filter(|_| attachment.mime == UNSAID).unwrap_or_else(|| attachment.mime.clone());
    Ok(File { mime: media::mime(&declared, sniffed), dimensions: media::dimensions(&filed.head), filed })
}
