//! How a file is written: its characters, and what stands between its columns.

use serde::{Deserialize, Serialize};

use crate::message::words;

words! {
    /// How bytes are characters.
    Encoding {
        Utf8 = "utf-8",
        /// What spreadsheets on Windows write in western Europe and the Americas.
        Windows1252 = "windows-1252",
        Utf16Le = "utf-16le",
        Utf16Be = "utf-16be",
    }
}

words! {
    /// What stands between columns.
    Delimiter { Comma = "comma", Semicolon = "semicolon", Tab = "tab", Bar = "bar" }
}

impl Delimiter {
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }

    /// The likeliest of a file's first characters: the one that parts most lines into the same number of columns.
    pub fn of(text: &str) -> Self {
        let mut best = (0, Self::Comma);
        for &delimiter in Self::ALL {
            let counts = counts(text, delimiter.byte());
            let Some(&first) = counts.first().filter(|first| **first > 0) else { continue };
            let agreeing = counts.iter().filter(|count| **count == first).count();
            // Of two that agree as often, the one that makes more columns.
            let score = agreeing * 1_000 / counts.len() * 1_000 + first.min(999);
            if score > best.0 {
                best = (score, delimiter);
            }
        }
        best.1
    }
}

/// How often it stands outside quotes, in each of the first records.
fn counts(text: &str, delimiter: u8) -> Vec<usize> {
    const RECORDS: usize = 50;
    let mut counts = Vec::new();
    let (mut quoted, mut count, mut is_empty) = (false, 0, true);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if !is_empty {
                    counts.push(count);
                }
                if counts.len() == RECORDS {
                    return counts;
                }
                (count, is_empty) = (0, true);
                continue;
            }
            b'\r' => continue,
            _ if byte == delimiter && !quoted => count += 1,
            _ => {}
        }
        is_empty = false;
    }
    // The last line may be cut off; alone it is all there is.
    if counts.is_empty() && !is_empty {
        counts.push(count);
    }
    counts
}

words! {
    /// In which order days and months stand where a year stands last, as in `03/04/1985`.
    DateOrder { DayFirst = "day_first", MonthFirst = "month_first" }
}

impl DateOrder {
    /// Months first only where some date cannot be read otherwise.
    pub fn of<'a>(dates: impl IntoIterator<Item = &'a str>) -> Self {
        let month_first = |date: &str| {
            let mut parts = date.trim().split(['/', '.', '-']).map(|part| part.parse::<u16>().ok());
            matches!((parts.next(), parts.next()), (Some(Some(first)), Some(Some(second)))
                if (1..=12).contains(&first) && (13..=31).contains(&second))
        };
        if dates.into_iter().any(month_first) { Self::MonthFirst } else { Self::DayFirst }
    }
}

/// Finds out how a file is written while its bytes go by.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sniffer {
    /// The first bytes of the file, for its mark.
    head: Vec<u8>,
    /// A character that the last piece broke off in.
    rest: Vec<u8>,
    not_utf8: bool,
}

impl Sniffer {
    pub fn see(&mut self, bytes: &[u8]) {
        self.head.extend(bytes.iter().take(3 - self.head.len().min(3)));
        if self.not_utf8 {
            return;
        }
        let whole = [&self.rest, bytes].concat();
        match std::str::from_utf8(&whole) {
            Ok(_) => self.rest.clear(),
            Err(error) if error.error_len().is_none() => self.rest = whole[error.valid_up_to()..].to_vec(),
            Err(_) => self.not_utf8 = true,
        }
    }

    /// When all of it went by.
    pub fn encoding(&self) -> Encoding {
        match self.head.as_slice() {
            [0xff, 0xfe, ..] => Encoding::Utf16Le,
            [0xfe, 0xff, ..] => Encoding::Utf16Be,
            _ if self.not_utf8 || !self.rest.is_empty() => Encoding::Windows1252,
            _ => Encoding::Utf8,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_comma_in_quotes_parts_nothing() {
        assert_eq!(Delimiter::of("name;note\n\"Rossi, Anna\";\"a, b\nc, d\"\nBianchi;x, y, z\n"), Delimiter::Semicolon);
        assert_eq!(Delimiter::of("name,phone\nAnna,1\nUgo,2"), Delimiter::Comma);
        assert_eq!(Delimiter::of("name\tphone\nA, B\t1\nC\t2\n"), Delimiter::Tab);
        assert_eq!(Delimiter::of("phone\n393331234567\n"), Delimiter::Comma, "one column");
    }

    #[test]
    fn days_stand_first_unless_they_cannot() {
        assert_eq!(DateOrder::of(["03/04/1985", "31/12/1990"]), DateOrder::DayFirst);
        assert_eq!(DateOrder::of(["03/04/1985", "12/31/1990"]), DateOrder::MonthFirst);
        assert_eq!(DateOrder::of(["1985-04-30"]), DateOrder::DayFirst);
    }

    proptest! {
        /// However it is cut, a text is what it is.
        #[test]
        fn pieces_are_as_good_as_the_whole(text in "\\PC{0,60}", cuts in prop::collection::vec(1_usize..7, 0..60)) {
            let mut sniffer = Sniffer::default();
            let mut rest = text.as_bytes();
            for cut in cuts {
                let (piece, after) = rest.split_at(cut.min(rest.len()));
                sniffer.see(piece);
                rest = after;
            }
            sniffer.see(rest);
            prop_assert_eq!(sniffer.encoding(), Encoding::Utf8);
            if text.chars().any(|c| !c.is_ascii() && c <= '\u{ff}') && text.chars().all(|c| c <= '\u{ff}') {
                let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
                let mut sniffer = Sniffer::default();
                sniffer.see(&latin);
                prop_assert!(sniffer.encoding() == Encoding::Windows1252 || std::str::from_utf8(&latin).is_ok());
            }
        }
    }
}
