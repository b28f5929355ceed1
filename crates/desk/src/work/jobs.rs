//! Runs jobs: work with the outside world that is tried until it is done or given up.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jiff::SignedDuration;
use pronto_store as store;
use store::job::Job;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

use super::{block, give, import, media, profile, read_receipt};
use crate::{Desk, Result};

/// Fetches the file of an attachment. Subject: the attachment.
pub const MEDIA: &str = "media";
/// Gives the provider the file of a message that is to be sent. Subject: the attachment.
pub const UPLOAD: &str = "upload";
/// Tells a customer that we have read a message. Subject: the message.
pub const MARK_READ: &str = "mark_read";
/// Has the provider keep a sender away, or let them write again. Subject: the block.
pub const BLOCK: &str = "block";
/// Brings a file of contacts in, tries it, or takes it back. Subject: the import.
pub const IMPORT: &str = "contact_import";

/// Asks the provider what somebody is called. Subject: the address; payload: where it keeps their name.
pub const PROFILE: &str = "profile";

/// Jobs that wait for each other and for no others: what somebody sends does not stand behind what is fetched.
#[derive(Clone, Copy, Debug)]
struct Lane {
    kinds: &'static [&'static str],
    /// The most at a time.
    at_most: usize,
}

const LANES: [Lane; 4] = [
    Lane { kinds: &[MEDIA], at_most: 4 },
    Lane { kinds: &[UPLOAD], at_most: 4 },
    Lane { kinds: &[MARK_READ, BLOCK, PROFILE], at_most: 4 },
    Lane { kinds: &[IMPORT], at_most: 1 },
];

/// How long a job is this node's without being renewed, and how often it is.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
const RENEW_EVERY: Duration = Duration::from_secs(20);
/// The longest wait without looking.
const POLL: Duration = Duration::from_secs(1);
/// The rest after an error, and after finding nothing where something was due: another node has it.
const REST: Duration = Duration::from_secs(1);
const NOTHING: Duration = Duration::from_millis(20);

/// The least time between a ring and the pass it starts.
const PACE: Duration = Duration::from_millis(20);

/// Runs what is due until it is stopped. What runs then is broken off and run again by whoever comes next.
pub async fn run(desk: Desk, stop: CancellationToken) {
    join_all(LANES.map(|lane| follow(desk.clone(), lane, stop.clone()))).await;
}

async fn follow(desk: Desk, lane: Lane, stop: CancellationToken) {
    let mut bell = desk.bell().listen();
    let mut jobs = Jobs { desk, lane, running: JoinSet::new(), held: BTreeMap::new(), renewed_at: Instant::now() };
    let mut failing = false;
    while !stop.is_cancelled() {
        let wait = match jobs.pass().await {
            Ok(wait) => {
                failing = false;
                wait
            }
            Err(error) => {
                if !failing {
                    tracing::error!(%error, worker = "jobs", "a worker failed and tries again");
                }
                failing = true;
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(REST) => {}
                }
                continue;
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            Some(done) = jobs.running.join_next_with_id(), if !jobs.running.is_empty() => jobs.note(done),
            // Rings that come together are one pass.
            () = bell.heard(wait) => tokio::time::sleep(PACE).await,
        }
    }
    jobs.give_back().await;
}

struct Jobs {
    desk: Desk,
    lane: Lane,
    running: JoinSet<Result<()>>,
    held: BTreeMap<Id, i64>,
    renewed_at: Instant,
}

impl Jobs {
    async fn pass(&mut self) -> Result<Duration> {
        while let Some(done) = self.running.try_join_next_with_id() {
            self.note(done);
        }
        if !self.held.is_empty() && self.renewed_at.elapsed() >= RENEW_EVERY {
            self.renew(LEASE).await?;
        }
        let room = self.lane.at_most.saturating_sub(self.running.len());
        if room == 0 {
            return Ok(POLL);
        }
        let now = store::millis(self.desk.now());
        let mut tx = self.desk.db().read().await?;
        let next = store::job::next(&mut tx, self.lane.kinds, now).await?;
        drop(tx);
        match next {
            None => return Ok(POLL),
            Some(at) if at > now => {
                let wait = Duration::from_millis(u64::try_from(at - now).unwrap_or(0));
                return Ok(wait.min(POLL));
            }
            Some(_) => {}
        }
        let wanted = (self.lane.kinds, i64::try_from(room).unwrap_or(0));
        let claimed = self
            .desk
            .run(&wanted, |tx, now, (kinds, room)| {
                Box::pin(async move {
                    let (now, until) = (store::millis(now), store::millis(now + LEASE));
                    Ok(store::job::claim(tx, kinds, now, until, *room).await?)
                })
            })
            .await?;
        let found = !claimed.is_empty();
        for job in claimed {
            let id = job.id;
            let desk = self.desk.clone();
            let handle = self.running.spawn(async move { work(&desk, job).await });
            self.held.insert(handle.id(), id);
        }
        Ok(if found { Duration::ZERO } else { NOTHING })
    }

    fn note(&mut self, done: std::result::Result<(Id, Result<()>), tokio::task::JoinError>) {
        match done {
            Ok((id, result)) => {
                let job = self.held.remove(&id);
                if let Err(error) = result {
                    // Its lease will end, and then it is run again.
                    tracing::error!(%error, job, "the result of a job could not be written");
                }
            }
            Err(error) => {
                let job = self.held.remove(&error.id());
                tracing::error!(%error, job, "a job broke off");
            }
        }
    }

    /// Moves the end of the leases of what runs.
    async fn renew(&mut self, by: SignedDuration) -> Result<()> {
        let held: Vec<i64> = self.held.values().copied().collect();
        let input = (held, store::millis(self.desk.now() + by));
        self.desk
            .run(&input, |tx, _, (held, until)| Box::pin(async move { Ok(store::job::renew(tx, held, *until).await?) }))
            .await?;
        self.renewed_at = Instant::now();
        Ok(())
    }

    async fn give_back(mut self) {
        self.running.shutdown().await;
        if self.held.is_empty() {
            return;
        }
        if let Err(error) = self.renew(SignedDuration::ZERO).await {
            tracing::warn!(%error, "jobs could not be given back; they wait until their leases end");
        }
    }
}

/// Every kind of job, once.
async fn work(desk: &Desk, job: Job) -> Result<()> {
    match job.kind.as_str() {
        MEDIA => media::fetch(desk, &job).await,
        UPLOAD => give::give(desk, &job).await,
        MARK_READ => read_receipt::send(desk, &job).await,
        BLOCK => block::send(desk, &job).await,
        IMPORT => import::run(desk, &job).await,
        PROFILE => profile::ask(desk, &job).await,
        // A newer version's: it will come for it.
        _ => put_off(desk, &job, SignedDuration::from_hours(1), "unknown kind").await,
    }
}

/// Done, and not to be done again.
pub(super) async fn done(desk: &Desk, job: &Job) -> Result<()> {
    desk.run(&job.id, |tx, _, id| Box::pin(async move { Ok(store::job::done(tx, *id).await?) })).await
}

pub(super) async fn put_off(desk: &Desk, job: &Job, by: SignedDuration, why: &str) -> Result<()> {
    let input = (job.id, store::millis(desk.now() + by), why.to_owned());
    desk.run(&input, |tx, _, (id, at, why)| {
        Box::pin(async move { Ok(store::job::put_off(tx, *id, *at, false, why).await?) })
    })
    .await
}
