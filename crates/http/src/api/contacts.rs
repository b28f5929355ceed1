//! Contacts: one record, and its changes.

use std::collections::BTreeMap;

use axum::extract::State;
use pronto_db::Tx;
use pronto_desk::act::contact::{Edit, edit};
use pronto_domain::access::Permission;
use pronto_domain::field::Plain;
use pronto_domain::id::ContactId;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, SignedIn, present};
use crate::view::{Contact, Lens};

/// Loads a contact: whoever sees one of its interactions sees it.
pub(super) async fn open(app: &App, me: &SignedIn, id: i64) -> Result<store::contact::Contact> {
    let mut tx = app.desk.db().read().await?;
    let contact = store::contact::by_id(&mut tx, id).await?;
    if store::list::sees_contact(&mut tx, &me.viewer, id).await? { Ok(contact) } else { Err(Error::not_found()) }
}

/// A contact, and what may be done with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactCard {
    #[serde(flatten)]
    pub contact: Contact,
    /// By whoever asks: with the permission, or as the owner of one of its interactions.
    pub may_edit: bool,
}

/// One contact.
#[utoipa::path(get, path = "/api/v1/contacts/{id}", tag = "contacts", operation_id = "find_contact",
    params(("id" = i64, Path)), responses((status = 200, body = ContactCard), (status = 404, body = crate::Problem)))]
pub async fn find_contact(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<Json<ContactCard>> {
    let contact = open(&app, &me, id).await?;
    let mut tx = app.desk.db().read().await?;
    let may_edit = may_edit(&mut tx, &me, id).await?;
    Ok(Json(ContactCard { contact: shown(&mut tx, &app, &me, &contact).await?, may_edit }))
}

/// Whoever has the permission, and whoever has one of its interactions.
async fn may_edit(tx: &mut Tx, me: &SignedIn, id: i64) -> Result<bool> {
    Ok(me.viewer.may(Permission::EditContacts) || store::journey::owns(tx, me.viewer.user.0, id).await?)
}

async fn shown(tx: &mut Tx, app: &App, me: &SignedIn, contact: &store::contact::Contact) -> Result<Contact> {
    let held = store::contact_field::held(tx, &[contact.id]).await?;
    let config = app.desk.config();
    Ok(Lens { config: &config, viewer: &me.viewer, now: app.desk.now() }.contact(contact, &held))
}

/// What changes; a field that is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactChange {
    /// The version that was edited.
    pub version: i64,
    #[serde(default)]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    pub last_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub mobile: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub email: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub company: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub language: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub description: Option<Option<String>>,
    #[serde(default)]
    pub tags: Option<Vec<String>>,
    /// Of custom fields, by their key; null empties one. Those that are absent stay as they are.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, crate::schema::GivenValue>)]
    pub fields: BTreeMap<String, Option<Plain>>,
}

/// Changes a contact. The owner of one of its interactions always may.
#[utoipa::path(patch, path = "/api/v1/contacts/{id}", tag = "contacts", operation_id = "change_contact",
    params(("id" = i64, Path)), request_body = ContactChange,
    responses((status = 200, body = Contact), (status = 409, body = crate::Problem), (status = 422, body = crate::Problem)))]
pub async fn change_contact(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(input): Json<ContactChange>,
) -> Result<Json<Contact>> {
    open(&app, &me, id).await?;
    let mut tx = app.desk.db().read().await?;
    if !may_edit(&mut tx, &me, id).await? {
        return Err(Error::forbidden(Permission::EditContacts));
    }
    drop(tx);
    let masking = me.viewer.masking;
    let sent = [
        ("first_name", input.first_name.is_some(), masking.name),
        ("last_name", input.last_name.is_some(), masking.name),
        ("phone", input.phone.is_some(), masking.phone),
        ("mobile", input.mobile.is_some(), masking.phone),
        ("email", input.email.is_some(), masking.email),
    ];
    let config = app.desk.config();
    let hidden = |key: &&String| config.fields.iter().any(|field| field.key == **key && field.is_hidden_by(&masking));
    let own = input.fields.keys().filter(hidden).map(|key| format!("fields.{key}"));
    let masked: Vec<Field> = sent
        .iter()
        .filter(|(_, sent, mask)| *sent && mask.hides())
        .map(|(name, ..)| (*name).to_owned())
        .chain(own)
        .map(|name| Field::new(name, "masked", "this field is hidden from you and cannot be changed"))
        .collect();
    if !masked.is_empty() {
        return Err(Error::invalid(masked));
    }
    let asked = Edit {
        contact: ContactId(id),
        version: input.version,
        first_name: input.first_name,
        last_name: input.last_name,
        phone: input.phone,
        mobile: input.mobile,
        email: input.email,
        company: input.company,
        language: input.language,
        description: input.description,
        tags: input.tags,
        fields: input.fields,
    };
    let contact = app.desk.run(&asked, |tx, now, asked| Box::pin(edit(tx, now, asked))).await?;
    let mut tx = app.desk.db().read().await?;
    Ok(Json(shown(&mut tx, &app, &me, &contact).await?))
}
