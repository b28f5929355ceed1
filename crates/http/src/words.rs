//! What the server itself words, in the language of whoever reads it: the desktop's message files, compiled in, and
//! those of transcripts, which only the server says.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

type Texts = BTreeMap<String, String>;

macro_rules! texts {
    ($language:literal) => {
        LazyLock::new(|| {
            read(&[
                include_str!(concat!("../../../web/messages/", $language, ".json")),
                include_str!(concat!("../../../web/messages/pages/", $language, ".json")),
                include_str!(concat!("../../../web/messages/transcript/", $language, ".json")),
            ])
        })
    };
}

static ENGLISH: LazyLock<Texts> = texts!("en");
static ITALIAN: LazyLock<Texts> = texts!("it");

/// The reasons of failures by their codes, as the desktop has them.
static FAILURES: LazyLock<Texts> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../web/messages/failures.json")).unwrap_or_default());

/// Messages with plurals are the desktop's own; here are those of one text.
fn read(files: &[&str]) -> Texts {
    let parsed = files.iter().filter_map(|file| serde_json::from_str::<BTreeMap<String, Value>>(file).ok());
    let texts = parsed.flatten().filter_map(|(key, text)| match text {
        Value::String(text) => Some((key, text)),
        _ => None,
    });
    texts.collect()
}

/// The words of one language.
#[derive(Clone, Copy)]
pub struct Words {
    pub language: &'static str,
    texts: &'static Texts,
}

impl Words {
    /// In the language of this locale if we speak it, else in English.
    pub fn of(locale: Option<&str>) -> Self {
        match locale.and_then(|locale| locale.split(['-', '_']).next()) {
            Some("it") => Self { language: "it", texts: &ITALIAN },
            _ => Self { language: "en", texts: &ENGLISH },
        }
    }

    /// Why a message was not sent; `title` where we have no words for the code.
    pub fn failure(&self, code: &str, title: &str) -> String {
        match FAILURES.get(code) {
            Some(reason) => self.text(&format!("conversation_fail_{reason}")),
            None => self.say("conversation_fail_title", &[("title", title)]),
        }
    }

    /// A message, filled in. One that is not there is its own name: readable, and told by a test.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let Some(mut rest) = self.texts.get(key).map(String::as_str) else { return key.to_owned() };
        let mut said = String::with_capacity(rest.len() + 32);
        while let Some((before, from)) = rest.split_once('{') {
            let Some((name, after)) = from.split_once('}') else { break };
            said.push_str(before);
            said.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value));
            rest = after;
        }
        said.push_str(rest);
        said
    }

    /// A message that needs nothing filled in.
    pub fn text(&self, key: &str) -> String {
        self.say(key, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_filled_in_again() {
        let said = Words::of(Some("en-GB")).say("conversation_line_taken_from", &[("name", "{from}"), ("from", "Tom")]);
        assert_eq!(said, "Taken by {from} from Tom");
    }

    #[test]
    fn every_reason_of_a_failure_has_words_in_every_language() {
        assert!(FAILURES.len() > 30, "{}", FAILURES.len());
        for (code, reason) in FAILURES.iter() {
            for language in ["en", "it"] {
                let said = Words::of(Some(language)).failure(code, "");
                assert!(!said.starts_with("conversation_fail_"), "{reason} is not there in {language}");
            }
        }
        assert_eq!(Words::of(None).failure("meta.131026", "x"), "This number cannot be reached on WhatsApp.");
        assert_eq!(Words::of(None).failure("meta.999999", "Not today"), "WhatsApp refused: Not today.");
    }

    #[test]
    fn every_word_of_a_transcript_is_there_in_every_language() {
        let sources =
            [include_str!("archive/html.rs"), include_str!("archive/body.rs"), include_str!("archive/lines.rs")];
        let mut found = 0;
        for key in sources.iter().flat_map(|source| source.split('"')) {
            let ours = ["transcript_", "conversation_", "interactions_"].iter().any(|group| key.starts_with(group));
            if ours && !key.contains(['{', ' ', '\n']) {
                found += 1;
                for language in ["en", "it"] {
                    assert_ne!(Words::of(Some(language)).text(key), key, "{key} is not there in {language}");
                }
            }
        }
        assert!(found > 60, "{found}");
    }

    #[test]
    fn every_code_that_a_connector_names_has_words() {
        let twilio = pronto_provider::twilio::errors::codes().map(|code| format!("twilio.{code}"));
        let sinch = pronto_provider::sinch::errors::codes().map(|code| format!("sinch.{code}"));
        let kaleyra = pronto_provider::kaleyra::errors::codes().map(|code| format!("kaleyra.{code}"));
        let missing: Vec<String> =
            twilio.chain(sinch).chain(kaleyra).filter(|code| !FAILURES.contains_key(code)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
