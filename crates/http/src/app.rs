//! What every handler is given.

use std::sync::Arc;

use pronto_desk::Desk;
use pronto_desk::act::sign_in::Strangers;
use pronto_desk::password::Passwords;
use pronto_domain::access::Role;
use serde::Serialize;
use utoipa::ToSchema;

use crate::archive::Slots;
use crate::live::Hub;
use crate::sessions::Sessions;

/// The state of the edge. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub desk: Desk,
    pub live: Hub,
    /// Sessions looked up lately, so that a request does not cost a database round trip.
    pub sessions: Sessions,
    pub passwords: Passwords,
    /// Failed sign-ins under logins that nobody has.
    pub strangers: Strangers,
    /// Interactions that are being downloaded.
    pub archives: Slots,
    edge: Arc<Edge>,
}

#[derive(Default)]
struct Edge {
    public_url: Option<String>,
    demo: Option<Demo>,
}

/// What the sign-in page of a demo offers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Demo {
    pub sign_ins: Vec<SignIn>,
    /// Where the customers' phones are.
    pub phones_url: String,
}

/// A sign-in of the demo.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignIn {
    pub login: String,
    pub password: String,
    pub name: String,
    #[schema(value_type = crate::schema::Role)]
    pub role: Role,
}

impl App {
    pub fn new(desk: Desk, live: Hub, passwords: Passwords) -> Self {
        Self {
            desk,
            live,
            sessions: Sessions::default(),
            passwords,
            strangers: Strangers::default(),
            archives: Slots::default(),
            edge: Arc::default(),
        }
    }

    /// The address people reach the desk by, where it is not what their browser says.
    #[must_use]
    pub fn with_public_url(self, url: Option<String>) -> Self {
        let public_url = url.map(|url| url.trim_end_matches('/').to_owned());
        let edge = Edge { public_url, demo: self.edge.demo.clone() };
        Self { edge: Arc::new(edge), ..self }
    }

    #[must_use]
    pub fn with_demo(self, demo: Option<Demo>) -> Self {
        let edge = Edge { public_url: self.edge.public_url.clone(), demo };
        Self { edge: Arc::new(edge), ..self }
    }

    /// Without a slash at the end.
    pub fn public_url(&self) -> Option<&str> {
        self.edge.public_url.as_deref()
    }

    pub fn demo(&self) -> Option<&Demo> {
        self.edge.demo.as_ref()
    }
}
