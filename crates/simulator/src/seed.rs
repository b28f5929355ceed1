//! What a new network starts with.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::provider::{Connection, Provider};

/// The apps and phones of a network.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    pub apps: Vec<App>,
    pub phones: Vec<SeedPhone>,
    pub chats: Vec<SeedChat>,
}

/// A Meta app with its one business account, or an account of another provider: what a business sets up before it can
/// write to anybody.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// Name by which the control API calls it.
    pub id: String,
    #[serde(default)]
    pub provider: Provider,
    /// What deliveries are signed with: the app secret; Twilio's Auth Token; the secret of Sinch's webhook; what
    /// Kaleyra's callback profile proves itself by, `name:password` or the header's value. Empty at Kaleyra = nothing.
    pub app_secret: String,
    /// Bearer tokens it accepts; Twilio's and Sinch's secrets of keys; Kaleyra's API keys.
    pub access_tokens: Vec<String>,
    /// Meta alone has one.
    #[serde(default)]
    pub verify_token: String,
    /// Where deliveries go; Twilio signs it, Kaleyra's has the secret at its end.
    pub webhook_url: String,
    /// The business account; Twilio's and Kaleyra's account SID, Sinch's project.
    pub business_account_id: String,
    #[serde(default)]
    pub connection: Connection,
    pub numbers: Vec<BusinessNumber>,
    #[serde(default)]
    pub templates: Vec<SeedTemplate>,
}

/// A phone number of a business.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BusinessNumber {
    /// As the desk knows it: Meta's id of the number, Sinch's id of the app, the digits at Twilio and Kaleyra.
    pub phone_number_id: String,
    /// As people write it, with `+`.
    pub display_phone_number: String,
    pub verified_name: String,
}

/// A template that is already approved.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedTemplate {
    pub name: String,
    pub language: String,
    pub category: String,
    /// Meta's `components`.
    pub components: Value,
}

/// A person with a phone.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedPhone {
    pub id: String,
    pub name: String,
    /// As people write it, with `+`.
    pub number: String,
    #[serde(default)]
    pub username: Option<String>,
    /// Businesses see a user id only, never the number.
    #[serde(default)]
    pub hidden_number: bool,
    /// The id businesses know the person by; a random one when absent.
    #[serde(default)]
    pub user_id: Option<String>,
    /// Part of the network, but not shown on the page.
    #[serde(default)]
    pub backstage: bool,
}

/// What a phone and a business wrote to each other before the network was made. It comes with a phone that is new.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedChat {
    /// The phone's id.
    pub phone: String,
    pub phone_number_id: String,
    /// When the person last wrote, in milliseconds since 1970.
    pub last_user_at: i64,
    /// In the order in which they came.
    pub messages: Vec<SeedMessage>,
}

/// A message of either side.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedMessage {
    /// As the business knows it.
    pub id: String,
    pub by_business: bool,
    /// Meta's name of its kind, and what Meta puts under that name.
    pub kind: String,
    pub content: Value,
    /// A file; its id is put into the content.
    #[serde(default)]
    pub file: Option<SeedFile>,
    #[serde(default)]
    pub reply_to: Option<String>,
    pub at: i64,
    pub status: String,
    #[serde(default)]
    pub reaction_of_phone: Option<String>,
    #[serde(default)]
    pub reaction_of_business: Option<String>,
    #[serde(default)]
    pub edited: bool,
    #[serde(default)]
    pub deleted: bool,
}

/// A file of a message.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedFile {
    pub mime_type: String,
    pub name: Option<String>,
    pub bytes: Vec<u8>,
}

impl Seed {
    /// The network of the demo: one business whose webhook is `{base}/webhooks/meta/demo`, and a few customers.
    pub fn demo(base: &str) -> Self {
        let base = base.trim_end_matches('/');
        Self {
            apps: vec![App {
                id: "demo".to_owned(),
                provider: Provider::Meta,
                connection: Connection::default(),
                app_secret: "demo-app-secret".to_owned(),
                access_tokens: vec!["demo-access-token".to_owned()],
                verify_token: "demo-verify-token".to_owned(),
                webhook_url: format!("{base}/webhooks/meta/demo"),
                business_account_id: "200000000000001".to_owned(),
                numbers: vec![BusinessNumber {
                    phone_number_id: "100000000000001".to_owned(),
                    display_phone_number: "+39 02 5550 1234".to_owned(),
                    verified_name: "Aurora Living".to_owned(),
                }],
                templates: demo_templates(),
            }],
            phones: [
                ("giulia", "Giulia Ferrari", "+39 333 555 0142", None, false),
                ("oliver", "Oliver Bennett", "+44 7700 900 345", None, false),
                ("lucia", "Lucía Navarro", "+34 612 555 078", None, false),
                ("jonas", "Jonas Weber", "+49 151 5550 1987", None, false),
                ("chiara", "Chiara Moretti", "+39 347 555 0199", Some("@chiaramoretti"), true),
            ]
            .into_iter()
            .map(|(id, name, number, username, hidden_number)| SeedPhone {
                id: id.to_owned(),
                name: name.to_owned(),
                number: number.to_owned(),
                username: username.map(str::to_owned),
                hidden_number,
                user_id: None,
                backstage: false,
            })
            .collect(),
            chats: Vec::new(),
        }
    }
}

fn demo_templates() -> Vec<SeedTemplate> {
    let template = |name: &str, language: &str, category: &str, components: Value| SeedTemplate {
        name: name.to_owned(),
        language: language.to_owned(),
        category: category.to_owned(),
        components,
    };
    vec![
        template(
            "order_shipped",
            "en",
            "UTILITY",
            json!([
                {"type": "HEADER", "format": "TEXT", "text": "Your order is on its way"},
                {"type": "BODY", "text": "Hello {{1}}, order {{2}} left our warehouse today and should reach you by {{3}}.",
                 "example": {"body_text": [["Oliver", "A-1042", "Thursday"]]}},
                {"type": "FOOTER", "text": "Aurora Living"},
                {"type": "BUTTONS", "buttons": [
                    {"type": "URL", "text": "Track parcel", "url": "https://example.com/track/{{1}}", "example": ["https://example.com/track/A-1042"]},
                    {"type": "QUICK_REPLY", "text": "I have a question"}]},
            ]),
        ),
        template(
            "order_shipped",
            "it",
            "UTILITY",
            json!([
                {"type": "HEADER", "format": "TEXT", "text": "Il tuo ordine è in viaggio"},
                {"type": "BODY", "text": "Ciao {{1}}, l'ordine {{2}} è partito oggi dal nostro magazzino e dovrebbe arrivare entro {{3}}.",
                 "example": {"body_text": [["Giulia", "A-1042", "giovedì"]]}},
                {"type": "FOOTER", "text": "Aurora Living"},
                {"type": "BUTTONS", "buttons": [
                    {"type": "URL", "text": "Segui il pacco", "url": "https://example.com/track/{{1}}", "example": ["https://example.com/track/A-1042"]},
                    {"type": "QUICK_REPLY", "text": "Ho una domanda"}]},
            ]),
        ),
        template(
            "appointment_reminder",
            "en",
            "UTILITY",
            json!([
                {"type": "BODY", "text": "Hello {{1}}, we expect you on {{2}} in our showroom. Does that still suit you?",
                 "example": {"body_text": [["Oliver", "Friday at 15:30"]]}},
                {"type": "BUTTONS", "buttons": [
                    {"type": "QUICK_REPLY", "text": "Yes, see you then"},
                    {"type": "QUICK_REPLY", "text": "Change the time"},
                    {"type": "QUICK_REPLY", "text": "Cancel"}]},
            ]),
        ),
        template(
            "appointment_reminder",
            "de",
            "UTILITY",
            json!([
                {"type": "BODY", "text": "Guten Tag {{1}}, wir erwarten Sie am {{2}} in unserer Ausstellung. Passt der Termin noch?",
                 "example": {"body_text": [["Jonas", "Freitag um 15:30 Uhr"]]}},
                {"type": "BUTTONS", "buttons": [
                    {"type": "QUICK_REPLY", "text": "Ja, bis dann"},
                    {"type": "QUICK_REPLY", "text": "Termin verschieben"},
                    {"type": "QUICK_REPLY", "text": "Absagen"}]},
            ]),
        ),
        template(
            "how_did_we_do",
            "es",
            "UTILITY",
            json!([
                {"type": "BODY", "text": "Hola {{1}}, ¿qué tal ha sido nuestra ayuda con tu pedido?",
                 "example": {"body_text": [["Lucía"]]}},
                {"type": "BUTTONS", "buttons": [
                    {"type": "QUICK_REPLY", "text": "Muy buena"},
                    {"type": "QUICK_REPLY", "text": "Regular"},
                    {"type": "QUICK_REPLY", "text": "Mala"}]},
            ]),
        ),
        template(
            "spring_collection",
            "en",
            "MARKETING",
            json!([
                {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW1hZ2U="]}},
                {"type": "BODY", "text": "Hi {{1}}, the spring collection has arrived. Show this message in the shop for {{2}} off until Sunday.",
                 "example": {"body_text": [["Oliver", "10 %"]]}},
                {"type": "FOOTER", "text": "Answer STOP to hear no more offers"},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Stop offers"}]},
            ]),
        ),
        template(
            "appointment_reminder",
            "it",
            "UTILITY",
            json!([
                {"type": "BODY", "text": "Buongiorno {{1}}, la aspettiamo {{2}} nel nostro showroom. Va ancora bene?",
                 "example": {"body_text": [["Giulia", "venerdì alle 15:30"]]}},
                {"type": "BUTTONS", "buttons": [
                    {"type": "QUICK_REPLY", "text": "Sì, ci vediamo lì"},
                    {"type": "QUICK_REPLY", "text": "Cambio orario"},
                    {"type": "QUICK_REPLY", "text": "Annullo"}]},
            ]),
        ),
        template(
            "voucher",
            "en",
            "MARKETING",
            json!([
                {"type": "HEADER", "format": "TEXT", "text": "A voucher for you"},
                {"type": "BODY", "text": "Hello {{1}}, as promised: {{2}} off your next order. Copy the code and enter it at the till.",
                 "example": {"body_text": [["Oliver", "20 €"]]}},
                {"type": "FOOTER", "text": "Good for 60 days"},
                {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "example": "AURORA20"}]},
            ]),
        ),
        template(
            "voucher",
            "it",
            "MARKETING",
            json!([
                {"type": "HEADER", "format": "TEXT", "text": "Un buono per te"},
                {"type": "BODY", "text": "Ciao {{1}}, come promesso: {{2}} di sconto sul prossimo ordine. Copia il codice e inseriscilo alla cassa.",
                 "example": {"body_text": [["Giulia", "20 €"]]}},
                {"type": "FOOTER", "text": "Valido 60 giorni"},
                {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "example": "AURORA20"}]},
            ]),
        ),
        template(
            "come_back",
            "it",
            "UTILITY",
            json!([
                {"type": "BODY", "text": "Ciao {{1}}, sono {{2}} di Aurora Living. Possiamo riprendere la nostra conversazione?",
                 "example": {"body_text": [["Giulia", "Marta"]]}},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Sì, riprendiamo"}]},
            ]),
        ),
        template(
            "come_back",
            "en",
            "UTILITY",
            json!([
                {"type": "BODY", "text": "Hello {{1}}, this is {{2}} of Aurora Living. Shall we pick up where we left off?",
                 "example": {"body_text": [["Oliver", "Marta"]]}},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Yes, let us"}]},
            ]),
        ),
        template(
            "come_back",
            "es",
            "UTILITY",
            json!([
                {"type": "BODY", "text": "Hola {{1}}, soy {{2}} de Aurora Living. ¿Retomamos nuestra conversación?",
                 "example": {"body_text": [["Lucía", "Marta"]]}},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Sí, claro"}]},
            ]),
        ),
        template(
            "come_back",
            "de",
            "UTILITY",
            json!([
                {"type": "BODY", "text": "Guten Tag {{1}}, hier ist {{2}} von Aurora Living. Wollen wir unser Gespräch fortsetzen?",
                 "example": {"body_text": [["Jonas", "Marta"]]}},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Ja, gern"}]},
            ]),
        ),
    ]
}
