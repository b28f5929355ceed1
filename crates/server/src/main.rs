//! The one binary: `demo`, `serve`, and the commands around them.
mod command;
mod config;
mod demo;
mod serving;

use std::process::ExitCode;

use clap::Parser;

/// Customer care on WhatsApp, self-hosted.
#[derive(Debug, Parser)]
#[command(name = "pronto", version, about, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: command::Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&anyhow::Error::from(error)),
    };
    match runtime.block_on(command::run(arguments.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

#[expect(clippy::print_stderr, reason = "a command tells its user why it failed")]
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("pronto: {error:#}");
    ExitCode::FAILURE
}
