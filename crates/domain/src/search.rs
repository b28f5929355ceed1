//! What is searched for, and what is found: words without case or accents.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

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
    /// The interaction it quotes, as in `#1234`.
    pub id: Option<i64>,
    /// A customer's number is found only by all of it: for viewers who may not see it, lest they guess it digit by
    /// digit.
    pub whole_numbers: bool,
}

/// Fewer digits than these are no number of anybody's.
const NUMBER_AT_LEAST: usize = 8;

impl Typed {
    /// The words to find a customer by, and whether the last may be the beginning of one; `None` where they must not be
    /// looked for among customers.
    pub fn for_customers(&self) -> Option<(&[String], bool)> {
        let number = |word: &String| word.chars().all(|c| c.is_ascii_digit());
        if self.whole_numbers && self.words.iter().any(|word| number(word) && word.len() < NUMBER_AT_LEAST) {
            return None;
        }
        let begins = !(self.whole_numbers && self.words.last().is_some_and(number));
        Some((&self.words, begins))
    }

    /// The same for its digits.
    pub fn digits_for_customers(&self) -> Option<(&[String], bool)> {
        let digits = self.digits.as_ref()?;
        let begins = !self.whole_numbers;
        (begins || digits.len() >= NUMBER_AT_LEAST).then_some((std::slice::from_ref(digits), begins))
    }
}

/// At most this many words are looked for.
const WORDS_AT_MOST: usize = 12;

/// Reads it.
pub fn typed(text: &str) -> Typed {
    let text = text.trim();
    let words: Vec<String> =
        words(text).split(' ').filter(|word| !word.is_empty()).take(WORDS_AT_MOST).map(str::to_owned).collect();
    let numeric = text.chars().all(|c| c.is_ascii_digit() || " +-()./#".contains(c));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let id =
        digits.parse().ok().filter(|_| numeric && text.trim_start_matches('#').chars().all(|c| c.is_ascii_digit()));
    Typed { words, digits: (numeric && digits.len() >= 3).then_some(digits), id, whole_numbers: false }
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
