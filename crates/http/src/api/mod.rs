//! The resources, a file each.
pub mod accounts;
pub mod attachments;
pub mod contacts;
pub mod dashboard;
pub mod deliveries;
pub mod interactions;
pub mod me;
mod members;
pub mod messages;
pub mod offers;
pub mod presence;
pub mod profiles;
pub mod queues;
pub mod session;
pub mod settings;
pub mod teams;
pub mod users;
pub mod welcome;
