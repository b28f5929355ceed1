//! What the business itself wrote with the WhatsApp Business app on its phone.

use pronto_domain::inbound::Event;

use super::fault;
use crate::json::{List, Raw, Text};

object!(struct Echo<'a> {
    id: Text<'a>,
    from: Text<'a>,
    to: Text<'a>,
    timestamp: Text<'a>,
    kind = "type": Text<'a>,
    errors: List<'a>,
});

/// An event `smb_message_echoes` with the message's type as `sub`; what was written is in the delivery only.
pub(super) fn read(raw: Raw<'_>) -> Event {
    let echo: Echo<'_> = serde_json::from_str(raw.get()).unwrap_or_default();
    let facts = [("id", &echo.id), ("from", &echo.from), ("to", &echo.to), ("timestamp", &echo.timestamp)];
    Event {
        name: "smb_message_echoes".into(),
        sub: echo.kind.owned(),
        errors: fault::all(&echo.errors),
        facts: facts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.owned()?))).collect(),
    }
}
