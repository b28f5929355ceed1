//! A template in the making, and every rule WhatsApp has for it: what breaks one is told to whoever writes it, before
//! it is handed in. Source: Message templates and their components, Graph API v23.0.

use std::collections::BTreeSet;

use super::{
    BODY_LIMIT, Button, CODE_LIMIT, HEADER_LIMIT, Header, LANGUAGES, SlotKind, Status, Template, VALUE_LIMIT, pieces,
};
use crate::message::words;
use crate::outbound::MediaKind;
use crate::phone;

/// Characters of a name.
pub const NAME_LIMIT: usize = 512;
/// Characters of a footer.
pub const FOOTER_LIMIT: usize = 60;
/// Characters on a button, of the address behind it, and of the number.
pub const BUTTON_LIMIT: usize = 25;
pub const URL_LIMIT: usize = 2000;
pub const NUMBER_LIMIT: usize = 20;
/// Buttons in all, and those that open a page.
pub const BUTTONS_LIMIT: usize = 10;
pub const URLS_LIMIT: usize = 2;

words! {
    /// What a template is for; WhatsApp prices it by that. There is a third kind, for one-time passwords: a program
    /// sends those, and they are made where it is set up.
    Category { Marketing = "marketing", Utility = "utility" }
}

/// A template as somebody writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub template: Template,
    pub category: Category,
    /// WhatsApp may file it under another category instead of refusing it.
    pub allow_category_change: bool,
}

words! {
    /// A rule that a draft breaks.
    Rule {
        Required = "required",
        TooLong = "too_long",
        Format = "format",
        Unknown = "unknown",
        Control = "control",
        NameLetters = "name_letters",
        HeaderPlain = "header_plain",
        VariableAtEdge = "variable_at_edge",
        VariablesAdjacent = "variables_adjacent",
        VariablesTooMany = "variables_too_many",
        VariablesNumbering = "variables_numbering",
        VariablesNames = "variables_names",
        VariablesBraces = "variables_braces",
        VariablesOne = "variables_one",
        VariableNotAllowed = "variable_not_allowed",
        VariableNotAtEnd = "variable_not_at_end",
        ButtonsTooMany = "buttons_too_many",
        ButtonsScattered = "buttons_scattered",
        ButtonsUrls = "buttons_urls",
        ButtonsPhones = "buttons_phones",
        ButtonsCodes = "buttons_codes",
        ButtonsAlike = "buttons_alike",
        NotMade = "not_made_here",
        NotALink = "not_a_link",
        NotANumber = "not_a_number",
        SampleType = "sample_type",
    }
}

impl Rule {
    /// The rule in English.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Required => "this may not be empty",
            Self::TooLong => "this is too long",
            Self::Format => "one line, without tabs",
            Self::Control => "no control characters",
            Self::Unknown => "WhatsApp has no such language",
            Self::NameLetters => "only the letters a to z, digits and underscores",
            Self::HeaderPlain => "a header has no line breaks, no emoji and none of * _ ~ `",
            Self::VariableAtEdge => "a body neither begins nor ends with a variable",
            Self::VariablesAdjacent => "words stand between two variables",
            Self::VariablesTooMany => "too many variables for so few words",
            Self::VariablesNumbering => "variables are {{1}}, {{2}} and so on, without a gap",
            Self::VariablesNames => "names are small letters, digits and underscores, and begin with a letter",
            Self::VariablesBraces => "braces stand around variables alone, two on each side",
            Self::VariablesOne => "one variable at most",
            Self::VariableNotAllowed => "no variables here",
            Self::VariableNotAtEnd => "the variable stands at the end of the address, behind its host",
            Self::ButtonsTooMany => "ten buttons at most",
            Self::ButtonsScattered => "quick replies stand together, before or after the other buttons",
            Self::ButtonsUrls => "two buttons at most open a page",
            Self::ButtonsPhones => "one button at most calls a number",
            Self::ButtonsCodes => "one button at most copies a code",
            Self::ButtonsAlike => "two buttons say the same",
            Self::NotMade => "this cannot be made here",
            Self::NotALink => "an address that begins with https://",
            Self::NotANumber => "a phone number with its country, such as +39 02 1234567",
            Self::SampleType => "a picture is JPEG or PNG, a video MP4, a document PDF",
        }
    }
}

/// A field that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// `name`, `header.text`, `body`, `buttons[0].url`, `samples.body:1`, `sample_upload_id`.
    pub field: String,
    pub rule: Rule,
}

words! {
    /// Why a template cannot be changed here.
    Fixed {
        /// It is made where the number was set up.
        Provider = "provider",
        /// It is being reviewed.
        Pending = "pending",
        Disabled = "disabled",
        Deleted = "deleted",
        /// It has what is not made here: a carousel, a form, a place, a password.
        Beyond = "beyond",
        /// Some other of the provider's states.
        Other = "other",
    }
}

/// Whether a template can be changed, or why not. `makes` says whether its provider has templates made here.
pub fn fixed(template: &Template, category: &str, status: Status, makes: bool) -> Option<Fixed> {
    let odd = |button: &Button| matches!(button, Button::Flow { .. } | Button::Other { .. });
    let beyond =
        template.beyond().is_some() || template.buttons.iter().any(odd) || category.parse::<Category>().is_err();
    match status {
        _ if !makes => Some(Fixed::Provider),
        Status::Deleted => Some(Fixed::Deleted),
        Status::Disabled => Some(Fixed::Disabled),
        Status::Pending => Some(Fixed::Pending),
        Status::Other => Some(Fixed::Other),
        Status::Approved | Status::Rejected | Status::Paused => beyond.then_some(Fixed::Beyond),
    }
}

impl Draft {
    /// Every rule it breaks, the first of each field, in the order in which it is read. `sample` is the content type of
    /// the file that stands for its header's.
    pub fn broken(&self, sample: Option<&str>) -> Vec<Broken> {
        let mut found = Found::default();
        let Template { name, language, named, header, body, footer, buttons, .. } = &self.template;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        found.first("name", &[text(name, NAME_LIMIT), wrong(!name.bytes().all(plain), Rule::NameLetters)]);
        let known = LANGUAGES.contains(&language.as_str());
        found.first("language", &[wrong(language.is_empty(), Rule::Required), wrong(!known, Rule::Unknown)]);
        match header {
            Some(Header::Text { text: words }) => found.first("header.text", &header_rules(words, *named)),
            Some(Header::Location | Header::File { .. }) => found.first("header", &[Some(Rule::NotMade)]),
            _ => {}
        }
        found.first("body", &body_rules(body, *named));
        if let Some(footer) = footer {
            let one_line = wrong(footer.contains(['\n', '\r', '\t']), Rule::Format);
            found.first("footer", &[control(footer), one_line, over(footer, FOOTER_LIMIT), no_variables(footer)]);
        }
        found.first("buttons", &buttons_rules(buttons));
        for (index, button) in buttons.iter().take(BUTTONS_LIMIT).enumerate() {
            button_rules(&mut found, index, button);
        }
        self.samples(&mut found, sample);
        found.0
    }

    fn samples(&self, found: &mut Found, sample: Option<&str>) {
        for slot in self.template.slots() {
            if slot.kind == SlotKind::Media || self.is_too_much(&slot.key) {
                continue;
            }
            let text = self.template.samples.get(&slot.key).map_or("", |text| text.trim());
            let limit = if slot.kind == SlotKind::Code { CODE_LIMIT } else { VALUE_LIMIT };
            let blank = slot.kind != SlotKind::Text && text.contains(char::is_whitespace);
            let broken = text.contains(['\n', '\r', '\t']) || blank;
            let empty = wrong(text.is_empty(), Rule::Required);
            let rules = [empty, control(text), over(text, limit), wrong(broken, Rule::Format)];
            found.first(format!("samples.{}", slot.key), &rules);
        }
        for (place, text, limit) in self.texts() {
            if let Some(longest) = self.overfilled(place, text, limit) {
                found.first(format!("samples.{place}:{longest}"), &[Some(Rule::TooLong)]);
            }
        }
        if let Some(kind) = self.template.header.as_ref().and_then(Header::media) {
            let fits = sample.is_none_or(|mime| sample_types(kind).contains(&mime));
            let rules = [wrong(sample.is_none(), Rule::Required), wrong(!fits, Rule::SampleType)];
            found.first("sample_upload_id", &rules);
        }
    }

    /// The texts that hold variables, and how long each may become.
    fn texts(&self) -> [(&'static str, &str, usize); 2] {
        let Template { header, body, .. } = &self.template;
        let header = if let Some(Header::Text { text }) = header { text.as_str() } else { "" };
        [("header", header, HEADER_LIMIT), ("body", body, BODY_LIMIT)]
    }

    /// Whether a variable stands where there is too much already: that is mended first.
    fn is_too_much(&self, key: &str) -> bool {
        let (place, name) = key.split_once(':').unwrap_or_default();
        match self.texts().into_iter().find(|(text, ..)| *text == place) {
            Some((_, text, limit)) => over(text, limit).is_some(),
            None => name.parse().is_ok_and(|index: usize| index >= BUTTONS_LIMIT),
        }
    }

    /// The variable whose sample is the longest, where a text is too long with its samples alone.
    fn overfilled<'t>(&self, place: &str, text: &'t str, limit: usize) -> Option<&'t str> {
        let sample = |name: &str| {
            let sample = self.template.samples.get(&format!("{place}:{name}"));
            sample.map_or(0, |sample| sample.trim().chars().count())
        };
        let long = |piece: Result<&str, &str>| piece.map_or_else(sample, |words| words.chars().count());
        let is_over = over(text, limit).is_none() && pieces(text).map(long).sum::<usize>() > limit;
        pieces(text).filter_map(Result::err).filter(|_| is_over).max_by_key(|name| sample(name))
    }
}

/// The content types of a file that shows what a header will hold.
pub const fn sample_types(kind: MediaKind) -> &'static [&'static str] {
    match kind {
        MediaKind::Image => &["image/jpeg", "image/png"],
        MediaKind::Video => &["video/mp4"],
        MediaKind::Document => &["application/pdf"],
        MediaKind::Audio | MediaKind::Sticker => &[],
    }
}

#[derive(Default)]
struct Found(Vec<Broken>);

impl Found {
    /// One field at a time is mended by one rule at a time.
    fn first(&mut self, field: impl Into<String>, rules: &[Option<Rule>]) {
        let field = field.into();
        if let Some(rule) = rules.iter().flatten().next()
            && !self.0.iter().any(|broken| broken.field == field)
        {
            self.0.push(Broken { field, rule: *rule });
        }
    }
}

fn wrong(is_wrong: bool, rule: Rule) -> Option<Rule> {
    is_wrong.then_some(rule)
}

fn over(text: &str, limit: usize) -> Option<Rule> {
    wrong(text.chars().count() > limit, Rule::TooLong)
}

/// A text that must be there, of characters that can be kept and shown. What is left of one that has none to see is
/// empty.
fn text(text: &str, limit: usize) -> Option<Rule> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    wrong(text.chars().all(blank), Rule::Required).or_else(|| control(text)).or_else(|| over(text, limit))
}

/// Line breaks are a matter of each place.
fn control(text: &str) -> Option<Rule> {
    wrong(text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')), Rule::Control)
}

fn no_variables(text: &str) -> Option<Rule> {
    let has = pieces(text).any(|piece| piece.is_err());
    wrong(has, Rule::VariableNotAllowed).or_else(|| braces(text))
}

/// Braces that are no variable: half of one, or one that is spelled otherwise.
fn braces(text: &str) -> Option<Rule> {
    wrong(pieces(text).any(|piece| piece.is_ok_and(|words| words.contains(['{', '}']))), Rule::VariablesBraces)
}

/// The same where variables may stand: one whose name is none, such as `{{Order no}}`, is told so.
fn misnamed(text: &str, named: bool) -> Option<Rule> {
    let is_name = |inside: &str| !inside.trim().is_empty() && !inside.contains(['{', '}', '\n']);
    let attempt = |words: &str| {
        let mut opened = words.split("{{").skip(1);
        opened.any(|rest| rest.split_once("}}").is_some_and(|(inside, _)| is_name(inside)))
    };
    let rule = if named { Rule::VariablesNames } else { Rule::VariablesNumbering };
    wrong(pieces(text).any(|piece| piece.is_ok_and(attempt)), rule).or_else(|| braces(text))
}

/// Numbered variables count from 1 without a gap; named ones are small letters, digits and underscores.
fn names(text: &str, named: bool) -> Option<Rule> {
    let found: BTreeSet<&str> = pieces(text).filter_map(Result::err).collect();
    if named {
        let plain = |name: &&str| {
            name.starts_with(|first: char| first.is_ascii_lowercase())
                && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        return wrong(!found.iter().all(plain), Rule::VariablesNames);
    }
    let numbers: BTreeSet<String> = (1..=found.len()).map(|number| number.to_string()).collect();
    wrong(!found.iter().all(|name| numbers.contains(*name)), Rule::VariablesNumbering)
}

/// Whether a header shows it as it stands: WhatsApp refuses formatting and emoji there.
fn plain(words: &str) -> bool {
    let emoji = |c: char| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{20e3}');
    !words.contains(['\n', '\r', '\t', '*', '_', '~', '`']) && !words.contains(emoji)
}

fn header_rules(words: &str, named: bool) -> [Option<Rule>; 5] {
    let variables = pieces(words).filter(Result::is_err).count();
    let is_plain = pieces(words).all(|piece| piece.map_or(true, plain));
    [
        text(words, HEADER_LIMIT),
        misnamed(words, named),
        wrong(!is_plain, Rule::HeaderPlain),
        wrong(variables > 1, Rule::VariablesOne),
        names(words, named),
    ]
}

fn body_rules(words: &str, named: bool) -> [Option<Rule>; 6] {
    let pieces: Vec<_> = pieces(words.trim()).collect();
    let edge = pieces.first().is_some_and(Result::is_err) || pieces.last().is_some_and(Result::is_err);
    let kept: Vec<bool> = pieces
        .iter()
        .filter(|piece| piece.map_or(true, |words| !words.trim().is_empty()))
        .map(Result::is_err)
        .collect();
    let adjacent = kept.windows(2).any(|pair| pair == [true, true]);
    let variables = pieces.iter().filter_map(|piece| piece.err()).collect::<BTreeSet<_>>().len();
    let said: usize = pieces.iter().filter_map(|piece| piece.ok()).map(|words| words.split_whitespace().count()).sum();
    [
        text(words, BODY_LIMIT),
        misnamed(words, named),
        wrong(edge, Rule::VariableAtEdge),
        wrong(adjacent, Rule::VariablesAdjacent),
        names(words, named),
        // As many as WhatsApp is known to take: two words for each, and one more.
        wrong(variables > 0 && said < 2 * variables + 1, Rule::VariablesTooMany),
    ]
}

fn buttons_rules(buttons: &[Button]) -> [Option<Rule>; 7] {
    let count = |is: fn(&Button) -> bool| buttons.iter().filter(|button| is(button)).count();
    let quick: Vec<bool> = buttons.iter().map(|button| matches!(button, Button::QuickReply { .. })).collect();
    let turns = quick.windows(2).filter(|pair| pair.first() != pair.last()).count();
    let mut said = BTreeSet::new();
    let mut own = buttons.iter().filter(|button| !matches!(button, Button::CopyCode { .. }));
    let alike = own.any(|button| {
        let text = button.text().trim().to_lowercase();
        !text.is_empty() && !said.insert(text)
    });
    [
        wrong(count(|button| matches!(button, Button::Flow { .. } | Button::Other { .. })) > 0, Rule::NotMade),
        wrong(buttons.len() > BUTTONS_LIMIT, Rule::ButtonsTooMany),
        wrong(count(|button| matches!(button, Button::Url { .. })) > URLS_LIMIT, Rule::ButtonsUrls),
        wrong(count(|button| matches!(button, Button::Phone { .. })) > 1, Rule::ButtonsPhones),
        wrong(count(|button| matches!(button, Button::CopyCode { .. })) > 1, Rule::ButtonsCodes),
        wrong(turns > 1, Rule::ButtonsScattered),
        wrong(alike, Rule::ButtonsAlike),
    ]
}

fn button_rules(found: &mut Found, index: usize, button: &Button) {
    let field = |name: &str| format!("buttons[{index}].{name}");
    if !matches!(button, Button::CopyCode { .. }) {
        let words = button.text();
        let one_line = wrong(words.contains(['\n', '\r', '\t']), Rule::Format);
        found.first(field("text"), &[text(words, BUTTON_LIMIT), one_line, no_variables(words)]);
    }
    match button {
        Button::Url { url, .. } => found.first(field("url"), &url_rules(url)),
        Button::Phone { number, .. } => {
            let known = number.trim().starts_with('+') && phone::digits(number, None).is_ok();
            found.first(field("number"), &[text(number, NUMBER_LIMIT), wrong(!known, Rule::NotANumber)]);
        }
        _ => {}
    }
}

/// Names between dots, and perhaps a port.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let letters = |label: &str| label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let whole = |label: &str| !label.is_empty() && letters(label) && !label.starts_with('-') && !label.ends_with('-');
    name.contains('.')
        && name.split('.').all(whole)
        && port.is_none_or(|port| port.parse().is_ok_and(|port: u16| port > 0))
}

fn url_rules(url: &str) -> [Option<Rule>; 5] {
    let pieces: Vec<_> = pieces(url).collect();
    let variables: Vec<&str> = pieces.iter().filter_map(|piece| piece.err()).collect();
    let fixed = pieces.first().and_then(|piece| piece.ok()).unwrap_or_default();
    let host = fixed.strip_prefix("https://").or_else(|| fixed.strip_prefix("http://")).unwrap_or_default();
    let (host, rest) = host.split_once(['/', '?', '#']).map_or((host, None), |(host, rest)| (host, Some(rest)));
    let link = is_host(host) && !url.contains(char::is_whitespace);
    let at_end = variables.is_empty() || (rest.is_some() && pieces.last().is_some_and(Result::is_err));
    [
        text(url, URL_LIMIT),
        braces(url),
        wrong(variables.len() > 1, Rule::VariablesOne),
        wrong(!link, Rule::NotALink),
        wrong(!at_end || variables.iter().any(|name| *name != "1"), Rule::VariableNotAtEnd),
    ]
}
