//! The rows of an import that were not taken, as they were in their file, each with its number and why.

use pronto_domain::access::Viewer;
use pronto_domain::import::Misfit;
use pronto_store as store;
use store::contact_import::{Import, Row, rejected};

use super::{Cell, PAGE, Rows, Table};
use crate::App;
use crate::archive::pack::Broken;
use crate::view::Lens;
use crate::words::Words;

/// Of which import.
pub(crate) struct Rejects {
    pub import: Import,
    pub viewer: Viewer,
    pub words: Words,
}

impl Rows for Rejects {
    const WHAT: &'static str = "a file of rejected rows";

    async fn write(self, app: &App, table: &mut Table) -> Result<(), Broken> {
        let config = app.desk.config();
        let lens = Lens { config: &config, viewer: &self.viewer, now: app.desk.now() };
        // The names of the file's columns; empty where it has none.
        let headings = lens.cells(self.import.user_id, self.import.headings.0.clone());
        let columns = self.words.text("transcript_reject_columns");
        let own = columns.split('|').map(str::to_owned);
        let heading: Vec<Cell> = headings.iter().cloned().chain(own).map(Cell::Text).collect();
        table.row(&heading).await?;
        let mut after = 0;
        loop {
            let mut tx = app.desk.db().read().await?;
            let rows = rejected(&mut tx, self.import.id, after, PAGE).await?;
            drop(tx);
            for row in &rows {
                let cells = lens.cells(self.import.user_id, row.cells.0.clone());
                table.row(&self.cells(row, &cells, &headings)).await?;
            }
            match rows.last().filter(|_| i64::try_from(rows.len()).is_ok_and(|count| count == PAGE)) {
                Some(last) => after = last.row_number,
                None => return Ok(()),
            }
        }
    }
}

impl Rejects {
    /// The row's own cells, as many as there are columns; what there is more of comes behind the reason.
    fn cells(&self, row: &Row, cells: &[String], headings: &[String]) -> Vec<Cell> {
        let columns = headings.len();
        let why: Vec<String> = row.reasons.0.iter().map(|misfit| self.why(misfit, headings)).collect();
        let own = (0..columns).map(|at| cells.get(at).cloned().unwrap_or_default());
        let beyond = cells.iter().skip(columns).cloned();
        let told = [row.row_number.to_string(), why.join("; ")];
        own.chain(told).chain(beyond).map(Cell::Text).collect()
    }

    fn why(&self, Misfit { column, code, detail }: &Misfit, headings: &[String]) -> String {
        let words = match code.as_str() {
            "in_list" => self.words.text("transcript_reject_in_list"),
            "in_file" => {
                let row: String = detail.chars().filter(char::is_ascii_digit).collect();
                self.words.say("transcript_reject_in_file", &[("row", &row)])
            }
            "empty" => self.words.text("transcript_reject_empty"),
            "columns" => self.words.text("transcript_reject_too_many"),
            _ => detail.clone(),
        };
        let name = column.and_then(|at| headings.get(at)).filter(|name| !name.is_empty());
        name.map_or_else(|| words.clone(), |name| format!("{name}: {words}"))
    }
}
