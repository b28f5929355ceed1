//! How each step ended, and the table of them.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

enum Ended {
    Passed,
    Failed,
    Skipped,
}

struct Line {
    name: &'static str,
    ended: Ended,
    took: Duration,
    /// Why it did not pass.
    why: String,
}

#[derive(Default)]
pub(super) struct Report {
    lines: Vec<Line>,
}

impl Report {
    pub(super) fn passed(&self, name: &str) -> bool {
        self.lines.iter().any(|line| line.name == name && matches!(line.ended, Ended::Passed))
    }

    pub(super) fn run(&mut self, name: &'static str, body: impl FnOnce() -> Result<()>) {
        println!("\n=== {name}");
        let began = Instant::now();
        let (ended, why) = match body() {
            Ok(()) => (Ended::Passed, String::new()),
            Err(error) => (Ended::Failed, format!("{error:#}")),
        };
        if !why.is_empty() {
            println!("{name} failed: {why}");
        }
        self.lines.push(Line { name, ended, took: began.elapsed(), why });
    }

    pub(super) fn skip(&mut self, name: &'static str, need: &str) {
        let why = format!("{need} did not pass");
        self.lines.push(Line { name, ended: Ended::Skipped, took: Duration::ZERO, why });
    }

    /// Prints the table; an error unless every step passed.
    pub(super) fn close(self) -> Result<()> {
        println!("\nstep              seconds");
        for Line { name, ended, took, why } in &self.lines {
            let word = match ended {
                Ended::Passed => "passed",
                Ended::Failed => "FAILED",
                Ended::Skipped => "skipped",
            };
            println!("{name:16}  {:7.1}  {word}{}{why}", took.as_secs_f64(), if why.is_empty() { "" } else { ": " });
        }
        let all: Duration = self.lines.iter().map(|line| line.took).sum();
        println!("{:16}  {:7.1}\n", "together", all.as_secs_f64());
        let count = |wanted: fn(&Ended) -> bool| self.lines.iter().filter(|line| wanted(&line.ended)).count();
        let passed = count(|ended| matches!(ended, Ended::Passed));
        let failed = count(|ended| matches!(ended, Ended::Failed));
        let skipped = count(|ended| matches!(ended, Ended::Skipped));
        if skipped > 0 {
            println!("{passed} passed, {failed} failed, {skipped} skipped");
        } else {
            println!("{passed} passed, {failed} failed");
        }
        if failed > 0 {
            bail!("{failed} of {} steps failed", self.lines.len());
        }
        Ok(())
    }
}
