//! What a line says that somebody does.

use super::words::{Line, Piece, pause, time};
use super::{Deed, Hear, files};
use std::time::Duration;

/// All that a person can do, for those who wrote something else.
const DEEDS: &str = "a person writes with “lea: text”, sends, replies, reacts, unreacts, edits, deletes, taps, chooses, \
                     shares, reads, plays, blocks, unblocks, switches, changes, waits or expects";

/// The deed of a line whose first piece, the person, is taken off.
pub(super) fn deed(line: Line) -> Result<Deed, String> {
    let Line { pieces, text } = line;
    let quoted: Vec<String> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Quoted(words) => Some(words.clone()),
            Piece::Bare(_) => None,
        })
        .collect();
    // A quotation stands as "" among the words.
    let words: Vec<&str> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Quoted(_) => "",
            Piece::Bare(word) => word.as_str(),
        })
        .collect();
    let first = quoted.first().cloned();
    let silent = |deed: Deed| if text.is_none() { Ok(deed) } else { Err(no_text(&words)) };
    match words.as_slice() {
        [] => Ok(Deed::Write { text: spoken(text, "what is written")?, ago: Duration::ZERO }),
        ["wrote", ago, "ago"] => Ok(Deed::Write { text: spoken(text, "what was written")?, ago: time(ago)? }),
        ["replies"] | ["replies", "to", ""] => Ok(Deed::Reply { to: first, text: spoken(text, "what is answered")? }),
        ["sends", "location", latitude, longitude] => {
            Ok(Deed::Location { latitude: degrees(latitude, 90.0)?, longitude: degrees(longitude, 180.0)?, name: text })
        }
        ["sends", "contact", number @ ..] if !number.is_empty() => {
            Ok(Deed::Contact { number: number.join(" "), name: spoken(text, "the name of the contact")? })
        }
        ["sends", what] => send(what, None, text),
        ["sends", what, name] => send(what, Some(first.unwrap_or_else(|| (*name).to_owned())), text),
        ["shares", "contact"] | ["shares", "her" | "his" | "their", "contact"] => silent(Deed::ShareContact),
        ["reacts", emoji] if !emoji.is_empty() => silent(Deed::React { emoji: (*emoji).to_owned(), to: None }),
        ["reacts", emoji, "to", ""] if !emoji.is_empty() => {
            silent(Deed::React { emoji: (*emoji).to_owned(), to: first })
        }
        ["reacts", ..] => Err("which emoji is missing: write “reacts 👍”, or “reacts 👍 to \"words\"”".to_owned()),
        ["unreacts"] | ["unreacts", "to", ""] => silent(Deed::React { emoji: String::new(), to: first }),
        ["edits"] | ["edits", ""] => Ok(Deed::Edit { which: first, text: spoken(text, "the new text")? }),
        ["deletes"] | ["deletes", ""] => silent(Deed::Delete { which: first }),
        ["taps"] | ["taps", ""] => silent(Deed::Tap { title: first }),
        ["chooses"] | ["chooses", ""] => silent(Deed::Choose { title: first }),
        ["taps" | "chooses", ..] => Err("put the words of the button or the row in quotes: “taps \"Yes\"”".to_owned()),
        ["reads"] => silent(Deed::Read),
        ["plays"] => silent(Deed::Play),
        ["blocks"] => silent(Deed::Block(true)),
        ["unblocks"] => silent(Deed::Block(false)),
        ["switches", "off"] => silent(Deed::Switch(false)),
        ["switches", "on"] => silent(Deed::Switch(true)),
        ["switches", ..] => Err("a phone “switches on” or “switches off”".to_owned()),
        ["changes", "number"] => silent(Deed::ChangeNumber { to: None }),
        ["changes", "number", "to", number @ ..] if !number.is_empty() => {
            let number = number.join(" ");
            if !crate::number::plausible(&number) {
                return Err(format!("“{number}” is no number: write it with its country, like +39 348 555 0117"));
            }
            silent(Deed::ChangeNumber { to: Some(number) })
        }
        ["waits", "for", "an", "answer", more @ ..] => {
            let hear = hear(more, &quoted, false)?;
            if text.is_some() && hear.at_most.is_none() {
                return Err(
                    "after how long it is written is missing: “waits for an answer up to 2m: Hello?”".to_owned()
                );
            }
            Ok(Deed::Hear(Hear { nudge: text, ..hear }))
        }
        ["expects", "an", "answer", more @ ..] => silent(Deed::Hear(hear(more, &quoted, true)?)),
        ["waits", time @ ..] => silent(Deed::Wait(pause(time)?)),
        _ => Err(format!("nobody knows how to “{}”: {DEEDS}", words.join(" ").trim())),
    }
}

fn no_text(words: &[&str]) -> String {
    format!("nothing stands after “{}:”: take the colon and the text away", words.join(" ").trim())
}

fn spoken(text: Option<String>, what: &str) -> Result<String, String> {
    text.ok_or_else(|| format!("{what} is missing: write it after a colon"))
}

fn send(what: &str, name: Option<String>, caption: Option<String>) -> Result<Deed, String> {
    let known = files::ALL.iter().map(|sample| sample.word).collect::<Vec<_>>().join(", ");
    let file = files::called(what).ok_or_else(|| {
        format!("“{what}” cannot be sent: send {known}, “location 45.46 9.19” or “contact +39…: Name”")
    })?;
    if caption.is_some() && matches!(file.kind, "audio" | "sticker") {
        return Err(format!("a {what} carries no words: write them on a line of their own"));
    }
    Ok(Deed::Send { file, name, caption })
}

fn degrees(word: &str, most: f64) -> Result<String, String> {
    let bare = word.trim_end_matches(',');
    match bare.parse::<f64>() {
        Ok(degrees) if degrees.abs() <= most => Ok(bare.to_owned()),
        _ => Err(format!("“{word}” is not on the map: write “sends location 45.46416 9.19197: Piazza del Duomo”")),
    }
}

/// `[with "words" [or "words"]…] [up to 2m | within 2m]`
fn hear(words: &[&str], quoted: &[String], required: bool) -> Result<Hear, String> {
    let usage = || {
        let example =
            if required { "expects an answer with \"refund\" within 5m" } else { "waits for an answer up to 2m" };
        format!("what to wait for is not clear: write it like “{example}”")
    };
    let mut rest = words;
    if let ["with", "", after @ ..] = rest {
        rest = after;
        while let ["or", "", after @ ..] = rest {
            rest = after;
        }
    }
    let at_most = match rest {
        [] => required.then_some(PATIENCE),
        ["up", "to", word] | ["within", word] | ["for", word] => Some(time(word)?),
        _ => return Err(usage()),
    };
    let words = quoted.iter().map(|words| words.to_lowercase()).collect();
    Ok(Hear { words, at_most, nudge: None, required })
}

/// How long an answer that is expected may take, when the line does not say.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
