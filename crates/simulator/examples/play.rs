//! Plays a scenario from the command line and says how it went:
//! `cargo run -p pronto-simulator --example play -- my.txt --speed 5`.
#![expect(clippy::print_stdout, reason = "it says what happens")]

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Parser;
use serde_json::Value;

#[derive(Parser)]
struct Arguments {
    /// A file, or the name of a scenario that comes with the simulator.
    scenario: String,
    /// Where the simulator is.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    at: String,
    /// How many times faster than written.
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().build()?;
    let runs = format!("{}/simulator/control/runs", arguments.at.trim_end_matches('/'));
    let file = PathBuf::from(&arguments.scenario);
    let mut url = format!("{runs}?speed={}", arguments.speed);
    let mut text = String::new();
    if file.is_file() {
        text = std::fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    } else {
        url = format!("{url}&scenario={}", arguments.scenario);
    }
    let mut run = answer(http.post(url).body(text).send().await?).await?;
    let id = run["id"].clone();
    let lines: Vec<String> = run["script"].as_str().unwrap_or_default().lines().map(str::to_owned).collect();
    let mut said = Vec::new();
    while run["state"] == "running" {
        let now: Vec<u64> = doing(&run);
        for line in now.iter().filter(|line| !said.contains(*line)) {
            let place = usize::try_from(line.saturating_sub(1)).unwrap_or_default();
            println!("{line:>4}  {}", lines.get(place).map_or("", String::as_str));
        }
        said = now;
        tokio::time::sleep(Duration::from_millis(200)).await;
        run = answer(http.get(format!("{runs}/{id}")).send().await?).await?;
    }
    match run["problem"]["detail"].as_str() {
        Some(detail) => bail!("line {}: {detail}", run["problem"]["line"]),
        None => println!("{}: {} of {} lines", run["state"].as_str().unwrap_or_default(), run["done"], run["steps"]),
    }
    Ok(())
}

fn doing(run: &Value) -> Vec<u64> {
    let doing = run["doing"].as_array().into_iter().flatten();
    doing.filter_map(|one| one["line"].as_u64()).collect()
}

async fn answer(response: reqwest::Response) -> anyhow::Result<Value> {
    let ok = response.status().is_success();
    let body: Value = response.json().await?;
    if ok {
        return Ok(body);
    }
    bail!("{}", body["detail"].as_str().unwrap_or("the simulator did not say why"))
}
