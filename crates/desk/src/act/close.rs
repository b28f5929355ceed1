//! Closing interactions and saying how they ended: one or several at a time, by a person or by the desk itself.

use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::disposition::{self, Belongs};
use pronto_domain::id::{AccountId, DispositionId, InteractionId, UserId};
use pronto_domain::interaction::Interaction as Rules;
use pronto_store as store;
use serde_json::json;
use store::event;
use store::interaction::Interaction;

use crate::act::hold::changed;
use crate::act::line::{self, Line};
use crate::act::offer;
use crate::{Config, Error, Result};

/// Somebody closes an interaction.
#[derive(Clone, Debug)]
pub struct Close {
    pub interaction: InteractionId,
    pub user: UserId,
    pub supervisor: bool,
    /// How it ended.
    pub disposition: Option<DispositionId>,
    pub config: Arc<Config>,
}

pub async fn close(tx: &mut Tx, now: Timestamp, input: &Close) -> Result<Interaction> {
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let mut rules = interaction.rules()?;
    rules.close(Some(input.user), input.supervisor, now)?;
    rules.disposition = ending(tx, &input.config, &interaction, input.disposition).await?;
    let said = Line::by("closed", input.user);
    let closing = Closing { config: &input.config, rules: &rules, said, by: Some(input.user) };
    let mut events = Vec::new();
    finish(tx, now, &mut interaction, closing, &mut events).await?;
    event::append(tx, &events, store::millis(now)).await?;
    Ok(interaction)
}

/// What a person may end it with; where it is wanted, they must say something.
async fn ending(
    tx: &mut Tx,
    config: &Config,
    interaction: &Interaction,
    chosen: Option<DispositionId>,
) -> Result<Option<DispositionId>> {
    let belongs = belongs(tx, config, interaction).await?;
    let (account, queue) = config.wants_disposition(interaction);
    match chosen {
        Some(chosen) if config.dispositions.fits(chosen, belongs) => Ok(Some(chosen)),
        Some(_) => Err(unfit()),
        None if disposition::required(account, queue, config.dispositions.choices(belongs).len()) => {
            Err(Error::Impossible {
                code: "disposition_required",
                detail: "choose how it ended: its account or queue wants a disposition".to_owned(),
            })
        }
        None => Ok(None),
    }
}

fn unfit() -> Error {
    Error::invalid("disposition_id", "unknown", "no disposition an interaction of this account and queue may end with")
}

/// What an interaction belongs to, its contact's list included.
pub async fn belongs(tx: &mut Tx, config: &Config, interaction: &Interaction) -> Result<Belongs> {
    let by_list = config.dispositions.all().any(|one| matches!(one.scope, disposition::Scope::List(_)));
    let contact = match interaction.contact_id.filter(|_| by_list) {
        Some(contact) => store::contact::by_ids(tx, &[contact]).await?.pop(),
        None => None,
    };
    Ok(config.belongs(interaction, contact.map(|contact| contact.list_id)))
}

/// Closes several of them. Each stands for itself: what cannot be closed is told with its reason.
#[derive(Clone, Debug)]
pub struct CloseMany {
    pub interactions: Vec<InteractionId>,
    pub user: UserId,
    pub supervisor: bool,
    pub disposition: Option<DispositionId>,
    pub config: Arc<Config>,
}

/// What became of several.
#[derive(Debug, Default)]
pub struct Many {
    pub done: Vec<Interaction>,
    pub failed: Vec<(InteractionId, Error)>,
}

pub async fn close_many(tx: &mut Tx, now: Timestamp, input: &CloseMany) -> Result<Many> {
    let mut many = Many::default();
    let mut wanted = input.interactions.clone();
    wanted.sort_unstable();
    wanted.dedup();
    for interaction in wanted {
        let CloseMany { user, supervisor, disposition, ref config, .. } = *input;
        let one = Close { interaction, user, supervisor, disposition, config: config.clone() };
        match close(tx, now, &one).await {
            Ok(closed) => many.done.push(closed),
            // Refused before anything was written; anything else breaks the whole act off.
            Err(error @ (Error::Refused(_) | Error::Invalid { .. } | Error::Impossible { .. })) => {
                many.failed.push((interaction, error));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(many)
}

/// Says how a closed interaction ended, now or differently.
#[derive(Clone, Debug)]
pub struct Dispose {
    pub interaction: InteractionId,
    pub user: UserId,
    pub supervisor: bool,
    /// `None` takes it back, where none is wanted.
    pub disposition: Option<DispositionId>,
    pub config: Arc<Config>,
}

pub async fn dispose(tx: &mut Tx, now: Timestamp, input: &Dispose) -> Result<Interaction> {
    let at = store::millis(now);
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let mut rules = interaction.rules()?;
    let before = rules.disposition;
    if !rules.dispose(input.disposition, input.user, input.supervisor)? {
        return Ok(interaction);
    }
    ending(tx, &input.config, &interaction, input.disposition).await?;
    interaction.adopt(&rules);
    let words = |id: DispositionId| input.config.dispositions.path(id).join(" › ");
    let mut said = Line::by("disposed", input.user);
    if let Some(to) = input.disposition {
        said = said.with("disposition", words(to));
    }
    if let Some(from) = before {
        said = said.with("from", words(from));
    }
    line::add(tx, &mut interaction, &said, at).await?;
    store::interaction::save_one(tx, &mut interaction).await?;
    let entry = store::audit::Entry {
        at,
        user: Some(input.user.0),
        action: "interaction.disposed",
        subject: format!("interaction {}", interaction.id),
        before: &json!({ "disposition_id": before }),
        after: &json!({ "disposition_id": input.disposition }),
    };
    store::audit::write(tx, entry).await?;
    let was = event::Was { owner: interaction.owner_id, queue: interaction.queue_id };
    event::append(tx, &[changed(&interaction, "disposed", input.user, was)], at).await?;
    Ok(interaction)
}

/// Closes by the desk itself, with the disposition its account has for that. Nobody's wrap-up begins.
pub(super) async fn by_itself(
    tx: &mut Tx,
    now: Timestamp,
    config: &Config,
    interaction: &mut Interaction,
    said: Line,
    events: &mut Vec<event::New>,
) -> Result<()> {
    let mut rules = interaction.rules()?;
    rules.close(None, true, now)?;
    let account = config.accounts.get(&AccountId(interaction.account_id));
    rules.disposition = account.and_then(|account| account.rules.closing.system_disposition);
    finish(tx, now, interaction, Closing { config, rules: &rules, said, by: None }, events).await
}

struct Closing<'a> {
    config: &'a Config,
    /// As the rules have closed it.
    rules: &'a Rules,
    said: Line,
    /// `None` for the desk itself.
    by: Option<UserId>,
}

async fn finish(
    tx: &mut Tx,
    now: Timestamp,
    interaction: &mut Interaction,
    closing: Closing<'_>,
    events: &mut Vec<event::New>,
) -> Result<()> {
    let Closing { config, rules, mut said, by } = closing;
    let at = store::millis(now);
    let was = event::Was { owner: interaction.owner_id, queue: interaction.queue_id };
    let waited = interaction.owner_id.is_none();
    interaction.adopt(rules);
    interaction.unread = 0;
    interaction.marked_unread = false;
    interaction.unmanaged = 0;
    interaction.unanswered_since = None;
    offer::settle(tx, interaction, "withdrawn", at, events).await?;
    if let Some(disposition) = rules.disposition {
        said = said.with("disposition", config.dispositions.path(disposition).join(" › "));
    }
    line::add(tx, interaction, &said, at).await?;
    store::interaction::save_one(tx, interaction).await?;
    if let Some(owner) = interaction.owner_id {
        if by.is_some() {
            let queue = interaction.queue_id.and_then(|queue| config.queues.get(&queue.into()));
            let wrap_up = queue.map_or(0, |queue| queue.row.wrap_up_s).saturating_mul(1_000);
            let busy = (wrap_up > 0).then_some(at.saturating_add(wrap_up));
            store::presence::handled(tx, owner, config.settings.day(now), busy).await?;
        } else {
            store::presence::touch(tx, &[owner]).await?;
        }
        events.push(event::New::of(event::Kind::Presence, owner));
    }
    events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(event::Facts {
        what: Some("closed".to_owned()),
        by: by.map(|by| by.0),
        was: Some(was),
        ..event::Facts::default()
    }));
    if waited {
        events.extend(interaction.queue_id.map(|queue| event::New::of(event::Kind::Queue, queue)));
    }
    Ok(())
}
