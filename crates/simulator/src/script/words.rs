//! A line taken apart: bare words, and words in quotes.

use std::time::Duration;

use super::Pause;

/// A piece of what stands before the colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Bare(String),
    Quoted(String),
}

/// What stands before the colon, in pieces, and what stands after it.
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) text: Option<String>,
}

/// Takes a line apart. A colon ends what is said to be done when a space follows it, or the end of the line; one in
/// quotes does not. In the text, `\n` begins a new line.
pub(super) fn take_apart(line: &str) -> Result<Line, String> {
    let mut pieces = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix(['"', '“']) {
            let (inside, after) =
                quoted.split_once(['"', '”']).ok_or("a quotation is not closed: put a \" where it ends")?;
            pieces.push(Piece::Quoted(inside.trim().to_owned()));
            rest = after;
        } else {
            let end = rest.find([' ', '\t']).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            rest = after;
            let bare = word.strip_suffix(':');
            let bare_word = bare.unwrap_or(word);
            if !bare_word.is_empty() {
                pieces.push(Piece::Bare(bare_word.to_owned()));
            }
            if bare.is_some() {
                return Ok(Line { pieces, text: said(rest) });
            }
        }
        if let Some(text) = rest.strip_prefix(':') {
            return Ok(Line { pieces, text: said(text) });
        }
        rest = rest.trim_start();
    }
    Ok(Line { pieces, text: None })
}

fn said(text: &str) -> Option<String> {
    Some(text.trim().replace("\\n", "\n")).filter(|text| !text.is_empty())
}

/// `500ms`, `40s`, `5m`, `2h`.
pub(super) fn time(word: &str) -> Result<Duration, String> {
    let wrong = || format!("“{word}” is no time: write it like 500ms, 40s, 5m or 2h");
    let digits = word.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
    let (number, unit) = word.split_at(digits);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        _ => return Err(wrong()),
    };
    let time = Duration::from_millis(number.saturating_mul(milliseconds));
    if time > LONGEST {
        return Err(format!("“{word}” is too long: a scenario waits a week at most"));
    }
    Ok(time)
}

const LONGEST: Duration = Duration::from_secs(7 * 24 * 3_600);

/// `5s`, or `5s to 20s`.
pub(super) fn pause(words: &[&str]) -> Result<Pause, String> {
    let pause = match words {
        [one] => Pause { least: time(one)?, most: time(one)? },
        [least, "to" | "-", most] => Pause { least: time(least)?, most: time(most)? },
        _ => return Err("how long is missing: write “5s”, or “5s to 20s” for something between".to_owned()),
    };
    if pause.least > pause.most {
        return Err("the longer time stands first: write the shorter one before “to”".to_owned());
    }
    Ok(pause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_ends_what_is_done_unless_it_is_in_quotes_or_in_a_word() {
        let line = take_apart(r#"lea replies to "Re: your order 10:30": It's 10:45 \n already"#).expect("a line");
        let pieces: Vec<Piece> = ["lea", "replies", "to"].map(|word| Piece::Bare(word.to_owned())).into();
        assert_eq!(line.pieces.get(..3), Some(&pieces[..]));
        assert_eq!(line.pieces.get(3), Some(&Piece::Quoted("Re: your order 10:30".to_owned())));
        assert_eq!(line.text.as_deref(), Some("It's 10:45 \n already"));
        assert_eq!(take_apart("lea: hello").expect("a line").text.as_deref(), Some("hello"));
        assert!(take_apart("lea taps \"Yes").is_err());
    }

    #[test]
    fn times_have_units() {
        assert_eq!(time("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(time("2h"), Ok(Duration::from_secs(7_200)));
        for wrong in ["5", "s", "5 s", "-5s", "9999999h", ""] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
        assert!(pause(&["9s", "to", "4s"]).is_err());
    }
}
