//! Contacts as clients see them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pronto_db::{Result, Tx};
use pronto_domain::access::Mask;
use pronto_domain::field::{Field, Plain};
use pronto_domain::id::ContactListId;
use pronto_store as store;
use serde::Serialize;
use store::instant;
use utoipa::ToSchema;

use super::{AccountRef, Lens, UserRef};

/// A customer record, masked where the viewer is.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Contact {
    pub id: i64,
    pub version: i64,
    pub list_id: i64,
    pub first_name: String,
    pub last_name: Option<String>,
    /// As people write it, with its country: `+39 333 123 4567`. Any spelling is taken back.
    pub phone: Option<String>,
    pub mobile: Option<String>,
    /// Those beside phone and mobile.
    pub numbers: Vec<ContactNumber>,
    pub email: Option<String>,
    pub company: Option<String>,
    pub company_id: Option<i64>,
    pub postal_address: Option<String>,
    /// `1990-12-31`
    pub date_of_birth: Option<String>,
    pub url: Option<String>,
    /// By network.
    pub socials: BTreeMap<String, String>,
    pub language: Option<String>,
    pub description: Option<String>,
    pub tags: Vec<String>,
    /// Whose contact it is.
    pub owner: Option<UserRef>,
    /// What it has in the custom fields of its list, by their key.
    #[schema(value_type = BTreeMap<String, crate::schema::FieldValue>)]
    pub fields: BTreeMap<String, Plain>,
    pub pinned_note: Option<ContactNote>,
    #[schema(value_type = crate::schema::ContactOrigin)]
    pub origin: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub deleted_at: Option<Timestamp>,
    /// When the person's data were taken away for good: of the contact nothing is left then but that it was there.
    pub erased_at: Option<Timestamp>,
    /// Names of the fields whose value is masked, custom ones as `fields.key`; these may not be sent back.
    pub masked: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ContactNumber {
    #[schema(value_type = crate::schema::NumberKind)]
    pub kind: String,
    /// As people write it.
    pub number: String,
}

/// Something written down about a contact.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ContactNote {
    pub id: i64,
    pub version: i64,
    pub text: String,
    pub by: UserRef,
    pub at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub pinned: bool,
}

/// Whether an account may write for marketing.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Consent {
    pub account: AccountRef,
    #[schema(value_type = crate::schema::ConsentState)]
    pub state: String,
    /// Where they said so.
    pub source: String,
    pub at: Timestamp,
    /// Who wrote it down; none where the customer or an import did.
    pub by: Option<UserRef>,
}

/// What a contact has in the custom fields that were asked for, of those that its list has.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ContactValues {
    pub contact_id: i64,
    /// The contact's.
    pub version: i64,
    /// By their keys; what is empty is absent.
    #[schema(value_type = BTreeMap<String, crate::schema::FieldValue>)]
    pub fields: BTreeMap<String, Plain>,
}

/// What stands beside the rows of contacts.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    held: Vec<store::contact_field::Held>,
    numbers: Vec<store::contact_number::Number>,
    pinned: Vec<store::contact_note::Note>,
}

impl Beside {
    pub async fn load(tx: &mut Tx, contacts: &[store::contact::Contact]) -> Result<Self> {
        if contacts.is_empty() {
            return Ok(Self::default());
        }
        let ids: Vec<i64> = contacts.iter().map(|contact| contact.id).collect();
        let pinned: Vec<i64> = contacts.iter().filter_map(|contact| contact.pinned_note_id).collect();
        Ok(Self {
            held: store::contact_field::held(tx, &ids).await?,
            numbers: store::contact_number::of(tx, &ids).await?,
            pinned: if pinned.is_empty() { Vec::new() } else { store::contact_note::by_ids(tx, &pinned).await? },
        })
    }
}

impl Lens<'_> {
    pub fn contact(&self, row: &store::contact::Contact, beside: &Beside) -> Contact {
        let masking = self.viewer.masking;
        let list = ContactListId(row.list_id);
        let own = self.config.fields.iter().filter(|field| field.serves(list));
        let values = own.clone().filter_map(|field| {
            let mine = |held: &&store::contact_field::Held| held.contact_id == row.id && held.field_id == field.id.0;
            let value = beside.held.iter().find(mine)?.value()?.plain();
            let hidden = field.is_hidden_by(&masking);
            let shown = if hidden { Plain::Text(masking.phone.apply(&value.to_string())) } else { value };
            Some((field.key.clone(), shown))
        });
        let hidden = own.clone().filter(|field| field.is_hidden_by(&masking));
        let hidden = hidden.map(|field| format!("fields.{}", field.key));
        let hide = |mask: Mask, text: &Option<String>| text.as_deref().map(|text| mask.apply(text));
        let numbers = beside.numbers.iter().filter(|number| number.contact_id == row.id);
        let pinned = beside.pinned.iter().find(|note| row.pinned_note_id == Some(note.id));
        Contact {
            id: row.id,
            version: row.version,
            list_id: row.list_id,
            first_name: self.customer(&row.first_name),
            last_name: hide(masking.name, &row.last_name),
            phone: row.phone.as_deref().map(|digits| self.phone(digits)),
            mobile: row.mobile.as_deref().map(|digits| self.phone(digits)),
            numbers: numbers
                .map(|number| ContactNumber { kind: number.kind.clone(), number: self.phone(&number.digits) })
                .collect(),
            email: hide(masking.email, &row.email),
            company: row.company.clone(),
            company_id: row.company_id,
            postal_address: row.postal_address.clone(),
            date_of_birth: row.date_of_birth.clone(),
            url: row.url.clone(),
            socials: row.socials.0.iter().map(|(network, name)| (network.clone(), masking.name.apply(name))).collect(),
            language: row.language.clone(),
            description: row.description.clone(),
            tags: row.tags.0.clone(),
            owner: row.owner_id.map(|user| self.user(user)),
            fields: values.collect(),
            pinned_note: pinned.map(|note| self.contact_note(note, row.pinned_note_id)),
            origin: row.origin.clone(),
            created_at: instant(row.created_at),
            updated_at: instant(row.updated_at),
            deleted_at: row.deleted_at.map(instant),
            erased_at: row.erased_at.map(instant),
            masked: self.masked().map(str::to_owned).chain(hidden).collect(),
        }
    }

    /// Nothing of a field that is hidden, not even that there is something in it.
    pub fn contact_values(
        &self,
        row: &store::contact::Contact,
        held: &[store::contact_field::Held],
        fields: &[&Field],
    ) -> ContactValues {
        let list = ContactListId(row.list_id);
        let seen = fields.iter().filter(|field| field.serves(list) && !field.is_hidden_by(&self.viewer.masking));
        let values = seen.filter_map(|field| {
            let mine = |held: &&store::contact_field::Held| held.contact_id == row.id && held.field_id == field.id.0;
            Some((field.key.clone(), held.iter().find(mine)?.value()?.plain()))
        });
        ContactValues { contact_id: row.id, version: row.version, fields: values.collect() }
    }

    /// The fields of every contact whose value is masked.
    pub fn masked(&self) -> impl Iterator<Item = &'static str> {
        let masking = self.viewer.masking;
        let fields = [
            ("first_name", masking.name),
            ("last_name", masking.name),
            ("phone", masking.phone),
            ("mobile", masking.phone),
            ("numbers", masking.phone),
            ("email", masking.email),
            ("socials", masking.name),
        ];
        fields.into_iter().filter(|(_, mask)| mask.hides()).map(|(name, _)| name)
    }

    pub fn contact_note(&self, note: &store::contact_note::Note, pinned: Option<i64>) -> ContactNote {
        ContactNote {
            id: note.id,
            version: note.version,
            text: note.text.clone(),
            by: self.user(note.user_id),
            at: instant(note.created_at),
            edited_at: note.edited_at.map(instant),
            pinned: pinned == Some(note.id),
        }
    }

    pub fn consent(&self, row: &store::contact_consent::Consent) -> Consent {
        Consent {
            account: self.account(row.account_id),
            state: row.state.clone(),
            source: row.source.clone(),
            at: instant(row.at),
            by: row.user_id.map(|user| self.user(user)),
        }
    }
}
