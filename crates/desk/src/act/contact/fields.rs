//! What of a contact is given, checked field by field.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use pronto_db::{Json, Tx};
use pronto_domain::contact::{NumberKind, fill};
use pronto_domain::field::Plain;
use pronto_domain::id::UserId;
use pronto_store as store;
use store::contact::Contact;

use super::{TEXT_AT_MOST, company, digits, email, text};
use crate::{Error, Result};

const LONG_TEXT_AT_MOST: usize = 4_000;
const TAGS_AT_MOST: usize = 30;
const NUMBERS_AT_MOST: usize = 20;
const SOCIALS_AT_MOST: usize = 20;

/// `None` stays as it is, an inner `None` clears.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pub first_name: Option<String>,
    pub last_name: Option<Option<String>>,
    pub phone: Option<Option<String>>,
    pub mobile: Option<Option<String>>,
    /// All of those beside phone and mobile, in order.
    pub numbers: Option<Vec<Number>>,
    pub email: Option<Option<String>>,
    /// By its name: found in any spelling, or made.
    pub company: Option<Option<String>>,
    pub postal_address: Option<Option<String>>,
    pub date_of_birth: Option<Option<String>>,
    pub url: Option<Option<String>>,
    /// All of them, by network.
    pub socials: Option<BTreeMap<String, String>>,
    pub language: Option<Option<String>>,
    pub description: Option<Option<String>>,
    pub owner: Option<Option<UserId>>,
    pub tags: Option<Vec<String>>,
    /// Of custom fields by their key; `None` empties one.
    pub fields: BTreeMap<String, Option<Plain>>,
}

#[derive(Clone, Debug)]
pub struct Number {
    pub kind: NumberKind,
    pub number: String,
}

/// What was changed, by name.
pub(super) type Changed = Vec<&'static str>;

impl Fields {
    /// Writes what is given onto a contact; answers its further numbers, where those are given, as they are to stand.
    pub(super) async fn apply(
        &self,
        tx: &mut Tx,
        contact: &mut Contact,
        beside: Option<&str>,
        now: Timestamp,
    ) -> Result<(Option<Vec<store::contact_number::Number>>, Changed)> {
        let was = contact.clone();
        if let Some(name) = &self.first_name {
            contact.first_name = text("first_name", name, TEXT_AT_MOST)?.unwrap_or_default();
        }
        let texts = [
            ("last_name", &self.last_name, &mut contact.last_name, TEXT_AT_MOST),
            ("language", &self.language, &mut contact.language, TEXT_AT_MOST),
            ("postal_address", &self.postal_address, &mut contact.postal_address, 500),
            ("description", &self.description, &mut contact.description, LONG_TEXT_AT_MOST),
        ];
        for (name, given, field, at_most) in texts {
            if let Some(given) = given {
                *field = given.as_deref().map(|given| text(name, given, at_most)).transpose()?.flatten();
            }
        }
        if let Some(given) = &self.email {
            contact.email = given.as_deref().map(email).transpose()?.flatten();
        }
        if let Some(given) = &self.date_of_birth {
            contact.date_of_birth = given.as_deref().map(|given| birthday(given, now)).transpose()?.flatten();
        }
        if let Some(given) = &self.url {
            contact.url = given.as_deref().map(website).transpose()?.flatten();
        }
        if let Some(given) = &self.phone {
            contact.phone = given.as_deref().map(|given| digits("phone", given, beside)).transpose()?.flatten();
        }
        if let Some(given) = &self.mobile {
            contact.mobile = given.as_deref().map(|given| digits("mobile", given, beside)).transpose()?.flatten();
        }
        // Single messages use the mobile, campaigns the phone: whoever gives one has given both, unless they empty one.
        let emptied = |given: bool, left: &Option<String>| given && left.is_none();
        if !emptied(self.phone.is_some(), &contact.phone) && !emptied(self.mobile.is_some(), &contact.mobile) {
            fill(&mut contact.phone, &mut contact.mobile);
        }
        if let Some(given) = &self.company {
            let name = given.as_deref().map(|given| text("company", given, TEXT_AT_MOST)).transpose()?.flatten();
            let found = match name {
                Some(name) => Some(company(tx, &name, now).await?),
                None => None,
            };
            (contact.company_id, contact.company) = found.unzip();
        }
        if let Some(given) = &self.socials {
            contact.socials = Json(socials(given)?);
        }
        if let Some(owner) = self.owner {
            if let Some(owner) = owner {
                let known = store::user::all(tx).await?;
                if !known.iter().any(|user| user.id == owner.0 && user.deleted_at.is_none()) {
                    return Err(Error::invalid("owner_id", "unknown", "there is no such user"));
                }
            }
            contact.owner_id = owner.map(i64::from);
        }
        if let Some(given) = &self.tags {
            contact.tags = Json(tags(given)?);
        }
        let numbers = self.numbers.as_ref().map(|given| numbers(contact.id, given, beside)).transpose()?;
        let mut changed = changes(&was, contact);
        changed.extend(numbers.is_some().then_some("numbers"));
        changed.extend((!self.fields.is_empty()).then_some("custom_fields"));
        Ok((numbers, changed))
    }
}

fn changes(was: &Contact, is: &Contact) -> Changed {
    [
        ("first_name", was.first_name != is.first_name),
        ("last_name", was.last_name != is.last_name),
        ("phone", was.phone != is.phone),
        ("mobile", was.mobile != is.mobile),
        ("email", was.email != is.email),
        ("company", was.company_id != is.company_id),
        ("postal_address", was.postal_address != is.postal_address),
        ("date_of_birth", was.date_of_birth != is.date_of_birth),
        ("url", was.url != is.url),
        ("socials", was.socials.0 != is.socials.0),
        ("language", was.language != is.language),
        ("description", was.description != is.description),
        ("owner", was.owner_id != is.owner_id),
        ("tags", was.tags.0 != is.tags.0),
    ]
    .into_iter()
    .filter_map(|(name, changed)| changed.then_some(name))
    .collect()
}

pub(crate) fn tags(given: &[String]) -> Result<Vec<String>> {
    if given.len() > TAGS_AT_MOST {
        return Err(Error::invalid("tags", "too_long", format!("at most {TAGS_AT_MOST} tags")));
    }
    let mut clean = Vec::with_capacity(given.len());
    for tag in given {
        if let Some(tag) = text("tags", tag, 40)?.filter(|tag| !clean.contains(tag)) {
            clean.push(tag);
        }
    }
    Ok(clean)
}

fn numbers(contact: i64, given: &[Number], beside: Option<&str>) -> Result<Vec<store::contact_number::Number>> {
    if given.len() > NUMBERS_AT_MOST {
        return Err(Error::invalid("numbers", "too_many", format!("at most {NUMBERS_AT_MOST} numbers")));
    }
    let mut clean: Vec<store::contact_number::Number> = Vec::with_capacity(given.len());
    for (place, number) in (0..).zip(given) {
        let Some(digits) = digits(&format!("numbers[{place}].number"), &number.number, beside)? else { continue };
        if clean.iter().all(|other| other.digits != digits) {
            let kind = number.kind.as_str().to_owned();
            clean.push(store::contact_number::Number { contact_id: contact, kind, digits, place });
        }
    }
    Ok(clean)
}

fn socials(given: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    if given.len() > SOCIALS_AT_MOST {
        return Err(Error::invalid("socials", "too_many", format!("at most {SOCIALS_AT_MOST}")));
    }
    let mut clean = BTreeMap::new();
    for (network, name) in given {
        let network = text("socials", network, 40)?;
        if let (Some(network), Some(name)) = (network, text("socials", name, TEXT_AT_MOST)?) {
            clean.insert(network.to_lowercase(), name);
        }
    }
    Ok(clean)
}

/// As `1990-12-31`, and not to come.
fn birthday(given: &str, now: Timestamp) -> Result<Option<String>> {
    let given = given.trim();
    if given.is_empty() {
        return Ok(None);
    }
    let wrong = |code, detail| Error::invalid("date_of_birth", code, detail);
    let date: Date = given.parse().map_err(|_| wrong("format", "a date, as 1990-12-31"))?;
    // Somewhere it is tomorrow already.
    let tomorrow = (now + jiff::SignedDuration::from_hours(24)).to_zoned(jiff::tz::TimeZone::UTC).date();
    if date.year() < 1850 || date > tomorrow {
        return Err(wrong("out_of_range", "a day that has been, since 1850"));
    }
    Ok(Some(date.to_string()))
}

pub(in crate::act) fn website(given: &str) -> Result<Option<String>> {
    let Some(given) = text("url", given, 1_000)? else { return Ok(None) };
    // Who types it leaves out what every address begins with.
    let whole = if given.contains("://") { given } else { format!("https://{given}") };
    let begins = whole.starts_with("https://") || whole.starts_with("http://");
    let fits = begins
        && !whole.contains(char::is_whitespace)
        && whole.split("://").nth(1).is_some_and(|host| !host.is_empty());
    if fits { Ok(Some(whole)) } else { Err(Error::invalid("url", "format", "an address such as https://example.com")) }
}
