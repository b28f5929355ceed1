//! Contacts that a customer shares.

use pronto_domain::message::{Card, Content, Kind};

use super::message::Shown;
use crate::json::{List, Raw, Text, Within};

object!(
    struct CardBody<'a> {
        name: Within<Name<'a>>,
        phones: List<'a>,
        emails: List<'a>,
        org: Within<Organisation<'a>>,
    }
);
object!(
    struct Name<'a> {
        formatted_name: Text<'a>,
        first_name: Text<'a>,
        middle_name: Text<'a>,
        last_name: Text<'a>,
    }
);
object!(
    struct Phone<'a> {
        phone: Text<'a>,
        wa_id: Text<'a>,
    }
);
object!(
    struct Email<'a> {
        email: Text<'a>,
    }
);
object!(
    struct Organisation<'a> {
        company: Text<'a>,
    }
);

pub(crate) fn read(raw: Option<Raw<'_>>) -> Option<Shown> {
    let list: List<'_> = serde_json::from_str(raw?.get()).ok()?;
    let cards: Vec<_> = list.read::<CardBody<'_>>().map(card).collect();
    // Addresses, links and birthdays are in the payload only.
    (!cards.is_empty()).then(|| Shown::new(Kind::Contacts, Content::Contacts { cards }).with_raw())
}

fn card(card: CardBody<'_>) -> Card {
    let phones = card.phones.read::<Phone<'_>>();
    let phones: Vec<_> = phones.filter_map(|phone| phone.phone.owned().or(phone.wa_id.owned())).collect();
    let emails: Vec<_> = card.emails.read::<Email<'_>>().filter_map(|email| email.email.owned()).collect();
    let organisation = card.org.0.and_then(|org| org.company.owned());
    let name = card
        .name
        .0
        .and_then(|name| name.whole())
        .or(organisation.clone())
        .or(phones.first().cloned())
        .or(emails.first().cloned());
    Card { name: name.unwrap_or_default(), phones, emails, organisation }
}

impl Name<'_> {
    fn whole(&self) -> Option<String> {
        let parts = [&self.first_name, &self.middle_name, &self.last_name];
        let parts: Vec<_> = parts.iter().filter_map(|part| part.filled()).collect();
        self.formatted_name.owned().or((!parts.is_empty()).then(|| parts.join(" ")))
    }
}
