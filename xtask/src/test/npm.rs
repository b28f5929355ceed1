//! Packages of the desktop and of its end-to-end tests.

use std::fs;
use std::time::SystemTime;

use anyhow::Result;

use crate::run::{command, root, run};

/// `npm ci` in `folder`, where what is installed is not what the lock says.
pub(crate) fn install(folder: &str) -> Result<()> {
    let changed =
        |file: &str| -> Option<SystemTime> { fs::metadata(root().join(folder).join(file)).ok()?.modified().ok() };
    // npm writes the second when it has installed everything.
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Some(lock), Some(installed)) if installed >= lock => Ok(()),
        _ => run(&mut command(folder, "npm ci --no-fund --no-audit")),
    }
}
