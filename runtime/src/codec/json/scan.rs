//! The search for characters that end a run of plain characters in a JSON string, eight bytes at a time.

/// Returns the number of bytes before the first quote, backslash or control character.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<8>() {
        let special = special(u64::from_le_bytes(*chunk));
        if special != 0 {
            return bytes.len() - rest.len() + (special.trailing_zeros() / 8) as usize;
        }
        rest = behind;
    }
    let more = rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len());
    bytes.len() - rest.len() + more
}

/// Returns `true` when a string contains no quote, backslash or control character.
#[inline]
pub(in crate::codec) fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk::<16>() else { return is_short_plain(bytes) };
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<16>() {
        if has_special(chunk) {
            return false;
        }
        rest = behind;
    }
    // The last bytes may overlap those before them.
    !has_special(last)
}

/// Does the same for fewer than sixteen bytes.
#[inline]
fn is_short_plain(bytes: &[u8]) -> bool {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return special(u64::from_le_bytes(*first)) | special(u64::from_le_bytes(*last)) == 0;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return special(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))) == 0;
    }
    !bytes.iter().any(|byte| is_special(*byte))
}

/// Compares all bytes, which the compiler turns into vector instructions.
#[inline]
fn has_special(chunk: &[u8; 16]) -> bool {
    chunk.iter().fold(false, |found, byte| found | is_special(*byte))
}

/// Returns `true` for a character that cannot stand for itself in a JSON string.
#[inline]
const fn is_special(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\')
}

/// Sets the high bit of each byte of a word that is special. Bytes after the first may be wrong.
#[inline]
const fn special(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    // This moves the quote to the place of the space, next to the control characters.
    let moved = word ^ (ONES * 2);
    let control_or_quote = moved.wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    (control_or_quote | backslash) & !word & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_special_byte_at_every_place() {
        for special in [b'"', b'\\', 0, 9, b'\n', 0x1F] {
            for length in 0..40 {
                let plain: Vec<u8> =
                    (0..length).map(|at| [b' ', b'!', b'#', 0x7F, 0x80, 0xFF, b'[', b']'][at % 8]).collect();
                assert_eq!((plain_length(&plain), is_plain(&plain)), (length, true));
                for at in 0..length {
                    for second in at..length {
                        let mut bytes = plain.clone();
                        bytes[at] = special;
                        bytes[second] = b'"';
                        assert_eq!((plain_length(&bytes), is_plain(&bytes)), (at, false), "{bytes:?}");
                    }
                }
            }
        }
    }
}
