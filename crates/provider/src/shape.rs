//! How an object of a provider's JSON is declared.

/// Visitor methods for the shapes that count as absent.
macro_rules! absent {
    ($value:expr) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($value)
        }
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($value)
        }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($value)
        }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($value)
        }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($value)
        }
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok($value)
        }
    };
}

/// Declares an object with the fields we read. Unknown fields are skipped, of a repeated one the last counts, and
/// what is no object has no fields. A field's JSON name may follow it: `kind = "type": Text<'a>`.
macro_rules! object {
    ($(#[$doc:meta])* struct $name:ident<$a:lifetime> {
        $($field:ident $(= $key:literal)? : $type:ty),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(crate) struct $name<$a> { $(pub(crate) $field: $type),* }

        impl<'de: $a, $a> ::serde::Deserialize<'de> for $name<$a> {
            fn deserialize<D: ::serde::Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
                use ::serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
                struct ObjectVisitor<$a>(::std::marker::PhantomData<&$a ()>);

                impl<'de: $a, $a> Visitor<'de> for ObjectVisitor<$a> {
                    type Value = $name<$a>;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str("anything")
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                        let mut object = $name::default();
                        while let Some($crate::json::Key(key)) = map.next_key()? {
                            $(if key == object!(@key $field $($key)?) {
                                object.$field = map.next_value()?;
                                continue;
                            })*
                            map.next_value::<IgnoredAny>()?;
                        }
                        Ok(object)
                    }

                    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                        while list.next_element::<IgnoredAny>()?.is_some() {}
                        Ok($name::default())
                    }

                    absent!($name::default());
                }
                json.deserialize_any(ObjectVisitor(::std::marker::PhantomData))
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}
