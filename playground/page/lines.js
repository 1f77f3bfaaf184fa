// A text of any length with line numbers. Only the visible lines are in the page, so a large file does not stop it.

import { addHighlighted } from "./highlight.js";

/** Height of a line in pixels, as in style.css. */
export const ROW = 20;
/** Characters of a line that are shown. A minified description is one line. */
const WIDEST = 5000;
/** Lines that are shown: browsers limit the height of an element. */
const MOST_LINES = 500_000;
/** Lines above and below the visible ones. */
const MARGIN = 20;
/** Classes of lines in a unified diff. */
const SIGNS = { "+": "added", "-": "removed", "@": "place" };

export class Lines {
  #text = "";
  #language = "";
  #starts = [0];
  #marks = new Map();
  #current = 0;
  #shown = "";

  constructor(parent, label) {
    this.root = element("div", "lines");
    this.root.tabIndex = 0;
    this.root.setAttribute("role", "region");
    this.root.setAttribute("aria-label", label);
    this.extent = element("div", "extent");
    this.window = element("div", "window");
    this.extent.append(this.window);
    this.root.append(this.extent);
    parent.append(this.root);
    this.parent = parent;
    this.root.addEventListener("scroll", () => this.render());
    new ResizeObserver(() => this.render()).observe(parent);
    this.show("", "");
  }

  /** The number of lines. */
  get count() {
    return Math.min(this.#starts.length, MOST_LINES);
  }

  /** The length of the longest line. */
  widest = 0;

  /** Shows a text from its first line. */
  show(text, language) {
    this.#text = text;
    this.#language = language;
    this.#starts = [0];
    this.widest = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
      this.widest = Math.max(this.widest, end - this.#starts.at(-1));
      this.#starts.push(end + 1);
    }
    this.widest = Math.max(this.widest, text.length - this.#starts.at(-1));
    this.#marks = new Map();
    this.#current = 0;
    this.parent.style.setProperty("--gutter", `${String(this.count).length + 3}ch`);
    this.extent.style.height = `${(this.count + 1) * ROW}px`;
    this.extent.style.width = `calc(${Math.min(this.widest, WIDEST) + 4}ch + var(--gutter))`;
    this.#again();
  }

  /** Marks lines: a map from line numbers to `{ kind, message }`. */
  mark(marks) {
    this.#marks = marks;
    this.#again();
  }

  /** Scrolls to a line, from 1, and marks it as the current one. */
  reveal(line) {
    this.#current = line;
    this.root.scrollTop = Math.max(0, (line - 1) * ROW - this.root.clientHeight / 3);
    this.#again();
  }

  /** The text of a line, from 1. */
  line(number) {
    const start = this.#starts[number - 1] ?? this.#text.length;
    const end = this.#starts[number] ?? this.#text.length + 1;
    return this.#text.slice(start, end - 1).replace(/\r$/, "");
  }

  /** The place of a line and a column, both from 1, in the text. Columns count characters as Rust does. */
  offset(line, column) {
    const before = [...this.line(line).slice(0, 2 * column)].slice(0, column - 1).join("");
    return (this.#starts[line - 1] ?? this.#text.length) + before.length;
  }

  #again() {
    this.#shown = "";
    this.render();
  }

  render() {
    const first = Math.max(0, Math.floor(this.root.scrollTop / ROW) - MARGIN);
    const last = Math.min(this.count, Math.ceil((this.root.scrollTop + this.root.clientHeight) / ROW) + MARGIN);
    if (this.#shown === `${first} ${last}`) return;
    this.#shown = `${first} ${last}`;
    const rows = [];
    for (let line = first + 1; line <= last; line++) rows.push(this.#row(line));
    this.window.style.transform = `translateY(${first * ROW}px)`;
    this.window.replaceChildren(...rows);
  }

  #row(line) {
    const row = element("div", "line"), number = element("span", "number"), code = element("span", "code");
    number.textContent = line;
    const text = this.line(line);
    addHighlighted(code, text.slice(0, WIDEST), this.#language);
    if (text.length > WIDEST) code.append(`… ${(text.length - WIDEST).toLocaleString("en")} more characters`);
    row.append(number, code);
    if (this.#language === "diff" && SIGNS[text[0]]) row.classList.add(SIGNS[text[0]]);
    if (line === this.#current) row.classList.add("current");
    const mark = this.#marks.get(line);
    if (mark) {
      row.classList.add(mark.kind);
      const message = element("span", "message");
      message.textContent = mark.message;
      row.append(message);
    }
    return row;
  }
}

export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
