//! The providers' own Python clients, which the simulator is checked by.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::run::{command, on_path, output, root};

/// What is installed, and no newer: what a newer one does differently would be found out on somebody else's day.
const PACKAGES: &str = "twilio==9.13.0 sinch==2.3.0 pywa==4.5.0";

/// An interpreter that has them: the one that is named, or one of our own below `target`. Where it cannot be had, that
/// is said, and the tests say it again.
pub(crate) fn python() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PRONTO_TEST_PYTHON") {
        return Some(named.into());
    }
    match own() {
        Ok(python) => Some(python),
        Err(error) => {
            println!("SKIPPED: the simulator is not checked by the providers' own clients ({error:#})");
            println!("  name a Python that has {PACKAGES} in PRONTO_TEST_PYTHON to check it");
            None
        }
    }
}

fn own() -> Result<PathBuf> {
    let folder = root().join("target/clients");
    let python = folder.join("bin/python");
    let has = |python: &PathBuf| {
        let mut import = command("", &python.display().to_string());
        output(import.args(["-c", "import twilio, sinch, pywa"])).is_ok()
    };
    if has(&python) {
        return Ok(python);
    }
    let system = on_path(&["python3"]).context("there is no python3 on the path")?;
    let mut venv = command("", &system.display().to_string());
    output(venv.args(["-m", "venv"]).arg(&folder))?;
    let mut pip = command("", &python.display().to_string());
    let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "10"];
    output(pip.args(quiet).args(PACKAGES.split(' ')))?;
    Ok(python)
}
