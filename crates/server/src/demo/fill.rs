//! What stands in the gaps of a conversation: the order, the piece of furniture, the day.

use super::random::Random;

/// Words of one language. Each goes with every article or preposition the conversations use before it.
struct Words {
    items: &'static [&'static str],
    small: &'static [&'static str],
    colours: &'static [&'static str],
    days: &'static [&'static str],
    streets: &'static [&'static str],
    rooms: &'static [&'static str],
}

const ITALIAN: Words = Words {
    items: &[
        "divano Nettuno",
        "tavolo Castagna",
        "letto Luna",
        "tappeto Brezza",
        "mobile TV Lago",
        "divano letto Porto",
        "comodino Luna",
        "pouf Ciottolo",
    ],
    small: &["la lampada Lucciola", "la sedia Ramo", "la mensola Volo", "la lampada da terra Gru", "la poltrona Alba"],
    colours: &["verde salvia", "grigio perla", "blu notte", "terracotta", "sabbia", "ottanio"],
    days: &["lunedì", "martedì", "mercoledì", "giovedì", "venerdì"],
    streets: &[
        "via Padova 41",
        "via Garibaldi 18",
        "corso Buenos Aires 77",
        "via dei Mille 9",
        "viale Monza 120",
        "via San Carlo 3",
    ],
    rooms: &[
        "camera 1",
        "camera 2",
        "camera 3",
        "camera 4",
        "camera 5",
        "camera 6",
        "la sala colazioni",
        "la reception",
        "il portico",
        "la suite",
        "il corridoio",
        "la lavanderia",
    ],
};
const ENGLISH: Words = Words {
    items: &[
        "Nettuno sofa",
        "Castagna table",
        "Luna bed",
        "Brezza rug",
        "Lago TV unit",
        "Porto sofa bed",
        "Quercia wardrobe",
        "Alba armchair",
    ],
    small: &["the Lucciola lamp", "the Ramo chair", "the Volo shelf", "the Gru floor lamp", "the Ciottolo pouf"],
    colours: &["sage green", "pearl grey", "midnight blue", "terracotta", "sand", "petrol"],
    days: &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    streets: &["14 Park Lane", "27 Station Road", "8 Mill Street", "112 Kings Avenue", "3 Harbour View"],
    rooms: &["the bedroom", "the study", "the hallway", "the living room"],
};
const SPANISH: Words = Words {
    items: &[
        "sofá Nettuno",
        "mueble de TV Lago",
        "sofá cama Porto",
        "sillón Alba",
        "puf Ciottolo",
        "armario Quercia",
        "cabecero Luna",
    ],
    small: &["la lámpara Lucciola", "la silla Ramo", "la balda Volo", "la mesita Luna", "la alfombra Brezza"],
    colours: &["verde salvia", "gris perla", "azul noche", "terracota", "arena", "petróleo"],
    days: &["el lunes", "el martes", "el miércoles", "el jueves", "el viernes"],
    streets: &["calle Mayor 22", "calle de Alcalá 140", "avenida Diagonal 310", "calle Colón 7", "paseo del Prado 15"],
    rooms: &["el dormitorio", "el salón", "el recibidor", "el despacho"],
};
const GERMAN: Words = Words {
    items: &["Sofa Nettuno", "Bett Luna", "Regal Volo", "Schlafsofa Porto", "TV-Möbel Lago", "Sideboard Quercia"],
    small: &["die Lampe Lucciola", "die Stehleuchte Gru", "die Kommode Luna"],
    colours: &["Salbeigrün", "Perlgrau", "Nachtblau", "Terrakotta", "Sand", "Petrol"],
    days: &["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"],
    streets: &["Lindenstraße 12", "Goethestraße 48", "Am Markt 3", "Schillerweg 21"],
    rooms: &["das Schlafzimmer", "das Wohnzimmer", "der Flur"],
};

/// The values of one conversation.
pub(super) struct Fill(Vec<(&'static str, String)>);

impl Fill {
    pub(super) fn new(random: &mut Random, language: &str, first: &str, city: &str, agent: &str) -> Self {
        let words = match language {
            "en" => &ENGLISH,
            "es" => &SPANISH,
            "de" => &GERMAN,
            _ => &ITALIAN,
        };
        let hour = random.between(9, 18);
        Self(vec![
            ("first", first.to_owned()),
            ("city", city.to_owned()),
            ("agent", agent.to_owned()),
            ("order", format!("A-{}", random.between(1_020, 1_390))),
            ("invoice", random.between(310, 980).to_string()),
            ("item", random.one_of(words.items).to_owned()),
            ("small", random.one_of(words.small).to_owned()),
            ("colour", random.one_of(words.colours).to_owned()),
            ("day", random.one_of(words.days).to_owned()),
            ("street", random.one_of(words.streets).to_owned()),
            ("room", random.one_of(words.rooms).to_owned()),
            ("hour", format!("{hour}:{}", random.one_of(&["00", "15", "30"]))),
            ("price", format!("{} €", random.between(6, 24) * 10 - 1)),
            ("cm", (random.between(12, 48) * 5).to_string()),
            ("count", random.between(2, 7).to_string()),
        ])
    }

    /// A text with its gaps filled, and one of each choice taken.
    pub(super) fn text(&self, random: &mut Random, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some(place) = rest.find(['{', '[']) {
            let (before, from) = rest.split_at(place);
            out.push_str(before);
            let close = if from.starts_with('{') { '}' } else { ']' };
            let Some((inside, after)) = from.get(1..).and_then(|from| from.split_once(close)) else {
                rest = from;
                break;
            };
            if close == '}' {
                out.push_str(self.0.iter().find(|(name, _)| *name == inside).map_or(inside, |(_, value)| value));
            } else {
                let choices: Vec<&str> = inside.split('|').collect();
                // What is chosen may have gaps itself.
                let chosen = random.one_of(&choices);
                out.push_str(&self.text(random, chosen));
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}
