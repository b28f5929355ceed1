//! Reads the conversations: a text format that is pleasant to write in.
//!
//! A conversation begins with `== name key=value …`. Each line after it is something that happens:
//!
//! | begins with | means |
//! |---|---|
//! | `<` | the customer writes |
//! | `>` | the agent writes |
//! | `!` | a note by the agent; `!luca` by somebody else |
//! | `*` | something done to the interaction: `close`, `give_back`, `accept tom`, `take luca` |
//! | `~` | time passes: `40s`, `20m`, `3h` |
//!
//! Words glued to `<` or `>` say what kind of message it is: `<reply=2,image=scratch Look here`. In texts, `{first}`
//! stands for a value of the conversation and `[one|another]` for either of the two; `\n` begins a new line.

use anyhow::{Context as _, Result, bail};

/// A conversation as written.
#[derive(Debug, Clone, Default)]
pub(super) struct Script {
    pub(super) name: &'static str,
    /// `key=value` of its head.
    head: Vec<(&'static str, &'static str)>,
    pub(super) lines: Vec<Line>,
}

/// Something that happens in it.
#[derive(Debug, Clone)]
pub(super) enum Line {
    Say(Say),
    Note {
        by: Option<&'static str>,
        text: String,
    },
    Act {
        what: &'static str,
        by: Option<&'static str>,
    },
    /// Milliseconds.
    Pass(i64),
}

/// A message of either side.
#[derive(Debug, Clone)]
pub(super) struct Say {
    pub(super) customer: bool,
    /// What kind of message it is and what else is special about it.
    pub(super) marks: Vec<(&'static str, &'static str)>,
    pub(super) text: String,
}

impl Say {
    pub(super) fn mark(&self, name: &str) -> Option<&'static str> {
        self.marks.iter().find(|(mark, _)| *mark == name).map(|(_, value)| *value)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.mark(name).is_some()
    }

    /// The parts of a text such as `Name | +39… | …`.
    pub(super) fn part(&self, place: usize) -> Option<String> {
        self.text.split('|').nth(place).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned)
    }
}

impl Script {
    pub(super) fn get(&self, key: &str) -> Option<&'static str> {
        self.head.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }

    pub(super) fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    /// The tags of its head.
    pub(super) fn tags(&self) -> Vec<String> {
        self.get("tags").map(|tags| tags.split(',').map(str::to_owned).collect()).unwrap_or_default()
    }

    /// Time given in its head, in milliseconds.
    pub(super) fn time(&self, key: &str) -> Result<Option<i64>> {
        self.get(key).map(time).transpose()
    }
}

/// Every conversation of a file.
pub(super) fn read(text: &'static str) -> Result<Vec<Script>> {
    let mut scripts: Vec<Script> = Vec::new();
    for (place, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(head) = line.strip_prefix("== ") {
            let mut words = head.split_whitespace();
            let name = words.next().unwrap_or_default();
            let head = words.filter_map(|word| word.split_once('=')).collect();
            scripts.push(Script { name, head, lines: Vec::new() });
            continue;
        }
        let script = scripts.last_mut().context("a line before the first conversation")?;
        let read = self::line(line).with_context(|| format!("line {}: {line}", place + 1))?;
        script.lines.push(read);
    }
    Ok(scripts)
}

/// One line.
pub(super) fn line(line: &'static str) -> Result<Line> {
    let (first, rest) = line.split_at_checked(1).context("it is empty")?;
    let (glued, text) = rest.split_once(' ').unwrap_or((rest, ""));
    let text = text.trim().replace("\\n", "\n");
    Ok(match first {
        "<" | ">" => {
            let marks =
                glued.split(',').filter(|mark| !mark.is_empty()).map(|mark| mark.split_once('=').unwrap_or((mark, "")));
            Line::Say(Say { customer: first == "<", marks: marks.collect(), text })
        }
        "!" => Line::Note { by: Some(glued).filter(|by| !by.is_empty()), text },
        "*" => Line::Act { what: glued, by: rest.split_once(' ').map(|(_, by)| by.trim()) },
        "~" => Line::Pass(time(rest)?),
        _ => bail!("it begins with nothing known"),
    })
}

/// `40s`, `20m`, `3h`, `2d`, with `-` for the past.
fn time(text: &str) -> Result<i64> {
    let (number, unit) = text.trim().split_at_checked(text.trim().len().saturating_sub(1)).context("no time")?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => bail!("{text:?} is not a time"),
    };
    Ok(number.parse::<i64>().with_context(|| format!("{text:?} is not a time"))? * seconds * 1_000)
}
