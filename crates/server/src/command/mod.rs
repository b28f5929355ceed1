//! The commands, a file each.
mod check;
mod demo;
mod serve;
mod simulator;
mod user;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};

use crate::config::Config;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Starts everything with sample data and simulated phones, to look at and play with.
    Demo(demo::Demo),
    /// Runs the desk for real.
    Serve(serve::Serve),
    /// Runs the WhatsApp simulator by itself.
    Simulator(simulator::Simulator),
    /// Brings the database's schema up to date.
    Migrate(Configured),
    /// Checks configuration, database, storage and providers without starting.
    Check(Configured),
    /// Staff.
    #[command(subcommand)]
    User(user::User),
    /// Prints the API's OpenAPI document.
    Openapi,
}

/// Where the configuration is.
#[derive(Debug, Args)]
pub(crate) struct Configured {
    /// The configuration file.
    #[arg(long, value_name = "FILE", env = "PRONTO_CONFIG")]
    pub(crate) config: Option<PathBuf>,
}

impl Configured {
    pub(crate) fn load(&self) -> Result<Config> {
        Config::load(self.config.as_deref())
    }
}

pub(crate) async fn run(command: Command) -> Result<()> {
    match command {
        Command::Demo(demo) => demo.run().await,
        Command::Serve(serve) => serve.run().await,
        Command::Simulator(simulator) => simulator.run().await,
        Command::Migrate(configured) => {
            let config = configured.load()?;
            log(&config.log)?;
            crate::serving::open(&config).await?.db().close().await;
            say("The schema is up to date.");
            Ok(())
        }
        Command::Check(configured) => check::run(&configured.load()?).await,
        Command::User(user) => user.run().await,
        Command::Openapi => {
            say(&serde_json::to_string_pretty(&pronto_http::openapi())?);
            Ok(())
        }
    }
}

/// Says something to whoever typed the command.
#[expect(clippy::print_stdout, reason = "commands answer on standard output")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}

/// Starts logging to standard error.
pub(crate) fn log(filter: &str) -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(filter).context("log is not a filter such as \"info\"")?;
    // A second subscriber in one process would be a mistake of ours, not a reason to stop.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    Ok(())
}
