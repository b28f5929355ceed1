//! Takes a batch of a file's rows: who is new, who is known, and who is in it twice.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::contact::{NumberKind, Origin, fill};
use pronto_domain::field::Field;
use pronto_domain::id::ContactListId;
use pronto_domain::import::{Draft, Key, Mapping, Misfit, OnMatch, Outcome, Part, State};
use pronto_domain::phone;
use pronto_domain::search::words;
use pronto_store as store;
use store::contact::{Contact, New};
use store::contact_field::{ContactField, Held};
use store::contact_import::{Before, Import, Row, Whole};
use store::contact_number::Number;

use super::{move_on, tell};
use crate::act::contact::{company, spread};
use crate::{Error, Result};

/// Of the rows that are taken, so many are kept to be looked at; of those that are not, all.
const TAKEN_ROWS_KEPT: i64 = 200;
/// Screens hear of it every so many rows.
const TOLD_EVERY: i64 = 5_000;

/// Rows of a file, one after the other.
pub(crate) struct Batch {
    pub import: i64,
    /// The import's when the worker began: a later one is somebody's who wants something else.
    pub version: i64,
    pub rows: Vec<Read>,
    /// Whether the file ends with them.
    pub last: bool,
}

/// A row, read.
pub(crate) struct Read {
    pub number: u32,
    pub cells: Vec<String>,
    pub said: Result<Draft, Vec<Misfit>>,
    /// The row before it that is the same person.
    pub twice: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    GoOn,
    /// There is no more to do, or somebody else does it.
    Ended,
}

/// What a row becomes.
enum Fate<'a> {
    New(&'a Draft),
    Known(&'a Draft, i64),
    Duplicate { of: Option<i64>, why: Misfit },
    Invalid(Vec<Misfit>),
}

pub(crate) async fn take(tx: &mut Tx, now: Timestamp, batch: &Batch) -> Result<Told> {
    let at = store::millis(now);
    let mut import = store::contact_import::lock(tx, batch.import).await?;
    let first = batch.rows.first().map_or(import.rows_read + 1, |row| i64::from(row.number));
    if import.version != batch.version || first != import.rows_read + 1 {
        return Ok(Told::Ended);
    }
    let Some(mapping) = import.mapping.as_ref().map(|mapping| mapping.0.clone()) else { return Ok(Told::Ended) };
    let list = ContactListId(import.list_id);
    let fields = store::contact_field::all(tx).await?;
    let fields = fields.iter().map(ContactField::rules).collect::<Result<Vec<_>, _>>()?;
    let fields: Vec<Field> = fields.into_iter().filter(|field| field.serves(list)).collect();
    let known = Known::load(tx, &import, &mapping, &batch.rows).await?;
    let fates: Vec<(&Read, Fate<'_>)> =
        batch.rows.iter().map(|row| (row, fate(row, &mapping, &fields, &known))).collect();

    let taken = import.made + import.updated;
    count(&mut import, &fates);
    note(tx, &import, taken, &fates).await?;
    if import.state()? == State::Running {
        let new: Vec<&Draft> = fates
            .iter()
            .filter_map(|(_, fate)| match fate {
                Fate::New(draft) => Some(*draft),
                _ => None,
            })
            .collect();
        make(tx, now, &import, &mapping, &fields, &new).await?;
        for (_, fate) in &fates {
            if let Fate::Known(draft, contact) = fate {
                change(tx, now, &import, &mapping, &fields, *contact, draft).await?;
            }
        }
    }
    import.rows_read = batch.rows.last().map_or(import.rows_read, |row| i64::from(row.number));
    if batch.last {
        import.rows_total = Some(import.rows_read);
        if import.state()? == State::Checking {
            move_on(&mut import, State::Checked);
        } else {
            move_on(&mut import, State::Done);
            import.finished_at = Some(at);
        }
    }
    store::contact_import::save(tx, &import).await?;
    if batch.last || import.rows_read % TOLD_EVERY == 0 {
        tell(tx, &import, at).await?;
    }
    Ok(if batch.last { Told::Ended } else { Told::GoOn })
}

/// Who of the list is known by what.
struct Known(HashMap<Key, i64>);

impl Known {
    async fn load(tx: &mut Tx, import: &Import, mapping: &Mapping, rows: &[Read]) -> Result<Self> {
        let drafts = || rows.iter().filter_map(|row| row.said.as_ref().ok());
        let by = |part: Part| mapping.match_by.contains(&part);
        let mut found: HashMap<Key, i64> = HashMap::new();
        let mut is = |key: Key, contact: i64| {
            // Of several the first.
            let held = found.entry(key).or_insert(contact);
            *held = contact.min(*held);
        };
        if by(Part::Phone) {
            let spelled: BTreeSet<String> = drafts().flat_map(Draft::every_number).flat_map(phone::spellings).collect();
            let spelled: Vec<String> = spelled.into_iter().collect();
            let contacts = store::contact::by_numbers(tx, &spelled).await?;
            let contacts: Vec<Contact> = contacts.into_iter().filter(|it| it.list_id == import.list_id).collect();
            let ids: Vec<i64> = contacts.iter().map(|contact| contact.id).collect();
            let more = store::contact_number::of(tx, &ids).await?;
            let own = contacts.iter().flat_map(|it| it.phone.iter().chain(&it.mobile).map(|number| (number, it.id)));
            for (number, contact) in own.chain(more.iter().map(|number| (&number.digits, number.contact_id))) {
                if let Some(number) = phone::spellings(number).into_iter().min() {
                    is(Key::Number(number), contact);
                }
            }
        }
        if by(Part::Email) {
            let emails: Vec<String> = drafts().filter_map(|draft| draft.email.clone()).collect();
            for contact in store::contact::by_emails(tx, &emails).await? {
                if let Some(email) = contact.email.filter(|_| contact.list_id == import.list_id) {
                    is(Key::Email(email.to_lowercase()), contact.id);
                }
            }
        }
        if by(Part::Name) {
            let keys = drafts().flat_map(|draft| draft.keys(&[Part::Name]));
            let names: Vec<String> = keys
                .filter_map(|key| match key {
                    Key::Name(name) => Some(name),
                    _ => None,
                })
                .collect();
            for contact in store::contact::by_names(tx, import.list_id, &names).await? {
                is(Key::Name(words(&contact.name())), contact.id);
            }
        }
        Ok(Self(found))
    }

    fn who(&self, draft: &Draft, by: &[Part]) -> Option<i64> {
        draft.keys(by).iter().filter_map(|key| self.0.get(key).copied()).min()
    }
}

fn fate<'a>(row: &'a Read, mapping: &Mapping, fields: &[Field], known: &Known) -> Fate<'a> {
    let draft = match &row.said {
        Ok(draft) => draft,
        Err(misfits) => return Fate::Invalid(misfits.clone()),
    };
    if let Some(before) = row.twice {
        return Fate::Duplicate { of: None, why: Misfit::row("in_file", format!("the same as row {before}")) };
    }
    match known.who(draft, &mapping.match_by) {
        Some(contact) if mapping.on_match == OnMatch::Skip => {
            Fate::Duplicate { of: Some(contact), why: Misfit::row("in_list", "in the list already".to_owned()) }
        }
        Some(contact) => Fate::Known(draft, contact),
        None => match draft.lacks(fields) {
            lacks if lacks.is_empty() => Fate::New(draft),
            lacks => Fate::Invalid(lacks),
        },
    }
}

fn count(import: &mut Import, fates: &[(&Read, Fate<'_>)]) {
    for (_, fate) in fates {
        match fate {
            Fate::New(_) => import.made += 1,
            Fate::Known(..) => import.updated += 1,
            Fate::Duplicate { .. } => import.duplicates += 1,
            Fate::Invalid(_) => import.invalid += 1,
        }
    }
}

/// Keeps what became of rows, for whoever looks at it.
async fn note(tx: &mut Tx, import: &Import, mut taken: i64, fates: &[(&Read, Fate<'_>)]) -> Result<()> {
    let mut rows = Vec::new();
    for (row, fate) in fates {
        let (outcome, contact_id, reasons) = match fate {
            Fate::New(_) => (Outcome::New, None, Vec::new()),
            Fate::Known(_, contact) => (Outcome::Updated, Some(*contact), Vec::new()),
            Fate::Duplicate { of, why } => (Outcome::Duplicate, *of, vec![why.clone()]),
            Fate::Invalid(misfits) => (Outcome::Invalid, None, misfits.clone()),
        };
        if matches!(outcome, Outcome::New | Outcome::Updated) {
            taken += 1;
            if taken > TAKEN_ROWS_KEPT {
                continue;
            }
        }
        rows.push(Row {
            import_id: import.id,
            row_number: i64::from(row.number),
            outcome: outcome.as_str().to_owned(),
            reasons: Json(reasons),
            contact_id,
            cells: Json(row.cells.clone()),
        });
    }
    store::contact_import::note(tx, &rows).await?;
    Ok(())
}

async fn make(
    tx: &mut Tx,
    now: Timestamp,
    import: &Import,
    mapping: &Mapping,
    fields: &[Field],
    drafts: &[&Draft],
) -> Result<()> {
    if drafts.is_empty() {
        return Ok(());
    }
    let mut companies: BTreeMap<&str, (i64, String)> = BTreeMap::new();
    for name in drafts.iter().filter_map(|draft| draft.company.as_deref()) {
        if !companies.contains_key(name) {
            companies.insert(name, company(tx, name, now).await?);
        }
    }
    let new: Vec<New> = drafts
        .iter()
        .map(|draft| {
            let (first, last) = draft.called();
            let company = draft.company.as_deref().and_then(|name| companies.get(name)).cloned();
            let (company_id, company) = company.unzip();
            let (mut phone, mut mobile) = (draft.phone.clone(), draft.mobile.clone());
            fill(&mut phone, &mut mobile);
            New {
                phone,
                mobile,
                email: draft.email.clone(),
                company,
                company_id,
                postal_address: draft.address.clone(),
                date_of_birth: draft.date_of_birth.map(|date| date.to_string()),
                url: draft.url.clone(),
                language: draft.language.clone(),
                description: draft.description.clone(),
                tags: united(&draft.tags, &mapping.tags),
                created_by: Some(import.user_id),
                import_id: Some(import.id),
                ..New::named(import.list_id, Origin::Import, first, last)
            }
        })
        .collect();
    let mut made = store::contact::add(tx, &new, store::millis(now)).await?;
    // They are numbered in the order in which they were given.
    made.sort_by_key(|made| made.id);
    let same = made.iter().zip(&new).all(|(made, new)| made.phone == new.phone && made.email == new.email);
    if made.len() != new.len() || !same {
        return Err(Error::Damaged("contacts were not numbered in their order".to_owned()));
    }
    let ids: Vec<i64> = made.iter().map(|made| made.id).collect();
    let numbers: Vec<Number> =
        ids.iter().zip(drafts).flat_map(|(contact, draft)| numbers(*contact, &draft.numbers)).collect();
    if !numbers.is_empty() {
        let of: BTreeSet<i64> = numbers.iter().map(|number| number.contact_id).collect();
        let of: Vec<i64> = of.into_iter().collect();
        store::contact_number::set(tx, &of, &numbers).await?;
        store::contact::index(tx, &of).await?;
    }
    let held: Vec<Held> = ids.iter().zip(drafts).flat_map(|(contact, draft)| values(*contact, draft, fields)).collect();
    store::contact_field::put(tx, &held).await?;
    Ok(())
}

async fn change(
    tx: &mut Tx,
    now: Timestamp,
    import: &Import,
    mapping: &Mapping,
    fields: &[Field],
    contact: i64,
    draft: &Draft,
) -> Result<()> {
    let at = store::millis(now);
    let mut contact = store::contact::lock(tx, contact).await?;
    let old = Whole {
        numbers: store::contact_number::of(tx, &[contact.id]).await?,
        values: store::contact_field::held(tx, &[contact.id]).await?,
        contact: contact.clone(),
    };
    let over = mapping.on_match == OnMatch::Update;
    let put = |field: &mut Option<String>, given: Option<&String>| {
        if let Some(given) = given.filter(|_| over || field.as_ref().is_none_or(String::is_empty)) {
            *field = Some(given.clone());
        }
    };
    if !draft.first_name.is_empty() && (over || contact.first_name.is_empty()) {
        contact.first_name.clone_from(&draft.first_name);
    }
    put(&mut contact.last_name, draft.last_name.as_ref());
    put(&mut contact.phone, draft.phone.as_ref());
    put(&mut contact.mobile, draft.mobile.as_ref());
    fill(&mut contact.phone, &mut contact.mobile);
    put(&mut contact.email, draft.email.as_ref());
    put(&mut contact.postal_address, draft.address.as_ref());
    put(&mut contact.date_of_birth, draft.date_of_birth.map(|date| date.to_string()).as_ref());
    put(&mut contact.description, draft.description.as_ref());
    put(&mut contact.url, draft.url.as_ref());
    put(&mut contact.language, draft.language.as_ref());
    if let Some(name) = draft.company.as_deref().filter(|_| over || contact.company_id.is_none()) {
        let (id, name) = company(tx, name, now).await?;
        (contact.company_id, contact.company) = (Some(id), Some(name));
    }
    contact.tags = Json(united(&united(&contact.tags.0, &draft.tags), &mapping.tags));
    let all: Vec<String> =
        old.numbers.iter().map(|number| number.digits.clone()).chain(draft.numbers.clone()).collect();
    let more = numbers(contact.id, &all);
    if more.len() > old.numbers.len() {
        // What was there keeps its kind.
        let kept = |number: Number| old.numbers.iter().find(|it| it.digits == number.digits).cloned().unwrap_or(number);
        let more: Vec<Number> = more.into_iter().map(kept).collect();
        store::contact_number::set(tx, &[contact.id], &more).await?;
    }
    let taken: BTreeSet<i64> = old.values.iter().map(|held| held.field_id).collect();
    let held: Vec<Held> =
        values(contact.id, draft, fields).filter(|held| over || !taken.contains(&held.field_id)).collect();
    store::contact_field::put(tx, &held).await?;
    if !store::contact::save(tx, &contact, at).await? {
        return Err(pronto_db::Error::Conflict.into());
    }
    spread(tx, &contact, at).await?;
    let before =
        Before { import_id: import.id, contact_id: contact.id, before: Json(old), version: contact.version + 1 };
    store::contact_import::keep(tx, &[before]).await?;
    Ok(())
}

fn numbers(contact: i64, digits: &[String]) -> Vec<Number> {
    let mut all: Vec<Number> = Vec::new();
    for (place, digits) in (0..).zip(digits) {
        if all.iter().all(|other| other.digits != *digits) {
            let kind = NumberKind::Other.as_str().to_owned();
            all.push(Number { contact_id: contact, kind, digits: digits.clone(), place });
        }
    }
    all
}

fn values<'a>(contact: i64, draft: &'a Draft, fields: &'a [Field]) -> impl Iterator<Item = Held> + 'a {
    fields.iter().filter_map(move |field| {
        // What did not fit made the row invalid.
        let value = field.read(Some(draft.fields.get(&field.key)?)).ok()??;
        Some(Held::new(contact, field.id, &value))
    })
}

fn united(one: &[String], other: &[String]) -> Vec<String> {
    let mut all = one.to_vec();
    for tag in other {
        if !all.contains(tag) {
            all.push(tag.clone());
        }
    }
    all
}
