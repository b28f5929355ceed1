//! One message or reaction of a customer.

use jiff::Timestamp;
use pronto_domain::inbound::{Effect, Inbound, Media, Sender, Update};
use pronto_domain::message::{Content, Kind, OrderItem};

use super::webhook::{Identity, instant, news};
use crate::fingerprint::fingerprint;
use crate::json::{List, Raw, Text, Within, inside, mended};
use crate::meta::reply;

object!(
    struct Message<'a> {
        id: Text<'a>,
        direction: Text<'a>,
        contact_message: Option<Raw<'a>>,
        contact_id: Text<'a>,
        channel_identity: Within<Identity<'a>>,
        accept_time: Text<'a>,
    }
);
object!(
    struct ContactMessage<'a> {
        reply_to: Within<ReplyTo<'a>>,
        text_message: Within<TextMessage<'a>>,
        media_message: Within<File<'a>>,
        media_card_message: Within<File<'a>>,
        location_message: Within<Place<'a>>,
        choice_response_message: Within<Choice<'a>>,
        product_response_message: Within<Order<'a>>,
        channel_specific_message: Within<Specific<'a>>,
        fallback_message: Within<Fallback<'a>>,
    }
);
object!(
    struct ReplyTo<'a> {
        message_id: Text<'a>,
    }
);
object!(
    struct TextMessage<'a> {
        text: Text<'a>,
    }
);
object!(
    struct File<'a> {
        url: Text<'a>,
        caption: Text<'a>,
        filename_override: Text<'a>,
    }
);
object!(
    struct Place<'a> {
        title: Text<'a>,
        label: Text<'a>,
        coordinates: Within<Coordinates<'a>>,
    }
);
object!(
    struct Coordinates<'a> {
        latitude: Text<'a>,
        longitude: Text<'a>,
    }
);
object!(
    struct Choice<'a> {
        message_id: Text<'a>,
        postback_data: Text<'a>,
    }
);
object!(
    struct Order<'a> {
        title: Text<'a>,
        text: Text<'a>,
        products: List<'a>,
    }
);
object!(
    struct Product<'a> {
        id: Text<'a>,
        quantity: Text<'a>,
        item_price: Text<'a>,
        currency: Text<'a>,
    }
);
object!(
    struct Specific<'a> {
        message_type: Text<'a>,
        message: Option<Raw<'a>>,
    }
);
object!(
    struct Fallback<'a> {
        reason: Within<Why<'a>>,
    }
);
object!(
    struct Why<'a> {
        code: Text<'a>,
    }
);
object!(
    struct Happening<'a> {
        id: Text<'a>,
        direction: Text<'a>,
        contact_id: Text<'a>,
        channel_identity: Within<Identity<'a>>,
        accept_time: Text<'a>,
        contact_message_event: Within<MessageEvent<'a>>,
        contact_event: Option<Raw<'a>>,
    }
);
object!(
    struct MessageEvent<'a> {
        reaction_event: Within<Reaction<'a>>,
    }
);
object!(
    struct Reaction<'a> {
        emoji: Text<'a>,
        action: Text<'a>,
        message_id: Text<'a>,
    }
);

/// The message of a callback. One of ours, of another channel or of nobody cannot stand in a thread.
pub(super) fn read(raw: Raw<'_>, when: Option<Timestamp>) -> Update {
    let message: Message<'_> = inside(Some(raw)).unwrap_or_default();
    let ours = message.direction.filled().is_some_and(|way| !way.eq_ignore_ascii_case("TO_APP"));
    let sender = message.channel_identity.0.as_ref().and_then(|identity| sender(identity, &message.contact_id));
    let (Some(sender), false, Some(inner)) = (sender, ours, message.contact_message) else {
        return Update::Event(quiet("message", raw));
    };
    let body: ContactMessage<'_> = inside(Some(inner)).unwrap_or_default();
    let shown = shown(&body).unwrap_or_else(|| Shown::unsupported(&body));
    let quoted = body.reply_to.0.and_then(|reply| reply.message_id.owned());
    Update::Message(Box::new(Inbound {
        provider_id: message.id.owned().unwrap_or_else(|| fingerprint(raw.get().as_bytes())),
        sender,
        sent_at: instant(&message.accept_time).or(when),
        kind: shown.kind,
        text: shown.text,
        content: shown.content,
        media: shown.media,
        reply_to: quoted.or(shown.answers),
        forwarded: false,
        effect: Effect::Own,
        referral: None,
        raw: shown.keep_raw.then(|| mended(raw.get()).into_owned()),
    }))
}

/// What else a customer did: a reaction stands on its message, the rest is kept.
pub(super) fn event(raw: Raw<'_>, when: Option<Timestamp>) -> Update {
    let event: Happening<'_> = inside(Some(raw)).unwrap_or_default();
    let ours = event.direction.filled().is_some_and(|way| !way.eq_ignore_ascii_case("TO_APP"));
    let sender = event.channel_identity.0.as_ref().and_then(|identity| sender(identity, &event.contact_id));
    let reaction = event.contact_message_event.0.and_then(|event| event.reaction_event.0);
    let target = reaction.as_ref().and_then(|reaction| reaction.message_id.owned());
    let (Some(sender), Some(reaction), Some(target), false) = (sender, reaction, target, ours) else {
        return Update::Event(quiet("event", raw));
    };
    let off = reaction.action.filled().is_some_and(|action| action.to_ascii_uppercase().ends_with("UNREACT"));
    Update::Message(Box::new(Inbound {
        provider_id: event.id.owned().unwrap_or_else(|| fingerprint(raw.get().as_bytes())),
        sender,
        sent_at: instant(&event.accept_time).or(when),
        kind: Kind::Reaction,
        text: None,
        content: Content::Text,
        media: None,
        reply_to: None,
        forwarded: false,
        effect: Effect::React { target, emoji: reaction.emoji.owned().filter(|_| !off) },
        referral: None,
        raw: None,
    }))
}

/// An event without the words of the people in it.
fn quiet(name: &str, raw: Raw<'_>) -> pronto_domain::inbound::Event {
    const KEPT: &[&str] = &["id", "direction", "channel_identity.channel", "accept_time", "processing_mode"];
    let mut event = news(name, raw);
    event.facts.retain(|name, _| KEPT.contains(&name.as_str()));
    event
}

fn sender(identity: &Identity<'_>, contact: &Text<'_>) -> Option<Sender> {
    let id = identity.identity.filled().filter(|_| identity.is_whatsapp())?.trim();
    let digits = id.strip_prefix('+').unwrap_or(id);
    let is_number = digits.len() >= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some(match is_number {
        true => Sender { digits: Some(digits.to_owned()), profile_id: contact.owned(), ..Sender::default() },
        false => Sender { user_id: Some(id.to_owned()), profile_id: contact.owned(), ..Sender::default() },
    })
}

struct Shown {
    kind: Kind,
    text: Option<String>,
    content: Content,
    media: Option<Media>,
    /// The message of ours that was tapped on.
    answers: Option<String>,
    keep_raw: bool,
}

impl Shown {
    fn new(kind: Kind, text: Option<String>, content: Content) -> Self {
        Self { kind, text, content, media: None, answers: None, keep_raw: false }
    }

    fn unsupported(body: &ContactMessage<'_>) -> Self {
        let said = body.fallback_message.0.as_ref().and_then(|fallback| fallback.reason.0.as_ref()?.code.owned());
        let said = said.or_else(|| body.channel_specific_message.0.as_ref()?.message_type.owned());
        let name = said.unwrap_or_else(|| "unknown".to_owned()).chars().take(100).collect();
        Self { keep_raw: true, ..Self::new(Kind::Unsupported, None, Content::Unsupported { name }) }
    }
}

fn shown(body: &ContactMessage<'_>) -> Option<Shown> {
    if let Some(text) = body.text_message.0.as_ref().and_then(|text| text.text.0.as_ref()) {
        return Some(Shown::new(Kind::Text, Some(text.clone().into_owned()), Content::Text));
    }
    if let Some(file) = body.media_message.0.as_ref().or(body.media_card_message.0.as_ref()) {
        let (kind, media) = self::file(file)?;
        let shown = Shown::new(kind, file.caption.owned(), Content::Media);
        return Some(Shown { media: Some(media), ..shown });
    }
    if let Some(place) = &body.location_message.0 {
        let coordinates = place.coordinates.0.as_ref()?;
        let latitude = coordinates.latitude.decimal().filter(|degrees| degrees.abs() <= 90.0)?;
        let longitude = coordinates.longitude.decimal().filter(|degrees| degrees.abs() <= 180.0)?;
        let (name, address) = (place.title.owned(), place.label.owned());
        return Some(Shown::new(Kind::Location, None, Content::Location { latitude, longitude, name, address }));
    }
    if let Some(choice) = &body.choice_response_message.0 {
        return choice_of(choice);
    }
    if let Some(order) = &body.product_response_message.0 {
        return self::order(order);
    }
    let specific = body.channel_specific_message.0.as_ref()?;
    let form = reply::interactive(specific.message)?;
    Some(Shown { keep_raw: true, ..Shown::new(form.kind, form.text, form.content) })
}

/// Sinch names no title. What we send comes back as our id; what it makes up itself is `<message>_<title>`.
fn choice_of(choice: &Choice<'_>) -> Option<Shown> {
    let data = choice.postback_data.owned()?;
    let message = choice.message_id.owned();
    let made_up = message.as_deref().and_then(|id| data.strip_prefix(id)?.strip_prefix('_'));
    let title = made_up.filter(|title| !title.is_empty()).unwrap_or(&data).to_owned();
    let content = Content::Reply { title: title.clone(), description: None, id: Some(data) };
    Some(Shown { answers: message, ..Shown::new(Kind::Interactive, Some(title), content) })
}

fn order(order: &Order<'_>) -> Option<Shown> {
    let products = order.products.read::<Product<'_>>();
    let items: Vec<_> = products
        .map(|product| OrderItem {
            product: product.id.owned().unwrap_or_default(),
            quantity: product.quantity.number().unwrap_or(1),
            price: product.item_price.owned().unwrap_or_default(),
            currency: product.currency.owned().unwrap_or_default(),
        })
        .collect();
    let text = order.text.owned().or(order.title.owned());
    if items.is_empty() && text.is_none() {
        return None;
    }
    let content = Content::Order { text: text.clone(), items };
    Some(Shown { keep_raw: true, ..Shown::new(Kind::Order, text, content) })
}

/// Sinch says neither kind nor type: the address's ending does, until the bytes are here.
fn file(file: &File<'_>) -> Option<(Kind, Media)> {
    let url = file.url.owned()?;
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let named = file.filename_override.owned();
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending(last).or_else(|| named.as_deref().and_then(ending)).unwrap_or_default();
    let (kind, mime) = match ending.as_str() {
        "jpg" | "jpeg" => (Kind::Image, "image/jpeg"),
        "png" => (Kind::Image, "image/png"),
        "webp" => (Kind::Sticker, "image/webp"),
        "mp4" => (Kind::Video, "video/mp4"),
        "3gp" | "3gpp" => (Kind::Video, "video/3gpp"),
        "ogg" | "oga" | "opus" => (Kind::Voice, "audio/ogg"),
        "mp3" => (Kind::Audio, "audio/mpeg"),
        "m4a" => (Kind::Audio, "audio/mp4"),
        "aac" => (Kind::Audio, "audio/aac"),
        "amr" => (Kind::Audio, "audio/amr"),
        "pdf" => (Kind::Document, "application/pdf"),
        _ => (Kind::Document, "application/octet-stream"),
    };
    // A document's name is worth showing, that of a picture is the storage's.
    let name = named.or_else(|| Some(last.to_owned()).filter(|name| kind == Kind::Document && name.contains('.')));
    Some((kind, Media { id: None, url: Some(url), mime: mime.to_owned(), sha256: None, name, animated: false }))
}
