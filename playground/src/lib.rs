//! The generator behind the page in `page/`, as a module of WebAssembly without imports: it reads no file, opens no
//! connection and knows no time. [`Session`] responds to requests; `memory` has the functions that JavaScript calls.

mod effects;
mod memory;
mod message;
mod session;
mod settings;

pub use message::{Request, Response};
pub use session::Session;
