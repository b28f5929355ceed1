//! What the rules' own types look like in the API's document. The rules know nothing of HTTP, so their lists of words
//! are described here, from the lists themselves: they cannot differ.

use std::borrow::Cow;

use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::RefOr;
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
    Role: pronto_domain::access::Role,
    Scope: pronto_domain::access::Scope,
    Permission: pronto_domain::access::Permission,
    PresenceState: pronto_domain::presence::Declared,
    Strategy: pronto_domain::routing::Strategy,
    WindowRule: pronto_domain::account::WindowRule,
    InteractionState: pronto_domain::interaction::State,
    Controller: pronto_domain::interaction::Controller,
    Direction: pronto_domain::message::Direction,
    MessageKind: pronto_domain::message::Kind,
}

/// [`pronto_domain::access::Mask`] in the document.
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

/// [`pronto_domain::access::Masking`] in the document.
#[derive(Debug, ToSchema)]
#[schema(as = Masking)]
pub struct Masking {
    pub name: Mask,
    pub phone: Mask,
    pub email: Mask,
}

/// [`pronto_domain::flow::Step`] in the document.
#[derive(Debug, ToSchema)]
#[schema(as = FlowStep)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FlowStep {
    /// Waits in a queue, until the next step after `timeout_s` seconds; 0 waits without end.
    Queue { queue_id: i64, timeout_s: i64 },
}
