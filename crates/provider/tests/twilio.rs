//! Twilio: what its deliveries mean, whom we believe, what we send and what the answers mean.
#![expect(clippy::unwrap_used, reason = "a test")]

use pronto_domain::delivery::State;
use pronto_domain::inbound::{Inbound, Status, Update};
use pronto_domain::message::{Card, Content, Kind};
use pronto_domain::outbound::{Answer, Body, File, MediaKind, Next, Outgoing, Pace, Recipient};
use pronto_domain::provider::Provider;
use pronto_provider::twilio::signature::{Forged, Keys, Signed, sign, verify};
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

// ---- whom we believe ----

/// The parameters of Twilio's own example.
const URL: &str = "https://example.com/myapp?foo=1&bar=2";
const FORM: &str = "CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234&From=%2B14158675310&To=%2B18005551212";
const TOKEN: &str = "12345";

fn signed<'a>(url: &'a str, body: &'a str, signature: &'a str) -> Signed<'a> {
    let content_type = Some("application/x-www-form-urlencoded; charset=UTF-8");
    Signed { url, is_get: false, content_type, body: body.as_bytes(), signature: Some(signature), settings: None }
}

fn keys(primary: &str) -> Keys<'_> {
    Keys { tokens: [Some(primary), None], shared: None }
}

#[test]
fn twilios_own_example_is_believed() {
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    assert_eq!(sign(TOKEN, &signed(url, FORM, "")).unwrap(), "GvWf1cFY/Q7PnoempGyD5oXAezc=");
    assert_eq!(verify(keys(TOKEN), &signed(url, FORM, "GvWf1cFY/Q7PnoempGyD5oXAezc=")), Ok(()));
}

#[test]
fn either_spelling_of_the_port_is_believed_and_no_other() {
    let bare = "https://care.example/webhooks/twilio/a";
    let with = "https://care.example:443/webhooks/twilio/a";
    let signature = |url| sign(TOKEN, &signed(url, FORM, "")).unwrap();
    for (ours, theirs) in [(bare, bare), (bare, with), (with, bare), (with, with)] {
        assert_eq!(verify(keys(TOKEN), &signed(ours, FORM, &signature(theirs))), Ok(()), "{ours} {theirs}");
    }
    let odd = "https://care.example:8443/webhooks/twilio/a";
    assert_eq!(verify(keys(TOKEN), &signed(odd, FORM, &signature(bare))), Ok(()));
    assert_eq!(verify(keys(TOKEN), &signed(bare, FORM, &signature(odd))), Err(Forged::Mismatch));
    let fragment = format!("{bare}#rc=3&rp=all");
    assert_eq!(verify(keys(TOKEN), &signed(&fragment, FORM, &signature(bare))), Ok(()), "a fragment is not signed");
    for other in [
        "http://care.example/webhooks/twilio/a",
        "https://evil.example/webhooks/twilio/a",
        "https://care.example/webhooks/twilio/b",
        "https://care.example/webhooks/twilio/a?x=1",
        "https://care.example@evil.example/webhooks/twilio/a",
    ] {
        assert_eq!(verify(keys(TOKEN), &signed(bare, FORM, &signature(other))), Err(Forged::Mismatch), "{other}");
    }
}

#[test]
fn forgeries_are_refused() {
    let right = sign(TOKEN, &signed(URL, FORM, "")).unwrap();
    let check = |body: &str, signature: &str| verify(keys(TOKEN), &signed(URL, body, signature));
    assert_eq!(check(FORM, &right), Ok(()));
    let reordered = FORM.split('&').rev().collect::<Vec<_>>().join("&");
    assert_eq!(check(&reordered, &right), Ok(()), "the order is not signed");
    for body in [
        FORM.replace("1234", "1235"),
        format!("{FORM}&Extra=1"),
        FORM.replace("&Digits=1234", ""),
        FORM.replace("Digits", "digits"),
        FORM.replace("Digits=1234", "Digits=1234&Digits=9999"),
        String::new(),
    ] {
        assert_eq!(check(&body, &right), Err(Forged::Mismatch), "{body}");
    }
    assert_eq!(check(FORM, ""), Err(Forged::Missing));
    assert_eq!(check(FORM, "not base64!"), Err(Forged::Shape));
    assert_eq!(check(FORM, "AAAA"), Err(Forged::Mismatch));
    assert_eq!(check(FORM, &sign("guess", &signed(URL, FORM, "")).unwrap()), Err(Forged::Mismatch));
    assert_eq!(verify(Keys::default(), &signed(URL, FORM, &right)), Err(Forged::NoSecret));
    let empty = sign("", &signed(URL, FORM, "")).unwrap();
    assert_eq!(verify(keys(""), &signed(URL, FORM, &empty)), Err(Forged::NoSecret));
}

#[test]
fn both_tokens_are_believed_while_they_change_over() {
    let both = Keys { tokens: [Some("old"), Some("new")], shared: None };
    for token in ["old", "new"] {
        assert_eq!(verify(both, &signed(URL, FORM, &sign(token, &signed(URL, FORM, "")).unwrap())), Ok(()), "{token}");
    }
    let only_second = Keys { tokens: [None, Some("new")], shared: None };
    assert_eq!(verify(only_second, &signed(URL, FORM, &sign("new", &signed(URL, FORM, "")).unwrap())), Ok(()));
}

#[test]
fn a_get_has_its_query_signed_and_no_body() {
    let get = |body: &'static str| Signed { is_get: true, ..signed("https://care.example/w?Body=hi&From=x", body, "") };
    let right = sign(TOKEN, &get("")).unwrap();
    assert_eq!(verify(keys(TOKEN), &Signed { signature: Some(&right), ..get("") }), Ok(()));
    assert_eq!(verify(keys(TOKEN), &Signed { signature: Some(&right), ..get("a=b") }), Err(Forged::Body));
    // The same address and signature, with a body that nothing covers.
    for kind in [Some("application/json"), Some("text/plain")] {
        let posted = Signed { is_get: false, content_type: kind, signature: Some(&right), ..get("{\"Body\":\"x\"}") };
        assert_eq!(verify(keys(TOKEN), &posted), Err(Forged::Body), "{kind:?}");
    }
}

#[test]
fn a_json_body_is_covered_by_its_hash_in_the_address() {
    const BODY: &str = r#"{"MessageSid":"SM1"}"#;
    let wrong = format!("https://care.example/w?bodySHA256={}", sha256("{}"));
    assert_eq!(verify(keys(TOKEN), &signed(&wrong, BODY, "AAAA")), Err(Forged::Body));
    let right = format!("https://care.example/w?bodySHA256={}", sha256(BODY));
    let signature = sign(TOKEN, &signed(&right, BODY, "")).unwrap();
    let json = |body| Signed { content_type: Some("application/json"), ..signed(&right, body, &signature) };
    assert_eq!(verify(keys(TOKEN), &json(BODY)), Ok(()));
    assert_eq!(verify(keys(TOKEN), &json(r#"{"MessageSid":"SM2"}"#)), Err(Forged::Body));
    let upper = right.to_uppercase().replace("HTTPS", "https").replace("BODYSHA256", "bodySHA256");
    let signature = sign(TOKEN, &signed(&upper, BODY, "")).unwrap();
    assert_eq!(verify(keys(TOKEN), &signed(&upper, BODY, &signature)), Ok(()));
}

fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_shared_key_is_never_downgraded() {
    let shared = Keys { tokens: [Some(TOKEN), None], shared: Some(("SK1", "shared-secret")) };
    let settings = "key=SK1,algorithm=HMAC_SHA256";
    let stamped = |settings| Signed { settings, ..signed(URL, FORM, "") };
    let right = sign("shared-secret", &stamped(Some(settings))).unwrap();
    let check =
        |keys, settings, signature: &str| verify(keys, &Signed { signature: Some(signature), ..stamped(settings) });
    assert_eq!(check(shared, Some(settings), &right), Ok(()));
    assert_eq!(check(shared, Some(" algorithm=HMAC_SHA256 , key=SK1 "), &right), Ok(()));
    // SHA-1 under the token, with the header left out or lying.
    let old = sign(TOKEN, &stamped(None)).unwrap();
    assert_eq!(check(shared, None, &old), Err(Forged::Settings));
    assert_eq!(check(shared, Some(settings), &old), Err(Forged::Mismatch));
    for lie in [
        "key=SK1,algorithm=HMAC_SHA1",
        "key=SK2,algorithm=HMAC_SHA256",
        "key=SK1",
        "algorithm=HMAC_SHA256",
        "",
        "key=SK2,key=SK1,algorithm=HMAC_SHA256",
    ] {
        assert_eq!(check(shared, Some(lie), &right), Err(Forged::Settings), "{lie}");
    }
    // SHA-256 under the token, where no key is set up.
    let under_token = sign(TOKEN, &stamped(Some(settings))).unwrap();
    assert_eq!(check(keys(TOKEN), Some(settings), &under_token), Err(Forged::Settings));
    let empty = Keys { shared: Some(("SK1", "")), ..shared };
    assert_eq!(check(empty, Some(settings), &sign("", &stamped(Some(settings))).unwrap()), Err(Forged::NoSecret));
}

// ---- what we send ----

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

    #[test]
    fn one_changed_letter_breaks_a_signature(place in 0usize..110, letter in "[A-Za-z0-9]") {
        let right = sign(TOKEN, &signed(URL, FORM, "")).unwrap();
        let mut body = FORM.to_owned();
        let place = place % body.len();
        body.replace_range(place..=place, &letter);
        let same = url::form_urlencoded::parse(body.as_bytes()).collect::<Vec<_>>()
            == url::form_urlencoded::parse(FORM.as_bytes()).collect::<Vec<_>>();
        prop_assert_eq!(verify(keys(TOKEN), &signed(URL, &body, &right)).is_ok(), same);
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
