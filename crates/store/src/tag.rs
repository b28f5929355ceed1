//! Tags: coloured labels. Records hold them by name, so a new name is written everywhere.

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use serde::Serialize;

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Tag {
    pub id: i64,
    pub name: String,
    pub colour: String,
    pub description: Option<String>,
    pub version: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Tag>> {
    tx.query(sql!("SELECT id, name, colour, description, version FROM tag ORDER BY lower(name), id")).all().await
}

/// One, for a change.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Tag> {
    tx.query(sql!("SELECT id, name, colour, description, version FROM tag WHERE id = $1 {lock}")).bind(id).one().await
}

/// Adds one; its id and version are the database's.
pub async fn add(tx: &mut Tx, tag: &Tag) -> Result<i64> {
    let made: Id = tx
        .query(sql!("INSERT INTO tag (name, colour, description, version) VALUES ($1, $2, $3, 1) RETURNING id"))
        .bind(&tag.name)
        .bind(&tag.colour)
        .bind(tag.description.as_deref())
        .one()
        .await?;
    Ok(made.id)
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, tag: &Tag) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE tag SET name = $3, colour = $4, description = $5, version = version + 1
             WHERE id = $1 AND version = $2"
        ))
        .bind(tag.id)
        .bind(tag.version)
        .bind(&tag.name)
        .bind(&tag.colour)
        .bind(tag.description.as_deref())
        .execute()
        .await?;
    Ok(touched == 1)
}

pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    tx.query(sql!("DELETE FROM tag WHERE id = $1")).bind(id).execute().await?;
    Ok(())
}

/// What a record is tagged with.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Tagged {
    pub id: i64,
    pub tags: Json<Vec<String>>,
}

/// The interactions that have it, locked in the order of ids.
pub async fn interactions(tx: &mut Tx, name: &str) -> Result<Vec<Tagged>> {
    tx.query(sql!(
        "SELECT id, tags FROM interaction WHERE id IN (SELECT interaction_id FROM interaction_tag WHERE name = $1)
         ORDER BY id {lock}"
    ))
    .bind(name)
    .all()
    .await
}

/// The contacts that have it, locked in the order of ids.
pub async fn contacts(tx: &mut Tx, name: &str) -> Result<Vec<Tagged>> {
    tx.query(sql!(
        "SELECT id, tags FROM contact WHERE id IN (SELECT contact_id FROM contact_tag WHERE name = $1)
         ORDER BY id {lock}"
    ))
    .bind(name)
    .all()
    .await
}

pub async fn write_interactions(tx: &mut Tx, tagged: &[Tagged]) -> Result<()> {
    if tagged.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "UPDATE interaction SET tags = r.tags, version = interaction.version + 1
         FROM {rows $1 r: id bigint, tags jsonb} WHERE interaction.id = r.id"
    ))
    .bind(rows(tagged))
    .execute()
    .await?;
    index(tx, tagged).await
}

/// What interactions are found by, as their tags are now.
pub async fn index(tx: &mut Tx, tagged: &[Tagged]) -> Result<()> {
    if tagged.is_empty() {
        return Ok(());
    }
    let named: Vec<Named<'_>> =
        tagged.iter().flat_map(|one| one.tags.0.iter().map(|name| Named { interaction_id: one.id, name })).collect();
    tx.query(sql!("DELETE FROM interaction_tag WHERE interaction_id IN {ids $1}"))
        .bind(ids(tagged.iter().map(|one| one.id)))
        .execute()
        .await?;
    tx.query(sql!(
        "INSERT INTO interaction_tag (name, interaction_id)
         SELECT name, interaction_id FROM {rows $1 r: name text, interaction_id bigint} WHERE TRUE
         ON CONFLICT DO NOTHING"
    ))
    .bind(rows(&named))
    .execute()
    .await?;
    Ok(())
}

#[derive(Serialize)]
struct Named<'a> {
    interaction_id: i64,
    name: &'a str,
}

pub async fn write_contacts(tx: &mut Tx, tagged: &[Tagged]) -> Result<()> {
    if tagged.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "UPDATE contact SET tags = r.tags, version = contact.version + 1
         FROM {rows $1 r: id bigint, tags jsonb} WHERE contact.id = r.id"
    ))
    .bind(rows(tagged))
    .execute()
    .await?;
    let changed: Vec<i64> = tagged.iter().map(|one| one.id).collect();
    crate::contact::index(tx, &changed).await
}
