//! The WhatsApp network in a box: people with phones, the APIs of Meta, Twilio, Sinch and Kaleyra in front of
//! them, and a page on which the phones can be held and used.
//!
//! It stands on the far side of the wire. It speaks the providers' own HTTP and knows nothing of the desk that
//! talks to it, so whatever works against it works for reasons that also hold against them.

mod clock;
mod control;
mod faults;
mod ids;
mod kaleyra;
mod live;
mod meta;
mod network;
mod number;
mod page;
mod provider;
mod script;
mod seed;
mod simulator;
mod sinch;
mod store;
mod twilio;
mod wire;

use std::path::PathBuf;

pub use provider::{Connection, Provider};
pub use seed::{App, BusinessNumber, Seed, SeedChat, SeedFile, SeedMessage, SeedPhone, SeedTemplate};
pub use simulator::Simulator;

/// Where a simulator keeps its state and how the world reaches it.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its SQLite file; made when absent.
    pub database: PathBuf,
    /// Scheme, host and port under which its own HTTP is reachable, for the media addresses it hands out.
    pub public_base: String,
    /// What a new network starts with. Apps are brought up to date at every start, so that a changed
    /// listen address reaches the webhooks; phones are only made when they are missing.
    pub seed: Seed,
}

/// Opens the network's state, brings the seed in and starts its background work: webhook deliveries,
/// scheduled statuses and template reviews.
pub async fn open(config: Config) -> anyhow::Result<Simulator> {
    Simulator::open(config).await
}
