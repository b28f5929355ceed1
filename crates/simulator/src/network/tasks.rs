//! What the network does when its time has come.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use futures_util::StreamExt as _;
use serde_json::json;

use super::{Act, Network, payload, words};
use crate::clock;
use crate::live::News;
use crate::provider::Provider;
use crate::store::tasks::TaskRow;
use crate::store::{Result, apps, media, messages, tasks, templates};

const LARGEST_FETCH: usize = 25 << 20;
const FETCH_TIMEOUT: Duration = Duration::from_secs(10);
/// A fetch that did not end, because the process did, is done again after this.
const FETCH_LEASE: i64 = 30_000;

/// Runs until the network stops.
pub(crate) async fn run(network: Arc<Network>) {
    loop {
        let wait = match step(&network).await {
            Ok(wait) => wait,
            Err(error) => {
                if network.stop.is_cancelled() {
                    return;
                }
                tracing::error!(%error, "could not run the simulator's scheduled work");
                Duration::from_secs(1)
            }
        };
        tokio::select! {
            () = network.stop.cancelled() => return,
            () = network.tasks_bell.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Does what is due and says how long to wait for the next.
async fn step(network: &Arc<Network>) -> Result<Duration> {
    let mut reader = network.store.reader.acquire().await?;
    let due = tasks::due(&mut reader, clock::now()).await?;
    if due.is_empty() {
        let next = tasks::next_at(&mut reader).await?;
        let wait = next.map_or(60_000, |at| (at - clock::now()).clamp(0, 60_000));
        return Ok(Duration::from_millis(wait.unsigned_abs()));
    }
    drop(reader);
    let mut act = network.begin().await?;
    for task in due {
        if task.kind == "fetch" {
            tasks::postpone(act.db(), task.id, clock::now() + FETCH_LEASE).await?;
            tokio::spawn(fetch(Arc::clone(network), task));
        } else if tasks::remove(act.db(), task.id).await? {
            act.perform(&task).await?;
        }
    }
    act.commit().await?;
    Ok(Duration::ZERO)
}

impl Act<'_> {
    async fn perform(&mut self, task: &TaskRow) -> Result<()> {
        if matches!(task.kind.as_str(), "review" | "delete") {
            let Some(template) = templates::find(self.db(), &task.subject).await? else {
                return Ok(());
            };
            return match (task.kind.as_str(), template.status.as_str()) {
                ("review", "PENDING") => self.review(template).await,
                ("delete", "PENDING_DELETION") => self.delete_template(template).await,
                _ => Ok(()),
            };
        }
        let Some(mut message) = messages::find(self.db(), &task.subject).await? else {
            return Ok(());
        };
        match task.kind.as_str() {
            "send" => self.send(&mut message).await,
            "deliver" => self.deliver(&mut message).await,
            "fail" => {
                let code = task.detail.as_deref().and_then(|code| code.parse().ok()).unwrap_or(131_000);
                self.fail(&mut message, code).await
            }
            _ => Ok(()),
        }
    }
}

/// Fetches the file a business gave an address for, then sends the message on.
async fn fetch(network: Arc<Network>, task: TaskRow) {
    let link = task.detail.clone().unwrap_or_default();
    let fetched = tokio::time::timeout(FETCH_TIMEOUT, download(&network, &link)).await;
    let file = match fetched {
        Ok(Ok(file)) => Some(file),
        Ok(Err(error)) => {
            tracing::debug!(%error, "could not fetch the file of a message");
            None
        }
        Err(_) => None,
    };
    if let Err(error) = fetched_for(&network, &task, file).await {
        tracing::error!(%error, "could not store the file of a message");
    }
}

async fn download(network: &Network, link: &str) -> anyhow::Result<(String, Vec<u8>)> {
    let response = network.http.get(link).send().await?.error_for_status()?;
    let mime_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
    let mime_type = mime_type.and_then(|value| value.split(';').next()).context("no content type")?.trim().to_owned();
    let mut bytes = Vec::new();
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        bytes.extend_from_slice(&chunk?);
        anyhow::ensure!(bytes.len() <= LARGEST_FETCH, "larger than the simulator takes");
    }
    Ok((mime_type, bytes))
}

async fn fetched_for(network: &Network, task: &TaskRow, file: Option<(String, Vec<u8>)>) -> Result<()> {
    let mut act = network.begin().await?;
    if !tasks::remove(act.db(), task.id).await? {
        return Ok(());
    }
    let Some(mut message) = messages::find(act.db(), &task.subject).await? else {
        return act.commit().await;
    };
    match file {
        Some((mime_type, bytes)) => {
            let stored = media::add(act.db(), None, &mime_type, None, &bytes).await?;
            let mut content = message.content();
            if message.kind == "media" {
                message.kind = kind_of(&mime_type).to_owned();
                let provider = apps::number(act.db(), &message.number_id).await?.map(|number| number.provider);
                become_file(&message.kind, provider.unwrap_or_default(), &mime_type, task, &mut content);
                message.body = words::body(&message.kind, &content);
                messages::set_kind(act.db(), &message.id, &message.kind).await?;
            }
            let slot =
                if payload::is_media(&message.kind) { content.as_object_mut() } else { header_media(&mut content) };
            if let Some(slot) = slot {
                slot.insert("id".to_owned(), json!(stored.id));
                slot.insert("mime_type".to_owned(), json!(mime_type));
            }
            messages::set_content(act.db(), &message.id, &content, &message.body, false).await?;
            message.content = content.to_string();
            act.send(&mut message).await?;
        }
        None => act.fail(&mut message, 131_053).await?,
    }
    act.tell(News::Message(message.id));
    act.commit().await
}

/// What a file is sent as where nobody says it.
fn kind_of(mime_type: &str) -> &'static str {
    match (mime_type, mime_type.split('/').next()) {
        ("image/webp", _) => "sticker",
        (_, Some("image")) => "image",
        (_, Some("audio")) => "audio",
        (_, Some("video")) => "video",
        _ => "document",
    }
}

/// What a file of this kind has beside it.
fn become_file(kind: &str, provider: Provider, mime_type: &str, task: &TaskRow, content: &mut serde_json::Value) {
    let Some(content) = content.as_object_mut() else { return };
    let wordless = matches!(kind, "audio" | "sticker") || (kind == "document" && provider == Provider::Twilio);
    if wordless {
        content.remove("caption");
    }
    if kind == "audio" {
        content.insert("voice".to_owned(), json!(mime_type == "audio/ogg"));
    }
    if kind != "document" {
        content.remove("filename");
    } else if !content.contains_key("filename") {
        let link = task.detail.as_deref().unwrap_or_default();
        content.insert("filename".to_owned(), json!(last_of(link)));
    }
}

/// The last part of an address's path, in letters.
fn last_of(link: &str) -> String {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default().replace('+', "%2B");
    url::form_urlencoded::parse(last.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}

/// The media object in the header of a rendered template or an interactive message.
fn header_media(content: &mut serde_json::Value) -> Option<&mut serde_json::Map<String, serde_json::Value>> {
    let pointer = if content.get("rendered").is_some() { "/rendered/header" } else { "/header" };
    let header = content.pointer_mut(pointer)?;
    let kind = header["type"].as_str()?.to_owned();
    header.get_mut(&kind)?.as_object_mut()
}
