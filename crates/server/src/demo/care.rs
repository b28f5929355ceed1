//! How the demo's interactions end, what they are marked with, two that are put off and one sender who is blocked.

use std::collections::BTreeSet;

use anyhow::Result;
use jiff::SignedDuration;
use pronto_desk::Desk;
use pronto_desk::act::block::{Block, block};
use pronto_desk::act::snooze::{PutOff, put_off};
use pronto_desk::act::{disposition, tag};
use pronto_domain::disposition::Scope;
use pronto_domain::id::{DispositionId, InteractionId, QueueId, UserId};
use pronto_domain::interaction::{Snooze, State};
use store::interaction::Interaction;

use super::company::Company;
use super::number::Rows;
use super::play::DAY;
use pronto_store as store;

/// A heading, what stands below it and what below that, and whether it is of the second queue alone.
type Heading = (&'static str, &'static [(&'static str, &'static [&'static str])], bool);

const ENDINGS: &[Heading] = &[
    ("Sale", &[("New order", &["In the shop", "By chat"]), ("Quote sent", &[]), ("Not interested", &[])], false),
    (
        "Delivery",
        &[
            ("Date agreed", &[]),
            ("Question answered", &[]),
            ("Damaged in transit", &["Part sent", "Piece exchanged", "Money back"]),
        ],
        false,
    ),
    ("No answer", &[], false),
    (
        "Repair",
        &[("Spare part sent", &[]), ("Visit agreed", &["By our workshop", "By a partner"]), ("Exchanged", &[])],
        true,
    ),
];

/// Makes the tree; answers what conversations may end with: everywhere, and in the second queue.
pub(super) async fn endings(desk: &Desk, by: UserId, returns: QueueId) -> Result<[Vec<(DispositionId, String)>; 2]> {
    let [mut everywhere, mut repairs] = [Vec::new(), Vec::new()];
    for (heading, below, of_returns) in ENDINGS {
        let (scope, found) =
            if *of_returns { (Scope::Queue(returns), &mut repairs) } else { (Scope::Global, &mut everywhere) };
        let top = add(desk, by, heading, None, scope).await?;
        for (name, last) in *below {
            let middle = add(desk, by, name, Some(top), scope).await?;
            if last.is_empty() {
                found.push((middle, format!("{heading} › {name}")));
            }
            for leaf in *last {
                let id = add(desk, by, leaf, Some(middle), scope).await?;
                found.push((id, format!("{heading} › {name} › {leaf}")));
            }
        }
    }
    desk.reload().await?;
    Ok([everywhere, repairs])
}

async fn add(
    desk: &Desk,
    by: UserId,
    name: &str,
    parent: Option<DispositionId>,
    scope: Scope,
) -> Result<DispositionId> {
    let new = disposition::Add { by, parent, scope, name: name.to_owned(), description: None, config: desk.config() };
    Ok(desk.run(&new, |tx, now, new| Box::pin(disposition::add(tx, now, new))).await?)
}

/// What the history is marked with becomes tags; then, as by its people today, one conversation is put off until a time, one
/// until the customer writes, and one sender is blocked.
pub(super) async fn today(desk: &Desk, company: &Company, rows: &Rows) -> Result<()> {
    let by = company.user("admin")?;
    let names: BTreeSet<&String> = rows.interactions.iter().flat_map(|row| &row.tags.0).collect();
    let colours = tag::COLOURS.iter().cycle().skip(1);
    for (name, colour) in names.into_iter().zip(colours) {
        let fields = tag::Fields { name: Some(name.clone()), colour: Some((*colour).to_owned()), description: None };
        let new = tag::Add { by, fields };
        desk.run(&new, |tx, now, new| Box::pin(tag::add(tx, now, new))).await?;
    }
    desk.reload().await?;
    let now = store::millis(desk.now());
    let tom = company.user("tom")?;
    let answered = |row: &&Interaction| row.is(State::Active) && row.owner_id == Some(tom.0) && row.unmanaged == 0;
    if let Some(row) = rows.interactions.iter().find(answered) {
        let until = desk.now() + SignedDuration::from_hours(3);
        let input = PutOff {
            interaction: InteractionId(row.id),
            user: tom,
            supervisor: false,
            snooze: Some(Snooze::Until(until)),
        };
        desk.run(&input, |tx, now, input| Box::pin(put_off(tx, now, input))).await?;
    }
    // Sofía has answered, and what comes next is the customer's.
    let sofia = company.user("sofia")?;
    let told = |row: &&Interaction| row.is(State::Active) && row.owner_id == Some(sofia.0) && row.unmanaged == 0;
    if let Some(row) = rows.interactions.iter().find(told) {
        let input = PutOff {
            interaction: InteractionId(row.id),
            user: sofia,
            supervisor: false,
            snooze: Some(Snooze::Customer),
        };
        desk.run(&input, |tx, now, input| Box::pin(put_off(tx, now, input))).await?;
    }
    // One that wrote within the day, so that the provider takes it too, and has nothing open.
    let open: BTreeSet<i64> =
        rows.interactions.iter().filter(|row| !row.is(State::Closed)).map(|row| row.address_id).collect();
    let latest = |row: &Interaction| rows.interactions.iter().all(|o| o.address_id != row.address_id || o.id <= row.id);
    let quiet = |row: &&Interaction| {
        let recent = row.closed_at.is_some_and(|closed| now - closed < DAY / 2);
        recent && row.owner_id == Some(tom.0) && !open.contains(&row.address_id) && latest(row)
    };
    if let Some(row) = rows.interactions.iter().rev().find(quiet) {
        let input = Block {
            interaction: InteractionId(row.id),
            user: tom,
            supervisor: false,
            reviewer: false,
            reason: "Sends the same advertisement every day".to_owned(),
            config: desk.config(),
        };
        desk.run(&input, |tx, now, input| Box::pin(block(tx, now, input))).await?;
    }
    Ok(())
}
