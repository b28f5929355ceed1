//! The commands around the code: `cargo xtask test` and its smaller siblings.
#![expect(clippy::print_stdout, reason = "these commands talk to a terminal")]

mod bench;
mod check;
mod dev;
mod regen;
mod run;
mod screenshots;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <command>

  test [word]     everything, as CI runs it; with a word only the steps, or else the tests, of that name
  check           formatting, lints and types, without running anything
  regen           the API document, its page and the desktop's types, after a change of the API
  dev             a demo server and the desktop with hot reload
  bench …         load, crash and page measurements; `bench` alone lists them
  screenshots     the pictures of the README, taken from the demo
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = words.split_first().map_or(("", &[] as &[String]), |(first, rest)| (first.as_str(), rest));
    let done = match command {
        "test" => test::run(rest.first().map(String::as_str)),
        "check" => check::run(),
        "regen" => regen::run(),
        "dev" => dev::start(rest),
        "bench" => bench::run(rest),
        "screenshots" => screenshots::run(),
        _ => {
            print!("{USAGE}");
            return if command.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {command}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
