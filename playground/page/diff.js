// The view that compares an old description with the current one.

import { changesOf } from "./changes.js";
import { Editor } from "./editor.js";
import { EXAMPLE, OLD_EXAMPLE } from "./example.js";
import { mark } from "./findings.js";
import { element } from "./lines.js";

/** Bytes of both descriptions that are compared without a request. */
const SMALL = 600_000;

export class DiffView {
  #page;
  #run = 0;
  isStale = true;

  constructor(page) {
    this.#page = page;
    const at = (id) => document.getElementById(id);
    this.root = at("changes");
    this.verdict = at("verdict");
    this.old = new Editor(at("old"), {
      label: "Old description", placeholder: "Paste or drop the old description. It is compared with the current one.",
      refused: page.refused, nameOf: (text) => `old.${page.nameOf(text).split(".")[1]}`,
      changed: () => {
        at("old-name").textContent = this.old.isEmpty ? "" : this.old.name;
        this.isStale = true;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.enter(), 400);
      },
    });
    at("open-old").addEventListener("click", () => page.choose(this.old));
    at("copy-old").addEventListener("click", () => this.old.set(page.description.text));
    at("example-old").addEventListener("click", () => {
      if (page.description.text !== EXAMPLE) page.description.set(EXAMPLE);
      this.old.set(OLD_EXAMPLE);
    });
    at("compare").addEventListener("click", () => this.#compare());
  }

  /** Runs when the view is shown, and after each generation while it is. */
  enter() {
    if (!this.isStale || this.root.closest("[hidden]")) return;
    const length = this.old.bytes.length + this.#page.description.bytes.length;
    if (length <= SMALL) this.#compare();
    else this.#say("A comparison of these descriptions takes some seconds.");
  }

  #say(text) {
    this.verdict.textContent = "Changes";
    this.root.replaceChildren(element("p", "", text));
  }

  async #compare() {
    const { description, request } = this.#page, run = ++this.#run;
    this.isStale = false;
    if (this.old.isEmpty || description.isEmpty) return this.#say("The comparison needs two descriptions.");
    this.#say("Comparing…");
    // Files of one name are two files here.
    const [before, after] = [`old/${this.old.name}`, `new/${description.name}`];
    const files = [{ name: before, bytes: this.old.bytes }, { name: after, bytes: description.bytes }];
    const response = await request({ task: "compare", old: before, new: after, settings: this.#page.settingsText() }, files);
    if (run !== this.#run) return;
    if (!response) return this.#say("");
    const { summary, findings, settings_error: wrong } = response.head;
    if (wrong) return this.#say(wrong);
    if (findings) return this.#findings(findings, before);
    mark(this.old, []);
    const changes = JSON.parse(response.text).changes;
    this.verdict.textContent = summary;
    const reveal = { new: (line, column) => description.reveal(line, column), old: (line, column) => this.old.reveal(line, column) };
    this.root.replaceChildren(changesOf(changes, reveal));
  }

  /** A description with errors cannot be compared. */
  #findings(findings, before) {
    mark(this.old, findings.map((finding) => ({ ...finding, file: finding.file === before ? this.old.name : "" })));
    this.#say("A description with errors cannot be compared:");
    const listed = element("ol");
    for (const { severity, message, file, line, column } of findings) {
      const item = element("li");
      item.append(element("span", `badge ${severity}`, severity), `${file ? `${file}:${line}:${column}: ` : ""}${message}`);
      listed.append(item);
    }
    this.root.append(listed);
  }
}
