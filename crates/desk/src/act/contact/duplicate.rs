//! Contacts that may be one person, and by what; and saying that they are not.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::Viewer;
use pronto_domain::contact::{Level, Likeness, numbers};
use pronto_domain::id::{ContactId, ContactListId};
use pronto_domain::phone;
use pronto_store as store;
use serde_json::json;
use store::contact::Contact;
use store::contact_distinct::{self, By};

use super::{allowed, record, sees};
use crate::Result;

/// Of one sort.
const AT_MOST: i64 = 50;

/// One that may be the same person.
#[derive(Clone, Debug)]
pub struct Duplicate {
    pub contact: Contact,
    pub by: Vec<Likeness>,
}

/// Who may be the same person as a contact, of those that somebody may look at in a list. What is hidden from them is
/// not compared.
pub async fn duplicates_of(tx: &mut Tx, viewer: &Viewer, contact: &Contact) -> Result<Vec<Duplicate>> {
    let further = store::contact_number::of(tx, &[contact.id]).await?;
    let own = numbers(
        contact.phone.as_deref(),
        contact.mobile.as_deref(),
        further.iter().map(|number| number.digits.as_str()),
    );
    let spelled: Vec<String> = own.into_iter().flat_map(phone::spellings).collect();
    let email: Vec<String> = contact.email.iter().cloned().collect();
    let mut found: Vec<(Likeness, Contact)> = Vec::new();
    found.extend(store::contact::by_numbers(tx, &spelled).await?.into_iter().map(|one| (Likeness::Number, one)));
    found.extend(store::contact::by_emails(tx, &email).await?.into_iter().map(|one| (Likeness::Email, one)));
    if contact.name_words.contains(' ') && !viewer.masking.name.hides() {
        let alike = store::contact::by_name_words(tx, &contact.name_words, AT_MOST).await?;
        found.extend(alike.into_iter().map(|one| (Likeness::Name, one)));
    }
    let apart = contact_distinct::of(tx, &[contact.id]).await?;
    let mut duplicates: Vec<Duplicate> = Vec::new();
    for (by, other) in found {
        let told_apart = apart.contains(&contact_distinct::Pair::of(contact.id, other.id));
        let shown = viewer.rights(ContactListId(other.list_id)).allows(Level::View);
        if other.id == contact.id || told_apart || !shown {
            continue;
        }
        match duplicates.iter_mut().find(|one| one.contact.id == other.id) {
            Some(known) => known.by.push(by),
            None => duplicates.push(Duplicate { contact: other, by: vec![by] }),
        }
    }
    // Who is alike in more comes first.
    duplicates.sort_by_key(|one| std::cmp::Reverse(one.by.len()));
    duplicates.truncate(usize::try_from(AT_MOST).unwrap_or(usize::MAX));
    Ok(duplicates)
}

/// Two of one list that may be one person.
#[derive(Clone, Debug)]
pub struct Pair {
    pub by: Likeness,
    pub contacts: (i64, i64),
}

/// Those of a list, each pair once.
pub async fn duplicates_in(tx: &mut Tx, viewer: &Viewer, list: ContactListId) -> Result<Vec<Pair>> {
    allowed(viewer, list.0, Level::View)?;
    let mut pairs: Vec<Pair> = Vec::new();
    for (by, column) in [(Likeness::Number, By::Phone), (Likeness::Email, By::Email), (Likeness::Name, By::Name)] {
        if by == Likeness::Name && viewer.masking.name.hides() {
            continue;
        }
        for found in contact_distinct::alike(tx, column, list.0, AT_MOST).await? {
            let contacts = (found.one, found.other);
            if pairs.iter().all(|pair| pair.contacts != contacts) {
                pairs.push(Pair { by, contacts });
            }
        }
    }
    Ok(pairs)
}

/// They look alike, and are two.
#[derive(Clone, Debug)]
pub struct Distinguish {
    pub by: Viewer,
    pub contact: ContactId,
    pub other: ContactId,
}

pub async fn distinguish(tx: &mut Tx, now: Timestamp, input: &Distinguish) -> Result<()> {
    let at = store::millis(now);
    let found = store::contact::by_ids(tx, &[input.contact.0, input.other.0]).await?;
    if found.len() != 2 {
        return Err(pronto_db::Error::NotFound.into());
    }
    for one in &found {
        if !sees(tx, &input.by, one).await? {
            return Err(pronto_db::Error::NotFound.into());
        }
        allowed(&input.by, one.list_id, Level::Edit)?;
    }
    let pair = contact_distinct::Pair::of(input.contact.0, input.other.0);
    contact_distinct::add(tx, pair, input.by.user.0, at).await?;
    record(tx, at, input.by.user, "contact.distinguished", input.contact.0, json!({ "other": input.other })).await
}
