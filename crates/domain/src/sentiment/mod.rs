//! How customers feel, from what they write: word by word, without any outside service.
//!
//! A message is told from its charged words, emoji among them, in the language its small words are of. Words that turn
//! the next ones round (*not*, *senza*, *kein*) and those that strengthen them (*very*, *molto*) count; greetings such as
//! *good morning* do not. It is made to sort thousands of conversations, not to judge one: who must know reads.

mod lexicon;

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::message::{Kind, words};
use crate::search;

words! {
    /// What a message, or most of a conversation, sounds like.
    Sentiment {
        Positive = "positive",
        /// Nothing in it is charged.
        Neutral = "neutral",
        /// Both, and neither outweighs the other.
        Mixed = "mixed",
        Negative = "negative",
    }
}

/// How many of the customer's messages of an interaction sound how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub positive: u32,
    pub neutral: u32,
    pub mixed: u32,
    pub negative: u32,
}

impl Tally {
    pub fn add(&mut self, one: Sentiment) {
        let count = self.of(one);
        *count = count.saturating_add(1);
    }

    /// Takes back what was added, as when a message was edited or deleted.
    pub fn remove(&mut self, one: Sentiment) {
        let count = self.of(one);
        *count = count.saturating_sub(1);
    }

    const fn of(&mut self, one: Sentiment) -> &mut u32 {
        match one {
            Sentiment::Positive => &mut self.positive,
            Sentiment::Neutral => &mut self.neutral,
            Sentiment::Mixed => &mut self.mixed,
            Sentiment::Negative => &mut self.negative,
        }
    }

    /// What predominates; `None` while nothing was written. Order numbers and addresses outvote no complaint: neutral
    /// messages decide only where they are nine of ten. Of the others, one side must be twice the other, a mixed
    /// message being half of both; else it is mixed.
    pub fn predominant(self) -> Option<Sentiment> {
        let charged = self.positive + self.mixed + self.negative;
        let all = charged + self.neutral;
        if all == 0 {
            return None;
        }
        if charged * 10 < all {
            return Some(Sentiment::Neutral);
        }
        let (good, bad) = (self.positive * 2 + self.mixed, self.negative * 2 + self.mixed);
        Some(weighed(f64::from(good), f64::from(bad)))
    }
}

/// One side must be twice the other.
fn weighed(good: f64, bad: f64) -> Sentiment {
    if good == 0.0 && bad == 0.0 {
        Sentiment::Neutral
    } else if good >= bad * 2.0 {
        Sentiment::Positive
    } else if bad >= good * 2.0 {
        Sentiment::Negative
    } else {
        Sentiment::Mixed
    }
}

/// A word that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Meaning {
    /// How good it is; below nothing, how bad.
    Charge(f64),
    /// Turns what follows round.
    Not,
    /// Strengthens what follows.
    Very,
    /// Says nothing, whatever its parts say.
    Nothing,
}

impl Meaning {
    /// Whether both are good, or bad, or the same.
    fn agrees(self, other: Self) -> bool {
        match (self, other) {
            (Self::Charge(one), Self::Charge(other)) => one.signum() == other.signum(),
            (one, other) => one == other,
        }
    }
}

/// One language's words, folded as [`search::words`] folds them.
struct Language {
    /// Small words that only it has.
    marks: HashSet<&'static str>,
    whole: HashMap<&'static str, Meaning>,
    /// The beginnings of words.
    stems: HashMap<&'static str, Meaning>,
    /// Several words in a row, by the first of them; the longest stand first, for they say more.
    phrases: HashMap<&'static str, Vec<(Vec<&'static str>, Meaning)>>,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| lexicon::ALL.iter().map(Language::new).collect());

/// How long stems are, in bytes: a shorter one would begin half of all words, and there is no longer one.
const STEMS: RangeInclusive<usize> = 4..=16;
/// Words between what turns round and what is turned round.
const REACH: usize = 3;
/// Characters that are looked at: a feeling shows before.
const CHARS_AT_MOST: usize = 4_000;

impl Language {
    fn new(written: &lexicon::Written) -> Self {
        let mut language = Self {
            marks: written.marks.split_whitespace().collect(),
            whole: HashMap::new(),
            stems: HashMap::new(),
            phrases: HashMap::new(),
        };
        let lists = [
            (written.great, Meaning::Charge(2.0)),
            (written.good, Meaning::Charge(1.0)),
            (written.bad, Meaning::Charge(-1.0)),
            (written.awful, Meaning::Charge(-2.0)),
            (written.not, Meaning::Not),
            (written.very, Meaning::Very),
            (written.nothing, Meaning::Nothing),
        ];
        for (list, meaning) in lists {
            for entry in list.split_whitespace() {
                if let Some((first, _)) = entry.split_once('_') {
                    let phrases = language.phrases.entry(first).or_default();
                    phrases.push((entry.split('_').collect(), meaning));
                    phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
                } else if let Some(stem) = entry.strip_suffix('*') {
                    language.stems.insert(stem, meaning);
                } else {
                    language.whole.insert(entry, meaning);
                }
            }
        }
        language
    }

    /// What begins here means, and how many words it is.
    fn meaning(&self, words: &[&str]) -> Option<(Meaning, usize)> {
        let word = words.first()?;
        let phrases = self.phrases.get(word).into_iter().flatten();
        if let Some((phrase, meaning)) = phrases.into_iter().find(|(phrase, _)| words.starts_with(phrase)) {
            return Some((*meaning, phrase.len()));
        }
        if let Some(meaning) = self.whole.get(word) {
            return Some((*meaning, 1));
        }
        let ends = (0..=word.len().min(*STEMS.end())).rev();
        let mut stems = ends.filter(|end| STEMS.contains(end)).filter_map(|end| self.stems.get(word.get(..end)?));
        stems.next().map(|meaning| (*meaning, 1))
    }
}

impl Sentiment {
    /// What a customer's message sounds like: its words, or those beside a picture.
    pub fn of_message(kind: Kind, words: Option<&str>) -> Option<Self> {
        let own = matches!(kind, Kind::Text | Kind::Image | Kind::Video | Kind::Document);
        words.filter(|_| own).and_then(Self::of)
    }

    /// What a text sounds like; `None` if there is nothing in it to go by, as in a number alone.
    pub fn of(text: &str) -> Option<Self> {
        let end = text.char_indices().nth(CHARS_AT_MOST).map_or(text.len(), |(at, _)| at);
        let text = text.get(..end).unwrap_or(text);
        let folded = search::words(text);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let (mut good, mut bad) = faces(text);
        if !words.iter().any(|word| word.chars().any(char::is_alphabetic)) && good == 0.0 && bad == 0.0 {
            return None;
        }
        let languages = languages_of(&words);
        let (mut at, mut turned, mut stronger) = (0, 0, false);
        while at < words.len() {
            let rest = words.get(at..).unwrap_or_default();
            let (meaning, count) = said(&languages, rest).unwrap_or((Meaning::Nothing, 1));
            match meaning {
                Meaning::Not => turned = REACH + 1,
                Meaning::Very => stronger = true,
                Meaning::Charge(charge) => {
                    let charge = if stronger { charge * 1.5 } else { charge };
                    // What is not good is bad; what is not bad is hardly praise.
                    let charge = match turned {
                        0 => charge,
                        _ if charge > 0.0 => -charge,
                        _ => -charge / 2.0,
                    };
                    if charge > 0.0 {
                        good += charge
                    } else {
                        bad -= charge
                    }
                    (turned, stronger) = (0, false);
                }
                Meaning::Nothing => {}
            }
            turned = usize::saturating_sub(turned, count);
            at += count;
        }
        Some(weighed(good, bad))
    }
}

/// The languages whose small words are there most often; all of them where none are.
fn languages_of(words: &[&str]) -> Vec<&'static Language> {
    let hits = |language: &Language| words.iter().filter(|word| language.marks.contains(*word)).count();
    let counted: Vec<(usize, &Language)> = LANGUAGES.iter().map(|language| (hits(language), language)).collect();
    let most = counted.iter().map(|(count, _)| *count).max().unwrap_or(0);
    counted.into_iter().filter(|(count, _)| *count == most).map(|(_, language)| language).collect()
}

/// What these words begin with means, if the languages that know the most of them agree.
fn said(languages: &[&Language], words: &[&str]) -> Option<(Meaning, usize)> {
    let known: Vec<(Meaning, usize)> = languages.iter().filter_map(|language| language.meaning(words)).collect();
    let longest = known.iter().map(|(_, count)| *count).max()?;
    let mut known = known.into_iter().filter(|(_, count)| *count == longest);
    let first = known.next()?;
    known.all(|(meaning, _)| meaning.agrees(first.0)).then_some(first)
}

/// What emoji and old-fashioned faces add up to: what is good, and what is bad. Many of one kind say it once more, not
/// once for each.
fn faces(text: &str) -> (f64, f64) {
    let charge = |count: usize| match count {
        0 => 0.0,
        1 => 1.0,
        _ => 1.5,
    };
    let drawn = |faces: &[&str]| text.split_whitespace().filter(|word| faces.contains(word)).count();
    let count = |faces: &str| text.chars().filter(|c| faces.contains(*c)).count();
    (charge(count(lexicon::GLAD) + drawn(lexicon::SMILES)), charge(count(lexicon::SAD) + drawn(lexicon::FROWNS)))
}
