//! A table as comma-separated values, as RFC 4180 has them.

use super::Cell;
use crate::archive::pack::{Broken, Text};

pub(super) struct Csv {
    out: Text,
    begun: bool,
}

impl Csv {
    pub(super) const fn new(out: Text) -> Self {
        Self { out, begun: false }
    }

    pub(super) async fn row(&mut self, cells: &[Cell]) -> Result<(), Broken> {
        let cells: Vec<String> = cells.iter().map(cell).collect();
        // The mark by which spreadsheets know UTF-8.
        let mark = if std::mem::replace(&mut self.begun, true) { "" } else { "\u{feff}" };
        self.out.write(&format!("{mark}{}\r\n", cells.join(","))).await
    }

    pub(super) async fn finish(self) -> Result<(), Broken> {
        self.out.finish().await
    }
}

/// What a spreadsheet would take for a formula is given as text.
fn cell(cell: &Cell) -> String {
    let text = match cell {
        Cell::Number(number) => return number.to_string(),
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(text) => text.clone(),
    };
    if text.contains(['"', ',', ';', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_never_a_formula() {
        let text = |text: &str| cell(&Cell::Text(text.to_owned()));
        assert_eq!(text("plain"), "plain");
        assert_eq!(text("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(text("-5"), "'-5");
        assert_eq!(cell(&Cell::Number(-5.5)), "-5.5");
    }
}
