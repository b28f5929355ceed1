//! Transfers: an owner proposes to hand an interaction on, and what comes of it. A transfer stands as an offer, so that
//! its cards, and the answers to them, are those of offers.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pronto_db::Tx;
use pronto_domain::id::{AccountId, InteractionId, QueueId, UserId};
use pronto_domain::interaction::Refused;
use pronto_domain::notice::Kind;
use pronto_domain::presence::{self, Declared};
use pronto_domain::transfer::{Card, Colleague, Ending, Target, Transfer, asked};
use pronto_store as store;
use serde_json::json;
use store::interaction::{Interaction, Pending};
use store::offer::Offer;
use store::{event, instant, millis};

use crate::act::line::{self, Line};
use crate::act::notice::{self, Notice};
use crate::act::offer::{self, told};
use crate::act::record::{self, Record};
use crate::{Config, Error, Result};

/// The most letters of a note to who is asked.
pub const NOTE_AT_MOST: usize = 500;

/// Somebody proposes to hand an interaction on.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub interaction: InteractionId,
    pub by: UserId,
    pub supervisor: bool,
    pub to: Target,
    pub note: Option<String>,
    pub config: Arc<Config>,
}

/// What came of it.
#[derive(Debug)]
pub struct Proposed {
    pub interaction: Interaction,
    /// `Nobody` where it ended at once.
    pub ending: Option<Ending>,
}

pub async fn propose(tx: &mut Tx, now: Timestamp, input: &Proposal) -> Result<Proposed> {
    let at = millis(now);
    let config = &input.config;
    let note = input.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > NOTE_AT_MOST) {
        return Err(Error::invalid("note", "too_long", format!("at most {NOTE_AT_MOST} characters")));
    }
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let rules = interaction.rules()?;
    let owner = rules.may_hand_on(input.by, input.supervisor)?;
    if interaction.transfer.is_some() {
        return Err(Refused::TransferPending.into());
    }
    let (members, to_name) = whom(config, input.to)?;
    let colleagues = colleagues(tx, config, now, rules.account, &members).await?;
    let (reach, timeout_s) = config.handing(rules.account);
    let users = asked(input.to, owner, reach, &colleagues)?;
    let ends_at = now + SignedDuration::from_secs(timeout_s);
    let transfer = Transfer::propose(owner, &users, ends_at);
    let (to_id, queue_id) = match input.to {
        Target::Agent { user_id } => (Some(user_id.0), None),
        Target::Queue { queue_id } => (None, Some(queue_id.0)),
    };
    let new = store::offer::NewTransfer {
        interaction_id: interaction.id,
        from_id: owner.0,
        from_name: &config.user_name(owner.0),
        by_id: input.by.0,
        to_id,
        queue_id,
        to_name: &to_name,
        note,
        starts_at: at,
        ends_at: millis(ends_at),
        result: transfer.ending.map(Ending::as_str),
    };
    let offer_id = store::offer::add_transfer(tx, &new).await?;
    let mut events = Vec::new();
    if transfer.ending.is_none() {
        let card = |user: &UserId| store::offer::NewCard { offer_id, user_id: user.0, interaction_id: interaction.id };
        let cards: Vec<store::offer::NewCard> = users.iter().map(card).collect();
        store::offer::add_cards(tx, &cards, at).await?;
        let timer = store::timer::New { kind: "transfer", subject: offer_id, armed: 0, due_at: millis(ends_at) };
        store::timer::arm(tx, &[timer]).await?;
        let pending = Pending { offer_id, by_id: input.by.0, to_id, queue_id, ends_at: millis(ends_at) };
        interaction.transfer = Some(pronto_db::Json(pending));
        let facts = event::Facts { users: users.iter().map(|user| user.0).collect(), ..event::Facts::default() };
        events.push(event::New::on(event::Kind::Offer, interaction.id, offer_id).facts(facts));
    }
    let said = Line::by("transfer_proposed", input.by).with("to", &to_name);
    line::add(tx, &mut interaction, &said, at).await?;
    if let Some(ending) = transfer.ending {
        let offer = store::offer::by_ids(tx, &[offer_id]).await?.pop().ok_or(pronto_db::Error::NotFound)?;
        back(tx, at, &mut interaction, &offer, ending, Some(input.by), &mut events).await?;
    }
    store::interaction::save_one(tx, &mut interaction).await?;
    events.push(changed(&interaction, "transfer_proposed", Some(input.by), None));
    event::append(tx, &events, at).await?;
    Ok(Proposed { interaction, ending: transfer.ending })
}

/// Who might be asked, and what the target is called.
fn whom(config: &Config, to: Target) -> Result<(Vec<UserId>, String)> {
    let unknown = |field: &str| Error::invalid(field, "unknown", "there is nobody such");
    match to {
        Target::Agent { user_id } => {
            let known = config.users.get(&user_id).filter(|user| user.row.deleted_at.is_none());
            let known = known.ok_or_else(|| unknown("to.user_id"))?;
            Ok((vec![user_id], known.row.name.clone()))
        }
        Target::Queue { queue_id } => {
            let known = config.queues.get(&queue_id).filter(|queue| queue.row.deleted_at.is_none());
            let known = known.ok_or_else(|| unknown("to.queue_id"))?;
            Ok((known.members.clone(), known.row.name.clone()))
        }
    }
}

/// How it stands with users who might get work of an account.
pub(super) async fn colleagues(
    tx: &mut Tx,
    config: &Config,
    now: Timestamp,
    account: AccountId,
    users: &[UserId],
) -> Result<Vec<Colleague>> {
    let ids: Vec<i64> = users.iter().map(|user| user.0).collect();
    let loads = store::interaction::open_of(tx, &ids).await?;
    let mut colleagues = Vec::with_capacity(ids.len());
    for row in store::presence::of(tx, &ids).await? {
        let user = UserId(row.user_id);
        let open = loads.iter().find(|load| load.owner_id == row.user_id).map_or(0, |load| load.count);
        let capacity = config.users.get(&user).map_or(0, |user| user.row.capacity);
        colleagues.push(Colleague {
            user,
            state: state(&row, config, now)?,
            on_account: on_account(config, account, user),
            room: capacity == 0 || open < capacity,
        });
    }
    Ok(colleagues)
}

fn state(row: &store::presence::Presence, config: &Config, now: Timestamp) -> Result<Declared> {
    Ok(presence::effective(row.declared.parse()?, instant(row.seen_at), config.settings.reconnect_grace_s, now))
}

/// Whether they are associated with the account, directly or by team.
pub(super) fn on_account(config: &Config, account: AccountId, user: UserId) -> bool {
    config.accounts.get(&account).is_some_and(|account| account.members.contains(&user))
}

/// The transfer that an offer is.
fn read(offer: &Offer, cards: &[store::offer::Card]) -> Result<Transfer> {
    let of = cards.iter().filter(|card| card.offer_id == offer.id);
    let cards = of.map(|card| Ok((UserId(card.user_id), card.state.parse::<Card>()?)));
    Ok(Transfer {
        from: UserId(offer.from_id.unwrap_or_default()),
        cards: cards.collect::<Result<BTreeMap<UserId, Card>>>()?,
        ends_at: instant(offer.ends_at),
        ending: match (&offer.result, offer.open) {
            (Some(result), false) => Some(result.parse()?),
            _ => None,
        },
    })
}

/// One of those who were asked accepts: ownership moves.
pub(super) async fn accept(
    tx: &mut Tx,
    now: Timestamp,
    interaction: &mut Interaction,
    offer: &Offer,
    by: UserId,
    config: &Config,
) -> Result<()> {
    let at = millis(now);
    let before = read(offer, &store::offer::cards_of(tx, &[offer.id]).await?)?;
    let mut after = before.clone();
    after.accept(by, now)?;
    let mut rules = interaction.rules()?;
    if !on_account(config, rules.account, by) {
        return Err(Refused::NotOnAccount { user: by }.into());
    }
    rules.hand_over(before.from, by, offer.queue_id.map(QueueId), now)?;
    let was = event::Was { owner: interaction.owner_id, queue: interaction.queue_id };
    interaction.adopt(&rules);
    interaction.transfer = None;
    let mut events = Vec::new();
    write(tx, at, offer, &before, &after, &mut events).await?;
    let from_name = offer.from_name.as_deref().unwrap_or_default();
    let said = Line::by("transfer_accepted", by).with("from", from_name);
    line::add(tx, interaction, &said, at).await?;
    store::interaction::save_one(tx, interaction).await?;
    store::presence::answered(tx, by.0).await?;
    store::presence::touch(tx, &[before.from.0]).await?;
    events.push(changed(interaction, "transferred", Some(by), Some(was)));
    events.extend([before.from, by].map(|user| event::New::of(event::Kind::Presence, user.0)));
    let told = Notice::on(interaction.id, Kind::TransferAccepted, asking(offer)).by(Some(by));
    notice::tell(tx, at, &[told], &mut events).await?;
    event::append(tx, &events, at).await?;
    let record = Record {
        by: Some(by),
        action: "interaction.transferred",
        subject: format!("interaction {}", interaction.id),
        before: json!({ "owner": before.from }),
        after: json!({ "owner": by, "proposed_by": offer.by_id, "queue": offer.queue_id }),
        what: &[],
    };
    record::write(tx, at, record).await?;
    offer::no_more_than_fit(tx, at, by).await
}

/// One of those who were asked says no.
pub(super) async fn reject(
    tx: &mut Tx,
    at: i64,
    mut interaction: Interaction,
    offer: &Offer,
    by: UserId,
) -> Result<()> {
    change(tx, at, &mut interaction, offer, Some(by), |transfer| Ok(transfer.reject(by)?)).await
}

/// The owner or a supervisor takes a proposal back.
#[derive(Clone, Copy, Debug)]
pub struct Cancel {
    pub interaction: InteractionId,
    /// Which transfer.
    pub offer: i64,
    pub by: UserId,
    pub supervisor: bool,
}

pub async fn cancel(tx: &mut Tx, now: Timestamp, input: &Cancel) -> Result<Interaction> {
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let pending = interaction.transfer.as_ref().filter(|pending| pending.0.offer_id == input.offer);
    let Some(offer_id) = pending.map(|pending| pending.0.offer_id) else { return Err(Refused::NoTransfer.into()) };
    interaction.rules()?.may_hand_on(input.by, input.supervisor)?;
    let offer = store::offer::by_ids(tx, &[offer_id]).await?.pop().ok_or(Refused::NoTransfer)?;
    change(tx, millis(now), &mut interaction, &offer, Some(input.by), |transfer| Ok(transfer.cancel()?)).await?;
    Ok(interaction)
}

/// Transfers whose time is up.
pub async fn lapse(tx: &mut Tx, now: Timestamp, offers: &[i64]) -> Result<()> {
    each(tx, millis(now), offers, |_, transfer| transfer.lapse(now)).await
}

/// Users who can no longer answer leave these transfers.
pub(super) async fn leave(tx: &mut Tx, at: i64, offers: &[i64], users: &[i64]) -> Result<()> {
    let users: Vec<UserId> = users.iter().copied().map(UserId).collect();
    each(tx, at, offers, |_, transfer| transfer.leave(&users)).await
}

/// Who has a card and can no longer answer it, by transfer: not there any more, or no longer of the account.
async fn unreachable(tx: &mut Tx, now: Timestamp, config: &Config) -> Result<BTreeMap<i64, Vec<UserId>>> {
    let open = store::offer::open_transfers(tx).await?;
    if open.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<i64> = open.iter().map(|offer| offer.id).collect();
    let subjects: Vec<i64> = open.iter().map(|offer| offer.interaction_id).collect();
    let accounts: BTreeMap<i64, i64> = store::interaction::by_ids(tx, &subjects)
        .await?
        .into_iter()
        .map(|interaction| (interaction.id, interaction.account_id))
        .collect();
    let mut cards = store::offer::cards_of(tx, &ids).await?;
    cards.retain(|card| card.state == Card::Pending.as_str());
    let users: Vec<i64> = cards.iter().map(|card| card.user_id).collect();
    let mut there = BTreeMap::new();
    for row in store::presence::of(tx, &users).await? {
        there.insert(row.user_id, state(&row, config, now)? == Declared::Available);
    }
    let mut gone: BTreeMap<i64, Vec<UserId>> = BTreeMap::new();
    for card in cards {
        let account = accounts.get(&card.interaction_id).copied().map(AccountId);
        let of_it = account.is_some_and(|account| on_account(config, account, UserId(card.user_id)));
        if !of_it || !there.get(&card.user_id).copied().unwrap_or(false) {
            gone.entry(card.offer_id).or_default().push(UserId(card.user_id));
        }
    }
    Ok(gone)
}

/// Whether a sweep would change anything; only reads.
pub async fn due(tx: &mut Tx, now: Timestamp, config: &Config) -> Result<bool> {
    Ok(!unreachable(tx, now, config).await?.is_empty())
}

/// Takes the cards from those who can no longer answer, however they came to be so.
pub async fn sweep(tx: &mut Tx, now: Timestamp, config: &Arc<Config>) -> Result<()> {
    let gone = unreachable(tx, now, config).await?;
    let offers: Vec<i64> = gone.keys().copied().collect();
    let left = |offer: i64| gone.get(&offer).map_or(&[][..], Vec::as_slice);
    each(tx, millis(now), &offers, |offer, transfer| transfer.leave(left(offer))).await
}

/// The interaction goes another way, so what is proposed of it is moot. The caller saves the interaction.
pub(super) async fn moot(
    tx: &mut Tx,
    at: i64,
    interaction: &mut Interaction,
    events: &mut Vec<event::New>,
) -> Result<()> {
    let Some(pending) = interaction.transfer.take() else { return Ok(()) };
    for offer in store::offer::by_ids(tx, &[pending.0.offer_id]).await? {
        let before = read(&offer, &store::offer::cards_of(tx, &[offer.id]).await?)?;
        let mut after = before.clone();
        after.moot();
        write(tx, at, &offer, &before, &after, events).await?;
    }
    Ok(())
}

/// Lets something happen to each of these transfers. Their interactions are locked first: who accepts one meanwhile is
/// done before or comes after.
async fn each(tx: &mut Tx, at: i64, offers: &[i64], happen: impl Fn(i64, &mut Transfer)) -> Result<()> {
    if offers.is_empty() {
        return Ok(());
    }
    let subjects: Vec<i64> =
        store::offer::by_ids(tx, offers).await?.into_iter().map(|offer| offer.interaction_id).collect();
    let mut interactions = store::interaction::lock_all(tx, &subjects).await?;
    for offer in store::offer::by_ids(tx, offers).await?.into_iter().filter(|offer| offer.open) {
        if let Some(interaction) = interactions.iter_mut().find(|one| one.id == offer.interaction_id) {
            let happened = |transfer: &mut Transfer| {
                happen(offer.id, transfer);
                Ok(())
            };
            change(tx, at, interaction, &offer, None, happened).await?;
        }
    }
    Ok(())
}

/// Lets something happen to a transfer other than being accepted, and writes what came of it.
async fn change(
    tx: &mut Tx,
    at: i64,
    interaction: &mut Interaction,
    offer: &Offer,
    by: Option<UserId>,
    happen: impl FnOnce(&mut Transfer) -> Result<()>,
) -> Result<()> {
    let before = read(offer, &store::offer::cards_of(tx, &[offer.id]).await?)?;
    let mut after = before.clone();
    happen(&mut after)?;
    if after == before {
        return Ok(());
    }
    let mut events = Vec::new();
    write(tx, at, offer, &before, &after, &mut events).await?;
    if let Some(ending) = after.ending {
        interaction.transfer = None;
        back(tx, at, interaction, offer, ending, by, &mut events).await?;
        store::interaction::save_one(tx, interaction).await?;
        events.push(changed(interaction, "transfer_ended", by, None));
    }
    Ok(event::append(tx, &events, at).await?)
}

/// It stays with its owner: a line says why, and where it was not the owner's own doing it is among their unread again
/// and they are told. The caller saves the interaction.
async fn back(
    tx: &mut Tx,
    at: i64,
    interaction: &mut Interaction,
    offer: &Offer,
    ending: Ending,
    by: Option<UserId>,
    events: &mut Vec<event::New>,
) -> Result<()> {
    let to = offer.to_name.as_deref().unwrap_or_default();
    let code = match ending {
        // Their coming is told by what has happened to the interaction.
        Ending::Accepted | Ending::Moot => return Ok(()),
        Ending::Rejected => "transfer_rejected",
        Ending::Expired => "transfer_expired",
        Ending::Nobody => "transfer_nobody",
        Ending::Cancelled => "transfer_cancelled",
        Ending::Unreachable => "transfer_unreachable",
    };
    let said = match by.filter(|_| ending != Ending::Nobody) {
        Some(by) => Line::by(code, by),
        None => Line::system(code),
    };
    line::add(tx, interaction, &said.with("to", to), at).await?;
    if ending.comes_back() {
        interaction.marked_unread = true;
        let told = Notice::on(interaction.id, Kind::TransferBack, asking(offer))
            .by(by)
            .with("result", ending.as_str())
            .with("to", to);
        notice::tell(tx, at, &[told], events).await?;
    }
    Ok(())
}

/// Whom the end of a transfer concerns: the owner, and who proposed it.
fn asking(offer: &Offer) -> impl Iterator<Item = UserId> {
    [offer.from_id, offer.by_id].into_iter().flatten().map(UserId)
}

/// Writes how the cards and the transfer have changed, and adds the event of those whose cards did.
async fn write(
    tx: &mut Tx,
    at: i64,
    offer: &Offer,
    before: &Transfer,
    after: &Transfer,
    events: &mut Vec<event::New>,
) -> Result<()> {
    let mut users = Vec::new();
    for (user, card) in after.cards.iter().filter(|(user, card)| before.cards.get(*user) != Some(*card)) {
        store::offer::end_card(tx, offer.id, user.0, card.as_str(), at).await?;
        users.push(user.0);
    }
    if let Some(ending) = after.ending {
        store::offer::end(tx, &[offer.id], ending.as_str(), at).await?;
    }
    if !users.is_empty() {
        events.push(told(offer, users));
    }
    Ok(())
}

fn changed(interaction: &Interaction, what: &str, by: Option<UserId>, was: Option<event::Was>) -> event::New {
    let facts = event::Facts { what: Some(what.to_owned()), by: by.map(i64::from), was, ..event::Facts::default() };
    event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(facts)
}
