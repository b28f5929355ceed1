//! One person's hand on their phone.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::files::Sample;
use super::player::drawn;
use super::{Deed, Hear};
use crate::network::Network;
use crate::network::inbound::Written;
use crate::store::apps::NumberRow;
use crate::store::messages::{self, MessageRow};
use crate::store::phones::{self, PhoneRow};
use crate::{clock, number};

/// Of a long chat, so many of the latest messages are looked through.
const LATEST: i64 = 300;
/// How long somebody waits for a message that can be tapped.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// Looked at anew after this even if nothing has been heard of.
const AGAIN: Duration = Duration::from_secs(1);
/// What happens at once is looked at once.
const SETTLE: Duration = Duration::from_millis(20);

/// Why somebody did not do what they should.
#[derive(Debug, thiserror::Error)]
pub(super) enum Halt {
    #[error("{0}")]
    Cannot(String),
    #[error("the simulator could not read or write its state")]
    Store(#[from] sqlx::Error),
}

fn cannot<T>(why: impl Into<String>) -> Result<T, Halt> {
    Err(Halt::Cannot(why.into()))
}

pub(super) struct Hand {
    network: Arc<Network>,
    phone: String,
    business: NumberRow,
    speed: f64,
    /// The latest message there was when the person last spoke or heard; what comes later is an answer.
    mark: i64,
}

impl Deed {
    /// Whether it takes its time.
    pub(super) const fn waits(&self) -> bool {
        matches!(self, Self::Wait(_) | Self::Hear(_) | Self::Tap { .. } | Self::Choose { .. })
    }
}

impl Hand {
    pub(super) async fn new(
        network: Arc<Network>,
        phone: String,
        business: NumberRow,
        speed: f64,
    ) -> Result<Self, Halt> {
        let mut hand = Self { network, phone, business, speed, mark: 0 };
        hand.mark = hand.chat().await?.last().map_or(0, |message| message.seq);
        Ok(hand)
    }

    pub(super) async fn does(&mut self, deed: &Deed) -> Result<(), Halt> {
        match deed {
            Deed::Wait(pause) => tokio::time::sleep(drawn(*pause, self.speed)).await,
            Deed::Hear(hear) => self.hear(hear).await?,
            Deed::Tap { title } => {
                let tapped = self.until(Some(PATIENCE), |chat| offered(chat, title.as_deref(), buttons)).await?;
                let (message, written) = tapped.map_or_else(|| self.nothing_to("tap", title.as_deref()), Ok)?;
                self.say(&written.0, written.1, Some(message), Duration::ZERO).await?;
            }
            Deed::Choose { title } => {
                let chosen = self.until(Some(PATIENCE), |chat| offered(chat, title.as_deref(), rows)).await?;
                let (message, written) = chosen.map_or_else(|| self.nothing_to("choose", title.as_deref()), Ok)?;
                self.say(&written.0, written.1, Some(message), Duration::ZERO).await?;
            }
            Deed::Write { text, ago } => self.say("text", json!({"body": text}), None, *ago).await?,
            Deed::Reply { to, text } => {
                let quoted = self.heard(to.as_deref()).await?;
                self.say("text", json!({"body": text}), Some(quoted.id), Duration::ZERO).await?;
            }
            Deed::Send { file, name, caption } => self.send(file, name.as_deref(), caption.as_deref()).await?,
            Deed::Location { latitude, longitude, name } => {
                let degrees = |text: &str| text.parse::<f64>().unwrap_or_default();
                let mut content = json!({"latitude": degrees(latitude), "longitude": degrees(longitude)});
                if let Some(name) = name {
                    content["name"] = json!(name);
                }
                self.say("location", content, None, Duration::ZERO).await?;
            }
            Deed::Contact { number, name } => self.say("contacts", card(name, number), None, Duration::ZERO).await?,
            Deed::ShareContact => {
                let asked = self.chat().await?;
                let asked = asked.iter().rev().find(|message| message.content()["type"] == "request_contact_info");
                let phone = self.phone().await?;
                let content = card(&phone.name, &number::display(&phone.number));
                self.say("contacts", content, asked.map(|message| message.id.clone()), Duration::ZERO).await?;
            }
            Deed::React { emoji, to } => {
                let target = self.heard(to.as_deref()).await?;
                let mut content = json!({"message_id": target.id});
                if !emoji.is_empty() {
                    content["emoji"] = json!(emoji);
                }
                self.say("reaction", content, None, Duration::ZERO).await?;
            }
            Deed::Edit { which, text } => {
                let mut message = self.own(which.as_deref()).await?;
                if !matches!(message.kind.as_str(), "text" | "image" | "video" | "document") {
                    return cannot("only texts and captions are edited: name the one with “edits \"words\": …”");
                }
                let phone = self.phone().await?;
                let mut act = self.network.begin().await?;
                act.edit(&phone, &self.business, &mut message, text).await?;
                act.commit().await?;
            }
            Deed::Delete { which } => {
                let message = self.own(which.as_deref()).await?;
                let phone = self.phone().await?;
                let mut act = self.network.begin().await?;
                act.delete(&phone, &self.business, &message).await?;
                act.commit().await?;
            }
            Deed::Read => self.read().await?,
            Deed::Play => {
                let phone = self.phone().await?;
                let chat = self.chat().await?;
                let voice = chat.into_iter().rev().find(|message| arrived(message) && message.kind == "audio");
                let Some(mut voice) = voice else {
                    return cannot("the business has sent nothing to listen to: wait for its voice message first");
                };
                let mut act = self.network.begin().await?;
                act.play(&phone, &mut voice).await?;
                act.commit().await?;
            }
            Deed::Block(blocked) => {
                let mut phone = self.phone().await?;
                let mut act = self.network.begin().await?;
                act.set_blocked(&mut phone, *blocked).await?;
                act.commit().await?;
            }
            Deed::Switch(online) => {
                let mut phone = self.phone().await?;
                let mut act = self.network.begin().await?;
                act.switch(&mut phone, *online).await?;
                act.commit().await?;
            }
            Deed::ChangeNumber { to } => self.change_number(to.as_deref()).await?,
        }
        Ok(())
    }

    async fn phone(&self) -> Result<PhoneRow, Halt> {
        let mut db = self.network.store.reader.acquire().await?;
        match phones::find(&mut db, &self.phone).await? {
            Some(phone) => Ok(phone),
            None => cannot("their phone has been removed: begin the scenario anew"),
        }
    }

    /// The latest messages with the business, oldest first.
    async fn chat(&self) -> Result<Vec<MessageRow>, Halt> {
        let mut db = self.network.store.reader.acquire().await?;
        Ok(messages::of_phone(&mut db, &self.phone, Some(&self.business.id), None, LATEST).await?)
    }

    async fn say(&mut self, kind: &str, content: Value, reply_to: Option<String>, ago: Duration) -> Result<(), Halt> {
        let phone = self.phone().await?;
        let mut act = self.network.begin().await?;
        let at = clock::now() - i64::try_from(ago.as_millis()).unwrap_or(0);
        let written = Written { id: None, kind: kind.to_owned(), content, extra: None, reply_to, at, load_id: None };
        let message = act.write(&phone, &self.business, written).await?;
        act.commit().await?;
        // A reaction asks for no answer.
        if kind != "reaction" {
            self.mark = message.seq;
        }
        Ok(())
    }

    async fn send(&mut self, file: &Sample, name: Option<&str>, caption: Option<&str>) -> Result<(), Halt> {
        let name = name.unwrap_or(file.name);
        let mut act = self.network.begin().await?;
        let mut content = act.attach(file.mime_type, Some(name), file.bytes).await?;
        act.commit().await?;
        for (key, value) in [
            ("caption", caption.map(|caption| json!(caption))),
            ("filename", (file.kind == "document").then(|| json!(name))),
            ("voice", (file.kind == "audio").then_some(Value::Bool(true))),
            ("animated", (file.kind == "sticker").then_some(Value::Bool(false))),
        ] {
            if let Some(value) = value {
                content[key] = value;
            }
        }
        self.say(file.kind, content, None, Duration::ZERO).await
    }

    async fn read(&self) -> Result<(), Halt> {
        let phone = self.phone().await?;
        let mut act = self.network.begin().await?;
        act.read(&phone, Some(&self.business.id)).await?;
        act.commit().await?;
        Ok(())
    }

    async fn change_number(&self, to: Option<&str>) -> Result<(), Halt> {
        let mut phone = self.phone().await?;
        let digits = to.map_or_else(number::free, number::digits);
        let mut act = self.network.begin().await?;
        match phones::by_number(act.db(), &digits).await? {
            // Played a second time, there is nothing left to change.
            Some(holder) if holder.id == phone.id => return Ok(()),
            Some(_) => return cannot("the number is another phone's: write a different one"),
            None => {}
        }
        act.change_number(&mut phone, &digits).await?;
        act.commit().await?;
        Ok(())
    }

    /// The latest message of the business, or the latest in which the words stand.
    async fn heard(&self, words: Option<&str>) -> Result<MessageRow, Halt> {
        let found = self.chat().await?.into_iter().rev().find(|message| arrived(message) && has(message, words));
        found.map_or_else(
            || cannot("the business has written no such message yet: wait for its answer on the line before"),
            Ok,
        )
    }

    /// The latest message of the person's own, or the latest in which the words stand.
    async fn own(&self, words: Option<&str>) -> Result<MessageRow, Halt> {
        let own = |message: &MessageRow| message.sender == "phone" && message.kind != "reaction" && !message.deleted;
        let found = self.chat().await?.into_iter().rev().find(|message| own(message) && has(message, words));
        found.map_or_else(|| cannot("they have written no such message that is still there"), Ok)
    }

    async fn hear(&mut self, hear: &Hear) -> Result<(), Halt> {
        // The customer's patience goes with the speed, what is expected of the desk does not.
        let speed = if hear.required { 1.0 } else { self.speed };
        let at_most = hear.at_most.map(|time| time.div_f64(speed));
        let mut heard = self.answer(hear, at_most).await?;
        if let (None, Some(nudge)) = (heard, &hear.nudge) {
            self.say("text", json!({"body": nudge}), None, Duration::ZERO).await?;
            heard = self.answer(hear, None).await?;
        }
        match heard {
            Some(seq) => {
                self.mark = seq;
                self.read().await
            }
            None if !hear.required => Ok(()),
            None if hear.words.is_empty() => cannot("the business has not answered in time"),
            None => cannot(format!("the business has not answered in time with “{}”", hear.words.join("” or “"))),
        }
    }

    /// The place of the business's answer to what the person wrote last.
    async fn answer(&self, hear: &Hear, at_most: Option<Duration>) -> Result<Option<i64>, Halt> {
        let answers = |message: &&MessageRow| {
            let body = message.body.to_lowercase();
            let said = hear.words.is_empty() || hear.words.iter().any(|words| body.contains(words.as_str()));
            message.seq > self.mark && arrived(message) && said
        };
        self.until(at_most, |chat| chat.iter().find(answers).map(|message| message.seq)).await
    }

    /// Waits until something is found in the chat.
    async fn until<T>(
        &self,
        at_most: Option<Duration>,
        find: impl Fn(&[MessageRow]) -> Option<T>,
    ) -> Result<Option<T>, Halt> {
        let mut news = self.network.news.subscribe();
        let deadline = at_most.map(|time| Instant::now() + time);
        loop {
            if let Some(found) = find(&self.chat().await?) {
                return Ok(Some(found));
            }
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Ok(None);
            }
            let next = Instant::now() + AGAIN;
            let next = deadline.map_or(next, |deadline| deadline.min(next));
            tokio::select! {
                _ = news.recv() => tokio::time::sleep(SETTLE).await,
                () = tokio::time::sleep_until(next) => {}
            }
        }
    }

    fn nothing_to<T>(&self, verb: &str, title: Option<&str>) -> Result<T, Halt> {
        let what = title.map_or_else(String::new, |title| format!(" called “{title}”"));
        cannot(format!(
            "there was nothing{what} to {verb} on {}: check the words of the business's message",
            self.phone
        ))
    }
}

/// A message of the business that is on the phone.
fn arrived(message: &MessageRow) -> bool {
    let there = matches!(message.status.as_str(), "delivered" | "read" | "played");
    message.sender == "business" && message.kind != "reaction" && there
}

fn has(message: &MessageRow, words: Option<&str>) -> bool {
    words.is_none_or(|words| message.body.to_lowercase().contains(&words.to_lowercase()))
}

fn card(name: &str, number: &str) -> Value {
    let first = name.split(' ').next().unwrap_or(name);
    json!([{"name": {"formatted_name": name, "first_name": first},
        "phones": [{"phone": number, "wa_id": number::digits(number), "type": "CELL"}]}])
}

/// A type of message and its content.
type Answer = (String, Value);

/// The latest message that offers something of this title, and the answer that tapping it gives.
fn offered(
    chat: &[MessageRow],
    title: Option<&str>,
    of: impl Fn(&MessageRow) -> Vec<(String, Answer)>,
) -> Option<(String, Answer)> {
    let wanted = |text: &str| title.is_none_or(|title| title.to_lowercase() == text.to_lowercase());
    chat.iter().rev().filter(|message| arrived(message)).find_map(|message| {
        let found = of(message).into_iter().find(|(text, _)| wanted(text));
        found.map(|(_, answer)| (message.id.clone(), answer))
    })
}

/// The buttons of a template or an interactive message that send something back.
fn buttons(message: &MessageRow) -> Vec<(String, Answer)> {
    let content = message.content();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let templates = content["rendered"]["buttons"].as_array().into_iter().flatten();
    let quick = templates.filter(|button| button["type"] == "QUICK_REPLY").map(|button| {
        let title = text(&button["text"]);
        let payload = if button["payload"].is_null() { json!(title) } else { button["payload"].clone() };
        (title.clone(), ("button".to_owned(), json!({"payload": payload, "text": title})))
    });
    let replies = content["action"]["buttons"].as_array().into_iter().flatten().map(|button| {
        let reply = json!({"id": button["reply"]["id"], "title": button["reply"]["title"]});
        let answer = json!({"type": "button_reply", "button_reply": reply});
        (text(&button["reply"]["title"]), ("interactive".to_owned(), answer))
    });
    quick.chain(replies).collect()
}

/// The rows of a list.
fn rows(message: &MessageRow) -> Vec<(String, Answer)> {
    let content = message.content();
    let sections = content["action"]["sections"].as_array().into_iter().flatten();
    let rows = sections.flat_map(|section| section["rows"].as_array().into_iter().flatten());
    let answer = |row: &Value| {
        let mut chosen = json!({"id": row["id"], "title": row["title"]});
        if row["description"].is_string() {
            chosen["description"] = row["description"].clone();
        }
        let title = row["title"].as_str().unwrap_or_default().to_owned();
        (title, ("interactive".to_owned(), json!({"type": "list_reply", "list_reply": chosen})))
    };
    rows.map(answer).collect()
}
