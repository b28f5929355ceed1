//! News for the phones' page, over server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;

use crate::network::Network;

/// Something a page that is open wants to know.
#[derive(Debug, Clone)]
pub(crate) enum News {
    /// A message is new or has changed.
    Message(String),
    /// A phone is new or has changed.
    Phone(String),
    /// The business shows that it is writing.
    Typing { phone: String, number: String },
    /// Everything may have changed.
    Resync,
}

pub(crate) async fn stream(State(network): State<Arc<Network>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let receiver = network.news.subscribe();
    let stop = network.stop.clone();
    let events = stream::unfold((receiver, stop), |(mut receiver, stop)| async move {
        let text = tokio::select! {
            () = stop.cancelled() => return None,
            received = receiver.recv() => match received {
                Ok(text) => text.to_string(),
                Err(RecvError::Lagged(_)) => json!({"type": "resync"}).to_string(),
                Err(RecvError::Closed) => return None,
            },
        };
        Some((Ok(Event::default().data(text)), (receiver, stop)))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
