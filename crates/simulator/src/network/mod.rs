//! The network itself: who reaches whom, when, and what each side is told.

pub(crate) mod delivery;
pub(crate) mod inbound;
pub(crate) mod media;
pub(crate) mod offer;
pub(crate) mod outbound;
mod past;
pub(crate) mod payload;
pub(crate) mod person;
pub(crate) mod review;
pub(crate) mod signing;
pub(crate) mod tasks;
pub(crate) mod template_news;
pub(crate) mod told;
pub(crate) mod words;

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use sqlx::{Sqlite, Transaction};
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;

use crate::faults::{Faults, rolls};
use crate::live::News;
use crate::script::run::Run;
use crate::seed::Seed;
use crate::store::events::NewEvent;
use crate::store::phones::PhoneRow;
use crate::store::{Connection, Result, Store, apps, events, messages, phones};
use crate::{Config, clock, ids, number};

/// Everything a running network consists of.
pub(crate) struct Network {
    pub(crate) store: Store,
    pub(crate) public_base: String,
    pub(crate) http: reqwest::Client,
    pub(crate) news: broadcast::Sender<Arc<str>>,
    pub(crate) stop: CancellationToken,
    /// Rung when a task or an update for a webhook has been stored.
    tasks_bell: Notify,
    delivery_bell: Notify,
    /// Rung when a webhook has been acknowledged.
    acknowledged_bell: Notify,
    media_key: [u8; 32],
    faults: Mutex<Faults>,
    /// The scenarios that are being played, and the latest that were. A restart forgets them.
    runs: Mutex<Vec<Arc<Run>>>,
    seed: Seed,
}

impl Network {
    pub(crate) fn new(store: Store, config: Config) -> anyhow::Result<Self> {
        // Somebody else in the process may have chosen already; any choice will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
        Ok(Self {
            store,
            public_base: config.public_base.trim_end_matches('/').to_owned(),
            http,
            news: broadcast::channel(1024).0,
            stop: CancellationToken::new(),
            tasks_bell: Notify::new(),
            delivery_bell: Notify::new(),
            acknowledged_bell: Notify::new(),
            media_key: rand::random(),
            faults: Mutex::new(Faults::default()),
            runs: Mutex::new(Vec::new()),
            seed: config.seed,
        })
    }

    /// The switches as they are now.
    pub(crate) fn faults(&self) -> Faults {
        self.with_faults(|faults| faults.clone())
    }

    pub(crate) fn with_faults<T>(&self, change: impl FnOnce(&mut Faults) -> T) -> T {
        change(&mut self.faults.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn with_runs<T>(&self, change: impl FnOnce(&mut Vec<Arc<Run>>) -> T) -> T {
        change(&mut self.runs.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Begins a change of the network.
    pub(crate) async fn begin(&self) -> Result<Act<'_>> {
        Ok(Act { network: self, transaction: self.store.writer.begin().await?, news: Vec::new() })
    }

    /// Brings the seed in.
    pub(crate) async fn plant(&self) -> Result<()> {
        let mut act = self.begin().await?;
        for app in &self.seed.apps {
            apps::save(act.db(), app).await?;
        }
        for phone in &self.seed.phones {
            let digits = number::digits(&phone.number);
            let row = PhoneRow {
                id: phone.id.clone(),
                name: phone.name.clone(),
                user_id: match &phone.user_id {
                    Some(id) => id.clone(),
                    None => ids::user_id(number::country(&digits).1),
                },
                number: digits,
                username: phone.username.clone(),
                hidden_number: phone.hidden_number,
                online: true,
                blocked: false,
                synthetic: phone.backstage,
            };
            if phones::add(act.db(), &row).await? {
                for chat in self.seed.chats.iter().filter(|chat| chat.phone == phone.id) {
                    act.remember(chat).await?;
                }
            }
        }
        act.commit().await
    }

    /// Forgets everything and starts again from the seed.
    pub(crate) async fn reset(&self) -> Result<()> {
        self.with_runs(|runs| runs.iter().for_each(|run| run.stop.cancel()));
        let mut act = self.begin().await?;
        crate::store::clear(act.db()).await?;
        act.commit().await?;
        self.with_faults(|faults| *faults = Faults::default());
        self.plant().await?;
        self.tell(&json!({"type": "resync"}));
        Ok(())
    }

    pub(crate) fn tell(&self, news: &Value) {
        // Nobody listening is fine.
        let _ = self.news.send(news.to_string().into());
    }
}

/// One change of the network: all of it is stored, or nothing; the page and the background work hear of it afterwards.
pub(crate) struct Act<'n> {
    pub(crate) network: &'n Network,
    transaction: Transaction<'static, Sqlite>,
    news: Vec<News>,
}

impl Act<'_> {
    pub(crate) fn db(&mut self) -> &mut Connection {
        &mut self.transaction
    }

    pub(crate) fn tell(&mut self, news: News) {
        self.news.push(news);
    }

    /// Queues an update for a webhook, with the accidents that are switched on.
    pub(crate) async fn emit(&mut self, event: &NewEvent, not_before: i64) -> Result<()> {
        let faults = self.network.faults();
        let mut due = clock::now().max(not_before) + i64::from(faults.delay_ms);
        if rolls(faults.reorder_percent) {
            due += rand::random_range(100..900);
        }
        events::add(self.db(), event, due).await?;
        if rolls(faults.duplicate_percent) {
            events::add(self.db(), event, due + rand::random_range(0..100)).await?;
        }
        Ok(())
    }

    pub(crate) async fn commit(mut self) -> Result<()> {
        let mut news = Vec::with_capacity(self.news.len());
        if self.network.news.receiver_count() > 0 {
            for item in std::mem::take(&mut self.news) {
                news.extend(self.rendered(item).await?);
            }
        }
        self.transaction.commit().await?;
        self.network.tasks_bell.notify_one();
        self.network.delivery_bell.notify_one();
        for item in &news {
            self.network.tell(item);
        }
        Ok(())
    }

    async fn rendered(&mut self, news: News) -> Result<Option<Value>> {
        Ok(match news {
            News::Message(id) => match messages::find(self.db(), &id).await? {
                Some(message) if message.load_id.is_none() => {
                    let views = messages::views(self.db(), std::slice::from_ref(&message)).await?;
                    views
                        .into_iter()
                        .next()
                        .map(|view| json!({"type": "message", "phone": message.phone_id, "message": view}))
                }
                _ => None,
            },
            News::Phone(id) => match phones::find(self.db(), &id).await? {
                Some(phone) => Some(json!({"type": "phone", "phone": person::view(self.db(), &phone).await?})),
                None => None,
            },
            News::Typing { phone, number } => {
                Some(json!({"type": "typing", "phone": phone, "number": number, "seconds": 25}))
            }
            News::Resync => Some(json!({"type": "resync"})),
        })
    }
}
