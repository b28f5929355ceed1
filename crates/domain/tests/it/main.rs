//! Properties of the rules.
mod access;
mod archive;
mod care;
mod field;
mod import;
mod interaction;
mod merge;
mod next;
mod phone;
mod placeholder;
mod routing;
mod sentiment;
mod small;
mod template;
mod template_draft;
mod transfer;
