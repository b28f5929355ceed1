//! Puts messages into threads: joins, reopens and opens interactions, moves windows, counts what is unread.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use pronto_db::Tx;
use pronto_domain::flow::{self, Placed};
use pronto_domain::id::UserId;
use pronto_domain::inbound::{Effect, Inbound};
use pronto_domain::interaction::{Controller, Interaction as Rules, Receives, State, receive};
use pronto_domain::message::{Content, Direction, Kind, preview};
use pronto_domain::presence::{self, Declared};
use pronto_domain::window::{self, Facts};
use pronto_store as store;
use store::address::Address;
use store::event;
use store::interaction::Interaction;
use store::{instant, millis};

use super::people::People;
use super::{Arriving, Ends, Receive};
use crate::config::Account;
use crate::Result;

/// What one address's thread becomes.
struct Thread<'a> {
    account: &'a Account,
    address: Address,
    /// The open interaction, or the latest; `None` before the first.
    interaction: Option<Interaction>,
    /// Not stored yet.
    fresh: bool,
    changed: bool,
    timers: Vec<(i64, Timestamp)>,
    /// When the interaction before a new one was closed: what is older came late.
    closed_before: Option<i64>,
}

/// Answers whether anything waits for an agent now.
pub(crate) async fn apply(
    tx: &mut Tx,
    now: Timestamp,
    input: &Receive,
    arriving: &[Arriving<'_>],
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
        let thread = Thread {
            account,
            interaction: interactions.remove(&id),
            address,
            fresh: false,
            changed: false,
            timers: Vec::new(),
            closed_before: None,
        };
        threads.insert(id, thread);
    }
    let mut rows = Vec::with_capacity(arriving.len());
    let mut queues = BTreeSet::new();
    for (one, address) in arriving.iter().zip(&people.of) {
        let Some(thread) = address.and_then(|address| threads.get_mut(&address)) else { continue };
        let contact = thread.address.contact_id.and_then(|id| people.contacts.get(&id));
        let waits = thread.take(one, contact, &free, now)?;
        queues.extend(waits);
        rows.push(thread.row(one));
    }
    save_threads(tx, &mut threads).await?;
    let found = targets(tx, arriving, &rows).await?;
    for ((row, address), one) in rows.iter_mut().zip(&people.of).zip(arriving) {
        let interaction = address.and_then(|id| threads.get(&id)).and_then(|thread| thread.interaction.as_ref());
        row.interaction_id = interaction.map_or(0, |interaction| interaction.id);
        let known = |id: &String| found.get(&(row.account_id, id.clone())).copied();
        row.reply_to_id = row.reply_to_provider.as_ref().and_then(known);
        row.target_id = target_of(one.message).and_then(known);
    }
    let made = store::message::receive(tx, &rows, at).await?;
    if made.len() != rows.len() {
        // One of them was stored by another node a moment ago: what was counted here is wrong.
        return Err(pronto_db::Error::Retry.into());
    }
    let ids: BTreeMap<(i64, String), i64> =
        made.into_iter().filter_map(|made| Some(((made.account_id, made.provider_id?), made.id))).collect();
    let id_of = |row: &store::message::New| {
        row.provider_id.as_ref().and_then(|id| ids.get(&(row.account_id, id.clone()))).copied().unwrap_or(0)
    };
    let mut entries = Vec::with_capacity(rows.len());
    let mut files = Vec::new();
    let mut changed_targets = BTreeSet::new();
    for (row, one) in rows.iter().zip(arriving) {
        let id = id_of(row);
        if let Some(body) = row.body.as_deref().filter(|_| row.shown) {
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
        if row.shown {
            events.push(event::New::on(event::Kind::Message, row.interaction_id, id));
        } else {
            // No bubble of its own, but it moved the window.
            events.push(event::New::on(event::Kind::Interaction, row.interaction_id, row.interaction_id));
            changed_targets.extend(row.target_id);
        }
        ends.note(one.delivery, format!("message {}", one.message.provider_id), "applied", None);
    }
    store::search::index_messages(tx, &entries).await?;
    let attachments = store::attachment::add(tx, &files, at).await?;
    let jobs: Vec<store::job::New> =
        attachments.into_iter().map(|subject| store::job::New { kind: "media", subject, run_at: at }).collect();
    store::job::add(tx, &jobs).await?;
    if !changed_targets.is_empty() {
        affect(tx, arriving, &rows, &changed_targets, events).await?;
    }
    let timers: Vec<store::timer::New> = threads
        .values()
        .flat_map(|thread| {
            let subject = thread.interaction.as_ref().map_or(0, |one| one.id);
            thread.timers.iter().map(move |(armed, due)| store::timer::New {
                kind: "step",
                subject,
                armed: *armed,
                due_at: millis(*due),
            })
        })
        .collect();
    store::timer::arm(tx, &timers).await?;
    for thread in threads.values().filter(|thread| thread.fresh) {
        if let Some(interaction) = &thread.interaction {
            let facts = event::Facts { what: Some("opened".to_owned()), ..event::Facts::default() };
            events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(facts));
        }
    }
    events.extend(queues.iter().map(|queue| event::New::of(event::Kind::Queue, *queue)));
    Ok(!queues.is_empty())
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
async fn targets(
    tx: &mut Tx,
    arriving: &[Arriving<'_>],
    rows: &[store::message::New],
) -> Result<BTreeMap<(i64, String), i64>> {
    let wanted: Vec<store::message::ProviderId> = arriving
        .iter()
        .zip(rows)
        .flat_map(|(one, row)| {
            let ids = [row.reply_to_provider.as_ref(), target_of(one.message)];
            ids.into_iter().flatten().map(|id| store::message::ProviderId {
                account_id: row.account_id,
                provider_id: id.clone(),
            })
        })
        .collect();
    let found = store::message::find(tx, &wanted).await?;
    Ok(found.into_iter().map(|one| ((one.account_id, one.provider_id), one.message_id)).collect())
}

fn target_of(message: &Inbound) -> Option<&String> {
    match &message.effect {
        Effect::React { target, .. } | Effect::Edit { target } | Effect::Delete { target } => Some(target),
        Effect::Own | Effect::Moved { .. } => None,
    }
}

/// Reactions, edits and deletions change the message they are about.
async fn affect(
    tx: &mut Tx,
    arriving: &[Arriving<'_>],
    rows: &[store::message::New],
    targets: &BTreeSet<i64>,
    events: &mut Vec<event::New>,
) -> Result<()> {
    let ids: Vec<i64> = targets.iter().copied().collect();
    let mut messages: BTreeMap<i64, store::message::Message> =
        store::message::by_ids(tx, &ids).await?.into_iter().map(|message| (message.id, message)).collect();
    let mut changes: BTreeMap<i64, store::message::Change> = BTreeMap::new();
    for (one, row) in arriving.iter().zip(rows) {
        let Some(message) = row.target_id.and_then(|id| messages.get_mut(&id)) else { continue };
        // A customer edits and deletes their own messages only, and all of it within their own threads.
        let own = message.direction == Direction::In.as_str();
        if message.address_id != row.address_id {
            continue;
        }
        let change = changes.entry(message.id).or_insert_with(|| store::message::Change::from(&*message));
        match &one.message.effect {
            Effect::React { emoji, .. } => {
                let reactions = change.reactions.get_or_insert_default();
                reactions.retain(|reaction| reaction.by != "customer");
                reactions.extend(emoji.iter().map(|emoji| store::message::Reaction {
                    emoji: emoji.clone(),
                    by: "customer".to_owned(),
                    user_id: None,
                }));
            }
            Effect::Edit { .. } if own => {
                let before = store::message::Edit { body: change.body.clone(), until: row.thread_at };
                change.history.get_or_insert_default().push(before);
                change.body.clone_from(&row.body);
                change.edited_at = Some(row.thread_at);
            }
            Effect::Delete { .. } if own => change.deleted_at = Some(row.thread_at),
            _ => {}
        }
    }
    let changes: Vec<store::message::Change> = changes.into_values().collect();
    store::message::save(tx, &changes).await?;
    for change in &changes {
        if let Some(message) = messages.get(&change.id) {
            events.push(event::New::on(event::Kind::Message, message.interaction_id, message.id));
        }
    }
    Ok(())
}

impl Thread<'_> {
    /// Takes one message in; answers the queue it waits in, if it does since now.
    fn take(
        &mut self,
        one: &Arriving<'_>,
        contact: Option<&store::contact::Contact>,
        free: &BTreeSet<i64>,
        now: Timestamp,
    ) -> Result<Option<i64>> {
        let message = one.message;
        let written = written_at(one);
        let quiet = matches!(message.kind, Kind::System);
        let alone = quiet || message.effect != Effect::Own;
        let before = self.interaction.as_ref().map(Interaction::rules).transpose()?;
        let receives = receive(before.as_ref(), alone, self.account.rules.grace_s, |owner| free.contains(&owner.0), now);
        let mut waits = None;
        match receives {
            Receives::Join => {}
            Receives::Reopen { owner } => {
                let placed = self.place(now);
                if let (Some(mut rules), Some(interaction)) = (before, self.interaction.as_mut()) {
                    rules.reopen(owner, &placed, now);
                    interaction.adopt(&rules);
                }
                if owner.is_none() {
                    waits = self.wait(&placed);
                }
            }
            Receives::Open => {
                self.closed_before = before.and_then(|rules| rules.closed_at).map(millis);
                let placed = self.place(now);
                self.open(one, contact, &placed, now);
                waits = self.wait(&placed);
            }
        }
        self.meet(message);
        self.move_window(written, quiet);
        let shown = !alone || quiet;
        let address = &self.address;
        if let Some(interaction) = self.interaction.as_mut() {
            self.changed = true;
            interaction.window_expires_at = address.window_expires_at;
            interaction.window_cause.clone_from(&address.window_cause);
            if shown {
                let thread_at = thread_at(one);
                interaction.message_count += 1;
                if !quiet {
                    interaction.unread += 1;
                    interaction.unmanaged += 1;
                    interaction.unanswered_since.get_or_insert(thread_at);
                }
                if thread_at >= interaction.last_at || interaction.last_direction.is_none() {
                    interaction.last_at = thread_at.max(interaction.last_at);
                    interaction.last_direction = Some(Direction::In.as_str().to_owned());
                    interaction.last_kind = Some(message.kind.as_str().to_owned());
                    interaction.last_preview = Some(words_of(message));
                    interaction.last_status = None;
                    interaction.last_message_id = None;
                }
            }
        }
        Ok(waits)
    }

    fn place(&self, now: Timestamp) -> Placed {
        flow::run(&self.account.rules.flow, 0, self.account.rules.default_queue, now)
    }

    /// Arms the step's timer.
    fn wait(&mut self, placed: &Placed) -> Option<i64> {
        match placed {
            Placed::InQueue { queue, step, until } => {
                self.timers.extend(until.map(|until| (*step, until)));
                Some(queue.0)
            }
            Placed::Unassigned { queue, .. } => Some(queue.0),
        }
    }

    fn open(
        &mut self,
        one: &Arriving<'_>,
        contact: Option<&store::contact::Contact>,
        placed: &Placed,
        now: Timestamp,
    ) {
        let address = &self.address;
        let mut rules = Rules {
            id: 0.into(),
            account: self.account.rules.id,
            address: address.id.into(),
            state: State::Flow,
            queue: None,
            owner: None,
            first_owner: None,
            was_with: None,
            flow_step: 0,
            flow_ended: false,
            controller: Controller::Flow,
            epoch: 0,
            waiting_since: None,
            accepted_at: None,
            closed_at: None,
            reopened_at: None,
        };
        rules.place(placed, now);
        let sender = &one.message.sender;
        let profile = sender.profile_name.clone().or_else(|| address.profile_name.clone());
        let customer = contact
            .map(store::contact::Contact::name)
            .filter(|name| !name.is_empty())
            .or(profile)
            .or_else(|| address.username.clone())
            .unwrap_or_else(|| address.digits.as_ref().map_or_else(|| address.key.clone(), |digits| format!("+{digits}")));
        let mut interaction = Interaction {
            id: 0,
            account_id: address.account_id,
            address_id: address.id,
            contact_id: address.contact_id,
            state: String::new(),
            queue_id: None,
            owner_id: None,
            first_owner_id: None,
            was_with_id: None,
            flow_step: 0,
            flow_ended: false,
            controller: String::new(),
            epoch: 0,
            started_at: millis(now),
            waiting_since: None,
            accepted_at: None,
            closed_at: None,
            reopened_at: None,
            customer,
            phone: address.digits.clone(),
            window_expires_at: None,
            window_cause: None,
            last_at: thread_at(one),
            last_message_id: None,
            last_direction: None,
            last_kind: None,
            last_preview: None,
            last_status: None,
            unread: 0,
            marked_unread: false,
            unmanaged: 0,
            unanswered_since: None,
            read_through: 0,
            message_count: 0,
            tags: pronto_db::Json(Vec::new()),
            version: 1,
        };
        interaction.adopt(&rules);
        self.interaction = Some(interaction);
        self.fresh = true;
        // The readings of the window rule that count from an interaction's beginning begin anew.
        self.address.first_inbound_at = None;
        self.address.first_template_at = None;
    }

    /// Learns what the message tells of its sender.
    fn meet(&mut self, message: &Inbound) {
        let address = &mut self.address;
        let sender = &message.sender;
        let learn = |known: &mut Option<String>, told: &Option<String>| {
            if told.is_some() && known != told {
                known.clone_from(told);
            }
        };
        learn(&mut address.digits, &sender.digits);
        learn(&mut address.user_id, &sender.user_id);
        learn(&mut address.profile_name, &sender.profile_name);
        learn(&mut address.username, &sender.username);
        if let Effect::Moved { digits, user_id } = &message.effect {
            learn(&mut address.digits, digits);
            learn(&mut address.user_id, user_id);
        }
    }

    fn move_window(&mut self, written: i64, quiet: bool) {
        if quiet {
            return;
        }
        let address = &mut self.address;
        address.latest_inbound_at = Some(address.latest_inbound_at.map_or(written, |at| at.max(written)));
        address.first_inbound_at.get_or_insert(written);
        let facts = Facts {
            latest_inbound: address.latest_inbound_at.map(instant),
            first_inbound: address.first_inbound_at.map(instant),
            first_template: address.first_template_at.map(instant),
            shut_by_provider: address.shut_by_provider_at.map(instant),
        };
        address.window_expires_at = window::expires_at(self.account.rules.window_rule, &facts).map(millis);
        address.window_cause = Some("message".to_owned());
    }

    /// The message's row; its interaction is filled in once that has an id.
    fn row(&self, one: &Arriving<'_>) -> store::message::New {
        let message = one.message;
        let quiet = message.kind == Kind::System;
        let thread_at = thread_at(one);
        let before_this = self.interaction.as_ref().map(|one| one.started_at).filter(|_| !self.fresh);
        store::message::New {
            interaction_id: 0,
            account_id: self.address.account_id,
            address_id: self.address.id,
            direction: if quiet { Direction::System } else { Direction::In }.as_str(),
            kind: message.kind.as_str(),
            body: message.text.clone(),
            content: message.content.clone(),
            author_kind: if quiet { "system" } else { "customer" },
            author_id: None,
            provider_id: Some(message.provider_id.clone()),
            client_id: None,
            reply_to_id: None,
            reply_to_provider: message.reply_to.clone(),
            effect: match message.effect {
                Effect::Own => None,
                Effect::React { .. } => Some("react"),
                Effect::Edit { .. } => Some("edit"),
                Effect::Delete { .. } => Some("delete"),
                Effect::Moved { .. } => Some("moved"),
            },
            target_id: None,
            shown: quiet || message.effect == Effect::Own,
            thread_at,
            sent_at: message.sent_at.map(millis),
            status: None,
            forwarded: message.forwarded,
            late: self.closed_before.or(before_this).is_some_and(|closed| thread_at < closed),
            attachments: i64::from(message.media.is_some()),
            raw: message.raw.clone(),
        }
    }
}

/// When the customer wrote: the provider's clock, but never later than the arrival.
fn written_at(one: &Arriving<'_>) -> i64 {
    one.message.sent_at.map_or(one.received_at, |sent| millis(sent).min(one.received_at))
}

/// Where it stands in the thread. Provider times are whole seconds, so a message of this second may have been written
/// at its end.
fn thread_at(one: &Arriving<'_>) -> i64 {
    let latest = |sent: Timestamp| millis(sent.checked_add(SignedDuration::from_millis(999)).unwrap_or(sent));
    one.message.sent_at.map_or(one.received_at, |sent| latest(sent).min(one.received_at))
}

/// The words a list shows for a message; the desktop words what has none.
fn words_of(message: &Inbound) -> String {
    let text = match (&message.text, &message.content) {
        (Some(text), _) => text.as_str(),
        (None, Content::Location { name: Some(name), .. }) => name,
        (None, Content::Reply { title, .. }) => title,
        (None, Content::Contacts { cards }) => cards.first().map_or("", |card| card.name.as_str()),
        (None, _) => message.media.as_ref().and_then(|media| media.name.as_deref()).unwrap_or(""),
    };
    preview(text)
}
