//! What people write, made fit to be stored and sent.

/// Characters of a message or a note.
pub const TEXT_LIMIT: usize = 4096;
/// Characters of the words under a file.
pub const CAPTION_LIMIT: usize = 1024;
/// Characters of an emoji: families with skin tones are long.
const EMOJI_LIMIT: usize = 24;

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("there is nothing in it")]
    Empty,
    #[error("it has {length} characters; at most {limit} are allowed")]
    TooLong { length: usize, limit: usize },
    #[error("it is not an emoji")]
    NotAnEmoji,
}

impl Unfit {
    /// The code the desktop words.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::TooLong { .. } => "too_long",
            Self::NotAnEmoji => "format",
        }
    }
}

/// A text without blank ends. What no database column can hold becomes the replacement character.
pub fn text(written: &str) -> Result<String, Unfit> {
    within(written, TEXT_LIMIT)?.ok_or(Unfit::Empty)
}

/// The words under a file; there need not be any.
pub fn caption(written: &str) -> Result<Option<String>, Unfit> {
    within(written, CAPTION_LIMIT)
}

/// A text without blank ends, where there is one, of at most so many characters.
pub fn within(written: &str, limit: usize) -> Result<Option<String>, Unfit> {
    let text = written.trim().replace('\0', "\u{fffd}");
    let length = text.chars().count();
    if length > limit { Err(Unfit::TooLong { length, limit }) } else { Ok(Some(text).filter(|_| length > 0)) }
}

/// A reaction; `None` takes it off. WhatsApp has the last word on what an emoji is.
pub fn emoji(written: &str) -> Result<Option<String>, Unfit> {
    let emoji = written.trim();
    if emoji.is_empty() {
        return Ok(None);
    }
    let odd = emoji.is_ascii() || emoji.chars().any(|c| c.is_whitespace() || c.is_control() || c.is_ascii_alphabetic());
    if odd || emoji.chars().count() > EMOJI_LIMIT { Err(Unfit::NotAnEmoji) } else { Ok(Some(emoji.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lose_blank_ends_and_nothing_else() {
        assert_eq!(text("  one\n\ntwo \n"), Ok("one\n\ntwo".to_owned()));
        assert_eq!(text("a\0b"), Ok("a\u{fffd}b".to_owned()));
        assert_eq!(text(" \n\t "), Err(Unfit::Empty));
        assert_eq!(text(&"é".repeat(TEXT_LIMIT)).map(|text| text.chars().count()), Ok(TEXT_LIMIT));
        assert_eq!(
            text(&"é".repeat(TEXT_LIMIT + 1)),
            Err(Unfit::TooLong { length: TEXT_LIMIT + 1, limit: TEXT_LIMIT })
        );
    }

    #[test]
    fn emoji_are_told_from_words() {
        for one in ["👍", "❤️", "1️⃣", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇳🇱", "ℹ️"]
        {
            assert_eq!(emoji(one), Ok(Some(one.to_owned())), "{one}");
        }
        assert_eq!(emoji(""), Ok(None));
        for one in ["ok", "1", "👍 yes", "a👍", ":)"] {
            assert_eq!(emoji(one), Err(Unfit::NotAnEmoji), "{one}");
        }
    }
}
