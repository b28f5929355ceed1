//! Acts: everything that changes the desk, one file each.
pub mod hold;
pub mod line;
pub mod offer;
pub mod presence;
mod react;
pub mod receive;
pub mod route;
pub mod sign_in;
pub mod status;
mod ticks;
