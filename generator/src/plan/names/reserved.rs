//! Names that generated code already uses. Lists only.

/// Keywords of every edition, and the names that no raw identifier may have.
pub(crate) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Placeholder names, which clippy refuses.
pub(crate) const PLACEHOLDERS: &[&str] = &["baz", "foo", "quux"];

/// Types that generated files name without a path.
pub(crate) const TYPES: &[&str] = &[
    "Api",
    "Arc",
    "Base64",
    "Bool",
    "Box",
    "Buffered",
    "Bytes",
    "Call",
    "Candidate",
    "Client",
    "ClientBuilder",
    "Clone",
    "ConfigError",
    "Copy",
    "Date",
    "DateTime",
    "Debug",
    "Decode",
    "DecodeError",
    "Default",
    "Display",
    "Drop",
    "Duration",
    "Encode",
    "EncodeError",
    "Eq",
    "Err",
    "Error",
    "Extra",
    "Fields",
    "Fn",
    "From",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Json",
    "JsonKind",
    "Map",
    "Maybe",
    "Method",
    "Multipart",
    "None",
    "Ok",
    "OpenEnum",
    "OpenIntegerEnum",
    "Operation",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "RawResponse",
    "Response",
    "Result",
    "Scheme",
    "SchemeKind",
    "Secret",
    "Self",
    "Send",
    "Sink",
    "Sized",
    "Slot",
    "Some",
    "Source",
    "String",
    "Style",
    "Sync",
    "ToOwned",
    "ToString",
    "Transport",
    "TryFrom",
    "TryInto",
    "UnknownInteger",
    "UnknownText",
    "Variable",
    "Vec",
];

/// Methods by reference that lints expect to belong to traits, and constructors.
pub(crate) const TRAITS: &[&str] =
    &["as_ref", "borrow", "clone", "cmp", "default", "deref", "eq", "fmt", "hash", "index", "new"];

/// Methods of the runtime's calls, and names that lints expect to belong to traits.
pub(crate) const METHODS: &[&str] = &[
    "add",
    "as_mut",
    "as_ref",
    "attempt_timeout",
    "bitand",
    "bitor",
    "bitxor",
    "body_extra",
    "borrow",
    "borrow_mut",
    "call",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "events",
    "events_blocking",
    "fmt",
    "from",
    "from_iter",
    "from_str",
    "hash",
    "header",
    "idempotency_key",
    "idempotent_by",
    "idle_timeout",
    "index",
    "index_mut",
    "into",
    "into_call",
    "into_future",
    "into_iter",
    "into_request",
    "json_lines",
    "json_lines_blocking",
    "mul",
    "neg",
    "new",
    "next",
    "not",
    "query_extra",
    "raw_cookies",
    "rem",
    "repeatable",
    "retries",
    "send",
    "send_blocking",
    "send_raw",
    "send_raw_blocking",
    "send_stream",
    "send_stream_blocking",
    "shl",
    "shr",
    "sub",
    "timeout",
    "without_credentials",
];

/// Methods of the runtime's calls from which only setters must differ.
pub(crate) const CALL: &[&str] = &["json_seq", "json_seq_blocking", "redirects"];

/// Methods of the generated client, from which the groups' accessors must differ, and the module of their files.
pub(crate) const CLIENT: &[&str] =
    &["api", "builder", "from_env", "request", "clone", "new", "fmt", "from", "into", "try_into", "default"];

/// Names that no file can have on Windows, whatever its extension.
pub(crate) const FILES: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Methods by value of every type, which Rust finds before a group's methods by reference.
pub(crate) const GROUP: &[&str] = &["into", "try_into"];

/// Cargo features of generated crates beside those of their groups.
pub(crate) const FEATURES: &[&str] = &[
    "blocking",
    "brotli",
    "compression",
    "default",
    "drift",
    "exact-numbers",
    "full",
    "gzip",
    "http2",
    "metrics",
    "native-tls",
    "reqwest",
    "rustls",
    "test-util",
    "tracing",
    "unused",
    "xml",
    "zstd",
];

/// Cargo features that a group can share with types of webhooks or callbacks.
pub(crate) const SENDER_FEATURES: &[&str] = &["callbacks", "webhooks"];

/// Methods of the generated builder, from which the setters of schemes and variables must differ.
pub(crate) const BUILDER: &[&str] = &[
    "allow_anonymous",
    "attempt_timeout",
    "base_url",
    "blocking_transport",
    "build",
    "clone",
    "compress_requests",
    "connect_timeout",
    "decode_large_bodies",
    "default",
    "drift",
    "environment",
    "from_env",
    "header",
    "hook",
    "lenient",
    "max_decoded_bytes",
    "max_json_depth",
    "max_response_bytes",
    "max_retries",
    "meter",
    "new",
    "on_misfit",
    "pace",
    "pool_idle_timeout",
    "raw_cookies",
    "reqwest",
    "retry_budget",
    "retry_policy",
    "stream_idle_timeout",
    "timeout",
    "transport",
    "user_agent",
];

/// Package names that would hide a crate that generated code names.
pub(crate) const PACKAGES: &[&str] =
    &["alloc", "bytes", "core", "http", "jiff", "reqwest", "serde", "std", "test", "tokio", "tracing", "ureq"];
