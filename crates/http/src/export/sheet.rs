//! A table as a workbook of one sheet (ECMA-376): a ZIP of a few fixed parts and the rows, with the texts in place.

use jiff::Timestamp;

use super::Cell;
use crate::archive::pack::{Broken, Pack, Packing};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
/// As many as a sheet has.
const ROWS_AT_MOST: u32 = 1_048_576;
/// As many characters as a cell takes.
const CELL_AT_MOST: usize = 32_767;

pub(super) struct Sheet {
    pack: Pack,
    row: u32,
}

impl Sheet {
    /// Writes all that stands before the first row.
    pub(super) async fn begin(mut pack: Pack, now: Timestamp) -> Result<Self, Broken> {
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        let parts = [
            (
                "[Content_Types].xml",
                format!(
                    "<Types xmlns=\"{PACKAGE}/content-types\">\
                     <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                     <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                     <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
                     <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/></Types>"
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                     Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>\
                     <sheet name=\"Contacts\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                     Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
                ),
            ),
        ];
        for (name, text) in parts {
            pack.begin(name, now, Packing::Text)?;
            pack.write(format!("{HEAD}{text}").as_bytes()).await?;
        }
        pack.begin("xl/worksheets/sheet1.xml", now, Packing::Text)?;
        pack.write(format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>").as_bytes()).await?;
        Ok(Self { pack, row: 0 })
    }

    /// What a sheet has no room for is left out.
    pub(super) async fn row(&mut self, cells: &[Cell]) -> Result<(), Broken> {
        if self.row == ROWS_AT_MOST {
            return Ok(());
        }
        self.row += 1;
        let mut text = format!("<row r=\"{}\">", self.row);
        for (place, cell) in cells.iter().enumerate() {
            let at = format!("{}{}", column(place), self.row);
            match cell {
                Cell::Number(number) => text.push_str(&format!("<c r=\"{at}\"><v>{number}</v></c>")),
                Cell::Text(words) if words.is_empty() => {}
                Cell::Text(words) => text.push_str(&format!(
                    "<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escaped(words)
                )),
            }
        }
        text.push_str("</row>");
        self.pack.write(text.as_bytes()).await
    }

    pub(super) async fn finish(mut self) -> Result<(), Broken> {
        self.pack.write(b"</sheetData></worksheet>").await?;
        self.pack.finish().await
    }
}

/// `A` to `Z`, `AA` and on.
fn column(place: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(place % 26).unwrap_or_default());
    if place < 26 { letter.to_string() } else { format!("{}{letter}", column(place / 26 - 1)) }
}

/// Without what XML has no place for.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(CELL_AT_MOST) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_on_beyond_z() {
        let named: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(column).collect();
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escaped("a<b>&\u{0}\n"), "a&lt;b&gt;&amp;\n");
    }
}
