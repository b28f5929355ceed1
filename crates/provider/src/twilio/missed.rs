//! What customers wrote while nobody could be reached here. Twilio tells of a message once; afterwards it can be asked
//! for them: `GET /2010-04-01/Accounts/{AC}/Messages.json`. The list knows less than a webhook: no name, no place, and no
//! button that was tapped.

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::endpoint::Endpoint;
use super::form::address;
use super::write::get;
use crate::json::{List, Text};
use crate::request::Request;

/// Messages of a page: an answer of them all at full length stays under a mebibyte.
const PER_PAGE: usize = 100;

/// A customer's message in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub sid: String,
    pub at: Timestamp,
    pub has_files: bool,
    from: String,
    to: String,
    body: String,
}

/// A page of the list, newest first, and where the next one is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub items: Vec<Received>,
    pub next: Option<String>,
}

/// One of a message's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    pub url: String,
    pub mime: String,
}

object!(
    struct Listed<'a> {
        messages: List<'a>,
        next_page_uri: Text<'a>,
    }
);
object!(
    struct Message<'a> {
        sid: Text<'a>,
        direction: Text<'a>,
        from: Text<'a>,
        to: Text<'a>,
        body: Text<'a>,
        num_media: Text<'a>,
        date_sent: Text<'a>,
        date_created: Text<'a>,
    }
);
object!(
    struct Files<'a> {
        media_list: List<'a>,
    }
);
object!(
    struct FileOf<'a> {
        sid: Text<'a>,
        content_type: Text<'a>,
    }
);

/// Asks for what came to a number (its digits) since then: the first page, or the one that a page named.
pub fn list_received(endpoint: &Endpoint, number: &str, since: Timestamp, next: Option<&str>) -> Request {
    let url = match next {
        Some(path) => format!("{}{path}", endpoint.base_url.trim_end_matches('/')),
        None => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("To", &format!("whatsapp:+{number}"));
            query.append_pair("DateSent>", &since.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
            query.append_pair("PageSize", &PER_PAGE.to_string());
            format!("{}?{}", endpoint.url("/Messages.json"), query.finish())
        }
    };
    get(endpoint, url)
}

/// The answer to [`list_received`]; `None` if it is no list.
pub fn read_received(body: &[u8]) -> Option<Page> {
    let listed: Listed<'_> = serde_json::from_slice(body).ok()?;
    let messages = listed.messages.read::<Message<'_>>();
    let items = messages.filter_map(|message| {
        // Ours, and what is not of WhatsApp, has other senders.
        let inbound = message.direction.filled().is_some_and(|way| way.eq_ignore_ascii_case("inbound"));
        let from = message.from.owned().filter(|from| inbound && address(from).is_some())?;
        let at = instant(&message.date_sent).or_else(|| instant(&message.date_created))?;
        Some(Received {
            sid: message.sid.owned()?,
            at,
            has_files: message.num_media.number().is_some_and(|count| count > 0),
            from,
            to: message.to.owned()?,
            body: message.body.owned().unwrap_or_default(),
        })
    });
    // It leads on at the same host, and nowhere else.
    let next = listed.next_page_uri.owned().filter(|path| path.starts_with('/') && !path.starts_with("//"));
    Some(Page { items: items.collect(), next })
}

/// Asks for the files of a message.
pub fn list_files(endpoint: &Endpoint, message: &str) -> Request {
    let sid: String = url::form_urlencoded::byte_serialize(message.as_bytes()).collect();
    get(endpoint, endpoint.url(&format!("/Messages/{sid}/Media.json")))
}

/// The answer to [`list_files`]; `None` if it is no list.
pub fn read_files(endpoint: &Endpoint, message: &str, body: &[u8]) -> Option<Vec<Attached>> {
    let files: Files<'_> = serde_json::from_slice(body).ok()?;
    let files = files.media_list.read::<FileOf<'_>>().filter_map(|file| {
        let sid = file.sid.filled().filter(|sid| sid.bytes().all(|byte| byte.is_ascii_alphanumeric()))?;
        let url = endpoint.url(&format!("/Messages/{message}/Media/{sid}"));
        Some(Attached { url, mime: file.content_type.owned().unwrap_or_default() })
    });
    Some(files.collect())
}

impl Received {
    /// The webhook that did not come, as far as the list tells it; `DateSent` is our own addition.
    pub fn webhook(&self, files: &[Attached]) -> Vec<u8> {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("MessageSid", &self.sid)
            .append_pair("SmsStatus", "received")
            .append_pair("From", &self.from)
            .append_pair("To", &self.to)
            .append_pair("Body", &self.body)
            .append_pair("DateSent", &self.at.to_string())
            .append_pair("NumMedia", &files.len().to_string());
        for (place, file) in files.iter().enumerate() {
            form.append_pair(&format!("MediaUrl{place}"), &file.url);
            form.append_pair(&format!("MediaContentType{place}"), &file.mime);
        }
        form.finish().into_bytes()
    }
}

fn instant(text: &Text<'_>) -> Option<Timestamp> {
    rfc2822::parse(text.filled()?).ok().map(|at| at.timestamp())
}
