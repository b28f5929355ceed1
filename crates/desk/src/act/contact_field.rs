//! Custom fields of contacts: adding, changing, archiving and ordering them, and what a contact has in them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::field::{self, Kind, Plain};
use pronto_domain::id::{ContactFieldId, ContactListId, UserId};
use pronto_store as store;
use serde_json::{Value, json};
use store::Place;
use store::contact_field::{ContactField, Held};
use store::millis;

use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Error, Result};

/// The collection of the API they stand in.
const WHAT: &str = "contact_fields";
/// A contact is looked at as a whole.
const AT_MOST: usize = 100;
const OPTIONS_AT_MOST: usize = 100;

#[derive(Clone, Debug)]
pub struct Add {
    pub by: UserId,
    /// The only list whose contacts have it; `None` = every list.
    pub list: Option<ContactListId>,
    pub key: String,
    pub kind: Kind,
    pub fields: Fields,
}

/// What is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pub name: Option<String>,
    /// Of a select. What contacts have stays, though it can no longer be chosen.
    pub options: Option<Vec<String>>,
    pub required: Option<bool>,
    pub sensitive: Option<bool>,
}

#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    pub id: ContactFieldId,
    /// The version it was made on.
    pub version: i64,
    pub fields: Fields,
    /// `true` puts it away with all that contacts have in it, `false` brings it back.
    pub archived: Option<bool>,
}

/// The order in which they are shown.
#[derive(Clone, Debug)]
pub struct Arrange {
    pub by: UserId,
    pub ids: Vec<ContactFieldId>,
}

pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<ContactFieldId> {
    let all = store::contact_field::all(tx).await?;
    let mut one = ContactField {
        id: 0,
        list_id: input.list.map(i64::from),
        key: input.key.trim().to_owned(),
        name: String::new(),
        kind: input.kind.as_str().to_owned(),
        options: Json(Vec::new()),
        required: false,
        sensitive: false,
        place: all.iter().map(|one| one.place).max().unwrap_or(0) + 1,
        version: 1,
        archived_at: None,
    };
    input.fields.apply(&mut one);
    let mut check = Check::default();
    if one.key.is_empty() {
        check.wrong("key", "required", "this may not be empty");
    } else if !field::key_fits(&one.key) {
        check.wrong("key", "format", "a small letter, then small letters, digits and _; at most 40");
    } else if all.iter().any(|other| other.key == one.key) {
        check.wrong("key", "taken", "another field, maybe an archived one, has this key");
    }
    if all.len() >= AT_MOST {
        check.wrong("key", "too_long", format!("at most {AT_MOST} fields"));
    }
    if let Some(list) = one.list_id
        && !store::contact_list::live(tx).await?.iter().any(|known| known.id == list)
    {
        check.wrong("list_id", "unknown", "there is no such list");
    }
    fits(&all, &one, &mut check);
    check.done()?;
    one.id = store::contact_field::add(tx, &one).await?;
    write(tx, millis(now), input.by, "contact_field.added", one.id, Value::Null, told(&one)).await?;
    Ok(ContactFieldId(one.id))
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = store::contact_field::lock(tx, input.id.0).await?;
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut one = before.clone();
    input.fields.apply(&mut one);
    match input.archived {
        Some(true) => one.archived_at = one.archived_at.or(Some(at)),
        Some(false) => one.archived_at = None,
        None => {}
    }
    let all = store::contact_field::all(tx).await?;
    let mut check = Check::default();
    fits(&all, &one, &mut check);
    check.done()?;
    if !store::contact_field::save(tx, &one).await? {
        return Err(Error::Stale);
    }
    write(tx, at, input.by, "contact_field.changed", one.id, told(&before), told(&one)).await
}

pub async fn arrange(tx: &mut Tx, now: Timestamp, input: &Arrange) -> Result<()> {
    let all = store::contact_field::all(tx).await?;
    let wanted: BTreeSet<i64> = input.ids.iter().map(|id| id.0).collect();
    let moved: Vec<&ContactField> = all.iter().filter(|one| wanted.contains(&one.id)).collect();
    if moved.len() != input.ids.len() {
        return Err(Error::invalid("ids", "unknown", "fields that there are, each once"));
    }
    let places = Place::shared_out(input.ids.iter().copied(), moved.iter().map(|one| one.place));
    store::contact_field::arrange(tx, &places).await?;
    let before = json!(moved.iter().map(|one| one.id).collect::<Vec<_>>());
    let first = moved.first().map_or(0, |one| one.id);
    write(tx, millis(now), input.by, "contact_field.arranged", first, before, json!(input.ids)).await
}

/// Gives a contact of a list what another has, in the fields that contacts of that list have.
pub(super) async fn copy(tx: &mut Tx, from: i64, to: i64, list: ContactListId) -> Result<()> {
    let known = store::contact_field::all(tx).await?;
    let known = known.iter().map(ContactField::rules).collect::<Result<Vec<_>, _>>()?;
    let held = store::contact_field::held(tx, &[from]).await?;
    let serves = |held: &&Held| known.iter().any(|field| field.id.0 == held.field_id && field.serves(list));
    let copied: Vec<Held> = held.iter().filter(serves).map(|held| held.of(to)).collect();
    store::contact_field::put(tx, &copied).await?;
    Ok(())
}

/// The same of a contact that is being made: what must be filled in has to be given.
pub(super) async fn fill(
    tx: &mut Tx,
    contact: i64,
    list: ContactListId,
    given: &BTreeMap<String, Option<Plain>>,
) -> Result<()> {
    let known = store::contact_field::all(tx).await?;
    let mut whole = given.clone();
    for field in &known {
        let field = field.rules()?;
        if field.required && field.serves(list) {
            whole.entry(field.key).or_insert(None);
        }
    }
    set(tx, contact, list, &whole).await
}

/// Puts what was given into a contact's fields, by key; what is `None` or blank empties one. The contact is the
/// caller's to lock, and to save.
pub(super) async fn set(
    tx: &mut Tx,
    contact: i64,
    list: ContactListId,
    given: &BTreeMap<String, Option<Plain>>,
) -> Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    let known = store::contact_field::all(tx).await?;
    let known = known.iter().map(ContactField::rules).collect::<Result<Vec<_>, _>>()?;
    let mut check = Check::default();
    let (mut put, mut clear) = (Vec::new(), Vec::new());
    for (key, given) in given {
        let path = format!("fields.{key}");
        let Some(field) = known.iter().find(|field| field.key == *key && field.serves(list)) else {
            check.wrong(path, "unknown", "contacts of this list have no such field");
            continue;
        };
        match field.read(given.as_ref()) {
            Ok(Some(value)) => put.push(Held::new(contact, field.id, &value)),
            Ok(None) => clear.push(field.id.0),
            Err(unfit) => check.wrong(path, unfit.code(), format!("{}: {unfit}", field.name)),
        }
    }
    check.done()?;
    store::contact_field::put(tx, &put).await?;
    store::contact_field::clear(tx, contact, &clear).await?;
    Ok(())
}

impl Fields {
    fn apply(&self, one: &mut ContactField) {
        if let Some(name) = &self.name {
            name.trim().clone_into(&mut one.name);
        }
        if let Some(options) = &self.options {
            one.options = Json(options.iter().map(|option| option.trim().to_owned()).collect());
        }
        one.required = self.required.unwrap_or(one.required);
        one.sensitive = self.sensitive.unwrap_or(one.sensitive);
    }
}

fn fits(all: &[ContactField], one: &ContactField, check: &mut Check) {
    check.name("name", &one.name, 60);
    let near = |other: &ContactField| other.list_id.is_none() || one.list_id.is_none() || other.list_id == one.list_id;
    let same = |other: &ContactField| {
        other.id != one.id
            && other.archived_at.is_none()
            && near(other)
            && other.name.to_lowercase() == one.name.to_lowercase()
    };
    if one.archived_at.is_none() && all.iter().any(same) {
        check.wrong("name", "taken", "another field of these contacts has this name");
    }
    let options = &one.options.0;
    if one.kind != Kind::Select.as_str() {
        if !options.is_empty() {
            check.wrong("options", "not_with", "only a select has choices");
        }
        return;
    }
    if options.is_empty() {
        check.wrong("options", "required", "at least one choice");
    }
    check.range("options", options.len(), 0, OPTIONS_AT_MOST);
    for (index, option) in options.iter().enumerate() {
        let path = format!("options[{index}]");
        check.name(&path, option, 100);
        if options.iter().take(index).any(|other| other == option) {
            check.wrong(path, "taken", "this choice is there already");
        }
    }
}

fn told(one: &ContactField) -> Value {
    json!({
        "list_id": one.list_id, "key": one.key, "name": one.name, "kind": one.kind, "options": one.options.0,
        "required": one.required, "sensitive": one.sensitive, "archived": one.archived_at.is_some(),
    })
}

async fn write(tx: &mut Tx, at: i64, by: UserId, action: &str, id: i64, before: Value, after: Value) -> Result<()> {
    let subject = format!("contact_field {id}");
    record::write(tx, at, Record { by: Some(by), action, subject, before, after, what: &[WHAT] }).await
}
