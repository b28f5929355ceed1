//! Properties of the rules.
mod access;
mod interaction;
mod placeholder;
mod routing;
mod small;
