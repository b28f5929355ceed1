//! A call or more of every route. **A new route needs one here**, in the file of its kind: a call that does something
//! in the seeded world, about a customer whose name and numbers are known to [`World`].
mod contacts;
mod interactions;
mod settings;

use pronto_testkit::app::Person;
use serde_json::Value;

use super::world::World;

/// One call.
pub(super) struct Call {
    /// Under `/api/v1`.
    pub(super) path: String,
    pub(super) body: Body,
    /// Who calls, where it is not whoever walks.
    pub(super) who: Option<Person>,
    /// What of customers stands in the question itself.
    pub(super) typed: Vec<String>,
}

pub(super) enum Body {
    None,
    Json(Value),
    Bytes(Vec<u8>),
}

impl Call {
    fn with(path: String, body: Body) -> Self {
        Self { path, body, who: None, typed: Vec::new() }
    }

    fn by(mut self, who: Person) -> Self {
        self.who = Some(who);
        self
    }

    fn typing(mut self, text: &str) -> Self {
        self.typed.push(text.to_owned());
        self
    }
}

fn get(path: impl Into<String>) -> Call {
    Call::with(path.into(), Body::None)
}

fn say(path: impl Into<String>, body: Value) -> Call {
    Call::with(path.into(), Body::Json(body))
}

fn bytes(path: impl Into<String>, body: impl Into<Vec<u8>>) -> Call {
    Call::with(path.into(), Body::Bytes(body.into()))
}

/// The calls of an operation by `me`; none where it has no example.
pub(super) async fn of(operation: &str, w: &World, me: &Person) -> Option<Vec<Call>> {
    if let Some(calls) = Box::pin(settings::of(operation, w, me)).await {
        return Some(calls);
    }
    if let Some(calls) = Box::pin(contacts::of(operation, w, me)).await {
        return Some(calls);
    }
    Box::pin(interactions::of(operation, w, me)).await
}
