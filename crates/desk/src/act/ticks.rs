//! What news of attempts does to messages, rows of lists, windows and the health of accounts: one statement a table,
//! and an event only for what really changed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::account::WindowRule;
use pronto_domain::attempt::{Change, Verdict};
use pronto_domain::delivery::{self, State};
use pronto_domain::window::{self, Facts};
use pronto_store as store;
use store::attempt::Attempt;
use store::event::{self, Kind};
use store::message::Failure;

use crate::act::react;
use crate::{Result, failure};

/// Attempts of some messages, all of each, and what has become of them.
pub(super) struct Ticks {
    attempts: BTreeMap<i64, Attempt>,
    by_provider: BTreeMap<(i64, String), i64>,
    changed: BTreeSet<i64>,
    shut: BTreeMap<i64, (WindowRule, i64)>,
    health: BTreeMap<i64, (&'static str, Option<String>)>,
    now: Timestamp,
}

/// What is told of one attempt.
pub(super) enum News {
    Answered(Verdict),
    Heard(State),
    /// Time has passed.
    Passed,
}

impl Ticks {
    pub(super) fn new(attempts: Vec<Attempt>, now: Timestamp) -> Self {
        let key = |attempt: &Attempt| Some(((attempt.account_id, attempt.provider_id.clone()?), attempt.id));
        Self {
            by_provider: attempts.iter().filter_map(key).collect(),
            attempts: attempts.into_iter().map(|attempt| (attempt.id, attempt)).collect(),
            changed: BTreeSet::new(),
            shut: BTreeMap::new(),
            health: BTreeMap::new(),
            now,
        }
    }

    pub(super) fn get(&self, attempt: i64) -> Option<&Attempt> {
        self.attempts.get(&attempt)
    }

    pub(super) fn by_provider(&self, account: i64, provider_id: &str) -> Option<i64> {
        self.by_provider.get(&(account, provider_id.to_owned())).copied()
    }

    /// Tells an attempt. `provider_id` is learnt if it was not known; `why` is kept if it has failed.
    pub(super) fn tell(
        &mut self,
        attempt: i64,
        news: News,
        provider_id: Option<&str>,
        why: Option<Failure>,
    ) -> Result<Change> {
        let now = self.now;
        let Some(attempt) = self.attempts.get_mut(&attempt) else { return Ok(Change::None) };
        let mut rules = attempt.rules()?;
        let change = match news {
            News::Answered(verdict) => rules.answered(verdict, now),
            News::Heard(state) => rules.heard(state, now),
            News::Passed => rules.passed(now),
        };
        if change != Change::None {
            attempt.adopt(&rules);
            let why = why.or_else(|| attempt.failure.take().map(|json| json.0));
            attempt.failure = match (change, rules.state) {
                (Change::GaveUp, _) => Some(failure::lane_timeout(why.as_ref())),
                (_, State::Failed) => Some(why.unwrap_or_else(failure::unexplained)),
                (_, State::Unknown) => Some(why.unwrap_or_else(failure::interrupted)),
                // What went wrong this time, in case time runs out.
                (_, State::Queued) => why,
                _ => None,
            }
            .map(Json);
            self.changed.insert(attempt.id);
        }
        if let (None, Some(provider_id)) = (&attempt.provider_id, provider_id) {
            let key = (attempt.account_id, provider_id.to_owned());
            if let Entry::Vacant(free) = self.by_provider.entry(key) {
                free.insert(attempt.id);
                attempt.provider_id = Some(provider_id.to_owned());
                self.changed.insert(attempt.id);
            }
        }
        Ok(change)
    }

    /// The provider said, at `at`, that the window of an attempt's address is shut.
    pub(super) fn shut(&mut self, attempt: i64, rule: WindowRule, at: Timestamp) {
        if let Some(attempt) = self.attempts.get(&attempt) {
            let at = store::millis(at.min(self.now));
            let known = self.shut.entry(attempt.address_id).or_insert((rule, at));
            known.1 = known.1.max(at);
        }
    }

    /// How an account is, as far as this news tells.
    pub(super) fn health(&mut self, account: i64, state: &'static str, detail: Option<String>) {
        self.health.insert(account, (state, detail));
    }

    /// Writes all of it.
    pub(super) async fn save(self, tx: &mut Tx) -> Result<()> {
        let at = store::millis(self.now);
        let changed: Vec<&Attempt> = self.changed.iter().filter_map(|id| self.attempts.get(id)).collect();
        store::attempt::save(tx, &changed).await?;
        let mut events = Vec::new();
        let messages: BTreeSet<i64> = changed.iter().map(|attempt| attempt.message_id).collect();
        let shown = self.shown(&messages)?;
        let mut failed = Vec::new();
        for message in store::tick::show(tx, &shown).await? {
            if message.status == State::Failed.as_str() {
                failed.push(message.id);
            }
            if message.shown {
                events.push(event::New::on(Kind::Message, message.interaction_id, message.id));
            }
            if let (Some("react"), Some(target), "failed") =
                (message.effect.as_deref(), message.target_id, message.status.as_str())
            {
                react::undo(tx, message.interaction_id, target, &mut events).await?;
            }
        }
        store::address::recontact_failed(tx, &failed).await?;
        self.shut_windows(tx, &mut events).await?;
        for (account, (state, detail)) in &self.health {
            if store::health::note(tx, *account, state, detail.as_deref(), at).await? {
                events.push(event::New::changed("accounts"));
            }
        }
        event::append(tx, &events, at).await?;
        Ok(())
    }

    fn shown(&self, messages: &BTreeSet<i64>) -> Result<Vec<store::tick::Shown<'_>>> {
        let mut of: BTreeMap<i64, Vec<&Attempt>> = BTreeMap::new();
        for attempt in self.attempts.values().filter(|attempt| messages.contains(&attempt.message_id)) {
            of.entry(attempt.message_id).or_default().push(attempt);
        }
        let mut shown = Vec::with_capacity(of.len());
        for (id, attempts) in of {
            let states = attempts.iter().map(|attempt| attempt.state.parse()).collect::<Result<Vec<State>, _>>()?;
            let state = delivery::shown(&states);
            let why = matches!(state, State::Failed | State::Unknown).then(|| attempts.last()).flatten();
            shown.push(store::tick::Shown {
                id,
                interaction_id: attempts.first().map_or(0, |attempt| attempt.interaction_id),
                status: state.as_str(),
                failure: why.and_then(|attempt| attempt.failure.as_ref()).map(|json| &json.0),
            });
        }
        Ok(shown)
    }

    async fn shut_windows(&self, tx: &mut Tx, events: &mut Vec<event::New>) -> Result<()> {
        if self.shut.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = self.shut.keys().copied().collect();
        let mut addresses = Vec::new();
        let mut windows = Vec::new();
        for mut address in store::address::lock(tx, &ids).await? {
            let Some((rule, at)) = self.shut.get(&address.id) else { continue };
            // What the customer wrote since then has opened it again.
            if address.latest_inbound_at.is_some_and(|latest| latest > *at) {
                continue;
            }
            address.shut_by_provider_at = address.shut_by_provider_at.max(Some(*at));
            let facts = Facts {
                latest_inbound: address.latest_inbound_at.map(store::instant),
                first_inbound: address.first_inbound_at.map(store::instant),
                first_template: address.first_template_at.map(store::instant),
                shut_by_provider: address.shut_by_provider_at.map(store::instant),
            };
            let expires_at = window::expires_at(*rule, &facts).map(store::millis);
            if expires_at == address.window_expires_at {
                continue;
            }
            address.window_expires_at = expires_at;
            address.window_cause = Some("provider".to_owned());
            windows.extend(address.last_interaction_id.map(|interaction_id| store::tick::Window {
                interaction_id,
                expires_at,
                cause: address.window_cause.clone(),
            }));
            addresses.push(store::address::Change::from(&address));
        }
        store::address::save(tx, &addresses).await?;
        for interaction in store::tick::windows(tx, &windows).await? {
            events.push(event::New::on(Kind::Interaction, interaction, interaction));
        }
        Ok(())
    }
}
