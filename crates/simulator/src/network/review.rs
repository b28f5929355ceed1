//! What the review makes of a template. It looks for words, and a name can ask for an outcome.

use serde_json::Value;

use super::Act;
use crate::store::Result;
use crate::store::templates::{self, TemplateRow};

/// Why a template is rejected: Meta's word, what it found, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) word: &'static str,
    pub(crate) found: &'static str,
    pub(crate) advice: &'static str,
}

const fn reason(word: &'static str, found: &'static str, advice: &'static str) -> Reason {
    Reason { word, found, advice }
}

static ABUSIVE_CONTENT: Reason = reason(
    "ABUSIVE_CONTENT",
    "The template has words that threaten or insult.",
    "Say what is owed or wrong without threats and insults.",
);
static CATEGORY_NOT_AVAILABLE: Reason =
    reason("CATEGORY_NOT_AVAILABLE", "The account cannot have templates of this category.", "Choose another category.");
static INCORRECT_CATEGORY: Reason = reason(
    "INCORRECT_CATEGORY",
    "The template gives a code to sign in with, and is not of the category AUTHENTICATION.",
    "Create an authentication template.",
);
static INVALID_FORMAT: Reason = reason(
    "INVALID_FORMAT",
    "The template is not written as it must be, or has a shortened link.",
    "Write out the whole address and check variables and formatting.",
);
static PROMOTIONAL: Reason = reason(
    "PROMOTIONAL",
    "The template advertises something.",
    "Choose the category MARKETING, or leave out what advertises.",
);
static SCAM: Reason = reason(
    "SCAM",
    "The template asks for a password or the number of a card.",
    "Never ask for such things in a message.",
);
static TAG_CONTENT_MISMATCH: Reason = reason(
    "TAG_CONTENT_MISMATCH",
    "The template's content is promotional, and its category is UTILITY.",
    "Choose the category MARKETING, or leave out what is promotional.",
);

static REASONS: [&Reason; 7] = [
    &ABUSIVE_CONTENT,
    &CATEGORY_NOT_AVAILABLE,
    &INCORRECT_CATEGORY,
    &INVALID_FORMAT,
    &PROMOTIONAL,
    &SCAM,
    &TAG_CONTENT_MISMATCH,
];

/// Words in five languages; they count when they stand alone.
const THREATS: &[&str] =
    &["or else", "idiot", "idiota", "we will sue", "ti denunceremo", "te denunciaremos", "wir verklagen"];
const SECRETS: &[&str] = &[
    "password",
    "card number",
    "numero di carta",
    "numero della carta",
    "contraseña",
    "número de tarjeta",
    "passwort",
    "kartennummer",
    "mot de passe",
    "numéro de carte",
];
const SHORTENERS: &[&str] = &["bit ly", "tinyurl com", "goo gl", "wa me"];
const CODES: &[&str] = &[
    "verification code",
    "one time code",
    "codice di verifica",
    "código de verificación",
    "bestätigungscode",
    "code de vérification",
];
const OFFERS: &[&str] = &[
    "discount",
    "discounts",
    "offer",
    "offers",
    "promotion",
    "promo",
    "on sale",
    "coupon",
    "voucher",
    "sconto",
    "sconti",
    "offerta",
    "offerte",
    "saldi",
    "promozione",
    "descuento",
    "descuentos",
    "oferta",
    "ofertas",
    "rebajas",
    "rabatt",
    "angebot",
    "angebote",
    "gutschein",
    "remise",
    "soldes",
];

/// What becomes of a template.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Approved,
    /// As of this category.
    Recategorised(&'static str),
    Rejected(&'static Reason),
}

/// The words of all reasons.
pub(crate) fn reasons() -> [&'static str; 7] {
    REASONS.map(|reason| reason.word)
}

/// The reason with this word.
pub(crate) fn known(word: &str) -> &'static Reason {
    REASONS.iter().find(|reason| reason.word == word).copied().unwrap_or(&INVALID_FORMAT)
}

fn verdict(template: &TemplateRow) -> Verdict {
    if template.name.contains("reject") {
        let asked = REASONS.iter().find(|reason| template.name.contains(&reason.word.to_ascii_lowercase()));
        return Verdict::Rejected(asked.copied().unwrap_or(&INVALID_FORMAT));
    }
    if template.name.contains("approve") || template.category == "AUTHENTICATION" {
        return Verdict::Approved;
    }
    let text = words(&template.components());
    let has = |list: &[&str]| list.iter().any(|words| text.contains(&format!(" {words} ")));
    for (list, reason) in
        [(THREATS, &ABUSIVE_CONTENT), (SECRETS, &SCAM), (SHORTENERS, &INVALID_FORMAT), (CODES, &INCORRECT_CATEGORY)]
    {
        if has(list) {
            return Verdict::Rejected(reason);
        }
    }
    match template.category.as_str() {
        "UTILITY" if !has(OFFERS) => Verdict::Approved,
        "UTILITY" if template.recategorise => Verdict::Recategorised("MARKETING"),
        "UTILITY" => Verdict::Rejected(&TAG_CONTENT_MISMATCH),
        _ => Verdict::Approved,
    }
}

/// Everything there is to read, in lowercase, with one space around every word.
fn words(components: &[Value]) -> String {
    let mut text = String::from(" ");
    let buttons = components.iter().filter_map(|component| component["buttons"].as_array()).flatten();
    for part in components.iter().chain(buttons) {
        for words in [&part["text"], &part["url"]].into_iter().filter_map(Value::as_str) {
            for word in words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                text.push_str(&word.to_lowercase());
                text.push(' ');
            }
        }
    }
    text
}

impl Act<'_> {
    /// A new or changed template gets its verdict.
    pub(super) async fn review(&mut self, mut template: TemplateRow) -> Result<()> {
        let verdict = verdict(&template);
        template.reason = None;
        template.status = "APPROVED".to_owned();
        match verdict {
            Verdict::Approved => {}
            Verdict::Recategorised(category) => return self.recategorise(template, category).await,
            Verdict::Rejected(reason) => {
                template.status = "REJECTED".to_owned();
                template.reason = Some(reason.word.to_owned());
            }
        }
        templates::save(self.db(), &template).await?;
        self.report_template(&template).await
    }

    /// Approves a template, but of another category than was asked.
    async fn recategorise(&mut self, mut template: TemplateRow, category: &str) -> Result<()> {
        self.put_into_category(&mut template, category).await?;
        self.report_template(&template).await
    }

    /// What was to be deleted is gone.
    pub(crate) async fn delete_template(&mut self, mut template: TemplateRow) -> Result<()> {
        templates::remove(self.db(), &template.id).await?;
        "DELETED".clone_into(&mut template.status);
        template.reason = None;
        self.report_template(&template).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn template(name: &str, category: &str, recategorise: bool, body: &str) -> TemplateRow {
        TemplateRow {
            id: "1".to_owned(),
            business_account_id: "1".to_owned(),
            name: name.to_owned(),
            language: "en".to_owned(),
            category: category.to_owned(),
            status: "PENDING".to_owned(),
            parameter_format: "POSITIONAL".to_owned(),
            components: json!([{"type": "BODY", "text": body}]).to_string(),
            reason: None,
            created_at: 0,
            quality: "UNKNOWN".to_owned(),
            quality_at: 0,
            recategorise,
            previous_category: None,
            correct_category: None,
        }
    }

    #[test]
    fn words_decide_and_a_name_overrules_them() {
        let of = |name: &str, category: &str, body: &str| verdict(&template(name, category, false, body));
        assert_eq!(of("a", "UTILITY", "Your order is ready."), Verdict::Approved);
        assert_eq!(of("a", "UTILITY", "20 € discount!"), Verdict::Rejected(&TAG_CONTENT_MISMATCH));
        assert_eq!(of("a", "MARKETING", "20 € discount!"), Verdict::Approved);
        assert_eq!(of("a", "UTILITY", "We discounted it."), Verdict::Approved, "a word within another");
        assert_eq!(of("a", "MARKETING", "Send us your password."), Verdict::Rejected(&SCAM));
        assert_eq!(of("a", "UTILITY", "Pay, or else..."), Verdict::Rejected(&ABUSIVE_CONTENT));
        assert_eq!(of("a", "UTILITY", "See https://bit.ly/x"), Verdict::Rejected(&INVALID_FORMAT));
        assert_eq!(of("a", "UTILITY", "Your verification code: 1"), Verdict::Rejected(&INCORRECT_CATEGORY));
        assert_eq!(of("reject_promotional", "UTILITY", "Hello"), Verdict::Rejected(&PROMOTIONAL));
        assert_eq!(of("reject", "AUTHENTICATION", ""), Verdict::Rejected(&INVALID_FORMAT));
        assert_eq!(of("approve_it", "UTILITY", "Your discount"), Verdict::Approved);
        let misfiled = template("a", "UTILITY", true, "Your discount");
        assert_eq!(verdict(&misfiled), Verdict::Recategorised("MARKETING"));
    }
}
