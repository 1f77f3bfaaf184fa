//! The enum of the webhooks of an API. Each name is written once, beside its variant and the type of its body.

/// Defines the enum of all webhooks, with the function that decodes a body by the name of its webhook.
#[doc(hidden)]
#[macro_export]
macro_rules! webhook_enum {
    ($of:ident { $($(#[$doc:meta])* $name:literal as $variant:ident: $body:ty),* $(,)? }) => {
        /// The body of a webhook, decoded by the webhook's name in the description.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $of {
            $($(#[$doc])* #[doc = $crate::value_docs!($name $($doc)*)] $variant($body),)*
            /// A webhook that the description does not define.
            Unknown {
                /// The name of the webhook.
                name: String,
                /// The body as it was received.
                body: $crate::Bytes,
            },
        }

        impl $of {
            /// Decodes the body of the webhook of a name. The variant is `Unknown` for a name that the description does not
            /// define.
            ///
            /// # Errors
            /// Returns an error for a body that does not have the type of the webhook.
            pub fn decode(name: &str, body: &[u8]) -> Result<Self, $crate::DecodeError> {
                match name {
                    $($name => $crate::from_json_slice(body).map(Self::$variant),)*
                    _ => Ok(Self::Unknown { name: name.to_owned(), body: $crate::Bytes::copy_from_slice(body) }),
                }
            }

            /// Returns the name of the webhook.
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $name,)*
                    Self::Unknown { name, .. } => name,
                }
            }
        }
    };
}
