//! Twilio: what its deliveries mean, what we send and what the answers mean.
#![expect(clippy::unwrap_used, reason = "a test")]

use pronto_domain::delivery::State;
use pronto_domain::inbound::{Inbound, Status, Update};
use pronto_domain::message::{Card, Content, Kind};
use pronto_domain::outbound::{Answer, Body, File, MediaKind, Next, Outgoing, Pace, Recipient};
use pronto_domain::provider::Provider;
use pronto_provider::twilio::{self, Endpoint};
use pronto_provider::{self as provider, Malformed, Unsendable, request};
use proptest::prelude::*;

const BASE: &[(&str, &str)] = &[
    ("MessageSid", "SM1"),
    ("SmsStatus", "received"),
    ("From", "whatsapp:+393331234567"),
    ("To", "whatsapp:+14155238886"),
    ("WaId", "393331234567"),
    ("ProfileName", "Maria"),
    ("NumMedia", "0"),
];

fn encoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn updates(beside: &[(&str, &str)]) -> Vec<Update> {
    let fields: Vec<_> = BASE.iter().chain(beside).copied().collect();
    let batch = twilio::read(encoded(&fields).as_bytes()).unwrap();
    batch.items.into_iter().map(|item| item.update).collect()
}

fn message(beside: &[(&str, &str)]) -> Inbound {
    match updates(beside).remove(0) {
        Update::Message(message) => *message,
        other => panic!("{other:?}"),
    }
}

fn status(fields: &[(&str, &str)]) -> Update {
    twilio::read(encoded(fields).as_bytes()).unwrap().items.remove(0).update
}

#[test]
fn a_text_with_who_wrote_it_and_what_it_answers() {
    let text = message(&[
        ("Body", "ciao 🙏🏽 &co"),
        ("OriginalRepliedMessageSid", "SM0"),
        ("Forwarded", "true"),
        ("ReferralHeadline", "Lamps"),
    ]);
    assert_eq!((text.kind, text.text.as_deref()), (Kind::Text, Some("ciao 🙏🏽 &co")));
    assert_eq!((text.provider_id.as_str(), text.reply_to.as_deref()), ("SM1", Some("SM0")));
    assert_eq!(text.sender.digits.as_deref(), Some("393331234567"));
    assert_eq!(text.sender.profile_name.as_deref(), Some("Maria"));
    assert!(text.forwarded && text.raw.is_some());
    assert_eq!(text.referral.as_deref(), Some("Lamps"));
    let item = twilio::read(encoded(BASE).as_bytes()).unwrap().items.remove(0);
    assert_eq!(item.number.as_deref(), Some("14155238886"));
}

#[test]
fn files_of_every_kind() {
    for (mime, kind) in [
        ("image/jpeg", Kind::Image),
        ("image/webp", Kind::Sticker),
        ("video/mp4", Kind::Video),
        ("audio/ogg; codecs=opus", Kind::Voice),
        ("audio/mpeg", Kind::Audio),
        ("application/pdf", Kind::Document),
        ("text/vcard", Kind::Document),
        ("", Kind::Document),
    ] {
        let file =
            message(&[("NumMedia", "1"), ("MediaUrl0", "https://api.twilio.com/m"), ("MediaContentType0", mime)]);
        assert_eq!((file.kind, &file.content), (kind, &Content::Media), "{mime}");
        assert_eq!(file.media.unwrap().url.as_deref(), Some("https://api.twilio.com/m"));
    }
    let file = |body| {
        let url = ("MediaUrl0", "https://api.twilio.com/m");
        message(&[url, ("MediaContentType0", "application/pdf"), ("Body", body)])
    };
    let named = file("offer 2026.pdf");
    assert_eq!((named.media.unwrap().name.as_deref(), named.text), (Some("offer 2026.pdf"), None));
    let worded = file("here is the offer.");
    assert_eq!((worded.media.unwrap().name, worded.text.as_deref()), (None, Some("here is the offer.")));
    let two = updates(&[("MediaUrl0", "https://a.example/0"), ("MediaUrl1", "https://a.example/1"), ("Body", "both")]);
    let ids: Vec<_> = two
        .iter()
        .map(|update| if let Update::Message(message) = update { message.provider_id.as_str() } else { "" })
        .collect();
    assert_eq!(ids, ["SM1", "SM1#1"]);
}

#[test]
fn places_buttons_lists_and_what_nobody_knows() {
    let place = message(&[("Latitude", "45.46"), ("Longitude", "9.19"), ("Label", "Duomo"), ("Address", "Piazza")]);
    let at = Content::Location {
        latitude: 45.46,
        longitude: 9.19,
        name: Some("Duomo".into()),
        address: Some("Piazza".into()),
    };
    assert_eq!((place.kind, place.content), (Kind::Location, at));
    let button = message(&[("Body", "Yes"), ("ButtonText", "Yes"), ("ButtonPayload", "yes-1")]);
    let reply = |title: &str, id: &str| Content::Reply { title: title.into(), description: None, id: Some(id.into()) };
    assert_eq!((button.kind, button.content), (Kind::Button, reply("Yes", "yes-1")));
    let list = message(&[("ListTitle", "Monday"), ("ListId", "mon")]);
    assert_eq!((list.kind, list.content), (Kind::Interactive, reply("Monday", "mon")));
    let form = message(&[("InteractiveData", r#"{"name":"Maria","flow_token":"x"}"#)]);
    assert!(matches!(form.content, Content::Form { answers, .. } if answers.len() == 1 && answers[0].value == "Maria"));
    let odd = message(&[("MessageType", "order")]);
    assert_eq!((odd.kind, odd.content), (Kind::Unsupported, Content::Unsupported { name: "order".into() }));
    assert!(odd.raw.is_some());
    assert_eq!(message(&[("Latitude", "91"), ("Longitude", "0"), ("Body", "hi")]).kind, Kind::Text);
}

#[test]
fn senders_without_a_number_and_other_channels() {
    let hidden = |from| {
        let fields = [("MessageSid", "SM1"), ("From", from), ("WaId", "393331234567"), ("Body", "hi")];
        twilio::read(encoded(&fields).as_bytes()).unwrap().items.remove(0).update
    };
    let Update::Message(message) = hidden("whatsapp:IT.1349") else { panic!("a message") };
    assert_eq!(message.sender.user_id.as_deref(), Some("IT.1349"));
    assert_eq!(message.sender.digits.as_deref(), Some("393331234567"));
    for other in ["+393331234567", "messenger:12345678"] {
        assert!(matches!(hidden(other), Update::Event(_)), "{other}");
    }
    let metadata = r#"{"type":"whatsapp","data":{"context":{"ProfileName":"Maria R","WaId":"39"}}}"#;
    let fields =
        [("MessageSid", "SM1"), ("From", "whatsapp:+393331234567"), ("Body", "x"), ("ChannelMetadata", metadata)];
    let Update::Message(message) = status(&fields) else { panic!("a message") };
    assert_eq!(message.sender.profile_name.as_deref(), Some("Maria R"));
}

#[test]
fn every_word_of_a_status() {
    let told = |word: &str, beside: &[(&str, &str)]| {
        let mut fields = vec![("MessageSid", "SM9"), ("MessageStatus", word), ("To", "whatsapp:+393331234567")];
        fields.extend(beside);
        status(&fields)
    };
    for (word, state) in [
        ("queued", State::Accepted),
        ("accepted", State::Accepted),
        ("scheduled", State::Accepted),
        ("sending", State::Accepted),
        ("sent", State::Sent),
        ("partially_delivered", State::Sent),
        ("delivered", State::Delivered),
        ("read", State::Read),
        ("failed", State::Failed),
        ("undelivered", State::Failed),
        ("canceled", State::Failed),
    ] {
        let Update::Status(Status { state: seen, provider_id, recipient, .. }) = told(word, &[]) else {
            panic!("{word}")
        };
        assert_eq!((seen, provider_id.as_str(), recipient.as_deref()), (state, "SM9", Some("393331234567")), "{word}");
    }
    let beside = [("ErrorCode", "63016"), ("ErrorMessage", "outside"), ("attempt", "a:1")];
    let Update::Status(failed) = told("undelivered", &beside) else { panic!("a status") };
    let error = failed.failure.unwrap();
    assert_eq!(
        (error.code.number(), error.title.as_str(), failed.opaque.as_deref()),
        (Some(63016), "outside", Some("a:1"))
    );
    assert_eq!(provider::meaning(Provider::Twilio, &error.code).next, Next::Template);
    assert_eq!(provider::message_code(Provider::Twilio, &error.code), "twilio.63016");
    assert!(matches!(told("of_tomorrow", &[]), Update::Event(_)));
    let Update::Status(read) = told("delivered", &[("EventType", "READ")]) else { panic!("a status") };
    assert_eq!(read.state, State::Read);
}

#[test]
fn what_is_no_delivery_is_named() {
    assert_eq!(twilio::read(b""), Err(Malformed::Empty));
    assert_eq!(twilio::read(b"a=b"), Err(Malformed::Strange));
    assert!(matches!(twilio::read(b"{"), Err(Malformed::NotJson(_))));
    assert!(twilio::read(br#"{"MessageSid":"SM1","From":"whatsapp:+393331234567","Body":"hi"}"#).is_ok());
}

fn endpoint() -> Endpoint {
    Endpoint {
        base_url: "https://api.twilio.com".into(),
        account_sid: "AC1".into(),
        key_sid: None,
        secret: "token".to_owned().into(),
        sender: "14155238886".into(),
        status_callback: Some("https://care.example/webhooks/twilio/a".into()),
        media_hosts: vec![],
    }
}

fn outgoing(body: Body) -> Outgoing {
    let to = Recipient { digits: Some("393331234567".into()), user_id: None };
    Outgoing { to, body, reply_to: None, opaque: Some("a 1".into()) }
}

fn fields(message: &Outgoing) -> Vec<(&'static str, String)> {
    match twilio::write(message, &endpoint()).unwrap().body {
        request::Body::Form(fields) => fields,
        other => panic!("{other:?}"),
    }
}

fn text(text: &str) -> Outgoing {
    outgoing(Body::Text { text: text.into(), preview_url: false })
}

fn file(media: MediaKind, caption: Option<&str>) -> Outgoing {
    let file = File::Link("https://care.example/files/x/a.jpg".into());
    outgoing(Body::Media { media, file, caption: caption.map(Into::into), filename: None, voice: false })
}

#[test]
fn messages_become_forms() {
    let request = twilio::write(&text("hi"), &endpoint()).unwrap();
    assert_eq!(request.url, "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json");
    assert!(!format!("{request:?}").contains("token"));
    let callback = ("StatusCallback", "https://care.example/webhooks/twilio/a?attempt=a+1".to_owned());
    let head = [("From", "whatsapp:+14155238886".to_owned()), ("To", "whatsapp:+393331234567".into())];
    assert_eq!(fields(&text("hi")), [&head[..], &[("Body", "hi".into()), callback.clone()]].concat());
    let link = ("MediaUrl", "https://care.example/files/x/a.jpg".to_owned());
    assert_eq!(fields(&file(MediaKind::Image, Some("look")))[2..4], [("Body", "look".into()), link]);
    let place = Body::Location { latitude: 45.46, longitude: 9.19, name: Some("Duo|mo".into()), address: None };
    let action = ("PersistentAction", "geo:45.46,9.19|Duo mo".to_owned());
    assert_eq!(fields(&outgoing(place))[2..4], [("Body", "Duo mo".into()), action]);
    let service = Endpoint { sender: "MG1".into(), status_callback: None, ..endpoint() };
    let request::Body::Form(fields) = twilio::write(&text("hi"), &service).unwrap().body else { panic!("a form") };
    assert_eq!((fields[0].clone(), fields.len()), (("MessagingServiceSid", "MG1".into()), 3));
}

#[test]
fn what_twilio_cannot_send_never_leaves() {
    let refused = |message: Outgoing| twilio::write(&message, &endpoint()).unwrap_err();
    let long = Unsendable::TooLong { field: "text", limit: 1600, length: 1601 };
    assert_eq!(refused(text(&"è".repeat(1601))), long);
    assert_eq!(refused(text(" ")), Unsendable::Empty { field: "text" });
    let captioned = Unsendable::NotWith { field: "caption", with: "document" };
    assert_eq!(refused(file(MediaKind::Document, Some("x"))), captioned);
    let kept = Body::Media {
        media: MediaKind::Image,
        file: File::Uploaded("1".into()),
        caption: None,
        filename: None,
        voice: false,
    };
    assert_eq!(refused(outgoing(kept)), Unsendable::NotUploaded);
    assert_eq!(refused(Outgoing { to: Recipient::default(), ..text("x") }), Unsendable::NoRecipient);
    let card = Card { name: "A".into(), phones: vec![], emails: vec![], organisation: None };
    for body in [Body::Reaction { target: "x".into(), emoji: None }, Body::Contacts { cards: vec![card] }] {
        assert!(matches!(refused(outgoing(body)), Unsendable::NotHere { provider: Provider::Twilio, .. }));
    }
    let quoting = Outgoing { reply_to: Some("SM1".into()), ..text("x") };
    assert!(matches!(refused(quoting), Unsendable::NotHere { .. }));
}

#[test]
fn answers_are_told_apart() {
    let answer = |status, body: &str| twilio::answered(status, Some("7"), body.as_bytes());
    let accepted = answer(201, r#"{"sid":"SM7","status":"queued","error_code":null,"num_media":"0"}"#);
    assert!(matches!(accepted, Answer::Accepted { provider_id, .. } if provider_id == "SM7"));
    let Answer::Failed { error, trouble } = answer(400, r#"{"code":21211,"message":"The 'To' number","status":400}"#)
    else {
        panic!("failed")
    };
    assert_eq!((error.code.number(), error.title.as_str(), trouble), (Some(21211), "The 'To' number", None));
    let Answer::Retry { pace, after, .. } = answer(429, r#"{"code":20429,"message":"busy"}"#) else { panic!("retry") };
    assert_eq!((pace, after.map(|wait| wait.as_secs())), (Pace::Throttle, Some(7)));
    assert!(matches!(answer(503, "oops"), Answer::Retry { .. }));
    assert!(matches!(answer(401, r#"{"code":20003}"#), Answer::Failed { trouble: Some(_), .. }));
    assert!(matches!(answer(504, "gateway"), Answer::Unknown { .. }));
    assert!(matches!(answer(201, "{}"), Answer::Unknown { .. }));
    assert!(matches!(answer(201, r#"{"sid":"SM7","status":"failed","error_code":63016}"#), Answer::Failed { .. }));
}

#[test]
fn the_secret_goes_to_twilios_api_alone() {
    let fetch = |url: &str| endpoint().fetch(url).map(|request| request.authorization.is_some());
    assert_eq!(fetch("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1").ok(), Some(true));
    assert_eq!(fetch("https://mms.twiliocdn.com/AC1/x?Signature=y").ok(), Some(false));
    assert_eq!(fetch("https://s3-external-1.amazonaws.com/media.twiliocdn.com/x").ok(), Some(false));
    for stranger in ["https://evil.example/x", "http://api.twilio.com/x", "https://api.twilio.com.evil.example/x"] {
        assert!(fetch(stranger).is_err(), "{stranger}");
    }
    let whole = provider::Endpoint::Twilio(endpoint());
    let next = whole.follow("https://api.twilio.com/m", "https://mms.twiliocdn.com/x").unwrap().unwrap();
    assert!(next.authorization.is_none());
    let home = whole.follow("https://api.twilio.com/m", "/elsewhere").unwrap().unwrap();
    assert_eq!((home.url.as_str(), home.authorization.is_some()), ("https://api.twilio.com/elsewhere", false));
    assert!(whole.follow("https://api.twilio.com/m", "http://169.254.169.254/").unwrap().is_err());
}

#[test]
fn what_was_missed_is_listed_and_leads_nowhere_else() {
    let list = |next: &str| {
        let body = serde_json::json!({ "messages": [
            { "sid": "SM1", "direction": "inbound", "from": "whatsapp:+39333", "to": "whatsapp:+14155238886",
              "body": "caf\u{e9} & tea", "num_media": "0", "date_sent": "Mon, 23 Nov 2026 10:00:00 +0000" },
            { "sid": "SM2", "direction": "inbound", "from": "whatsapp:+39333", "to": "whatsapp:+14155238886" },
            { "sid": "SM3", "direction": "outbound-reply", "from": "whatsapp:+39333", "to": "whatsapp:+1",
              "date_sent": "Mon, 23 Nov 2026 10:00:00 +0000" },
            "nonsense",
        ], "next_page_uri": next });
        twilio::missed::read_received(body.to_string().as_bytes()).unwrap()
    };
    let page = list("/2010-04-01/Accounts/AC1/Messages.json?Page=1");
    assert_eq!(page.items.len(), 1, "without a time, or of ours: not listed");
    assert_eq!(page.items[0].at, "2026-11-23T10:00:00Z".parse().unwrap());
    assert!(page.next.is_some());
    for elsewhere in ["https://evil.example/", "//evil.example/", "evil", ""] {
        assert_eq!(list(elsewhere).next, None, "{elsewhere}");
    }
    // Read as a webhook, it says the same, and when it was written.
    let webhook = page.items[0].webhook(&[]);
    let Update::Message(read) = twilio::read(&webhook).unwrap().items.remove(0).update else { panic!("no message") };
    assert_eq!((read.provider_id.as_str(), read.text.as_deref()), ("SM1", Some("caf\u{e9} & tea")));
    assert_eq!(read.sent_at, Some(page.items[0].at));
    assert_eq!(twilio::missed::read_received(b"<html>"), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>) {
        let _ = twilio::read(&bytes);
    }

    #[test]
    fn any_form_is_read_and_can_be_stored(fields in prop::collection::vec((prop::sample::select(NAMES), ".{0,12}"), 0..8)) {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if let Ok(batch) = twilio::read(encoded(&fields).as_bytes()) {
            let told = format!("{batch:?}");
            prop_assert!(!told.contains("\\0"));
        }
    }

    #[test]
    fn what_is_sent_is_what_its_own_reading_finds(body in "[^\\x00\\r\\n]{1,1600}") {
        prop_assume!(!body.trim().is_empty());
        let sent: String = fields(&text(&body)).into_iter().find(|(name, _)| *name == "Body").unwrap().1;
        let back = message(&[("Body", &sent)]);
        prop_assert_eq!(back.text.as_deref(), Some(body.as_str()));
    }
}

const NAMES: &[&str] = &[
    "MessageSid",
    "From",
    "To",
    "Body",
    "NumMedia",
    "MediaUrl0",
    "MediaContentType0",
    "MessageStatus",
    "SmsStatus",
    "ErrorCode",
    "Latitude",
    "Longitude",
    "ButtonText",
    "ListTitle",
    "InteractiveData",
    "ChannelMetadata",
    "MessageType",
];
