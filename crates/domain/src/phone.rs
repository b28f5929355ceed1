//! Phone numbers, in whatever spelling somebody types them.

use std::borrow::Cow;

use phonenumber::{Mode, PhoneNumber, country};

/// Why what was typed is no number one can write to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number; write it with its country, such as +39 333 1234567")]
pub struct NotANumber;

/// The digits with their country in front, as providers know a number. What is typed without a country is taken for
/// one of the country of `beside`, the account's own number.
pub fn digits(typed: &str, beside: Option<&str>) -> Result<String, NotANumber> {
    let typed = typed.trim();
    let plain = |c: char| c.is_ascii_digit() || " +-().\u{a0}\u{2011}/".contains(c);
    if !typed.chars().all(plain) {
        return Err(NotANumber);
    }
    let bare: String = typed.chars().filter(char::is_ascii_digit).collect();
    let international =
        if typed.starts_with('+') { Some(bare.clone()) } else { bare.strip_prefix("00").map(str::to_owned) };
    if let Some(digits) = international {
        return whole(&digits);
    }
    // A number of the account's country, if it is one there; else one with its country and without the plus.
    if let Some(country) = beside.and_then(country_of)
        && let Ok(number) = phonenumber::parse(Some(country), &bare)
        && phonenumber::is_valid(&number)
    {
        return Ok(spelled(&number));
    }
    whole(&bare)
}

/// A number without its country, as people at home dial it without the leading zero.
pub fn national(digits: &str) -> Option<String> {
    let number = phonenumber::parse(None, format!("+{digits}")).ok()?;
    Some(number.national().to_string()).filter(|national| national != digits)
}

/// A number as people write it: with its country, in that country's groups, such as `+39 333 123 4567`. Of several
/// spellings it is the one that can be dialled. Digits that are no number stand as they are, with a plus.
pub fn shown(digits: &str) -> String {
    let spellings = spellings(digits);
    let parsed = |spelling: &String| phonenumber::parse(None, format!("+{spelling}")).ok();
    let grouped = |spelling: &String, number: &PhoneNumber| {
        let grouped = number.format().mode(Mode::International).to_string();
        // Some countries' zeros are lost on the way: another number is not shown.
        grouped.chars().filter(char::is_ascii_digit).eq(spelling.chars()).then_some(grouped)
    };
    let dialled =
        spellings.iter().find_map(|spelling| grouped(spelling, &parsed(spelling).filter(phonenumber::is_valid)?));
    // One that nobody has is in groups all the same.
    let as_kept = || grouped(spellings.first()?, &parsed(spellings.first()?)?);
    dialled.or_else(as_kept).unwrap_or_else(|| format!("+{digits}"))
}

/// Every way in which one number is written, with its country: what was given first. WhatsApp leaves out what people
/// dial or says what they leave out: Brazil's ninth digit, Mexico's 1, Argentina's 9.
pub fn spellings(digits: &str) -> Vec<String> {
    let short = shortest(digits);
    let mut all = vec![digits.to_owned()];
    all.extend(longest(&short).into_iter().chain([short.into_owned()]).filter(|other| other != digits));
    all
}

/// Whether both are one number.
pub fn same(one: &str, other: &str) -> bool {
    shortest(one) == shortest(other)
}

/// The mobiles of Brazil begin with 6 to 9 behind two digits of their area.
fn brazilian(subscriber: &str) -> bool {
    subscriber.len() == 8 && subscriber.starts_with(['6', '7', '8', '9'])
}

fn shortest(digits: &str) -> Cow<'_, str> {
    let without = |country: &str, more: &str| {
        let national = digits.strip_prefix(country)?.strip_prefix(more)?;
        (national.len() == 10).then(|| format!("{country}{national}"))
    };
    let brazil = || {
        let (area, subscriber) = digits.strip_prefix("55")?.split_at_checked(2)?;
        let subscriber = subscriber.strip_prefix('9').filter(|subscriber| brazilian(subscriber))?;
        Some(format!("55{area}{subscriber}"))
    };
    brazil().or_else(|| without("52", "1")).or_else(|| without("54", "9")).map_or(Cow::Borrowed(digits), Cow::Owned)
}

/// The longer spelling of the shortest.
fn longest(short: &str) -> Option<String> {
    let with = |country: &str, more: &str| {
        let national = short.strip_prefix(country)?;
        (national.len() == 10).then(|| format!("{country}{more}{national}"))
    };
    let brazil = || {
        let (area, subscriber) = short.strip_prefix("55")?.split_at_checked(2)?;
        brazilian(subscriber).then(|| format!("55{area}9{subscriber}"))
    };
    brazil().or_else(|| with("52", "1")).or_else(|| with("54", "9"))
}

/// What begins with its country.
fn whole(digits: &str) -> Result<String, NotANumber> {
    let number = phonenumber::parse(None, format!("+{digits}")).map_err(|_| NotANumber)?;
    let spelled = spelled(&number);
    // E.164 has at most 15 digits; shorter than 7 is no subscriber's.
    if (7..=15).contains(&spelled.len()) { Ok(spelled) } else { Err(NotANumber) }
}

fn spelled(number: &phonenumber::PhoneNumber) -> String {
    number.format().mode(Mode::E164).to_string().trim_start_matches('+').to_owned()
}

/// The country of a number; the first of those that share its code.
fn country_of(number: &str) -> Option<country::Id> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let code = phonenumber::parse(None, format!("+{digits}")).ok()?.country().code();
    phonenumber::metadata::DATABASE.by_code(&code)?.first()?.id().parse().ok()
}
