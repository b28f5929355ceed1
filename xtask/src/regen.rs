//! What is generated from the handlers: the OpenAPI document, and from it the desktop's types.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::run::{built, command, output, root, run as run_loud};

/// Every generated file that is kept in the repository.
const FILES: &[&str] = &["web/openapi.json", "web/src/api/schema.ts"];

pub(crate) fn run() -> Result<()> {
    build()?;
    generate()
}

/// With all packages at once, so that dependencies have the features they have for the tests and nothing builds twice.
pub(crate) fn build() -> Result<()> {
    run_loud(&mut command("", "cargo build --quiet --workspace --example openapi"))
}

fn generate() -> Result<()> {
    let document = output(&mut Command::new(built("examples/openapi")))?;
    let path = root().join("web/openapi.json");
    fs::write(&path, document + "\n").with_context(|| format!("could not write {}", path.display()))?;
    run_loud(&mut command("web", "npm run --silent regen"))
}

/// Generates once more and fails where that changed a file, which then holds what it should.
pub(crate) fn in_step() -> Result<()> {
    let before = read();
    generate()?;
    let stale: Vec<&str> = FILES
        .iter()
        .zip(before.iter().zip(read()))
        .filter(|(_, (before, after))| *before != after)
        .map(|(file, _)| *file)
        .collect();
    if !stale.is_empty() {
        bail!("{} did not follow the handlers; run `cargo xtask regen` and commit what it writes", stale.join(" and "));
    }
    Ok(())
}

fn read() -> Vec<Option<Vec<u8>>> {
    FILES.iter().map(|file| fs::read(root().join(file)).ok()).collect()
}
