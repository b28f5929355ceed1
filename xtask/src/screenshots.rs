//! The pictures of the README, taken from the demo, so that they never show what is no longer there.

use anyhow::Result;

use crate::run::{built, command, run as run_loud};
use crate::test::{npm, tools};

pub(crate) fn run() -> Result<()> {
    npm::install("web")?;
    npm::install("e2e")?;
    run_loud(command("", "cargo build --workspace --bins --examples").env_remove("PRONTO_WEB"))?;
    let mut shots = command("e2e", "npm run --silent screenshots");
    shots.env("PRONTO_BIN", built("pronto")).env("PRONTO_CHROMIUM", tools::chromium()?);
    run_loud(&mut shots)
}
