//! Gathers what is wrong with an input, so that all of it is told at once.

use std::fmt::Display;

use crate::{Error, Result};

/// A field that must be other than it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Its path: `name`, `flow[0].queue_id`.
    pub field: String,
    pub code: &'static str,
    pub detail: String,
}

/// Gathers misfits; [`Check::done`] fails where there are any.
#[derive(Debug, Default)]
pub struct Check(Vec<Misfit>);

impl Check {
    pub fn wrong(&mut self, field: impl Into<String>, code: &'static str, detail: impl Into<String>) {
        self.0.push(Misfit { field: field.into(), code, detail: detail.into() });
    }

    /// A text of at most `longest` characters that is not blank.
    pub fn name(&mut self, field: &str, text: &str, longest: usize) {
        if text.trim().is_empty() {
            self.wrong(field, "required", "this may not be empty");
        }
        self.length(field, text, longest);
    }

    pub fn length(&mut self, field: &str, text: &str, longest: usize) {
        if text.chars().count() > longest {
            self.wrong(field, "too_long", format!("at most {longest} characters"));
        }
        if text.chars().any(char::is_control) {
            self.wrong(field, "format", "no control characters");
        }
    }

    pub fn range<T: PartialOrd + Display>(&mut self, field: &str, value: T, least: T, most: T) {
        if value < least || value > most {
            self.wrong(field, "out_of_range", format!("from {least} to {most}"));
        }
    }

    pub fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Misfits(self.0)) }
    }
}
