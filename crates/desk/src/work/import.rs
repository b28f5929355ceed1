//! Brings a file of contacts in, tries it, or takes it back. It is read from its beginning each time, so that who is in
//! it twice is known after a crash too; rows that were taken already are passed over.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiff::SignedDuration;
use pronto_domain::id::ContactListId;
use pronto_domain::import::{Mapping, Reading, State};
use pronto_store as store;
use store::contact_import::Import;
use store::job::Job;

use super::jobs::{done, put_off};
use crate::act::contact_import::{Batch, Read, Told, fail, take, undo};
use crate::filing::discard;
use crate::importing::{Row, fields, rows};
use crate::{Desk, Error, Result};

/// How often it is tried where the media store or the database fails.
const TRIES: i64 = 10;

pub(super) async fn run(desk: &Desk, job: &Job) -> Result<()> {
    let mut tx = desk.db().read().await?;
    let import = store::contact_import::find(&mut tx, job.subject).await;
    drop(tx);
    let import = match import {
        Ok(import) => import,
        // It was forgotten.
        Err(pronto_db::Error::NotFound) => return done(desk, job).await,
        Err(error) => return Err(error.into()),
    };
    let worked = match import.state()? {
        State::Checking | State::Running => bring_in(desk, &import).await,
        State::Undoing => take_back(desk, import.id).await,
        _ => Ok(()),
    };
    match worked {
        Ok(()) => done(desk, job).await,
        Err(error) if job.tries < TRIES && !matches!(error, Error::Invalid { .. }) => {
            tracing::warn!(%error, import = import.id, "an import broke off and is tried again");
            put_off(desk, job, SignedDuration::from_secs(5 * job.tries), &error.to_string()).await
        }
        Err(error) => {
            let why = (import.id, import.version, error.to_string());
            desk.run(&why, |tx, now, (id, version, why)| Box::pin(fail(tx, now, *id, *version, why))).await?;
            done(desk, job).await
        }
    }
}

async fn bring_in(desk: &Desk, import: &Import) -> Result<()> {
    let (Some(path), Some(mapping)) = (&import.path, &import.mapping) else { return Ok(()) };
    let list = ContactListId(import.list_id);
    let config = desk.config();
    let fields = fields(desk, list).await?;
    let zone = config.settings.zone();
    let reading = Reading {
        columns: &mapping.0.columns,
        fields: &fields,
        beside: config.beside(list),
        dates: import.format.0.dates,
        zone: &zone,
    };
    let mut reader = Reader { reading, mapping: &mapping.0, seen: HashMap::new() };
    let mut coming = rows(desk, path, import.format.0).await?;
    let mut next = coming.recv().await.transpose()?;
    // A file with nothing in it ends as well.
    loop {
        let batch = next.take().unwrap_or_default();
        next = coming.recv().await.transpose()?;
        let last = next.is_none();
        let mut rows = reader.read(batch);
        rows.retain(|row| i64::from(row.number) > import.rows_read);
        if !rows.is_empty() || last {
            let batch = Batch { import: import.id, version: import.version, rows, last };
            let told = desk.run(&batch, |tx, now, batch| Box::pin(take(tx, now, batch))).await?;
            if told == Told::Ended {
                break;
            }
        }
    }
    forget(desk, import.id).await
}

/// The file of an import that is done is not needed any more: what was not taken is kept row by row.
async fn forget(desk: &Desk, import: i64) -> Result<()> {
    let path = desk
        .run(&import, |tx, _, id| {
            Box::pin(async move {
                let mut import = store::contact_import::lock(tx, *id).await?;
                let path = if import.state()? == State::Done { import.path.take() } else { None };
                if path.is_some() {
                    store::contact_import::save(tx, &import).await?;
                }
                Ok(path)
            })
        })
        .await?;
    if let Some(path) = path {
        discard(desk, &path).await;
    }
    Ok(())
}

async fn take_back(desk: &Desk, import: i64) -> Result<()> {
    let mut step = (import, 0);
    loop {
        let (told, after) = desk.run(&step, |tx, now, (id, after)| Box::pin(undo(tx, now, *id, *after))).await?;
        if told == Told::Ended {
            return Ok(());
        }
        step.1 = after;
    }
}

/// Reads rows, and remembers who stood in which.
struct Reader<'a> {
    reading: Reading<'a>,
    mapping: &'a Mapping,
    /// By what they are known by, of which only a hash is kept: a file may hold a million.
    seen: HashMap<u64, u32>,
}

impl Reader<'_> {
    fn read(&mut self, batch: Vec<Row>) -> Vec<Read> {
        batch.into_iter().map(|row| self.read_one(row)).collect()
    }

    fn read_one(&mut self, Row { number, cells }: Row) -> Read {
        let said = self.reading.read(&cells);
        let mut twice = None;
        if let Ok(draft) = &said {
            let keys: Vec<u64> = draft.keys(&self.mapping.match_by).iter().map(hash).collect();
            twice = keys.iter().filter_map(|key| self.seen.get(key).copied()).min();
            for key in keys {
                self.seen.entry(key).or_insert(number);
            }
        }
        Read { number, cells, said, twice }
    }
}

fn hash(key: &pronto_domain::import::Key) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
