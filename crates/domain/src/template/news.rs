//! What a provider tells of a template as it happens.

use super::Status;

/// What changes; `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// With it, the reason and the advice are other too.
    pub status: Option<Status>,
    /// The provider's word for why it was rejected, paused or disabled.
    pub reason: Option<String>,
    /// What the provider says to that, for people.
    pub advice: Option<String>,
    pub quality: Option<String>,
    /// In small letters.
    pub category: Option<String>,
    /// The category it will have soon; `Some(None)` if none is coming any more.
    pub category_coming: Option<Option<String>>,
}

impl News {
    /// Whether there is anything in it.
    pub fn tells(&self) -> bool {
        *self != Self::default()
    }
}

/// The events that are about a template.
pub const EVENTS: [&str; 4] = [
    "message_template_status_update",
    "message_template_quality_update",
    "template_category_update",
    "message_template_components_update",
];

/// What an event tells; `fact` has its fields by their path. Source: webhooks of WhatsApp business accounts, Graph API
/// v23.0.
pub fn news<'a>(event: &str, fact: impl Fn(&str) -> Option<&'a str>) -> News {
    let fact = |name: &str| fact(name).filter(|text| !text.is_empty() && *text != "NONE");
    let owned = |name: &str| fact(name).map(str::to_owned);
    match event {
        "message_template_status_update" => {
            // A mere warning: it can be sent all the same.
            let word = fact("event").filter(|word| !matches!(*word, "FLAGGED" | "LIMIT_EXCEEDED"));
            let Some(word) = word else { return News::default() };
            let said = ["rejection_info.reason", "rejection_info.recommendation", "other_info.description"];
            let advice: Vec<&str> = said.into_iter().filter_map(fact).collect();
            News {
                status: Some(Status::read(word)),
                reason: owned("reason"),
                advice: Some(advice.join(" ")).filter(|advice| !advice.is_empty()),
                category: fact("message_template_category").map(str::to_ascii_lowercase),
                ..News::default()
            }
        }
        "message_template_quality_update" => News { quality: owned("new_quality_score"), ..News::default() },
        // One that is to come names the right category, and as the new one the present.
        "template_category_update" => match (fact("correct_category"), fact("new_category")) {
            (Some(coming), _) => News { category_coming: Some(Some(coming.to_ascii_lowercase())), ..News::default() },
            (None, Some(new)) => {
                News { category: Some(new.to_ascii_lowercase()), category_coming: Some(None), ..News::default() }
            }
            (None, None) => News::default(),
        },
        _ => News::default(),
    }
}
