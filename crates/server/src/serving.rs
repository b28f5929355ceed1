//! Wires the parts together and serves until told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::serve::ListenerExt as _;
use pronto_db::Db;
use pronto_desk::password::Passwords;
use pronto_desk::work::ledger::Ledger;
use pronto_desk::{Clock, Desk, Opening, Sealer, work};
use pronto_http::live::{self, Hub};
use pronto_http::{App, Demo, webhook};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::config::Config;

/// How long running work may take to finish when the server stops.
const FAREWELL: Duration = Duration::from_secs(5);

/// Opens the desk as configured.
pub(crate) async fn open(config: &Config) -> Result<Desk> {
    config.prepare_folder()?;
    let sealer = Sealer::new(&config.key()?);
    let db = Db::open(&config.database_url).await.context("the database cannot be opened")?;
    let opening = Opening { db, clock: Clock::system(), sealer, media: config.media()? };
    Desk::open(opening).await.context("the desk cannot be opened")
}

/// Listens where configured.
pub(crate) async fn listen(config: &Config) -> Result<TcpListener> {
    TcpListener::bind(&config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))
}

/// Serves the desk until stopped, with `beside` merged in where there is something.
pub(crate) async fn serve(
    desk: Desk,
    config: &Config,
    listener: TcpListener,
    demo: Option<Demo>,
    beside: Option<Router>,
) -> Result<()> {
    let stop = CancellationToken::new();
    let hub = Hub::default();
    let public_url = Some(config.public_url.clone()).filter(|url| !url.is_empty());
    let app = App::new(desk.clone(), hub.clone(), Passwords::strong()).with_public_url(public_url).with_demo(demo);
    let ledger = Ledger::start(&desk, &stop);
    let workers = work::start(&desk, &stop);
    let pump = tokio::spawn(live::run(desk.clone(), hub, stop.clone()));
    let mut router = pronto_http::router(app.clone(), pronto_desktop::router()).merge(webhook::routes(app, ledger));
    if let Some(beside) = beside {
        router = router.merge(beside);
    }
    let stopping = stop.clone();
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        stopping.cancel();
    });
    // Frames are small and are due now: the system must not hold one back until the one before is acknowledged.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection sends late");
        }
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let shutdown = stop.clone();
    let serving =
        tokio::spawn(
            async move { axum::serve(listener, service).with_graceful_shutdown(shutdown.cancelled_owned()).await },
        );
    stop.cancelled().await;
    // Long polls and sockets would keep the server up; they reconnect to whoever comes next.
    let _ = tokio::time::timeout(FAREWELL, async {
        workers.wait().await;
        let _ = pump.await;
    })
    .await;
    let _ = tokio::time::timeout(Duration::from_millis(300), serving).await;
    desk.db().close().await;
    Ok(())
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
