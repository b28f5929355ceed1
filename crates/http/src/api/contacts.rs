//! Contacts: one record, and its changes.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use pronto_db::Tx;
use pronto_desk::Error as DeskError;
use pronto_desk::act::contact::{self, Copy, Edit, Fields, Link, Make, Number};
use pronto_domain::contact::{Level, NumberKind};
use pronto_domain::field::Plain;
use pronto_domain::id::{ContactId, ContactListId, InteractionId, UserId};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::interactions::{self, Opened};
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, SignedIn, present};
use crate::view::{Beside, Consent, Contact, ContactNote, Lens};

/// Loads a contact that the viewer sees: by its list, or by one of its interactions.
pub(super) async fn open(app: &App, me: &SignedIn, id: i64) -> Result<store::contact::Contact> {
    let mut tx = app.desk.db().read().await?;
    let found = store::contact::any_by_ids(&mut tx, &[id]).await?.pop().ok_or_else(Error::not_found)?;
    let there = found.deleted_at.is_none() || may_delete(me, &found);
    if there && contact::sees(&mut tx, &me.viewer, &found).await? { Ok(found) } else { Err(Error::not_found()) }
}

fn may_delete(me: &SignedIn, row: &store::contact::Contact) -> bool {
    me.viewer.rights(ContactListId(row.list_id)).allows(Level::MergeDelete)
}

/// A contact, and what may be done with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactCard {
    #[serde(flatten)]
    pub contact: Contact,
    /// By whoever asks: as the list allows, or as the owner of one of its interactions.
    pub may_edit: bool,
    /// Delete, bring back, move and merge.
    pub may_delete: bool,
    /// The latest first.
    pub notes: Vec<ContactNote>,
    pub consents: Vec<Consent>,
    /// The contact that stands for it since a merge.
    pub merged_into: Option<i64>,
}

/// One contact.
#[utoipa::path(get, path = "/api/v1/contacts/{id}", tag = "contacts", operation_id = "find_contact",
    params(("id" = i64, Path)), responses((status = 200, body = ContactCard), (status = 404, body = crate::Problem)))]
pub async fn find_contact(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<Json<ContactCard>> {
    let row = open(&app, &me, id).await?;
    Ok(Json(card(&app, &me, &row).await?))
}

/// A contact with all that stands on its card.
pub(super) async fn card(app: &App, me: &SignedIn, row: &store::contact::Contact) -> Result<ContactCard> {
    let id = row.id;
    let mut tx = app.desk.db().read().await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let notes = store::contact_note::of(&mut tx, id).await?;
    let consents = store::contact_consent::of(&mut tx, &[id]).await?;
    Ok(ContactCard {
        contact: shown(&mut tx, app, me, row).await?,
        may_edit: row.deleted_at.is_none() && contact::may_edit(&mut tx, &me.viewer, row).await?,
        may_delete: may_delete(me, row),
        notes: notes.iter().map(|note| lens.contact_note(note, row.pinned_note_id)).collect(),
        consents: consents.iter().map(|consent| lens.consent(consent)).collect(),
        merged_into: row.merged_into,
    })
}

pub(super) async fn shown(tx: &mut Tx, app: &App, me: &SignedIn, contact: &store::contact::Contact) -> Result<Contact> {
    let beside = Beside::load(tx, std::slice::from_ref(contact)).await?;
    let config = app.desk.config();
    Ok(Lens { config: &config, viewer: &me.viewer, now: app.desk.now() }.contact(contact, &beside))
}

/// What is given of a contact; a field that is absent stays as it is, null empties it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactChange {
    /// The version that was edited.
    pub version: i64,
    /// Moves it to another list.
    #[serde(default)]
    pub list_id: Option<i64>,
    /// `true` deletes it, `false` brings it back.
    #[serde(default)]
    pub deleted: Option<bool>,
    #[serde(default)]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    pub last_name: Option<Option<String>>,
    /// In any spelling.
    #[serde(default, deserialize_with = "present")]
    pub phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub mobile: Option<Option<String>>,
    /// All of those beside phone and mobile.
    #[serde(default)]
    pub numbers: Option<Vec<GivenNumber>>,
    #[serde(default, deserialize_with = "present")]
    pub email: Option<Option<String>>,
    /// By its name: one that there is, in any spelling, or a new one.
    #[serde(default, deserialize_with = "present")]
    pub company: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub postal_address: Option<Option<String>>,
    /// `1990-12-31`
    #[serde(default, deserialize_with = "present")]
    pub date_of_birth: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub url: Option<Option<String>>,
    /// All of them, by network.
    #[serde(default)]
    pub socials: Option<BTreeMap<String, String>>,
    #[serde(default, deserialize_with = "present")]
    pub language: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub description: Option<Option<String>>,
    /// Whose contact it is, of the staff.
    #[serde(default, deserialize_with = "present")]
    pub owner_id: Option<Option<i64>>,
    #[serde(default)]
    pub tags: Option<Vec<String>>,
    /// Of custom fields, by their key; null empties one. Those that are absent stay as they are.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, crate::schema::GivenValue>)]
    pub fields: BTreeMap<String, Option<Plain>>,
}

/// A contact to make: a name, a company, a number or an e-mail address is enough.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    pub list_id: i64,
    /// Even where the list has somebody with the number or the e-mail address.
    #[serde(default)]
    pub force: bool,
    #[serde(default)]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    pub last_name: Option<Option<String>>,
    /// In any spelling.
    #[serde(default, deserialize_with = "present")]
    pub phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub mobile: Option<Option<String>>,
    /// All of those beside phone and mobile.
    #[serde(default)]
    pub numbers: Option<Vec<GivenNumber>>,
    #[serde(default, deserialize_with = "present")]
    pub email: Option<Option<String>>,
    /// By its name: one that there is, in any spelling, or a new one.
    #[serde(default, deserialize_with = "present")]
    pub company: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub postal_address: Option<Option<String>>,
    /// `1990-12-31`
    #[serde(default, deserialize_with = "present")]
    pub date_of_birth: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub url: Option<Option<String>>,
    /// All of them, by network.
    #[serde(default)]
    pub socials: Option<BTreeMap<String, String>>,
    #[serde(default, deserialize_with = "present")]
    pub language: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub description: Option<Option<String>>,
    /// Whose contact it is, of the staff.
    #[serde(default, deserialize_with = "present")]
    pub owner_id: Option<Option<i64>>,
    #[serde(default)]
    pub tags: Option<Vec<String>>,
    /// Of custom fields, by their key; null empties one. Those that are absent stay as they are.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, crate::schema::GivenValue>)]
    pub fields: BTreeMap<String, Option<Plain>>,
}

/// A number beside phone and mobile, in any spelling.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenNumber {
    #[schema(value_type = crate::schema::NumberKind)]
    pub kind: NumberKind,
    pub number: String,
}

macro_rules! fields {
    ($from:ident) => {
        Fields {
            first_name: $from.first_name,
            last_name: $from.last_name,
            phone: $from.phone,
            mobile: $from.mobile,
            numbers: $from
                .numbers
                .map(|given| given.into_iter().map(|GivenNumber { kind, number }| Number { kind, number }).collect()),
            email: $from.email,
            company: $from.company,
            postal_address: $from.postal_address,
            date_of_birth: $from.date_of_birth,
            url: $from.url,
            socials: $from.socials,
            language: $from.language,
            description: $from.description,
            owner: $from.owner_id.map(|owner| owner.map(UserId)),
            tags: $from.tags,
            fields: $from.fields,
        }
    };
}

/// Changes a contact, moves it, deletes it or brings it back
///
/// The owner of one of its interactions always may change it. Where somebody saved first, the problem's parameters
/// have `current`, the contact as it is now, and `by`, who saved it.
#[utoipa::path(patch, path = "/api/v1/contacts/{id}", tag = "contacts", operation_id = "change_contact",
    params(("id" = i64, Path)), request_body = ContactChange,
    responses((status = 200, body = Contact), (status = 409, body = crate::Problem), (status = 422, body = crate::Problem)))]
pub async fn change_contact(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(input): Json<ContactChange>,
) -> Result<Json<Contact>> {
    let row = open(&app, &me, id).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let (version, list, deleted) = (input.version, input.list_id.map(ContactListId), input.deleted);
    let fields = fields!(input);
    refuse_masked(&lens, &fields)?;
    let beside = config.beside(list.unwrap_or(ContactListId(row.list_id))).map(str::to_owned);
    let asked = Edit { by: me.viewer.clone(), contact: ContactId(id), version, fields, list, deleted, beside };
    match app.desk.run(&asked, |tx, now, asked| Box::pin(contact::edit(tx, now, asked))).await {
        Ok(row) => {
            let mut tx = app.desk.db().read().await?;
            Ok(Json(shown(&mut tx, &app, &me, &row).await?))
        }
        Err(DeskError::Stale) => Err(stale(&app, &me, id).await?),
        Err(error) => Err(error.into()),
    }
}

/// Somebody saved first: who, and what.
async fn stale(app: &App, me: &SignedIn, id: i64) -> Result<Error> {
    let mut tx = app.desk.db().read().await?;
    let row = store::contact::by_id(&mut tx, id).await?;
    let by = store::contact_worker::latest(&mut tx, id).await?;
    let current = serde_json::to_value(shown(&mut tx, app, me, &row).await?).map_err(Error::internal)?;
    let by = by.map_or(Value::Null, |user| json!({ "id": user, "name": app.desk.config().user_name(user) }));
    Ok(Error::from(DeskError::Stale).param("current", current).param("by", by))
}

/// What is hidden from somebody is not theirs to write either.
fn refuse_masked(lens: &Lens<'_>, fields: &Fields) -> Result<()> {
    let sent = [
        ("first_name", fields.first_name.is_some()),
        ("last_name", fields.last_name.is_some()),
        ("phone", fields.phone.is_some()),
        ("mobile", fields.mobile.is_some()),
        ("numbers", fields.numbers.is_some()),
        ("email", fields.email.is_some()),
        ("socials", fields.socials.is_some()),
    ];
    let masking = lens.viewer.masking;
    let hidden =
        |key: &&String| lens.config.fields.iter().any(|field| field.key == **key && field.is_hidden_by(&masking));
    let own = fields.fields.keys().filter(hidden).map(|key| format!("fields.{key}"));
    let masked: Vec<Field> = sent
        .iter()
        .filter(|(name, sent)| *sent && lens.masked().any(|masked| masked == *name))
        .map(|(name, _)| (*name).to_owned())
        .chain(own)
        .map(|name| Field::new(name, "masked", "this field is hidden from you and cannot be changed"))
        .collect();
    if masked.is_empty() { Ok(()) } else { Err(Error::invalid(masked)) }
}

/// Adds a contact
///
/// Where the list has somebody with one of the numbers or the e-mail address, the problem is `duplicate`, and its
/// parameter `contacts` says who: `[{"id", "name"}]`. With `force` it is made all the same.
#[utoipa::path(post, path = "/api/v1/contacts", tag = "contacts", operation_id = "make_contact",
    request_body = NewContact, responses((status = 201, body = Contact), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn make_contact(
    State(app): State<App>,
    me: SignedIn,
    Json(input): Json<NewContact>,
) -> Result<(StatusCode, Json<Contact>)> {
    let asked = making(&app, &me, input);
    let made = app.desk.run(&asked, |tx, now, asked| Box::pin(contact::make(tx, now, asked))).await;
    answered(&app, &me, made).await
}

fn making(app: &App, me: &SignedIn, input: NewContact) -> Make {
    let list = ContactListId(input.list_id);
    let beside = app.desk.config().beside(list).map(str::to_owned);
    Make { by: me.viewer.clone(), list, force: input.force, fields: fields!(input), beside }
}

async fn answered(
    app: &App,
    me: &SignedIn,
    made: Result<store::contact::Contact, DeskError>,
) -> Result<(StatusCode, Json<Contact>)> {
    let mut tx = app.desk.db().read().await?;
    match made {
        Ok(row) => Ok((StatusCode::CREATED, Json(shown(&mut tx, app, me, &row).await?))),
        Err(error) => Err(named(&mut tx, app, me, error).await?),
    }
}

/// Of duplicates, those that whoever asks may see.
async fn named(tx: &mut Tx, app: &App, me: &SignedIn, error: DeskError) -> Result<Error> {
    let DeskError::Duplicate { contacts } = error else { return Ok(error.into()) };
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut shown = Vec::new();
    for row in store::contact::by_ids(tx, &contacts).await? {
        if contact::sees(tx, &me.viewer, &row).await? {
            shown.push(json!({ "id": row.id, "name": lens.customer(&row.name()) }));
        }
    }
    Ok(Error::from(DeskError::Duplicate { contacts: Vec::new() }).param("contacts", shown))
}

/// Where a contact is copied.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactCopy {
    pub list_id: i64,
    /// Even where that list has somebody with one of its numbers or its e-mail address.
    #[serde(default)]
    pub force: bool,
}

/// Copies a contact into another list
///
/// Its custom fields as far as that list has them. Interactions stay with the first.
#[utoipa::path(post, path = "/api/v1/contacts/{id}/copies", tag = "contacts", operation_id = "copy_contact",
    params(("id" = i64, Path)), request_body = ContactCopy,
    responses((status = 201, body = Contact), (status = 409, body = crate::Problem)))]
pub async fn copy_contact(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(input): Json<ContactCopy>,
) -> Result<(StatusCode, Json<Contact>)> {
    open(&app, &me, id).await?;
    let list = ContactListId(input.list_id);
    let asked = Copy { by: me.viewer.clone(), contact: ContactId(id), list, force: input.force };
    let made = app.desk.run(&asked, |tx, now, asked| Box::pin(contact::copy(tx, now, asked))).await;
    answered(&app, &me, made).await
}

/// Whose interaction it is: one that there is, or one that is made for it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactLink {
    #[serde(default)]
    pub contact_id: Option<i64>,
    #[serde(default)]
    pub new: Option<NewContact>,
}

/// Says whose interaction it is
///
/// All that its address wrote, and will write, is that contact's.
#[utoipa::path(put, path = "/api/v1/interactions/{id}/contact", tag = "contacts", operation_id = "link_contact",
    params(("id" = i64, Path)), request_body = ContactLink,
    responses((status = 200, body = Contact), (status = 404, body = crate::Problem), (status = 409, body = crate::Problem)))]
pub async fn link_contact(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(input): Json<ContactLink>,
) -> Result<Json<Contact>> {
    interactions::open(&app, &me, id, Opened::Seen).await?;
    let wrong = || Error::invalid(vec![Field::new("contact_id", "required", "either contact_id or new")]);
    let (known, new) = match (input.contact_id, input.new) {
        (Some(known), None) => (ContactId(known), None),
        (None, Some(new)) => (ContactId(0), Some(making(&app, &me, new))),
        _ => return Err(wrong()),
    };
    let asked = (new, Link { by: me.viewer.clone(), interaction: InteractionId(id), contact: known });
    let linked = app
        .desk
        .run(&asked, |tx, now, (new, link)| {
            Box::pin(async move {
                let mut link = link.clone();
                if let Some(new) = new {
                    link.contact = ContactId(contact::make(tx, now, new).await?.id);
                }
                contact::link(tx, now, &link).await?;
                Ok(store::contact::by_id(tx, link.contact.0).await?)
            })
        })
        .await;
    answered(&app, &me, linked).await.map(|(_, contact)| contact)
}
