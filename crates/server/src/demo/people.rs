//! The customers of the demo.

use anyhow::{Context as _, Result};

/// A customer.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) first: &'static str,
    pub(super) last: Option<&'static str>,
    /// it, en, es or de.
    pub(super) language: &'static str,
    pub(super) city: &'static str,
    pub(super) company: Option<&'static str>,
    pub(super) tags: Vec<&'static str>,
    pub(super) description: Option<&'static str>,
    /// The provider's id of the person.
    pub(super) user_id: String,
    /// Absent where the number is hidden.
    pub(super) digits: Option<String>,
    pub(super) username: Option<&'static str>,
    pub(super) email: String,
}

impl Person {
    pub(super) fn name(&self) -> String {
        self.last.map_or_else(|| self.first.to_owned(), |last| format!("{} {last}", self.first))
    }

    /// What the address goes by.
    pub(super) fn key(&self) -> &str {
        self.digits.as_deref().unwrap_or(&self.user_id)
    }
}

/// Everybody. One a line: `Name | language | city | company | tags | description | key=value …`.
pub(super) fn read() -> Result<Vec<Person>> {
    let lines = include_str!("conversations/people.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.enumerate().map(|(place, line)| person(place, line).with_context(|| line.to_owned())).collect()
}

fn person(place: usize, line: &'static str) -> Result<Person> {
    let mut fields = line.split('|').map(str::trim);
    let mut field = || fields.next().filter(|text| !text.is_empty());
    let name = field().context("no name")?;
    let (first, last) = name.split_once(' ').map_or((name, None), |(first, last)| (first, Some(last)));
    let language = field().context("no language")?;
    let (city, company, tags, description) = (field().unwrap_or_default(), field(), field(), field());
    let more = field().unwrap_or_default();
    let given =
        |key: &str| more.split_whitespace().find_map(|word| word.split_once('=').filter(|(name, _)| *name == key));
    let given = |key: &str| given(key).map(|(_, value)| value);
    let digits = match given("phone") {
        Some("hidden") => None,
        Some(digits) => Some(digits.to_owned()),
        None => Some(number(place, language)),
    };
    Ok(Person {
        first,
        last,
        language,
        city,
        company,
        tags: tags.map(|tags| tags.split(',').map(str::trim).collect()).unwrap_or_default(),
        description,
        user_id: format!(
            "{}.{}",
            country(language),
            18_204_417_000_000_000_000_u64 + 7_919_004_211 * (place as u64 + 1)
        ),
        digits,
        username: given("username"),
        email: email(name, company, place),
    })
}

fn country(language: &str) -> &'static str {
    match language {
        "en" => "GB",
        "es" => "ES",
        "de" => "DE",
        _ => "IT",
    }
}

/// A number in the range each country keeps for stories, or one that nobody has.
fn number(place: usize, language: &str) -> String {
    let mixed = (place * 37 + 11) % 1_000;
    match language {
        "en" => format!("447700900{mixed:03}"),
        "es" => format!("34{}555{mixed:03}", 610 + place % 80),
        "de" => format!("4915{}555{:04}", place % 10, 1_000 + place * 53),
        _ => format!("39{}5550{mixed:03}", [320, 328, 331, 338, 340, 347, 349, 366][place % 8]),
    }
}

/// Under domains that belong to nobody.
fn email(name: &str, company: Option<&str>, place: usize) -> String {
    let plain = |text: &str| pronto_domain::search::words(text);
    let user = plain(name).replace(' ', ".");
    match company {
        Some(company) => {
            let (first, _) = user.split_once('.').unwrap_or((&user, ""));
            format!("{first}@{}.example", plain(company).replace(' ', "-"))
        }
        None => format!("{user}@{}.example", ["posta", "mail", "inbox", "casella"][place % 4]),
    }
}
