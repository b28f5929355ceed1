//! What the rules' own types look like in the API's document. The rules know nothing of HTTP, so their lists of words
//! are described here, from the lists themselves: they cannot differ.

use std::borrow::Cow;

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! words {
    ($($name:ident: $of:path),* $(,)?) => { $(
        #[doc = concat!("[`", stringify!($of), "`] in the document.")]
        #[derive(Debug)]
        pub enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                use $of as Words;
                ObjectBuilder::new()
                    .schema_type(SchemaType::new(Type::String))
                    .enum_values(Some(Words::ALL.iter().map(|word| word.as_str())))
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )* };
}

words! {
    ProviderName: pronto_domain::provider::Provider,
    KaleyraVersion: pronto_domain::provider::Version,
    MediaWay: pronto_domain::provider::MediaWay,
    Role: pronto_domain::access::Role,
    Scope: pronto_domain::access::Scope,
    Permission: pronto_domain::access::Permission,
    PresenceState: pronto_domain::presence::Declared,
    Strategy: pronto_domain::routing::Strategy,
    WindowRule: pronto_domain::account::WindowRule,
    Sentiment: pronto_domain::sentiment::Sentiment,
    InteractionState: pronto_domain::interaction::State,
    Controller: pronto_domain::interaction::Controller,
    Direction: pronto_domain::message::Direction,
    MessageKind: pronto_domain::message::Kind,
    MessageStatus: pronto_domain::delivery::State,
    AuthorKind: pronto_domain::message::AuthorKind,
    NextWhy: pronto_domain::next::Why,
    MediaKind: pronto_domain::outbound::MediaKind,
    TemplateStatus: pronto_domain::template::Status,
    ButtonKind: pronto_domain::template::ButtonKind,
    SlotKind: pronto_domain::template::SlotKind,
    NoticeKind: pronto_domain::notice::Kind,
    TransferReach: pronto_domain::transfer::Reach,
    FieldKind: pronto_domain::field::Kind,
    ContactOrigin: pronto_domain::contact::Origin,
    NumberKind: pronto_domain::contact::NumberKind,
    ConsentState: pronto_domain::contact::ConsentState,
    ListLevel: pronto_domain::contact::Level,
    ImportState: pronto_domain::import::State,
    ImportEncoding: pronto_domain::import::Encoding,
    ImportDelimiter: pronto_domain::import::Delimiter,
    ImportDates: pronto_domain::import::DateOrder,
    ImportPart: pronto_domain::import::Part,
    ImportOnMatch: pronto_domain::import::OnMatch,
    ImportOutcome: pronto_domain::import::Outcome,
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $($word:literal)*),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(SchemaType::new(Type::String))
                    .enum_values(Some([$($word),*]))
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )* };
}

// What is plain text in the database and one of a few words in the API.
texts! {
    /// How the desktop looks.
    Theme: "system" "light" "dark",
    /// Whether the provider answered for an account.
    HealthState: "ok" "failing" "unknown",
    /// How a card ended for one agent.
    OfferState: "pending" "accepted" "rejected" "expired" "taken" "withdrawn",
    /// Which way a message went.
    Way: "in" "out",
    /// Who reacted.
    Reactor: "customer" "agent",
    AttachmentKind: "image" "video" "audio" "voice" "document" "sticker",
    AttachmentState: "pending" "stored" "failed",
    /// What moved the service window last.
    WindowCause: "message" "provider",
    /// Who can use a canned answer.
    CannedScope: "global" "account" "personal",
    ScheduledState: "waiting" "sent" "failed" "cancelled",
    /// Why a message that was to be sent later was not.
    ScheduledReason: "closed" "not_owner" "window_closed" "customer_wrote" "unfilled" "invalid",
    /// What writing to a number leads to.
    StartOutcome: "open" "template_into" "held" "free" "reopen" "template_new",
    /// What of the configuration changed.
    Collection: "saved_views" "contact_views" "contact_imports" "canned_answers" "contact_fields" "contact_lists" "companies" "accounts" "queues" "users" "teams" "profiles" "settings" "deliveries" "dispositions"
        "tags" "blocks" "templates" "me",
    /// By what two contacts may be one person.
    Likeness: "number" "email" "name",
    /// Of two contacts that become one: the one that stays, or the one that goes into it.
    MergeSide: "target" "source",
    /// What a disposition is for.
    DispositionScope: "global" "list" "account" "queue",
    /// How a tag looks.
    TagColour: "grey" "red" "orange" "yellow" "green" "teal" "blue" "purple" "pink",
    /// What a block stands at.
    BlockState: "asked" "confirmed" "lifted",
    /// What the provider made of a block.
    BlockAtProvider: "pending" "blocked" "lifted" "failed",
    /// How long it is put off.
    SnoozeKind: "customer" "until",
}

// pronto_domain::access::Mask
/// How a field is hidden.
#[derive(Debug, ToSchema)]
#[schema(as = Mask)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Mask {
    /// Shown as it is.
    None,
    /// Hidden.
    Full,
    /// The last `count` characters are hidden.
    Last { count: u8 },
}

// pronto_domain::access::Masking
/// What a profile hides.
#[derive(Debug, ToSchema)]
#[schema(as = Masking)]
pub struct Masking {
    pub name: Mask,
    pub phone: Mask,
    pub email: Mask,
}

// pronto_domain::account::Closing
/// How an account's interactions are closed.
#[derive(Debug, ToSchema)]
#[schema(as = Closing)]
pub struct Closing {
    /// Nobody closes without saying how it ended.
    pub disposition_required: bool,
    /// How those end that the desk closes by itself.
    pub system_disposition: Option<i64>,
    pub silence: Silence,
}

// pronto_domain::transfer::Handing
/// How an account's interactions are transferred; what is null is as the desk has it.
#[derive(Debug, ToSchema)]
#[schema(as = Handing)]
pub struct Handing {
    /// To whom one may transfer.
    pub to: Option<TransferReach>,
    /// How long those who are asked have: 1–86400.
    pub timeout_s: Option<i64>,
}

// pronto_domain::silence::Policy
/// What becomes of a customer who says nothing more.
#[derive(Debug, ToSchema)]
#[schema(as = Silence)]
pub struct Silence {
    /// Seconds of silence after which it is closed; 0 = never.
    pub close_after_s: i64,
    /// So many seconds before that the customer is told, if the window is open; 0 = not.
    pub warn_before_s: i64,
    /// In these words.
    pub warning: String,
}

// pronto_domain::field::Plain
/// What a contact has in a custom field: a text, a number or a switch. An instant is a text, and so is whatever is
/// masked.
#[derive(Debug, ToSchema)]
#[schema(as = FieldValue)]
#[serde(untagged)]
pub enum FieldValue {
    Switch(bool),
    Number(f64),
    Text(String),
}

// Option<pronto_domain::field::Plain>
/// What is put into a custom field; null empties it.
#[derive(Debug, ToSchema)]
#[schema(as = GivenValue)]
#[serde(untagged)]
pub enum GivenValue {
    Switch(bool),
    Number(f64),
    Text(String),
    Empty,
}

// pronto_domain::flow::Step
/// One step of an account's flow.
#[derive(Debug, ToSchema)]
#[schema(as = FlowStep)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FlowStep {
    /// Waits in a queue, until the next step after `timeout_s` seconds; 0 waits without end.
    Queue { queue_id: i64, timeout_s: i64 },
}

// pronto_domain::transfer::Target
/// To whom an interaction is transferred.
#[derive(Debug, ToSchema)]
#[schema(as = TransferTarget)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TransferTarget {
    Agent {
        user_id: i64,
    },
    /// Everybody of it who is there and has room is asked.
    Queue {
        queue_id: i64,
    },
}

// pronto_desk::act::assign::To
/// To whom interactions are assigned.
#[derive(Debug, ToSchema)]
#[schema(as = AssignmentTarget)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AssignmentTarget {
    /// Paused or not.
    Agent { user_id: i64 },
    /// Waits there until somebody takes it.
    Queue { queue_id: i64 },
    /// From the start of its account's flow.
    Routing,
}

// pronto_domain::message::Content
/// What a message holds beside its text.
#[derive(Debug, ToSchema)]
#[schema(as = Content)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    Text,
    Media,
    Note {
        mentions: Vec<i64>,
    },
    Location {
        latitude: f64,
        longitude: f64,
        name: Option<String>,
        address: Option<String>,
    },
    Contacts {
        cards: Vec<Card>,
    },
    /// A tapped button or list row.
    Reply {
        title: String,
        description: Option<String>,
        id: Option<String>,
    },
    /// A filled-in form.
    Form {
        name: Option<String>,
        answers: Vec<Answer>,
    },
    Order {
        text: Option<String>,
        items: Vec<OrderItem>,
    },
    /// A quiet line; the desktop words the code.
    System {
        code: String,
        params: std::collections::BTreeMap<String, String>,
    },
    /// A placeholder that names what came.
    Unsupported {
        name: String,
    },
    /// A template of ours as the customer sees it; its body is the message's text.
    Template {
        name: String,
        language: String,
        header: Option<ShownHeader>,
        footer: Option<String>,
        buttons: Vec<ShownButton>,
    },
}

// pronto_domain::template::ShownHeader
/// What stands above a template's body. Its file is the message's attachment, or stands at `link`.
#[derive(Debug, ToSchema)]
#[schema(as = ShownHeader)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ShownHeader {
    Text { text: String },
    Media { kind: MediaKind, link: Option<String> },
}

// pronto_domain::template::ShownButton
/// What can be tapped under a template.
#[derive(Debug, ToSchema)]
pub struct ShownButton {
    pub r#type: ButtonKind,
    pub text: String,
    /// The address, number or code behind it.
    pub value: Option<ShownValue>,
}

/// What stands behind a button.
#[derive(Debug, ToSchema)]
pub struct ShownValue {
    pub text: String,
}

// pronto_domain::template::Template
/// A template as the provider approved it. Texts hold their variables as `{{1}}` or `{{name}}`.
#[derive(Debug, ToSchema)]
pub struct TemplateContent {
    pub name: String,
    pub language: String,
    pub named: bool,
    pub header: Option<TemplateHeader>,
    pub body: String,
    pub footer: Option<String>,
    pub buttons: Vec<TemplateButton>,
    /// What it has that cannot be filled in here.
    pub beyond: Option<String>,
}

// pronto_domain::template::Header
/// What stands above the body.
#[derive(Debug, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TemplateHeader {
    Text {
        text: String,
    },
    Image,
    Video,
    Document,
    Location,
    /// A file that was approved with it.
    File {
        kind: MediaKind,
        link: String,
    },
}

// pronto_domain::template::Button
/// What can be tapped under it.
#[derive(Debug, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TemplateButton {
    QuickReply { text: String },
    Url { text: String, url: String },
    Phone { text: String, number: String },
    CopyCode { text: String },
    Flow { text: String },
    Other { text: String },
}

/// A shared contact.
#[derive(Debug, ToSchema)]
pub struct Card {
    pub name: String,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    pub organisation: Option<String>,
}

/// One answer of a form.
#[derive(Debug, ToSchema)]
pub struct Answer {
    pub key: String,
    pub value: String,
}

/// One line of an order; the price is decimal text.
#[derive(Debug, ToSchema)]
pub struct OrderItem {
    pub product: String,
    pub quantity: i64,
    pub price: String,
    pub currency: String,
}
