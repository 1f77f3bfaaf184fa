//! Lists of unions: models in the form of generated ones, and the same with serde's derived code.

#![allow(dead_code, reason = "the benches measure only decoding")]

use clientsmith_runtime as runtime;
use runtime::{Candidate, JsonKind};

const CARD: &str = r#""number":"4111 1111 1111 1111","holder":"Ada Lovelace","expires":"2031-05","limit":1250.5"#;
const ACCOUNT: &str = r#""iban":"DE75512108001245126199","bank":"Example Bank","primary":true"#;
const VOUCHER: &str = r#""code":"SPRING-2031-000017","cents":2500,"currency":"EUR","note":"second \"chance\"""#;

/// A list of 10,000 objects with the property `kind`.
pub fn discriminated() -> String {
    list(|kind, members| format!(r#"{{"kind":"{kind}",{members}}}"#))
}

/// A list of 10,000 objects with one key each, which names the variant.
pub fn keyed() -> String {
    list(|kind, members| format!(r#"{{"{kind}":{{{members}}}}}"#))
}

/// A list of 10,000 objects that differ in their required keys.
pub fn shaped() -> String {
    list(|_, members| format!("{{{members}}}"))
}

fn list(item: impl Fn(&str, &str) -> String) -> String {
    let kinds = [("card", CARD), ("account", ACCOUNT), ("voucher", VOUCHER)];
    let items: Vec<String> = kinds.iter().cycle().take(10_000).map(|(kind, members)| item(kind, members)).collect();
    format!("[{}]", items.join(","))
}

macro_rules! model {
    ($name:ident { $($field:ident: $of:ty = $kind:ident($key:literal)),* }) => {
        #[derive(Debug)]
        pub struct $name {
            $(pub $field: $of,)*
            pub extra: runtime::Extra,
        }

        runtime::object!($name { $($field: $kind($key),)* ..extra }, read);
    };
}

model!(Card {
    number: String = Required("number"),
    holder: String = Required("holder"),
    expires: Option<String> = Optional("expires"),
    limit: Option<f64> = Optional("limit")
});
model!(Account {
    iban: String = Required("iban"),
    bank: String = Required("bank"),
    primary: Option<bool> = Optional("primary")
});
model!(Voucher {
    code: String = Required("code"),
    cents: i64 = Required("cents"),
    currency: Option<String> = Optional("currency"),
    note: Option<String> = Optional("note")
});
model!(TaggedCard {
    kind: CardKind = Required("kind"),
    number: String = Required("number"),
    holder: String = Required("holder"),
    expires: Option<String> = Optional("expires"),
    limit: Option<f64> = Optional("limit")
});
model!(TaggedAccount {
    kind: AccountKind = Required("kind"),
    iban: String = Required("iban"),
    bank: String = Required("bank"),
    primary: Option<bool> = Optional("primary")
});
model!(TaggedVoucher {
    kind: VoucherKind = Required("kind"),
    code: String = Required("code"),
    cents: i64 = Required("cents"),
    currency: Option<String> = Optional("currency"),
    note: Option<String> = Optional("note")
});
model!(WithCard { card: Card = Required("card") });
model!(WithAccount { account: Account = Required("account") });
model!(WithVoucher { voucher: Voucher = Required("voucher") });

runtime::open_enum! { pub enum CardKind { Card = "card" } else Unknown }
runtime::open_enum! { pub enum AccountKind { Account = "account" } else Unknown }
runtime::open_enum! { pub enum VoucherKind { Voucher = "voucher" } else Unknown }

/// A union that the property `kind` discriminates.
pub enum Discriminated {
    Card(TaggedCard),
    Account(TaggedAccount),
    Voucher(TaggedVoucher),
    Unknown(runtime::Json),
}

impl runtime::Decode for Discriminated {
    #[inline]
    fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
        runtime::union::decode(source, Self::Unknown, |value| match value.tag("kind") {
            Some("card") => value.decode("Card").map(Self::Card),
            Some("account") => value.decode("Account").map(Self::Account),
            Some("voucher") => value.decode("Voucher").map(Self::Voucher),
            _ => value.unknown().map(Self::Unknown),
        })
    }
}

macro_rules! by_keys {
    ($name:ident { $($member:literal $variant:ident($of:ident): $required:expr, $properties:expr;)* }) => {
        pub enum $name {
            $($variant($of),)*
            Unknown(runtime::Json),
        }

        impl runtime::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
                runtime::union::decode(source, Self::Unknown, |value| {
                    const MEMBERS: &[Candidate] =
                        &[$(Candidate::new(JsonKind::Object).required(&$required).properties(&$properties)),*];
                    let found = value.trials(MEMBERS).find_map(|trial| match trial.variant {
                        $($member => value.try_decode(trial).map(Self::$variant),)*
                        _ => None,
                    });
                    found.map_or_else(|| value.unknown().map(Self::Unknown), Ok)
                })
            }
        }
    };
}

by_keys!(Keyed {
    0 Card(WithCard): ["card"], ["card"];
    1 Account(WithAccount): ["account"], ["account"];
    2 Voucher(WithVoucher): ["voucher"], ["voucher"];
});
by_keys!(Shaped {
    0 Card(Card): ["number", "holder"], ["number", "holder", "expires", "limit"];
    1 Account(Account): ["iban", "bank"], ["iban", "bank", "primary"];
    2 Voucher(Voucher): ["code", "cents"], ["code", "cents", "currency", "note"];
});

macro_rules! peers {
    ($module:ident, $($extra:tt)*) => {
        pub mod $module {
            use serde::Deserialize;

            #[derive(Deserialize)]
            pub struct Card {
                number: String,
                holder: String,
                expires: Option<String>,
                limit: Option<f64>,
                $($extra)*
            }

            #[derive(Deserialize)]
            pub struct Account {
                iban: String,
                bank: String,
                primary: Option<bool>,
                $($extra)*
            }

            #[derive(Deserialize)]
            pub struct Voucher {
                code: String,
                cents: i64,
                currency: Option<String>,
                note: Option<String>,
                $($extra)*
            }

            #[derive(Deserialize)]
            #[serde(tag = "kind", rename_all = "lowercase")]
            pub enum Tagged {
                Card(Card),
                Account(Account),
                Voucher(Voucher),
            }

            #[derive(Deserialize)]
            #[serde(untagged)]
            pub enum Untagged {
                Card(Card),
                Account(Account),
                Voucher(Voucher),
            }

            #[derive(Deserialize)]
            #[serde(untagged)]
            pub enum Keyed {
                Card { card: Card },
                Account { account: Account },
                Voucher { voucher: Voucher },
            }
        }
    };
}

peers!(ignoring,);
peers!(preserving, #[serde(flatten)] extra: serde_json::Map<String, serde_json::Value>,);
