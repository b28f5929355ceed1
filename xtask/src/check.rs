//! What can be said without running anything: form, lints, types, and which files have grown long.

use std::fs;

use anyhow::Result;

use crate::run::{command, output, root};
use crate::test::npm;

pub(crate) fn run() -> Result<()> {
    format()?;
    clippy()?;
    npm::install("web")?;
    npm::install("e2e")?;
    desktop()?;
    longest()
}

pub(crate) fn format() -> Result<()> {
    crate::run::run(&mut command("", "cargo fmt --all --check"))
}

pub(crate) fn clippy() -> Result<()> {
    let mut clippy = command("", "cargo clippy --quiet --workspace --all-targets -- -D warnings");
    crate::run::run(clippy.env_remove("PRONTO_WEB"))
}

/// Biome and the type checker, for the desktop and for its stories.
pub(crate) fn desktop() -> Result<()> {
    crate::run::run(&mut command("web", "npm run --silent check"))?;
    crate::run::run(&mut command("e2e", "npm run --silent check"))
}

/// Each is a place to ask whether it still holds one idea.
fn longest() -> Result<()> {
    let listed = output(&mut command("", "git ls-files *.rs *.ts *.tsx *.css *.js *.mjs"))?;
    let mut files: Vec<(usize, &str)> = listed
        .lines()
        .filter(|file| !file.ends_with("schema.ts"))
        .filter_map(|file| Some((fs::read_to_string(root().join(file)).ok()?.lines().count(), file)))
        .collect();
    files.sort_unstable_by(|one, other| other.cmp(one));
    println!("The ten longest files:");
    for (lines, file) in files.iter().take(10) {
        println!("{lines:6}  {file}");
    }
    Ok(())
}
