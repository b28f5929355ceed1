//! `pronto simulator`: the WhatsApp network by itself.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::response::Redirect;
use axum::routing::get;
use clap::Args;
use tokio::net::TcpListener;

use super::{log, say};

#[derive(Debug, Args)]
pub(crate) struct Simulator {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: String,
    /// The folder of its state.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// The desk it delivers to.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    desk: String,
}

impl Simulator {
    pub(crate) async fn run(self) -> Result<()> {
        log("info")?;
        std::fs::create_dir_all(&self.data).with_context(|| format!("{} cannot be made", self.data.display()))?;
        let listener =
            TcpListener::bind(&self.listen).await.with_context(|| format!("cannot listen on {}", self.listen))?;
        let base = format!("http://{}", listener.local_addr()?);
        let simulator = pronto_simulator::open(pronto_simulator::Config {
            database: self.data.join("simulator.db"),
            public_base: base.clone(),
            seed: pronto_simulator::Seed::demo(self.desk.trim_end_matches('/')),
        })
        .await?;
        let router =
            Router::new().route("/", get(|| async { Redirect::temporary("/simulator/") })).merge(simulator.router());
        say(&format!("Phones: {base}/simulator/"));
        axum::serve(listener, router)
            .with_graceful_shutdown(async {
                let _ = tokio::signal::ctrl_c().await;
            })
            .await?;
        simulator.close().await;
        Ok(())
    }
}
