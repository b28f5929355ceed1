//! A server to measure: its database furnished, its process started, killed and started again.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use pronto_db::{Db, Engine};
use pronto_desk::act::{account, queue, user};
use pronto_desk::password::{Fresh, Passwords};
use pronto_desk::{Clock, Desk, Opening, Sealer};
use pronto_domain::access::Role;
use pronto_domain::flow::Step;
use pronto_domain::routing::Strategy;
use pronto_store as store;
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::carrier::Carrier;
use crate::years::Place;

/// The account the load is for. These are the simulator's own seed values too.
pub(crate) const ACCOUNT: &str = "demo";
pub(crate) const SECRET: &str = "demo-app-secret";
pub(crate) const NUMBER: &str = "100000000000001";
pub(crate) const PASSWORD: &str = "Bench-agents-1";
/// How soon a server must answer.
const READY_WITHIN: Duration = Duration::from_secs(20);
const KEY: [u8; 32] = [7; 32];

/// What is measured, on which engine.
pub(crate) struct Under {
    pub(crate) binary: PathBuf,
    pub(crate) engine: String,
}

impl Under {
    /// The engine's name.
    pub(crate) fn name(&self) -> &'static str {
        if self.engine == "sqlite" { "sqlite" } else { "postgres" }
    }
}

/// A furnished database and the server's process on it.
pub(crate) struct Server {
    binary: PathBuf,
    folder: TempDir,
    pub(crate) database: String,
    pub(crate) port: u16,
    child: Option<Child>,
}

impl Server {
    /// Makes a database with an account, a queue and `agents` agents (`agent0` …). `provider` is where the account's
    /// messages go.
    pub(crate) async fn furnish(under: &Under, agents: usize, provider: &str, strategy: Strategy) -> Result<Self> {
        Self::furnish_for(under, agents, provider, strategy, Carrier::Meta).await
    }

    /// The same for a number at another provider.
    pub(crate) async fn furnish_for(
        under: &Under,
        agents: usize,
        provider: &str,
        strategy: Strategy,
        carrier: Carrier,
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let database = match under.engine.as_str() {
            "sqlite" => format!("sqlite:{}", folder.path().join("pronto.db").display()),
            url => schema(url).await?,
        };
        let desk = open(&database, folder.path()).await?;
        furnish(&desk, agents, provider, strategy, carrier).await?;
        desk.db().close().await;
        let port = free_port()?;
        Ok(Self { binary: under.binary.clone(), folder, database, port, child: None })
    }

    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the process and waits until it is ready; answers how long that took.
    pub(crate) async fn start(&mut self) -> Result<Duration> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.folder.path().join("server.log"))?;
        let started = Instant::now();
        let child = Command::new(&self.binary)
            .arg("serve")
            .current_dir(self.folder.path())
            .env("PRONTO_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("PRONTO_DATABASE_URL", &self.database)
            .env("PRONTO_MEDIA_URL", format!("file:{}", self.folder.path().join("media").display()))
            .env("PRONTO_SECRET_KEY", base64::engine::general_purpose::STANDARD.encode(KEY))
            .env("PRONTO_LOG", "warn")
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} cannot be started; build it first", self.binary.display()))?;
        self.child = Some(child);
        let client = reqwest::Client::builder().timeout(Duration::from_secs(2)).build()?;
        while started.elapsed() < READY_WITHIN {
            if client
                .get(format!("{}/readyz", self.base()))
                .send()
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                return Ok(started.elapsed());
            }
            if let Some(status) = self.child.as_mut().and_then(|child| child.try_wait().ok().flatten()) {
                bail!("the server stopped with {status}: {}", self.log());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bail!("the server was not ready within {READY_WITHIN:?}: {}", self.log())
    }

    /// SIGKILL: nothing is written, nothing is said.
    pub(crate) async fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.start_kill()?;
            child.wait().await?;
        }
        Ok(())
    }

    pub(crate) fn pid(&self) -> Option<u32> {
        self.child.as_ref().and_then(Child::id)
    }

    /// The database, to look into from outside.
    pub(crate) async fn look(&self) -> Result<Db> {
        Ok(Db::open(&self.database).await?)
    }

    /// Where work may be brought in.
    pub(crate) async fn place(&self, db: &Db) -> Result<Place> {
        let mut tx = db.read().await?;
        let account = store::account::all(&mut tx).await?.pop().context("an account")?;
        let queue = store::queue::all(&mut tx).await?.pop().context("a queue")?;
        let agents = store::user::all(&mut tx).await?.into_iter().filter(|user| user.role == "agent");
        Ok(Place { account: account.id, queue: queue.id, agents: agents.map(|user| user.id).collect() })
    }

    /// Lets PostgreSQL count what there is, as it does by itself in time. SQLite goes by the schema alone.
    pub(crate) async fn settle(&self, db: &Db) -> Result<()> {
        if db.engine() == Engine::Sqlite {
            return Ok(());
        }
        let mut tx = db.begin().await?;
        let tables = "ANALYZE address, interaction, message, address_search, message_search";
        tx.query_assembled(tables.to_owned()).execute().await?;
        tx.commit().await?;
        Ok(())
    }

    fn log(&self) -> String {
        let text = std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().rev().take(5).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join(" | ")
    }
}

async fn open(database: &str, folder: &Path) -> Result<Desk> {
    let db = Db::open(database).await?;
    let opening = Opening { db, clock: Clock::system(), sealer: Sealer::new(&KEY), media: folder.join("media") };
    Ok(Desk::open(opening).await?)
}

async fn furnish(desk: &Desk, agents: usize, provider: &str, strategy: Strategy, carrier: Carrier) -> Result<()> {
    // Sign-ins are not what is measured.
    let password = Fresh::new(&Passwords::quick(), PASSWORD.to_owned()).await?;
    let mut users = Vec::new();
    let names = (0..agents).map(|n| (format!("agent{n}"), Role::Agent));
    for (login, role) in std::iter::once(("boss".to_owned(), Role::Admin)).chain(names) {
        let new = user::Add {
            by: None,
            name: login.clone(),
            login,
            alias: None,
            email: None,
            role,
            profile_id: None,
            capacity: 5,
            team_ids: Vec::new(),
            password: password.clone(),
            must_change_password: false,
        };
        users.push(desk.run(&new, |tx, now, new| Box::pin(user::add(tx, now, new))).await?);
        desk.reload().await?;
    }
    let by = *users.first().context("an administrator")?;
    let members: Vec<i64> = users.iter().skip(1).map(|user| user.0).collect();
    let new = queue::Add {
        by,
        fields: queue::Fields {
            name: Some("Bench".to_owned()),
            strategy: Some(strategy),
            user_ids: Some(members.clone()),
            ..queue::Fields::default()
        },
    };
    let queue = desk.run(&new, |tx, now, new| Box::pin(queue::add(tx, now, new))).await?;
    desk.reload().await?;
    let new = account::Add {
        by,
        fields: account::Fields {
            key: Some(ACCOUNT.to_owned()),
            name: Some("Bench".to_owned()),
            base_url: Some(provider.to_owned()),
            flow: Some(vec![Step::Queue { queue_id: queue, timeout_s: 0 }]),
            default_queue: Some(queue),
            rate_per_s: Some(1_000),
            user_ids: Some(members),
            ..carrier.account()
        },
        sealer: desk.sealer().clone(),
    };
    desk.run(&new, |tx, now, new| Box::pin(account::add(tx, now, new))).await?;
    Ok(())
}

/// A schema of its own in a PostgreSQL; the URL leads into it.
async fn schema(url: &str) -> Result<String> {
    let name = format!("bench_{}_{}", std::process::id(), rand::random::<u32>());
    let db = Db::open(url).await?;
    let mut tx = db.begin().await?;
    tx.query_assembled(format!("CREATE SCHEMA {name}")).execute().await?;
    tx.commit().await?;
    db.close().await;
    let mark = if url.contains('?') { '&' } else { '?' };
    Ok(format!("{url}{mark}options=-c%20search_path%3D{name}"))
}

pub(crate) fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
