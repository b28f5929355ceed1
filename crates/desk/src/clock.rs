//! The clock, so that tests can turn it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// Tells the time: the machine's, or one that a test turns.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    turned: Option<Arc<AtomicI64>>,
}

impl Clock {
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands at `start` until it is turned.
    pub fn turned(start: Timestamp) -> Self {
        Self { turned: Some(Arc::new(AtomicI64::new(start.as_millisecond()))) }
    }

    pub fn now(&self) -> Timestamp {
        match &self.turned {
            None => Timestamp::now(),
            Some(at) => pronto_store::instant(at.load(Ordering::SeqCst)),
        }
    }

    /// Turns a test's clock forward; the machine's cannot be.
    pub fn advance(&self, by: jiff::SignedDuration) {
        if let Some(at) = &self.turned {
            at.fetch_add(i64::try_from(by.as_millis()).unwrap_or(0), Ordering::SeqCst);
        }
    }
}
