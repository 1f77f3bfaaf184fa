// A text that can be edited: a text area with transparent letters over its lines. A large text can be read only.

import { language } from "./highlight.js";
import { Lines } from "./lines.js";

/** Characters of a text that can be edited. Browsers lay out the whole text after every key. */
const MOST_EDITABLE = 512 * 1024;
/** Characters of a line that can be edited. */
const WIDEST_EDITABLE = 5000;
/** The largest description. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** A size for people. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1000 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

export class Editor {
  #bytes = null;
  name = "";

  /** `changed` runs after each change, and `refused` with the reason for a text that is too large. */
  constructor(parent, { label, placeholder, changed, refused, nameOf }) {
    Object.assign(this, { parent, changed, refused, nameOf });
    this.lines = new Lines(parent, label);
    this.area = document.createElement("textarea");
    this.area.spellcheck = false;
    this.area.autocapitalize = "off";
    this.area.placeholder = placeholder;
    this.area.setAttribute("aria-label", label);
    parent.append(this.area);
    this.area.addEventListener("scroll", () => this.#follow());
    this.area.addEventListener("input", () => this.set(this.area.value, { isTyped: true }));
    parent.addEventListener("paste", (event) => this.#paste(event));
    this.set("", { isQuiet: true });
  }

  get text() {
    return this.isEditable ? this.area.value : this.#text;
  }

  #text = "";

  /** The content for the generator: the bytes of a file as they are, until the text is edited. */
  get bytes() {
    return this.#bytes ?? new TextEncoder().encode(this.text);
  }

  get isEmpty() {
    return this.text.trim() === "";
  }

  /** Sets the text. */
  set(text, { name, bytes = null, isTyped = false, isQuiet = false } = {}) {
    if (!isTyped) text = text.replaceAll("\r\n", "\n");
    this.#bytes = bytes;
    this.name = name ?? (isTyped && this.name ? this.name : this.nameOf(text));
    this.lines.show(text, language(this.name));
    this.isEditable = text.length <= MOST_EDITABLE && this.lines.widest <= WIDEST_EDITABLE;
    this.parent.classList.toggle("editing", this.isEditable);
    this.area.hidden = !this.isEditable;
    this.lines.root.tabIndex = this.isEditable ? -1 : 0;
    this.lines.root.ariaHidden = this.isEditable;
    this.#text = this.isEditable ? "" : text;
    if (!isTyped) {
      this.area.value = this.isEditable ? text : "";
      this.area.scrollTo(0, 0);
      this.lines.root.scrollTo(0, 0);
    }
    this.#follow();
    if (!isQuiet) this.changed();
  }

  /** Opens a file. */
  async open(file) {
    if (file.size > MOST_BYTES) {
      return this.refused(`${file.name} has ${size(file.size)}. The largest description for this page has ${size(MOST_BYTES)}: use the command.`);
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    this.set(new TextDecoder().decode(bytes), { name: file.name, bytes });
  }

  /** Scrolls to a place, and puts the cursor there. */
  reveal(line, column = 1) {
    if (this.isEditable) {
      const at = this.lines.offset(line, column);
      this.area.focus({ preventScroll: true });
      this.area.setSelectionRange(at, at);
      this.lines.reveal(line);
      this.area.scrollTop = this.lines.root.scrollTop;
      this.#follow();
    } else {
      this.lines.reveal(line);
      this.lines.root.focus({ preventScroll: true });
    }
  }

  #follow() {
    if (!this.isEditable) return;
    this.lines.root.scrollTo(this.area.scrollLeft, this.area.scrollTop);
    this.lines.render();
  }

  /** A text area needs seconds for a large text, so that text goes around it. */
  #paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const isLarge = text.length > MOST_EDITABLE || text.split("\n").some((line) => line.length > WIDEST_EDITABLE);
    if (!isLarge && this.isEditable) return;
    event.preventDefault();
    const length = new TextEncoder().encode(text).length;
    if (length > MOST_BYTES) {
      return this.refused(`The text has ${size(length)}. The largest description for this page has ${size(MOST_BYTES)}: use the command.`);
    }
    this.set(text);
  }
}
