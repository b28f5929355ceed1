//! Tables in files that are made while they leave: read page by page, each in a transaction of its own, so neither
//! their number nor the speed of whoever takes one holds up anybody.

mod contacts;
mod rejects;
mod sheet;
mod text;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

pub(crate) use self::contacts::Contacts;
pub(crate) use self::rejects::Rejects;
use self::sheet::Sheet;
use self::text::Csv;
use crate::App;
use crate::archive::Slot;
use crate::archive::pack::{self, Broken};
use crate::origin::RESOURCE_POLICY;

/// Rows read at a time.
const PAGE: i64 = 500;

/// Rows of a file, in their order, the names of its columns first.
pub(crate) trait Rows: Send + 'static {
    /// As the log names it.
    const WHAT: &'static str;

    fn write(self, app: &App, table: &mut Table) -> impl Future<Output = Result<(), Broken>> + Send;
}

/// What sort of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
}

impl Format {
    pub fn read(word: &str) -> Option<Self> {
        match word {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    const fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
}

pub(crate) struct Table(Kind);

enum Kind {
    Csv(Csv),
    Sheet(Box<Sheet>),
}

impl Table {
    async fn row(&mut self, cells: &[Cell]) -> Result<(), Broken> {
        match &mut self.0 {
            Kind::Csv(csv) => csv.row(cells).await,
            Kind::Sheet(sheet) => sheet.row(cells).await,
        }
    }

    async fn finish(self) -> Result<(), Broken> {
        match self.0 {
            Kind::Csv(csv) => csv.finish().await,
            Kind::Sheet(sheet) => sheet.finish().await,
        }
    }
}

/// The answer that carries such a file. The place is held until it is made or given up.
pub(crate) fn answer<R: Rows>(app: App, rows: R, format: Format, name: &str, slot: Slot) -> Response {
    let mut response = begin(app, rows, format, slot).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.mime()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    if let Ok(named) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.{}\"", format.word())) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    response
}

fn begin<R: Rows>(app: App, rows: R, format: Format, slot: Slot) -> Body {
    let now = app.desk.now();
    let (opened, body) = match format {
        Format::Csv => {
            let (text, body) = pack::text();
            (Ok(Kind::Csv(Csv::new(text))), body)
        }
        Format::Xlsx => {
            let (pack, body) = pack::opened();
            (Err(pack), body)
        }
    };
    tokio::spawn(async move {
        let made = async {
            let kind = match opened {
                Ok(kind) => kind,
                Err(pack) => Kind::Sheet(Box::new(Sheet::begin(pack, now).await?)),
            };
            let mut table = Table(kind);
            rows.write(&app, &mut table).await?;
            table.finish().await
        };
        match made.await {
            Ok(()) => {}
            Err(Broken::Gone) => tracing::info!("{} was given up", R::WHAT),
            Err(error) => tracing::error!("{} broke off: {error}", R::WHAT),
        }
        drop(slot);
    });
    body
}
