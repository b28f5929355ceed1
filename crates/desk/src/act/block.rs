//! Blocking a sender: at once, with a reason; a supervisor confirms or lifts it. The provider is told by a job.

use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::interaction::{Refused, State};
use pronto_store as store;
use serde_json::json;
use store::block::Block as Row;
use store::event;
use store::interaction::Interaction;

use crate::act::close;
use crate::act::line::{self, Line};
use crate::check::Check;
use crate::work::jobs;
use crate::{Config, Error, Result};

#[derive(Clone, Debug)]
pub struct Block {
    pub interaction: InteractionId,
    pub user: UserId,
    pub supervisor: bool,
    /// Whether they may confirm blocks, so that theirs waits for nobody.
    pub reviewer: bool,
    pub reason: String,
    pub config: Arc<Config>,
}

/// Blocks the sender of an interaction, and closes it if it is open.
pub async fn block(tx: &mut Tx, now: Timestamp, input: &Block) -> Result<Interaction> {
    let at = store::millis(now);
    let reason = input.reason.trim();
    let mut check = Check::default();
    check.name("reason", reason, 300);
    check.done()?;
    // The address before the interaction, as receiving does.
    let address = store::interaction::by_id(tx, input.interaction.0).await?.address_id;
    store::address::lock(tx, &[address]).await?;
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let owner = interaction.owner_id.map(UserId);
    if !input.supervisor && owner.is_some_and(|owner| owner != input.user) {
        return Err(Refused::NotOwner { owner }.into());
    }
    if interaction.blocked {
        return Ok(interaction);
    }
    let latest = store::address::by_id(tx, interaction.address_id).await?.last_interaction_id;
    if latest.is_some_and(|latest| latest != interaction.id) {
        // What runs now is what the sender is to be kept from.
        let detail = "a newer interaction of this sender is there: block from that one".to_owned();
        return Err(Error::Impossible { code: "newer_interaction", detail });
    }
    let row = Row {
        id: 0,
        account_id: interaction.account_id,
        address_id: interaction.address_id,
        interaction_id: interaction.id,
        state: if input.reviewer { "confirmed" } else { "asked" }.to_owned(),
        reason: reason.to_owned(),
        blocked_by: input.user.0,
        blocked_at: at,
        reviewed_by: input.reviewer.then_some(input.user.0),
        reviewed_at: input.reviewer.then_some(at),
        provider_state: "pending".to_owned(),
        provider_detail: None,
        version: 1,
    };
    let id = store::block::add(tx, &row).await?;
    store::address::set_blocked(tx, row.address_id, true).await?;
    let mut events = vec![event::New::changed("blocks")];
    line::add(tx, &mut interaction, &Line::by("blocked", input.user).with("reason", reason), at).await?;
    if interaction.is(State::Closed) {
        store::interaction::save_one(tx, &mut interaction).await?;
    } else {
        close::by_itself(tx, now, &input.config, &mut interaction, Line::system("closed_blocked"), &mut events).await?;
    }
    tell(tx, row.address_id, true, &mut events).await?;
    store::job::add(tx, &[store::job::New { kind: jobs::BLOCK, subject: id, run_at: at }]).await?;
    audit(tx, at, input.user, "sender.blocked", &row, json!({ "reason": reason, "state": row.state })).await?;
    event::append(tx, &events, at).await?;
    Ok(store::interaction::by_id(tx, interaction.id).await?)
}

/// A supervisor's word on a block.
#[derive(Clone, Copy, Debug)]
pub struct Review {
    pub block: i64,
    pub user: UserId,
    /// `true` keeps the sender away, `false` lets them write again.
    pub confirm: bool,
}

pub async fn review(tx: &mut Tx, now: Timestamp, input: &Review) -> Result<Row> {
    let at = store::millis(now);
    let mut row = store::block::lock(tx, input.block).await?;
    let state = if input.confirm { "confirmed" } else { "lifted" };
    if row.state == state {
        return Ok(row);
    }
    if !row.stands() {
        let detail = "it was lifted; block the sender again from an interaction".to_owned();
        return Err(Error::Impossible { code: "block_lifted", detail });
    }
    let before = std::mem::replace(&mut row.state, state.to_owned());
    row.reviewed_by = Some(input.user.0);
    row.reviewed_at = Some(at);
    let mut events = vec![event::New::changed("blocks")];
    if !input.confirm {
        row.provider_state = "pending".to_owned();
        row.provider_detail = None;
        store::address::set_blocked(tx, row.address_id, false).await?;
        tell(tx, row.address_id, false, &mut events).await?;
        store::job::add(tx, &[store::job::New { kind: jobs::BLOCK, subject: row.id, run_at: at }]).await?;
    }
    store::block::save(tx, &row).await?;
    let mut interaction = store::interaction::lock(tx, row.interaction_id).await?;
    let said = Line::by(if input.confirm { "block_confirmed" } else { "block_lifted" }, input.user);
    line::add(tx, &mut interaction, &said, at).await?;
    store::interaction::save_one(tx, &mut interaction).await?;
    events.push(event::New::on(event::Kind::Interaction, interaction.id, interaction.id));
    let action = if input.confirm { "sender.block_confirmed" } else { "sender.block_lifted" };
    audit(tx, at, input.user, action, &row, json!({ "before": before, "state": row.state })).await?;
    event::append(tx, &events, at).await?;
    row.version += 1;
    Ok(row)
}

/// What the provider made of it.
#[derive(Clone, Debug)]
pub struct Settled {
    pub block: i64,
    /// What was asked of it: whether the sender is to be kept away.
    pub blocks: bool,
    pub result: Result<(), String>,
    /// The job, which is done.
    pub job: i64,
}

pub async fn settled(tx: &mut Tx, now: Timestamp, input: &Settled) -> Result<()> {
    let mut row = store::block::lock(tx, input.block).await?;
    store::job::done(tx, input.job).await?;
    if row.stands() != input.blocks {
        // Lifted meanwhile: that has a job of its own.
        return Ok(());
    }
    let (state, detail) = match &input.result {
        Ok(()) if input.blocks => ("blocked", None),
        Ok(()) => ("lifted", None),
        Err(why) => ("failed", Some(why.clone())),
    };
    state.clone_into(&mut row.provider_state);
    row.provider_detail = detail;
    store::block::save(tx, &row).await?;
    event::append(tx, &[event::New::changed("blocks")], store::millis(now)).await?;
    Ok(())
}

/// Every row of the sender says so.
async fn tell(tx: &mut Tx, address: i64, blocked: bool, events: &mut Vec<event::New>) -> Result<()> {
    let touched = store::interaction::set_blocked(tx, address, blocked).await?;
    events.extend(touched.into_iter().map(|id| event::New::on(event::Kind::Interaction, id, id)));
    Ok(())
}

async fn audit(tx: &mut Tx, at: i64, by: UserId, action: &str, row: &Row, after: serde_json::Value) -> Result<()> {
    let entry = store::audit::Entry {
        at,
        user: Some(by.0),
        action,
        subject: format!("address {}", row.address_id),
        before: &serde_json::Value::Null,
        after: &after,
    };
    Ok(store::audit::write(tx, entry).await?)
}
