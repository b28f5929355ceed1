//! The transcript to be read: one page that needs nothing but itself and the folder beside it. Everything anybody
//! wrote goes through [`escaped`]; there is no script, and the page's own policy lets none run.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pronto_domain::message::Content;

use super::lines::Line;
use super::{Front, Item, body};
use crate::view::Message;
use crate::words::Words;

const STYLE: &str = include_str!("transcript.css");
/// Pictures stand in the folder beside the page; whatever else a page could load, this one does not.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:";

/// How the page is written: in whose language, and by which clock.
pub(super) struct Page {
    pub(super) words: Words,
    pub(super) zone: TimeZone,
    pub(super) zone_name: String,
    /// The day that stands above what was written last.
    day: Option<jiff::civil::Date>,
}

/// Text as text: nothing in it means anything to a browser.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Not even as references are these allowed in a page.
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => safe.push(c),
        }
    }
    safe
}

impl Page {
    pub(super) fn new(words: Words, zone_name: &str) -> Self {
        let known = TimeZone::get(zone_name).ok();
        let zone_name = if known.is_some() { zone_name } else { "UTC" };
        Self { words, zone: known.unwrap_or(TimeZone::UTC), zone_name: zone_name.to_owned(), day: None }
    }

    fn date(&self, at: Timestamp) -> String {
        let date = at.to_zoned(self.zone.clone()).date();
        let months = self.words.text("transcript_months");
        let index = usize::try_from(date.month()).unwrap_or(1) - 1;
        let month = months.split(' ').nth(index).unwrap_or_default();
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.words.say("transcript_date", &[("day", &day), ("month", month), ("year", &year)])
    }

    fn clock(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string()
    }

    pub(super) fn moment(&self, at: Timestamp) -> String {
        format!("{}, {}", self.date(at), self.clock(at))
    }

    /// Everything before the first message.
    pub(super) fn begin(&self, front: &Front) -> String {
        let words = &self.words;
        let one = &front.interaction;
        let id = one.id.to_string();
        let title = escaped(&words.say("transcript_title", &[("id", &id)]));
        let moment = |at: Timestamp| self.moment(at);
        let facts = [
            ("transcript_customer", Some(one.customer.clone())),
            ("transcript_number", one.phone.clone()),
            ("transcript_account", Some(format!("{} ({})", one.account.name, one.account.key))),
            ("transcript_queue", one.queue.as_ref().map(|queue| queue.name.clone())),
            ("transcript_agent", one.owner.as_ref().map(|owner| owner.name.clone())),
            ("transcript_state", Some(self.state(&one.state))),
            ("transcript_started", Some(moment(one.started_at))),
            ("transcript_closed", one.closed_at.map(moment)),
            ("transcript_reopened", one.reopened_at.map(moment)),
            ("transcript_disposition", one.disposition.as_ref().map(|ending| ending.path.join(" › "))),
            ("transcript_tags", Some(one.tags.join(", "))),
        ];
        let facts: String = facts
            .into_iter()
            .filter_map(|(key, value)| Some((key, value.filter(|value| !value.is_empty())?)))
            .map(|(key, value)| {
                format!("<dt>{}</dt><dd dir=\"auto\">{}</dd>\n", escaped(&words.text(key)), escaped(&value))
            })
            .collect();
        let made =
            [("name", front.made_by.name.as_str()), ("time", &self.moment(front.made_at)), ("zone", &self.zone_name)];
        let mut left_out = String::new();
        for (included, key) in [
            (front.includes.notes, "transcript_without_notes"),
            (front.includes.attachments, "transcript_without_files"),
        ] {
            if !included {
                left_out.push_str(&format!("<p class=\"left-out\">{}</p>\n", escaped(&words.text(key))));
            }
        }
        let language = words.language;
        let made = escaped(&words.say("transcript_made", &made));
        let empty = if front.messages == 0 {
            format!("<p class=\"line\">{}</p>\n", escaped(&words.text("transcript_empty")))
        } else {
            String::new()
        };
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<dl>\n{facts}</dl>\n\
             <p class=\"made\">{made}</p>\n{left_out}<main>\n{empty}"
        )
    }

    pub(super) fn end(&self) -> &'static str {
        "</main>\n</body>\n</html>\n"
    }

    fn state(&self, state: &str) -> String {
        self.words.text(match state {
            "waiting" | "offered" => "interactions_state_waiting",
            "unassigned" => "interactions_state_unassigned",
            "flow" => "interactions_state_flow",
            "bot" => "interactions_state_bot",
            "closed" => "interactions_state_closed",
            _ => "interactions_state_open",
        })
    }

    /// One item of the thread, with its day where one begins.
    pub(super) fn item(&mut self, item: &Item) -> String {
        let message = &item.message;
        let mut out = String::new();
        let day = message.at.to_zoned(self.zone.clone()).date();
        if self.day != Some(day) {
            self.day = Some(day);
            out.push_str(&format!("<h2>{}</h2>\n", escaped(&self.date(message.at))));
        }
        if message.direction == "system" {
            let (line, time) = (escaped(&self.line(message)), self.clock(message.at));
            out.push_str(&format!("<p class=\"line\" id=\"m{}\" dir=\"auto\">{line} · {time}</p>\n", message.id));
            return out;
        }
        let class = match message.direction.as_str() {
            "out" => "out",
            "note" => "note",
            _ => "in",
        };
        out.push_str(&format!("<article class=\"{class}\" id=\"m{}\">\n{}", message.id, self.by(message)));
        if message.forwarded {
            out.push_str(&format!("<p class=\"quiet\">{}</p>\n", self.said("conversation_forwarded")));
        }
        out.push_str(&self.quote(message));
        if message.deleted_at.is_some() {
            let key = match message.author.kind.as_str() {
                _ if message.erased => "conversation_erased",
                "customer" => "conversation_deleted_customer",
                _ => "conversation_deleted",
            };
            out.push_str(&format!("<p class=\"quiet\">{}</p>\n", self.said(key)));
        } else {
            out.push_str(&body::content(self, message));
        }
        out.push_str(&body::files(self, item));
        out.push_str(&self.reactions(message));
        out.push_str(&self.failure(message));
        out.push_str(&self.history(item));
        out.push_str("</article>\n");
        out
    }

    /// A word of ours, safe to stand in the page.
    pub(super) fn said(&self, key: &str) -> String {
        escaped(&self.words.text(key))
    }

    pub(super) fn author(&self, message: &Message) -> String {
        let author = &message.author;
        match author.kind.as_str() {
            _ if !author.name.is_empty() => author.name.clone(),
            "bot" => self.words.text("conversation_bot"),
            "customer" => self.words.text("conversation_customer"),
            _ => self.words.text("conversation_system"),
        }
    }

    /// Who wrote it and when, and how far it has come.
    fn by(&self, message: &Message) -> String {
        let mut facts = vec![format!("<time datetime=\"{}\">{}</time>", message.at, self.clock(message.at))];
        if message.direction == "note" {
            facts.push(self.said("conversation_note"));
        }
        if let Some(sent) = message.sent_at {
            let key = if message.late { "conversation_late" } else { "conversation_sent_at" };
            facts.push(escaped(&self.words.say(key, &[("time", &self.moment(sent))])));
        }
        if message.edited_at.is_some() {
            facts.push(self.said("conversation_edited"));
        }
        facts.extend(message.status.as_deref().map(|status| self.said(tick(status))));
        format!(
            "<header class=\"by\"><b dir=\"auto\">{}</b> · {}</header>\n",
            escaped(&self.author(message)),
            facts.join(" · ")
        )
    }

    fn quote(&self, message: &Message) -> String {
        let Some(quoted) = &message.reply_to else { return String::new() };
        let to = if quoted.author.is_empty() {
            self.said("transcript_answers_somebody")
        } else {
            escaped(&self.words.say("transcript_answers", &[("name", &quoted.author)]))
        };
        let to = quoted.id.map_or_else(|| to.clone(), |id| format!("<a href=\"#m{id}\">{to}</a>"));
        let words = match (&quoted.preview, quoted.id) {
            (preview, None) if preview.is_empty() => self.said("conversation_quote_gone"),
            (preview, _) if preview.is_empty() => "…".to_owned(),
            (preview, _) => escaped(preview),
        };
        format!("<blockquote dir=\"auto\">{to}: {words}</blockquote>\n")
    }

    fn reactions(&self, message: &Message) -> String {
        let customer = self.words.text("conversation_customer");
        let all: Vec<String> = message
            .reactions
            .iter()
            .map(|one| {
                let name = if one.name.is_empty() { &customer } else { &one.name };
                escaped(&self.words.say("conversation_reaction_by", &[("emoji", &one.emoji), ("name", name)]))
            })
            .collect();
        if all.is_empty() { String::new() } else { format!("<p class=\"quiet\">{}</p>\n", all.join(" · ")) }
    }

    /// Why it was not sent, in the desktop's words; what the provider said stands in the transcript for programs.
    fn failure(&self, message: &Message) -> String {
        let Some(failure) = message.failure.as_ref().filter(|_| message.status.as_deref() == Some("failed")) else {
            return String::new();
        };
        let title = if failure.title.is_empty() { &failure.code } else { &failure.title };
        format!("<p class=\"failed\">{}</p>\n", escaped(&self.words.failure(&failure.code, title)))
    }

    /// What an edited message said before; what a deleted one said, for those who may know.
    fn history(&self, item: &Item) -> String {
        let Some(history) = &item.history else { return String::new() };
        let deleted = item.message.deleted_at.is_some();
        let all = history.versions.as_slice();
        let before = if deleted { all } else { all.split_last().map_or(all, |(_, before)| before) };
        if before.is_empty() {
            return String::new();
        }
        let said: String = before
            .iter()
            .map(|version| {
                let text = match version.text.as_deref() {
                    Some(text) if !text.is_empty() => escaped(text),
                    _ => self.said("conversation_history_empty"),
                };
                let at = escaped(&self.moment(version.at));
                format!("<li>{at}<div class=\"text\" dir=\"auto\">{text}</div></li>\n")
            })
            .collect();
        let key = if deleted { "transcript_original" } else { "conversation_history" };
        format!("<p class=\"quiet\">{}</p>\n<ol class=\"quiet\">\n{said}</ol>\n", self.said(key))
    }

    fn line(&self, message: &Message) -> String {
        let Content::System { code, params } = &message.content else {
            return message.text.clone().unwrap_or_default();
        };
        let name = if message.author.kind == "agent" { message.author.name.as_str() } else { "" };
        let until = params.get("until").and_then(|until| until.parse().ok()).map(|until| self.moment(until));
        Line { code, params, name, text: message.text.as_deref(), until }.words(&self.words)
    }
}

fn tick(status: &str) -> &'static str {
    match status {
        "queued" => "conversation_tick_queued",
        "delivered" => "conversation_tick_delivered",
        "read" => "conversation_tick_read",
        "played" => "conversation_tick_played",
        "failed" => "conversation_tick_failed",
        "unknown" => "conversation_tick_unknown",
        _ => "conversation_tick_sent",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_anybody_writes_is_markup() {
        assert_eq!(
            escaped("<script>alert('x')</script>&\"\u{0}\u{1b}\n"),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;\n"
        );
    }

    #[test]
    fn times_are_the_companys_and_dates_are_the_readers() {
        let at: Timestamp = "2026-03-01T23:30:00Z".parse().expect("an instant");
        assert_eq!(Page::new(Words::of(Some("it")), "Europe/Rome").moment(at), "2 marzo 2026, 00:30");
        assert_eq!(Page::new(Words::of(None), "Nowhere/Else").moment(at), "1 March 2026, 23:30");
    }
}
