//! Measurements: `crate pronto-bench` does them; here are the builds, the engines and the PostgreSQL they run on.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run::{command, run as run_loud};
use crate::test::cluster::{Cluster, Durability};
use crate::test::{npm, tools};

const USAGE: &str = "\
cargo xtask bench <what> [options]

  ingest   messages a second durable and routed, and how soon agents see them, on both engines
           --seconds N  --connections N  --rate N  --agents N  --customers N
  crash    kills the server again and again under load, on both engines
           --rounds N  --rate N
  page     how soon an agent's browser shows a conversation of 10,000 messages, another tab, a key, a message
  search   how long search, lists and threads take over a million messages, on both engines
           --messages N  --queries N
";

/// `cargo xtask bench NAME …`.
pub(crate) fn run(words: &[String]) -> Result<()> {
    match words.first().map(String::as_str) {
        None => {
            print!("{USAGE}");
            Ok(())
        }
        Some("ingest") => {
            build(&["--release"])?;
            let cluster = Cluster::start(Durability::Real)?;
            let url = cluster.url();
            for engine in ["sqlite", url.as_str()] {
                let given = words.get(1..).unwrap_or_default();
                if given.is_empty() {
                    // Capacity, then one number at WhatsApp's default rate, then one at its highest.
                    measure("release", engine, &["ingest"])?;
                    measure("release", engine, &["ingest", "--rate", "80", "--agents", "10", "--connections", "64"])?;
                    measure(
                        "release",
                        engine,
                        &["ingest", "--rate", "1000", "--agents", "10", "--connections", "128"],
                    )?;
                } else {
                    let all: Vec<&str> = words.iter().map(String::as_str).collect();
                    measure("release", engine, &all)?;
                }
            }
            Ok(())
        }
        Some("crash" | "search") => {
            build(&["--release"])?;
            let cluster = Cluster::start(Durability::Real)?;
            let all: Vec<&str> = words.iter().map(String::as_str).collect();
            let url = cluster.url();
            for engine in ["sqlite", url.as_str()] {
                measure("release", engine, &all)?;
            }
            Ok(())
        }
        Some("page") => {
            npm::install("web")?;
            npm::install("e2e")?;
            run_loud(command("", "cargo build --release --package pronto-server").env_remove("PRONTO_WEB"))?;
            let binary = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/pronto");
            let mut measures = command("e2e", "npm run --silent measure");
            measures.env("PRONTO_BIN", binary).env("PRONTO_CHROMIUM", tools::chromium()?);
            run_loud(&mut measures)
        }
        Some(name) => bail!("there is no measurement named {name}\n{USAGE}"),
    }
}

/// The crash rounds as `cargo xtask test` runs them, on SQLite and, where there is a URL, on PostgreSQL. The debug
/// binary has been built by then.
pub(crate) fn crash_rounds(rounds: u32, postgres: Option<&str>) -> Result<()> {
    let rounds = rounds.to_string();
    for engine in ["sqlite"].into_iter().chain(postgres) {
        measure("debug", engine, &["crash", "--rounds", &rounds])?;
    }
    Ok(())
}

fn build(profile: &[&str]) -> Result<()> {
    let done = Command::new(env!("CARGO"))
        .args(["build", "--package", "pronto-server", "--package", "pronto-bench"])
        .args(profile)
        .status()?;
    if done.success() { Ok(()) } else { bail!("the build failed") }
}

fn measure(profile: &str, engine: &str, words: &[&str]) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target").join(profile);
    let done = Command::new(folder.join("pronto-bench"))
        .arg("--binary")
        .arg(folder.join("pronto"))
        .args(["--engine", engine])
        .args(words)
        .status()?;
    if done.success() { Ok(()) } else { bail!("{} failed", words.join(" ")) }
}
