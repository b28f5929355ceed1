//! The network alone, for working on its page: `cargo run -p pronto-simulator --example standalone`.
#![expect(clippy::print_stdout, reason = "it says where it listens")]

use std::path::PathBuf;

use clap::Parser;
use pronto_simulator::{Config, Seed, open};

#[derive(Parser)]
struct Arguments {
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: String,
    /// Where the desk is, whose webhook gets the messages.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    desk: String,
    #[arg(long, default_value = "simulator.db")]
    database: PathBuf,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::from_default_env()).init();
    let arguments = Arguments::parse();
    let listener = tokio::net::TcpListener::bind(&arguments.listen).await?;
    let public_base = format!("http://{}", listener.local_addr()?);
    let simulator = open(Config {
        database: arguments.database,
        public_base: public_base.clone(),
        seed: Seed::demo(&arguments.desk),
    })
    .await?;
    println!("phones: {public_base}/simulator/");
    axum::serve(listener, simulator.router()).await?;
    Ok(())
}
