//! The rules of Pronto: what happens on a message, who is offered it, what may be sent.
//!
//! Nothing here knows a database, a clock or a socket: `now` is an argument, an answer is a value.
pub mod access;
pub mod account;
pub mod archive;
pub mod attempt;
pub mod bucket;
pub mod canned;
pub mod compose;
pub mod contact;
pub mod delivery;
pub mod disposition;
pub mod expression;
pub mod field;
pub mod file;
pub mod flow;
pub mod id;
pub mod import;
pub mod inbound;
pub mod interaction;
pub mod media;
pub mod merge;
pub mod message;
pub mod next;
pub mod notice;
pub mod outbound;
pub mod phone;
pub mod placeholder;
pub mod presence;
pub mod provider;
pub mod routing;
pub mod schedule;
pub mod search;
pub mod selfcheck;
pub mod sentiment;
pub mod silence;
pub mod start;
pub mod template;
pub mod transfer;
pub mod voice;
pub mod window;

pub use jiff::Timestamp;
