// Runs the generator away from the page, so that a long run does not stop the page. README.md has the form of messages.

import { zip } from "./zip.js";

const loaded = load();
/** The paths of the generated crate. */
let paths = [];

async function load() {
  const response = await fetch(new URL("clientsmith.wasm", import.meta.url));
  if (!response.ok) throw new Error(`clientsmith.wasm cannot be loaded: status ${response.status}`);
  // Without imports, the module can reach nothing outside of its memory.
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), {});
  return instance.exports;
}

onmessage = async ({ data: { id, head, files } }) => {
  try {
    const wasm = await loaded;
    const response = head.task === "zip" ? await archive(wasm, head.folder) : ask(wasm, head, files);
    if (head.task === "generate") paths = response.head.files ?? [];
    postMessage({ id, response });
  } catch (error) {
    postMessage({ id, failure: error.message });
  }
};

/** Asks the module: a line of JSON and the bytes of the files, and a line of JSON and a text in return. */
function ask(wasm, head, files) {
  const lengths = files.map(({ name, bytes }) => [name, bytes.length]);
  const line = new TextEncoder().encode(JSON.stringify({ ...head, files: lengths }) + "\n");
  const length = files.reduce((sum, { bytes }) => sum + bytes.length, line.length);
  try {
    const start = wasm.request(length);
    const request = new Uint8Array(wasm.memory.buffer, start, length);
    request.set(line);
    let end = line.length;
    for (const { bytes } of files) {
      request.set(bytes, end);
      end += bytes.length;
    }
    wasm.respond();
  } catch (trap) {
    throw new Error(reason(wasm, trap));
  }
  const text = received(wasm);
  const end = text.indexOf("\n");
  return { head: JSON.parse(text.slice(0, end)), text: text.slice(end + 1) };
}

function received(wasm) {
  return new TextDecoder().decode(new Uint8Array(wasm.memory.buffer, wasm.response(), wasm.response_length()));
}

/** A module that stops has the text of its panic as the response. It has none when it has no memory for one. */
function reason(wasm, trap) {
  const panic = received(wasm);
  if (panic) return `The generator stopped, which is a fault of the generator: ${panic}`;
  const isDeep = trap instanceof RangeError || /out of bounds/.test(trap.message);
  return isDeep ? "The description nests too deeply for this page: the stack is used up." : "The generator ran out of memory.";
}

/** The crate as a ZIP archive, with its files in a folder. */
async function archive(wasm, folder) {
  const entries = paths.map((path) => ({ path: `${folder}/${path}`, text: ask(wasm, { task: "file", path }, []).text }));
  return { head: {}, blob: await zip(entries) };
}
