//! Bringing contacts in from a file: what is asked of an import, each batch of its rows, and taking it back.

mod take;
mod undo;

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::access::{Permission, Viewer};
use pronto_domain::contact::Level;
use pronto_domain::id::ContactListId;
use pronto_domain::import::{COLUMNS_AT_MOST, Column, Format, Mapping, OnMatch, Part, State};
use pronto_store as store;
use serde_json::{Value, json};
use store::contact_field::ContactField;
use store::contact_import::Import;
use store::event::{self, Facts, Kind};
use store::{audit, job};

pub(crate) use take::{Batch, Read, Told, take};
pub(crate) use undo::undo;

use crate::act::contact::{allowed, tags};
use crate::check::Check;
use crate::work::jobs::IMPORT;
use crate::{Error, Result};

/// The collection of the API they stand in.
const WHAT: &str = "contact_imports";

/// How a file is to be read, and what its columns are.
#[derive(Clone, Debug)]
pub struct Configure {
    pub by: Viewer,
    pub id: i64,
    /// The version it was made on.
    pub version: i64,
    pub format: Format,
    pub mapping: Mapping,
    /// The names of the columns, read so.
    pub headings: Vec<String>,
}

/// What an import can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Tell what would become of every row.
    Check,
    /// Begin, or go on.
    Run,
    Stop,
    Undo,
}

#[derive(Clone, Debug)]
pub struct Ask {
    pub by: Viewer,
    pub id: i64,
    pub version: i64,
    pub task: Task,
}

/// Keeps a file that came; nothing is brought in yet.
pub async fn add(tx: &mut Tx, by: &Viewer, new: &Import) -> Result<Import> {
    allowed(by, new.list_id, Level::Add)?;
    let id = store::contact_import::add(tx, new).await?;
    Ok(Import { id, ..new.clone() })
}

/// One that somebody may look at: their own, and for those who keep lists everybody's.
pub async fn find(tx: &mut Tx, by: &Viewer, id: i64) -> Result<Import> {
    let import = store::contact_import::find(tx, id).await?;
    let rights = by.rights(ContactListId(import.list_id));
    let mine = import.user_id == by.user.0 || by.may(Permission::EditLists);
    if mine && rights.allows(Level::View) { Ok(import) } else { Err(pronto_db::Error::NotFound.into()) }
}

async fn lock(tx: &mut Tx, by: &Viewer, id: i64, version: i64) -> Result<(Import, State)> {
    find(tx, by, id).await?;
    let import = store::contact_import::lock(tx, id).await?;
    if import.version != version {
        return Err(Error::Stale);
    }
    allowed(by, import.list_id, Level::Add)?;
    let state = import.state()?;
    Ok((import, state))
}

pub async fn configure(tx: &mut Tx, input: &Configure) -> Result<Import> {
    let (mut import, state) = lock(tx, &input.by, input.id, input.version).await?;
    if !state.is_open() {
        return Err(Error::Impossible {
            code: "import_begun",
            detail: "it has begun: how it is read can no longer be changed".to_owned(),
        });
    }
    let known = store::contact_field::all(tx).await?;
    let mapping = Mapping { tags: tags(&input.mapping.tags)?, ..input.mapping.clone() };
    fits(&import, &mapping, &known)?;
    if mapping.on_match != OnMatch::Skip {
        allowed(&input.by, import.list_id, Level::Edit)?;
    }
    import.format = Json(input.format);
    import.mapping = Some(Json(mapping));
    import.headings = Json(input.headings.clone());
    clear(tx, &mut import).await?;
    move_on(&mut import, State::Uploaded);
    store::contact_import::save(tx, &import).await?;
    Ok(import)
}

fn fits(import: &Import, mapping: &Mapping, known: &[ContactField]) -> Result<()> {
    let mut check = Check::default();
    check.range("mapping.columns", mapping.columns.len(), 1, COLUMNS_AT_MOST);
    let list = ContactListId(import.list_id);
    for (index, column) in mapping.columns.iter().enumerate() {
        let Some(column) = column else { continue };
        let path = format!("mapping.columns[{index}]");
        let before = mapping.columns.iter().take(index).flatten();
        if !matches!(column, Column::Of(part) if part.is_repeatable()) && before.clone().any(|other| other == column) {
            check.wrong(path.clone(), "taken", "another column is this already");
        }
        if let Column::Field(key) = column {
            let serves = |field: &&ContactField| field.rules().is_ok_and(|rules| rules.serves(list));
            if !known.iter().filter(serves).any(|field| field.key == *key) {
                check.wrong(path, "unknown", "contacts of this list have no such field");
            }
        }
    }
    let has = |parts: &[Part]| mapping.columns.iter().flatten().any(|it| parts.iter().any(|p| *it == Column::Of(*p)));
    let numbers = [Part::Phone, Part::Mobile, Part::Number];
    let names = [Part::Name, Part::FirstName, Part::LastName];
    if !has(&numbers) && !has(&names) && !has(&[Part::Email]) {
        check.wrong("mapping.columns", "required", "a column with names, numbers or e-mail addresses");
    }
    for (index, part) in mapping.match_by.iter().enumerate() {
        let path = format!("mapping.match_by[{index}]");
        match part {
            Part::Phone if !has(&numbers) => check.wrong(path, "unknown", "no column holds numbers"),
            Part::Email if !has(&[Part::Email]) => check.wrong(path, "unknown", "no column holds e-mail addresses"),
            Part::Name if !has(&names) => check.wrong(path, "unknown", "no column holds names"),
            Part::Phone | Part::Email | Part::Name => {}
            _ => check.wrong(path, "unknown", "phone, email or name"),
        }
    }
    if mapping.on_match != OnMatch::Skip && mapping.match_by.is_empty() {
        check.wrong("mapping.match_by", "required", "nobody is known again by nothing");
    }
    check.done()
}

pub async fn ask(tx: &mut Tx, now: Timestamp, input: &Ask) -> Result<Import> {
    let at = store::millis(now);
    let (mut import, state) = lock(tx, &input.by, input.id, input.version).await?;
    let unset = || Error::invalid("mapping", "required", "say first what the columns are");
    let mapping = || import.mapping.as_ref().map(|mapping| mapping.0.clone()).ok_or_else(unset);
    let (next, action) = match input.task {
        Task::Check if state.is_open() => {
            mapping()?;
            clear(tx, &mut import).await?;
            (State::Checking, None)
        }
        Task::Run if state.may_run() => {
            if mapping()?.on_match != OnMatch::Skip {
                allowed(&input.by, import.list_id, Level::Edit)?;
            }
            if state != State::Stopped {
                clear(tx, &mut import).await?;
                import.started_at = Some(at);
            }
            import.finished_at = None;
            (State::Running, Some("contact_import.begun"))
        }
        Task::Stop if state == State::Checking => (State::Uploaded, None),
        Task::Stop if state == State::Running => {
            import.finished_at = Some(at);
            (State::Stopped, Some("contact_import.stopped"))
        }
        Task::Undo if state.may_undo() => (State::Undoing, Some("contact_import.undone")),
        _ => {
            let detail = format!("an import that is {state} cannot do this");
            return Err(Error::Impossible { code: "import_state", detail });
        }
    };
    move_on(&mut import, next);
    store::contact_import::save(tx, &import).await?;
    if next.is_busy() {
        job::add(tx, &[job::New { kind: IMPORT, subject: import.id, run_at: at }]).await?;
    }
    if let Some(action) = action {
        let after = json!({ "list": import.list_id, "file": import.name });
        let subject = format!("contact_import {}", import.id);
        let entry =
            audit::Entry { at, user: Some(input.by.user.0), action, subject, before: &Value::Null, after: &after };
        audit::write(tx, entry).await?;
    }
    tell(tx, &import, at).await?;
    Ok(import)
}

/// Forgets a file that was never brought in; answers where it lies.
pub async fn remove(tx: &mut Tx, by: &Viewer, id: i64, version: i64) -> Result<Option<String>> {
    let (mut import, state) = lock(tx, by, id, version).await?;
    if !state.is_open() {
        let detail = "it has begun: stop it, or undo it".to_owned();
        return Err(Error::Impossible { code: "import_begun", detail });
    }
    let path = import.path.take();
    store::contact_import::remove(tx, id).await?;
    Ok(path)
}

/// Back to its beginning.
async fn clear(tx: &mut Tx, import: &mut Import) -> Result<()> {
    store::contact_import::forget_rows(tx, import.id).await?;
    (import.rows_read, import.made, import.updated) = (0, 0, 0);
    (import.duplicates, import.invalid, import.error) = (0, 0, None);
    Ok(())
}

/// Whoever works for the state before sees that it is not theirs any more.
fn move_on(import: &mut Import, state: State) {
    state.as_str().clone_into(&mut import.state);
    import.version += 1;
}

/// It cannot go on.
pub(crate) async fn fail(tx: &mut Tx, now: Timestamp, id: i64, version: i64, why: &str) -> Result<()> {
    let at = store::millis(now);
    let mut import = store::contact_import::lock(tx, id).await?;
    if import.version != version {
        return Ok(());
    }
    // What was only tried has brought nothing in.
    let next = if import.state()? == State::Checking { State::Uploaded } else { State::Failed };
    import.error = Some(why.to_owned());
    import.finished_at = Some(at);
    move_on(&mut import, next);
    store::contact_import::save(tx, &import).await?;
    tell(tx, &import, at).await
}

/// Tells the screens of whoever brings it in.
pub(crate) async fn tell(tx: &mut Tx, import: &Import, at: i64) -> Result<()> {
    let facts = Facts { what: Some(WHAT.to_owned()), users: vec![import.user_id], ..Facts::default() };
    event::append(tx, &[event::New::of(Kind::Changed, import.id).facts(facts)], at).await?;
    Ok(())
}
