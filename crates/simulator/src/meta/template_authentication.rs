//! Authentication templates: Meta writes their words, a business only chooses among them.

use serde_json::{Value, json};

use super::error::{MetaError, Result};

/// Checks the components as a business sends them.
pub(super) fn check(components: &[Value]) -> Result<()> {
    let (mut bodies, mut buttons) = (0, 0);
    for component in components {
        match kind(component).as_str() {
            "BODY" => {
                bodies += 1;
                body(component)?;
            }
            "FOOTER" => footer(component)?,
            "BUTTONS" => {
                buttons += 1;
                button(component)?;
            }
            "HEADER" => {
                let text = "An authentication template has no header.";
                return Err(MetaError::template(2_388_047, "Message header is wrong", text));
            }
            other => {
                return Err(MetaError::parameter(format!(
                    "Param components cannot have the type \"{other}\" in an authentication template."
                )));
            }
        }
    }
    if bodies != 1 {
        return Err(MetaError::template(2_388_072, "Message body is wrong", "A template has exactly one body."));
    }
    if buttons == 1 { Ok(()) } else { Err(refused("An authentication template has exactly one button.")) }
}

fn kind(component: &Value) -> String {
    component["type"].as_str().unwrap_or_default().to_ascii_uppercase()
}

fn refused(text: &str) -> MetaError {
    MetaError::template(2_388_019, "Buttons are wrong", text)
}

/// Whether a component has these members and no other.
fn has_only(component: &Value, members: &[&str]) -> bool {
    component.as_object().is_some_and(|object| object.keys().all(|key| members.contains(&key.as_str())))
}

fn body(component: &Value) -> Result<()> {
    let recommends = &component["add_security_recommendation"];
    if has_only(component, &["type", "add_security_recommendation"])
        && (recommends.is_null() || recommends.is_boolean())
    {
        return Ok(());
    }
    let text = "The body of an authentication template has add_security_recommendation and nothing else.";
    Err(MetaError::template(2_388_072, "Message body is wrong", text))
}

fn footer(component: &Value) -> Result<()> {
    let minutes = component["code_expiration_minutes"].as_u64();
    if has_only(component, &["type", "code_expiration_minutes"])
        && minutes.is_some_and(|minutes| (1..=90).contains(&minutes))
    {
        return Ok(());
    }
    let text =
        "The footer of an authentication template has code_expiration_minutes, between 1 and 90, and nothing else.";
    Err(MetaError::template(2_388_073, "Message footer is wrong", text))
}

fn button(component: &Value) -> Result<()> {
    let Some([button]) = component["buttons"].as_array().map(Vec::as_slice) else {
        return Err(refused("An authentication template has exactly one button."));
    };
    if kind(button) != "OTP" {
        return Err(refused("The button of an authentication template has the type OTP."));
    }
    for key in ["text", "autofill_text"] {
        if button[key].as_str().is_some_and(|text| text.is_empty() || text.chars().count() > 25) {
            return Err(refused("The words of a button have between 1 and 25 characters."));
        }
    }
    let otp = button["otp_type"].as_str().unwrap_or_default().to_ascii_uppercase();
    match otp.as_str() {
        "COPY_CODE" => Ok(()),
        "ONE_TAP" | "ZERO_TAP" if !names_apps(button) => {
            Err(refused("A button of this type names 1 to 5 supported_apps, each by package_name and signature_hash."))
        }
        "ZERO_TAP" if button["zero_tap_terms_accepted"] != json!(true) => {
            Err(refused("A button of this type needs zero_tap_terms_accepted."))
        }
        "ONE_TAP" | "ZERO_TAP" => Ok(()),
        _ => Err(refused("The otp_type of a button is COPY_CODE, ONE_TAP or ZERO_TAP.")),
    }
}

fn names_apps(button: &Value) -> bool {
    button["supported_apps"].as_array().is_some_and(|apps| {
        let named = |app: &Value, key: &str| app[key].as_str().is_some_and(|text| !text.is_empty());
        (1..=5).contains(&apps.len())
            && apps.iter().all(|app| named(app, "package_name") && named(app, "signature_hash"))
    })
}

/// Meta's words in a language: the code, the recommendation, the end of the code's life, the button.
fn words(language: &str) -> [&'static str; 4] {
    match language.split('_').next().unwrap_or_default() {
        "it" => [
            "Il tuo codice di verifica è *{{1}}*.",
            "Per la tua sicurezza, non condividerlo.",
            "Questo codice scade tra # minuti.",
            "Copia codice",
        ],
        "es" => [
            "Tu código de verificación es *{{1}}*.",
            "Por tu seguridad, no lo compartas.",
            "Este código caduca en # minutos.",
            "Copiar código",
        ],
        "de" => [
            "Dein Verifizierungscode lautet *{{1}}*.",
            "Teile diesen Code zu deiner Sicherheit nicht.",
            "Dieser Code läuft in # Minuten ab.",
            "Code kopieren",
        ],
        _ => [
            "*{{1}}* is your verification code.",
            "For your security, do not share this code.",
            "This code expires in # minutes.",
            "Copy code",
        ],
    }
}

/// Puts Meta's words into the components of an authentication template.
pub(crate) fn word(language: &str, components: &mut [Value]) {
    let [code, recommendation, expiry, copy] = words(language);
    for component in components {
        match kind(component).as_str() {
            "BODY" if component["text"].is_null() => {
                let recommends = component["add_security_recommendation"] == json!(true);
                let text = if recommends { format!("{code} {recommendation}") } else { code.to_owned() };
                component["text"] = json!(text);
                component["example"] = json!({"body_text": [["123456"]]});
            }
            "FOOTER" if component["text"].is_null() => {
                let minutes = component["code_expiration_minutes"].to_string();
                component["text"] = json!(expiry.replace('#', &minutes));
            }
            "BUTTONS" => {
                for button in component["buttons"].as_array_mut().into_iter().flatten() {
                    if button["text"].is_null() {
                        button["text"] = json!(copy);
                    }
                }
            }
            _ => {}
        }
    }
}
