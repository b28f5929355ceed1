//! The scenarios that come with the simulator.

use super::{Script, read};

/// Name and text of each.
pub(crate) const ALL: [(&str, &str); 8] = [
    ("angry-refund", include_str!("scenarios/angry-refund.txt")),
    ("order", include_str!("scenarios/order.txt")),
    ("rush-hour", include_str!("scenarios/rush-hour.txt")),
    ("silent", include_str!("scenarios/silent.txt")),
    ("template", include_str!("scenarios/template.txt")),
    ("changes-of-mind", include_str!("scenarios/changes-of-mind.txt")),
    ("new-number", include_str!("scenarios/new-number.txt")),
    ("bad-network", include_str!("scenarios/bad-network.txt")),
];

pub(crate) fn called(name: &str) -> Option<&'static str> {
    ALL.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// One of them; a test sees to it that each can be read.
pub(crate) fn read(text: &str) -> Script {
    read::read(text).unwrap_or_else(|wrong| Script {
        title: wrong.to_string(),
        about: String::new(),
        business: None,
        apart: false,
        people: Vec::new(),
        steps: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_them_can_be_read() {
        for (name, text) in ALL {
            let script = read::read(text).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
            assert!(!script.title.is_empty() && !script.about.is_empty(), "{name}");
        }
    }
}
