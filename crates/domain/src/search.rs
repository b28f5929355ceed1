//! What is searched for, and what is found: words without case or accents.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::access::Masking;
use crate::phone;

/// The words of a text, folded and joined by single blanks; what stands in the index.
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        } else {
            gap = true;
        }
    };
    if text.is_ascii() {
        text.chars().for_each(&mut push);
    } else {
        text.nfkd().filter(|c| !is_combining_mark(*c)).for_each(&mut push);
    }
    out
}

/// What somebody typed into the search box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Folded words; all must be found, the last one as the beginning of a word.
    pub words: Vec<String>,
    /// Its digits, where it looks like a number.
    pub digits: Option<String>,
    /// The same as they stand in the index inside longer numbers: as typed, and without the zeros that are dialled
    /// before a number at home or from abroad.
    tails: Vec<String>,
    /// The interaction it quotes, as in `#1234`.
    pub id: Option<i64>,
    /// What the viewer may not see of customers, and so must not find them by.
    pub hidden: Masking,
}

/// Fewer digits than these are no number of anybody's.
pub(crate) const NUMBER_AT_LEAST: usize = 8;

/// What of a customer is looked into for a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields {
    pub names: bool,
    pub numbers: bool,
    pub emails: bool,
}

/// A word to find customers by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    pub word: &'a str,
    /// It may be the beginning of one.
    pub begins: bool,
    pub fields: Fields,
}

impl Typed {
    /// The words to find a customer by; `None` where they must not be looked for among customers.
    ///
    /// Names and e-mail addresses that are hidden are not looked into at all. A hidden number is found by all of it
    /// and by nothing less, lest it be guessed digit by digit.
    pub fn for_customers(&self) -> Option<Vec<Wanted<'_>>> {
        let last = self.words.len().checked_sub(1)?;
        self.words.iter().enumerate().map(|(index, word)| self.wanted(word, index == last)).collect()
    }

    /// The same for its digits, which stand anywhere in a number: any of these finds a customer.
    pub fn digits_for_customers(&self) -> Vec<Wanted<'_>> {
        if self.hidden.phone.hides() {
            let whole = self.digits.as_deref().map(|digits| digits.strip_prefix("00").unwrap_or(digits));
            return whole.and_then(|whole| self.wanted(whole, true)).into_iter().collect();
        }
        let fields = Fields { names: false, numbers: true, emails: false };
        self.tails.iter().map(|word| Wanted { word, begins: true, fields }).collect()
    }

    /// The same number as WhatsApp writes it in another spelling.
    pub fn other_spellings(&self) -> Vec<Self> {
        let others = self.digits.as_deref().map(phone::spellings).unwrap_or_default();
        let other = |digits: &String| Self { words: Vec::new(), id: None, hidden: self.hidden, ..typed(digits) };
        others.iter().skip(1).map(other).collect()
    }

    fn wanted<'a>(&self, word: &'a str, last: bool) -> Option<Wanted<'a>> {
        let Masking { name, phone, email } = self.hidden;
        let number = word.chars().all(|c| c.is_ascii_digit());
        let whole = phone.hides() && number;
        let fields = Fields {
            names: !name.hides(),
            numbers: !phone.hides() || (number && word.len() >= NUMBER_AT_LEAST),
            emails: !email.hides(),
        };
        let any = fields.names || fields.numbers || fields.emails;
        any.then_some(Wanted { word, begins: last && !whole, fields })
    }
}

/// The words of a customer, by what a profile can hide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    pub names: String,
    pub numbers: String,
    pub emails: String,
}

impl Customer {
    /// Sorts what is known by what it is: somebody may be called by a number or an e-mail address for want of a name.
    pub fn of<'a>(known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut out = Self::default();
        let mut tails = BTreeSet::new();
        for text in known {
            let field = if is_number(text) {
                tails.extend(tails_of(text));
                &mut out.numbers
            } else if text.contains('@') {
                &mut out.emails
            } else {
                &mut out.names
            };
            if !field.is_empty() {
                field.push(' ');
            }
            field.push_str(&words(text));
        }
        for tail in tails {
            out.numbers.push(' ');
            out.numbers.push_str(&tail);
        }
        out
    }
}

/// Stands before the end of a number in the index, so that nobody who must know the whole number finds it by less.
const TAIL: char = 's';
/// Fewer digits are no end that somebody remembers.
const TAIL_AT_LEAST: usize = 4;

/// A number from each of its digits on: what begins one of them stands somewhere in the number.
fn tails_of(number: &str) -> impl Iterator<Item = String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let starts = 0..(digits.len() + 1).saturating_sub(TAIL_AT_LEAST);
    starts.map(move |start| format!("{TAIL}{}", digits.get(start..).unwrap_or_default()))
}

/// Whether what somebody is called is a number.
pub fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c))
}

/// At most this many words are looked for.
const WORDS_AT_MOST: usize = 12;

/// Digits that are looked for.
const DIGITS_AT_LEAST: usize = 3;

/// Reads it.
pub fn typed(text: &str) -> Typed {
    let text = text.trim();
    let words: Vec<String> =
        words(text).split(' ').filter(|word| !word.is_empty()).take(WORDS_AT_MOST).map(str::to_owned).collect();
    let numeric = text.chars().all(|c| c.is_ascii_digit() || " +-()./#".contains(c));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let id =
        digits.parse().ok().filter(|_| numeric && text.trim_start_matches('#').chars().all(|c| c.is_ascii_digit()));
    let digits = Some(digits).filter(|digits| numeric && digits.len() >= DIGITS_AT_LEAST);
    let mut tails: Vec<String> = Vec::new();
    for spelled in digits.iter().flat_map(|digits| [digits.as_str(), digits.trim_start_matches('0')]) {
        let tail = format!("{TAIL}{spelled}");
        if spelled.len() >= DIGITS_AT_LEAST && !tails.contains(&tail) {
            tails.push(tail);
        }
    }
    Typed { words, digits, tails, id, hidden: Masking::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_accents_and_marks() {
        assert_eq!(words("  Perché no? È già   *qui*, Ñandú-2"), "perche no e gia qui nandu 2");
        assert_eq!(words("Straße ﬁn"), "straße fin");
        assert_eq!(words("🎉!"), "");
    }

    #[test]
    fn numbers_are_compared_by_digits() {
        assert_eq!(typed("+39 333 12-34").digits.as_deref(), Some("393331234"));
        assert_eq!(typed("#1234").id, Some(1234));
        assert_eq!(typed("order 12").digits, None);
    }
}
