//! Follows the event log and hands what changed to the sockets of this node.

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use pronto_desk::{Desk, Result};
use pronto_store as store;
use store::event::Kind;
use store::meta::Position;
use tokio_util::sync::CancellationToken;

use super::batch::{Batch, Key};
use super::{Frame, Hub, watch};
use crate::view::Lens;

/// How many events one batch takes.
const AT_ONCE: i64 = 500;
/// The net under the doorbell.
const POLL: Duration = Duration::from_secs(1);
/// How often the leases of everybody with a socket here are renewed.
const RENEW: Duration = Duration::from_secs(15);
/// Arrivals within this time of each other are one renewal.
const MERGE: Duration = Duration::from_millis(50);

/// Pumps until stopped.
pub async fn run(desk: Desk, hub: Hub, stop: CancellationToken) {
    let leases = tokio::spawn(renew_leases(desk.clone(), hub.clone(), stop.clone()));
    let screens = tokio::spawn(watch::keep(desk.clone(), hub.clone(), stop.clone()));
    let mut bell = desk.bell().listen();
    let mut position = loop {
        match start(&desk).await {
            Ok(position) => break position,
            Err(error) => tracing::error!(%error, "the event log cannot be read yet"),
        }
        tokio::time::sleep(POLL).await;
    };
    hub.hand_out(position.clone(), |_| {});
    let mut failing = false;
    while !stop.is_cancelled() {
        match pass(&desk, &hub, &mut position).await {
            Ok(true) => {
                failing = false;
                continue;
            }
            Ok(false) => failing = false,
            Err(error) => {
                if !failing {
                    tracing::error!(%error, "the event log cannot be read");
                }
                failing = true;
                tokio::time::sleep(POLL).await;
            }
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = bell.heard(POLL) => {}
        }
    }
    leases.abort();
    screens.abort();
}

async fn start(desk: &Desk) -> Result<Position> {
    let mut tx = desk.db().read().await?;
    Ok(store::meta::position(&mut tx, desk.epoch()).await?)
}

/// Hands out one batch; `false` when there was nothing.
async fn pass(desk: &Desk, hub: &Hub, position: &mut Position) -> Result<bool> {
    let mut tx = desk.db().read().await?;
    let events = store::event::after(&mut tx, position, AT_ONCE).await?;
    let Some(last) = events.last() else {
        // Nothing up to this snapshot: whoever read it may join here.
        let reached = store::meta::position(&mut tx, desk.epoch()).await?;
        if reached > *position {
            *position = reached.clone();
            hub.hand_out(reached, |_| {});
        }
        return Ok(false);
    };
    let reached = last.position(desk.epoch());
    if events.iter().any(|event| event.kind() == Some(Kind::Changed)) {
        desk.reload().await?;
        hub.look_again(&desk.config());
        // A change of who is where is something to route by.
        desk.wake_routing();
    }
    if events.iter().any(|event| event.kind() == Some(Kind::Presence)) {
        desk.wake_routing();
    }
    let config = desk.config();
    let now = desk.now();
    let signed_out: Vec<i64> =
        events.iter().filter(|event| event.kind() == Some(Kind::SignedOut)).map(|event| event.subject).collect();
    if signed_out.is_empty() && hub.pass_over(&reached) {
        // Nobody listens, so there is nothing to load; whoever joins later catches up from the log.
        *position = reached;
        return Ok(true);
    }
    let batch = Batch::load(&mut tx, &config, now, events).await?;
    drop(tx);
    hub.hand_out(reached.clone(), |seats| {
        if seats.is_empty() {
            return;
        }
        let mut before = position.to_string();
        for event in batch.events() {
            let at = event.position(desk.epoch()).to_string();
            let mut rendered: HashMap<Key, Option<Utf8Bytes>> = HashMap::new();
            for seat in seats {
                let lens = Lens { config: &config, viewer: &seat.viewer, now };
                for frame in batch.beside(&lens, event, &before) {
                    seat.send_some(text(&frame));
                }
                if let Some(key) = batch.key(&lens, event) {
                    let text = rendered
                        .entry(key.clone())
                        .or_insert_with(|| batch.frame(&lens, event, &key, at.clone()).and_then(|frame| text(&frame)));
                    seat.send_some(text.clone());
                }
            }
            before = at;
        }
    });
    for user in signed_out {
        hub.end_user(user);
    }
    *position = reached;
    Ok(true)
}

/// A frame as it goes over the wire.
pub(super) fn text(frame: &Frame) -> Option<Utf8Bytes> {
    serde_json::to_string(frame).ok().map(Utf8Bytes::from)
}

/// One statement for everybody with a socket here.
async fn renew_leases(desk: Desk, hub: Hub, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let users = hub.users();
        if !users.is_empty() {
            let renewed =
                desk.run(&users, |tx, now, users| Box::pin(pronto_desk::act::presence::renew(tx, now, users))).await;
            if let Err(error) = renewed {
                tracing::warn!(%error, "presence could not be renewed");
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(RENEW) => {}
            () = hub.somebody_arrived() => tokio::time::sleep(MERGE).await,
        }
    }
}
