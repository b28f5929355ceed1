//! A batch of events with everything that changed loaded, and what each viewer is told of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use pronto_db::{Result, Tx};
use pronto_desk::Config;
use pronto_domain::access::{Masking, Permission, Role, Seen, Viewer};
use pronto_domain::contact::Level;
use pronto_domain::id::{ContactListId, QueueId, UserId};
use pronto_domain::interaction::State;
use pronto_store as store;
use store::event::{Event, Kind};

use super::Frame;
use crate::view::{self, Beside, Held, Lens, May, Messages};

/// Everything a batch of events is about.
pub(super) struct Batch {
    events: Vec<Event>,
    interactions: BTreeMap<i64, store::interaction::Interaction>,
    /// Who has a card of an interaction now.
    offered: BTreeMap<i64, Vec<UserId>>,
    messages: Messages,
    message_at: BTreeMap<i64, usize>,
    offers: BTreeMap<i64, store::offer::Offer>,
    cards: Vec<store::offer::Card>,
    presences: BTreeMap<i64, (store::presence::Presence, Held)>,
    queues: BTreeMap<i64, view::QueueCard>,
    contacts: BTreeMap<i64, store::contact::Contact>,
    /// What stands beside those contacts.
    beside: Beside,
    scheduled: BTreeMap<i64, store::scheduled::Scheduled>,
    notices: BTreeMap<i64, store::notice::Notice>,
}

/// Viewers with equal keys are told the same, byte for byte.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    All,
    Seen(Masking, May),
    Masked(Masking),
    Own(i64),
    Gone,
}

impl Batch {
    pub(super) async fn load(tx: &mut Tx, config: &Config, now: Timestamp, events: Vec<Event>) -> Result<Self> {
        let of = |kind: Kind| -> Vec<i64> {
            let found: BTreeSet<i64> =
                events.iter().filter(|event| event.kind() == Some(kind)).map(|event| event.subject).collect();
            found.into_iter().collect()
        };
        let topics: BTreeSet<i64> = events.iter().filter_map(|event| event.topic).collect();
        let topics: Vec<i64> = topics.into_iter().collect();
        let interactions: BTreeMap<i64, _> = match topics.is_empty() {
            true => BTreeMap::new(),
            false => store::interaction::by_ids(tx, &topics).await?.into_iter().map(|row| (row.id, row)).collect(),
        };
        let asked = |row: &&store::interaction::Interaction| row.is(State::Offered) || row.transfer.is_some();
        let on_offer: Vec<i64> = interactions.values().filter(asked).map(|row| row.id).collect();
        let offers = of(Kind::Offer);
        let mut offered: BTreeMap<i64, Vec<UserId>> = BTreeMap::new();
        if !on_offer.is_empty() {
            for card in store::offer::cards_on(tx, &on_offer).await? {
                if card.state == "pending" {
                    offered.entry(card.interaction_id).or_default().push(UserId(card.user_id));
                }
            }
        }
        let messages = of(Kind::Message);
        let messages = match messages.is_empty() {
            true => Messages::default(),
            false => {
                let rows = store::message::by_ids(tx, &messages).await?;
                view::messages(tx, rows).await?
            }
        };
        let message_at = messages.rows.iter().enumerate().map(|(index, row)| (row.id, index)).collect();
        let (offers, cards) = match offers.is_empty() {
            true => (BTreeMap::new(), Vec::new()),
            false => {
                let cards = store::offer::cards_of(tx, &offers).await?;
                let rows = store::offer::by_ids(tx, &offers).await?;
                (rows.into_iter().map(|row| (row.id, row)).collect(), cards)
            }
        };
        let users = of(Kind::Presence);
        let mut presences = BTreeMap::new();
        if !users.is_empty() {
            let loads = store::interaction::open_of(tx, &users).await?;
            for row in store::presence::of(tx, &users).await? {
                let held = Held::of(&loads, row.user_id);
                presences.insert(row.user_id, (row, held));
            }
        }
        // Who is free in a queue changes with presence too, so every queue of those users is told.
        let mut queues: BTreeSet<i64> = of(Kind::Queue).into_iter().collect();
        for user in users.iter().map(|user| UserId(*user)) {
            queues.extend(config.queues.iter().filter(|(_, queue)| queue.members.contains(&user)).map(|(id, _)| id.0));
        }
        let queues: Vec<i64> = queues.into_iter().collect();
        let cards_of_queues = match queues.is_empty() {
            true => Vec::new(),
            false => {
                // Numbers of queues are nobody's secret: any viewer's lens gives the same.
                let viewer = nobody();
                view::queue_cards(tx, &Lens { config, viewer: &viewer, now }, &queues).await?
            }
        };
        let contacts = of(Kind::Contact);
        let contacts = match contacts.is_empty() {
            true => Vec::new(),
            false => store::contact::any_by_ids(tx, &contacts).await?,
        };
        let beside = Beside::load(tx, &contacts).await?;
        let contacts = contacts.into_iter().map(|row| (row.id, row)).collect();
        let scheduled = of(Kind::Scheduled);
        let scheduled = match scheduled.is_empty() {
            true => BTreeMap::new(),
            false => store::scheduled::by_ids(tx, &scheduled).await?.into_iter().map(|row| (row.id, row)).collect(),
        };
        let notices = of(Kind::Notice);
        let notices = match notices.is_empty() {
            true => BTreeMap::new(),
            false => store::notice::by_ids(tx, &notices).await?.into_iter().map(|row| (row.id, row)).collect(),
        };
        Ok(Self {
            events,
            interactions,
            offered,
            messages,
            message_at,
            offers,
            cards,
            presences,
            queues: cards_of_queues.into_iter().map(|card| (card.id, card)).collect(),
            contacts,
            beside,
            scheduled,
            notices,
        })
    }

    pub(super) fn events(&self) -> &[Event] {
        &self.events
    }

    /// Which view of an event a viewer gets; `None` = the event is not for them.
    pub(super) fn key(&self, lens: &Lens<'_>, event: &Event) -> Option<Key> {
        let viewer = lens.viewer;
        match event.kind()? {
            Kind::Message | Kind::Interaction => {
                let row = self.interactions.get(&event.topic?)?;
                if self.sees(viewer, row) {
                    return Some(Key::Seen(viewer.masking, lens.may(row)));
                }
                self.saw(viewer, row, event).then_some(Key::Gone)
            }
            Kind::Offer | Kind::Notice => {
                let told = event.payload.as_ref().is_some_and(|facts| facts.0.users.contains(&viewer.user.0));
                told.then_some(Key::Own(viewer.user.0))
            }
            Kind::Presence => {
                let row = self.presences.get(&event.subject)?;
                let may = row.0.user_id == viewer.user.0 || viewer.may(Permission::Realtime);
                may.then_some(Key::All)
            }
            Kind::Queue => self.sees_queue(viewer, event.subject).then_some(Key::All),
            Kind::Contact => {
                let row = self.contacts.get(&event.subject)?;
                let shows = |list: i64| viewer.rights(ContactListId(list)).allows(Level::View);
                // The topic names one of its interactions: whoever sees that may see the contact.
                let met = || {
                    event
                        .topic
                        .and_then(|topic| self.interactions.get(&topic))
                        .is_some_and(|one| self.sees(viewer, one))
                };
                let seen = shows(row.list_id) || met();
                if seen && row.deleted_at.is_none() {
                    return Some(Key::Masked(viewer.masking));
                }
                let left = event.payload.as_ref().and_then(|facts| facts.0.list);
                (seen || left.is_some_and(shows)).then_some(Key::Gone)
            }
            Kind::Scheduled => {
                let row = self.scheduled.get(&event.subject)?;
                let theirs = row.user_id == viewer.user.0 || self.sees(viewer, self.interactions.get(&event.topic?)?);
                theirs.then_some(Key::Own(viewer.user.0))
            }
            Kind::Changed => {
                let facts = &event.payload.as_ref()?.0;
                let concerns = facts.users.is_empty() || facts.users.contains(&viewer.user.0);
                let may = concerns
                    && match facts.what.as_deref()? {
                        "deliveries" => viewer.may(Permission::Ledger),
                        "blocks" => viewer.may(Permission::ReviewBlocks),
                        _ => true,
                    };
                may.then_some(Key::All)
            }
            Kind::SignedOut => (event.subject == viewer.user.0).then_some(Key::All),
            Kind::Delivery => viewer.may(Permission::Ledger).then_some(Key::All),
        }
    }

    /// The frame of an event for one of those with the same key.
    pub(super) fn frame(&self, lens: &Lens<'_>, event: &Event, key: &Key, position: String) -> Option<Frame> {
        if *key == Key::Gone {
            return Some(match event.kind()? {
                Kind::Contact => Frame::ContactGone { position, id: event.subject },
                _ => Frame::Gone { position, id: event.topic? },
            });
        }
        Some(match event.kind()? {
            Kind::Interaction => {
                let interaction = Box::new(lens.interaction(self.interactions.get(&event.topic?)?));
                Frame::Interaction { position, interaction }
            }
            Kind::Message => {
                let row = self.interactions.get(&event.topic?)?;
                let message = self.messages.rows.get(*self.message_at.get(&event.subject)?)?;
                Frame::Message {
                    position,
                    message: Box::new(self.messages.view(lens, message, &row.customer)),
                    interaction: Box::new(lens.interaction(row)),
                }
            }
            Kind::Offer => {
                let offer = self.offers.get(&event.subject)?;
                let mine = |card: &&store::offer::Card| card.offer_id == offer.id && card.user_id == lens.viewer.user.0;
                let card = self.cards.iter().find(mine)?;
                Frame::Offer { position, offer: lens.offer(offer, card, self.interactions.get(&event.topic?)?) }
            }
            Kind::Presence => {
                let (row, held) = self.presences.get(&event.subject)?;
                Frame::Presence { position, presence: lens.presence(row, *held) }
            }
            Kind::Queue => Frame::Queue { position, queue: self.queues.get(&event.subject)?.clone() },
            Kind::Contact => Frame::Contact {
                position,
                contact: Box::new(lens.contact(self.contacts.get(&event.subject)?, &self.beside)),
            },
            Kind::Scheduled => {
                let owner = self.interactions.get(&event.topic?)?.owner_id;
                let scheduled = Box::new(lens.scheduled(self.scheduled.get(&event.subject)?, owner));
                Frame::Scheduled { position, scheduled }
            }
            Kind::Changed => {
                Frame::Changed { position, what: event.payload.as_ref().and_then(|facts| facts.0.what.clone())? }
            }
            Kind::Notice => {
                let row = event.topic.and_then(|topic| self.interactions.get(&topic));
                let row = row.filter(|row| self.sees(lens.viewer, row));
                Frame::Notice { position, notice: lens.notice(self.notices.get(&event.subject)?, row) }
            }
            Kind::SignedOut => Frame::SignedOut { position },
            Kind::Delivery => Frame::Changed { position, what: "deliveries".to_owned() },
        })
    }

    /// What an event changes beside its own frame: the queues of whoever came or went, and the sight of those whose
    /// card began or ended. These frames say `before`, the position before the event: whoever is cut off between them
    /// and the event's own gets all of it again.
    pub(super) fn beside(&self, lens: &Lens<'_>, event: &Event, before: &str) -> Vec<Frame> {
        let position = || before.to_owned();
        match event.kind() {
            Some(Kind::Presence) => {
                let user = UserId(event.subject);
                let theirs = |queue: i64| {
                    lens.config.queues.get(&QueueId(queue)).is_some_and(|queue| queue.members.contains(&user))
                };
                let seen = self.queues.values().filter(|card| theirs(card.id) && self.sees_queue(lens.viewer, card.id));
                seen.map(|queue| Frame::Queue { position: position(), queue: queue.clone() }).collect()
            }
            Some(Kind::Offer) => {
                let told = event.payload.as_ref().is_some_and(|facts| facts.0.users.contains(&lens.viewer.user.0));
                let row = event.topic.and_then(|topic| self.interactions.get(&topic)).filter(|_| told);
                let frame = row.map(|row| match self.sees(lens.viewer, row) {
                    true => Frame::Interaction { position: position(), interaction: Box::new(lens.interaction(row)) },
                    false => Frame::Gone { position: position(), id: row.id },
                });
                frame.into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Every frame of an event for one viewer, in order.
    pub(super) fn frames(&self, lens: &Lens<'_>, event: &Event, before: &str, position: &str) -> Vec<Frame> {
        let mut frames = self.beside(lens, event, before);
        if let Some(key) = self.key(lens, event) {
            frames.extend(self.frame(lens, event, &key, position.to_owned()));
        }
        frames
    }

    fn sees_queue(&self, viewer: &Viewer, queue: i64) -> bool {
        viewer.queues.contains(&QueueId(queue)) || viewer.may(Permission::Realtime)
    }

    fn sees(&self, viewer: &Viewer, row: &store::interaction::Interaction) -> bool {
        viewer.sees(&Seen { offered: self.offered.get(&row.id).cloned().unwrap_or_default(), ..row.seen() })
    }

    /// Whether the viewer saw it before this event.
    fn saw(&self, viewer: &Viewer, row: &store::interaction::Interaction, event: &Event) -> bool {
        let Some(was) = event.payload.as_ref().and_then(|facts| facts.0.was.as_ref()) else { return false };
        viewer.sees(&Seen { owner: was.owner.map(UserId), queue: was.queue.map(QueueId), ..row.seen() })
    }
}

fn nobody() -> Viewer {
    Viewer {
        user: UserId(0),
        role: Role::Agent,
        scope: pronto_domain::access::Scope::Own,
        permissions: BTreeSet::new(),
        masking: Masking::default(),
        accounts: BTreeSet::new(),
        queues: BTreeSet::new(),
        lists: BTreeMap::new(),
    }
}
