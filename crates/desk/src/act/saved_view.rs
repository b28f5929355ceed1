//! Saved views of lists: one's own are one's own, everybody's are the supervisors'.

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::access::{Role, Viewer};
use pronto_store as store;
use serde_json::{Value, json};
use store::event::{self, Facts, Kind};
use store::millis;
use store::saved_view::SavedView;

use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Error, Result};

/// Of which list a view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Interactions,
    Contacts,
}

impl Of {
    /// As it is stored.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Interactions => "interactions",
            Self::Contacts => "contacts",
        }
    }
}

/// The collection of the API they stand in.
fn collection(view: &SavedView) -> &'static str {
    if view.what == Of::Contacts.word() { "contact_views" } else { "saved_views" }
}

/// More than these are no quick way to anything.
const AT_MOST: usize = 50;

#[derive(Clone, Debug)]
pub struct Add {
    pub by: Viewer,
    pub of: Of,
    pub shared: bool,
    pub name: String,
    /// A filter that the list takes.
    pub filter: Value,
}

/// What is `None` stays as it is.
#[derive(Clone, Debug)]
pub struct Change {
    pub by: Viewer,
    pub of: Of,
    pub id: i64,
    /// The version it was made on.
    pub version: i64,
    pub shared: Option<bool>,
    pub name: Option<String>,
    pub filter: Option<Value>,
}

#[derive(Clone, Debug)]
pub struct Remove {
    pub by: Viewer,
    pub of: Of,
    pub id: i64,
}

pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<SavedView> {
    let mut view = SavedView {
        id: 0,
        what: input.of.word().to_owned(),
        user_id: input.by.user.0,
        shared: input.shared,
        name: input.name.trim().to_owned(),
        filter: Json(input.filter.clone()),
        version: 1,
    };
    may_edit(&input.by, &view)?;
    fits(tx, &input.by, &view).await?;
    view.id = store::saved_view::add(tx, &view, millis(now)).await?;
    write(tx, now, &input.by, "saved_view.added", &view, Value::Null, told(&view)).await?;
    Ok(view)
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<SavedView> {
    let before = held(tx, &input.by, input.of, input.id).await?;
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut view = before.clone();
    if let Some(shared) = input.shared {
        view.shared = shared;
    }
    if let Some(name) = &input.name {
        name.trim().clone_into(&mut view.name);
    }
    if let Some(filter) = &input.filter {
        view.filter = Json(filter.clone());
    }
    may_edit(&input.by, &view)?;
    fits(tx, &input.by, &view).await?;
    if !store::saved_view::save(tx, &view).await? {
        return Err(Error::Stale);
    }
    view.version += 1;
    if before.shared && !view.shared {
        // Those who had it are told too.
        write(tx, now, &input.by, "saved_view.changed", &before, told(&before), told(&view)).await?;
    } else {
        write(tx, now, &input.by, "saved_view.changed", &view, told(&before), told(&view)).await?;
    }
    Ok(view)
}

pub async fn remove(tx: &mut Tx, now: Timestamp, input: &Remove) -> Result<()> {
    let before = held(tx, &input.by, input.of, input.id).await?;
    store::saved_view::remove(tx, before.id).await?;
    write(tx, now, &input.by, "saved_view.removed", &before, told(&before), Value::Null).await
}

/// One that the viewer may change; what they may not see is not found.
async fn held(tx: &mut Tx, by: &Viewer, of: Of, id: i64) -> Result<SavedView> {
    let view = store::saved_view::lock(tx, id).await?;
    if view.what != of.word() || (!view.shared && view.user_id != by.user.0) {
        return Err(pronto_db::Error::NotFound.into());
    }
    may_edit(by, &view)?;
    Ok(view)
}

fn may_edit(by: &Viewer, view: &SavedView) -> Result<()> {
    if edited_by(view, by) { Ok(()) } else { Err(Error::Forbidden { needs: Role::Supervisor.to_string() }) }
}

/// Whether somebody may change it.
pub fn edited_by(view: &SavedView, by: &Viewer) -> bool {
    if view.shared { by.supervises() } else { view.user_id == by.user.0 }
}

async fn fits(tx: &mut Tx, by: &Viewer, view: &SavedView) -> Result<()> {
    let mut check = Check::default();
    check.name("name", &view.name, 40);
    let others = store::saved_view::for_user(tx, &view.what, by.user.0).await?;
    let mut beside = others.iter().filter(|other| other.id != view.id && other.shared == view.shared);
    if beside.clone().count() >= AT_MOST {
        check.wrong("name", "too_many", format!("there are {AT_MOST} views; remove one first"));
    }
    if beside.any(|other| other.name.to_lowercase() == view.name.to_lowercase()) {
        check.wrong("name", "taken", "another view has this name");
    }
    check.done()
}

fn told(view: &SavedView) -> Value {
    json!({ "name": view.name, "shared": view.shared, "filter": view.filter.0 })
}

/// What others use is written down; what is somebody's own is told to their screens alone.
async fn write(
    tx: &mut Tx,
    now: Timestamp,
    by: &Viewer,
    action: &str,
    view: &SavedView,
    before: Value,
    after: Value,
) -> Result<()> {
    let at = millis(now);
    if view.shared {
        let subject = format!("saved_view {}", view.id);
        return record::write(
            tx,
            at,
            Record { by: Some(by.user), action, subject, before, after, what: &[collection(view)] },
        )
        .await;
    }
    let facts = Facts { what: Some(collection(view).to_owned()), users: vec![view.user_id], ..Facts::default() };
    event::append(tx, &[event::New::of(Kind::Changed, 0).facts(facts)], at).await?;
    Ok(())
}
