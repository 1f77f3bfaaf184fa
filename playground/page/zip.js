// Writes ZIP archives. The browser compresses (`CompressionStream`), so the generator's module needs no code for it.

/** The date of all entries, 1980-01-01, so that equal crates have equal archives. */
const DATE = 0x21;
const STORED = 0;
const DEFLATED = 8;
/** Names are UTF-8. */
const UTF_8 = 0x0800;

/** Returns an archive of texts with their paths. It has less than 65,536 files and 4 GiB. */
export async function zip(entries) {
  const parts = [], directory = [];
  let offset = 0;
  for (const { path, text } of entries) {
    const name = new TextEncoder().encode(path), bytes = new TextEncoder().encode(text);
    const packed = await deflated(bytes);
    const method = packed.length < bytes.length ? DEFLATED : STORED;
    const content = method === DEFLATED ? packed : bytes;
    // Version 2.0, flags, method, time, date, checksum, sizes, length of the name, no extra field.
    const shared = [[20, 2], [UTF_8, 2], [method, 2], [0, 2], [DATE, 2], [crc(bytes), 4], [content.length, 4], [bytes.length, 4], [name.length, 2], [0, 2]];
    const header = numbers([0x04034b50, 4], ...shared);
    parts.push(header, name, content);
    // No comment, disk 0, no attributes.
    directory.push(numbers([0x02014b50, 4], [20, 2], ...shared, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
    offset += header.length + name.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [entries.length, 2], [entries.length, 2], [size, 4], [offset, 4], [0, 2]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Numbers in little-endian order, each with its number of bytes. */
function numbers(...values) {
  const bytes = values.flatMap(([value, length]) => Array.from({ length }, (_, index) => (value >>> (8 * index)) & 0xff));
  return Uint8Array.from(bytes);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of the standard. */
function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  return (value ^ 0xffffffff) >>> 0;
}
