//! Putting an interaction off: until the customer writes, or until a time. It does not count against the capacity
//! meanwhile, and comes back on top.

use jiff::{SignedDuration, Timestamp};
use pronto_db::Tx;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::interaction::Snooze;
use pronto_domain::notice::Kind;
use pronto_store as store;
use store::event;
use store::interaction::Interaction;

use crate::act::hold::changed;
use crate::act::line::{self, Line};
use crate::act::notice::{self, Notice};
use crate::act::offer;
use crate::{Error, Result};

/// The farthest anything is put off to.
const FARTHEST: SignedDuration = SignedDuration::from_hours(366 * 24);

#[derive(Clone, Copy, Debug)]
pub struct PutOff {
    pub interaction: InteractionId,
    pub user: UserId,
    pub supervisor: bool,
    /// `None` takes it up again.
    pub snooze: Option<Snooze>,
}

pub async fn put_off(tx: &mut Tx, now: Timestamp, input: &PutOff) -> Result<Interaction> {
    let at = store::millis(now);
    if let Some(until) = input.snooze.and_then(Snooze::until) {
        let latest = now.checked_add(FARTHEST).unwrap_or(Timestamp::MAX);
        if until <= now || until > latest {
            return Err(Error::invalid("until", "out_of_range", "a time to come, within a year"));
        }
    }
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let mut rules = interaction.rules()?;
    if !rules.put_off(input.snooze, input.user, input.supervisor)? {
        return Ok(interaction);
    }
    interaction.adopt(&rules);
    let said = match input.snooze {
        None => Line::by("taken_up", input.user),
        Some(Snooze::Customer) => Line::by("put_off", input.user),
        Some(Snooze::Until(until)) => Line::by("put_off", input.user).with("until", until),
    };
    line::add(tx, &mut interaction, &said, at).await?;
    store::interaction::save_one(tx, &mut interaction).await?;
    if let Some(until) = interaction.snooze_until {
        let timer = store::timer::New { kind: "snooze", subject: interaction.id, armed: until, due_at: until };
        store::timer::arm(tx, &[timer]).await?;
    }
    let was = event::Was { owner: interaction.owner_id, queue: interaction.queue_id };
    let mut events = vec![changed(&interaction, "put_off", input.user, was)];
    if let Some(owner) = interaction.owner_id {
        store::presence::touch(tx, &[owner]).await?;
        events.push(event::New::of(event::Kind::Presence, owner));
    }
    event::append(tx, &events, at).await?;
    if input.snooze.is_none()
        && let Some(owner) = interaction.owner_id
    {
        offer::no_more_than_fit(tx, at, UserId(owner)).await?;
    }
    Ok(interaction)
}

/// Interactions whose time has come, each with the time its timer was armed for.
pub async fn due(tx: &mut Tx, now: Timestamp, due: &[(i64, i64)]) -> Result<()> {
    let at = store::millis(now);
    let ids: Vec<i64> = due.iter().map(|(id, _)| *id).collect();
    let mut events = Vec::new();
    let mut owners = Vec::new();
    for mut interaction in store::interaction::lock_all(tx, &ids).await? {
        let armed = interaction.snooze_until.map(|until| (interaction.id, until));
        let mut rules = interaction.rules()?;
        if !armed.is_some_and(|armed| due.contains(&armed)) || !rules.wake(false, now) {
            continue;
        }
        interaction.adopt(&rules);
        line::add(tx, &mut interaction, &Line::system("reminded"), at).await?;
        // On top, and among the unread: that is what a reminder is for.
        interaction.last_at = interaction.last_at.max(at);
        interaction.marked_unread = true;
        store::interaction::save_one(tx, &mut interaction).await?;
        let facts = event::Facts { what: Some("reminded".to_owned()), ..event::Facts::default() };
        events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(facts));
        if let Some(owner) = interaction.owner_id {
            let told = Notice::on(interaction.id, Kind::Reminded, [UserId(owner)]);
            notice::tell(tx, at, &[told], &mut events).await?;
            owners.push(owner);
        }
    }
    owners.sort_unstable();
    owners.dedup();
    store::presence::touch(tx, &owners).await?;
    events.extend(owners.iter().map(|owner| event::New::of(event::Kind::Presence, *owner)));
    event::append(tx, &events, at).await?;
    for owner in owners {
        offer::no_more_than_fit(tx, at, UserId(owner)).await?;
    }
    Ok(())
}
