//! A statement that is put together from fixed pieces, with every value bound.

use pronto_db::{Engine, Value};

/// Text, and what is bound to it.
pub(super) struct Statement {
    pub(super) engine: Engine,
    pub(super) text: String,
    pub(super) bound: Vec<Value>,
}

impl Statement {
    pub(super) fn new(engine: Engine, text: &str) -> Self {
        Self { engine, text: text.to_owned(), bound: Vec::new() }
    }

    /// Binds a value; answers its place.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.bound.push(value.into());
        format!("${}", self.bound.len())
    }

    /// Binds a list of numbers; answers what stands after `IN`.
    pub(super) fn ids(&mut self, value: Value) -> String {
        let place = self.bind(value);
        match self.engine {
            Engine::Sqlite => format!("(SELECT value FROM json_each({place}))"),
            Engine::Postgres => format!("(SELECT jsonb_array_elements_text({place})::bigint)"),
        }
    }

    /// The same for a list of texts.
    pub(super) fn texts(&mut self, value: Value) -> String {
        let place = self.bind(value);
        match self.engine {
            Engine::Sqlite => format!("(SELECT value FROM json_each({place}))"),
            Engine::Postgres => format!("(SELECT jsonb_array_elements_text({place}))"),
        }
    }

    /// Adds a condition; `?` stands for the value.
    pub(super) fn also(&mut self, condition: &str, value: Value) {
        let place = self.bind(value);
        self.fixed(&condition.replace('?', &place));
    }

    pub(super) fn fixed(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }
}
