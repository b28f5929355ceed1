//! The long thread: a designer who furnishes a whole bed and breakfast with us.

use anyhow::{Context as _, Result};

use super::fill::Fill;
use super::people::Person;
use super::random::Random;
use super::script::{self, Line, Script};

/// Messages in it, about.
const LONG: usize = 400;

/// Puts it together from small exchanges, in turn, each time about another piece.
pub(super) fn script(people: &[Person]) -> Result<Script> {
    let mut read = script::read(include_str!("conversations/project.txt"))?;
    let mut whole = read.pop().context("the project has an end")?;
    let exchanges = read;
    let client = people.iter().find(|person| person.company == Some("Studio Corti")).context("there is a designer")?;
    let mut random = Random::new(412);
    let mut lines: Vec<Line> = Vec::with_capacity(LONG + 60);
    let mut order: Vec<usize> = (0..exchanges.len()).collect();
    let said = |lines: &[Line]| lines.iter().filter(|line| matches!(line, Line::Say(_))).count();
    let mut left: Vec<usize> = Vec::new();
    let mut since_night = 0;
    let length = LONG - said(&whole.lines);
    while said(&lines) < length {
        if left.is_empty() {
            random.shuffle(&mut order);
            left.clone_from(&order);
        }
        let Some(exchange) = left.pop().and_then(|place| exchanges.get(place)) else { break };
        let fill = Fill::new(&mut random, client.language, client.first, client.city, "Marta");
        for line in &exchange.lines {
            lines.push(match line {
                Line::Say(say) => {
                    let mut say = say.clone();
                    say.text = fill.text(&mut random, &say.text);
                    Line::Say(say)
                }
                Line::Note { by, text } => Line::Note { by: *by, text: fill.text(&mut random, text) },
                other => other.clone(),
            });
        }
        since_night += exchange.lines.len();
        if since_night > 66 {
            since_night = 0;
            lines.push(Line::Pass(15 * 3_600_000));
        } else {
            lines.push(Line::Pass(random.between(3, 34) * 60_000));
        }
    }
    lines.append(&mut whole.lines);
    whole.lines = lines;
    Ok(whole)
}
