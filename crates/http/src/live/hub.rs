//! The sockets of this node.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::ws::Utf8Bytes;
use pronto_desk::Config;
use pronto_domain::access::Viewer;
use pronto_domain::id::UserId;
use pronto_store::meta::Position;
use pronto_store::watching::Watch;
use tokio::sync::{Notify, mpsc};

/// How many frames may wait for a slow socket.
const WAITING: usize = 1_024;

/// Hands events to the sockets of this node. Cheap to clone.
#[derive(Clone, Default)]
pub struct Hub(Arc<Inner>);

#[derive(Default)]
struct Inner {
    state: Mutex<State>,
    /// A user's first socket came: their lease wants renewing.
    arrived: Notify,
    /// Something was opened, or put away.
    screens: Notify,
}

#[derive(Default)]
struct State {
    /// Every event up to here has been handed out. `None` until the pump has started.
    position: Option<Position>,
    sockets: HashMap<u64, Socket>,
    next: u64,
    /// The sockets as the pump sees them; made anew once they are stale.
    seats: Arc<Vec<Seat>>,
    stale: bool,
}

impl State {
    /// A socket has come or gone, or sees otherwise. What the pump had is let go of at once: a socket that was sent
    /// away learns it by the end of its channel.
    fn changed(&mut self) {
        self.seats = Arc::default();
        self.stale = true;
    }
}

struct Socket {
    viewer: Arc<Viewer>,
    session: uuid::Uuid,
    frames: mpsc::Sender<Utf8Bytes>,
    lagging: Arc<AtomicBool>,
    watching: Option<i64>,
}

/// One socket as the pump sees it.
#[derive(Clone)]
pub(super) struct Seat {
    pub viewer: Arc<Viewer>,
    frames: mpsc::Sender<Utf8Bytes>,
    lagging: Arc<AtomicBool>,
}

/// A socket's end of the hub.
pub(super) struct Joined {
    pub id: u64,
    pub viewer: Arc<Viewer>,
    pub frames: mpsc::Receiver<Utf8Bytes>,
    /// Set when frames had to be dropped: the client must start again.
    pub lagging: Arc<AtomicBool>,
    /// What comes through `frames` follows this; what is before it stands in the log.
    pub position: Position,
}

impl Seat {
    /// Never waits: a socket that is full is told to start again instead.
    pub(super) fn send(&self, frame: Utf8Bytes) {
        if !self.lagging.load(Ordering::Relaxed) && self.frames.try_send(frame).is_err() {
            self.lagging.store(true, Ordering::Relaxed);
        }
    }

    pub(super) fn send_some(&self, frame: Option<Utf8Bytes>) {
        if let Some(frame) = frame {
            self.send(frame);
        }
    }
}

impl Hub {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes a seat; `None` before the pump knows where the log stands, and for somebody who is no longer staff. What
    /// they may see is looked up while nobody's sight changes.
    pub(super) fn join(
        &self,
        user: UserId,
        session: uuid::Uuid,
        config: impl FnOnce() -> Arc<Config>,
    ) -> Option<Joined> {
        let mut state = self.state();
        let position = state.position.clone()?;
        let viewer = Arc::new(config().viewer(user)?);
        state.next += 1;
        let id = state.next;
        let (frames, received) = mpsc::channel(WAITING);
        let lagging = Arc::new(AtomicBool::new(false));
        state
            .sockets
            .insert(id, Socket { viewer: viewer.clone(), session, frames, lagging: lagging.clone(), watching: None });
        state.changed();
        drop(state);
        self.0.arrived.notify_one();
        Some(Joined { id, viewer, frames: received, lagging, position })
    }

    /// A lagging socket begins again from where the log stands now.
    pub(super) fn rejoin(&self, id: u64) -> Option<Joined> {
        let mut state = self.state();
        let position = state.position.clone()?;
        let socket = state.sockets.get_mut(&id)?;
        let (frames, received) = mpsc::channel(WAITING);
        let lagging = Arc::new(AtomicBool::new(false));
        socket.frames = frames;
        socket.lagging = lagging.clone();
        let viewer = socket.viewer.clone();
        state.changed();
        Some(Joined { id, viewer, frames: received, lagging, position })
    }

    pub(super) fn leave(&self, id: u64) -> Option<i64> {
        let mut state = self.state();
        let left = state.sockets.remove(&id);
        state.changed();
        drop(state);
        let watched = left.and_then(|socket| socket.watching);
        if watched.is_some() {
            self.0.screens.notify_one();
        }
        watched
    }

    /// Hands out a batch: `give` is called with every seat while nobody can join or leave, and then the hub stands at
    /// `position`. So a socket gets exactly what follows the position it joined at.
    pub(super) fn hand_out(&self, position: Position, give: impl FnOnce(&[Seat])) {
        let mut state = self.state();
        if state.stale {
            let seats = state.sockets.values().map(|socket| Seat {
                viewer: socket.viewer.clone(),
                frames: socket.frames.clone(),
                lagging: socket.lagging.clone(),
            });
            state.seats = Arc::new(seats.collect());
            state.stale = false;
        }
        give(&state.seats);
        state.position = Some(position);
    }

    /// Up to where every event has been handed out; `None` until the pump has started.
    pub fn position(&self) -> Option<Position> {
        self.state().position.clone()
    }

    /// Everybody's sight anew, after the configuration changed; those who are no longer staff are sent away.
    pub(super) fn look_again(&self, config: &Config) {
        let mut state = self.state();
        state.sockets.retain(|_, socket| match config.viewer(socket.viewer.user) {
            Some(viewer) => {
                if viewer != *socket.viewer {
                    socket.viewer = Arc::new(viewer);
                    // What they hold may no longer be theirs to see: they start again, and are woken to do so.
                    socket.lagging.store(true, Ordering::Relaxed);
                    socket.frames = mpsc::channel(1).0;
                }
                true
            }
            None => false,
        });
        state.changed();
    }

    /// The current sight of a socket; `None` once it was sent away.
    pub(super) fn viewer(&self, id: u64) -> Option<Arc<Viewer>> {
        self.state().sockets.get(&id).map(|socket| socket.viewer.clone())
    }

    /// Sends away every socket of a session that has ended.
    pub fn end_session(&self, session: uuid::Uuid) {
        let mut state = self.state();
        state.sockets.retain(|_, socket| socket.session != session);
        state.changed();
    }

    /// Sends away every socket of a user.
    pub(super) fn end_user(&self, user: i64) {
        let mut state = self.state();
        state.sockets.retain(|_, socket| socket.viewer.user.0 != user);
        state.changed();
    }

    /// Moves on to a position without handing anything out, if there is nobody to hand it to.
    pub(super) fn pass_over(&self, position: &Position) -> bool {
        let mut state = self.state();
        let alone = state.sockets.is_empty();
        if alone {
            state.position = Some(position.clone());
        }
        alone
    }

    /// Everybody with a socket here.
    pub(super) fn users(&self) -> Vec<i64> {
        let users: BTreeSet<i64> = self.state().sockets.values().map(|socket| socket.viewer.user.0).collect();
        users.into_iter().collect()
    }

    pub(super) async fn somebody_arrived(&self) {
        self.0.arrived.notified().await;
    }

    /// Notes what a socket has on screen; answers what it had before.
    pub(super) fn watch(&self, id: u64, interaction: Option<i64>) -> Option<i64> {
        let before =
            self.state().sockets.get_mut(&id).and_then(|socket| std::mem::replace(&mut socket.watching, interaction));
        if before != interaction {
            self.0.screens.notify_one();
        }
        before
    }

    pub(super) async fn screens_changed(&self) {
        self.0.screens.notified().await;
    }

    /// What is on screen on this node, and with whom.
    pub(super) fn watched(&self) -> Vec<Watch> {
        let state = self.state();
        let of = |socket: &Socket| {
            socket.watching.map(|interaction_id| Watch { interaction_id, user_id: socket.viewer.user.0 })
        };
        let watched: BTreeSet<Watch> = state.sockets.values().filter_map(of).collect();
        watched.into_iter().collect()
    }

    /// Who has an interaction on screen, on this node.
    pub fn watching(&self, interaction: i64) -> Vec<UserId> {
        let state = self.state();
        let users: BTreeSet<UserId> =
            state.sockets.values().filter(|one| one.watching == Some(interaction)).map(|one| one.viewer.user).collect();
        users.into_iter().collect()
    }

    /// Whispers to those who have an interaction on screen.
    pub(super) fn whisper(&self, interaction: i64, except: Option<UserId>, frame: &Utf8Bytes) {
        let state = self.state();
        for socket in state.sockets.values() {
            if socket.watching == Some(interaction) && Some(socket.viewer.user) != except {
                // A whisper may be lost.
                let _ = socket.frames.try_send(frame.clone());
            }
        }
    }

    /// How many sockets there are, by user; for metrics.
    pub fn count(&self) -> (usize, usize) {
        let state = self.state();
        let users: BTreeMap<i64, usize> = state.sockets.values().map(|socket| (socket.viewer.user.0, 1)).collect();
        (state.sockets.len(), users.len())
    }
}
