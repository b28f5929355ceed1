//! Reading JSON without ever failing over a shape: a field of the wrong kind is an absent field, and nothing is
//! copied that can be borrowed. Only broken syntax is an error.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Any JSON value as it stands.
pub(crate) type Raw<'a> = &'a RawValue;

/// Text, however it was written: a string, a number (its digits untouched) or a truth value. Null, lists and objects
/// are no text. U+0000, which PostgreSQL cannot store, and halves of surrogate pairs become U+FFFD.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text<'a>(pub Option<Cow<'a, str>>);

impl<'a> Text<'a> {
    pub(crate) fn of(json: &'a str) -> Self {
        Self(match json.as_bytes() {
            [b'"', inside @ .., b'"'] if !inside.contains(&b'\\') => json.get(1..json.len() - 1).map(Cow::Borrowed),
            [b'"', ..] => serde_json::from_str::<String>(&mended(json)).ok().map(Cow::Owned),
            [b'{' | b'[' | b'n', ..] | [] => None,
            _ => Some(Cow::Borrowed(json)),
        })
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The text unless it is empty.
    pub(crate) fn filled(&self) -> Option<&str> {
        self.as_str().filter(|text| !text.is_empty())
    }

    /// The text as ours, unless it is empty.
    pub(crate) fn owned(&self) -> Option<String> {
        self.filled().map(str::to_owned)
    }

    pub(crate) fn is_some(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn is_true(&self) -> bool {
        self.as_str() == Some("true")
    }

    /// A whole number; a fraction is cut off.
    pub(crate) fn number(&self) -> Option<i64> {
        let text = self.as_str()?.trim();
        text.parse().ok().or_else(|| {
            let value = self.decimal()?.trunc();
            // 2^53: beyond it a float is no exact number any more.
            #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
            (value.abs() <= 9_007_199_254_740_992.0).then_some(value as i64)
        })
    }

    /// A finite number.
    pub(crate) fn decimal(&self) -> Option<f64> {
        self.as_str()?.trim().parse().ok().filter(|value: &f64| value.is_finite())
    }

    /// Unix seconds between 2001 and 2100; anything else is nonsense.
    pub(crate) fn instant(&self) -> Option<Timestamp> {
        let seconds = self.number().filter(|seconds| (1_000_000_000..4_102_444_800).contains(seconds))?;
        Timestamp::from_second(seconds).ok()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        Raw::deserialize(json).map(|raw| Self::of(raw.get()))
    }
}

/// JSON text whose strings can all be read and stored: `\u0000` and halves of surrogate pairs are replaced by
/// `\ufffd`, in place.
pub(crate) fn mended(json: &str) -> Cow<'_, str> {
    if !json.contains("\\u") {
        return Cow::Borrowed(json);
    }
    let mut bytes = Cow::Borrowed(json.as_bytes());
    let mut at = 0;
    while at < bytes.len() {
        at += match unit(&bytes, at) {
            _ if bytes.get(at) != Some(&b'\\') => 1,
            None => 2,
            Some(0xD800..=0xDBFF) if matches!(unit(&bytes, at + 6), Some(0xDC00..=0xDFFF)) => 12,
            Some(0 | 0xD800..=0xDFFF) => {
                if let Some(hex) = bytes.to_mut().get_mut(at + 2..at + 6) {
                    hex.copy_from_slice(b"fffd");
                }
                6
            }
            Some(_) => 6,
        };
    }
    match bytes {
        Cow::Borrowed(_) => Cow::Borrowed(json),
        // Only ASCII was put in the place of ASCII.
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

/// The code unit of an escape `\uXXXX` that begins here.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let hex = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
}

/// A list of anything. A single object counts as a list of one; anything else as an empty one.
#[derive(Clone, Debug, Default)]
pub(crate) struct List<'a>(pub Vec<Raw<'a>>);

impl<'a> List<'a> {
    /// Every item that is what is asked for; the others are left out.
    pub(crate) fn read<T: Deserialize<'a>>(&self) -> impl Iterator<Item = T> {
        self.0.iter().filter_map(|raw| serde_json::from_str(raw.get()).ok())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for List<'a> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let raw = Raw::deserialize(json)?;
        Ok(Self(match raw.get().as_bytes().first() {
            Some(b'[') => serde_json::from_str(raw.get()).unwrap_or_default(),
            Some(b'{') => vec![raw],
            _ => Vec::new(),
        }))
    }
}

/// An object within an object. What is no object is absent, be it a number beyond all bounds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Within<T>(pub Option<T>);

impl<T> Default for Within<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Within<T> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(json)?;
        Ok(Self(if raw.get().starts_with('{') { serde_json::from_str(raw.get()).ok() } else { None }))
    }
}

/// A list of objects of one kind, read in the same pass; what is no list has no items.
#[derive(Debug)]
pub(crate) struct Many<T>(pub Option<Vec<T>>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(ManyVisitor(PhantomData))
    }
}

struct ManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ManyVisitor<T> {
    type Value = Many<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Many(Some(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Ok(Many(Some(vec![T::deserialize(MapAccessDeserializer::new(map))?])))
    }

    absent!(Many(None));
}

/// The fields of an object in the order they stand in.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a>(pub Vec<(Cow<'a, str>, Raw<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(FieldsVisitor(PhantomData))
    }
}

struct FieldsVisitor<'a>(PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for FieldsVisitor<'a> {
    type Value = Fields<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            fields.push((key, map.next_value()?));
        }
        Ok(Fields(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Fields::default())
    }

    absent!(Fields::default());
}

/// A field's name. Asked for as bytes, because then half a surrogate pair in it is no error.
pub(crate) struct Key<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct KeyVisitor<'a>(PhantomData<&'a ()>);

        impl<'de: 'a, 'a> Visitor<'de> for KeyVisitor<'a> {
            type Value = Key<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field's name")
            }
            fn visit_borrowed_bytes<E>(self, name: &'de [u8]) -> Result<Key<'a>, E> {
                Ok(Key(clean(String::from_utf8_lossy(name))))
            }
            fn visit_bytes<E>(self, name: &[u8]) -> Result<Key<'a>, E> {
                Ok(Key(clean(Cow::Owned(String::from_utf8_lossy(name).into_owned()))))
            }
            fn visit_str<E>(self, name: &str) -> Result<Key<'a>, E> {
                Ok(Key(clean(Cow::Owned(name.to_owned()))))
            }
        }
        json.deserialize_bytes(KeyVisitor(PhantomData))
    }
}

fn clean(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { text }
}

/// What an object holds, read on its own; `None` if it is no object.
pub(crate) fn inside<'a, T: Deserialize<'a>>(raw: Option<Raw<'a>>) -> Option<T> {
    let json = raw?.get();
    if json.starts_with('{') { serde_json::from_str(json).ok() } else { None }
}
