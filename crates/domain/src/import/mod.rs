//! Importing contacts from a table of text: how the file is written, which column is what, what a row says, and whether
//! somebody is in it twice. The file is read, and contacts are found and written, elsewhere.

mod column;
mod plan;
mod row;
mod shape;

pub use column::{Column, Part, guess, has_heading};
pub use plan::{Format, Mapping, OnMatch, Outcome, State};
pub use row::{Draft, Key, Misfit, Reading};
pub use shape::{DateOrder, Delimiter, Encoding, Sniffer};

/// The largest file, in bytes: 60 MB.
pub const BYTES_AT_MOST: u64 = 60_000_000;
/// Columns of a file.
pub const COLUMNS_AT_MOST: usize = 200;
/// Rows of a file.
pub const ROWS_AT_MOST: u32 = 1_000_000;
