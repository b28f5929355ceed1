//! Reads a scenario: a text, a line for each thing that happens.

use serde_json::{Value, json};

use super::words::{Line, Piece, pause, take_apart};
use super::{Person, Script, Step, What, Wrong, step};
use crate::faults::Faults;
use crate::number;

const MOST_PEOPLE: usize = 50;
const MOST_STEPS: usize = 2_000;
pub(crate) const LONGEST: usize = 64 * 1024;

/// Words with which lines begin that are nobody's; nobody can be called so.
const RESERVED: [&str; 8] = ["title", "about", "business", "pace", "person", "wait", "fault", "heal"];

/// Reads all of it, or says which line is wrong and how to mend it.
pub(crate) fn read(text: &str) -> Result<Script, Wrong> {
    if text.len() > LONGEST {
        return Err(Wrong { line: 1, detail: "a scenario has 64 kB at most: make two of it".to_owned() });
    }
    let mut script = Script {
        title: String::new(),
        about: String::new(),
        business: None,
        apart: false,
        people: Vec::new(),
        steps: Vec::new(),
    };
    let mut lines = 0;
    for (place, line) in text.lines().enumerate() {
        lines = place + 1;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        script.line(line, lines).map_err(|detail| Wrong { line: lines, detail })?;
    }
    if script.steps.is_empty() {
        let detail = "nothing happens in it: add a line like “giulia: Hello”".to_owned();
        return Err(Wrong { line: lines.max(1), detail });
    }
    if script.title.is_empty() {
        "Without a title".clone_into(&mut script.title);
    }
    Ok(script)
}

impl Script {
    fn line(&mut self, line: &str, at: usize) -> Result<(), String> {
        let Line { mut pieces, text } = take_apart(line)?;
        if pieces.is_empty() {
            return Err("it begins with nothing: write who does something, like “giulia: Hello”".to_owned());
        }
        let Piece::Bare(word) = pieces.remove(0) else {
            return Err("it begins with a quotation: write first who does something".to_owned());
        };
        match (word.as_str(), pieces.is_empty()) {
            ("title", true) => self.title = text.ok_or("the title is missing: write “title: An angry customer”")?,
            ("about", true) => self.about = text.ok_or("what it is about is missing: write it after the colon")?,
            ("business", true) => {
                self.business = Some(text.ok_or("which business is missing: write its number, like +39 02 5550 1234")?);
            }
            ("pace", true) => {
                self.apart = match text.as_deref() {
                    Some("together") => false,
                    Some("own") => true,
                    _ => return Err("the pace is “together”, line by line, or “own”, each at their own".to_owned()),
                }
            }
            ("person", false) => self.person(&pieces, text, at)?,
            ("person", true) => {
                return Err("who is missing: write “person lea: Lea Hofmann, +49 151 555 2201”".to_owned());
            }
            ("heal", true) if text.is_none() && self.apart => {
                return Err("each goes at a pace of their own here: leave the line out, and heal the network by hand"
                    .to_owned());
            }
            ("heal", true) if text.is_none() => self.step(What::Heal, at)?,
            ("wait", _) => {
                let words = bare(&pieces).ok_or("write how long without quotes: “wait 5s”")?;
                if self.apart {
                    return Err(
                        "each goes at a pace of their own here: write who waits, like “lea waits 5s”".to_owned()
                    );
                }
                self.step(What::Wait(pause(&words)?), at)?;
            }
            ("fault", _) if self.apart && !self.steps.iter().all(|step| matches!(step.what, What::Fault(..))) => {
                return Err("each goes at a pace of their own here: put the line above the first thing somebody does"
                    .to_owned());
            }
            ("fault", _) => self.step(fault(line)?, at)?,
            (who, _) => {
                let place = self.people.iter().position(|person| person.id == who);
                let place = place.ok_or_else(|| unknown(who))?;
                let deed = step::deed(Line { pieces, text })?;
                self.step(What::Does(place, deed), at)?;
            }
        }
        Ok(())
    }

    fn step(&mut self, what: What, line: usize) -> Result<(), String> {
        if self.steps.len() == MOST_STEPS {
            return Err(format!("a scenario has {MOST_STEPS} lines at most: make two of it"));
        }
        self.steps.push(Step { line, what });
        Ok(())
    }

    /// `person lea: Lea Hofmann, +49 151 555 2201`; `person giulia` alone has a phone already.
    fn person(&mut self, pieces: &[Piece], text: Option<String>, line: usize) -> Result<(), String> {
        let [Piece::Bare(id)] = pieces else {
            return Err("a person is called by one word: write “person lea: Lea Hofmann”".to_owned());
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if !id.chars().all(plain) || id.len() > 64 {
            return Err(format!("“{id}” cannot be somebody's short name: use letters, digits, - and _"));
        }
        if RESERVED.contains(&id.as_str()) {
            return Err(format!("“{id}” means something else at the beginning of a line: call the person differently"));
        }
        if self.people.iter().any(|person| person.id == *id) {
            return Err(format!("there is a “{id}” already: leave one of the two lines out"));
        }
        if self.people.len() == MOST_PEOPLE {
            return Err(format!("a scenario has {MOST_PEOPLE} people at most"));
        }
        let (name, number) = match text {
            None => (None, None),
            Some(text) => match text.split_once(',') {
                None => (Some(text), None),
                Some((name, number)) => (Some(name.trim().to_owned()), Some(number.trim().to_owned())),
            },
        };
        if let Some(number) = number.as_ref().filter(|number| !number::plausible(number)) {
            return Err(format!("“{number}” is no number: write it with its country, like +39 348 555 0117"));
        }
        self.people.push(Person { id: id.clone(), name, number, line });
        Ok(())
    }
}

/// `fault send_error {"code": 131026, "next": 1}`: a switch of the network, and JSON.
fn fault(line: &str) -> Result<What, String> {
    let mut parts = line.splitn(3, char::is_whitespace).skip(1);
    let (Some(name), Some(value)) = (parts.next(), parts.next()) else {
        return Err("which switch, and how, is missing: write “fault window_closed true”".to_owned());
    };
    let value: Value = serde_json::from_str(value.trim())
        .map_err(|_| format!("“{value}” is no value: write true, false, a number, \"a word\" or {{…}}"))?;
    Faults::default().patched(&json!({ name: value })).map_err(|wrong| {
        format!("the network cannot be switched so: {wrong}; “GET control/faults” lists what there is")
    })?;
    Ok(What::Fault(name.to_owned(), value))
}

fn bare(pieces: &[Piece]) -> Option<Vec<&str>> {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Bare(word) => Some(word.as_str()),
            Piece::Quoted(_) => None,
        })
        .collect()
}

fn unknown(who: &str) -> String {
    format!(
        "nobody is called “{who}”: add a line “person {who}: Their Name” above, or “person {who}” for a phone that is there"
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::{Deed, Hear, Pause};
    use super::*;

    fn wrong(text: &str) -> (usize, String) {
        let wrong = read(text).expect_err("it is wrong");
        (wrong.line, wrong.detail)
    }

    #[test]
    fn a_scenario_is_read_line_by_line() {
        let script = read(
            "title: Late\n# a remark\n\nperson lea: Lea Hofmann, +49 151 5550 2201\nperson giulia\nlea: Hi \\n there: you\n\
             wait 2s to 5s\nlea waits for an answer with \"sorry\" or \"Refund\" up to 2m\ngiulia sends damage: Look\n\
             fault drop_after_accept 1\nlea wrote 25h ago: Yesterday",
        )
        .expect("a scenario");
        assert_eq!((script.title.as_str(), script.people.len(), script.apart), ("Late", 2, false));
        assert_eq!(script.people[1].name, None);
        let lines: Vec<usize> = script.steps.iter().map(|step| step.line).collect();
        assert_eq!(lines, [6, 7, 8, 9, 10, 11]);
        assert_eq!(
            script.steps[0].what,
            What::Does(0, Deed::Write { text: "Hi \n there: you".to_owned(), ago: Duration::ZERO })
        );
        let pause = Pause { least: Duration::from_secs(2), most: Duration::from_secs(5) };
        assert_eq!(script.steps[1].what, What::Wait(pause));
        let words = vec!["sorry".to_owned(), "refund".to_owned()];
        let hear = Hear { words, at_most: Some(Duration::from_secs(120)), nudge: None, required: false };
        assert_eq!(script.steps[2].what, What::Does(0, Deed::Hear(hear)));
    }

    #[test]
    fn what_is_wrong_names_its_line_and_the_remedy() {
        for (text, line, says) in [
            ("bob: Hello", 1, "person bob"),
            ("person lea: Lea\nlea: Hi\nlea sings", 3, "sends"),
            ("person lea: Lea\n\nlea waits 5 minutes", 3, "5s to 20s"),
            ("person lea: Lea\nlea waits 5x", 2, "40s"),
            ("person lea: Lea\nlea waits for an answer: Hello?", 2, "up to 2m"),
            ("person lea: Lea\nlea waits for an answer with sorry", 2, "up to 2m"),
            ("person lea: Lea, abc\nlea: Hi", 1, "+39"),
            ("person lea: Lea\nlea sends cake", 2, "picture"),
            ("person lea: Lea\nlea taps Yes", 2, "quotes"),
            ("person lea: Lea\nlea taps \"Yes", 2, "where it ends"),
            ("person lea: Lea\nlea replies", 2, "after a colon"),
            ("person lea: Lea\nfault no_such true", 2, "no_such"),
            ("person lea: Lea\nfault window_closed maybe", 2, "true"),
            ("pace: own\nperson lea: Lea\nwait 5s", 3, "lea waits 5s"),
            ("person wait: Will", 1, "differently"),
            ("person lea: Lea\nperson lea: Lena", 2, "already"),
            ("person lea: Lea\nlea sends location 95 9", 2, "map"),
            ("person lea: Lea\nlea reads: it", 2, "colon"),
            ("title: Empty", 1, "Hello"),
            ("", 1, "Hello"),
        ] {
            let (found, detail) = wrong(text);
            assert_eq!(found, line, "{text}: {detail}");
            assert!(detail.contains(says), "{text}: {detail}");
        }
    }
}
