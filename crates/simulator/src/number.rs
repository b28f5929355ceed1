//! Phone numbers as the network compares them.

/// Calling code, ISO country, and how many digits a group of the national number has when it is shown.
const COUNTRIES: &[(&str, &str)] = &[
    ("351", "PT"),
    ("352", "LU"),
    ("353", "IE"),
    ("358", "FI"),
    ("359", "BG"),
    ("370", "LT"),
    ("371", "LV"),
    ("372", "EE"),
    ("380", "UA"),
    ("385", "HR"),
    ("386", "SI"),
    ("420", "CZ"),
    ("421", "SK"),
    ("971", "AE"),
    ("972", "IL"),
    ("20", "EG"),
    ("27", "ZA"),
    ("30", "GR"),
    ("31", "NL"),
    ("32", "BE"),
    ("33", "FR"),
    ("34", "ES"),
    ("36", "HU"),
    ("39", "IT"),
    ("40", "RO"),
    ("41", "CH"),
    ("43", "AT"),
    ("44", "GB"),
    ("45", "DK"),
    ("46", "SE"),
    ("47", "NO"),
    ("48", "PL"),
    ("49", "DE"),
    ("51", "PE"),
    ("52", "MX"),
    ("54", "AR"),
    ("55", "BR"),
    ("56", "CL"),
    ("57", "CO"),
    ("61", "AU"),
    ("62", "ID"),
    ("81", "JP"),
    ("82", "KR"),
    ("86", "CN"),
    ("90", "TR"),
    ("91", "IN"),
    ("1", "US"),
    ("7", "RU"),
];

/// The digits of a number in any spelling.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether the text can be a phone number at all: digits with the separators people write.
pub(crate) fn plausible(text: &str) -> bool {
    let count = digits(text).len();
    (5..=15).contains(&count) && text.chars().all(|c| c.is_ascii_digit() || "+-() .".contains(c))
}

/// A number that nobody is likely to have, for those who do not care.
pub(crate) fn free() -> String {
    format!("39348{:07}", rand::random_range(0..10_000_000_u32))
}

/// Calling code and ISO country of a full number.
pub(crate) fn country(digits: &str) -> (&'static str, &'static str) {
    COUNTRIES.iter().copied().find(|(code, _)| digits.starts_with(code)).unwrap_or(("", "US"))
}

/// The form in which two spellings of one number are equal: Brazil's ninth digit, Mexico's 1 and Argentina's 9
/// are dropped, as WhatsApp does when it makes a `wa_id`.
pub(crate) fn canonical(digits: &str) -> String {
    let dropped = match digits.as_bytes() {
        [b'5', b'5', _, _, b'9', ..] if digits.len() == 13 => Some(4),
        [b'5', b'2', b'1', ..] if digits.len() == 13 => Some(2),
        [b'5', b'4', b'9', ..] if digits.len() == 13 => Some(2),
        _ => None,
    };
    digits.chars().enumerate().filter(|(at, _)| Some(*at) != dropped).map(|(_, digit)| digit).collect()
}

/// A number to look at: `+39 333 123 4567`.
pub(crate) fn display(digits: &str) -> String {
    let (code, _) = country(digits);
    let national = digits.strip_prefix(code).unwrap_or(digits);
    let mut shown = format!("+{code}");
    let mut rest = national;
    while !rest.is_empty() {
        let take = if rest.len() <= 4 { rest.len() } else { 3 };
        let (group, tail) = rest.split_at(take);
        shown.push(' ');
        shown.push_str(group);
        rest = tail;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_spellings_are_one_number() {
        assert_eq!(canonical("5511987654321"), canonical("551187654321"));
        assert_eq!(canonical("5215512345678"), canonical("525512345678"));
        assert_eq!(canonical("5491123456789"), canonical("541123456789"));
        assert_ne!(canonical("393331234567"), canonical("393331234568"));
    }

    #[test]
    fn numbers_are_shown_in_groups() {
        assert_eq!(display("393331234567"), "+39 333 123 4567");
        assert_eq!(display("12025550143"), "+1 202 555 0143");
    }

    #[test]
    fn the_longest_calling_code_names_the_country() {
        assert_eq!(country("353861234567").1, "IE");
        assert_eq!(country("4915112345678").1, "DE");
    }
}
