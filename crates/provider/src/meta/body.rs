//! The bodies of messages that every chat knows. Each answers `None` when it lacks what makes it such a message.

use pronto_domain::inbound::{Effect, Media};
use pronto_domain::message::{Content, Kind, OrderItem};

use super::message::Shown;
use crate::json::{List, Raw, Text, inside};

object!(
    struct TextBody<'a> {
        body: Text<'a>,
    }
);
object!(
    struct MediaBody<'a> {
        id: Text<'a>,
        url: Text<'a>,
        link: Text<'a>,
        mime_type: Text<'a>,
        sha256: Text<'a>,
        caption: Text<'a>,
        filename: Text<'a>,
        voice: Text<'a>,
        animated: Text<'a>,
    }
);
object!(
    struct LocationBody<'a> {
        latitude: Text<'a>,
        longitude: Text<'a>,
        name: Text<'a>,
        address: Text<'a>,
    }
);
object!(
    struct ReactionBody<'a> {
        message_id: Text<'a>,
        emoji: Text<'a>,
    }
);
object!(
    struct OrderBody<'a> {
        text: Text<'a>,
        product_items: List<'a>,
    }
);
object!(
    struct OrderLine<'a> {
        product_retailer_id: Text<'a>,
        quantity: Text<'a>,
        item_price: Text<'a>,
        currency: Text<'a>,
    }
);
object!(struct Unsupported<'a> { kind = "type": Text<'a> });
object!(
    struct Code<'a> {
        code: Text<'a>,
    }
);

pub(super) fn text(raw: Option<Raw<'_>>) -> Option<Shown> {
    let text: TextBody<'_> = inside(raw)?;
    let body = text.body.0?.into_owned();
    Some(Shown::new(Kind::Text, Content::Text).with_text(Some(body)))
}

/// A file; an audio recorded in the chat is a voice message.
pub(super) fn media(kind: Kind, raw: Option<Raw<'_>>) -> Option<Shown> {
    let body: MediaBody<'_> = inside(raw)?;
    let (id, url) = (body.id.owned(), body.url.owned().or(body.link.owned()));
    if id.is_none() && url.is_none() {
        return None;
    }
    let kind = if kind == Kind::Audio && body.voice.is_true() { Kind::Voice } else { kind };
    let media = Media {
        id,
        url,
        mime: body.mime_type.owned().unwrap_or_else(|| "application/octet-stream".into()),
        sha256: body.sha256.owned(),
        name: body.filename.owned(),
        animated: body.animated.is_true(),
    };
    Some(Shown::new(kind, Content::Media).with_text(body.caption.owned()).with_media(media))
}

pub(super) fn location(raw: Option<Raw<'_>>) -> Option<Shown> {
    let place: LocationBody<'_> = inside(raw)?;
    let latitude = place.latitude.decimal().filter(|degrees| degrees.abs() <= 90.0)?;
    let longitude = place.longitude.decimal().filter(|degrees| degrees.abs() <= 180.0)?;
    let (name, address) = (place.name.owned(), place.address.owned());
    Some(Shown::new(Kind::Location, Content::Location { latitude, longitude, name, address }))
}

/// Meta takes a reaction off with an empty emoji or with none.
pub(super) fn reaction(raw: Option<Raw<'_>>) -> Option<Shown> {
    let reaction: ReactionBody<'_> = inside(raw)?;
    let effect = Effect::React { target: reaction.message_id.owned()?, emoji: reaction.emoji.owned() };
    Some(Shown::new(Kind::Reaction, Content::Text).with_effect(effect))
}

pub(super) fn order(raw: Option<Raw<'_>>) -> Option<Shown> {
    let order: OrderBody<'_> = inside(raw)?;
    let lines = order.product_items.read::<OrderLine<'_>>();
    let items: Vec<_> = lines
        .map(|line| OrderItem {
            product: line.product_retailer_id.owned().unwrap_or_default(),
            quantity: line.quantity.number().unwrap_or(1),
            price: line.item_price.owned().unwrap_or_default(),
            currency: line.currency.owned().unwrap_or_default(),
        })
        .collect();
    let text = order.text.owned();
    if items.is_empty() && text.is_none() {
        return None;
    }
    // The catalogue's id is in the payload only.
    Some(Shown::new(Kind::Order, Content::Order { text: text.clone(), items }).with_text(text).with_raw())
}

/// What the provider says it could not pass on.
pub(super) fn why_unsupported(raw: Option<Raw<'_>>, errors: &List<'_>) -> String {
    /// A file of more than 100 MB.
    const TOO_LARGE: i64 = 131_052;
    let named = inside::<Unsupported<'_>>(raw).and_then(|body| body.kind.owned());
    let too_large = || errors.read::<Code<'_>>().any(|error| error.code.number() == Some(TOO_LARGE));
    named.unwrap_or_else(|| if too_large() { "media_too_large" } else { "unsupported" }.into())
}
