//! A record: a map with known keys, from one declaration.

/// Declares a struct that is read from a YAML map: the field is the key, its type says what the
/// value may be and whether the key is required, its doc comment says what it means.
///
/// Unknown keys are reported with the nearest known one. A required key that is missing or cannot
/// be read makes the whole record none, after all its other mistakes were reported.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* pub $field:ident : $type:ty, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $( $(#[$field_meta])* pub $field: $type, )*
            /// Where the record begins.
            pub span: $crate::source::Span,
        }

        impl $name {
            /// The keys it knows, in the order of the documentation.
            pub const KEYS: &[&str] = &[$( stringify!($field) ),*];
        }

        impl $crate::yaml::FromYaml for $name {
            fn from_yaml(
                value: &$crate::yaml::Value,
                reader: &mut $crate::yaml::Reader<'_>,
            ) -> Option<Self> {
                let entries = match &value.kind {
                    $crate::yaml::Kind::Map(entries) => entries.as_slice(),
                    $crate::yaml::Kind::Null => &[],
                    _ => {
                        let what = format!("keys and values, such as `{}: …`", Self::KEYS[0]);
                        reader.expected(&what, value);
                        return None;
                    }
                };
                for (key, _) in entries {
                    if !Self::KEYS.contains(&key.value.as_str()) {
                        let message = format!("unknown key `{}`", key.value);
                        let diagnostic =
                            $crate::diagnostics::Diagnostic::error("unknown-key", key.span, message)
                                .did_you_mean(&key.value, Self::KEYS.iter().copied());
                        reader.diagnostics.push(diagnostic);
                    }
                }
                $(
                    let found = entries.iter().find(|(key, _)| key.value == stringify!($field));
                    let $field = match found {
                        Some((_, value)) => <$type as $crate::yaml::FromYaml>::from_yaml(value, reader),
                        None => {
                            let absent = <$type as $crate::yaml::FromYaml>::absent();
                            if absent.is_none() {
                                let message = concat!("`", stringify!($field), "` is missing");
                                let help = concat!("add a line `", stringify!($field), ": …`");
                                let diagnostic = $crate::diagnostics::Diagnostic::error(
                                    "missing-key", value.span, message,
                                ).help(help);
                                reader.diagnostics.push(diagnostic);
                            }
                            absent
                        }
                    };
                )*
                Some(Self { $( $field: $field.or_else(<$type as $crate::yaml::FromYaml>::absent)?, )* span: value.span })
            }
        }
    };
}

pub(crate) use record;
