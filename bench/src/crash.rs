//! Kills the server at random moments under load and starts it again. Afterwards every message the simulator got a 200
//! for must be there once, and nothing it acknowledged may have been sent twice.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use pronto_db::{Db, FromRow, sql};
use pronto_domain::routing::Strategy;
use reqwest::Client;
use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::agents::sign_in;
use crate::machine::described;
use crate::server::{Server, Under, free_port};

#[derive(Debug, Args)]
pub(crate) struct Crash {
    /// How often it is killed.
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// Customers' messages a second.
    #[arg(long, default_value_t = 200)]
    rate: u32,
    /// The longest a server lives in a round, in milliseconds.
    #[arg(long, default_value_t = 1_500)]
    longest_ms: u64,
}

/// How long the last deliveries may take to arrive once nobody kills any more.
const CALM: Duration = Duration::from_secs(60);

impl Crash {
    pub(crate) async fn run(&self, under: &Under) -> Result<()> {
        let began = Instant::now();
        let simulator = Simulator::start(under).await?;
        let provider = format!("{}/simulator/meta/v23.0", simulator.base);
        let mut server = Server::furnish(under, 2, &provider, Strategy::RoundRobin).await?;
        simulator.deliver_to(&server.base()).await?;
        simulator
            .patch("faults", &json!({ "duplicate_percent": 20, "webhook_retry_ms": 50, "status_delay_ms": 30 }))
            .await?;
        let load = simulator.load(self.rate, self.rounds, self.longest_ms).await?;
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::new(AtomicUsize::new(0));
        server.start().await?;
        let cookie = sign_in(&server.base(), "agent0").await?;
        let answering = tokio::spawn(answer(server.base(), cookie, stop.clone(), asked.clone()));
        for round in 0..self.rounds {
            let lives = Duration::from_millis(rand::random_range(100..=self.longest_ms));
            tokio::time::sleep(lives).await;
            server.kill().await?;
            server.start().await.with_context(|| format!("after kill {}", round + 1))?;
        }
        stop.store(true, Ordering::Relaxed);
        answering.await?;
        simulator.finish(&load).await?;
        let verdict = judge(&server, &simulator).await;
        server.kill().await?;
        drop(simulator);
        let found = verdict?;
        let engine = under.name();
        println!("crash on {engine}: {}", described());
        println!(
            "  {} kills in {:.0} s: {} messages acknowledged and stored once; {} replies asked for, {} accepted by the provider, none twice, {} marked unknown",
            self.rounds,
            began.elapsed().as_secs_f64(),
            found.acknowledged,
            asked.load(Ordering::Relaxed),
            found.accepted,
            found.unknown,
        );
        Ok(())
    }
}

/// What was found at the end.
struct Found {
    acknowledged: usize,
    accepted: usize,
    unknown: usize,
}

/// An agent who takes whatever waits and answers it, as well as a server allows that dies all the time.
async fn answer(base: String, cookie: String, stop: Arc<AtomicBool>, asked: Arc<AtomicUsize>) {
    let Ok(client) = Client::builder().timeout(Duration::from_secs(3)).build() else { return };
    let call = |method: reqwest::Method, path: String, body: Option<Value>| {
        let mut request =
            client.request(method, format!("{base}/api/v1/{path}")).header("cookie", &cookie).header("origin", &base);
        if let Some(body) = body {
            request = request.json(&body);
        }
        async move { request.send().await.ok()?.error_for_status().ok()?.json::<Value>().await.ok() }
    };
    while !stop.load(Ordering::Relaxed) {
        let page = call(reqwest::Method::GET, "interactions?state=open&limit=20".to_owned(), None).await;
        let rows = page.and_then(|page| page["items"].as_array().cloned()).unwrap_or_default();
        for row in &rows {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let Some(id) = row["id"].as_i64() else { continue };
            if row["may"]["take"] == true {
                call(reqwest::Method::PUT, format!("interactions/{id}/ownership"), Some(json!({}))).await;
            }
            let number = asked.fetch_add(1, Ordering::Relaxed);
            let client_id = client_id();
            // The same message until there is an answer: that is what a client id is for.
            for _ in 0..20 {
                let body = json!({ "client_id": client_id, "kind": "text", "text": format!("answer {number}"), "confirm": true });
                if call(reqwest::Method::POST, format!("interactions/{id}/messages"), Some(body)).await.is_some() {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A random UUID.
fn client_id() -> String {
    let bits = rand::random::<u128>() & 0xffff_ffff_ffff_0fff_3fff_ffff_ffff_ffff | 0x4000_8000_0000_0000_0000;
    let text = format!("{bits:032x}");
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}

#[derive(FromRow)]
struct Stored {
    provider_id: String,
    copies: i64,
}

#[derive(FromRow)]
struct Count {
    count: i64,
}

/// Compares what the simulator knows with what is stored.
async fn judge(server: &Server, simulator: &Simulator) -> Result<Found> {
    let db = server.look().await?;
    settle(&db).await?;
    let ledger = simulator.ledger().await?;
    let mut tx = db.read().await?;
    let stored: Vec<Stored> = tx
        .query(sql!(
            "SELECT provider_id, count(*) AS copies FROM message WHERE provider_id IS NOT NULL GROUP BY provider_id"
        ))
        .all()
        .await?;
    let twice: Vec<&str> = stored.iter().filter(|one| one.copies != 1).map(|one| one.provider_id.as_str()).collect();
    if !twice.is_empty() {
        bail!("{} messages are stored twice, such as {}", twice.len(), twice[0]);
    }
    let known: BTreeSet<&str> = stored.iter().map(|one| one.provider_id.as_str()).collect();
    let missing: Vec<&String> = ledger.acknowledged.iter().filter(|id| !known.contains(id.as_str())).collect();
    if let Some(one) = missing.first() {
        bail!("{} acknowledged messages are missing, such as {one}", missing.len());
    }
    let resent: Vec<(&String, &usize)> = ledger.accepted.iter().filter(|(_, times)| **times > 1).collect();
    if let Some((opaque, times)) = resent.first() {
        bail!("{} messages were sent twice, such as attempt {opaque} ({times} times)", resent.len());
    }
    let flying: Count = tx.query(sql!("SELECT count(*) AS count FROM attempt WHERE step = 'in_flight'")).one().await?;
    if flying.count > 0 {
        bail!("{} attempts are still said to be in flight", flying.count);
    }
    let unknown: Count = tx.query(sql!("SELECT count(*) AS count FROM attempt WHERE step = 'unknown'")).one().await?;
    let failed: Count = tx.query(sql!("SELECT count(*) AS count FROM delivery WHERE state = 'failed'")).one().await?;
    if failed.count > 0 {
        bail!("{} deliveries could not be applied", failed.count);
    }
    Ok(Found {
        acknowledged: ledger.acknowledged.len(),
        accepted: ledger.accepted.len(),
        unknown: usize::try_from(unknown.count)?,
    })
}

/// Waits until nothing is on its way.
async fn settle(db: &Db) -> Result<()> {
    let deadline = Instant::now() + CALM;
    loop {
        let mut tx = db.read().await?;
        let waiting: Count = tx
            .query(sql!(
                "SELECT (SELECT count(*) FROM delivery WHERE state = 'pending')
                 + (SELECT count(*) FROM attempt WHERE step IN ('prepared', 'retry', 'in_flight')) AS count"
            ))
            .one()
            .await?;
        if waiting.count == 0 {
            return Ok(());
        }
        if Instant::now() > deadline {
            bail!("{} deliveries and attempts are still on their way", waiting.count);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The simulator as a process of its own, which nobody kills.
struct Simulator {
    base: String,
    client: Client,
    _child: Child,
    _folder: tempfile::TempDir,
}

/// What the simulator says it was told.
struct Ledger {
    acknowledged: BTreeSet<String>,
    /// By what we sent along, how often it accepted it.
    accepted: BTreeMap<String, usize>,
}

impl Simulator {
    async fn start(under: &Under) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = free_port()?;
        let child = Command::new(&under.binary)
            .args(["simulator", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} cannot be started; build it first", under.binary.display()))?;
        let client = Client::builder().timeout(Duration::from_secs(10)).build()?;
        let simulator = Self { base: format!("http://127.0.0.1:{port}"), client, _child: child, _folder: folder };
        for _ in 0..400 {
            if simulator.client.get(format!("{}/simulator/healthz", simulator.base)).send().await.is_ok() {
                return Ok(simulator);
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        bail!("the simulator did not start")
    }

    async fn get(&self, path: &str) -> Result<Value> {
        let url = format!("{}/simulator/control/{path}", self.base);
        Ok(self.client.get(url).send().await?.error_for_status()?.json().await?)
    }

    async fn patch(&self, path: &str, body: &Value) -> Result<()> {
        let url = format!("{}/simulator/control/{path}", self.base);
        self.client.patch(url).json(body).send().await?.error_for_status()?;
        Ok(())
    }

    /// Delivers what the demo's app gets to this desk.
    async fn deliver_to(&self, desk: &str) -> Result<()> {
        let app = json!({
            "id": "demo", "app_secret": "demo-app-secret", "access_tokens": ["demo-access-token"],
            "verify_token": "demo-verify-token", "webhook_url": format!("{desk}/webhooks/meta/demo"),
            "business_account_id": "200000000000001",
            "numbers": [{ "phone_number_id": "100000000000001", "display_phone_number": "+39 02 5550 1234", "verified_name": "Bench" }],
        });
        let url = format!("{}/simulator/control/apps/demo", self.base);
        self.client.put(url).json(&app).send().await?.error_for_status()?;
        Ok(())
    }

    /// Has phones write for as long as the rounds may take.
    async fn load(&self, rate: u32, rounds: u32, longest_ms: u64) -> Result<String> {
        let seconds = (u64::from(rounds) * (longest_ms / 2 + 400) / 1_000).clamp(5, 600);
        let url = format!("{}/simulator/control/load", self.base);
        let body = json!({ "rate_per_s": rate, "seconds": seconds, "phones": 40, "text": "crash" });
        let answer: Value = self.client.post(url).json(&body).send().await?.error_for_status()?.json().await?;
        Ok(answer["id"].as_str().map_or_else(|| answer["id"].to_string(), str::to_owned))
    }

    /// Waits until all the load was written and everything was acknowledged.
    async fn finish(&self, load: &str) -> Result<()> {
        let deadline = Instant::now() + CALM * 2;
        loop {
            let state = self.get(&format!("load/{load}?limit=1")).await?;
            let ledger = self.get("ledger?limit=1").await?;
            if state["done"] == true && ledger["webhooks"]["queued"] == 0 {
                return Ok(());
            }
            if Instant::now() > deadline {
                bail!("the simulator still has deliveries nobody acknowledged: {}", ledger["webhooks"]["queued"]);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn ledger(&self) -> Result<Ledger> {
        let mut ledger = Ledger { acknowledged: BTreeSet::new(), accepted: BTreeMap::new() };
        let (mut after, mut sends_after) = (String::new(), String::new());
        loop {
            let page = self.get(&format!("ledger?limit=1000{after}{sends_after}")).await?;
            let ids = page["webhooks"]["acknowledged_ids"].as_array().into_iter().flatten();
            // Statuses are acknowledged too; customers' messages are what must be there.
            ledger.acknowledged.extend(ids.filter_map(Value::as_str).map(str::to_owned));
            for send in page["sends"].as_array().into_iter().flatten() {
                if let Some(opaque) = send["opaque"].as_str() {
                    let times = send["times_accepted"].as_u64().and_then(|times| usize::try_from(times).ok());
                    let most = ledger.accepted.entry(opaque.to_owned()).or_default();
                    *most = times.unwrap_or(1).max(*most);
                }
            }
            let next = |value: &Value, name: &str| {
                value
                    .as_i64()
                    .map(|next| next.to_string())
                    .or_else(|| value.as_str().map(str::to_owned))
                    .map(|next| format!("&{name}={next}"))
            };
            let more = next(&page["webhooks"]["next"], "after");
            let more_sends = next(&page["sends_next"], "sends_after");
            if more.is_none() && more_sends.is_none() {
                return Ok(ledger);
            }
            after = more.unwrap_or(after);
            sends_after = more_sends.unwrap_or(sends_after);
        }
    }
}
