//! What must not leave the server, and looking for it in whatever does.

use std::io::{Cursor, Read as _};

use pronto_testkit::Answer;
use uuid::Uuid;

/// Digits that are looked for in a row, wherever in a number they stand.
const IN_A_ROW: usize = 7;

/// How every number of the seeded customers ends: phone, mobile, the number of their office, their number in a
/// sensitive field, their id at the provider, the number they change to, and those on the cards they share.
pub(super) const TAILS: [&str; 7] = ["7582169", "9034612", "6718253", "8841276", "4417703", "2960857", "5538094"];

/// What is hidden from somebody.
pub(super) struct Hidden {
    words: Vec<String>,
    digits: Vec<String>,
}

impl Hidden {
    /// From somebody who sees nothing of a name, a number or an e-mail address. `known` are numbers in full.
    pub(super) fn wholly(known: &[String]) -> Self {
        let rows = known.iter().flat_map(|number| {
            (0..=number.len().saturating_sub(IN_A_ROW)).map(|at| number[at..at + IN_A_ROW].to_owned())
        });
        let words = ["zwentibold", "quaxburger", "verborgen", "geheimrat"].map(str::to_owned).to_vec();
        Self { words, digits: rows.chain(TAILS.map(str::to_owned)).collect() }
    }

    /// From somebody who does not see the last four characters.
    pub(super) fn at_the_end() -> Self {
        let words = ["quaxburger", "verborgen.example", "geheimrat"].map(str::to_owned).to_vec();
        Self { words, digits: TAILS.map(str::to_owned).to_vec() }
    }

    /// Without what whoever asks has typed themselves.
    pub(super) fn but(&self, typed: &[String]) -> Self {
        let typed: Vec<String> =
            typed.iter().map(|text| text.to_lowercase()).flat_map(|text| [joined(&text), text]).collect();
        let left = |all: &[String]| {
            all.iter().filter(|one| !typed.iter().any(|typed| typed.contains(one.as_str()))).cloned().collect()
        };
        Self { words: left(&self.words), digits: left(&self.digits) }
    }

    /// What of it stands in an answer: in its headers, its body, or the files in it.
    pub(super) fn found_in(&self, answer: &Answer) -> Vec<String> {
        let headers = answer.headers.iter().filter(|(name, _)| *name != "set-cookie");
        let mut found: Vec<String> = headers
            .flat_map(|(_, value)| self.found(&String::from_utf8_lossy(value.as_bytes())))
            .map(|raw| format!("{raw} in a header"))
            .collect();
        found.extend(self.found_in_bytes(&answer.bytes));
        found
    }

    fn found_in_bytes(&self, bytes: &[u8]) -> Vec<String> {
        let Some(mut archive) =
            bytes.starts_with(b"PK").then(|| zip::ZipArchive::new(Cursor::new(bytes))).and_then(Result::ok)
        else {
            return self.found(&String::from_utf8_lossy(bytes));
        };
        let mut found = Vec::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("a file of the archive");
            let name = file.name().to_owned();
            let mut inner = Vec::new();
            file.read_to_end(&mut inner).expect("read");
            let all = self.found(&name).into_iter().chain(self.found_in_bytes(&inner));
            found.extend(all.map(|raw| format!("{raw} in {name}")));
        }
        found
    }

    /// What of it stands in a text, in any spelling.
    pub(super) fn found(&self, text: &str) -> Vec<String> {
        let text = unescaped(&without_ids(text)).to_lowercase();
        let digits = joined(&text);
        let words = self.words.iter().filter(|word| text.contains(word.as_str()));
        words.chain(self.digits.iter().filter(|row| digits.contains(row.as_str()))).cloned().collect()
    }
}

/// Ids that are made by chance, and positions in the log, may look like anything.
fn without_ids(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let uuid = rest.get(..36).filter(|id| id.as_bytes()[8] == b'-' && Uuid::try_parse(id).is_ok());
        match uuid.map(str::len).or_else(|| position(rest)) {
            Some(length) => rest = &rest[length..],
            None => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}

/// The length of a position that a text begins with: an epoch in milliseconds, a transaction and a number.
fn position(text: &str) -> Option<usize> {
    let length = text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len());
    let mut parts = text[..length].split('-');
    let (epoch, rest) = (parts.next()?, parts.collect::<Vec<_>>());
    (epoch.len() == 13 && rest.len() == 2 && rest.iter().all(|part| !part.is_empty())).then_some(length)
}

/// As it stands once a browser has read an address.
fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Without what people write between the digits of a number.
fn joined(text: &str) -> String {
    text.chars().filter(|c| !" +-().\u{a0}\u{2011}/".contains(*c)).collect()
}

#[test]
fn a_number_is_found_in_every_spelling() {
    let hidden = Hidden::wholly(&["391007582169".to_owned()]);
    for text in [
        "+39 100 758 2169",
        "100 7582169",
        "(100) 758-21.69",
        "tel=%2B39%20100%207582169",
        "0039/100/7582169",
        "39100758",
    ] {
        assert!(!hidden.found(text).is_empty(), "{text}");
    }
    for text in
        ["391007••••••", "2026-03-02T09:00:00Z", "a1b2c3d4-0000-4000-8000-391007582169", "1772442000000-75821-69"]
    {
        assert_eq!(hidden.found(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(hidden.found("Zwen%74ibold"), ["zwentibold"]);
    assert_eq!(hidden.but(&["+39 100 7582169".to_owned()]).found("391007582169"), Vec::<String>::new());
}
