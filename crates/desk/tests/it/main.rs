//! The desk against a provider that misbehaves on demand, on both engines.
mod bench;
mod lanes;
mod media;
mod provider;
mod reading;
mod sending;
mod statements;
mod statuses;
