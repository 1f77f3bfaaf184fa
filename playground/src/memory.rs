//! The functions of the module. Bytes go through two buffers: JavaScript writes a request into one and reads the response
//! from the other. Both are in the memory of the module, and only one thread uses it.
#![expect(
    unsafe_code,
    reason = "a name that the module exports must not collide with another; these functions have no unsafe block"
)]

use crate::{Request, Response, Session};
use std::cell::RefCell;
use std::panic;

thread_local! {
    static REQUEST: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static RESPONSE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static SESSION: RefCell<Session> = RefCell::default();
}

/// Returns the address of a buffer for a request of this length.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn request(length: usize) -> *mut u8 {
    REQUEST.with_borrow_mut(|request| {
        *request = vec![0; length];
        request.as_mut_ptr()
    })
}

/// Runs the request in the buffer. After a panic the module stops, and the response is the text of the panic. It is empty when
/// the memory or the stack is used up.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn respond() {
    RESPONSE.take();
    panic::set_hook(Box::new(|panic| RESPONSE.set(panic.to_string().into_bytes())));
    let bytes = REQUEST.take();
    let response = match Request::parse(&bytes) {
        Ok(request) => SESSION.with_borrow_mut(|session| session.respond(request)),
        Err(error) => Response::error(&error),
    };
    RESPONSE.set(response.into_bytes());
}

/// Returns the address of the response.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn response() -> *const u8 {
    RESPONSE.with_borrow(|response| response.as_ptr())
}

/// Returns the length of the response in bytes.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn response_length() -> usize {
    RESPONSE.with_borrow(Vec::len)
}
