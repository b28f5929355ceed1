//! Acts: everything that changes the desk, one file each.
pub mod hold;
pub mod line;
pub mod offer;
pub mod presence;
pub mod receive;
pub mod route;
