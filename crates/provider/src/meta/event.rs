//! News that is neither a message nor a status, as flat facts.

use std::collections::BTreeMap;

use pronto_domain::inbound::Event;

use super::fault;
use crate::facts::{cut, facts};
use crate::json::{List, Raw, Text, Within, inside};

object!(
    struct News<'a> {
        event: Text<'a>,
        decision: Text<'a>,
        new_quality_score: Text<'a>,
        alert_info: Within<Alert<'a>>,
        errors: List<'a>,
    }
);
object!(
    struct Alert<'a> {
        alert_type: Text<'a>,
    }
);

/// Any change of any field.
pub(super) fn read(name: &str, raw: Option<Raw<'_>>) -> Event {
    let news: News<'_> = inside(raw).unwrap_or_default();
    let alert = news.alert_info.0.unwrap_or_default();
    let sub = [&news.event, &news.decision, &news.new_quality_score, &alert.alert_type];
    Event {
        name: name.to_owned(),
        sub: sub.into_iter().find_map(Text::owned),
        errors: fault::all(&news.errors),
        facts: facts(raw),
    }
}

/// The errors of a value that belong to none of its messages.
pub(super) fn errors(name: &str, list: &List<'_>) -> Event {
    let errors = fault::all(list);
    // What is no error object is kept as it stands.
    let facts = if errors.is_empty() {
        list.0.first().map(|raw| facts(Some(raw))).unwrap_or_default()
    } else {
        BTreeMap::new()
    };
    Event { name: name.to_owned(), sub: None, errors, facts }
}

/// Something that could not be understood: the trouble in words. An object is not repeated here, because people's
/// words may be in it; the delivery itself is kept by whoever received it.
pub(super) fn trouble(name: &str, trouble: &str, raw: Option<Raw<'_>>) -> Event {
    let mut facts = BTreeMap::from([("trouble".to_owned(), trouble.to_owned())]);
    if let Some(raw) = raw.filter(|raw| !raw.get().starts_with('{')) {
        facts.insert("payload".into(), cut(raw.get()));
    }
    Event { name: name.to_owned(), sub: Some("unreadable".into()), errors: Vec::new(), facts }
}
