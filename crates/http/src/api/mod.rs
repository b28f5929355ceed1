//! The resources, a file each.
pub mod welcome;
