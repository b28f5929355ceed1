//! Phone numbers, in whatever spelling somebody types them.

use phonenumber::country;

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

/// What begins with its country.
fn whole(digits: &str) -> Result<String, NotANumber> {
    let number = phonenumber::parse(None, format!("+{digits}")).map_err(|_| NotANumber)?;
    let spelled = spelled(&number);
    // E.164 has at most 15 digits; shorter than 7 is no subscriber's.
    if (7..=15).contains(&spelled.len()) { Ok(spelled) } else { Err(NotANumber) }
}

fn spelled(number: &phonenumber::PhoneNumber) -> String {
    number.format().mode(phonenumber::Mode::E164).to_string().trim_start_matches('+').to_owned()
}

/// The country of a number; the first of those that share its code.
fn country_of(number: &str) -> Option<country::Id> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let code = phonenumber::parse(None, format!("+{digits}")).ok()?.country().code();
    phonenumber::metadata::DATABASE.by_code(&code)?.first()?.id().parse().ok()
}
