//! Finds or makes the addresses that wrote, and their contacts.

use std::collections::BTreeMap;

use pronto_db::Tx;
use pronto_domain::contact::Origin;
use pronto_domain::inbound::{Effect, Sender};
use pronto_domain::phone;
use pronto_store as store;
use serde_json::json;
use store::address::{Address, Alias, NewAlias};
use store::contact_number::Number;
use store::event;

use super::{Arriving, Ends};
use crate::Result;
use crate::act::contact::entry;
use crate::act::fresh;
use crate::work::jobs;

/// The addresses of a batch, locked, and which message is from which.
pub(crate) struct People {
    pub addresses: BTreeMap<i64, Address>,
    /// By place in the batch; `None` for a message without a sender.
    pub of: Vec<Option<i64>>,
    pub contacts: BTreeMap<i64, store::contact::Contact>,
}

/// Why a reaction, an edit, a deletion or a notice may lead to nothing.
pub(super) const NOTHING: &str = "it is about a conversation we do not have";

/// The names a sender goes by: digits first, for replies prefer a number; then those they move to.
fn aliases<'a>(one: &Arriving<'a>) -> impl Iterator<Item = Alias> + use<'a> {
    let account_id = one.account.row.id;
    let sender = &one.message.sender;
    let moved = match &one.message.effect {
        Effect::Moved { digits, user_id } => [digits.as_ref(), user_id.as_ref()],
        _ => [None, None],
    };
    let named = [sender.digits.as_ref(), sender.user_id.as_ref()];
    named.into_iter().chain(moved).flatten().map(move |alias| Alias { account_id, alias: alias.clone() })
}

pub(crate) async fn resolve(tx: &mut Tx, arriving: &[Arriving<'_>], now: i64) -> Result<People> {
    let mut wanted: Vec<Alias> = arriving.iter().flat_map(aliases).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut known: BTreeMap<Alias, i64> = BTreeMap::new();
    for found in store::address::known(tx, &wanted).await? {
        known.insert(Alias { account_id: found.account_id, alias: found.alias }, found.address_id);
    }
    let made = make_missing(tx, arriving, &mut known, now).await?;
    // A name that came beside a known one is another name of the same address from now on.
    let mut fresh = Vec::new();
    let mut of = Vec::with_capacity(arriving.len());
    for one in arriving {
        let account = one.account.row.id;
        let address = aliases(one).find_map(|alias| known.get(&alias).copied());
        of.push(address);
        let Some(address_id) = address else { continue };
        for alias in aliases(one) {
            known.entry(alias).or_insert_with_key(|alias| {
                fresh.push(NewAlias { account_id: account, alias: alias.alias.clone(), address_id });
                address_id
            });
        }
    }
    store::address::add_aliases(tx, &fresh).await?;
    let mut needed: Vec<i64> = of.iter().flatten().copied().collect();
    needed.sort_unstable();
    needed.dedup();
    let addresses: BTreeMap<i64, Address> =
        store::address::lock(tx, &needed).await?.into_iter().map(|address| (address.id, address)).collect();
    let known_contacts: Vec<i64> = addresses.values().filter_map(|address| address.contact_id).collect();
    let contacts = if known_contacts.is_empty() {
        BTreeMap::new()
    } else {
        store::contact::by_ids(tx, &known_contacts).await?.into_iter().map(|contact| (contact.id, contact)).collect()
    };
    let entries: Vec<store::search::Person> = made
        .iter()
        .filter_map(|id| addresses.get(id))
        .map(|address| entry(address, address.contact_id.and_then(|id| contacts.get(&id))))
        .collect();
    store::search::index_addresses(tx, &entries).await?;
    Ok(People { addresses, of, contacts })
}

/// Makes the addresses nobody knows yet, and their contacts where the account wants them; answers their ids.
async fn make_missing(
    tx: &mut Tx,
    arriving: &[Arriving<'_>],
    known: &mut BTreeMap<Alias, i64>,
    now: i64,
) -> Result<Vec<i64>> {
    let mut made: BTreeMap<Alias, &Arriving<'_>> = BTreeMap::new();
    // The names that come beside each other in this batch are of one address, by the name it was made under; `None`
    // for an address that was known before.
    let mut claimed: BTreeMap<Alias, Option<Alias>> = BTreeMap::new();
    for one in arriving {
        let names: Vec<Alias> = aliases(one).collect();
        let Some(first) = names.first() else { continue };
        let claim = names.iter().find_map(|name| match claimed.get(name) {
            Some(claim) => Some(claim.clone()),
            None => known.contains_key(name).then_some(None),
        });
        let claim = match claim {
            Some(claim) => claim,
            // A notice about somebody unknown makes nobody known.
            None if one.is_notice() => continue,
            None => {
                made.insert(first.clone(), one);
                Some(first.clone())
            }
        };
        for name in names {
            if !known.contains_key(&name) {
                claimed.entry(name).or_insert_with(|| claim.clone());
            }
        }
    }
    if made.is_empty() {
        return Ok(Vec::new());
    }
    let contacts = contacts_for(tx, made.values().copied(), now).await?;
    let rows: Vec<store::address::New> = made
        .iter()
        .map(|(alias, one)| {
            let sender = &one.message.sender;
            store::address::New {
                account_id: alias.account_id,
                key: alias.alias.clone(),
                digits: sender.digits.clone(),
                user_id: sender.user_id.clone(),
                profile_name: sender.profile_name.clone(),
                username: sender.username.clone(),
                contact_id: contacts.get(alias).copied(),
            }
        })
        .collect();
    let mut ids = BTreeMap::new();
    for row in store::address::add(tx, &rows, now).await? {
        ids.insert(Alias { account_id: row.account_id, alias: row.key }, row.id);
    }
    let mut named = Vec::with_capacity(claimed.len());
    for (alias, claim) in claimed {
        if let Some(address_id) = claim.and_then(|key| ids.get(&key).copied()) {
            named.push(NewAlias { account_id: alias.account_id, alias: alias.alias.clone(), address_id });
            known.insert(alias, address_id);
        }
    }
    store::address::add_aliases(tx, &named).await?;
    for (alias, one) in &made {
        let Sender { profile_name, profile_id, .. } = &one.message.sender;
        if let (None, Some(profile), Some(address)) = (profile_name, profile_id, ids.get(alias)) {
            let job = store::job::New { kind: jobs::PROFILE, subject: *address, run_at: now };
            store::job::add_telling(tx, &job, &json!(profile)).await?;
        }
    }
    Ok(ids.into_values().collect())
}

/// The contact of each new address: one with its number (the account's list wins, then the latest updated), or a new
/// one from the profile's name.
async fn contacts_for<'a>(
    tx: &mut Tx,
    new: impl Iterator<Item = &'a Arriving<'a>> + Clone,
    now: i64,
) -> Result<BTreeMap<Alias, i64>> {
    let numbers: Vec<String> = new.clone().filter_map(|one| one.message.sender.digits.clone()).collect();
    let spelled: Vec<String> = numbers.iter().flat_map(|digits| phone::spellings(digits)).collect();
    let found = store::contact::by_numbers(tx, &spelled).await?;
    let further = store::contact_number::of(tx, &found.iter().map(|contact| contact.id).collect::<Vec<_>>()).await?;
    let mut of: BTreeMap<Alias, i64> = BTreeMap::new();
    let (mut rows, mut told) = (Vec::new(), Vec::new());
    let mut waiting: BTreeMap<(i64, String), Vec<Alias>> = BTreeMap::new();
    for one in new {
        let Some(alias) = aliases(one).next() else { continue };
        let list = one.account.row.list_id;
        let digits = one.message.sender.digits.as_ref();
        let matching = digits.and_then(|digits| {
            found
                .iter()
                .filter(|contact| has_number(contact, &further, digits))
                .max_by_key(|contact| (contact.list_id == list, contact.updated_at, contact.id))
        });
        if let Some(contact) = matching {
            of.insert(alias, contact.id);
        } else if one.account.row.create_contact {
            let row = from_profile(list, &one.message.sender);
            match &row.phone {
                Some(phone) => {
                    let same = waiting.entry((list, phone.clone())).or_default();
                    if same.is_empty() {
                        rows.push(row);
                    }
                    same.push(alias);
                }
                // Without a number nothing tells the answers apart, so these go one by one; they are few.
                None => {
                    if let Some(made) = store::contact::add(tx, std::slice::from_ref(&row), now).await?.pop() {
                        told.push(event::New::of(event::Kind::Contact, made.id));
                        of.insert(alias, made.id);
                    }
                }
            }
        }
    }
    let added = store::contact::add(tx, &rows, now).await?;
    told.extend(added.iter().map(|made| event::New::of(event::Kind::Contact, made.id)));
    event::append(tx, &told, now).await?;
    for made in added {
        let Some(phone) = made.phone else { continue };
        for alias in waiting.remove(&(made.list_id, phone)).unwrap_or_default() {
            of.insert(alias, made.id);
        }
    }
    Ok(of)
}

/// In whatever spelling.
fn has_number(contact: &store::contact::Contact, further: &[Number], digits: &str) -> bool {
    let more = further.iter().filter(|number| number.contact_id == contact.id).map(|number| number.digits.as_str());
    let numbers = pronto_domain::contact::numbers(contact.phone.as_deref(), contact.mobile.as_deref(), more);
    numbers.into_iter().any(|number| phone::same(number, digits))
}

fn from_profile(list: i64, sender: &Sender) -> store::contact::New {
    let name = sender.profile_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let (first, last) = match name {
        Some(name) => fresh::names(name),
        None => (sender.username.clone().unwrap_or_default(), None),
    };
    store::contact::New {
        phone: sender.digits.clone(),
        mobile: sender.digits.clone(),
        ..store::contact::New::named(list, Origin::Message, first, last)
    }
}

impl People {
    /// Leaves out messages without a sender, which belong to nobody, and notices about people we do not know.
    pub(crate) fn known_only<'a>(mut self, arriving: Vec<Arriving<'a>>, ends: &mut Ends) -> (Vec<Arriving<'a>>, Self) {
        let of = std::mem::take(&mut self.of);
        let mut kept = Vec::with_capacity(arriving.len());
        for (one, address) in arriving.into_iter().zip(of) {
            if address.is_some() {
                self.of.push(address);
                kept.push(one);
            } else {
                let named = aliases(&one).next().is_some();
                let (outcome, why) = if named { ("ignored", NOTHING) } else { ("failed", "it names no sender") };
                ends.note(one.delivery, format!("message {}", one.message.provider_id), outcome, Some(why.to_owned()));
            }
        }
        (kept, self)
    }
}
