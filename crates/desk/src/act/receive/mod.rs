//! Receives deliveries: what customers wrote, how far our messages came, what else a provider tells.
//!
//! It takes a slice of deliveries and touches each table with one statement, because one statement costs more than
//! ten rows in it. Everything is decided in memory by the rules of `domain`.
mod apply;
mod effect;
mod people;
mod thread;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::inbound::{Batch, Effect, Inbound, Item, Update};
use pronto_domain::message::Kind;
use pronto_domain::provider::Provider;
use pronto_store as store;
use store::delivery::{Applied, Outcome};
use store::event;

use crate::Result;
use crate::act::status::{self, StatusIn};
use crate::act::template;
use crate::config::{Account, Config};

/// A delivery, read by its connector outside the transaction.
pub struct Delivery {
    pub id: i64,
    /// The account its path named.
    pub account: Arc<Account>,
    pub received_at: i64,
    /// What it held, or why it could not be read.
    pub read: Result<Batch, String>,
}

/// What is received, and the configuration it is received under.
pub struct Receive {
    pub config: Arc<Config>,
    pub deliveries: Vec<Delivery>,
}

/// What receiving led to, for whoever runs it.
#[derive(Debug, Default)]
pub struct Received {
    /// Something waits for an agent now.
    pub waiting: bool,
    pub messages: usize,
}

/// A customer's message on its way into a thread.
pub(crate) struct Arriving<'a> {
    pub delivery: usize,
    pub account: &'a Arc<Account>,
    pub received_at: i64,
    pub message: &'a Inbound,
}

impl Arriving<'_> {
    /// Whether it is no word of the customer's of its own: it opens nothing.
    pub(crate) fn is_notice(&self) -> bool {
        self.message.kind == Kind::System || self.message.effect != Effect::Own
    }
}

/// Applies deliveries.
pub async fn receive(tx: &mut Tx, now: Timestamp, input: &Receive) -> Result<Received> {
    let at = store::millis(now);
    let mut ends = Ends::new(&input.deliveries);
    let mut arriving = Vec::new();
    let mut statuses = Vec::new();
    for (index, delivery) in input.deliveries.iter().enumerate() {
        let Ok(batch) = &delivery.read else { continue };
        for item in &batch.items {
            let account = account_of(&input.config, &delivery.account, item);
            match (account, &item.update) {
                (None, update) => ends.note(index, label(update), "failed", Some(unknown_number(item))),
                (Some(account), Update::Message(message)) => {
                    arriving.push(Arriving { delivery: index, account, received_at: delivery.received_at, message });
                }
                (Some(account), Update::Status(status)) => {
                    statuses.push((
                        index,
                        StatusIn {
                            account: account.rules.id,
                            provider: account.endpoint.provider(),
                            window_rule: account.rules.window_rule,
                            status: status.clone(),
                        },
                    ));
                }
                (Some(account), update @ Update::Event(event)) => {
                    let business = &account.row.business_account_id;
                    let (outcome, why) = match template::sync::heed(tx, now, business, event).await? {
                        Some("applied") => ("applied", None),
                        Some(why) => ("applied", Some(why)),
                        None => ("ignored", Some("kept; nothing acts on it")),
                    };
                    ends.note(index, label(update), outcome, why.map(str::to_owned));
                }
            }
        }
    }
    let mut received = Received::default();
    let mut events = Vec::new();
    // Attempts are locked before interactions here as everywhere, so that no two acts wait for each other.
    if !statuses.is_empty() {
        let (of, statuses): (Vec<usize>, Vec<StatusIn>) = statuses.into_iter().unzip();
        for (index, outcome) in of.into_iter().zip(status::apply(tx, now, &statuses).await?) {
            ends.push(index, outcome);
        }
    }
    let (mut fresh, early) = drop_known(tx, arriving, &mut ends).await?;
    if !fresh.is_empty() {
        // What is about another message comes after it, if both come at once.
        fresh.sort_by_key(|one| effect::target_of(one.message).is_some());
        let people = people::resolve(tx, &fresh, at).await?;
        let (fresh, people) = people.known_only(fresh, &mut ends);
        received.messages = fresh.len();
        received.waiting = apply::apply(tx, now, input, &fresh, &early, people, &mut ends, &mut events).await?;
    }
    let settled = ends.settle(&input.deliveries);
    if settled.iter().any(|one| one.state == "failed") {
        events.push(event::New::changed("deliveries"));
    }
    event::append(tx, &events, at).await?;
    if store::delivery::settle(tx, &settled, at).await? != settled.len() as u64 {
        // Another node was faster with one of them: look again.
        return Err(pronto_db::Error::Retry.into());
    }
    Ok(received)
}

/// The account an item is for: that of the path, or a sibling number of the same app. An app's secret signed the
/// delivery, so a number under another secret is none of its business.
fn account_of<'a>(config: &'a Config, named: &'a Arc<Account>, item: &Item) -> Option<&'a Arc<Account>> {
    let Some(number) = &item.number else { return Some(named) };
    // A messaging service of Twilio's stands for whichever of its numbers was written to.
    let service = named.endpoint.provider() == Provider::Twilio && named.row.phone_number_id.starts_with("MG");
    if service || *number == named.row.phone_number_id {
        return Some(named);
    }
    let secret = named.signing_secret()?.expose();
    config.accounts.values().find(|sibling| {
        sibling.row.deleted_at.is_none()
            && sibling.row.phone_number_id == *number
            && sibling.endpoint.provider() == named.endpoint.provider()
            && sibling.signing_secret().is_some_and(|its| its.expose() == secret)
    })
}

fn unknown_number(item: &Item) -> String {
    format!("unknown number: no account has phone number id {}", item.number.as_deref().unwrap_or("?"))
}

fn label(update: &Update) -> String {
    match update {
        Update::Message(message) => format!("message {}", message.provider_id),
        Update::Status(status) => format!("status {} {}", status.state, status.provider_id),
        Update::Event(event) => match &event.sub {
            Some(sub) => format!("event {} {sub}", event.name),
            None => format!("event {}", event.name),
        },
    }
}

/// Leaves out what is here already, and repeats within the batch. Answers also the reactions, edits and deletions that
/// came before their message, which is among these.
async fn drop_known<'a>(
    tx: &mut Tx,
    arriving: Vec<Arriving<'a>>,
    ends: &mut Ends,
) -> Result<(Vec<Arriving<'a>>, Vec<i64>)> {
    let wanted: Vec<store::message::ProviderId> = arriving
        .iter()
        .map(|one| store::message::ProviderId {
            account_id: one.account.row.id,
            provider_id: one.message.provider_id.clone(),
        })
        .collect();
    let (early, known): (Vec<_>, Vec<_>) =
        store::message::known(tx, &wanted).await?.into_iter().partition(|known| known.early);
    let mut seen: BTreeSet<(i64, String)> =
        known.into_iter().map(|known| (known.account_id, known.provider_id)).collect();
    let mut fresh = Vec::with_capacity(arriving.len());
    for one in arriving {
        if seen.insert((one.account.row.id, one.message.provider_id.clone())) {
            fresh.push(one);
        } else {
            ends.note(one.delivery, format!("message {}", one.message.provider_id), "duplicate", None);
        }
    }
    Ok((fresh, early.into_iter().map(|one| one.id).collect()))
}

/// How each delivery ends, gathered item by item.
pub(crate) struct Ends {
    outcomes: BTreeMap<usize, Vec<Outcome>>,
    count: usize,
}

impl Ends {
    fn new(deliveries: &[Delivery]) -> Self {
        Self { outcomes: BTreeMap::new(), count: deliveries.len() }
    }

    pub(crate) fn note(&mut self, delivery: usize, item: String, outcome: &str, detail: Option<String>) {
        self.push(delivery, Outcome { item, outcome: outcome.to_owned(), detail });
    }

    fn push(&mut self, delivery: usize, outcome: Outcome) {
        self.outcomes.entry(delivery).or_default().push(outcome);
    }

    /// A delivery has failed if anything in it has; else it was applied if anything was; else it repeats what is
    /// known, or held nothing to act on.
    fn settle(mut self, deliveries: &[Delivery]) -> Vec<Applied> {
        let mut settled = Vec::with_capacity(self.count);
        for (index, delivery) in deliveries.iter().enumerate() {
            let outcomes = self.outcomes.remove(&index).unwrap_or_default();
            if let Err(reason) = &delivery.read {
                let reason = Some(reason.clone());
                settled.push(Applied { id: delivery.id, state: "failed", reason, updates: None, outcomes: None });
                continue;
            }
            let of = |word: &str| outcomes.iter().find(|one| one.outcome == word);
            let (state, deciding) = match (of("failed"), of("applied"), of("duplicate"), of("ignored")) {
                (Some(failed), ..) => ("failed", Some(failed)),
                (_, Some(_), ..) => ("applied", None),
                (_, _, Some(_), _) => ("duplicate", None),
                (.., Some(ignored)) => ("ignored", Some(ignored)),
                _ => ("ignored", None),
            };
            let reason = match deciding {
                Some(outcome) => outcome.detail.clone().or_else(|| Some(outcome.item.clone())),
                None => outcomes.is_empty().then(|| "it held no updates".to_owned()),
            };
            // A lone message that was applied needs no list: the common case stays small.
            let plain = outcomes.len() == 1 && state == "applied";
            settled.push(Applied {
                id: delivery.id,
                state,
                reason,
                updates: i64::try_from(outcomes.len()).ok(),
                outcomes: (!plain).then_some(outcomes),
            });
        }
        settled
    }
}
