//! Tags: what there is, and what interactions are marked with.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::id::{InteractionId, UserId};
use pronto_store as store;
use serde_json::{Value, json};
use store::interaction::Interaction;
use store::tag::{Tag, Tagged};
use store::{event, millis};

use crate::act::line::{self, Line};
use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Config, Error, Result};

/// The most tags on one interaction.
const AT_MOST: usize = 20;
/// The colours there are; the desktop knows how each looks in light and in dark.
pub const COLOURS: &[&str] = &["grey", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"];

/// What is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pub name: Option<String>,
    pub colour: Option<String>,
    pub description: Option<Option<String>>,
}

#[derive(Clone, Debug)]
pub struct Add {
    pub by: UserId,
    pub fields: Fields,
}

#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    pub id: i64,
    /// The version it was made on.
    pub version: i64,
    pub fields: Fields,
}

#[derive(Clone, Debug)]
pub struct Remove {
    pub by: UserId,
    pub id: i64,
}

pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<i64> {
    let mut tag = Tag { id: 0, name: String::new(), colour: "grey".to_owned(), description: None, version: 1 };
    input.fields.apply(&mut tag);
    fits(tx, &tag).await?;
    tag.id = store::tag::add(tx, &tag).await?;
    write(tx, millis(now), input.by, "tag.added", tag.id, Value::Null, told(&tag)).await?;
    Ok(tag.id)
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = store::tag::lock(tx, input.id).await?;
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut tag = before.clone();
    input.fields.apply(&mut tag);
    fits(tx, &tag).await?;
    if !store::tag::save(tx, &tag).await? {
        return Err(Error::Stale);
    }
    if tag.name != before.name {
        rewrite(tx, at, &before.name, Some(&tag.name)).await?;
    }
    write(tx, at, input.by, "tag.changed", tag.id, told(&before), told(&tag)).await
}

/// Removes one; everything that has it loses it.
pub async fn remove(tx: &mut Tx, now: Timestamp, input: &Remove) -> Result<()> {
    let at = millis(now);
    let before = store::tag::lock(tx, input.id).await?;
    rewrite(tx, at, &before.name, None).await?;
    store::tag::delete(tx, before.id).await?;
    write(tx, at, input.by, "tag.removed", before.id, told(&before), Value::Null).await
}

/// Gives a tag its new name wherever it stands, or takes it away.
async fn rewrite(tx: &mut Tx, at: i64, from: &str, to: Option<&str>) -> Result<()> {
    let write = |mut one: Tagged| {
        let mut seen = BTreeSet::new();
        let names = one.tags.0.into_iter().filter_map(|name| match (name == from, to) {
            (false, _) => Some(name),
            (true, to) => to.map(str::to_owned),
        });
        one.tags = Json(names.filter(|name| seen.insert(name.clone())).collect());
        one
    };
    let interactions: Vec<Tagged> = store::tag::interactions(tx, from).await?.into_iter().map(write).collect();
    store::tag::write_interactions(tx, &interactions).await?;
    let contacts: Vec<Tagged> = store::tag::contacts(tx, from).await?.into_iter().map(write).collect();
    store::tag::write_contacts(tx, &contacts).await?;
    let events: Vec<event::New> =
        interactions.iter().map(|one| event::New::on(event::Kind::Interaction, one.id, one.id)).collect();
    event::append(tx, &events, at).await?;
    Ok(())
}

impl Fields {
    fn apply(&self, tag: &mut Tag) {
        if let Some(name) = &self.name {
            name.trim().clone_into(&mut tag.name);
        }
        if let Some(colour) = &self.colour {
            tag.colour.clone_from(colour);
        }
        if let Some(description) = &self.description {
            tag.description = description.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        }
    }
}

async fn fits(tx: &mut Tx, tag: &Tag) -> Result<()> {
    let mut check = Check::default();
    check.name("name", &tag.name, 40);
    let same = |other: &Tag| other.id != tag.id && other.name.to_lowercase() == tag.name.to_lowercase();
    if store::tag::all(tx).await?.iter().any(same) {
        check.wrong("name", "taken", "another tag has this name");
    }
    if !COLOURS.contains(&tag.colour.as_str()) {
        check.wrong("colour", "unknown", format!("one of {}", COLOURS.join(", ")));
    }
    check.length("description", tag.description.as_deref().unwrap_or_default(), 200);
    check.done()
}

fn told(tag: &Tag) -> Value {
    json!({ "name": tag.name, "colour": tag.colour, "description": tag.description })
}

async fn write(tx: &mut Tx, at: i64, by: UserId, action: &str, id: i64, before: Value, after: Value) -> Result<()> {
    let record = Record { by: Some(by), action, subject: format!("tag {id}"), before, after, what: &["tags"] };
    record::write(tx, at, record).await
}

/// Puts tags on interactions and takes others off.
#[derive(Clone, Debug)]
pub struct Mark {
    pub interactions: Vec<InteractionId>,
    pub user: UserId,
    pub add: Vec<String>,
    pub remove: Vec<String>,
    pub config: Arc<Config>,
}

pub async fn mark(tx: &mut Tx, now: Timestamp, input: &Mark) -> Result<Vec<Interaction>> {
    let at = millis(now);
    if let Some(unknown) = input.add.iter().find(|name| !input.config.tags.iter().any(|tag| tag.name == **name)) {
        return Err(Error::invalid("add", "unknown", format!("there is no tag {unknown:?}")));
    }
    let ids: Vec<i64> = input.interactions.iter().map(|id| id.0).collect();
    let mut marked = Vec::new();
    let mut events = Vec::new();
    let mut retagged = Vec::new();
    for mut interaction in store::interaction::lock_all(tx, &ids).await? {
        let held = &interaction.tags.0;
        let removed: Vec<String> = input.remove.iter().filter(|name| held.contains(name)).cloned().collect();
        let mut seen: BTreeSet<&String> = held.iter().collect();
        let added: Vec<String> = input.add.iter().filter(|name| seen.insert(name)).cloned().collect();
        if !added.is_empty() || !removed.is_empty() {
            interaction.tags.0.retain(|name| !removed.contains(name));
            interaction.tags.0.extend(added.iter().cloned());
            if interaction.tags.0.len() > AT_MOST {
                return Err(Error::invalid("add", "too_long", format!("at most {AT_MOST} tags on an interaction")));
            }
            if !added.is_empty() {
                line::add(tx, &mut interaction, &said("tagged", input.user, &added), at).await?;
            }
            if !removed.is_empty() {
                line::add(tx, &mut interaction, &said("untagged", input.user, &removed), at).await?;
            }
            store::interaction::save_one(tx, &mut interaction).await?;
            retagged.push(Tagged { id: interaction.id, tags: interaction.tags.clone() });
            events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id));
        }
        marked.push(interaction);
    }
    store::tag::index(tx, &retagged).await?;
    event::append(tx, &events, at).await?;
    Ok(marked)
}

fn said(code: &'static str, by: UserId, names: &[String]) -> Line {
    Line::by(code, by).with("tags", names.join(", "))
}
