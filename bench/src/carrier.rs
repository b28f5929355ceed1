//! One text message as each provider delivers it, with the proof each provider brings.

use anyhow::{Result, anyhow};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::ValueEnum;
use pronto_desk::act::account;
use pronto_domain::provider::{Connection, Provider, Version};
use pronto_provider::{meta, sinch, twilio};
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::server::{ACCOUNT, NUMBER, SECRET};

/// Where the desk is reached, as entered at the provider.
const PUBLIC: &str = "https://bench.example";
const PATH_SECRET: &str = "demo-verify-token";
const BUSINESS: &str = "200000000000001";

/// Whose deliveries are measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Carrier {
    #[default]
    Meta,
    Twilio,
    Sinch,
    KaleyraV1,
    KaleyraV2,
}

/// What is posted.
pub(crate) struct Delivery {
    pub(crate) path: String,
    /// The content type among them.
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

/// A message of a customer's.
pub(crate) struct Said<'a> {
    /// The customer's digits.
    pub(crate) customer: usize,
    /// Of this message alone.
    pub(crate) id: &'a str,
    pub(crate) text: &'a str,
}

impl Carrier {
    /// The account that its deliveries are for.
    pub(crate) fn account(self) -> account::Fields {
        let (provider, version) = match self {
            Self::Meta => (Provider::Meta, None),
            Self::Twilio => (Provider::Twilio, None),
            Self::Sinch => (Provider::Sinch, None),
            Self::KaleyraV1 => (Provider::Kaleyra, Some(Version::V1)),
            Self::KaleyraV2 => (Provider::Kaleyra, Some(Version::V2)),
        };
        let connection = Connection { public_url: Some(PUBLIC.to_owned()), version, ..Connection::default() };
        account::Fields {
            provider: Some(provider),
            phone_number_id: Some(NUMBER.to_owned()),
            business_account_id: Some(BUSINESS.to_owned()),
            app_id: Some((self == Self::Sinch).then(|| "key".to_owned())),
            connection: Some(connection),
            credentials: account::Credentials {
                access_token: Some("demo-access-token".to_owned()),
                app_secret: Some(if self.is_kaleyra() { format!("bench:{SECRET}") } else { SECRET.to_owned() }),
                verify_token: Some(PATH_SECRET.to_owned()),
                second_token: None,
            },
            ..account::Fields::default()
        }
    }

    fn is_kaleyra(self) -> bool {
        matches!(self, Self::KaleyraV1 | Self::KaleyraV2)
    }

    pub(crate) fn deliver(self, said: &Said<'_>) -> Result<Delivery> {
        let json = |body: &Value| body.to_string().into_bytes();
        match self {
            Self::Meta => {
                let body = json(
                    &json!({ "object": "whatsapp_business_account", "entry": [{ "id": BUSINESS, "changes": [change(said)] }] }),
                );
                let signature = meta::signature::sign(SECRET, &body);
                Ok(posted("meta", "", "application/json", vec![(meta::signature::HEADER, signature)], body))
            }
            Self::Twilio => {
                let body = parameters(said);
                let path = format!("/webhooks/twilio/{ACCOUNT}");
                let content_type = "application/x-www-form-urlencoded";
                let signed = twilio::signature::Signed {
                    url: &format!("{PUBLIC}{path}"),
                    is_get: false,
                    content_type: Some(content_type),
                    body: &body,
                    signature: None,
                    settings: None,
                };
                let signature = twilio::signature::sign(SECRET, &signed).map_err(|forged| anyhow!("{forged}"))?;
                Ok(posted("twilio", "", content_type, vec![(twilio::signature::HEADER, signature)], body))
            }
            Self::Sinch => {
                let body = json(&json!({
                    "app_id": NUMBER, "project_id": BUSINESS, "accepted_time": jiff::Timestamp::now().to_string(),
                    "message": {
                        "id": said.id, "direction": "TO_APP",
                        "contact_message": { "text_message": { "text": said.text } },
                        "channel_identity": { "channel": "WHATSAPP", "identity": said.customer.to_string(), "app_id": NUMBER },
                        "accept_time": jiff::Timestamp::now().to_string(), "processing_mode": "CONVERSATION",
                    },
                }));
                let timestamp = jiff::Timestamp::now().as_second().to_string();
                let signature = sinch::signature::sign(SECRET, &body, said.id, &timestamp);
                let headers = vec![
                    (sinch::signature::HEADER, signature),
                    (sinch::signature::NONCE, said.id.to_owned()),
                    (sinch::signature::TIMESTAMP, timestamp),
                    (sinch::signature::ALGORITHM, "HmacSHA256".to_owned()),
                ];
                Ok(posted("sinch", "", "application/json", headers, body))
            }
            Self::KaleyraV1 => {
                let customer = said.customer.to_string();
                Ok(kaleyra(&json!({
                    "from": customer, "mobile": customer, "wanumber": NUMBER, "name": format!("Customer {customer}"),
                    "created_at": jiff::Timestamp::now().as_second().to_string(), "type": "text", "body": said.text,
                })))
            }
            Self::KaleyraV2 => Ok(kaleyra(&json!({ "meta_object": change(said), "extra_info": { "reply_to": "" } }))),
        }
    }
}

fn posted(
    provider: &str,
    end: &str,
    content_type: &str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
) -> Delivery {
    let content_type = ("content-type", content_type.to_owned());
    let headers = std::iter::once(content_type).chain(headers).collect();
    Delivery { path: format!("/webhooks/{provider}/{ACCOUNT}{end}"), headers, body }
}

fn kaleyra(body: &Value) -> Delivery {
    let proof = format!("Basic {}", STANDARD.encode(format!("bench:{SECRET}")));
    let body = body.to_string().into_bytes();
    posted("kaleyra", &format!("/{PATH_SECRET}"), "application/json", vec![("authorization", proof)], body)
}

/// A change of Meta's, which Kaleyra wraps.
fn change(said: &Said<'_>) -> Value {
    let customer = said.customer.to_string();
    json!({ "field": "messages", "value": {
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "390255501234", "phone_number_id": NUMBER },
        "contacts": [{ "profile": { "name": format!("Customer {customer}") }, "wa_id": customer, "user_id": format!("IT.{customer}") }],
        "messages": [{ "from": customer, "from_user_id": format!("IT.{customer}"), "id": said.id,
            "timestamp": jiff::Timestamp::now().as_second().to_string(), "type": "text", "text": { "body": said.text } }],
    } })
}

fn parameters(said: &Said<'_>) -> Vec<u8> {
    let sid = said.id;
    let customer = said.customer.to_string();
    let whatsapp = format!("whatsapp:+{customer}");
    let mut form = Serializer::new(String::new());
    for (name, value) in [
        ("MessageSid", sid),
        ("SmsMessageSid", sid),
        ("SmsSid", sid),
        ("AccountSid", BUSINESS),
        ("ApiVersion", "2010-04-01"),
        ("SmsStatus", "received"),
        ("From", &whatsapp),
        ("To", "whatsapp:+100000000000001"),
        ("WaId", &customer),
        ("ProfileName", &format!("Customer {customer}")),
        ("Body", said.text),
        ("NumMedia", "0"),
        ("MessageType", "text"),
    ] {
        form.append_pair(name, value);
    }
    form.finish().into_bytes()
}
