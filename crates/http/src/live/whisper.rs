//! What clients say: what they have on screen, that they write. Not events; lost with the socket.

use pronto_domain::access::Seen;
use pronto_domain::id::{InteractionId, UserId};
use pronto_store as store;

use super::pump::text;
use super::{ClientFrame, Frame};
use crate::App;
use crate::view::UserRef;

/// Hears one of them.
pub(super) async fn hear(app: &App, socket: u64, said: ClientFrame) {
    let Some(viewer) = app.live.viewer(socket) else { return };
    match said {
        ClientFrame::Watch { interaction_id } => {
            let seen = match interaction_id {
                Some(id) => may_see(app, &viewer, id).await.then_some(id),
                None => None,
            };
            let before = app.live.watch(socket, seen);
            for interaction in [before, seen].into_iter().flatten() {
                tell_watching(app, InteractionId(interaction));
            }
        }
        ClientFrame::Typing { interaction_id } => {
            // Whoever has it on screen was checked when they opened it.
            if !app.live.watching(interaction_id).contains(&viewer.user) {
                return;
            }
            let user = reference(app, viewer.user);
            if let Some(frame) = text(&Frame::Typing { interaction_id, user }) {
                app.live.whisper(interaction_id, Some(viewer.user), &frame);
            }
            app.desk.typing(InteractionId(interaction_id), viewer.user);
        }
    }
}

/// Tells those who have an interaction on screen who else has.
pub(super) fn tell_watching(app: &App, interaction: InteractionId) {
    let users = app.live.watching(interaction.0).into_iter().map(|user| reference(app, user)).collect();
    if let Some(frame) = text(&Frame::Watching { interaction_id: interaction.0, users }) {
        app.live.whisper(interaction.0, None, &frame);
    }
}

fn reference(app: &App, user: UserId) -> UserRef {
    UserRef { id: user.0, name: app.desk.config().user_name(user.0) }
}

async fn may_see(app: &App, viewer: &pronto_domain::access::Viewer, interaction: i64) -> bool {
    let Ok(mut tx) = app.desk.db().read().await else { return false };
    let Ok(row) = store::interaction::by_id(&mut tx, interaction).await else { return false };
    let offered = store::offer::pending_of(&mut tx, &[viewer.user.0]).await.unwrap_or_default();
    let offered = offered.iter().any(|card| card.interaction_id == interaction).then_some(viewer.user);
    viewer.sees(&Seen { offered: offered.into_iter().collect(), ..row.seen() })
}
