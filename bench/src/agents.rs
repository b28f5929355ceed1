//! Agents: signed in, with a stream on which they see customers' messages.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures_util::StreamExt as _;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::server::PASSWORD;

/// What agents saw: how long each message took to reach each of them.
pub(crate) struct Seen {
    began: Instant,
    took: Mutex<Vec<Duration>>,
    count: AtomicUsize,
}

impl Seen {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { began: Instant::now(), took: Mutex::default(), count: AtomicUsize::new(0) })
    }

    /// The text that leads a message sent now: its number and when it was due.
    pub(crate) fn mark(&self, number: usize, due: Instant) -> String {
        format!("mk{number}x{}", due.duration_since(self.began).as_micros())
    }

    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    pub(crate) fn took(&self) -> Vec<Duration> {
        self.took.lock().map(|took| took.clone()).unwrap_or_default()
    }

    /// Finds marks in a frame, whatever its shape; a message's first sight counts.
    fn scan(&self, frame: &str, known: &mut HashSet<usize>) {
        let now = self.began.elapsed();
        for part in frame.split("mk").skip(1) {
            let Some((number, rest)) = part.split_once('x') else { continue };
            let Ok(number) = number.parse::<usize>() else { continue };
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let Some(micros) = rest.get(..end).and_then(|digits| digits.parse::<u64>().ok()) else { continue };
            if known.insert(number) {
                self.count.fetch_add(1, Ordering::Relaxed);
                if let Ok(mut took) = self.took.lock() {
                    took.push(now.saturating_sub(Duration::from_micros(micros)));
                }
            }
        }
    }
}

/// Signs somebody in; answers the cookie.
pub(crate) async fn sign_in(base: &str, login: &str) -> Result<String> {
    let client = reqwest::Client::builder().build()?;
    let answer = client
        .post(format!("{base}/api/v1/session"))
        .header("origin", base)
        .json(&json!({ "login": login, "password": PASSWORD }))
        .send()
        .await?
        .error_for_status()?;
    let cookie = answer.headers().get("set-cookie").context("a cookie")?.to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// Connects `count` agents, who look until the run ends.
pub(crate) async fn connect(base: &str, port: u16, count: usize, seen: &Arc<Seen>) -> Result<()> {
    for n in 0..count {
        let cookie = sign_in(base, &format!("agent{n}")).await?;
        let mut request = format!("ws://127.0.0.1:{port}/api/v1/stream").into_client_request()?;
        request.headers_mut().insert("cookie", cookie.parse()?);
        request.headers_mut().insert("origin", base.parse()?);
        let (mut socket, _) = tokio_tungstenite::connect_async(request).await?;
        let seen = seen.clone();
        tokio::spawn(async move {
            let mut known = HashSet::new();
            while let Some(Ok(message)) = socket.next().await {
                if let Message::Text(text) = message {
                    seen.scan(&text, &mut known);
                }
            }
        });
    }
    Ok(())
}
