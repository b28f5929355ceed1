//! What keeps two engines one: every statement prepares on both, and the schemas agree; and what one of them needs beside.
mod cut;
mod expressions;
mod log;
mod orders;
mod schema;
mod statements;
mod world;
