//! Measures Pronto from outside: load over its public interfaces, and what is left after it was killed.
//!
//! Only addresses of this machine are ever a target, and every run is bounded.
#![expect(clippy::print_stdout, reason = "results are printed")]

mod agents;
mod carrier;
mod crash;
mod ingest;
mod machine;
mod search;
mod server;
mod wire;
mod years;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Measurements of Pronto.
#[derive(Debug, Parser)]
#[command(name = "pronto-bench")]
struct Arguments {
    /// The server that is measured.
    #[arg(long, default_value = "target/release/pronto")]
    binary: PathBuf,
    /// `sqlite`, or the URL of a PostgreSQL in which a schema of its own is made.
    #[arg(long, default_value = "sqlite")]
    engine: String,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Messages per second durable and routed, and how soon agents see them.
    Ingest(ingest::Ingest),
    /// Kills the server again and again under load; nothing may be lost or doubled.
    Crash(crash::Crash),
    /// How long search, lists and threads take over years of work.
    Search(search::Search),
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    // The client wants one, though nothing here speaks TLS.
    drop(rustls::crypto::ring::default_provider().install_default());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    // Servers are started from a folder of their own.
    let binary = std::path::absolute(&arguments.binary)?;
    let under = server::Under { binary, engine: arguments.engine };
    runtime.block_on(async {
        match arguments.what {
            What::Ingest(ingest) => ingest.run(&under).await,
            What::Crash(crash) => crash.run(&under).await,
            What::Search(search) => search.run(&under).await,
        }
    })
}
