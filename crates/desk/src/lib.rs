//! The shell round the rules: load, decide, save, tell. One transaction for each act.
//!
//! An act is a function of `(&mut Tx, now, input)` that never commits. [`Desk::run`] alone begins, runs again what
//! lost a race, commits and rings.
pub mod act;
pub mod check;
pub mod clock;
pub mod config;
mod error;
pub mod failure;
pub mod filing;
pub mod heard;
pub mod importing;
pub mod link;
pub mod outside;
pub mod password;
mod reach;
pub mod seal;
pub mod upload;
pub mod values;
pub mod work;

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, RwLock};

use jiff::Timestamp;
use pronto_db::{Db, Doorbell, Tx};

pub use clock::Clock;
pub use config::Config;
pub use error::{Error, Result};
pub use outside::Outside;
pub use seal::Sealer;

/// What an act answers: a future that borrows the transaction.
pub type Acting<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// How often an act that lost a race is run again.
const TRIES: u32 = 8;

/// What every handler, job and timer is given. Cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Clock,
    bell: Doorbell,
    ledger_bell: Doorbell,
    sealer: Sealer,
    media: Arc<dyn object_store::ObjectStore>,
    /// Where its bytes lie.
    folder: PathBuf,
    outside: Outside,
    /// Names this process among the nodes.
    node: String,
    epoch: i64,
    config: RwLock<Arc<Config>>,
    /// Held while the configuration is read: of two readers, the one that ends last has read last.
    reloading: tokio::sync::Mutex<()>,
    routing: tokio::sync::Notify,
}

/// What a desk is opened with.
pub struct Opening {
    pub db: Db,
    pub clock: Clock,
    pub sealer: Sealer,
    /// The folder of the media store.
    pub media: PathBuf,
}

impl Desk {
    /// Brings the schema up to date and reads the configuration.
    pub async fn open(opening: Opening) -> Result<Self> {
        let Opening { db, clock, sealer, media } = opening;
        pronto_db::migrate(&db, pronto_store::MIGRATIONS).await?;
        std::fs::create_dir_all(&media).map_err(|error| Error::Media(error.to_string()))?;
        let folder = media;
        let media = object_store::local::LocalFileSystem::new_with_prefix(&folder)
            .map_err(|error| Error::Media(error.to_string()))?;
        let mut tx = db.begin().await?;
        let epoch = config::prepare(&mut tx, pronto_store::millis(clock.now()), db.machine_run()).await?;
        let config = Config::load(&mut tx, &sealer).await?;
        tx.commit().await?;
        Ok(Self(Arc::new(Inner {
            db,
            clock,
            bell: Doorbell::new("pronto"),
            ledger_bell: Doorbell::new("pronto_ledger"),
            sealer,
            media: Arc::new(media),
            folder,
            outside: Outside::new().map_err(Error::Network)?,
            node: uuid::Uuid::new_v4().to_string(),
            epoch,
            config: RwLock::new(Arc::new(config)),
            reloading: tokio::sync::Mutex::default(),
            routing: tokio::sync::Notify::new(),
        })))
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Rings when the event log has grown.
    pub fn bell(&self) -> &Doorbell {
        &self.0.bell
    }

    /// Rings when deliveries wait to be applied. Nobody else has anything to do then.
    pub fn ledger_bell(&self) -> &Doorbell {
        &self.0.ledger_bell
    }

    pub fn sealer(&self) -> &Sealer {
        &self.0.sealer
    }

    pub fn media(&self) -> &dyn object_store::ObjectStore {
        &*self.0.media
    }

    /// Bytes left where the media store lies; `None` where the system does not tell.
    pub fn free_space(&self) -> Option<u64> {
        fs4::available_space(&self.0.folder).ok()
    }

    /// The way to providers.
    pub fn outside(&self) -> &Outside {
        &self.0.outside
    }

    pub fn node(&self) -> &str {
        &self.0.node
    }

    /// Of which history this database is; part of every position.
    pub fn epoch(&self) -> i64 {
        self.0.epoch
    }

    /// The configuration as last read: accounts, queues, staff, settings.
    pub fn config(&self) -> Arc<Config> {
        match self.0.config.read() {
            Ok(config) => config.clone(),
            Err(poisoned) => poisoned.into_inner().clone(),
        }
    }

    /// Reads the configuration again, after it was changed here or on another node.
    pub async fn reload(&self) -> Result<()> {
        let _alone = self.0.reloading.lock().await;
        let mut tx = self.0.db.read().await?;
        let config = Arc::new(Config::load(&mut tx, &self.0.sealer).await?);
        match self.0.config.write() {
            Ok(mut held) => *held = config,
            Err(poisoned) => *poisoned.into_inner() = config,
        }
        Ok(())
    }

    /// Something changed that routing may act on: a new interaction, a free agent, a lapsed offer.
    pub fn wake_routing(&self) {
        self.0.routing.notify_one();
    }

    pub(crate) async fn routing_woken(&self) {
        self.0.routing.notified().await;
    }

    /// Does an act: begins, runs it again when it lost a race, commits, rings.
    pub async fn run<I, T, A>(&self, input: &I, act: A) -> Result<T>
    where
        I: Sync + ?Sized,
        A: for<'a> Fn(&'a mut Tx, Timestamp, &'a I) -> Acting<'a, T> + Send + Sync,
        T: Send,
    {
        let value = self.run_quietly(input, act).await?;
        self.0.bell.ring();
        Ok(value)
    }

    /// Does an act that can be done again from what is durable already, and so need not wait for the disk.
    pub(crate) async fn run_lazily<I, T, A>(&self, input: &I, act: A) -> Result<T>
    where
        I: Sync + ?Sized,
        A: for<'a> Fn(&'a mut Tx, Timestamp, &'a I) -> Acting<'a, T> + Send + Sync,
        T: Send,
    {
        let value = self.attempt(input, act, || self.0.db.begin_lazily()).await?;
        self.0.bell.ring();
        Ok(value)
    }

    /// Does an act whose rows are worth nothing after a loss of power, and which appends no events.
    pub async fn run_in_passing<I, T, A>(&self, input: &I, act: A) -> Result<T>
    where
        I: Sync + ?Sized,
        A: for<'a> Fn(&'a mut Tx, Timestamp, &'a I) -> Acting<'a, T> + Send + Sync,
        T: Send,
    {
        self.attempt(input, act, || self.0.db.begin_lazily()).await
    }

    /// Does an act that appends no events.
    pub(crate) async fn run_quietly<I, T, A>(&self, input: &I, act: A) -> Result<T>
    where
        I: Sync + ?Sized,
        A: for<'a> Fn(&'a mut Tx, Timestamp, &'a I) -> Acting<'a, T> + Send + Sync,
        T: Send,
    {
        self.attempt(input, act, || self.0.db.begin()).await
    }

    async fn attempt<I, T, A, B>(&self, input: &I, act: A, begin: impl Fn() -> B) -> Result<T>
    where
        I: Sync + ?Sized,
        A: for<'a> Fn(&'a mut Tx, Timestamp, &'a I) -> Acting<'a, T> + Send + Sync,
        B: Future<Output = pronto_db::Result<Tx>>,
        T: Send,
    {
        let mut tries = 0;
        loop {
            let mut tx = begin().await?;
            let done = act(&mut tx, self.now(), input).await;
            let done = match done {
                Ok(value) => tx.commit().await.map(|()| value).map_err(Error::from),
                Err(error) => {
                    // A failed act leaves nothing behind.
                    drop(tx.rollback().await);
                    Err(error)
                }
            };
            tries += 1;
            match done {
                Err(Error::Db(pronto_db::Error::Retry | pronto_db::Error::Conflict)) if tries < TRIES => {}
                done => return done,
            }
        }
    }
}
