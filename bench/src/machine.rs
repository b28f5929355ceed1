//! What the machine was, and what it spent.

use std::time::Duration;

/// Nearest-rank percentiles of durations.
pub(crate) struct Percentiles(Vec<Duration>);

impl Percentiles {
    pub(crate) fn of(mut durations: Vec<Duration>) -> Self {
        durations.sort_unstable();
        Self(durations)
    }

    fn at(&self, share: f64) -> Duration {
        let last = self.0.len().saturating_sub(1);
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rank"
        )]
        let rank = (last as f64 * share).round() as usize;
        self.0.get(rank).copied().unwrap_or_default()
    }
}

impl std::fmt::Display for Percentiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |share| self.at(share).as_secs_f64() * 1_000.0;
        write!(
            f,
            "p50 {:.2}  p95 {:.2}  p99 {:.2}  max {:.2} ms (n={})",
            ms(0.5),
            ms(0.95),
            ms(0.99),
            ms(1.0),
            self.0.len()
        )
    }
}

/// Processor time a process has used so far, in seconds; Linux only.
pub(crate) fn cpu_seconds(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// Memory that is this process's share, in MiB; Linux only.
pub(crate) fn memory_mib(pid: u32) -> f64 {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let pss = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).and_then(|rest| rest.split_whitespace().next());
    pss.and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1_024.0
}

/// One line about the machine and the commit, for results to be compared by.
pub(crate) fn described() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("?", |rest| rest.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let commit = std::process::Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    let commit = commit.ok().and_then(|out| String::from_utf8(out.stdout).ok()).unwrap_or_default();
    format!("{cores} cores, {model}, commit {}", commit.trim())
}
