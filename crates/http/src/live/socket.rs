//! One WebSocket: catches up from the log, then follows the hub.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use futures_util::{SinkExt as _, StreamExt as _};
use pronto_domain::access::Viewer;
use pronto_domain::id::InteractionId;
use pronto_store as store;
use serde::Deserialize;
use store::meta::Position;
use tokio::sync::mpsc;
use utoipa::IntoParams;

use super::batch::Batch;
use super::hub::Joined;
use super::pump::text;
use super::{ClientFrame, Frame, whisper};
use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Query, SignedIn};
use crate::origin::SameOrigin;
use crate::view::Lens;

/// How often a quiet stream says where it stands.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// The most events a client catches up on; further behind it starts again.
const CATCH_UP: i64 = 2_000;
/// What a client says is small.
const SAID_AT_MOST: usize = 4_096;
/// A client that does not take what it is sent is gone.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the stream begins.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// A position; without one the stream begins now.
    pub since: Option<String>,
}

/// The live stream.
///
/// Every event after `since`, once and in order, as `Frame`s; or `resync`, after which it goes on from there.
#[utoipa::path(get, path = "/api/v1/stream", tag = "stream", operation_id = "stream", params(Since),
    responses((status = 101, description = "a WebSocket of `Frame`s; the client may send `ClientFrame`s")))]
pub async fn connect(
    State(app): State<App>,
    _: SameOrigin,
    me: SignedIn,
    Query(from): Query<Since>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade
        .max_message_size(SAID_AT_MOST)
        .read_buffer_size(SAID_AT_MOST)
        .write_buffer_size(0)
        .on_upgrade(move |socket| serve(app, me, from.since, socket))
}

async fn serve(app: App, me: SignedIn, since: Option<String>, socket: WebSocket) {
    await_position(&app, since.as_deref()).await;
    let Some(joined) = app.live.join(me.viewer.user, me.session, || app.desk.config()) else { return };
    let id = joined.id;
    if !stands(&app, me.session).await {
        // It ended while we were about to sit down, when there was no socket to send away yet.
        app.live.leave(id);
        return;
    }
    let (mut out, mut said) = socket.split();
    let listen = async {
        while let Some(Ok(message)) = said.next().await {
            match message {
                Message::Text(said) => {
                    if let Ok(frame) = serde_json::from_str::<ClientFrame>(&said) {
                        whisper::hear(&app, id, frame).await;
                    }
                }
                Message::Close(_) => return,
                _ => {}
            }
        }
    };
    let speak = speak(&app, since, joined, &mut out);
    tokio::select! {
        () = listen => {}
        done = speak => if let Err(error) = done {
            tracing::debug!(?error, "a stream ended");
        }
    }
    let watched = app.live.leave(id);
    if let Some(interaction) = watched {
        whisper::tell_watching(&app, InteractionId(interaction));
    }
}

/// Whether a session has not ended. One that cannot be looked up is believed, as it was when the socket came.
async fn stands(app: &App, session: uuid::Uuid) -> bool {
    let Ok(mut tx) = app.desk.db().read().await else { return true };
    store::session::get(&mut tx, session).await.map_or(true, |found| found.is_some())
}

/// A snapshot may be a moment ahead of the pump. Waiting for it keeps what the client already has from coming again;
/// if it did, versions would tell.
async fn await_position(app: &App, since: Option<&str>) {
    let Some(since) = since.and_then(|since| since.parse::<Position>().ok()) else { return };
    let mut bell = app.desk.bell().listen();
    for _ in 0..10 {
        match app.live.position() {
            Some(position) if position.epoch == since.epoch && position < since => {
                bell.heard(Duration::from_millis(20)).await;
            }
            _ => return,
        }
    }
}

type Out = futures_util::stream::SplitSink<WebSocket, Message>;

/// The socket is gone, or cannot keep up.
#[derive(Debug)]
struct Gone;

async fn speak(app: &App, since: Option<String>, joined: Joined, out: &mut Out) -> std::result::Result<(), Gone> {
    let Joined { id, viewer, mut frames, mut lagging, position } = joined;
    // Whoever is cut off before all they missed has come goes on from where they were.
    let stands = since.as_deref().and_then(|since| since.parse::<Position>().ok());
    let stands = stands.filter(|since| since.epoch == position.epoch).unwrap_or_else(|| position.clone());
    send(out, text(&Frame::Hello { position: stands.to_string() })).await?;
    if let Some(since) = since {
        match catch_up(app, &viewer, &since, &position).await {
            Ok(Some(missed)) => {
                for frame in missed {
                    send(out, text(&frame)).await?;
                }
            }
            Ok(None) | Err(_) => send(out, text(&Frame::Resync { position: position.to_string() })).await?,
        }
    }
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    heartbeat.tick().await;
    let mut waiting = Vec::with_capacity(64);
    loop {
        if lagging.load(Ordering::Relaxed) {
            let again = app.live.rejoin(id).ok_or(Gone)?;
            frames = again.frames;
            lagging = again.lagging;
            send(out, text(&Frame::Resync { position: again.position.to_string() })).await?;
        }
        tokio::select! {
            count = frames.recv_many(&mut waiting, 64) => {
                if count == 0 {
                    // The hub has let go of us: the session ended, or the seat was taken anew.
                    if app.live.viewer(id).is_none() {
                        return Err(Gone);
                    }
                    lagging.store(true, Ordering::Relaxed);
                    continue;
                }
                flush(out, &mut waiting).await?;
            }
            _ = heartbeat.tick() => {
                // Read before the queue is looked at: what is said to be reached has been sent.
                let reached = app.live.position();
                drain(&mut frames, &mut waiting);
                flush(out, &mut waiting).await?;
                if let Some(position) = reached.filter(|_| !lagging.load(Ordering::Relaxed)) {
                    send(out, text(&Frame::Position { position: position.to_string() })).await?;
                }
            }
        }
    }
}

fn drain(frames: &mut mpsc::Receiver<Utf8Bytes>, waiting: &mut Vec<Utf8Bytes>) {
    while let Ok(frame) = frames.try_recv() {
        waiting.push(frame);
    }
}

async fn flush(out: &mut Out, waiting: &mut Vec<Utf8Bytes>) -> std::result::Result<(), Gone> {
    let sending = async {
        for frame in waiting.drain(..) {
            out.feed(Message::Text(frame)).await.map_err(|_| Gone)?;
        }
        out.flush().await.map_err(|_| Gone)
    };
    tokio::time::timeout(PATIENCE, sending).await.map_err(|_| Gone)?
}

async fn send(out: &mut Out, frame: Option<Utf8Bytes>) -> std::result::Result<(), Gone> {
    let Some(frame) = frame else { return Ok(()) };
    match tokio::time::timeout(PATIENCE, out.send(Message::Text(frame))).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(Gone),
    }
}

/// What a viewer missed between two positions; `None` when they must start again: the position is of another history,
/// or too far back.
pub(super) async fn catch_up(
    app: &App,
    viewer: &Viewer,
    since: &str,
    until: &Position,
) -> Result<Option<Vec<Frame>>, Error> {
    let Ok(since) = since.parse::<Position>() else { return Ok(None) };
    if since.epoch != until.epoch {
        return Ok(None);
    }
    let mut tx = app.desk.db().read().await?;
    let events = store::event::after(&mut tx, &since, CATCH_UP + 1).await?;
    if i64::try_from(events.len()).unwrap_or(i64::MAX) > CATCH_UP {
        return Ok(None);
    }
    let epoch = app.desk.epoch();
    let events: Vec<_> = events.into_iter().filter(|event| event.position(epoch) <= *until).collect();
    if events.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let config = app.desk.config();
    let now = app.desk.now();
    let batch = Batch::load(&mut tx, &config, now, events).await?;
    let lens = Lens { config: &config, viewer, now };
    let mut frames = Vec::new();
    let mut before = since.to_string();
    for event in batch.events() {
        let at = event.position(epoch).to_string();
        frames.extend(batch.frames(&lens, event, &before, &at));
        before = at;
    }
    Ok(Some(frames))
}
