//! The live stream: every event after a position, once and in order, to every socket that may see it.
//!
//! One pump for each node follows the event log; it loads what changed once a batch and renders it once for each
//! distinct view, whatever the number of sockets. A socket that is slow is bounded, and told to start again.
mod batch;
mod frame;
mod hub;
pub mod poll;
mod pump;
pub mod socket;
mod watch;
mod whisper;

pub use frame::{ClientFrame, Frame};
pub use hub::Hub;
pub use pump::run;
pub(crate) use watch::watching;
