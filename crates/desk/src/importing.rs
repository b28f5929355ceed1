//! Files of contacts: taken in, and read row by row.

use std::io::{self, Read};

use bytes::Bytes;
use csv::StringRecord;
use encoding_rs::{Encoding as Characters, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _};
use object_store::ObjectStoreExt as _;
use object_store::path::Path;
use pronto_db::Json;
use pronto_domain::access::Viewer;
use pronto_domain::field::Field;
use pronto_domain::id::ContactListId;
use pronto_domain::import::{
    BYTES_AT_MOST, COLUMNS_AT_MOST, Column, DateOrder, Delimiter, Encoding, Format, Part, ROWS_AT_MOST, Sniffer, State,
    guess, has_heading,
};
use pronto_store as store;
use store::contact_field::ContactField;
use store::contact_import::Import;
use tokio::sync::mpsc;
use tokio_util::io::{StreamReader, SyncIoBridge};

use crate::act::contact_import::add;
use crate::filing::{Filed, Filing, discard};
use crate::{Desk, Error, Result};

/// Rows that are handed on, and written, together.
pub(crate) const BATCH: usize = 500;
/// Batches that are read ahead.
const AHEAD: usize = 2;
/// Bytes that the file's shape is told from.
const HEAD: usize = 64 * 1024;
/// Rows that the columns are told from, and that are shown before it is brought in.
const LOOKED_AT: usize = 200;
const SHOWN: usize = 20;

/// What is known of a file before it comes.
#[derive(Clone, Debug)]
pub struct Handed {
    pub by: Viewer,
    pub list: ContactListId,
    pub name: String,
    /// How long it says it is.
    pub length: Option<u64>,
}

/// The beginning of a file, as it is read.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Empty where the file has no heading.
    pub headings: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// What each column probably is.
    pub guessed: Vec<Option<Column>>,
}

/// A row of a file.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// From 1, without the heading.
    pub number: u32,
    pub cells: Vec<String>,
}

/// Takes a file in; nothing is brought in yet.
pub async fn hand_in<S>(desk: &Desk, handed: &Handed, body: S) -> Result<Import>
where
    S: Stream<Item = Result<Bytes, String>> + Send + Unpin,
{
    let too_large = || Error::FileTooLarge { kind: None, limit: BYTES_AT_MOST };
    if handed.length.is_some_and(|length| length > BYTES_AT_MOST) {
        return Err(too_large());
    }
    let mut filing = Filing::begin(desk).await?;
    let (filed, sniffer, head) = match read(&mut filing, body).await {
        Ok((sniffer, head)) => (filing.finish().await?, sniffer, head),
        Err(error) => {
            filing.abort().await;
            return Err(error);
        }
    };
    let kept = keep(desk, handed, &filed, &sniffer, &head).await;
    if kept.is_err() {
        discard(desk, &filed.path).await;
    }
    kept
}

/// Files it away; answers what it is seen by: its characters, and its first bytes.
async fn read<S>(filing: &mut Filing, mut body: S) -> Result<(Sniffer, Vec<u8>)>
where
    S: Stream<Item = Result<Bytes, String>> + Send + Unpin,
{
    let (mut sniffer, mut head) = (Sniffer::default(), Vec::new());
    while let Some(bytes) = body.next().await {
        let bytes = bytes.map_err(Error::FileBroken)?;
        sniffer.see(&bytes);
        head.extend(bytes.iter().take(HEAD - head.len().min(HEAD)));
        filing.take(bytes).await?;
        if filing.size() > BYTES_AT_MOST {
            return Err(Error::FileTooLarge { kind: None, limit: BYTES_AT_MOST });
        }
        if head.len() >= 4 {
            is_text(&head)?;
        }
    }
    is_text(&head)?;
    if head.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::invalid("file", "empty", "it is empty"));
    }
    Ok((sniffer, head))
}

/// A workbook or a picture is not.
fn is_text(head: &[u8]) -> Result<()> {
    let known = infer::get(head).map(|kind| kind.mime_type()).filter(|mime| !mime.starts_with("text/"));
    let wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    if known.is_none() && (wide || !head.contains(&0)) {
        return Ok(());
    }
    let detail = match known {
        Some("application/zip" | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") => {
            "a workbook: save it as CSV first"
        }
        _ => "this is not a table of text: save it as CSV",
    };
    Err(Error::invalid("file", "format", detail))
}

async fn keep(desk: &Desk, handed: &Handed, filed: &Filed, sniffer: &Sniffer, head: &[u8]) -> Result<Import> {
    let encoding = sniffer.encoding();
    let (text, _, _) = characters(encoding).decode(head);
    let mut format = Format { encoding, delimiter: Delimiter::of(&text), heading: false, dates: DateOrder::DayFirst };
    let fields = fields(desk, handed.list).await?;
    let first = preview(desk, &filed.path, format, &fields).await?;
    format.heading = first.rows.first().is_some_and(|row| has_heading(row));
    let (headings, rows) = beginning(desk, &filed.path, format).await?;
    let width = rows.first().map_or(headings.len(), Vec::len);
    if width > COLUMNS_AT_MOST {
        return Err(Error::invalid("file", "too_many", format!("at most {COLUMNS_AT_MOST} columns")));
    }
    let guessed = guess(&headings, &rows, &fields);
    let born = guessed.iter().position(|column| *column == Some(Column::Of(Part::DateOfBirth)));
    let dates = born.into_iter().flat_map(|at| rows.iter().filter_map(move |row| row.get(at)));
    format.dates = DateOrder::of(dates.map(String::as_str));
    let import = Import {
        id: 0,
        list_id: handed.list.0,
        user_id: handed.by.user.0,
        name: handed.name.clone(),
        path: Some(filed.path.clone()),
        size: i64::try_from(filed.size).unwrap_or(i64::MAX),
        format: Json(format),
        mapping: None,
        headings: Json(Vec::new()),
        state: State::Uploaded.as_str().to_owned(),
        error: None,
        rows_read: 0,
        rows_total: None,
        made: 0,
        updated: 0,
        duplicates: 0,
        invalid: 0,
        kept: 0,
        version: 1,
        created_at: store::millis(desk.now()),
        started_at: None,
        finished_at: None,
        undone_at: None,
    };
    let new = (handed.by.clone(), import);
    desk.run(&new, |tx, _, (by, import)| Box::pin(add(tx, by, import))).await
}

/// The custom fields of a list's contacts.
pub async fn fields(desk: &Desk, list: ContactListId) -> Result<Vec<Field>> {
    let mut tx = desk.db().read().await?;
    let all = store::contact_field::all(&mut tx).await?;
    let rules = all.iter().map(ContactField::rules).collect::<Result<Vec<_>, _>>()?;
    Ok(rules.into_iter().filter(|field| field.serves(list)).collect())
}

/// The first rows of a file, read as `format` says, and what its columns probably are.
pub async fn preview(desk: &Desk, path: &str, format: Format, fields: &[Field]) -> Result<Preview> {
    let (headings, mut rows) = beginning(desk, path, format).await?;
    let guessed = guess(&headings, &rows, fields);
    rows.truncate(SHOWN);
    Ok(Preview { headings, rows, guessed })
}

async fn beginning(desk: &Desk, path: &str, format: Format) -> Result<(Vec<String>, Vec<Vec<String>>)> {
    let mut reading = rows(desk, path, Format { heading: false, ..format }).await?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() <= LOOKED_AT
        && let Some(batch) = reading.recv().await
    {
        rows.extend(batch?.into_iter().map(|row| row.cells));
    }
    rows.truncate(LOOKED_AT + 1);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut headings = if format.heading && !rows.is_empty() { rows.remove(0) } else { Vec::new() };
    headings.resize(width.max(headings.len()), String::new());
    Ok((headings, rows))
}

/// Reads a file's rows in batches; it is read on as they are taken, and no further once nobody takes them.
pub(crate) async fn rows(desk: &Desk, path: &str, format: Format) -> Result<mpsc::Receiver<Result<Vec<Row>>>> {
    let failed = |error: object_store::Error| Error::Media(error.to_string());
    let bytes = desk.media().get(&Path::from(path)).await.map_err(failed)?.into_stream().map_err(io::Error::other);
    let bytes = SyncIoBridge::new(StreamReader::new(bytes));
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = parse(bytes, format, &sender) {
            // Nobody may be there to hear it.
            drop(sender.blocking_send(Err(error)));
        }
    });
    Ok(receiver)
}

fn parse(bytes: impl Read, format: Format, sender: &mpsc::Sender<Result<Vec<Row>>>) -> Result<()> {
    let text = DecodeReaderBytesBuilder::new()
        .encoding(Some(characters(format.encoding)))
        .bom_override(true)
        .strip_bom(true)
        .build(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(format.delimiter.byte())
        .has_headers(format.heading)
        .flexible(true)
        .from_reader(text);
    let mut record = StringRecord::new();
    let mut batch = Vec::with_capacity(BATCH);
    let mut number = 0;
    while reader.read_record(&mut record).map_err(|error| Error::Media(error.to_string()))? {
        // A line of separators alone is what spreadsheets leave at the end.
        if record.iter().all(str::is_empty) {
            continue;
        }
        number += 1;
        if number > ROWS_AT_MOST {
            return Err(Error::invalid("file", "too_long", format!("at most {ROWS_AT_MOST} rows")));
        }
        batch.push(Row { number, cells: record.iter().map(str::to_owned).collect() });
        if batch.len() == BATCH {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
            if sender.blocking_send(Ok(full)).is_err() {
                return Ok(());
            }
        }
    }
    if !batch.is_empty() {
        drop(sender.blocking_send(Ok(batch)));
    }
    Ok(())
}

fn characters(encoding: Encoding) -> &'static Characters {
    match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Windows1252 => WINDOWS_1252,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
    }
}
