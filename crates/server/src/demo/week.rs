//! The week: which conversation took place with whom, when, and with which agent.

use anyhow::{Context as _, Result};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use pronto_store::millis;

use super::company::Company;
use super::people::{self, Person};
use super::play::{MINUTE, Played, Scene, When, play};
use super::project;
use super::random::Random;
use super::script::{self, Script};

const HOUR: i64 = 60 * MINUTE;
/// Between two interactions of one customer.
const APART: i64 = 2 * HOUR;
/// How many of the closed ones are of today, if the day is old enough.
const CLOSED_TODAY: usize = 16;
const SEED: u64 = 0x0041_7572_6f72_6121;

/// All that happened.
pub(super) struct Week {
    pub(super) people: Vec<Person>,
    /// In the order in which they began.
    pub(super) played: Vec<Played>,
}

struct Calendar {
    now: i64,
    /// Midnight of today, then of the working days before it.
    days: Vec<i64>,
}

impl Calendar {
    /// Seven days, Sundays left out.
    fn new(now: Timestamp) -> Result<Self> {
        let today = now.to_zoned(TimeZone::system()).start_of_day()?;
        let mut days = vec![millis(today.timestamp())];
        for back in 1..=7_i64 {
            let day = today.checked_sub(back.days())?;
            if day.weekday() != jiff::civil::Weekday::Sunday && days.len() < 7 {
                days.push(millis(day.timestamp()));
            }
        }
        Ok(Self { now: millis(now), days })
    }

    /// A moment of a working day, or `None` if that day is too young for it.
    fn moment(&self, day: usize, random: &mut Random) -> Option<i64> {
        let midnight = self.days.get(day)?;
        let (opens, closes) = (9 * HOUR, 18 * HOUR);
        let latest = if day == 0 { (self.now - midnight - 2 * HOUR).min(closes) } else { closes };
        (latest > opens + HOUR).then(|| midnight + random.between(opens, latest))
    }
}

/// Tells the week.
pub(super) fn tell(company: &Company, now: Timestamp) -> Result<Week> {
    let people = people::read()?;
    let calendar = Calendar::new(now)?;
    let mut week = Week { people, played: Vec::new() };
    let mut named = script::read(include_str!("conversations/today.txt"))?;
    named.extend(script::read(include_str!("conversations/phones.txt"))?);
    named.push(project::script(&week.people)?);
    named.extend(script::read(include_str!("conversations/week.txt"))?);
    for (place, script) in named.iter().enumerate() {
        let random = Random::new(SEED ^ (place as u64 + 1) << 8);
        let played = week.named(company, &calendar, script, random)?;
        week.played.push(played);
    }
    let files = [
        ("it", include_str!("conversations/it.txt")),
        ("en", include_str!("conversations/en.txt")),
        ("es", include_str!("conversations/es.txt")),
        ("de", include_str!("conversations/de.txt")),
    ];
    let mut today_left = CLOSED_TODAY;
    for (language, text) in files {
        let scripts = script::read(text)?;
        week.usual(company, &calendar, language, &scripts, &mut today_left)?;
    }
    week.played.sort_by_key(|played| played.row.started_at);
    Ok(week)
}

impl Week {
    /// A conversation with somebody it names, at the time it says.
    fn named(&self, company: &Company, calendar: &Calendar, script: &Script, mut random: Random) -> Result<Played> {
        let now = calendar.now;
        let who = script.get("who").with_context(|| format!("{} names nobody", script.name))?;
        let slug = |person: &Person| pronto_domain::search::words(&person.name()).replace(' ', "-");
        let person = self.people.iter().position(|person| slug(person) == who);
        let person = person.with_context(|| format!("{who} is not among the people"))?;
        let when = match (script.time("last")?, script.time("window")?, script.time("ago")?) {
            (Some(ago), ..) => When::Ends(now - ago),
            (_, Some(left), _) => When::LastHeard(now + left - 24 * HOUR),
            (.., Some(ago)) => {
                let day = usize::try_from(ago / (24 * HOUR))?.min(calendar.days.len() - 1);
                // A day that is too young has it on the working day before.
                let at = calendar.moment(day, &mut random).or_else(|| calendar.moment(day + 1, &mut random));
                When::Starts(at.with_context(|| format!("{} has no working day", script.name))?)
            }
            _ => anyhow::bail!("{} has no time", script.name),
        };
        let owner = script.get("owner").unwrap_or("marta");
        let scene = Scene { company, person, people: &self.people, owner, when, now };
        play(script, &scene, random)
    }

    /// Conversations that could be anybody's, each with a few people.
    fn usual(
        &mut self,
        company: &Company,
        calendar: &Calendar,
        language: &str,
        scripts: &[Script],
        today_left: &mut usize,
    ) -> Result<()> {
        let mut random = Random::new(SEED ^ scripts.len() as u64);
        let mut crowd: Vec<usize> =
            (0..self.people.len()).filter(|place| self.people[*place].language == language).collect();
        random.shuffle(&mut crowd);
        let mut next = 0;
        for script in scripts {
            let times: usize = script.get("times").unwrap_or("2").parse()?;
            for _ in 0..times {
                let owner = agent(script, language, &mut random);
                let seed = random.next();
                // The next in the round who has time for it; a crowd is never that busy.
                for _ in 0..crowd.len() {
                    let person = crowd[next % crowd.len()];
                    next += 1;
                    let today = *today_left > 0 && random.percent(20);
                    let first = if today { 0 } else { 1 + random.place(6) };
                    if let Some(played) = self.fit(company, calendar, script, person, owner, first, seed)? {
                        *today_left -= usize::from(played.row.started_at >= calendar.days[0]);
                        self.played.push(played);
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// Plays it on the first day from `day` on that leaves the customer's other interactions alone.
    #[expect(clippy::too_many_arguments, reason = "all of them are what a conversation is played with")]
    fn fit(
        &self,
        company: &Company,
        calendar: &Calendar,
        script: &Script,
        person: usize,
        owner: &'static str,
        day: usize,
        seed: u64,
    ) -> Result<Option<Played>> {
        for step in 0..calendar.days.len() {
            let day = if step == 0 { day } else { 1 + (day + step) % (calendar.days.len() - 1) };
            let mut random = Random::new(seed.wrapping_add(step as u64));
            let Some(at) = calendar.moment(day, &mut random) else { continue };
            let scene =
                Scene { company, person, people: &self.people, owner, when: When::Starts(at), now: calendar.now };
            let played = play(script, &scene, random)?;
            let ends = played.row.closed_at.unwrap_or(i64::MAX);
            let clash = |other: &&Played| {
                let other_ends = other.row.closed_at.unwrap_or(i64::MAX - APART);
                at < other_ends + APART && other.row.started_at < ends.saturating_add(APART)
            };
            let free = !self.played.iter().filter(|other| other.person == person).any(|other| clash(&other));
            if free && ends < calendar.now - HOUR {
                return Ok(Some(played));
            }
        }
        Ok(None)
    }
}

/// Who answers in this language, in the queue of the script.
fn agent(script: &Script, language: &str, random: &mut Random) -> &'static str {
    let returns = script.is("queue", "returns");
    let among: &[&'static str] = match (language, returns) {
        ("it", _) => &["marta", "marta", "sofia"],
        ("en", false) => &["tom", "tom", "tom", "sofia", "marta"],
        ("es", _) => &["sofia", "sofia", "sofia", "marta"],
        ("de", false) => &["tom", "tom", "marta"],
        ("de", true) => &["marta"],
        _ => &["sofia", "marta"],
    };
    among.get(random.place(among.len())).copied().unwrap_or("marta")
}
