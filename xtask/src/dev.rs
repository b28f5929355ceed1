//! A demo server and the desktop with hot reload, until one of them ends or Ctrl-C ends both.

use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::run::{command, run};
use crate::test::npm;

/// The words after `dev` go to `pronto demo`.
pub(crate) fn start(words: &[String]) -> Result<()> {
    npm::install("web")?;
    // Vite serves the desktop here, so none is built into the server.
    run(command("", "cargo build --package pronto-server").env("PRONTO_WEB", "skip"))?;
    let mut server = command("", "cargo run --quiet --package pronto-server -- demo");
    let mut server = server.args(words).env("PRONTO_WEB", "skip").spawn().context("could not start the server")?;
    let mut vite = command("web", "npm run --silent dev").spawn().context("could not start Vite")?;
    loop {
        if server.try_wait()?.is_some() || vite.try_wait()?.is_some() {
            // The other may have ended too; that is what is wanted.
            let _ = server.kill();
            let _ = vite.kill();
            return Ok(());
        }
        thread::sleep(Duration::from_millis(200));
    }
}
