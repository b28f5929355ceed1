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
    if length > limit {
        return Err(Unfit::TooLong { length, limit });
    }
    Ok(Some(text).filter(|text| text.chars().any(is_seen)))
}

/// Whether a character leaves anything on screen: of blanks, marks of direction, joiners and fillers an empty bubble is
/// made (Unicode's `Default_Ignorable_Code_Point`, and the blank of Braille).
fn is_seen(c: char) -> bool {
    let unseen = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}');
    !unseen && !c.is_whitespace() && !c.is_control()
}

/// A reaction; `None` takes it off. WhatsApp has the last word on what an emoji is.
pub fn emoji(written: &str) -> Result<Option<String>, Unfit> {
    let emoji = written.trim();
    if emoji.is_empty() {
        return Ok(None);
    }
    let odd = emoji.is_ascii() || emoji.chars().any(|c| c.is_whitespace() || c.is_control() || c.is_ascii_alphabetic());
    if odd || emoji.chars().count() > EMOJI_LIMIT || pictures(emoji) != 1 {
        return Err(Unfit::NotAnEmoji);
    }
    Ok(Some(emoji.to_owned()))
}

/// How many pictures a row of emoji is (Unicode's UTS #51): what a joiner stands before, a skin tone, a tag and a keycap
/// belong to the one before, and flags are of two letters.
fn pictures(emoji: &str) -> usize {
    let (mut pictures, mut letters, mut is_joined) = (0, 0_usize, false);
    for c in emoji.chars() {
        match c {
            '\u{1f1e6}'..='\u{1f1ff}' => letters += 1,
            '\u{200d}' => is_joined = true,
            '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' => {}
            _ => {
                pictures += usize::from(!is_joined);
                is_joined = false;
            }
        }
    }
    pictures + letters.div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_lose_blank_ends_and_nothing_else() {
        assert_eq!(text("  one\n\ntwo \n"), Ok("one\n\ntwo".to_owned()));
        assert_eq!(text("a\0b"), Ok("a\u{fffd}b".to_owned()));
        for unseen in [" \n\t ", "\u{200b}", "\u{2800}\u{2800}", "\u{202e} \u{feff}", "\u{e0041}"] {
            assert_eq!(text(unseen), Err(Unfit::Empty), "{unseen:?}");
        }
        assert_eq!(text("\u{200f}שלום"), Ok("\u{200f}שלום".to_owned()));
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
        for one in ["👍🏽", "🧑🏻‍🤝‍🧑🏿", "🏳️‍🌈", "❤️‍🔥"] {
            assert_eq!(emoji(one), Ok(Some(one.to_owned())), "{one}");
        }
        for one in ["ok", "1", "👍 yes", "a👍", ":)", "😀😀", "👍👍🏽", "🇳🇱🇮🇹", "\u{200d}", "\u{fe0f}"]
        {
            assert_eq!(emoji(one), Err(Unfit::NotAnEmoji), "{one}");
        }
    }
}
