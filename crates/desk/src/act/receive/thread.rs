//! What becomes of one customer's thread when a message joins it: which interaction takes it, and what it moves.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use pronto_domain::flow::{self, Placed};
use pronto_domain::id::UserId;
use pronto_domain::inbound::{Effect, Inbound};
use pronto_domain::interaction::{Interaction as Rules, Receives, receive};
use pronto_domain::message::{Content, Direction, Kind, preview};
use pronto_domain::sentiment::Sentiment;
use pronto_domain::window::{self, Facts};
use pronto_store as store;
use store::address::Address;
use store::event;
use store::interaction::Interaction;
use store::{instant, millis};

use super::Arriving;
use super::effect::{target_of, word};
use crate::Result;
use crate::act::fresh;
use crate::act::hold::timer;
use crate::config::Account;

/// What one address's thread becomes.
pub(super) struct Thread<'a> {
    pub(super) account: &'a Account,
    pub(super) address: Address,
    /// The open interaction, or the latest; `None` before the first.
    pub(super) interaction: Option<Interaction>,
    /// Not stored yet.
    pub(super) fresh: bool,
    pub(super) changed: bool,
    /// What ends the step it was put in; its interaction may have no id yet.
    pub(super) timer: Option<store::timer::New>,
    /// It was closed and is open again: who saw it before.
    pub(super) reopened: Option<event::Was>,
    /// What finds the address has changed.
    pub(super) renamed: bool,
    /// It was put off, and counts again.
    pub(super) woken: bool,
}

impl<'a> Thread<'a> {
    /// As it stands before anything of this batch.
    pub(super) fn new(account: &'a Account, address: Address, interaction: Option<Interaction>) -> Self {
        Self {
            account,
            address,
            interaction,
            fresh: false,
            changed: false,
            timer: None,
            reopened: None,
            renamed: false,
            woken: false,
        }
    }
}

impl Thread<'_> {
    /// Takes one message in, and notes the queue it waits in since now, if it does; `false` if it is about nothing we
    /// have.
    pub(super) fn take(
        &mut self,
        one: &Arriving<'_>,
        contact: Option<&store::contact::Contact>,
        free: &BTreeSet<i64>,
        queues: &mut BTreeSet<i64>,
        now: Timestamp,
    ) -> Result<bool> {
        let message = one.message;
        let before = self.interaction.as_ref().map(Interaction::rules).transpose()?;
        let grace = self.account.rules.grace_s;
        let answers = self.address.recontact_until.map(instant);
        let blocked = self.address.blocked;
        let free = |owner: UserId| free.contains(&owner.0);
        match receive(before.as_ref(), one.is_notice(), blocked, grace, answers, free, now) {
            Receives::Nothing => return Ok(false),
            Receives::Join => {}
            Receives::Reopen { owner } => {
                let placed = self.place(now);
                if let (Some(mut rules), Some(interaction)) = (before, self.interaction.as_mut()) {
                    self.reopened = Some(event::Was { owner: interaction.owner_id, queue: interaction.queue_id });
                    rules.reopen(owner, &placed, now);
                    interaction.adopt(&rules);
                }
                if owner.is_none() {
                    queues.insert(self.wait(&placed));
                }
            }
            Receives::Open => {
                let placed = self.place(now);
                self.open(one, contact, &placed, now);
                queues.insert(self.wait(&placed));
            }
        }
        let written = written_at(one);
        self.meet(message, written);
        if !one.is_notice() {
            self.answered();
        }
        if moves_window(message) {
            self.move_window(written);
        }
        let address = &self.address;
        if let Some(interaction) = self.interaction.as_mut() {
            self.changed = true;
            interaction.phone.clone_from(&address.digits);
            interaction.window_expires_at = address.window_expires_at;
            interaction.window_cause.clone_from(&address.window_cause);
            if is_shown(message) {
                interaction.message_count += 1;
            }
            // A quiet line is no word of the conversation: it moves nothing in lists.
            // Nor does what a blocked sender writes: it is kept, and asks for nobody.
            if is_shown(message) && !is_quiet(message) && !blocked {
                let mut rules = interaction.rules()?;
                if rules.wake(true, now) {
                    interaction.adopt(&rules);
                    self.woken = true;
                }
                let thread_at = thread_at(one);
                interaction.unread += 1;
                interaction.unmanaged += 1;
                interaction.heard(None, Sentiment::of_message(message.kind, message.text.as_deref()));
                interaction.unanswered_since.get_or_insert(thread_at);
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
        Ok(true)
    }

    fn place(&self, now: Timestamp) -> Placed {
        flow::run(&self.account.rules.flow, 0, self.account.rules.default_queue, now)
    }

    /// Arms the step's timer; answers the queue.
    fn wait(&mut self, placed: &Placed) -> i64 {
        self.timer = self.interaction.as_ref().and_then(|interaction| timer(interaction, placed));
        match placed {
            Placed::InQueue { queue, .. } | Placed::Unassigned { queue, .. } => queue.0,
        }
    }

    fn open(&mut self, one: &Arriving<'_>, contact: Option<&store::contact::Contact>, placed: &Placed, now: Timestamp) {
        let address = &self.address;
        let profile = one.message.sender.profile_name.as_deref();
        let mut interaction = fresh::interaction(address, contact, profile, millis(now));
        let mut rules = Rules::new(0.into(), self.account.rules.id, address.id.into());
        rules.place(placed, now);
        interaction.last_at = thread_at(one);
        interaction.adopt(&rules);
        self.interaction = Some(interaction);
        self.fresh = true;
        // The readings of the window rule that count from an interaction's beginning begin anew.
        self.address.first_inbound_at = None;
        self.address.first_template_at = None;
    }

    /// Learns what the message tells of its sender, unless we know something newer.
    fn meet(&mut self, message: &Inbound, written: i64) {
        let address = &mut self.address;
        let overtaken = address.latest_inbound_at.is_some_and(|latest| written < latest);
        let mut learn = |known: &mut Option<String>, told: &Option<String>| {
            if told.is_some() && known != told && !(overtaken && known.is_some()) {
                known.clone_from(told);
                self.renamed = true;
            }
        };
        let sender = &message.sender;
        learn(&mut address.digits, &sender.digits);
        learn(&mut address.user_id, &sender.user_id);
        learn(&mut address.profile_name, &sender.profile_name);
        learn(&mut address.username, &sender.username);
        if let Effect::Moved { digits, user_id } = &message.effect {
            learn(&mut address.digits, digits);
            learn(&mut address.user_id, user_id);
        }
    }

    /// The customer has written: no recontact template waits for them any more.
    fn answered(&mut self) {
        let address = &mut self.address;
        if address.recontact_id.take().is_some() {
            (address.recontact_at, address.recontact_until) = (None, None);
            // The readings of the window rule that count from a beginning begin with this answer.
            address.first_inbound_at = None;
        }
    }

    fn move_window(&mut self, written: i64) {
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
    pub(super) fn row(&self, one: &Arriving<'_>) -> store::message::New {
        let message = one.message;
        let quiet = is_quiet(message);
        store::message::New {
            interaction_id: 0,
            account_id: self.address.account_id,
            address_id: self.address.id,
            direction: if quiet { Direction::System } else { Direction::In }.as_str(),
            kind: message.kind.as_str(),
            body: match &message.effect {
                Effect::React { emoji, .. } => emoji.clone(),
                _ => message.text.clone(),
            },
            content: message.content.clone(),
            author_kind: if quiet { "system" } else { "customer" },
            author_id: None,
            provider_id: Some(message.provider_id.clone()),
            client_id: None,
            reply_to_id: None,
            reply_to_provider: target_of(message).or(message.reply_to.as_ref()).cloned(),
            effect: word(&message.effect),
            target_id: None,
            shown: is_shown(message),
            thread_at: thread_at(one),
            sent_at: message.sent_at.map(millis),
            status: None,
            forwarded: message.forwarded,
            late: false,
            attachments: i64::from(message.media.is_some()),
            raw: message.raw.clone(),
        }
    }
}

/// A line that the network wrote, not the customer.
fn is_quiet(message: &Inbound) -> bool {
    message.kind == Kind::System
}

/// Whether it stands in the thread by itself.
fn is_shown(message: &Inbound) -> bool {
    target_of(message).is_none()
}

/// Whether the customer did something that lets us write for a day: taking a message back is none.
fn moves_window(message: &Inbound) -> bool {
    !is_quiet(message) && !matches!(message.effect, Effect::Delete { .. } | Effect::Moved { .. })
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
