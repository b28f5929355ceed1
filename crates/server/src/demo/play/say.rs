//! What the customer says, and what it does to the row of the list.

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pronto_domain::message::{Content, Direction, Kind};
use pronto_store as store;
use store::history::Message;
use store::message::{Edit, Reaction};

use super::super::media;
use super::super::script::Say;
use super::{DAY, MINUTE, Player, SECOND, content};

impl Player<'_> {
    /// The customer writes.
    pub(super) fn hear(&mut self, say: &Say, at: i64) -> Result<()> {
        let text = self.fill.text(&mut self.random, &say.text);
        let written = match say.mark("late") {
            Some(minutes) => at - minutes.parse::<i64>()? * MINUTE,
            None => at - self.random.between(300, 1_200),
        };
        // The provider's clock has whole seconds.
        let sent_at = written.div_euclid(SECOND) * SECOND;
        let thread_at = at.min(sent_at + 999);
        let provider_id = Some(self.provider_id());
        if let Some(effect) = ["react", "edit", "delete"].into_iter().find(|effect| say.has(effect)) {
            return self.affect(effect, text, at, sent_at, provider_id);
        }
        let file = self.file(say)?;
        let holds = content::of(say, text)?;
        let words = content::words(&holds.body, &holds.content, file.and_then(|file| file.name));
        let mut row = self.message(Direction::In, holds.kind, holds.body, holds.content, at);
        row.author_kind = "customer";
        row.provider_id = provider_id;
        row.sent_at = Some(sent_at);
        row.thread_at = thread_at;
        row.forwarded = say.has("forward");
        row.late = thread_at < self.played.row.started_at;
        row.raw = holds.raw;
        row.attachments = i64::from(file.is_some());
        self.quote(say, &mut row)?;
        self.move_window(sent_at);
        let list = &mut self.played.row;
        list.unread += 1;
        list.unmanaged += 1;
        list.unanswered_since.get_or_insert(thread_at);
        if thread_at >= list.last_at || list.last_direction.is_none() {
            list.last_at = thread_at.max(list.last_at);
            list.last_direction = Some(Direction::In.as_str().to_owned());
            list.last_kind = Some(holds.kind.as_str().to_owned());
            list.last_preview = Some(words);
            list.last_status = None;
            list.last_message_id = None;
        }
        self.push(row, file, None);
        Ok(())
    }

    /// A reaction, an edit or a deletion of the customer: it changes another message.
    fn affect(&mut self, effect: &str, text: String, at: i64, sent_at: i64, provider_id: Option<String>) -> Result<()> {
        let about = if effect == "react" { Direction::Out } else { Direction::In };
        let place = self.latest(about, 1)?;
        let thread_at = at.min(sent_at + 999);
        let (kind, body, what) = match effect {
            "react" => (Kind::Reaction, None, "react"),
            "edit" => (Kind::Text, Some(text.clone()), "edit"),
            _ => (Kind::System, None, "delete"),
        };
        let deletes = what == "delete";
        let content = if deletes {
            Content::System { code: "message.deleted".to_owned(), params: std::collections::BTreeMap::new() }
        } else {
            Content::Text
        };
        let direction = if deletes { Direction::System } else { Direction::In };
        let mut row = self.message(direction, kind, body, content, at);
        row.author_kind = if deletes { "system" } else { "customer" };
        row.provider_id = provider_id;
        row.effect = Some(what);
        row.target_id = Some(place);
        row.shown = deletes;
        row.sent_at = Some(sent_at);
        row.thread_at = thread_at;
        if let Some(target) = self.at_place(place) {
            target.version += 1;
            match what {
                "react" => {
                    let reaction = Reaction { emoji: text, by: "customer".to_owned(), user_id: None };
                    target.reactions.get_or_insert_default().push(reaction);
                }
                "edit" => {
                    let before = Edit { body: target.body.replace(text), until: thread_at };
                    target.history.get_or_insert_default().push(before);
                    target.edited_at = Some(thread_at);
                }
                _ => target.deleted_at = Some(thread_at),
            }
        }
        if deletes {
            let list = &mut self.played.row;
            list.last_at = thread_at.max(list.last_at);
            list.last_direction = Some(Direction::In.as_str().to_owned());
            list.last_kind = Some(Kind::System.as_str().to_owned());
            list.last_preview = Some(String::new());
            list.last_status = None;
            list.last_message_id = None;
        } else {
            self.move_window(sent_at);
        }
        self.push(row, None, None);
        Ok(())
    }

    fn move_window(&mut self, written: i64) {
        let played = &mut self.played;
        let latest = played.latest_inbound.map_or(written, |at| at.max(written));
        played.latest_inbound = Some(latest);
        played.first_inbound.get_or_insert(written);
        played.row.window_expires_at = Some(latest + DAY);
        played.row.window_cause = Some("message".to_owned());
    }

    pub(super) fn file(&self, say: &Say) -> Result<Option<&'static media::File>> {
        let named = ["image", "voice", "document", "sticker"].into_iter().find_map(|mark| say.mark(mark));
        named.map(media::named).transpose()
    }

    /// Quotes the message that stands so many of the other side's back; answers the provider's id of it.
    pub(super) fn quote(&mut self, say: &Say, row: &mut Message) -> Result<Option<String>> {
        let Some(back) = say.mark("reply") else { return Ok(None) };
        let about = if say.customer { Direction::Out } else { Direction::In };
        let place = self.latest(about, back.parse().unwrap_or(1))?;
        row.reply_to_id = Some(place);
        let said = self.played.messages.get(usize::try_from(place - 1)?);
        let id = said.and_then(|said| {
            said.row.provider_id.clone().or_else(|| said.tried.as_ref().and_then(|tried| tried.provider_id.clone()))
        });
        row.reply_to_provider = id.clone().filter(|_| say.customer);
        Ok(id)
    }

    /// The place of the latest shown message of a direction, or of one further back.
    pub(super) fn latest(&self, direction: Direction, back: usize) -> Result<i64> {
        let of = |said: &super::Said| said.row.shown && said.row.direction == direction.as_str();
        let found = self.played.messages.iter().enumerate().rev().filter(|(_, said)| of(said)).nth(back.max(1) - 1);
        let (place, _) = found.context("there is no message to speak of")?;
        Ok(i64::try_from(place)? + 1)
    }

    pub(super) fn at_place(&mut self, place: i64) -> Option<&mut Message> {
        let place = usize::try_from(place - 1).ok()?;
        self.played.messages.get_mut(place).map(|said| &mut said.row)
    }

    pub(super) fn message(
        &self,
        direction: Direction,
        kind: Kind,
        body: Option<String>,
        content: Content,
        at: i64,
    ) -> Message {
        let account_id = self.scene.company.account.0;
        Message { account_id, ..Message::new(direction, kind, body, content, at) }
    }

    /// In the shape Meta gives its ids.
    pub(super) fn provider_id(&mut self) -> String {
        let digits = self.person.key();
        let mut record = vec![0x1c, 0x18, u8::try_from(digits.len()).unwrap_or(0)];
        record.extend_from_slice(digits.as_bytes());
        record.extend_from_slice(&[0x15, 0x02, 0x00, 0x12, 0x18, 0x14]);
        record.extend_from_slice(format!("{:016X}", self.random.next()).as_bytes());
        record.extend_from_slice(format!("{:04X}\0", self.random.between(0, 0xffff)).as_bytes());
        format!("wamid.{}", STANDARD.encode(record))
    }
}
