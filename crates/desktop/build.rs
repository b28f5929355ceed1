//! Builds the desktop into `OUT_DIR`, so that `cargo run` is all a newcomer types.
//!
//! `npm ci` runs when the lock file has changed, `vite build` when any source has, never `tsc`: types come from the
//! API's document, which must not need the desktop to be built first. `PRONTO_WEB=skip` embeds a page that says so.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use fs4::fs_std::FileExt as _;

type Outcome<T> = Result<T, String>;

fn main() {
    println!("cargo::rerun-if-env-changed=PRONTO_WEB");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("desktop");
    let web = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../web");
    println!("cargo::rustc-env=PRONTO_DESKTOP={}", out.display());
    let done = if std::env::var("PRONTO_WEB").is_ok_and(|how| how == "skip") {
        stub(&out)
    } else {
        for source in [
            "src",
            "messages",
            "project.inlang",
            "public",
            "tools",
            "index.html",
            "package-lock.json",
            "vite.config.ts",
        ] {
            let path = web.join(source);
            if path.exists() {
                println!("cargo::rerun-if-changed={}", path.display());
            }
        }
        build(&web, &out)
    };
    if let Err(why) = done {
        println!("cargo::error={why}");
        std::process::exit(1);
    }
}

fn stub(out: &Path) -> Outcome<()> {
    fs::create_dir_all(out).map_err(|error| error.to_string())?;
    let page = "<!doctype html><title>Pronto</title><p>This build was made without the desktop (PRONTO_WEB=skip).";
    fs::write(out.join("index.html"), page).map_err(|error| error.to_string())
}

fn build(web: &Path, out: &Path) -> Outcome<()> {
    let node = Command::new("node").arg("--version").output();
    let version = node.ok().and_then(|node| String::from_utf8(node.stdout).ok()).unwrap_or_default();
    let numbers: Vec<u32> = version.trim().trim_start_matches('v').split('.').filter_map(|n| n.parse().ok()).collect();
    if numbers < vec![20, 19] {
        return Err(format!(
            "the desktop is built with Node 20.19 or later (found {:?}): install it, or set PRONTO_WEB=skip for a server without a desktop",
            version.trim()
        ));
    }
    let lock = File::create(web.join(".build-lock")).map_err(|error| format!("web/.build-lock: {error}"))?;
    lock.lock_exclusive().map_err(|error| format!("web/.build-lock: {error}"))?;
    let installed = web.join("node_modules/.package-lock.json");
    let newer = |one: &Path, other: &Path| {
        let changed = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
        changed(one) > changed(other)
    };
    if !installed.exists() || newer(&web.join("package-lock.json"), &installed) {
        run(web, "npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])?;
    }
    run(web, "npm", &["run", "--silent", "build", "--", "--outDir", &out.display().to_string(), "--emptyOutDir"])?;
    if out.join("index.html").exists() { Ok(()) } else { Err("the desktop's build made no index.html".to_owned()) }
}

fn run(web: &Path, program: &str, arguments: &[&str]) -> Outcome<()> {
    let done = Command::new(program).args(arguments).current_dir(web).output();
    let done = done.map_err(|error| format!("{program} cannot be run: {error}"))?;
    if done.status.success() {
        return Ok(());
    }
    let said = [done.stdout, done.stderr].concat();
    Err(format!("{program} {} failed in web/:\n{}", arguments.join(" "), String::from_utf8_lossy(&said))
        .replace('\n', " | "))
}
