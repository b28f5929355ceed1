//! One message of a customer.

use pronto_domain::inbound::{Effect, Event, Inbound, Media, Update};
use pronto_domain::message::{Content, Kind};

use super::contacts::People;
use super::{body, event, reply, system};
use crate::fingerprint::fingerprint;
use crate::json::{List, Raw, Text, Within, inside, mended};

object!(struct Message<'a> {
    from: Text<'a>,
    from_user_id: Text<'a>,
    group_id: Text<'a>,
    id: Text<'a>,
    timestamp: Text<'a>,
    kind = "type": Text<'a>,
    context: Within<Context<'a>>,
    referral: Within<Referral<'a>>,
    errors: List<'a>,
    text: Option<Raw<'a>>,
    image: Option<Raw<'a>>,
    video: Option<Raw<'a>>,
    audio: Option<Raw<'a>>,
    voice: Option<Raw<'a>>,
    document: Option<Raw<'a>>,
    sticker: Option<Raw<'a>>,
    location: Option<Raw<'a>>,
    contacts: Option<Raw<'a>>,
    reaction: Option<Raw<'a>>,
    interactive: Option<Raw<'a>>,
    button: Option<Raw<'a>>,
    order: Option<Raw<'a>>,
    system: Option<Raw<'a>>,
    unsupported: Option<Raw<'a>>,
    edit: Option<Raw<'a>>,
    revoke: Option<Raw<'a>>,
});
object!(
    struct Context<'a> {
        id: Text<'a>,
        forwarded: Text<'a>,
        frequently_forwarded: Text<'a>,
        referred_product: Option<Raw<'a>>,
    }
);
object!(
    struct Referral<'a> {
        headline: Text<'a>,
        source_url: Text<'a>,
        body: Text<'a>,
        source_id: Text<'a>,
    }
);
object!(
    struct Edit<'a> {
        original_message_id: Text<'a>,
        message: Option<Raw<'a>>,
    }
);
object!(
    struct Revoke<'a> {
        original_message_id: Text<'a>,
    }
);

/// What a message shows, once it is understood.
pub(crate) struct Shown {
    pub kind: Kind,
    pub text: Option<String>,
    pub content: Content,
    pub media: Option<Media>,
    pub effect: Effect,
    /// Whether the payload holds more than we show.
    pub keep_raw: bool,
}

impl Shown {
    /// A message of this kind that stands for itself.
    pub(super) fn new(kind: Kind, content: Content) -> Self {
        Self { kind, text: None, content, media: None, effect: Effect::Own, keep_raw: false }
    }

    pub(super) fn with_text(self, text: Option<String>) -> Self {
        Self { text, ..self }
    }

    pub(super) fn with_media(self, media: Media) -> Self {
        Self { media: Some(media), ..self }
    }

    pub(super) fn with_effect(self, effect: Effect) -> Self {
        Self { effect, ..self }
    }

    pub(super) fn with_raw(self) -> Self {
        Self { keep_raw: true, ..self }
    }

    /// A placeholder with this name.
    fn unsupported(name: &str) -> Self {
        let name = name.chars().take(100).collect();
        Self::new(Kind::Unsupported, Content::Unsupported { name }).with_raw()
    }
}

/// The message at `place` of its list. One that nobody wrote cannot stand in a thread and becomes an event.
pub(super) fn read(raw: Raw<'_>, place: usize, people: &People<'_>) -> Update {
    let Some(message) = inside::<Message<'_>>(Some(raw)) else {
        return Update::Event(event::trouble("messages", "a message that cannot be read", Some(raw)));
    };
    let Some(sender) = people.sender(&message.from, &message.from_user_id, place) else {
        let trouble = event::trouble("messages", "a message without a sender", Some(raw));
        return Update::Event(with_key_facts(trouble, &message));
    };
    let shown = shown(&message).unwrap_or_else(|| Shown::unsupported(message.kind.filled().unwrap_or("unknown")));
    let nothing = Context::default();
    let referral = message.referral.0.as_ref().and_then(Referral::words);
    let context = message.context.0.as_ref().unwrap_or(&nothing);
    let more = message.referral.0.is_some()
        || context.referred_product.is_some()
        || message.group_id.is_some()
        || !message.errors.0.is_empty();
    Update::Message(Box::new(Inbound {
        provider_id: message.id.owned().unwrap_or_else(|| fingerprint(raw.get().as_bytes())),
        sender,
        sent_at: message.timestamp.instant(),
        kind: shown.kind,
        text: shown.text,
        content: shown.content,
        media: shown.media,
        reply_to: context.id.owned(),
        forwarded: context.forwarded.is_true() || context.frequently_forwarded.is_true(),
        effect: shown.effect,
        referral,
        raw: (shown.keep_raw || more).then(|| mended(raw.get()).into_owned()),
    }))
}

fn shown(message: &Message<'_>) -> Option<Shown> {
    match message.kind.filled()? {
        "edit" => edit(message.edit),
        "revoke" => {
            let revoke: Revoke<'_> = inside(message.revoke)?;
            let content = Content::System { code: "message.deleted".into(), params: Default::default() };
            let target = revoke.original_message_id.owned()?;
            Some(Shown::new(Kind::System, content).with_effect(Effect::Delete { target }))
        }
        "unsupported" => Some(Shown::unsupported(&body::why_unsupported(message.unsupported, &message.errors))),
        kind => plain(kind, message),
    }
}

/// What a message shows that is about no other message.
fn plain(kind: &str, message: &Message<'_>) -> Option<Shown> {
    match kind {
        "text" => body::text(message.text),
        "image" => body::media(Kind::Image, message.image),
        "video" => body::media(Kind::Video, message.video),
        "audio" => body::media(Kind::Audio, message.audio),
        // Its name in old versions of the API.
        "voice" => body::media(Kind::Voice, message.voice),
        "document" => body::media(Kind::Document, message.document),
        "sticker" => body::media(Kind::Sticker, message.sticker),
        "location" => body::location(message.location),
        "contacts" => super::cards::read(message.contacts),
        "reaction" => body::reaction(message.reaction),
        "order" => body::order(message.order),
        "interactive" => reply::interactive(message.interactive),
        "button" => reply::button(message.button),
        "system" => system::read(message.system, &message.from),
        _ => None,
    }
}

/// A new wording: what the inner message shows, put in the place of another. An edit that we cannot show still
/// says which message it was about.
fn edit(raw: Option<Raw<'_>>) -> Option<Shown> {
    let edit: Edit<'_> = inside(raw)?;
    let target = edit.original_message_id.owned()?;
    let inner: Message<'_> = inside(edit.message).unwrap_or_default();
    let shown = inner.kind.filled().and_then(|kind| plain(kind, &inner));
    let shown = shown.filter(|shown| shown.effect == Effect::Own).unwrap_or_else(|| Shown::unsupported("edit"));
    Some(shown.with_effect(Effect::Edit { target }).with_raw())
}

impl Referral<'_> {
    fn words(&self) -> Option<String> {
        self.headline.owned().or(self.source_url.owned()).or(self.body.owned()).or(self.source_id.owned())
    }
}

fn with_key_facts(mut event: Event, message: &Message<'_>) -> Event {
    for (name, text) in [("id", &message.id), ("type", &message.kind), ("timestamp", &message.timestamp)] {
        if let Some(text) = text.owned() {
            event.facts.insert(name.into(), text);
        }
    }
    event
}
