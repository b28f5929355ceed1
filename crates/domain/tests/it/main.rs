//! Properties of the rules.
mod access;
mod interaction;
mod routing;
mod small;
