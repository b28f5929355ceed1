//! The desk against a provider that misbehaves on demand, on both engines.
mod bench;
mod files;
mod lanes;
mod log;
mod media;
mod offers;
mod profile;
mod provider;
mod reading;
mod receive;
mod routing;
mod search;
mod sending;
mod statements;
mod statuses;
mod templates;
mod world;
