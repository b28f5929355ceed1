//! Templates: fetching and making them, saying how they are used, sending them.

pub mod known;
pub mod make;
pub mod recontact;
pub mod send;
pub mod start;
pub mod sync;
pub mod usage;
