//! Measurements: each subcommand is a file beside this one.

use anyhow::{Result, bail};

/// `cargo xtask bench NAME …`.
pub(crate) fn run(words: &[String]) -> Result<()> {
    match words.first().map(String::as_str) {
        None => {
            println!("no measurement has been written yet");
            Ok(())
        }
        Some(name) => bail!("there is no measurement named {name}"),
    }
}

/// The crash rounds as `cargo xtask test` runs them, on SQLite and, where there is a URL, on PostgreSQL.
pub(crate) fn crash_rounds(_rounds: u32, _postgres: Option<&str>) -> Result<()> {
    println!("skipped: the crash rounds are not written yet");
    Ok(())
}
