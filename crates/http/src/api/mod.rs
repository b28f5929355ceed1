//! The resources, a file each.
pub mod attachments;
pub mod contacts;
pub mod dashboard;
pub mod interactions;
pub mod messages;
pub mod offers;
pub mod presence;
pub mod welcome;
