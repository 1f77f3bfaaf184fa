//! Content codings of responses (RFC 9110, section 8.4): one decoder for every transport. Does not know the content of
//! a body.

use super::{Body, TransportError, TransportErrorKind};
use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The codings of the crate's features, as a value of `Accept-Encoding`; `None` without such a feature.
pub(crate) const ACCEPTED: Option<HeaderValue> = match (cfg!(feature = "gzip"), cfg!(feature = "brotli")) {
    (true, true) => Some(HeaderValue::from_static("gzip, br")),
    (true, false) => Some(HeaderValue::from_static("gzip")),
    (false, true) => Some(HeaderValue::from_static("br")),
    (false, false) => None,
};

/// A body with more codings than this stays encoded. More than one is rare.
const MAX_CODINGS: usize = 4;

/// The number of bytes that are decoded at once. A hostile byte can become a thousand, and limits are checked between two
/// pieces.
const PIECE_BYTES: usize = 4 << 10;

/// Decodes the content codings of a response and removes their headers. A body with a coding that the features lack
/// stays as it is, with its headers.
pub(crate) fn decoded(headers: &mut HeaderMap, body: Body) -> Body {
    let Some(decoders) = decoders(headers).filter(|decoders| !decoders.is_empty()) else { return body };
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
    // The last coding was applied last, so it is undone first.
    decoders.into_iter().rev().fold(body, |body, decoder| {
        Body::stream(DecodingStream { body, left: Bytes::new(), decoder: Some(decoder) }, None)
    })
}

/// A decoder for each coding in the order of the headers, or `None` if one is unknown.
fn decoders(headers: &HeaderMap) -> Option<Vec<Decoder>> {
    let mut decoders = Vec::new();
    for value in headers.get_all(CONTENT_ENCODING) {
        for coding in value.to_str().ok()?.split(',').map(str::trim).filter(|coding| !coding.is_empty()) {
            if !coding.eq_ignore_ascii_case("identity") {
                decoders.push(Decoder::of(coding)?);
            }
        }
    }
    (decoders.len() <= MAX_CODINGS).then_some(decoders)
}

/// A decoder of one coding.
enum Decoder {
    #[cfg(feature = "gzip")]
    Gzip(Box<gzip::Members>),
    #[cfg(feature = "brotli")]
    Brotli(Box<brotli::Stream>),
}

impl Decoder {
    /// Returns the decoder of a coding. Names are case-insensitive (RFC 9110, section 8.4.1).
    fn of(coding: &str) -> Option<Self> {
        #[cfg(feature = "gzip")]
        if coding.eq_ignore_ascii_case("gzip") || coding.eq_ignore_ascii_case("x-gzip") {
            return Some(Self::Gzip(Box::default()));
        }
        #[cfg(feature = "brotli")]
        if coding.eq_ignore_ascii_case("br") {
            return Some(Self::Brotli(Box::default()));
        }
        None
    }

    const fn name(&self) -> &'static str {
        match *self {
            #[cfg(feature = "gzip")]
            Self::Gzip(_) => "gzip",
            #[cfg(feature = "brotli")]
            Self::Brotli(_) => "br",
        }
    }

    /// Decodes a piece.
    fn decode(&mut self, piece: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            #[cfg(feature = "gzip")]
            Self::Gzip(members) => members.decode(piece),
            #[cfg(feature = "brotli")]
            Self::Brotli(stream) => stream.decode(piece),
        }
    }

    /// Checks that the body is complete. No byte at all is an empty body, as after HEAD.
    fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            #[cfg(feature = "gzip")]
            Self::Gzip(members) => members.finish(),
            #[cfg(feature = "brotli")]
            Self::Brotli(stream) => stream.finish(),
        }
    }
}

/// A body that is decoded while it is read.
struct DecodingStream {
    body: Body,
    /// Received bytes that are not decoded yet.
    left: Bytes,
    /// `None` at the end.
    decoder: Option<Decoder>,
}

impl Stream for DecodingStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            let Some(decoder) = &mut this.decoder else { return Poll::Ready(None) };
            let name = decoder.name();
            let length = this.left.len().min(PIECE_BYTES);
            let decoded = match this.left.get(..length).filter(|piece| !piece.is_empty()) {
                Some(piece) => {
                    let decoded = decoder.decode(piece);
                    this.left.advance(length);
                    decoded
                }
                None => match ready!(Pin::new(&mut this.body).poll_next(context)) {
                    Some(Ok(chunk)) => {
                        this.left = chunk;
                        continue;
                    }
                    Some(Err(error)) => {
                        this.decoder = None;
                        return Poll::Ready(Some(Err(error)));
                    }
                    None => this.decoder.take().map_or_else(|| Ok(Vec::new()), Decoder::finish),
                },
            };
            match decoded {
                Ok(bytes) if bytes.is_empty() => {}
                Ok(bytes) => return Poll::Ready(Some(Ok(bytes.into()))),
                Err(error) => {
                    this.decoder = None;
                    return Poll::Ready(Some(Err(broken(name, error))));
                }
            }
        }
    }
}

fn broken(name: &str, error: io::Error) -> TransportError {
    TransportError {
        kind: TransportErrorKind::Broken,
        message: format!("the body is not complete and valid {name}, which its Content-Encoding declares: {error}"),
        source: Some(error.into()),
    }
}

#[cfg(feature = "gzip")]
mod gzip {
    use flate2::write::GzDecoder;
    use std::io::{self, Write};
    use std::mem;

    /// Decoder of gzip members: a body can have several (RFC 1952, section 2.2).
    #[derive(Default)]
    pub(super) struct Members {
        /// The current member; `None` before its first byte.
        open: Option<GzDecoder<Vec<u8>>>,
        /// True if the rest is padding, which is skipped.
        ended: bool,
    }

    /// The first byte of a member.
    const MAGIC: u8 = 0x1f;

    impl Members {
        pub(super) fn decode(&mut self, mut piece: &[u8]) -> io::Result<Vec<u8>> {
            let mut decoded = Vec::new();
            while let (false, Some(first)) = (self.ended, piece.first()) {
                let member = self.open.get_or_insert_with(|| GzDecoder::new(Vec::new()));
                let length = member.write(piece)?;
                member.flush()?;
                decoded.append(member.get_mut());
                if length == 0 {
                    // The member is complete.
                    member.try_finish()?;
                    decoded.append(member.get_mut());
                    self.ended = *first != MAGIC;
                    *member = GzDecoder::new(Vec::new());
                }
                piece = piece.get(length..).unwrap_or_default();
            }
            Ok(decoded)
        }

        pub(super) fn finish(mut self) -> io::Result<Vec<u8>> {
            match self.open.take().filter(|_| !self.ended) {
                None => Ok(Vec::new()),
                Some(mut member) => {
                    member.try_finish().map_err(|_| io::Error::from(io::ErrorKind::UnexpectedEof))?;
                    Ok(mem::take(member.get_mut()))
                }
            }
        }
    }
}

#[cfg(feature = "brotli")]
mod brotli {
    use brotli_decompressor::DecompressorWriter;
    use std::io::{self, Write};
    use std::mem;

    /// Decoder of Brotli.
    #[derive(Default)]
    pub(super) struct Stream(Option<DecompressorWriter<Vec<u8>>>);

    impl Stream {
        pub(super) fn decode(&mut self, piece: &[u8]) -> io::Result<Vec<u8>> {
            let decoder = self.0.get_or_insert_with(|| DecompressorWriter::new(Vec::new(), super::PIECE_BYTES));
            decoder.write_all(piece)?;
            decoder.flush()?;
            Ok(mem::take(decoder.get_mut()))
        }

        pub(super) fn finish(self) -> io::Result<Vec<u8>> {
            let Some(mut decoder) = self.0 else { return Ok(Vec::new()) };
            decoder.close()?;
            Ok(mem::take(decoder.get_mut()))
        }
    }
}

#[cfg(test)]
#[cfg(all(feature = "gzip", feature = "brotli"))]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;
    use std::task::Waker;

    fn packed(bytes: impl AsRef<[u8]>) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes.as_ref()).unwrap();
        encoder.finish().unwrap()
    }

    /// Decodes a body in chunks of a size. Returns the result and whether its headers were removed.
    fn read(codings: &[&str], body: &[u8], chunk: usize) -> (Result<String, String>, bool) {
        let mut headers = HeaderMap::new();
        for coding in codings {
            headers.append(CONTENT_ENCODING, coding.parse().unwrap());
        }
        let chunks: Vec<Vec<u8>> = body.chunks(chunk).map(<[u8]>::to_vec).collect();
        let mut body = decoded(&mut headers, Body::stream(Chunks(chunks.into_iter()), None));
        let mut read = Vec::new();
        let result = loop {
            match Pin::new(&mut body).poll_next(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(Some(Ok(bytes))) => read.extend_from_slice(&bytes),
                Poll::Ready(Some(Err(error))) => break Err(error.to_string()),
                Poll::Ready(None) => break Ok(String::from_utf8_lossy(&read).into_owned()),
                Poll::Pending => unreachable!(),
            }
        };
        (result, headers.is_empty())
    }

    struct Chunks(std::vec::IntoIter<Vec<u8>>);

    impl Stream for Chunks {
        type Item = Result<Vec<u8>, TransportError>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.next().map(Ok))
        }
    }

    #[test]
    fn undoes_codings_however_they_are_spelled() {
        let hi = || Ok("hi".to_owned());
        for chunk in [1, 3, 1000] {
            for codings in [&["gzip"][..], &["GZip"], &["x-gzip"], &["gzip, identity"], &["identity", " gzip ,"]] {
                assert_eq!(read(codings, &packed("hi"), chunk), (hi(), true), "{codings:?}");
            }
            assert_eq!(read(&["gzip, gzip"], &packed(packed("hi")), chunk), (hi(), true));
        }
        assert_eq!(read(&[], b"hi", 1), (hi(), true));
        assert_eq!(read(&["identity"], b"hi", 1), (hi(), false));
    }

    #[test]
    fn leaves_what_it_cannot_undo() {
        for codings in [&["zstd"][..], &["gzip, deflate"], &["gzip, gzip, gzip, gzip, gzip"]] {
            assert_eq!(read(codings, b"hi", 1), (Ok("hi".to_owned()), false), "{codings:?}");
        }
    }

    #[test]
    fn reads_every_member_and_passes_over_padding() {
        let two = [packed("one "), packed("two")].concat();
        for chunk in 1..two.len() {
            assert_eq!(read(&["gzip"], &two, chunk).0, Ok("one two".to_owned()), "{chunk}");
            assert_eq!(read(&["gzip"], &[&two[..], &[0; 16]].concat(), chunk).0, Ok("one two".to_owned()), "{chunk}");
        }
        assert_eq!(read(&["gzip"], &[packed(""), packed("two")].concat(), 1).0, Ok("two".to_owned()));
    }

    #[test]
    fn hands_on_what_is_there() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(b"data: 1\n\n").unwrap();
        encoder.flush().unwrap();
        let mut decoder = Decoder::of("gzip").unwrap();
        assert_eq!(decoder.decode(encoder.get_ref()).unwrap(), b"data: 1\n\n");
    }

    #[test]
    fn nothing_is_an_empty_body() {
        for coding in ["gzip", "br"] {
            assert_eq!(read(&[coding], b"", 1), (Ok(String::new()), true), "{coding}");
        }
    }

    #[test]
    fn half_a_body_is_an_error() {
        let whole = packed("x".repeat(2000));
        for length in 1..whole.len() {
            let error = read(&["gzip"], &whole[..length], 7).0.unwrap_err();
            assert!(error.contains("not complete and valid gzip"), "{error}");
        }
        assert!(read(&["gzip"], b"hi", 1).0.is_err());
        assert!(read(&["br"], b"hello", 1).0.is_err());
    }

    #[test]
    fn brotli_is_undone_too() {
        // "hihihi" by the reference encoder.
        let packed = &[0x8b, 0x02, 0x80, 0x68, 0x69, 0x68, 0x69, 0x68, 0x69, 0x03];
        for chunk in 1..packed.len() {
            assert_eq!(read(&["br"], packed, chunk), (Ok("hihihi".to_owned()), true), "{chunk}");
        }
        assert!(read(&["br"], &packed[..packed.len() - 1], 3).0.is_err());
    }
}
