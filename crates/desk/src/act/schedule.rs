//! Sending later: a message is planned, and when its time comes it is sent as if it were written then. Whether it may be
//! is asked then, by the same rules; what may not be sent is kept with the reason.

use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{InteractionId, MessageId, ScheduledId, UserId};
use pronto_domain::interaction::Refused;
use pronto_domain::{compose, schedule};
use pronto_store as store;
use store::event::{self, Facts, Kind};
use store::message::Message;
use store::millis;
use store::scheduled::Scheduled;
use store::timer;
use uuid::Uuid;

use crate::act::notice::{self, Notice};
use crate::act::send::{self, Send, What};
use crate::{Config, Error, Result};

/// The kind of its timer: the subject is the scheduled message, armed by its version.
pub const TIMER: &str = "scheduled";

/// Somebody plans a message. Whether they may see the interaction is the caller's to check.
#[derive(Clone, Debug)]
pub struct Plan {
    pub interaction: InteractionId,
    pub user: UserId,
    /// Made by the writer's screen: a repeat of it answers with the first result.
    pub client_id: Uuid,
    pub text: String,
    pub reply_to: Option<MessageId>,
    /// The last message the writer's screen showed.
    pub seen_through: Option<MessageId>,
    /// Do not send it if the customer writes before.
    pub unless_written: bool,
    pub due_at: Timestamp,
}

/// What is `None` stays as it is. One that failed waits again.
#[derive(Clone, Debug)]
pub struct Change {
    pub user: UserId,
    pub id: ScheduledId,
    /// The version it was made on.
    pub version: i64,
    pub text: Option<String>,
    pub due_at: Option<Timestamp>,
    pub unless_written: Option<bool>,
}

/// Somebody wants it gone, or gone out, now.
#[derive(Clone, Copy, Debug)]
pub struct By {
    pub user: UserId,
    pub supervisor: bool,
    pub id: ScheduledId,
}

/// Its time has come.
#[derive(Clone, Debug)]
pub struct Due {
    pub id: ScheduledId,
    /// The version that armed the timer.
    pub armed: i64,
    pub config: Arc<Config>,
}

/// Plans it. Only who may write now plans; what is in between is asked when the time comes.
pub async fn plan(tx: &mut Tx, now: Timestamp, input: &Plan) -> Result<Scheduled> {
    let at = millis(now);
    let interaction = store::interaction::lock(tx, input.interaction.0).await?;
    if let Some(known) = store::scheduled::by_client_id(tx, input.client_id).await? {
        let same = known.interaction_id == interaction.id && known.user_id == input.user.0;
        return if same { Ok(known) } else { Err(taken()) };
    }
    if store::message::by_client_id(tx, input.client_id).await?.is_some() {
        return Err(taken());
    }
    interaction.rules()?.may_write(input.user)?;
    if let Some(quoted) = input.reply_to {
        send::of_thread(tx, &interaction, quoted).await?;
    }
    let text = fit(&input.text)?;
    in_time(input.due_at, now)?;
    let seen_through = match input.seen_through {
        Some(seen) => seen.0,
        None => store::message::latest(tx, interaction.id).await?,
    };
    let new = Scheduled {
        id: 0,
        interaction_id: interaction.id,
        user_id: input.user.0,
        client_id: input.client_id,
        text,
        reply_to_id: input.reply_to.map(|id| id.0),
        seen_through,
        unless_written: input.unless_written,
        due_at: millis(input.due_at),
        state: "waiting".to_owned(),
        reason: None,
        message_id: None,
        version: 1,
        settled_at: None,
    };
    let id = store::scheduled::add(tx, &new, at).await?;
    let row = Scheduled { id, ..new };
    arm(tx, &row).await?;
    tell(tx, at, &row, "planned").await?;
    Ok(row)
}

/// Changes it: whoever wrote it, as long as it is not sent.
pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<Scheduled> {
    let mut row = held(tx, input.id).await?;
    if row.user_id != input.user.0 {
        return Err(Refused::NotOwner { owner: Some(UserId(row.user_id)) }.into());
    }
    if row.version != input.version {
        return Err(Error::Stale);
    }
    if let Some(text) = &input.text {
        row.text = fit(text)?;
    }
    let due = input.due_at.unwrap_or(store::instant(row.due_at));
    in_time(due, now)?;
    row.due_at = millis(due);
    row.unless_written = input.unless_written.unwrap_or(row.unless_written);
    // Whoever changes it has the conversation before them.
    row.seen_through = row.seen_through.max(store::message::latest(tx, row.interaction_id).await?);
    "waiting".clone_into(&mut row.state);
    row.reason = None;
    row.settled_at = None;
    let row = save(tx, millis(now), row, "changed").await?;
    arm(tx, &row).await?;
    Ok(row)
}

/// Takes it back: whoever wrote it, whoever holds the conversation now, and supervisors.
pub async fn cancel(tx: &mut Tx, now: Timestamp, input: &By) -> Result<Scheduled> {
    let mut row = held(tx, input.id).await?;
    let owner = store::interaction::by_id(tx, row.interaction_id).await?.owner_id;
    if row.user_id != input.user.0 && owner != Some(input.user.0) && !input.supervisor {
        return Err(Refused::NotOwner { owner: Some(UserId(row.user_id)) }.into());
    }
    "cancelled".clone_into(&mut row.state);
    row.settled_at = Some(millis(now));
    save(tx, millis(now), row, "cancelled").await
}

/// Sends it now, whatever the customer wrote since: whoever asks has it before them.
pub async fn send_now(tx: &mut Tx, now: Timestamp, input: &By) -> Result<Message> {
    let mut row = held(tx, input.id).await?;
    if row.user_id != input.user.0 {
        return Err(Refused::NotOwner { owner: Some(UserId(row.user_id)) }.into());
    }
    row.unless_written = false;
    let sent = go_out(tx, now, &row).await?;
    settle(tx, millis(now), row, &sent).await?;
    Ok(sent)
}

async fn go_out(tx: &mut Tx, now: Timestamp, row: &Scheduled) -> Result<Message> {
    let sent = send::send(tx, now, &message(row)).await?;
    // Sending settles it in the same commit, so whatever was sent under its client id before is another message.
    if sent.fresh { Ok(sent.message) } else { Err(taken()) }
}

fn taken() -> Error {
    Error::invalid("client_id", "taken", "another message has this client id")
}

/// Sends what is due, unless it was changed since the timer was armed. What may not be sent fails with the reason, and
/// whoever planned it is told where the conversation is still theirs to see.
pub async fn fire(tx: &mut Tx, now: Timestamp, input: &Due) -> Result<()> {
    let at = millis(now);
    let Some(row) = store::scheduled::by_ids(tx, &[input.id.0]).await?.pop() else { return Ok(()) };
    let interaction = store::interaction::lock(tx, row.interaction_id).await?;
    let mut row = store::scheduled::lock(tx, row.id).await?;
    if row.state != "waiting" || row.version != input.armed {
        return Ok(());
    }
    match go_out(tx, now, &row).await {
        Ok(sent) => settle(tx, at, row, &sent).await,
        Err(error) => {
            let Some(reason) = reason(&error) else { return Err(error) };
            "failed".clone_into(&mut row.state);
            row.reason = Some(reason.to_owned());
            row.settled_at = Some(at);
            let row = save(tx, at, row, "failed").await?;
            let writer = UserId(row.user_id);
            let sees = input.config.viewer(writer).is_some_and(|viewer| viewer.sees(&interaction.seen()));
            let told = Notice::on(interaction.id, notice::Kind::ScheduledFailed, sees.then_some(writer));
            let mut events = Vec::new();
            notice::tell(tx, at, &[told.with("reason", reason)], &mut events).await?;
            Ok(event::append(tx, &events, at).await?)
        }
    }
}

/// What the rules said no with; `None` where something broke, so that it is tried again.
fn reason(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::Refused(Refused::Closed) => "closed",
        Error::Refused(_) => "not_owner",
        Error::WindowClosed => "window_closed",
        Error::StaleReply { .. } => "customer_wrote",
        Error::Unfilled { .. } => "unfilled",
        Error::Invalid { .. } | Error::Misfits(_) => "invalid",
        _ => return None,
    })
}

fn message(row: &Scheduled) -> Send {
    Send {
        interaction: InteractionId(row.interaction_id),
        user: UserId(row.user_id),
        client_id: row.client_id,
        what: What::Text(row.text.clone()),
        reply_to: row.reply_to_id.map(MessageId),
        seen_through: Some(MessageId(row.seen_through)),
        confirm: !row.unless_written,
    }
}

/// One that is neither sent nor cancelled, with its interaction locked before it.
async fn held(tx: &mut Tx, id: ScheduledId) -> Result<Scheduled> {
    let found = store::scheduled::by_id(tx, id.0).await?;
    store::interaction::lock(tx, found.interaction_id).await?;
    let row = store::scheduled::lock(tx, id.0).await?;
    if row.is_open() { Ok(row) } else { Err(pronto_db::Error::NotFound.into()) }
}

async fn settle(tx: &mut Tx, at: i64, mut row: Scheduled, sent: &Message) -> Result<()> {
    "sent".clone_into(&mut row.state);
    row.reason = None;
    row.message_id = Some(sent.id);
    row.settled_at = Some(at);
    save(tx, at, row, "sent").await?;
    Ok(())
}

async fn save(tx: &mut Tx, at: i64, mut row: Scheduled, what: &str) -> Result<Scheduled> {
    if !store::scheduled::save(tx, &row).await? {
        return Err(Error::Stale);
    }
    row.version += 1;
    tell(tx, at, &row, what).await?;
    Ok(row)
}

async fn arm(tx: &mut Tx, row: &Scheduled) -> Result<()> {
    let timer = timer::New { kind: TIMER, subject: row.id, armed: row.version, due_at: row.due_at };
    timer::arm(tx, &[timer]).await?;
    Ok(())
}

async fn tell(tx: &mut Tx, at: i64, row: &Scheduled, what: &str) -> Result<()> {
    // Whoever wrote it is told, though the conversation may no longer be theirs to see.
    let facts = Facts { what: Some(what.to_owned()), users: vec![row.user_id], ..Facts::default() };
    event::append(tx, &[event::New::on(Kind::Scheduled, row.interaction_id, row.id).facts(facts)], at).await?;
    Ok(())
}

fn fit(text: &str) -> Result<String> {
    compose::text(text).map_err(|unfit| Error::invalid("text", unfit.code(), unfit.to_string()))
}

fn in_time(due: Timestamp, now: Timestamp) -> Result<()> {
    schedule::fits(due, now).map_err(|unfit| Error::invalid("due_at", "out_of_range", unfit.to_string()))
}
