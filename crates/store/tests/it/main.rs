//! What keeps two engines one: every statement prepares on both, and the schemas agree.
mod schema;
mod statements;
