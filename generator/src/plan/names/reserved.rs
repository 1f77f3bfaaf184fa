//! Names that printed code already uses. Lists only.

/// Keywords of every edition, and the names that no raw identifier may have.
pub const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Types that printed files name without a path.
pub const TYPES: &[&str] = &[
    "Api", "Arc", "Base64", "Bool", "Box", "Buffered", "Bytes", "Call", "Candidate", "Client", "ClientBuilder", "Clone",
    "ConfigError", "Copy", "Date", "DateTime", "Debug", "Decode", "DecodeError", "Default", "Display", "Drop", "Duration",
    "Encode", "EncodeError", "Eq", "Err", "Error", "Extra", "Fields", "Fn", "From", "Hash", "Into", "IntoFuture",
    "IntoIterator", "Iterator", "Json", "JsonKind", "Map", "Maybe", "Method", "Multipart", "None", "Ok", "OpenEnum",
    "OpenIntegerEnum", "Operation", "Option", "Ord", "PartialEq", "PartialOrd", "RawResponse", "Response", "Result",
    "Scheme", "SchemeKind", "Secret", "Self", "Send", "Sink", "Sized", "Slot", "Some", "Source", "String", "Style", "Sync",
    "ToOwned", "ToString", "Transport", "TryFrom", "TryInto", "UnknownInteger", "UnknownText", "Variable", "Vec",
];

/// Methods of the runtime's calls, and names that lints want to be a trait's.
pub const METHODS: &[&str] = &[
    "add", "as_mut", "as_ref", "bitand", "bitor", "bitxor", "body_extra", "borrow", "borrow_mut", "call", "clone", "cmp",
    "default", "deref", "deref_mut", "div", "drop", "eq", "fmt", "from", "from_iter", "from_str", "hash", "header",
    "idempotency_key", "index", "index_mut", "into", "into_call", "into_future", "into_iter", "into_request", "mul", "neg",
    "new", "next", "not", "query_extra", "rem", "retries", "send", "send_blocking", "send_raw", "shl", "shr", "sub",
    "timeout",
];

/// Methods of the printed client, which the groups' accessors stand beside.
pub const CLIENT: &[&str] = &["builder", "from_env", "request", "clone", "new", "fmt", "from", "into", "default"];

/// Methods of the printed builder, which the setters of schemes and variables stand beside.
pub const BUILDER: &[&str] = &[
    "attempt_timeout", "base_url", "blocking_transport", "build", "connect_timeout", "from_env", "header", "max_response_bytes",
    "max_retries", "new", "timeout", "transport", "user_agent", "reqwest", "clone", "default",
];

/// Package names that would hide a crate that printed code names.
pub const PACKAGES: &[&str] =
    &["alloc", "bytes", "core", "http", "jiff", "reqwest", "serde", "std", "test", "tokio", "tracing", "ureq"];
