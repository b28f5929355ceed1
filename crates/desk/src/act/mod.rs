//! Acts: everything that changes the desk, one file each.
pub mod deliver;
pub mod contact;
pub mod hold;
pub mod line;
pub mod media;
pub mod offer;
pub mod presence;
mod react;
pub mod read;
pub mod receive;
pub mod retry;
pub mod route;
pub mod send;
pub mod sign_in;
pub mod status;
mod ticks;
