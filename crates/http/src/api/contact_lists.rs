//! Lists of contacts, and who may do what in them.

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pronto_desk::act::contact_list::{self, Add, Change, Fields, Given};
use pronto_domain::access::Permission;
use pronto_domain::contact::Level;
use pronto_domain::id::ContactListId;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Permitted, SignedIn, may, present};
use crate::schema;
use crate::snapshot::{At, Snapshot};

/// A list of contacts, and what whoever asks may do in it.
#[derive(Serialize, ToSchema)]
pub struct ContactList {
    pub id: i64,
    pub version: i64,
    pub name: String,
    pub description: Option<String>,
    /// What the viewer may do: each level with those before it. Null: its name is known, no more.
    #[schema(value_type = Option<schema::ListLevel>)]
    pub level: Option<Level>,
    /// Whether the viewer may take its contacts out.
    pub export: bool,
    /// Whom it names; empty: the profiles decide. Null for those who may not put anybody on it.
    pub members: Option<Vec<ListMember>>,
    pub deleted_at: Option<Timestamp>,
}

/// Somebody, or some team, on a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMember {
    #[serde(default)]
    pub user_id: Option<i64>,
    #[serde(default)]
    pub team_id: Option<i64>,
    #[schema(value_type = schema::ListLevel)]
    pub level: Level,
    #[serde(default)]
    pub export: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContactList {
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub members: Vec<ListMember>,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactListChange {
    /// The version the change was made on.
    pub version: i64,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    pub description: Option<Option<String>>,
    /// All whom it names.
    #[serde(default)]
    pub members: Option<Vec<ListMember>>,
    /// `true` deletes it, if no account uses it and no contact is in it; `false` brings it back.
    #[serde(default)]
    pub deleted: Option<bool>,
}

/// List the lists of contacts
///
/// Those one may look into; whoever keeps lists gets all, deleted ones too, and whoever keeps custom fields their names.
#[utoipa::path(get, path = "/api/v1/contact_lists", tag = "contacts", responses((status = 200, body = Vec<ContactList>)))]
pub async fn list_contact_lists(State(app): State<App>, me: SignedIn) -> Result<At<Vec<ContactList>>> {
    let snapshot = Snapshot::take(&app).await?;
    let found = shown(&snapshot, &me)?;
    Ok(snapshot.answer(found))
}

/// Add a list of contacts
#[utoipa::path(post, path = "/api/v1/contact_lists", tag = "contacts", request_body = NewContactList,
    responses((status = 201, body = ContactList), (status = 422, body = crate::Problem)))]
pub async fn add_contact_list(
    State(app): State<App>,
    me: Permitted<may::EditLists>,
    Json(body): Json<NewContactList>,
) -> Result<(StatusCode, At<ContactList>)> {
    let NewContactList { name, description, members } = body;
    let fields = Fields { name: Some(name), description: Some(description), members: Some(given(members)) };
    let add = Add { by: me.viewer.user, fields };
    let id = app.desk.run(&add, |tx, now, add| Box::pin(contact_list::add(tx, now, add))).await?;
    app.desk.reload().await?;
    Ok((StatusCode::CREATED, one(&app, &me, id).await?))
}

/// Change a list of contacts, say who may do what in it, delete it or bring it back
#[utoipa::path(patch, path = "/api/v1/contact_lists/{id}", tag = "contacts", params(("id" = i64, Path)),
    request_body = ContactListChange, responses((status = 200, body = ContactList), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn change_contact_list(
    State(app): State<App>,
    me: Permitted<may::EditLists>,
    Path(id): Path<ContactListId>,
    Json(body): Json<ContactListChange>,
) -> Result<At<ContactList>> {
    let ContactListChange { version, name, description, members, deleted } = body;
    let fields = Fields { name, description, members: members.map(given) };
    let change = Change { by: me.viewer.user, id, version, fields, deleted };
    app.desk.run(&change, |tx, now, change| Box::pin(contact_list::change(tx, now, change))).await?;
    app.desk.reload().await?;
    one(&app, &me, id).await
}

fn given(members: Vec<ListMember>) -> Vec<Given> {
    let given = |ListMember { user_id, team_id, level, export }| Given { user: user_id, team: team_id, level, export };
    members.into_iter().map(given).collect()
}

async fn one(app: &App, me: &SignedIn, id: ContactListId) -> Result<At<ContactList>> {
    let snapshot = Snapshot::take(app).await?;
    let found = shown(&snapshot, me)?.into_iter().find(|one| one.id == id.0).ok_or_else(Error::not_found)?;
    Ok(snapshot.answer(found))
}

fn shown(snapshot: &Snapshot, me: &SignedIn) -> Result<Vec<ContactList>> {
    let viewer = snapshot.config.viewer(me.viewer.user).ok_or_else(Error::signed_out)?;
    let keeps = viewer.may(Permission::EditLists);
    let names = viewer.may(Permission::EditFields);
    let shown = snapshot.config.lists.iter().filter_map(|list| {
        let rights = viewer.rights(ContactListId(list.row.id));
        let live = list.row.deleted_at.is_none();
        (keeps || (live && (names || rights.level.is_some()))).then(|| ContactList {
            id: list.row.id,
            version: list.row.version,
            name: list.row.name.clone(),
            description: list.row.description.clone(),
            level: rights.level,
            export: rights.export,
            members: keeps.then(|| list.members.iter().filter_map(member).collect()),
            deleted_at: list.row.deleted_at.map(store::instant),
        })
    });
    Ok(shown.collect())
}

fn member(row: &store::contact_list::Member) -> Option<ListMember> {
    let set = |id: i64| Some(id).filter(|id| *id > 0);
    let level = row.level.parse().ok()?;
    Some(ListMember { user_id: set(row.user_id), team_id: set(row.team_id), level, export: row.export })
}
