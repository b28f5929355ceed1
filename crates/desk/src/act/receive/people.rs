//! Finds or makes the addresses that wrote, and their contacts.

use std::collections::BTreeMap;

use pronto_db::Tx;
use pronto_domain::inbound::{Effect, Sender};
use pronto_store as store;
use store::address::{Address, Alias, NewAlias};

use super::{Arriving, Ends};
use crate::Result;

/// The addresses of a batch, locked, and which message is from which.
pub(crate) struct People {
    pub addresses: BTreeMap<i64, Address>,
    /// By place in the batch; `None` for a message without a sender.
    pub of: Vec<Option<i64>>,
    pub contacts: BTreeMap<i64, store::contact::Contact>,
}

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
    let mut wanted: Vec<Alias> =
        arriving.iter().flat_map(aliases).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut known: BTreeMap<Alias, i64> = BTreeMap::new();
    for found in store::address::known(tx, &wanted).await? {
        known.insert(Alias { account_id: found.account_id, alias: found.alias }, found.address_id);
    }
    make_missing(tx, arriving, &mut known, now).await?;
    // A name that came beside a known one is another name of the same address from now on.
    let mut fresh = Vec::new();
    let mut of = Vec::with_capacity(arriving.len());
    for one in arriving {
        let account = one.account.row.id;
        let address = aliases(one).find_map(|alias| known.get(&alias).copied());
        of.push(address);
        let Some(address_id) = address else { continue };
        for alias in aliases(one) {
            if !known.contains_key(&alias) {
                fresh.push(NewAlias { account_id: account, alias: alias.alias.clone(), address_id });
                known.insert(alias, address_id);
            }
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
    Ok(People { addresses, of, contacts })
}

/// Makes the addresses nobody knows yet, and their contacts where the account wants them.
async fn make_missing(
    tx: &mut Tx,
    arriving: &[Arriving<'_>],
    known: &mut BTreeMap<Alias, i64>,
    now: i64,
) -> Result<()> {
    let mut made: BTreeMap<Alias, &Arriving<'_>> = BTreeMap::new();
    for one in arriving {
        let mut names = aliases(one).peekable();
        let Some(first) = names.peek().cloned() else { continue };
        if !names.any(|alias| known.contains_key(&alias) || made.contains_key(&alias)) {
            made.insert(first, one);
        }
    }
    if made.is_empty() {
        return Ok(());
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
    let mut entries = Vec::with_capacity(rows.len());
    let mut named = Vec::with_capacity(rows.len() * 2);
    for row in store::address::add(tx, &rows, now).await? {
        let alias = Alias { account_id: row.account_id, alias: row.key };
        if let Some(one) = made.get(&alias) {
            entries.push(entry(row.id, row.account_id, &one.message.sender));
            for alias in aliases(one) {
                named.push(NewAlias { account_id: row.account_id, alias: alias.alias.clone(), address_id: row.id });
                known.insert(alias, row.id);
            }
        }
    }
    store::address::add_aliases(tx, &named).await?;
    store::search::index_addresses(tx, &entries).await?;
    Ok(())
}

/// What finds an address: its names and its number.
pub(crate) fn entry(id: i64, account: i64, sender: &Sender) -> store::search::Entry {
    let parts = [&sender.profile_name, &sender.username, &sender.digits];
    let text = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    store::search::Entry {
        id,
        words: pronto_domain::search::words(&text),
        scope: store::search::account_token(account),
    }
}

/// The contact of each new address: one with its number (the account's list wins, then the latest updated), or a new
/// one from the profile's name.
async fn contacts_for<'a>(
    tx: &mut Tx,
    new: impl Iterator<Item = &'a Arriving<'a>> + Clone,
    now: i64,
) -> Result<BTreeMap<Alias, i64>> {
    let numbers: Vec<String> = new.clone().filter_map(|one| one.message.sender.digits.clone()).collect();
    let found = store::contact::by_numbers(tx, &numbers).await?;
    let mut of: BTreeMap<Alias, i64> = BTreeMap::new();
    let mut rows = Vec::new();
    let mut waiting: BTreeMap<(i64, String), Vec<Alias>> = BTreeMap::new();
    for one in new {
        let Some(alias) = aliases(one).next() else { continue };
        let list = one.account.row.list_id;
        let digits = one.message.sender.digits.as_ref();
        let matching = digits.and_then(|digits| {
            found
                .iter()
                .filter(|contact| contact.phone.as_ref() == Some(digits) || contact.mobile.as_ref() == Some(digits))
                .max_by_key(|contact| (contact.list_id == list, contact.updated_at))
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
                        of.insert(alias, made.id);
                    }
                }
            }
        }
    }
    for made in store::contact::add(tx, &rows, now).await? {
        let Some(phone) = made.phone else { continue };
        for alias in waiting.remove(&(made.list_id, phone)).unwrap_or_default() {
            of.insert(alias, made.id);
        }
    }
    Ok(of)
}

fn from_profile(list: i64, sender: &Sender) -> store::contact::New {
    let name = sender.profile_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let (first, last) = match name.and_then(|name| name.split_once(' ')) {
        Some((first, last)) => (first.to_owned(), Some(last.trim().to_owned())),
        None => (name.or(sender.username.as_deref()).unwrap_or_default().to_owned(), None),
    };
    store::contact::New {
        list_id: list,
        first_name: first,
        last_name: last,
        phone: sender.digits.clone(),
        mobile: sender.digits.clone(),
        email: None,
        company: None,
        language: None,
        tags: Vec::new(),
    }
}

impl People {
    /// Leaves out messages without a sender, which belong to nobody.
    pub(crate) fn known_only<'a>(mut self, arriving: Vec<Arriving<'a>>, ends: &mut Ends) -> (Vec<Arriving<'a>>, Self) {
        let of = std::mem::take(&mut self.of);
        let mut kept = Vec::with_capacity(arriving.len());
        for (one, address) in arriving.into_iter().zip(of) {
            if address.is_some() {
                self.of.push(address);
                kept.push(one);
            } else {
                let why = Some("it names no sender".to_owned());
                ends.note(one.delivery, format!("message {}", one.message.provider_id), "failed", why);
            }
        }
        (kept, self)
    }
}
