//! The programs the tests need beside Rust: found, or installed where we may.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use super::cluster;
use crate::run::{command, on_path, output, run};

/// The oldest Node the desktop is built with.
const NODE: (u32, u32) = (20, 19);

pub(crate) fn ready() -> Result<()> {
    node()?;
    let mut missing = Vec::new();
    if chromium().is_err() {
        missing.extend(["chromium", "fonts-liberation"]);
    }
    if cluster::programs().is_none() {
        missing.push("postgresql");
    }
    if missing.is_empty() {
        return Ok(());
    }
    install(&missing)
}

/// A Chromium that is on the machine; none is ever downloaded.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("PRONTO_CHROMIUM") {
        return Ok(path.into());
    }
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
        .or_else(|| mac.is_file().then_some(mac))
        .context("there is no Chromium on the path; install it, or name one in PRONTO_CHROMIUM")
}

fn node() -> Result<()> {
    let (major, minor) = NODE;
    let wanted = format!("Node {major}.{minor} or newer is needed, with npm (https://nodejs.org)");
    let said = output(&mut command("", "node --version")).context(wanted.clone())?;
    let mut numbers = said.trim_start_matches('v').split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found < NODE {
        bail!("{wanted}; this is {said}");
    }
    println!("node {said}");
    Ok(())
}

/// From the system's packages, where we are root on a system that has apt.
fn install(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let root = output(&mut command("", "id -u")).is_ok_and(|id| id == "0");
    if !root || on_path(&["apt-get"]).is_none() {
        bail!("install {names} with the system's package manager, then try again");
    }
    run(&mut command("", "apt-get update -q"))?;
    let mut apt = command("", "apt-get install -q -y --no-install-recommends");
    run(apt.args(packages).env("DEBIAN_FRONTEND", "noninteractive"))
}
