//! The languages of templates: which there are, and whose variant somebody gets.

/// Every language WhatsApp takes a template in, by its code. Source: Supported languages, WhatsApp message templates.
pub const LANGUAGES: &[&str] = &[
    "af", "ar", "az", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "en_GB", "en_US", "es", "es_AR", "es_ES",
    "es_MX", "et", "fa", "fi", "fil", "fr", "ga", "gu", "ha", "he", "hi", "hr", "hu", "id", "it", "ja", "ka", "kk",
    "kn", "ko", "ky_KG", "lo", "lt", "lv", "mk", "ml", "mr", "ms", "nb", "nl", "pa", "pl", "pt_BR", "pt_PT", "ro",
    "ru", "rw_RW", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zh_CN",
    "zh_HK", "zh_TW", "zu",
];

/// The variant of a template for somebody: in their language, else in a dialect of it, else in the account's default,
/// else none. `approved` are the languages it can be sent in.
pub fn language<'a>(approved: &'a [String], wanted: Option<&str>, default: &str) -> Option<&'a String> {
    let stem = |code: &str| code.split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase();
    let same = |code: &str| {
        let code = code.replace('-', "_");
        approved.iter().find(move |one| one.eq_ignore_ascii_case(&code))
    };
    let near = |code: &str| {
        let wanted = stem(code);
        approved.iter().find(move |one| stem(one) == wanted)
    };
    let wanted = wanted.map(str::trim).filter(|code| !code.is_empty());
    wanted.and_then(|code| same(code).or_else(|| near(code))).or_else(|| same(default)).or_else(|| near(default))
}
