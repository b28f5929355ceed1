//! Tags: what there is, and what interactions are marked with.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::tag::{self, Add, Change, Fields, Mark, Remove, mark};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::closing::{Done, sort_out};
use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Permitted, SignedIn, may, present};
use crate::schema;
use crate::snapshot::{At, Snapshot};
use crate::view::Lens;

/// A coloured label for interactions and contacts.
#[derive(Serialize, ToSchema)]
pub struct Tag {
    pub id: i64,
    pub version: i64,
    pub name: String,
    #[schema(value_type = schema::TagColour)]
    pub colour: String,
    pub description: Option<String>,
}

/// A new tag.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTag {
    pub name: String,
    #[schema(value_type = Option<schema::TagColour>)]
    pub colour: Option<String>,
    pub description: Option<String>,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagChange {
    /// The version the change was made on.
    pub version: i64,
    pub name: Option<String>,
    #[schema(value_type = Option<schema::TagColour>)]
    pub colour: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub description: Option<Option<String>>,
}

/// List tags
#[utoipa::path(get, path = "/api/v1/tags", tag = "administration", responses((status = 200, body = Vec<Tag>)))]
pub async fn list_tags(State(app): State<App>, _: SignedIn) -> Result<At<Vec<Tag>>> {
    let snapshot = Snapshot::take(&app).await?;
    let tags = snapshot.config.tags.iter().map(shown).collect();
    Ok(snapshot.answer(tags))
}

/// Find a tag
#[utoipa::path(get, path = "/api/v1/tags/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 200, body = Tag)))]
pub async fn find_tag(State(app): State<App>, _: SignedIn, Path(id): Path<i64>) -> Result<At<Tag>> {
    one(&app, id).await
}

/// Add a tag
#[utoipa::path(post, path = "/api/v1/tags", tag = "administration", request_body = NewTag,
    responses((status = 201, body = Tag)))]
pub async fn add_tag(
    State(app): State<App>,
    me: Permitted<may::EditTags>,
    Json(body): Json<NewTag>,
) -> Result<(StatusCode, At<Tag>)> {
    let fields = Fields { name: Some(body.name), colour: body.colour, description: Some(body.description) };
    let add = Add { by: me.viewer.user, fields };
    let id = app.desk.run(&add, |tx, now, add| Box::pin(tag::add(tx, now, add))).await?;
    app.desk.reload().await?;
    Ok((StatusCode::CREATED, one(&app, id).await?))
}

/// Change a tag
///
/// A new name shows wherever the tag stands.
#[utoipa::path(patch, path = "/api/v1/tags/{id}", tag = "administration", params(("id" = i64, Path)),
    request_body = TagChange, responses((status = 200, body = Tag)))]
pub async fn change_tag(
    State(app): State<App>,
    me: Permitted<may::EditTags>,
    Path(id): Path<i64>,
    Json(body): Json<TagChange>,
) -> Result<At<Tag>> {
    let fields = Fields { name: body.name, colour: body.colour, description: body.description };
    let change = Change { by: me.viewer.user, id, version: body.version, fields };
    app.desk.run(&change, |tx, now, change| Box::pin(tag::change(tx, now, change))).await?;
    app.desk.reload().await?;
    one(&app, id).await
}

/// Remove a tag
///
/// Everything that has it loses it.
#[utoipa::path(delete, path = "/api/v1/tags/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 204)))]
pub async fn remove_tag(
    State(app): State<App>,
    me: Permitted<may::EditTags>,
    Path(id): Path<i64>,
) -> Result<StatusCode> {
    let remove = Remove { by: me.viewer.user, id };
    app.desk.run(&remove, |tx, now, remove| Box::pin(tag::remove(tx, now, remove))).await?;
    app.desk.reload().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tags to put on and to take off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Marking {
    /// At most 200.
    pub ids: Vec<i64>,
    /// Names of tags.
    #[serde(default)]
    pub add: Vec<String>,
    #[serde(default)]
    pub remove: Vec<String>,
}

/// Tag interactions
///
/// What the viewer does not see is told as `not_found`.
#[utoipa::path(post, path = "/api/v1/interactions/tags", tag = "interactions", operation_id = "tag_interactions",
    request_body = Marking, responses((status = 200, body = Done)))]
pub async fn tag_interactions(
    State(app): State<App>,
    me: Permitted<may::Tag>,
    Json(body): Json<Marking>,
) -> Result<Json<Done>> {
    let (interactions, failed) = sort_out(&app, &me, &body.ids).await?;
    let config = app.desk.config();
    let input = Mark { interactions, user: me.viewer.user, add: body.add, remove: body.remove, config: config.clone() };
    let rows = app.desk.run(&input, |tx, now, input| Box::pin(mark(tx, now, input))).await?;
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    Ok(Json(Done { items: rows.iter().map(|row| lens.interaction(row)).collect(), failed }))
}

async fn one(app: &App, id: i64) -> Result<At<Tag>> {
    let snapshot = Snapshot::take(app).await?;
    let tag = snapshot.config.tags.iter().find(|tag| tag.id == id).map(shown).ok_or_else(Error::not_found)?;
    Ok(snapshot.answer(tag))
}

fn shown(tag: &store::tag::Tag) -> Tag {
    Tag {
        id: tag.id,
        version: tag.version,
        name: tag.name.clone(),
        colour: tag.colour.clone(),
        description: tag.description.clone(),
    }
}
