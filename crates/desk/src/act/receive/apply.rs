//! Puts messages into threads: joins, reopens and opens interactions, moves windows, counts what is unread.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::UserId;
use pronto_domain::interaction::State;
use pronto_domain::message::Direction;
use pronto_domain::notice::Kind as Told;
use pronto_domain::presence::{self, Declared};
use pronto_store as store;
use store::event;
use store::interaction::Interaction;
use store::{instant, millis};

use super::effect::{self, Aim, target_of};
use super::people::{NOTHING, People};
use super::thread::Thread;
use super::{Arriving, Ends, Receive};
use crate::Result;
use crate::act::contact::entry;
use crate::act::notice::{self, Notice};
use crate::config::Account;

/// A message that has found its thread.
struct Taken<'a, 'b> {
    one: &'b Arriving<'a>,
    address: i64,
    row: store::message::New,
}

/// Answers whether anything waits for an agent now. `early` are effects that came before messages of these.
#[expect(clippy::too_many_arguments, reason = "the one place where a batch comes together")]
pub(crate) async fn apply(
    tx: &mut Tx,
    now: Timestamp,
    input: &Receive,
    arriving: &[Arriving<'_>],
    early: &[i64],
    people: People,
    ends: &mut Ends,
    events: &mut Vec<event::New>,
) -> Result<bool> {
    let at = millis(now);
    let latest: Vec<i64> = people.addresses.values().filter_map(|address| address.last_interaction_id).collect();
    let mut interactions: BTreeMap<i64, Interaction> =
        store::interaction::lock_all(tx, &latest).await?.into_iter().map(|one| (one.address_id, one)).collect();
    let free = free_owners(tx, input, interactions.values(), now).await?;

    let account_of: BTreeMap<i64, &Account> =
        people.of.iter().zip(arriving).filter_map(|(address, one)| Some(((*address)?, &**one.account))).collect();
    let mut threads: BTreeMap<i64, Thread<'_>> = BTreeMap::new();
    for (id, address) in people.addresses {
        let Some(account) = account_of.get(&id) else { continue };
        threads.insert(id, Thread::new(account, address, interactions.remove(&id)));
    }
    let mut taken = Vec::with_capacity(arriving.len());
    let mut queues = BTreeSet::new();
    for (one, address) in arriving.iter().zip(&people.of) {
        let Some(address) = *address else { continue };
        let Some(thread) = threads.get_mut(&address) else { continue };
        let contact = thread.address.contact_id.and_then(|id| people.contacts.get(&id));
        if thread.take(one, contact, &free, &mut queues, now)? {
            taken.push(Taken { one, address, row: thread.row(one) });
        } else {
            ends.note(one.delivery, label(one), "ignored", Some(NOTHING.to_owned()));
        }
    }
    save_threads(tx, &mut threads).await?;
    mark_late(tx, &mut taken, &threads).await?;
    let found = targets(tx, &taken).await?;
    for Taken { one, address, row } in &mut taken {
        let interaction = threads.get(address).and_then(|thread| thread.interaction.as_ref());
        row.interaction_id = interaction.map_or(0, |interaction| interaction.id);
        let known = |id: &String| found.get(&(row.account_id, id.clone())).copied();
        row.reply_to_id = one.message.reply_to.as_ref().and_then(known);
        row.target_id = target_of(one.message).and_then(known);
    }
    let rows: Vec<&store::message::New> = taken.iter().map(|taken| &taken.row).collect();
    let made = store::message::receive(tx, &rows, at).await?;
    if made.len() != rows.len() {
        // One of them was stored by another node a moment ago: what was counted here is wrong.
        return Err(pronto_db::Error::Retry.into());
    }
    let ids: BTreeMap<(i64, String), i64> =
        made.into_iter().filter_map(|made| Some(((made.account_id, made.provider_id?), made.id))).collect();
    store_beside(tx, &taken, &ids, at).await?;
    for Taken { one, row, .. } in &taken {
        if row.shown {
            events.push(event::New::on(event::Kind::Message, row.interaction_id, id_of(&ids, row)));
        } else {
            // No bubble of its own, but it moved the window.
            events.push(event::New::on(event::Kind::Interaction, row.interaction_id, row.interaction_id));
        }
        ends.note(one.delivery, label(one), "applied", None);
    }
    let aims = aims(tx, &taken, &ids, early).await?;
    effect::apply(tx, aims, events).await?;
    let timers: Vec<store::timer::New> = threads
        .values_mut()
        .filter_map(|thread| {
            Some(store::timer::New { subject: thread.interaction.as_ref()?.id, ..thread.timer.take()? })
        })
        .collect();
    store::timer::arm(tx, &timers).await?;
    tell(tx, at, &threads, &people.contacts, events).await?;
    events.extend(queues.iter().map(|queue| event::New::of(event::Kind::Queue, *queue)));
    Ok(!queues.is_empty())
}

fn label(one: &Arriving<'_>) -> String {
    format!("message {}", one.message.provider_id)
}

fn id_of(ids: &BTreeMap<(i64, String), i64>, row: &store::message::New) -> i64 {
    row.provider_id.as_ref().and_then(|id| ids.get(&(row.account_id, id.clone()))).copied().unwrap_or(0)
}

/// The search index, files and the jobs that fetch them.
async fn store_beside(tx: &mut Tx, taken: &[Taken<'_, '_>], ids: &BTreeMap<(i64, String), i64>, at: i64) -> Result<()> {
    let mut entries = Vec::with_capacity(taken.len());
    let mut files = Vec::new();
    for Taken { one, row, .. } in taken {
        let id = id_of(ids, row);
        if let Some(body) = row.body.as_deref().filter(|_| row.direction == Direction::In.as_str() && row.shown) {
            let words = pronto_domain::search::words(body);
            entries.push(store::search::Entry { id, words, scope: store::search::account_token(row.account_id) });
        }
        if let Some(media) = &one.message.media {
            files.push(store::attachment::New {
                message_id: id,
                account_id: row.account_id,
                kind: one.message.kind.as_str(),
                name: media.name.clone(),
                mime: media.mime.clone(),
                sha256: media.sha256.clone(),
                media_id: media.id.clone(),
                media_url: media.url.clone(),
                animated: media.animated,
            });
        }
    }
    store::search::index_messages(tx, &entries).await?;
    let attachments = store::attachment::add(tx, &files, at).await?;
    let jobs: Vec<store::job::New> =
        attachments.into_iter().map(|subject| store::job::New { kind: "media", subject, run_at: at }).collect();
    store::job::add(tx, &jobs).await?;
    Ok(())
}

/// The effects whose message is known: those of this batch, and those that came before a message of this batch.
async fn aims(
    tx: &mut Tx,
    taken: &[Taken<'_, '_>],
    ids: &BTreeMap<(i64, String), i64>,
    early: &[i64],
) -> Result<Vec<Aim>> {
    let effects: Vec<i64> = taken
        .iter()
        .filter(|taken| target_of(taken.one.message).is_some())
        .map(|taken| id_of(ids, &taken.row))
        .chain(early.iter().copied())
        .collect();
    if effects.is_empty() {
        return Ok(Vec::new());
    }
    let effects = store::message::by_ids(tx, &effects).await?;
    let aim = |effect: store::message::Message| {
        let here = || ids.get(&(effect.account_id, effect.reply_to_provider.clone()?)).copied();
        let target = effect.target_id.or_else(here)?;
        Some(Aim { effect, target })
    };
    Ok(effects.into_iter().filter_map(aim).collect())
}

/// What is older than the closing of the conversation before its own came late.
async fn mark_late(tx: &mut Tx, taken: &mut [Taken<'_, '_>], threads: &BTreeMap<i64, Thread<'_>>) -> Result<()> {
    let begun =
        |address: &i64| threads.get(address).and_then(|thread| thread.interaction.as_ref()).map(|one| one.started_at);
    let older: BTreeSet<i64> = taken
        .iter()
        .filter(|taken| begun(&taken.address).is_some_and(|begun| taken.row.thread_at < begun))
        .map(|taken| taken.address)
        .collect();
    if older.is_empty() {
        return Ok(());
    }
    let older: Vec<i64> = older.into_iter().collect();
    let closures: BTreeMap<i64, i64> = store::interaction::closures(tx, &older)
        .await?
        .into_iter()
        .map(|one| (one.address_id, one.closed_at))
        .collect();
    for one in taken {
        one.row.late = closures.get(&one.address).is_some_and(|closed_at| one.row.thread_at < *closed_at);
    }
    Ok(())
}

/// What opened and reopened, and who holds more than before.
async fn tell(
    tx: &mut Tx,
    at: i64,
    threads: &BTreeMap<i64, Thread<'_>>,
    contacts: &BTreeMap<i64, store::contact::Contact>,
    events: &mut Vec<event::New>,
) -> Result<()> {
    let mut busier = Vec::new();
    let mut renamed = Vec::new();
    let mut notices = Vec::new();
    for thread in threads.values() {
        if thread.renamed {
            let contact = thread.address.contact_id.and_then(|id| contacts.get(&id));
            renamed.push(entry(&thread.address, contact));
        }
        let Some(interaction) = &thread.interaction else { continue };
        if let (true, Some(owner)) = (thread.woken, interaction.owner_id) {
            busier.push(owner);
            events.push(event::New::of(event::Kind::Presence, owner));
            notices.push(Notice::on(interaction.id, Told::CustomerWrote, [UserId(owner)]));
        }
        let (what, was) = match (&thread.reopened, thread.fresh) {
            (Some(was), _) => ("reopened", Some(was.clone())),
            (None, true) => ("opened", None),
            (None, false) => continue,
        };
        let facts = event::Facts { what: Some(what.to_owned()), was, ..event::Facts::default() };
        events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(facts));
        if let (true, Some(owner)) = (thread.reopened.is_some(), interaction.owner_id) {
            busier.push(owner);
            events.push(event::New::of(event::Kind::Presence, owner));
        }
    }
    if !busier.is_empty() {
        store::presence::touch(tx, &busier).await?;
    }
    store::search::index_addresses(tx, &renamed).await?;
    notice::tell(tx, at, &notices, events).await
}

/// Which owners of closed interactions could take one back now.
async fn free_owners(
    tx: &mut Tx,
    input: &Receive,
    interactions: impl Iterator<Item = &Interaction>,
    now: Timestamp,
) -> Result<BTreeSet<i64>> {
    let mut owners: Vec<i64> =
        interactions.filter(|one| one.is(State::Closed)).filter_map(|one| one.owner_id).collect();
    owners.sort_unstable();
    owners.dedup();
    if owners.is_empty() {
        return Ok(BTreeSet::new());
    }
    let grace = input.config.settings.reconnect_grace_s;
    let mut free = BTreeSet::new();
    for presence in store::presence::of(tx, &owners).await? {
        let declared: Declared = presence.declared.parse()?;
        let available = presence::effective(declared, instant(presence.seen_at), grace, now) == Declared::Available;
        let employed = input.config.viewer(UserId(presence.user_id)).is_some();
        if available && employed {
            free.insert(presence.user_id);
        }
    }
    Ok(free)
}

/// Stores new and changed interactions and addresses: a statement for each table.
async fn save_threads(tx: &mut Tx, threads: &mut BTreeMap<i64, Thread<'_>>) -> Result<()> {
    let fresh: Vec<Interaction> =
        threads.values().filter(|thread| thread.fresh).filter_map(|thread| thread.interaction.clone()).collect();
    if !fresh.is_empty() {
        for made in store::interaction::add(tx, &fresh).await? {
            if let Some(thread) = threads.get_mut(&made.address_id) {
                if let Some(interaction) = &mut thread.interaction {
                    interaction.id = made.id;
                }
                thread.address.last_interaction_id = Some(made.id);
            }
        }
    }
    let changed: Vec<Interaction> = threads
        .values()
        .filter(|thread| thread.changed && !thread.fresh)
        .filter_map(|thread| thread.interaction.clone())
        .collect();
    if store::interaction::save(tx, &changed).await? != changed.len() as u64 {
        return Err(pronto_db::Error::Retry.into());
    }
    let addresses: Vec<store::address::Change> =
        threads.values().map(|thread| store::address::Change::from(&thread.address)).collect();
    store::address::save(tx, &addresses).await?;
    Ok(())
}

/// The messages that replies, reactions, edits and deletions are about.
async fn targets(tx: &mut Tx, taken: &[Taken<'_, '_>]) -> Result<BTreeMap<(i64, String), i64>> {
    let wanted: Vec<store::message::ProviderId> = taken
        .iter()
        .flat_map(|Taken { one, row, .. }| {
            let ids = [one.message.reply_to.as_ref(), target_of(one.message)];
            ids.into_iter()
                .flatten()
                .map(|id| store::message::ProviderId { account_id: row.account_id, provider_id: id.clone() })
        })
        .collect();
    let found = store::message::find(tx, &wanted).await?;
    Ok(found.into_iter().map(|one| ((one.account_id, one.provider_id), one.message_id)).collect())
}
