//! Everything that must hold before a change lands, on a machine that may be new.

mod clients;
pub(crate) mod cluster;
pub(crate) mod npm;
mod report;
pub(crate) mod tools;

use std::process::Command;

use anyhow::Result;

use crate::run::{built, command, root, run as run_loud};
use crate::{bench, check, regen};
use cluster::Cluster;
use report::Report;

/// One thing that is tried. The steps it needs run first, and it is passed over where one of them failed.
struct Step {
    name: &'static str,
    needs: &'static [&'static str],
    run: fn(&mut Ground) -> Result<()>,
}

/// What the steps stand on.
struct Ground {
    /// Only tests of this name.
    word: Option<String>,
    cluster: Option<Cluster>,
}

/// In the order of running. Cargo is always asked for the whole workspace with its tests or examples, because then
/// dependencies have the same features every time and are built once.
const STEPS: &[Step] = &[
    Step { name: "tools", needs: &[], run: |_| tools::ready() },
    Step { name: "packages", needs: &["tools"], run: |_| npm::install("web").and_then(|()| npm::install("e2e")) },
    Step { name: "format", needs: &[], run: |_| check::format() },
    Step { name: "desktop-check", needs: &["packages"], run: |_| check::desktop() },
    Step { name: "desktop-test", needs: &["packages"], run: desktop_test },
    Step { name: "desktop-size", needs: &["packages"], run: |_| desktop_size() },
    Step { name: "clippy", needs: &["packages"], run: |_| check::clippy() },
    Step { name: "build", needs: &["packages"], run: |_| build() },
    Step { name: "postgres", needs: &["tools"], run: start_cluster },
    Step { name: "rust-test", needs: &["build", "postgres"], run: rust_test },
    Step { name: "rust-doc", needs: &["build"], run: |_| rust_doc() },
    Step { name: "contract", needs: &["build"], run: |_| regen::in_step() },
    Step { name: "e2e", needs: &["build"], run: e2e },
    Step { name: "crash", needs: &["build", "postgres"], run: crash },
];

/// The steps that a word which names no step is handed to.
const TESTS: &[&str] = &["desktop-test", "rust-test", "e2e"];

pub(crate) fn run(word: Option<&str>) -> Result<()> {
    let named: Vec<&str> = match word {
        None => STEPS.iter().map(|step| step.name).collect(),
        Some(word) => STEPS.iter().map(|step| step.name).filter(|name| name.contains(word)).collect(),
    };
    let (wanted, word) = if named.is_empty() { (TESTS.to_vec(), word) } else { (named, None) };
    let mut ground = Ground { word: word.map(str::to_owned), cluster: None };
    let mut report = Report::default();
    for step in STEPS.iter().filter(|step| wanted.iter().any(|name| reaches(name, step.name))) {
        let lost = step.needs.iter().find(|need| !report.passed(need));
        match lost {
            Some(need) => report.skip(step.name, need),
            None => report.run(step.name, || (step.run)(&mut ground)),
        }
    }
    drop(ground);
    report.close()
}

/// Whether `from` is `to` or needs it.
fn reaches(from: &str, to: &str) -> bool {
    from == to
        || STEPS.iter().filter(|step| step.name == from).flat_map(|step| step.needs).any(|need| reaches(need, to))
}

fn desktop_test(ground: &mut Ground) -> Result<()> {
    let mut test = command("web", "npm run --silent test --");
    if let Some(word) = &ground.word {
        test.args(["-t", word, "--passWithNoTests"]);
    }
    run_loud(&mut test)
}

fn desktop_size() -> Result<()> {
    run_loud(&mut command("web", "npm run --silent build"))?;
    run_loud(&mut command("web", "npm run --silent size"))
}

fn build() -> Result<()> {
    run_loud(command("", "cargo build --workspace --bins --examples").env_remove("PRONTO_WEB"))
}

fn start_cluster(ground: &mut Ground) -> Result<()> {
    ground.cluster = Some(Cluster::start(cluster::Durability::Fast)?);
    Ok(())
}

fn rust_test(ground: &mut Ground) -> Result<()> {
    // Many tests in one process: what each would set up for itself alone takes longer than what it tests.
    let mut test = command("", "cargo test --quiet --workspace --no-fail-fast --tests");
    test.args(ground.word.as_deref()).env_remove("PRONTO_WEB");
    // Half of them wait for time to pass.
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    test.env("RUST_TEST_THREADS", (2 * cores).to_string());
    with_samples(&mut test);
    if let Some(python) = clients::python() {
        test.env("PRONTO_TEST_PYTHON", python);
    }
    run_loud(with_postgres(&mut test, ground))
}

fn rust_doc() -> Result<()> {
    run_loud(command("", "cargo test --quiet --workspace --doc").env_remove("PRONTO_WEB"))
}

fn e2e(ground: &mut Ground) -> Result<()> {
    let mut test = command("e2e", "npm test --silent --");
    if let Some(word) = &ground.word {
        test.args(["--grep", word, "--pass-with-no-tests"]);
    }
    test.env("PRONTO_BIN", built("pronto")).env("PRONTO_CHROMIUM", tools::chromium()?);
    run_loud(&mut test)
}

/// Each engine's server is killed in the middle of its work twenty times; nothing acknowledged may be missing.
fn crash(ground: &mut Ground) -> Result<()> {
    let url = ground.cluster.as_ref().map(Cluster::url);
    bench::crash_rounds(20, url.as_deref())
}

fn with_postgres<'a>(command: &'a mut Command, ground: &Ground) -> &'a mut Command {
    if let Some(cluster) = &ground.cluster {
        command.env("PRONTO_TEST_POSTGRES", cluster.url());
    }
    command
}

/// Payloads collected elsewhere and the program that measures the machine itself are not part of the repository; they
/// are used where they stand beside it.
fn with_samples(command: &mut Command) {
    let beside = root().join("../shared");
    for (name, path) in [("PRONTO_VECTORS", "vectors"), ("PRONTO_FLOOR", "bench/limits/target/release/limits")] {
        let path = beside.join(path);
        if std::env::var_os(name).is_some() {
            continue;
        }
        if path.exists() {
            command.env(name, path);
        } else {
            println!("skipped: {name} is not set, and nothing stands at {}", path.display());
        }
    }
}
