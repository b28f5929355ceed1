//! Intake: what arrives signed at the webhook, until it is durable, routed and on the agents' screens.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::Args;
use pronto_db::{Db, FromRow, sql};
use pronto_domain::routing::Strategy;

use crate::agents::{self, Seen};
use crate::carrier::{Carrier, Said};
use crate::machine::{Percentiles, cpu_seconds, described, memory_mib};
use crate::server::{Server, Under};
use crate::wire::Connection;

const WORDS: &[&str] = &[
    "sofa", "lamp", "order", "where", "please", "thanks", "delivery", "tomorrow", "invoice", "address", "wrong",
    "colour", "hello", "broken", "leg", "refund", "photo", "waiting", "today", "screws", "missing", "call", "number",
    "box",
];

#[derive(Debug, Args)]
pub(crate) struct Ingest {
    /// Whose deliveries.
    #[arg(long, value_enum, default_value_t)]
    provider: Carrier,
    /// Connections that deliver at once.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// Seconds of load.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Messages a second; 0 = as many as it takes.
    #[arg(long, default_value_t = 0)]
    rate: u64,
    /// Agents with a stream.
    #[arg(long, default_value_t = 0)]
    agents: usize,
    /// Customers the messages are from.
    #[arg(long, default_value_t = 10_000)]
    customers: usize,
}

impl Ingest {
    pub(crate) async fn run(&self, under: &Under) -> Result<()> {
        let mut server =
            Server::furnish_for(under, self.agents.max(1), "http://127.0.0.1:9/", Strategy::BeepAll, self.provider)
                .await?;
        let ready = server.start().await?;
        let pid = server.pid().unwrap_or_default();
        let idle = memory_mib(pid);
        let seen = Seen::new();
        agents::connect(&server.base(), server.port, self.agents, &seen).await?;
        let cpu = cpu_seconds(pid);
        let began = Instant::now();
        let (sent, acks) = self.load(server.port, &seen).await?;
        let sending = began.elapsed();
        let db = server.look().await?;
        let stored = settle(&db, sent, began).await?;
        let settled = began.elapsed();
        let due = sent * self.agents;
        let deadline = Instant::now() + Duration::from_secs(20);
        while seen.count() < due && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let spent = cpu_seconds(pid) - cpu;
        println!("ingest of {:?} on {}: {}", self.provider, under.name(), described());
        println!(
            "  ready in {:.0} ms, idle {idle:.1} MiB, under load {:.1} MiB",
            ready.as_secs_f64() * 1_000.0,
            memory_mib(pid)
        );
        #[expect(clippy::cast_precision_loss, reason = "counts of a bounded run")]
        let (rate, cost) = (stored as f64 / settled.as_secs_f64(), spent * 1_000.0 / stored.max(1) as f64);
        println!(
            "  {sent} acknowledged in {:.2} s, {stored} durable and routed in {:.2} s: {rate:.0} msg/s, {cost:.3} ms of CPU each",
            sending.as_secs_f64(),
            settled.as_secs_f64()
        );
        println!("  acknowledged after   {}", Percentiles::of(acks));
        if self.agents > 0 {
            println!(
                "  on {} agents' sockets {}; {} of {due} deliveries",
                self.agents,
                Percentiles::of(seen.took()),
                seen.count()
            );
        }
        db.close().await;
        server.kill().await?;
        if stored != sent {
            bail!("{sent} were acknowledged, {stored} are stored");
        }
        Ok(())
    }

    /// Sends until the time is up; answers how many were acknowledged and how long each took.
    async fn load(&self, port: u16, seen: &Arc<Seen>) -> Result<(usize, Vec<Duration>)> {
        let next = Arc::new(AtomicUsize::new(0));
        let began = Instant::now();
        let until = Duration::from_secs(self.seconds);
        let run = format!("{:x}", rand::random::<u64>());
        let mut tasks = Vec::new();
        for _ in 0..self.connections {
            let (next, seen, run) = (next.clone(), seen.clone(), run.clone());
            let (rate, customers, carrier) = (self.rate, self.customers, self.provider);
            tasks.push(tokio::spawn(async move {
                let mut connection = Connection::to(port);
                let mut acks = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    // An open loop counts from when a message was due, so a stall is not hidden by waiting for it.
                    #[expect(clippy::cast_precision_loss, reason = "a schedule")]
                    let due = if rate > 0 {
                        began + Duration::from_secs_f64(number as f64 / rate as f64)
                    } else {
                        Instant::now()
                    };
                    if due.duration_since(began) >= until {
                        return acks;
                    }
                    // A sleep that is over already takes till the timer's next tick.
                    if rate > 0 {
                        tokio::time::sleep_until(due.into()).await;
                    }
                    let said = Said {
                        customer: 393_330_000_000_usize + number % customers.max(1),
                        id: &format!("{run}.{number}"),
                        text: &text(number, &seen.mark(number, due)),
                    };
                    let delivered = match carrier.deliver(&said) {
                        Ok(delivery) => connection.deliver(&delivery).await,
                        Err(error) => Err(error),
                    };
                    match delivered {
                        Ok(200 | 202 | 204) => acks.push(due.elapsed()),
                        Ok(status) => println!("  HTTP {status}"),
                        Err(error) => println!("  {error}"),
                    }
                }
            }));
        }
        let mut acks = Vec::new();
        for task in tasks {
            acks.extend(task.await?);
        }
        Ok((acks.len(), acks))
    }
}

/// Words to say, the same in every run.
fn text(number: usize, mark: &str) -> String {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut text = mark.to_owned();
    for _ in 0..12 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push(' ');
        text.push_str(WORDS[(state >> 33) % WORDS.len()]);
    }
    text
}

/// Waits until every acknowledged delivery has been applied; answers how many messages there are.
async fn settle(db: &Db, sent: usize, began: Instant) -> Result<usize> {
    #[derive(FromRow)]
    struct Count {
        count: i64,
    }
    let deadline = began + Duration::from_secs(300);
    loop {
        let mut tx = db.read().await?;
        let messages: Count =
            tx.query(sql!("SELECT count(*) AS count FROM message WHERE direction = 'in'")).one().await?;
        let waiting: Count =
            tx.query(sql!("SELECT count(*) AS count FROM delivery WHERE state = 'pending'")).one().await?;
        let stored = usize::try_from(messages.count)?;
        if (waiting.count == 0 && stored >= sent) || Instant::now() > deadline {
            return Ok(stored);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
