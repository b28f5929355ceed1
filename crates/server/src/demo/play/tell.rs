//! What the agent says, with the try at sending it.

use anyhow::{Context as _, Result};
use pronto_desk::failure;
use pronto_domain::attempt::Step;
use pronto_domain::delivery::State as Delivery;
use pronto_domain::message::{Content, Direction, Kind};
use pronto_domain::outbound::{Body, File as At, MediaKind, Outgoing, Recipient, Template};
use pronto_store as store;
use store::history::Message;
use store::message::Reaction;

use super::super::media;
use super::super::script::Say;
use super::{Player, SECOND, Tried, content};

impl Player<'_> {
    /// The agent writes.
    pub(super) fn tell(&mut self, say: &Say, at: i64) -> Result<()> {
        let owner = self.rules.owner.context("nobody owns it")?;
        let text = self.fill.text(&mut self.random, &say.text);
        if say.has("react") {
            return self.react(text, at);
        }
        let file = self.file(say)?;
        let holds = content::of(say, text)?;
        let mut row = self.message(Direction::Out, holds.kind, holds.body, holds.content, at);
        (row.author_kind, row.author_id) = ("agent", Some(owner.0));
        row.attachments = i64::from(file.is_some());
        let quoted = self.quote(say, &mut row)?;
        let words = content::words(&row.body, &row.content, file.and_then(|file| file.name));
        let body = request(&row, file)?;
        let tried = self.tried(say, body, quoted, at)?;
        row.status = Some(tried.state);
        row.failure.clone_from(&tried.failure);
        row.version = 4;
        let place = super::place_of(&self.played.messages) + 1;
        let list = &mut self.played.row;
        list.last_at = list.last_at.max(at);
        list.last_message_id = Some(place);
        list.last_direction = Some(Direction::Out.as_str().to_owned());
        list.last_kind = Some(row.kind.to_owned());
        list.last_preview = Some(words);
        list.last_status = row.status.map(str::to_owned);
        list.unmanaged = 0;
        list.unanswered_since = None;
        list.unread = 0;
        list.read_through = place;
        if say.mark("failed") == Some("131047") {
            self.played.shut_at = Some(at);
            list.window_expires_at = list.window_expires_at.map(|end| end.min(at));
            list.window_cause = Some("provider".to_owned());
        }
        self.push(row, file, Some(tried));
        Ok(())
    }

    fn react(&mut self, emoji: String, at: i64) -> Result<()> {
        let owner = self.rules.owner.context("nobody owns it")?;
        let place = self.latest(Direction::In, 1)?;
        let mut row = self.message(Direction::Out, Kind::Reaction, Some(emoji.clone()), Content::Text, at);
        (row.author_kind, row.author_id) = ("agent", Some(owner.0));
        (row.effect, row.target_id, row.shown) = (Some("react"), Some(place), false);
        row.status = Some(Delivery::Delivered.as_str());
        let mut target = String::new();
        if let Some(message) = self.at_place(place) {
            message.version += 1;
            target = message.provider_id.clone().unwrap_or_default();
            let reaction = Reaction { emoji: emoji.clone(), by: "agent".to_owned(), user_id: Some(owner.0) };
            message.reactions.get_or_insert_default().push(reaction);
        }
        let tried = Tried {
            step: Step::Accepted.as_str(),
            state: Delivery::Delivered.as_str(),
            provider_id: Some(self.provider_id()),
            request: self.outgoing(Body::Reaction { target, emoji: Some(emoji) }, None),
            failure: None,
            settled_at: at + 900,
        };
        self.push(row, None, Some(tried));
        Ok(())
    }

    /// How sending it went: read, unless its line says otherwise.
    fn tried(&mut self, say: &Say, body: Body, reply_to: Option<String>, at: i64) -> Result<Tried> {
        let mut tried = Tried {
            step: Step::Accepted.as_str(),
            state: Delivery::Read.as_str(),
            provider_id: Some(self.provider_id()),
            request: self.outgoing(body, reply_to),
            failure: None,
            settled_at: (at + self.random.between(2, 40) * SECOND).min(self.scene.now.max(at)),
        };
        if say.has("voice") {
            tried.state = Delivery::Played.as_str();
        }
        for state in [Delivery::Sent, Delivery::Delivered] {
            if say.has(state.as_str()) {
                (tried.state, tried.settled_at) = (state.as_str(), at + 1_200);
            }
        }
        if let Some(code) = say.mark("failed") {
            let code = code.parse()?;
            tried.step = Step::Failed.as_str();
            tried.state = Delivery::Failed.as_str();
            tried.failure = Some(content::refusal(code));
            // This one is said at once; others once the network has tried.
            tried.provider_id = tried.provider_id.filter(|_| code != 131_047);
            tried.settled_at = at + 1_500;
        }
        if say.has("unknown") {
            tried.step = Step::Unknown.as_str();
            tried.state = Delivery::Unknown.as_str();
            tried.failure = Some(failure::unknown("connection reset by peer".to_owned()));
            tried.provider_id = None;
            tried.settled_at = at + 30 * SECOND;
        }
        Ok(tried)
    }

    fn outgoing(&self, body: Body, reply_to: Option<String>) -> Outgoing {
        let to = Recipient { digits: self.person.digits.clone(), user_id: Some(self.person.user_id.clone()) };
        Outgoing { to, body, reply_to, opaque: None }
    }
}

/// What was sent.
fn request(row: &Message, file: Option<&media::File>) -> Result<Body> {
    let Some(file) = file else {
        return Ok(match &row.content {
            Content::Location { latitude, longitude, name, address } => {
                let (name, address) = (name.clone(), address.clone());
                Body::Location { latitude: *latitude, longitude: *longitude, name, address }
            }
            Content::Contacts { cards } => Body::Contacts { cards: cards.clone() },
            Content::Template { name, language, .. } => Body::Template(Template {
                name: name.clone(),
                language: language.clone(),
                provider_id: String::new(),
                parts: Vec::new(),
            }),
            _ => {
                let text = row.body.clone().context("it has no words")?;
                Body::Text { preview_url: text.contains("://"), text }
            }
        });
    };
    Ok(Body::Media {
        media: match file.kind {
            Kind::Voice | Kind::Audio => MediaKind::Audio,
            Kind::Document => MediaKind::Document,
            Kind::Sticker => MediaKind::Sticker,
            _ => MediaKind::Image,
        },
        file: At::Uploaded("1493382018421147".to_owned()),
        caption: row.body.clone(),
        filename: file.name.map(str::to_owned),
        voice: file.kind == Kind::Voice,
    })
}
