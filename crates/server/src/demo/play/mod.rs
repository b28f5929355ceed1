//! Plays a conversation in memory: what the acts would have written had it really taken place.
//!
//! Messages go by their place in the thread until they are numbered; so do `reply_to_id`, `target_id`,
//! `last_message_id` and `read_through` of what is made here.
mod acts;
mod content;
mod hand_on;
mod offers;
mod say;
mod tell;

use anyhow::{Context as _, Result};
use pronto_domain::id::UserId;
use pronto_domain::interaction::{Interaction as Rules, State};
use pronto_domain::message::{Content, Direction, Kind};
use pronto_domain::outbound::Outgoing;
use pronto_store as store;
use store::history::Message;
use store::instant;
use store::interaction::Interaction;
use store::message::Failure;

pub(super) use acts::{FIRST_STEP, SECOND_STEP};
pub(super) use offers::Offered;

use super::company::Company;
use super::fill::Fill;
use super::media::File;
use super::people::Person;
use super::random::Random;
use super::script::{Line, Script};

pub(super) const SECOND: i64 = 1_000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const DAY: i64 = 24 * 60 * MINUTE;

/// An interaction as it came to be.
pub(super) struct Played {
    pub(super) person: usize,
    pub(super) row: Interaction,
    pub(super) messages: Vec<Said>,
    pub(super) offers: Vec<Offered>,
    /// What the address learns of it.
    pub(super) latest_inbound: Option<i64>,
    pub(super) first_inbound: Option<i64>,
    pub(super) shut_at: Option<i64>,
    /// What armed the timer of the step it waits in, and until when.
    pub(super) step_ends: Option<(i64, i64)>,
}

/// A message with what belongs to it.
pub(super) struct Said {
    pub(super) row: Message,
    pub(super) file: Option<&'static File>,
    pub(super) tried: Option<Tried>,
}

/// How sending it went.
pub(super) struct Tried {
    pub(super) step: &'static str,
    pub(super) state: &'static str,
    pub(super) provider_id: Option<String>,
    pub(super) request: Outgoing,
    pub(super) failure: Option<Failure>,
    pub(super) settled_at: i64,
}

/// Who plays it, and when.
pub(super) struct Scene<'a> {
    pub(super) company: &'a Company,
    pub(super) person: usize,
    pub(super) people: &'a [Person],
    /// The agent's login.
    pub(super) owner: &'static str,
    /// Whether it ends closed, unless its script says how it ends.
    pub(super) when: When,
    pub(super) now: i64,
}

pub(super) enum When {
    /// The first message comes then.
    Starts(i64),
    /// The last thing in it happens then.
    Ends(i64),
    /// The customer's last message comes then.
    LastHeard(i64),
}

/// An interaction being played.
struct Player<'a> {
    scene: &'a Scene<'a>,
    person: &'a Person,
    random: Random,
    fill: Fill,
    rules: Rules,
    played: Played,
    /// The latest moment played.
    at: i64,
    second_queue: bool,
}

/// Plays one.
pub(super) fn play(script: &Script, scene: &Scene<'_>, mut random: Random) -> Result<Played> {
    let person = scene.people.get(scene.person).context("there is no such person")?;
    let agent = scene.company.first_name(scene.owner);
    let fill = Fill::new(&mut random, person.language, person.first, person.city, agent);
    let offsets = offsets(script, &mut random);
    let start = start(script, scene, &offsets);
    let mut player = Player {
        scene,
        person,
        random,
        fill,
        rules: Rules::new(0.into(), scene.company.account, 0.into()),
        played: Played {
            person: scene.person,
            row: Interaction {
                phone: person.digits.clone(),
                ..Interaction::new(scene.company.account.0, 0, person.name(), start)
            },
            messages: Vec::with_capacity(script.lines.len() + 2),
            offers: Vec::new(),
            latest_inbound: None,
            first_inbound: None,
            shut_at: None,
            step_ends: None,
        },
        at: start,
        second_queue: script.is("queue", "returns"),
    };
    player.played.row.tags = pronto_db::Json(script.tags());
    for (line, offset) in script.lines.iter().zip(&offsets) {
        player.line(line, start + offset).with_context(|| format!("in {}", script.name))?;
    }
    player.end(script)?;
    Ok(player.played)
}

/// When each line happens, counted from the first.
fn offsets(script: &Script, random: &mut Random) -> Vec<i64> {
    let mut at = 0;
    let mut before: Option<bool> = None;
    let mut offsets = Vec::with_capacity(script.lines.len());
    for line in &script.lines {
        match line {
            Line::Pass(time) => at += time,
            Line::Act { .. } => at += random.between(20, 90) * SECOND,
            Line::Note { .. } => at += random.between(25, 80) * SECOND,
            Line::Say(say) => {
                let typing = i64::try_from(say.text.chars().count()).unwrap_or(0);
                at += match (before, say.customer) {
                    (None, _) => 0,
                    (Some(true), true) => random.between(7, 40) * SECOND + typing * 60,
                    (Some(false), true) => random.between(20, 150) * SECOND + typing * 90,
                    (Some(true), false) => random.between(25, 75) * SECOND + typing * 70,
                    (Some(false), false) => random.between(6, 20) * SECOND + typing * 50,
                };
                before = Some(say.customer);
            }
        }
        // Nothing happens on the full second.
        at += random.between(1, 900);
        offsets.push(at);
    }
    offsets
}

fn start(script: &Script, scene: &Scene<'_>, offsets: &[i64]) -> i64 {
    let heard = |line: &Line| matches!(line, Line::Say(say) if say.customer && !say.has("late"));
    match scene.when {
        When::Starts(at) => at,
        When::Ends(at) => at - offsets.last().copied().unwrap_or(0),
        When::LastHeard(at) => {
            let last = script.lines.iter().zip(offsets).rfind(|(line, _)| heard(line));
            at - last.map_or(0, |(_, offset)| *offset)
        }
    }
}

impl Player<'_> {
    fn line(&mut self, line: &Line, at: i64) -> Result<()> {
        let at = at.max(self.at + 1);
        match line {
            Line::Pass(_) => return Ok(()),
            Line::Act { what, by } => self.act(what, *by, at)?,
            Line::Note { by, text } => {
                let by = by.unwrap_or(self.scene.owner);
                let text = self.fill.text(&mut self.random, text);
                self.note(by, text, at)?;
            }
            Line::Say(say) if say.customer => {
                self.meet(at);
                self.hear(say, at)?;
            }
            Line::Say(say) => {
                if self.rules.owner.is_none() || self.rules.state != State::Active {
                    let taken = (at - self.random.between(9, 24) * SECOND).max(self.at + 1);
                    self.accept(self.scene.owner, taken)?;
                }
                self.tell(say, at)?;
            }
        }
        self.at = self.at.max(at);
        Ok(())
    }

    /// The customer writes: it opens, or is open again.
    fn meet(&mut self, at: i64) {
        match self.rules.state {
            State::Flow => self.place(at),
            State::Closed => {
                let owner = self.rules.owner;
                let placed = self.first_queue();
                self.rules.reopen(owner, &placed, instant(at));
                self.adopt();
            }
            _ => {}
        }
    }

    fn adopt(&mut self) {
        self.played.row.adopt(&self.rules);
    }

    /// A quiet line. It does not move the interaction in lists.
    fn system(&mut self, code: &str, by: UserId, param: Option<(&str, &str)>, at: i64) {
        let params = param.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
        let content = Content::System { code: code.to_owned(), params };
        let mut row = self.message(Direction::System, Kind::System, None, content, at);
        (row.author_kind, row.author_id) = ("agent", Some(by.0));
        self.push(row, None, None);
        self.at = self.at.max(at);
    }

    fn note(&mut self, by: &str, text: String, at: i64) -> Result<()> {
        let user = self.scene.company.user(by)?;
        let mentions = self.scene.company.named_in(&text);
        let mut row = self.message(Direction::Note, Kind::Note, Some(text), Content::Note { mentions }, at);
        (row.author_kind, row.author_id) = ("agent", Some(user.0));
        self.push(row, None, None);
        Ok(())
    }

    fn push(&mut self, row: Message, file: Option<&'static File>, tried: Option<Tried>) {
        self.played.row.message_count += i64::from(row.shown);
        self.played.messages.push(Said { row, file, tried });
    }
}

/// The place of the latest message.
fn place_of(messages: &[Said]) -> i64 {
    i64::try_from(messages.len()).unwrap_or(0)
}
