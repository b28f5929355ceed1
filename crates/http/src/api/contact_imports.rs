//! Files of contacts: handed in, looked at, tried, brought in, stopped and taken back.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use pronto_desk::act::contact_import::{self, Ask, Configure, Task};
use pronto_desk::filing;
use pronto_desk::importing::{self, Handed, hand_in};
use pronto_domain::id::ContactListId;
use pronto_domain::import::{Column, DateOrder, Delimiter, Encoding, Format, Mapping, Misfit, OnMatch, Outcome, Part};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use store::contact_import::Import;
use utoipa::{IntoParams, ToSchema};

use super::interaction_list::limit_of;
use super::interactions::DONE;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Query, SignedIn};
use crate::schema;
use crate::view::Lens;

/// Characters of a file's name.
const NAME_AT_MOST: usize = 200;

/// A file of contacts, and how far it is.
#[derive(Serialize, ToSchema)]
pub struct ContactImport {
    pub id: i64,
    /// Counts what people ask of it, not its progress.
    pub version: i64,
    pub list_id: i64,
    /// Who brings it in.
    pub user_id: i64,
    /// The file's.
    pub name: String,
    /// Bytes.
    pub size: i64,
    pub format: ImportFormat,
    /// Null until somebody has said what the columns are.
    pub mapping: Option<ImportMapping>,
    /// The names of its columns, once it was said what they are; empty where one has none.
    pub headings: Vec<String>,
    #[schema(value_type = schema::ImportState)]
    pub state: String,
    /// Why it failed.
    pub error: Option<String>,
    /// Rows that are behind; what is counted below became of them or, of a check, would.
    pub rows_read: i64,
    /// Null until the file's end was seen.
    pub rows_total: Option<i64>,
    pub made: i64,
    pub updated: i64,
    pub duplicates: i64,
    pub invalid: i64,
    /// Contacts that an undo left, for somebody has worked on them since.
    pub kept: i64,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    pub undone_at: Option<Timestamp>,
}

/// How a file is read.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportFormat {
    #[schema(value_type = schema::ImportEncoding)]
    pub encoding: Encoding,
    #[schema(value_type = schema::ImportDelimiter)]
    pub delimiter: Delimiter,
    /// Whether the first row names the columns.
    pub heading: bool,
    /// How 03/04/1985 is read.
    #[schema(value_type = schema::ImportDates)]
    pub dates: DateOrder,
}

/// What the columns are, and how somebody is known again.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportMapping {
    /// Of every column in its order: a part of a contact, `field:` and a custom field's key, or null to leave it out.
    #[schema(value_type = Vec<Option<String>>)]
    pub columns: Vec<Option<Column>>,
    /// `phone` (any number), `email`, `name`: any one being the same makes two the same.
    #[schema(value_type = Vec<schema::ImportPart>)]
    pub match_by: Vec<Part>,
    /// What becomes of somebody who is in the list already.
    #[schema(value_type = schema::ImportOnMatch)]
    pub on_match: OnMatch,
    /// Given to everybody in the file.
    #[serde(default)]
    pub tags: Vec<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportHandedIn {
    /// The list that its contacts go to.
    pub list_id: i64,
    /// The file's name.
    pub name: String,
}

/// Hand in a file of contacts
///
/// Its bytes are the body, at most 60 MB: a table of text, as spreadsheets save CSV. How it is written is told from it;
/// nothing is brought in yet.
#[utoipa::path(post, path = "/api/v1/contact_imports", tag = "contacts", operation_id = "hand_in_contacts",
    params(ImportHandedIn), request_body(content = Vec<u8>, content_type = "text/csv"),
    responses((status = 201, body = ContactImport), (status = 413, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn hand_in_contacts(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<ImportHandedIn>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<ContactImport>)> {
    let name: String = query.name.trim().chars().filter(|c| !c.is_control()).collect();
    if name.is_empty() || name.chars().count() > NAME_AT_MOST {
        let detail = format!("1 to {NAME_AT_MOST} characters");
        return Err(Error::invalid(vec![Field::new("name", "format", detail)]));
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let handed = Handed { by: me.viewer.clone(), list: ContactListId(query.list_id), name, length };
    let stream = Box::pin(body.into_data_stream().map_err(|error| error.to_string()));
    let import = hand_in(&app.desk, &handed, stream).await?;
    Ok((StatusCode::CREATED, Json(shown(import, &app, &me))))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ImportsQuery {
    /// The id of the last one of the page before.
    pub before: Option<i64>,
    /// 1–100.
    pub limit: Option<i64>,
}

/// List imports, the newest first
///
/// One's own; those who keep lists get everybody's.
#[utoipa::path(get, path = "/api/v1/contact_imports", tag = "contacts", operation_id = "list_contact_imports",
    params(ImportsQuery), responses((status = 200, body = Vec<ContactImport>)))]
pub async fn list_contact_imports(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<ImportsQuery>,
) -> Result<Json<Vec<ContactImport>>> {
    let all = me.viewer.may(pronto_domain::access::Permission::EditLists);
    let user = (!all).then_some(me.viewer.user.0);
    let mut tx = app.desk.db().read().await?;
    let found = store::contact_import::page(&mut tx, user, query.before, limit_of(query.limit)?).await?;
    Ok(Json(found.into_iter().map(|import| shown(import, &app, &me)).collect()))
}

/// One import
#[utoipa::path(get, path = "/api/v1/contact_imports/{id}", tag = "contacts", operation_id = "find_contact_import",
    params(("id" = i64, Path)), responses((status = 200, body = ContactImport), (status = 404, body = crate::Problem)))]
pub async fn find_contact_import(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<Json<ContactImport>> {
    let mut tx = app.desk.db().read().await?;
    Ok(Json(shown(contact_import::find(&mut tx, &me.viewer, id).await?, &app, &me)))
}

/// The beginning of a file.
#[derive(Serialize, ToSchema)]
pub struct ImportPreview {
    /// Of every column; empty where it has none.
    pub headings: Vec<String>,
    /// The first 20.
    pub rows: Vec<Vec<String>>,
    /// What each column probably is.
    #[schema(value_type = Vec<Option<String>>)]
    pub guessed: Vec<Option<Column>>,
}

/// How a file would be read; what is absent is as it was told or said.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct PreviewQuery {
    #[param(value_type = Option<schema::ImportEncoding>)]
    pub encoding: Option<Encoding>,
    #[param(value_type = Option<schema::ImportDelimiter>)]
    pub delimiter: Option<Delimiter>,
    pub heading: Option<bool>,
}

/// Look at the beginning of a file
///
/// From whom anything of customers is hidden sees nothing of what a colleague handed in.
#[utoipa::path(get, path = "/api/v1/contact_imports/{id}/preview", tag = "contacts",
    operation_id = "preview_contact_import", params(("id" = i64, Path), PreviewQuery),
    responses((status = 200, body = ImportPreview), (status = 409, body = crate::Problem)))]
pub async fn preview_contact_import(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<PreviewQuery>,
) -> Result<Json<ImportPreview>> {
    let mut tx = app.desk.db().read().await?;
    let import = contact_import::find(&mut tx, &me.viewer, id).await?;
    drop(tx);
    let Some(path) = import.path else {
        let detail = "The file was brought in and is not kept.";
        return Err(Error::new(StatusCode::CONFLICT, "file_gone", detail));
    };
    let was = import.format.0;
    let format = Format {
        encoding: query.encoding.unwrap_or(was.encoding),
        delimiter: query.delimiter.unwrap_or(was.delimiter),
        heading: query.heading.unwrap_or(was.heading),
        dates: was.dates,
    };
    let fields = importing::fields(&app.desk, ContactListId(import.list_id)).await?;
    let importing::Preview { headings, rows, guessed } = importing::preview(&app.desk, &path, format, &fields).await?;
    let lens = Lens { config: &app.desk.config(), viewer: &me.viewer, now: app.desk.now() };
    let headings = lens.cells(import.user_id, headings);
    let rows = rows.into_iter().map(|row| lens.cells(import.user_id, row)).collect();
    Ok(Json(ImportPreview { headings, rows, guessed }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportChange {
    /// The version the change was made on.
    pub version: i64,
    pub format: ImportFormat,
    pub mapping: ImportMapping,
}

/// Say how a file is read and what its columns are
///
/// Until it has begun. What a check told is forgotten.
#[utoipa::path(patch, path = "/api/v1/contact_imports/{id}", tag = "contacts", operation_id = "change_contact_import",
    params(("id" = i64, Path)), request_body = ImportChange,
    responses((status = 200, body = ContactImport), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn change_contact_import(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ImportChange>,
) -> Result<Json<ContactImport>> {
    let ImportFormat { encoding, delimiter, heading, dates } = body.format;
    let ImportMapping { columns, match_by, on_match, tags } = body.mapping;
    let format = Format { encoding, delimiter, heading, dates };
    let mut tx = app.desk.db().read().await?;
    let import = contact_import::find(&mut tx, &me.viewer, id).await?;
    drop(tx);
    let headings = match &import.path {
        Some(path) => importing::preview(&app.desk, path, format, &[]).await?.headings,
        // It has begun: that is refused.
        None => Vec::new(),
    };
    let input = Configure {
        by: me.viewer.clone(),
        id,
        version: body.version,
        format,
        headings,
        mapping: Mapping { columns, match_by, on_match, tags },
    };
    let import = app.desk.run(&input, |tx, _, input| Box::pin(contact_import::configure(tx, input))).await?;
    Ok(Json(shown(import, &app, &me)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportTask {
    pub version: i64,
    pub task: ImportTaskKind,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportTaskKind {
    /// Tell what would become of every row; nothing is written.
    Check,
    /// Begin, or go on after a stop.
    Run,
    Stop,
    /// Take it back: whom it made goes, whom it changed is as before, whom somebody has worked on since stays.
    Undo,
}

/// Check, run, stop or undo an import
///
/// It goes on in the background; the answer says that it has begun.
#[utoipa::path(post, path = "/api/v1/contact_imports/{id}/tasks", tag = "contacts",
    operation_id = "work_contact_import", params(("id" = i64, Path)), request_body = ImportTask,
    responses((status = 200, body = ContactImport), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn work_contact_import(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ImportTask>,
) -> Result<Json<ContactImport>> {
    let task = match body.task {
        ImportTaskKind::Check => Task::Check,
        ImportTaskKind::Run => Task::Run,
        ImportTaskKind::Stop => Task::Stop,
        ImportTaskKind::Undo => Task::Undo,
    };
    let ask = Ask { by: me.viewer.clone(), id, version: body.version, task };
    let import = app.desk.run(&ask, |tx, now, ask| Box::pin(contact_import::ask(tx, now, ask))).await?;
    Ok(Json(shown(import, &app, &me)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportRemoval {
    pub version: i64,
}

/// Forget a file that was never brought in
#[utoipa::path(delete, path = "/api/v1/contact_imports/{id}", tag = "contacts", operation_id = "remove_contact_import",
    params(("id" = i64, Path), ImportRemoval), responses((status = 204), (status = 409, body = crate::Problem)))]
pub async fn remove_contact_import(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<ImportRemoval>,
) -> Result<StatusCode> {
    let asked = (me.viewer.clone(), id, query.version);
    let path = app
        .desk
        .run(&asked, |tx, _, (by, id, version)| Box::pin(contact_import::remove(tx, by, *id, *version)))
        .await?;
    if let Some(path) = path {
        filing::discard(&app.desk, &path).await;
    }
    Ok(DONE)
}

/// What became of a row, or would.
#[derive(Serialize, ToSchema)]
pub struct ImportRow {
    /// From 1, without the heading.
    pub number: i64,
    #[schema(value_type = schema::ImportOutcome)]
    pub outcome: String,
    pub reasons: Vec<ImportMisfit>,
    /// Whom it changes, or of whom it is a duplicate.
    pub contact_id: Option<i64>,
    pub cells: Vec<String>,
}

/// What is wrong with a row.
#[derive(Serialize, ToSchema)]
pub struct ImportMisfit {
    /// Which cell, from 0; null is the whole row.
    pub column: Option<usize>,
    pub code: String,
    pub detail: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct RowsQuery {
    #[param(value_type = Option<schema::ImportOutcome>)]
    pub outcome: Option<Outcome>,
    /// The number of the last row of the page before.
    pub after: Option<i64>,
    /// 1–100.
    pub limit: Option<i64>,
}

/// What became of rows
///
/// All duplicate and invalid ones, and the first 200 of the others.
#[utoipa::path(get, path = "/api/v1/contact_imports/{id}/rows", tag = "contacts",
    operation_id = "list_contact_import_rows", params(("id" = i64, Path), RowsQuery),
    responses((status = 200, body = Vec<ImportRow>)))]
pub async fn list_contact_import_rows(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<RowsQuery>,
) -> Result<Json<Vec<ImportRow>>> {
    let mut tx = app.desk.db().read().await?;
    let import = contact_import::find(&mut tx, &me.viewer, id).await?;
    let (after, limit) = (query.after.unwrap_or(0), limit_of(query.limit)?);
    let rows = store::contact_import::noted(&mut tx, id, query.outcome, after, limit).await?;
    let lens = Lens { config: &app.desk.config(), viewer: &me.viewer, now: app.desk.now() };
    let misfit = |Misfit { column, code, detail }| ImportMisfit { column, code, detail };
    let row = |row: store::contact_import::Row| ImportRow {
        number: row.row_number,
        outcome: row.outcome,
        reasons: row.reasons.0.into_iter().map(misfit).collect(),
        contact_id: row.contact_id,
        cells: lens.cells(import.user_id, row.cells.0),
    };
    Ok(Json(rows.into_iter().map(row).collect()))
}

fn shown(import: Import, app: &App, me: &SignedIn) -> ContactImport {
    let lens = Lens { config: &app.desk.config(), viewer: &me.viewer, now: app.desk.now() };
    let Format { encoding, delimiter, heading, dates } = import.format.0;
    let mapping = |Mapping { columns, match_by, on_match, tags }| ImportMapping { columns, match_by, on_match, tags };
    ContactImport {
        id: import.id,
        version: import.version,
        list_id: import.list_id,
        user_id: import.user_id,
        name: import.name,
        size: import.size,
        format: ImportFormat { encoding, delimiter, heading, dates },
        mapping: import.mapping.map(|it| mapping(it.0)),
        headings: lens.cells(import.user_id, import.headings.0),
        state: import.state,
        error: import.error,
        rows_read: import.rows_read,
        rows_total: import.rows_total,
        made: import.made,
        updated: import.updated,
        duplicates: import.duplicates,
        invalid: import.invalid,
        kept: import.kept,
        created_at: store::instant(import.created_at),
        started_at: import.started_at.map(store::instant),
        finished_at: import.finished_at.map(store::instant),
        undone_at: import.undone_at.map(store::instant),
    }
}
