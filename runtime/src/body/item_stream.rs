//! Streams of items in request bodies: lines, JSON text sequences (RFC 7464), and other formats.

use crate::codec::EncodeError;
use crate::secrets::SentSecrets;
use crate::transport::maybe_send::{BoxStream, MaybeSend};
use crate::transport::{Body, BoxError, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The items of a request body that is a stream. Every list and iterator converts to it. Each item is encoded when it
/// is sent, so there may be more items than fit into memory. A call with a stream is sent once and never retried,
/// except with [`ItemStream::whole`].
///
/// ```
/// use clientsmith_runtime::ItemStream;
///
/// let from_a_list: ItemStream<i64> = vec![1, 2, 3].into();
/// let from_an_iterator: ItemStream<i64> = (1..=1_000_000).into();
/// ```
pub struct ItemStream<T>(Source<T>);

enum Source<T> {
    Whole(Vec<T>),
    Stream(BoxStream<'static, Result<T, BoxError>>),
}

impl<T: 'static> ItemStream<T> {
    /// Creates the items from an async stream.
    pub fn stream(values: impl Stream<Item = T> + MaybeSend + 'static) -> Self {
        Self(Source::Stream(Box::pin(InfallibleItems(Box::pin(values)))))
    }

    /// Creates the items from an async stream of results. An error ends the call.
    pub fn try_stream<X: Into<BoxError>>(values: impl Stream<Item = Result<T, X>> + MaybeSend + 'static) -> Self {
        Self(Source::Stream(Box::pin(FallibleItems(Box::pin(values)))))
    }

    /// Creates the items from an iterator of results. An error ends the call.
    pub fn try_iter<X, I>(values: I) -> Self
    where
        X: Into<BoxError> + 'static,
        I: IntoIterator<Item = Result<T, X>>,
        I::IntoIter: MaybeSend + 'static,
    {
        Self::try_stream(Iterated(values.into_iter()))
    }

    /// Creates items that are all encoded before the call is sent, so that it can be retried, and the server receives
    /// the length.
    pub fn whole(values: impl IntoIterator<Item = T>) -> Self {
        Self(Source::Whole(values.into_iter().collect()))
    }
}

/// An async transport runs the iterator on its own thread, so the iterator must not block.
impl<T: 'static, I> From<I> for ItemStream<T>
where
    I: IntoIterator<Item = T>,
    I::IntoIter: MaybeSend + 'static,
{
    fn from(values: I) -> Self {
        Self::stream(Iterated(values.into_iter()))
    }
}

impl<T: 'static> ItemStream<T> {
    /// Returns a body of the items, each encoded by `write`, and the bytes after the last one. `secrets` remembers the
    /// secrets of the items.
    pub(crate) fn into_body(
        self,
        secrets: &mut Option<SentSecrets>,
        write: impl Fn(&T) -> Result<Vec<u8>, EncodeError> + MaybeSend + 'static,
        last: Option<Vec<u8>>,
    ) -> Result<Body, EncodeError> {
        match self.0 {
            Source::Stream(values) => {
                let secrets = secrets.get_or_insert_default().clone();
                Ok(Body::stream(Written { values: Some(values), write, last, number: 0, secrets }, None))
            }
            Source::Whole(values) => {
                let mut all = Vec::new();
                for (index, value) in values.iter().enumerate() {
                    all.extend(
                        write(value)
                            .map_err(|error| EncodeError::new(format!("value {} of the body {error}", index + 1)))?,
                    );
                }
                all.extend(last.unwrap_or_default());
                Ok(all.into())
            }
        }
    }
}

/// Items are not shown, because they may contain anything.
impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}

/// The items as chunks of a body.
struct Written<T, W> {
    /// `None` after the last item: a stream must not be polled after its end.
    values: Option<BoxStream<'static, Result<T, BoxError>>>,
    write: W,
    last: Option<Vec<u8>>,
    number: u64,
    secrets: SentSecrets,
}

/// Only the items are pinned, and they are in a box.
impl<T, W> Unpin for Written<T, W> {}

impl<T, W: Fn(&T) -> Result<Vec<u8>, EncodeError>> Stream for Written<T, W> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(values) = &mut self.values else { return Poll::Ready(None) };
        let Poll::Ready(next) = values.as_mut().poll_next(context) else { return Poll::Pending };
        self.number += 1;
        let fails = |why: String, source: Option<BoxError>| TransportError {
            kind: TransportErrorKind::Body,
            message: format!("value {} of the body {why}", self.number),
            source,
        };
        let Some(value) = next else {
            self.values = None;
            return Poll::Ready(self.last.take().map(|last| Ok(Bytes::from(last))));
        };
        let value = value.map_err(|error| fails(format!("cannot be read: {error}"), Some(error)));
        Poll::Ready(Some(value.and_then(|value| {
            let written = self.secrets.written_by(|| (self.write)(&value));
            written.map(Bytes::from).map_err(|why| fails(why.to_string(), None))
        })))
    }
}

/// An iterator as a stream that is always ready.
struct Iterated<I>(I);

/// Nothing in it is pinned.
impl<I> Unpin for Iterated<I> {}

impl<I: Iterator> Stream for Iterated<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }
}

/// The caller's stream of items.
struct InfallibleItems<S>(Pin<Box<S>>);

impl<S: Stream> Stream for InfallibleItems<S> {
    type Item = Result<S::Item, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|next| next.map(Ok))
    }
}

/// The caller's stream of results.
struct FallibleItems<S>(Pin<Box<S>>);

impl<T, X: Into<BoxError>, S: Stream<Item = Result<T, X>>> Stream for FallibleItems<S> {
    type Item = Result<T, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|next| next.map(|value| value.map_err(Into::into)))
    }
}
