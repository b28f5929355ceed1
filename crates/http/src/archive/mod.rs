//! An interaction as a ZIP: the transcript to be read and to be processed, and the files of its messages.
//!
//! It is made while it is sent. Messages are read in pages and files in pieces, each page in a transaction of its own,
//! so neither the size of an interaction nor the speed of whoever takes it holds up anybody else. What the transcripts
//! say of a message is what the API says of it, made by the same [`Lens`]: nothing is masked here, because nothing
//! unmasked comes here.
mod body;
mod html;
mod lines;
pub(crate) mod pack;
mod slots;

use std::collections::BTreeSet;

use axum::body::Body;
use futures_util::StreamExt as _;
use jiff::Timestamp;
use object_store::ObjectStoreExt as _;
use object_store::path::Path;
use pronto_domain::access::{Permission, Viewer};
use pronto_domain::archive::file_name;
use pronto_store as store;
use serde::Serialize;
use store::attachment::Attachment;
use store::message::Message as Row;

pub use slots::{Full, Slot, Slots};

use self::html::Page;
use self::pack::{Broken, Pack, Packing};
use crate::App;
use crate::view::{self, Beside, Lens, MessageVersion, Messages, UserRef};
use crate::words::Words;

/// Messages read at a time.
const PAGE: i64 = 100;
/// The version of `transcript.json`; what is added does not change it.
const FORMAT: &str = "pronto.transcript/1";

/// What somebody asked for.
pub struct Order {
    pub viewer: Viewer,
    pub interaction: store::interaction::Interaction,
    pub attachments: bool,
    pub extent: store::archive::Extent,
    pub words: Words,
}

impl Order {
    /// Whether notes are in it.
    pub fn notes(viewer: &Viewer) -> bool {
        viewer.may(Permission::Note)
    }

    /// Whether what was deleted is in it.
    pub fn deleted(viewer: &Viewer) -> bool {
        viewer.may(Permission::Raw)
    }
}

/// What is in it, and what was left out.
#[derive(Clone, Copy, Debug, Serialize)]
struct Includes {
    attachments: bool,
    notes: bool,
}

/// What stands before the messages.
#[derive(Serialize)]
struct Front {
    format: &'static str,
    made_at: Timestamp,
    made_by: UserRef,
    language: &'static str,
    time_zone: String,
    includes: Includes,
    interaction: view::Interaction,
    contact: Option<view::Contact>,
    address: view::Address,
    #[serde(skip)]
    messages: i64,
}

/// A message of the transcript: as the API shows it, with what it said before and where its files are.
#[derive(Serialize)]
struct Item {
    #[serde(flatten)]
    message: view::Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<History>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<File>,
}

#[derive(Serialize)]
struct History {
    versions: Vec<MessageVersion>,
}

/// A file of a message: where it is in the archive, or why it is not.
#[derive(Serialize)]
struct File {
    attachment_id: i64,
    kind: String,
    name: Option<String>,
    size: Option<i64>,
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Missing>,
}

/// Why a file is not in the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Missing {
    /// Not fetched from the provider yet.
    Pending,
    /// The provider would not give it.
    Failed,
    /// It was here, and is not any more.
    Lost,
    /// Not asked for.
    LeftOut,
}

/// Begins to make it; what is answered is sent as it is made. The place is held until it is done or given up.
pub fn begin(app: App, order: Order, slot: Slot) -> Body {
    let (pack, body) = pack::opened();
    tokio::spawn(async move {
        let id = order.interaction.id;
        match make(&app, order, pack).await {
            Ok(()) => {}
            Err(Broken::Gone) => tracing::info!(interaction = id, "a download was given up"),
            Err(error) => tracing::error!(interaction = id, "a download broke off: {error}"),
        }
        drop(slot);
    });
    body
}

/// All that is kept of a person: what stands on the contact, as the API shows it, and their interactions.
pub struct Dossier {
    pub viewer: Viewer,
    pub contact: serde_json::Value,
    pub interactions: Vec<store::interaction::Interaction>,
    pub words: Words,
}

/// Begins to make it, with a folder for each interaction.
pub fn begin_dossier(app: App, dossier: Dossier, slot: Slot) -> Body {
    let (pack, body) = pack::opened();
    tokio::spawn(async move {
        match make_dossier(&app, dossier, pack).await {
            Ok(()) => {}
            Err(Broken::Gone) => tracing::info!("a download was given up"),
            Err(error) => tracing::error!("a download broke off: {error}"),
        }
        drop(slot);
    });
    body
}

async fn make_dossier(app: &App, dossier: Dossier, mut pack: Pack) -> Result<(), Broken> {
    let Dossier { viewer, contact, interactions, words } = dossier;
    pack.begin("contact.json", app.desk.now(), Packing::Text)?;
    pack.write(&serde_json::to_vec_pretty(&contact)?).await?;
    let config = app.desk.config();
    for interaction in interactions {
        let mut tx = app.desk.db().read().await?;
        let extent = store::archive::extent(&mut tx, interaction.id, Order::notes(&viewer)).await?;
        drop(tx);
        let folder = format!("interaction-{}/", interaction.id);
        let order = Order { viewer: viewer.clone(), interaction, attachments: true, extent, words };
        let lens = Lens { config: &config, viewer: &order.viewer, now: app.desk.now() };
        pack = Making { app, order: &order, lens, pack, lost: BTreeSet::new(), folder }.all().await?;
    }
    pack.finish().await
}

async fn make(app: &App, order: Order, pack: Pack) -> Result<(), Broken> {
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &order.viewer, now: app.desk.now() };
    let making = Making { app, order: &order, lens, pack, lost: BTreeSet::new(), folder: String::new() };
    making.all().await?.finish().await
}

struct Making<'a> {
    app: &'a App,
    order: &'a Order,
    lens: Lens<'a>,
    pack: Pack,
    /// Attachments that the media store does not have any more.
    lost: BTreeSet<i64>,
    /// Where it stands in the archive, with the slash at its end.
    folder: String,
}

impl Making<'_> {
    /// The files come first: what of them was not found, the transcripts then say.
    async fn all(mut self) -> Result<Pack, Broken> {
        if self.order.attachments {
            self.files().await?;
        }
        let front = self.front().await?;
        self.html(&front).await?;
        self.json(&front).await?;
        Ok(self.pack)
    }

    fn begin(&mut self, name: &str, at: Timestamp, packing: Packing) -> Result<(), Broken> {
        self.pack.begin(&format!("{}{name}", self.folder), at, packing)
    }

    async fn files(&mut self) -> Result<(), Broken> {
        let mut after = START;
        while let Some(page) = self.page(&mut after, true).await? {
            for row in &page.rows {
                for file in self.visible(&page, row) {
                    self.file(file, row.thread_at).await?;
                }
            }
        }
        Ok(())
    }

    async fn file(&mut self, file: &Attachment, at: i64) -> Result<(), Broken> {
        let Some(path) = &file.path else { return Ok(()) };
        let found = match self.app.desk.media().get(&Path::from(path.as_str())).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => {
                self.lost.insert(file.id);
                return Ok(());
            }
            Err(error) => return Err(Broken::Media(error.to_string())),
        };
        let packing = if file.kind == "document" { Packing::Text } else { Packing::Media };
        self.begin(&path_of(file), store::instant(at), packing)?;
        let mut bytes = found.into_stream();
        let mut count = 0;
        while let Some(piece) = bytes.next().await {
            let piece = piece.map_err(|error| Broken::Media(error.to_string()))?;
            count += piece.len() as u64;
            self.pack.write(&piece).await?;
        }
        match file.size.and_then(|size| u64::try_from(size).ok()) {
            Some(known) if known != count => Err(Broken::Short { id: file.id, found: count, known }),
            _ => Ok(()),
        }
    }

    async fn front(&self) -> Result<Front, Broken> {
        let row = &self.order.interaction;
        let mut tx = self.app.desk.db().read().await?;
        let address = store::address::by_id(&mut tx, row.address_id).await?;
        let contact = match row.contact_id {
            Some(contact) => store::contact::by_ids(&mut tx, &[contact]).await?.pop(),
            None => None,
        };
        let beside = Beside::load(&mut tx, contact.as_slice()).await?;
        drop(tx);
        let lens = &self.lens;
        Ok(Front {
            format: FORMAT,
            made_at: lens.now,
            made_by: lens.user(lens.viewer.user.0),
            language: self.order.words.language,
            time_zone: self.zone().zone_name,
            includes: Includes { attachments: self.order.attachments, notes: Order::notes(lens.viewer) },
            interaction: lens.interaction(row),
            contact: contact.map(|contact| lens.contact(&contact, &beside)),
            address: lens.address(&address),
            messages: self.order.extent.messages,
        })
    }

    fn zone(&self) -> Page {
        Page::new(self.order.words, &self.lens.config.settings.time_zone)
    }

    async fn html(&mut self, front: &Front) -> Result<(), Broken> {
        let mut html = self.zone();
        self.begin("transcript.html", front.made_at, Packing::Text)?;
        self.pack.write(html.begin(front).as_bytes()).await?;
        let mut after = START;
        while let Some(page) = self.page(&mut after, false).await? {
            for row in &page.rows {
                let item = html.item(&self.item(&page, row));
                self.pack.write(item.as_bytes()).await?;
            }
        }
        self.pack.write(html.end().as_bytes()).await
    }

    /// An object whose last member, the messages, is written as it is read.
    async fn json(&mut self, front: &Front) -> Result<(), Broken> {
        self.begin("transcript.json", front.made_at, Packing::Text)?;
        let mut head = serde_json::to_vec(front)?;
        // Without the closing brace.
        head.pop();
        head.extend_from_slice(b",\"messages\":[");
        self.pack.write(&head).await?;
        let mut between: &[u8] = b"\n";
        let mut after = START;
        while let Some(page) = self.page(&mut after, false).await? {
            for row in &page.rows {
                let mut item = between.to_vec();
                serde_json::to_writer(&mut item, &self.item(&page, row))?;
                self.pack.write(&item).await?;
                between = b",\n";
            }
        }
        self.pack.write(b"\n]}\n").await
    }

    /// The next page of the thread, with everything around its messages.
    async fn page(&self, after: &mut (i64, i64), with_files: bool) -> Result<Option<Messages>, Broken> {
        let reading = store::archive::Reading {
            interaction: self.order.interaction.id,
            after: *after,
            through: self.order.extent.through,
            notes: Order::notes(self.lens.viewer),
            with_files,
        };
        let mut tx = self.app.desk.db().read().await?;
        let rows = store::archive::page(&mut tx, &reading, PAGE).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        *after = (last.thread_at, last.id);
        Ok(Some(view::messages(&mut tx, rows).await?))
    }

    /// The files of a message that the viewer may have; of one that was deleted only with the permission for it.
    fn visible<'m>(&self, page: &'m Messages, row: &Row) -> &'m [Attachment] {
        if row.deleted_at.is_some() && !Order::deleted(self.lens.viewer) { &[] } else { page.files(row) }
    }

    fn item(&self, page: &Messages, row: &Row) -> Item {
        let kept = row.edited_at.is_some() && row.deleted_at.is_none();
        let told = kept || (row.deleted_at.is_some() && Order::deleted(self.lens.viewer));
        Item {
            message: page.view(&self.lens, row, &self.order.interaction.customer),
            history: told.then(|| History { versions: self.lens.versions(row) }),
            files: self.visible(page, row).iter().map(|file| self.place(file)).collect(),
        }
    }

    /// Where a file is in the archive.
    fn place(&self, file: &Attachment) -> File {
        let missing = match (file.path.is_some(), file.state.as_str()) {
            _ if self.lost.contains(&file.id) => Some(Missing::Lost),
            (false, "failed") => Some(Missing::Failed),
            (false, _) => Some(Missing::Pending),
            (true, _) if !self.order.attachments => Some(Missing::LeftOut),
            (true, _) => None,
        };
        let shown = view::attachment(file);
        File {
            attachment_id: shown.id,
            path: missing.is_none().then(|| path_of(file)),
            kind: shown.kind,
            name: shown.name,
            size: shown.size,
            missing,
        }
    }
}

/// Before the first message.
const START: (i64, i64) = (i64::MIN, i64::MIN);

/// What a file is called in the archive: as the API shows its name.
fn path_of(file: &Attachment) -> String {
    let shown = view::attachment(file);
    format!("attachments/{}", file_name(shown.id, shown.name.as_deref(), &shown.mime))
}
