//! Two contacts that are one person: what the one that stays has then, and how that is taken back.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::phone;

/// Of two contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The one that stays.
    Target,
    /// The one that goes into it.
    Source,
}

/// A number beside phone and mobile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    pub kind: String,
    pub digits: String,
}

/// What is known of a contact, by how two of them become one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What there is one of; what is empty is absent.
    pub fields: BTreeMap<String, Value>,
    pub tags: Vec<String>,
    pub numbers: Vec<Number>,
    /// By network.
    pub socials: BTreeMap<String, String>,
}

/// The fields that hold a number, and what sort of number one is that loses its place.
const PHONES: [(&str, &str); 2] = [("mobile", "mobile"), ("phone", "other")];

/// What the target has after a merge. A field that nobody chose is the target's, or the source's where that is empty.
/// Tags, numbers and socials are united, so nothing by which somebody was reached is lost.
pub fn merged(target: &Record, source: &Record, choices: &BTreeMap<String, Side>) -> Record {
    let keys: BTreeSet<&String> = target.fields.keys().chain(source.fields.keys()).collect();
    let fields: BTreeMap<String, Value> = keys
        .into_iter()
        .filter_map(|key| {
            let (own, other) = (target.fields.get(key), source.fields.get(key));
            let value = match choices.get(key) {
                Some(Side::Target) => own,
                Some(Side::Source) => other,
                None => own.or(other),
            };
            Some((key.clone(), value?.clone()))
        })
        .collect();
    let mut tags = target.tags.clone();
    for tag in &source.tags {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    let mut numbers = target.numbers.clone();
    let lost = [target, source].into_iter().flat_map(|record| {
        PHONES.iter().filter_map(|(key, kind)| {
            let digits = record.fields.get(*key)?.as_str()?;
            Some(Number { kind: (*kind).to_owned(), digits: digits.to_owned() })
        })
    });
    for number in source.numbers.iter().cloned().chain(lost) {
        let placed = PHONES.iter().filter_map(|(key, _)| fields.get(*key)?.as_str());
        let mut there = placed.chain(numbers.iter().map(|number| number.digits.as_str()));
        if !there.any(|digits| phone::same(digits, &number.digits)) {
            numbers.push(number);
        }
    }
    let mut socials = source.socials.clone();
    socials.extend(target.socials.clone());
    Record { fields, tags, numbers, socials }
}

/// What the target has once a merge is taken back: as it was before, but for what was changed since.
pub fn undone(current: &Record, target: &Record, merged: &Record) -> Record {
    let came = |there: bool, before: bool| there && !before;
    Record {
        fields: apart(&current.fields, &target.fields, &merged.fields),
        socials: apart(&current.socials, &target.socials, &merged.socials),
        tags: current
            .tags
            .iter()
            .filter(|tag| !came(merged.tags.contains(tag), target.tags.contains(tag)))
            .cloned()
            .collect(),
        numbers: current
            .numbers
            .iter()
            .filter(|number| !came(merged.numbers.contains(number), target.numbers.contains(number)))
            .cloned()
            .collect(),
    }
}

fn apart<V: Clone + PartialEq>(
    current: &BTreeMap<String, V>,
    target: &BTreeMap<String, V>,
    merged: &BTreeMap<String, V>,
) -> BTreeMap<String, V> {
    let keys: BTreeSet<&String> = current.keys().chain(target.keys()).collect();
    keys.into_iter()
        .filter_map(|key| {
            let kept = if current.get(key) == merged.get(key) { target.get(key) } else { current.get(key) };
            Some((key.clone(), kept?.clone()))
        })
        .collect()
}
