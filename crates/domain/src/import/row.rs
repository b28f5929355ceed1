//! What a row says of somebody.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Column, DateOrder, Part};
use crate::field::{Field, Kind, Plain, Value};
use crate::phone;
use crate::search::words;

/// How rows of one file are read.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// What each column is; `None` is left out.
    pub columns: &'a [Option<Column>],
    /// The custom fields of the list.
    pub fields: &'a [Field],
    /// A number of the country that numbers without one are of.
    pub beside: Option<&'a str>,
    pub dates: DateOrder,
    /// Of instants without an offset.
    pub zone: &'a TimeZone,
}

/// Somebody, as a row tells of them. What is absent is empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub first_name: String,
    pub last_name: Option<String>,
    /// Digits with country, as [`phone::digits`] gives them.
    pub phone: Option<String>,
    pub mobile: Option<String>,
    pub numbers: Vec<String>,
    pub email: Option<String>,
    pub company: Option<String>,
    pub address: Option<String>,
    pub date_of_birth: Option<Date>,
    pub description: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub tags: Vec<String>,
    /// Custom fields by key, as they are given from outside.
    pub fields: BTreeMap<String, Plain>,
}

/// Why a row cannot be somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misfit {
    /// The column, from 0; `None` is the row.
    pub column: Option<usize>,
    pub code: String,
    pub detail: String,
}

/// What somebody is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// Digits with country, in the first of their spellings.
    Number(String),
    /// In small letters.
    Email(String),
    /// First and last name, folded.
    Name(String),
}

const TEXT_AT_MOST: usize = 200;
const LONG_TEXT_AT_MOST: usize = 4_000;
const TAG_AT_MOST: usize = 40;
const TAGS_AT_MOST: usize = 30;

/// Without the mark that keeps a spreadsheet from taking a cell for a formula: our own files have it, and come back.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

impl Reading<'_> {
    /// What a row says, or everything that is wrong with it.
    pub fn read(&self, cells: &[String]) -> Result<Draft, Vec<Misfit>> {
        let mut draft = Draft::default();
        let mut misfits = Vec::new();
        if cells.len() > self.columns.len() {
            misfits.push(Misfit::row(
                "columns",
                format!("it has {} columns, the heading {}", cells.len(), self.columns.len()),
            ));
        }
        for (index, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            let cell = unguarded(cell.trim());
            let Some(column) = column.as_ref().filter(|_| !cell.is_empty()) else { continue };
            let done = match column {
                Column::Of(part) => self.part(&mut draft, *part, cell),
                Column::Field(key) => self.field(key, cell).map(|value| {
                    draft.fields.insert(key.clone(), value);
                }),
            };
            if let Err(Wrong { code, detail }) = done {
                misfits.push(Misfit { column: Some(index), code: code.to_owned(), detail });
            }
        }
        if misfits.is_empty() && !draft.is_somebody() {
            misfits.push(Misfit::row("empty", "neither a name nor a number nor an e-mail".to_owned()));
        }
        if misfits.is_empty() { Ok(draft) } else { Err(misfits) }
    }

    fn part(&self, draft: &mut Draft, part: Part, cell: &str) -> Result<(), Wrong> {
        match part {
            Part::FirstName => draft.first_name = line(cell, TEXT_AT_MOST)?,
            Part::LastName => draft.last_name = Some(line(cell, TEXT_AT_MOST)?),
            Part::Name => {
                let name = line(cell, TEXT_AT_MOST)?;
                // As cards write it, the last name first.
                let (first, last) = match name.split_once(',') {
                    Some((last, first)) => (first.trim(), last.trim()),
                    None => name.split_once(' ').map_or((name.as_str(), ""), |(first, last)| (first, last.trim())),
                };
                draft.first_name = first.to_owned();
                draft.last_name = Some(last.to_owned()).filter(|last| !last.is_empty());
            }
            Part::Phone => draft.phone = Some(self.number(cell)?),
            Part::Mobile => draft.mobile = Some(self.number(cell)?),
            Part::Number => {
                for number in cell.split([';', ',']).map(str::trim).filter(|number| !number.is_empty()) {
                    draft.numbers.push(self.number(number)?);
                }
            }
            Part::Email => draft.email = Some(email(cell)?),
            Part::Company => draft.company = Some(line(cell, TEXT_AT_MOST)?),
            Part::Address => draft.address = Some(long(cell)?),
            Part::DateOfBirth => draft.date_of_birth = Some(self.date(cell)?),
            Part::Description => draft.description = Some(long(cell)?),
            Part::Url => {
                let spelled = if cell.contains("://") { cell.to_owned() } else { format!("https://{cell}") };
                draft.url = Some(crate::field::address(&spelled).map_err(Wrong::of)?);
            }
            Part::Language => draft.language = Some(line(cell, TEXT_AT_MOST)?),
            Part::Tags => {
                for tag in cell.split([';', ',']).map(str::trim).filter(|tag| !tag.is_empty()) {
                    let tag = line(tag, TAG_AT_MOST)?;
                    if !draft.tags.contains(&tag) {
                        draft.tags.push(tag);
                    }
                }
                if draft.tags.len() > TAGS_AT_MOST {
                    return Err(Wrong { code: "too_long", detail: format!("at most {TAGS_AT_MOST} tags") });
                }
            }
        }
        Ok(())
    }

    fn number(&self, cell: &str) -> Result<String, Wrong> {
        phone::digits(cell, self.beside).map_err(|error| Wrong { code: "format", detail: error.to_string() })
    }

    /// What a field's value would be, given from outside.
    fn field(&self, key: &str, cell: &str) -> Result<Plain, Wrong> {
        let unknown = || Wrong { code: "unknown", detail: format!("there is no field {key}") };
        let field = self.fields.iter().find(|field| field.key == key).ok_or_else(unknown)?;
        let plain = match field.kind {
            Kind::Text => Plain::Text(cell.to_owned()),
            Kind::Url if cell.contains("://") => Plain::Text(cell.to_owned()),
            Kind::Url => Plain::Text(format!("https://{cell}")),
            // However its letters are.
            Kind::Select => {
                let folded = words(cell);
                let option = field.options.iter().find(|option| **option == cell || words(option) == folded);
                Plain::Text(option.cloned().unwrap_or_else(|| cell.to_owned()))
            }
            Kind::Number => decimal(cell).map_or_else(|| Plain::Text(cell.to_owned()), Plain::Number),
            Kind::Switch => switch(cell).map_or_else(|| Plain::Text(cell.to_owned()), Plain::Switch),
            Kind::DateTime => Plain::Text(self.instant(cell).unwrap_or_else(|| cell.to_owned())),
        };
        match field.read(Some(&plain)) {
            Ok(value) => Ok(value.as_ref().map_or(plain, Value::plain)),
            Err(unfit) => Err(Wrong::of(unfit)),
        }
    }

    fn date(&self, cell: &str) -> Result<Date, Wrong> {
        let wrong = || Wrong { code: "format", detail: "a date, such as 1985-03-04 or 04/03/1985".to_owned() };
        self.day(cell).filter(|date| (1_900..=2_100).contains(&date.year())).ok_or_else(wrong)
    }

    fn day(&self, cell: &str) -> Option<Date> {
        if let Ok(date) = cell.parse::<Date>() {
            return Some(date);
        }
        let mut parts = cell.split(['/', '.', '-']).map(|part| part.trim().parse::<i16>().ok());
        let (first, second, third) = (parts.next()??, parts.next()??, parts.next()??);
        if parts.next().is_some() {
            return None;
        }
        let small = |number: i16| i8::try_from(number).ok();
        if first > 31 {
            return Date::new(first, small(second)?, small(third)?).ok();
        }
        let (day, month) = match self.dates {
            DateOrder::DayFirst => (first, second),
            DateOrder::MonthFirst => (second, first),
        };
        Date::new(third, small(month)?, small(day)?).ok()
    }

    fn instant(&self, cell: &str) -> Option<String> {
        if let Ok(at) = cell.parse::<jiff::Timestamp>() {
            return Some(at.to_string());
        }
        let there = match cell.parse::<DateTime>() {
            Ok(there) => there,
            Err(_) => match cell.split_once([' ', 'T']) {
                Some((day, time)) => self.day(day)?.to_datetime(time.trim().parse::<Time>().ok()?),
                None => self.day(cell)?.to_datetime(Time::midnight()),
            },
        };
        there.to_zoned(self.zone.clone()).ok().map(|at| at.timestamp().to_string())
    }
}

impl Draft {
    /// Whether there is anything to know them by.
    fn is_somebody(&self) -> bool {
        !self.first_name.is_empty()
            || self.last_name.is_some()
            || self.email.is_some()
            || self.every_number().next().is_some()
    }

    /// First and last name of somebody new: who has none is called by what else is known.
    pub fn called(&self) -> (String, Option<String>) {
        if !self.first_name.is_empty() {
            return (self.first_name.clone(), self.last_name.clone());
        }
        let known_by = self.last_name.as_deref().or_else(|| self.every_number().next()).or(self.email.as_deref());
        (known_by.unwrap_or_default().to_owned(), None)
    }

    /// The fields that somebody new must have and has not.
    pub fn lacks(&self, fields: &[Field]) -> Vec<Misfit> {
        let missing = fields.iter().filter(|field| field.required && !self.fields.contains_key(&field.key));
        missing.map(|field| Misfit::row("required", format!("{} is required", field.name))).collect()
    }

    pub fn every_number(&self) -> impl Iterator<Item = &str> {
        self.phone.iter().chain(&self.mobile).chain(&self.numbers).map(String::as_str)
    }

    /// What they are known by among what is asked for: any of their numbers, their e-mail, their whole name.
    pub fn keys(&self, by: &[Part]) -> Vec<Key> {
        let mut keys = Vec::new();
        if by.iter().any(|part| matches!(part, Part::Phone | Part::Mobile | Part::Number)) {
            // However it is spelled, it is one number.
            let spelled = |number: &str| phone::spellings(number).into_iter().min();
            keys.extend(self.every_number().filter_map(spelled).map(Key::Number));
        }
        if by.contains(&Part::Email) {
            keys.extend(self.email.as_ref().map(|email| Key::Email(email.to_lowercase())));
        }
        if by.contains(&Part::Name) {
            let name = words(&format!("{} {}", self.first_name, self.last_name.as_deref().unwrap_or_default()));
            keys.extend(Some(Key::Name(name)).filter(|key| *key != Key::Name(String::new())));
        }
        keys.sort();
        keys.dedup();
        keys
    }
}

impl Misfit {
    /// Of the row as a whole.
    pub fn row(code: &str, detail: String) -> Self {
        Self { column: None, code: code.to_owned(), detail }
    }
}

/// What is wrong with a cell.
struct Wrong {
    code: &'static str,
    detail: String,
}

impl Wrong {
    fn of(unfit: crate::field::Unfit) -> Self {
        Self { code: unfit.code(), detail: unfit.to_string() }
    }

    fn too_long(at_most: usize) -> Self {
        Self { code: "too_long", detail: format!("at most {at_most} characters") }
    }
}

/// One line: what breaks it becomes a blank.
fn line(cell: &str, at_most: usize) -> Result<String, Wrong> {
    let parts: Vec<&str> =
        cell.split(|c: char| c.is_control() || c.is_whitespace()).filter(|it| !it.is_empty()).collect();
    let text = parts.join(" ");
    if text.chars().count() > at_most { Err(Wrong::too_long(at_most)) } else { Ok(text) }
}

/// Several lines.
fn long(cell: &str) -> Result<String, Wrong> {
    let text: String = cell.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n').collect();
    if text.chars().count() > LONG_TEXT_AT_MOST { Err(Wrong::too_long(LONG_TEXT_AT_MOST)) } else { Ok(text) }
}

fn email(cell: &str) -> Result<String, Wrong> {
    let text = line(cell, TEXT_AT_MOST)?;
    let fits = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !text.contains(' ')
    });
    let wrong = || Wrong { code: "format", detail: "an address such as name@example.com".to_owned() };
    if fits { Ok(text) } else { Err(wrong()) }
}

/// A number with either mark before its fraction: of two marks the last is that, and one that stands alone; one that
/// stands more than once parts thousands.
fn decimal(cell: &str) -> Option<f64> {
    let text: String = cell.chars().filter(|c| !c.is_whitespace() && *c != '\'' && *c != '\u{2019}').collect();
    let plain = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => text.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => text.replace(',', ""),
        (Some(_), None) if text.matches(',').count() > 1 => text.replace(',', ""),
        (Some(_), None) => text.replace(',', "."),
        (None, Some(_)) if text.matches('.').count() > 1 => text.replace('.', ""),
        _ => text,
    };
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

fn switch(cell: &str) -> Option<bool> {
    const ON: &[&str] =
        &["1", "x", "true", "yes", "y", "on", "si", "s", "vero", "sim", "oui", "vrai", "ja", "j", "wahr"];
    const OFF: &[&str] = &["0", "false", "no", "n", "off", "falso", "nao", "non", "faux", "nein", "falsch"];
    let folded = words(cell);
    if ON.contains(&folded.as_str()) {
        Some(true)
    } else if OFF.contains(&folded.as_str()) {
        Some(false)
    } else {
        None
    }
}
