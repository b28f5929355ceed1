//! Who is who in a delivery: the `contacts` beside the messages.

use pronto_domain::inbound::Sender;

use crate::json::{List, Text, Within};

object!(
    struct Contact<'a> {
        wa_id: Text<'a>,
        user_id: Text<'a>,
        profile: Within<Profile<'a>>,
        username: Text<'a>,
    }
);
object!(
    struct Profile<'a> {
        name: Text<'a>,
        username: Text<'a>,
    }
);

/// The people a value names.
pub(super) struct People<'a>(Vec<Contact<'a>>);

impl<'a> People<'a> {
    pub(super) fn read(contacts: &List<'a>) -> Self {
        Self(contacts.read().collect())
    }

    /// The sender of the message at `place`, by what the message itself says. A contact is theirs if its number or
    /// user id is; its place in the list proves nothing. `None` if nobody can be named.
    pub(super) fn sender(&self, from: &Text<'_>, user_id: &Text<'_>, place: usize) -> Option<Sender> {
        let mut sender = Sender { user_id: user_id.owned(), ..Sender::default() };
        if let Some(from) = from.filled() {
            match digits(from) {
                Some(digits) => sender.digits = Some(digits),
                // Not a number, so an id of another kind.
                None if sender.user_id.is_none() => sender.user_id = Some(from.to_owned()),
                None => {}
            }
        }
        if let Some(contact) = self.find(&sender, place) {
            let digits = contact.wa_id.filled().and_then(digits);
            sender.digits = sender.digits.or(digits);
            sender.user_id = sender.user_id.or(contact.user_id.owned());
            let profile = contact.profile.0.as_ref();
            sender.profile_name = profile.and_then(|profile| profile.name.owned());
            let username = profile.and_then(|profile| profile.username.filled()).or(contact.username.filled());
            sender.username = username.map(|name| format!("@{}", name.trim_start_matches('@')));
        }
        (sender.digits.is_some() || sender.user_id.is_some()).then_some(sender)
    }

    fn find(&self, sender: &Sender, place: usize) -> Option<&Contact<'a>> {
        let is_theirs = |contact: &&Contact<'_>| {
            let number = contact.wa_id.filled();
            let same_number = sender.digits.is_some() && number.and_then(digits) == sender.digits;
            let same_id = sender.user_id.is_some() && contact.user_id.filled() == sender.user_id.as_deref();
            same_number || same_id
        };
        // The contact usually stands where the message does: a guess that keeps long batches fast.
        let guess = self.0.get(place).filter(is_theirs);
        guess.or_else(|| self.0.iter().find(is_theirs)).or_else(|| self.only(sender))
    }

    /// The only contact there is, where either side has nothing to compare.
    fn only(&self, sender: &Sender) -> Option<&Contact<'a>> {
        let [contact] = self.0.as_slice() else { return None };
        let nameless = sender.digits.is_none() && sender.user_id.is_none();
        let bare = contact.wa_id.filled().is_none() && contact.user_id.filled().is_none();
        (nameless || bare).then_some(contact)
    }
}

/// The digits of a number in any spelling; `None` if it is no number.
pub(super) fn digits(number: &str) -> Option<String> {
    let is_noise = |c: char| matches!(c, '+' | ' ' | '-' | '(' | ')' | '.' | '\u{a0}');
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        return (!number.is_empty()).then(|| number.to_owned());
    }
    let digits: String = number.chars().filter(|c| !is_noise(*c)).collect();
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Text<'_> {
        Text(Some(value.into()))
    }

    fn sender(contacts: &str, from: &str, user_id: &str, place: usize) -> Option<Sender> {
        let list: List<'_> = serde_json::from_str(contacts).expect("JSON");
        People::read(&list).sender(&text(from), &text(user_id), place)
    }

    #[test]
    fn a_contact_is_found_by_number_or_user_id_not_by_place() {
        let two = r#"[{"wa_id":"39333","profile":{"name":"Ada"}},{"user_id":"IT.2","profile":{"name":"Bob","username":"bob"}}]"#;
        let ada = sender(two, "39333", "", 1).expect("a sender");
        assert_eq!((ada.profile_name.as_deref(), ada.user_id), (Some("Ada"), None));
        let bob = sender(two, "", "IT.2", 0).expect("a sender");
        assert_eq!((bob.profile_name.as_deref(), bob.username.as_deref()), (Some("Bob"), Some("@bob")));
        assert_eq!(sender(two, "39444", "", 0).expect("a sender").profile_name, None);
        assert_eq!(sender(two, "", "", 0), None);
    }

    #[test]
    fn an_only_contact_names_a_message_that_names_nobody() {
        let one = r#"[{"wa_id":39333,"user_id":"IT.1","profile":null}]"#;
        let named = sender(one, "", "", 0).expect("a sender");
        assert_eq!((named.digits.as_deref(), named.user_id.as_deref()), (Some("39333"), Some("IT.1")));
        // Somebody else's contact lends no name.
        let other = sender(r#"[{"wa_id":"39333","profile":{"name":"Ada"}}]"#, "39444", "", 0).expect("a sender");
        assert_eq!(other.profile_name, None);
        assert_eq!(
            sender(r#"[{"profile":{"name":"Ada"}}]"#, "39444", "", 0).expect("a sender").profile_name.as_deref(),
            Some("Ada")
        );
    }

    #[test]
    fn numbers_in_any_spelling() {
        assert_eq!(digits("+39 (333) 11-22").as_deref(), Some("393331122"));
        assert_eq!(digits("US.1349"), None);
        assert_eq!(digits(""), None);
        assert_eq!(digits("+"), None);
    }
}
