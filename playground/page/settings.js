// The settings: a form by option, the text of the file, and what they change. The generator reads and checks the text.

import { changesOf } from "./changes.js";
import { Editor } from "./editor.js";
import { element } from "./lines.js";

/** The tables of docs/settings.md. */
const GROUPS = {
  Operations: ["groups", "operation_names", "tag_features", "preview", "preview_feature", "idempotency_header", "timeouts", "optional", "pagination", "streams", "header_lines", "send_read_only", "client_headers", "env"],
  Types: ["rename", "types", "formats", "secrets", "derives", "closed_enums", "unknown_fields", "relax", "relax_responses", "lenient", "lenient_formats", "one_way"],
  Input: ["include", "exclude", "prune", "strict"],
  Package: ["name", "version", "description", "keywords", "license", "repository", "authors", "rust_version", "edition", "runtime"],
};
/** Options about other files. They have no use here. */
const ABOUT_FILES = ["spec", "source", "out", "api", "build_dependency", "overlays", "lock", "allow_external"];
/** Values of options that are tables, or that have more than one form. */
const SAMPLES = {
  rename: '{ "#/components/schemas/Pet" = "Animal" }', types: '{ "Pet.price" = "number" }', formats: '{ date-time = "string" }',
  env: '{ key = "PETS_KEY" }', timeouts: '{ createPet = "10m" }', pagination: '{ listPets = false }', streams: '{ chat = { end = "[DONE]" } }',
  include: '{ tags = ["pets"] }', exclude: '{ deprecated = true }', prune: '{ unused = true }', derives: '["Eq", "Hash"]',
  client_headers: 'true, false or ["X-Tenant"]', header_lines: 'true or ["X-Tag"]', send_read_only: 'true or ["Pet.id"]',
};
/** Bytes of a description whose crates are compared without a request. */
const SMALL = 300_000;

export class SettingsView {
  #page;
  #written = {};
  #run = 0;
  /** The form, which has the options of the generator. */
  #built = null;
  isStale = true;

  constructor(page) {
    this.#page = page;
    this.form = document.getElementById("options");
    this.without = document.getElementById("without");
    this.editor = new Editor(document.getElementById("settings-text"), {
      label: "Settings as TOML", placeholder: "Every option has its default.", refused: page.refused, nameOf: () => "clientsmith.toml",
      changed: () => {
        this.#read();
        page.changed();
      },
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", ({ target }) => this.#set(target));
    this.without.addEventListener("change", () => this.#compare());
    document.getElementById("compare-settings").addEventListener("click", () => this.#compare());
    this.#built = this.#build();
  }

  get text() {
    return this.editor.text;
  }

  /** Shows the error of the generator about the settings. */
  showError(message) {
    const shown = document.getElementById("settings-error");
    shown.hidden = !message;
    shown.textContent = message ?? "";
    for (const option of this.form.querySelectorAll(".option")) {
      option.classList.toggle("wrong", Boolean(message?.includes(`\`${option.dataset.option}\``)));
    }
  }

  /** Runs when the view is shown, and after each generation while it is. */
  enter() {
    this.#built ??= this.#build();
    if (!this.isStale) return;
    if (this.#page.description.bytes.length <= SMALL) this.#compare();
    else document.getElementById("effects").replaceChildren(element("p", "", "A comparison of this description takes some seconds."));
  }

  async #build() {
    const response = await this.#page.request({ task: "schema" });
    if (!response) {
      this.#built = null;
      return;
    }
    const options = JSON.parse(response.text).definitions.api.properties;
    const named = Object.values(GROUPS).flat().concat(ABOUT_FILES);
    const others = Object.keys(options).filter((name) => !named.includes(name));
    for (const [title, names] of Object.entries({ ...GROUPS, Other: others })) {
      const group = element("fieldset");
      group.append(element("legend", "", title), ...names.filter((name) => options[name]).map((name) => row(name, options[name])));
      group.hidden = names.length === 0;
      this.form.append(group);
    }
    this.#read();
  }

  /** Fills the form from the text. */
  async #read() {
    const response = await this.#page.request({ task: "options", settings: this.text });
    if (!response) return;
    this.#written = response.head.options;
    this.showError(response.head.error);
    for (const option of this.form.querySelectorAll(".option")) {
      const written = this.#written[option.dataset.option], input = option.querySelector("[name]");
      option.classList.toggle("set", written !== undefined);
      input.disabled = Boolean(written?.is_table);
      input.value = written?.is_table ? "a table of the text" : shown(input, written?.value);
    }
    const selected = this.without.value;
    const choices = [["", "all settings"], ...Object.keys(this.#written).map((name) => [name, name])];
    this.without.replaceChildren(...choices.map(([value, text]) => new Option(text, value, false, value === selected)));
  }

  async #set(input) {
    const value = input.value.trim() === "" ? null : written(input);
    const response = await this.#page.request({ task: "set_option", settings: this.text, option: input.name, value });
    if (!response) return;
    if (response.head.error) return this.showError(`\`${input.name}\`: ${response.head.error}`);
    this.editor.set(response.text);
  }

  async #compare() {
    const root = document.getElementById("effects"), run = ++this.#run;
    const say = (text) => root.replaceChildren(element("p", "", text));
    this.isStale = false;
    if (Object.keys(this.#written).length === 0) return say("No option is set.");
    const without = this.without.value || null;
    say("Comparing…");
    const response = await this.#page.request({ task: "effects", settings: this.text, without });
    if (run !== this.#run) return;
    if (!response) return say("");
    const { files, findings, error, settings_error: wrong } = response.head;
    if (error || wrong) return say(error ?? wrong);
    if (!files) return say(findings.length > 0 ? "The description has errors." : "");
    root.replaceChildren(...this.#effects(files, JSON.parse(response.text).changes));
  }

  #effects(files, changes) {
    const title = element("h4", "", files.length === 0 ? "No file changes." : `${files.length} ${files.length === 1 ? "file changes" : "files change"}`);
    const items = files.map(({ path, added, removed }) => {
      const item = element("li"), link = element("button", "link", path);
      link.addEventListener("click", () => this.#page.show(path));
      item.append(link, element("span", "plus", ` +${added}`), element("span", "minus", ` −${removed}`));
      return item;
    });
    const listed = element("ol");
    listed.append(...items);
    if (changes.length === 0) return [title, listed];
    return [element("h4", "", `${changes.length} ${changes.length === 1 ? "change" : "changes"} for code that uses the crate`), changesOf(changes, {}), title, listed];
  }
}

/** A row of the form. */
function row(name, { description, default: standard, enum: words, type, items }) {
  const option = element("div", "option"), label = element("label", "", name), help = element("p", "", description);
  const input = type === "boolean" || words ? choice(words ?? ["true", "false"], standard) : element("input");
  option.dataset.option = input.name = name;
  input.id = `option-${name}`;
  help.id = `help-${name}`;
  label.htmlFor = input.id;
  input.setAttribute("aria-describedby", help.id);
  input.dataset.form = type === "boolean" ? "toml" : words || type === "string" ? "string" : type === "array" && items?.type === "string" ? "strings" : "toml";
  if (input.tagName === "INPUT") {
    input.spellcheck = false;
    input.placeholder = SAMPLES[name] ? `e.g. ${SAMPLES[name]}` : input.dataset.form === "strings" ? "names with commas between them" : (standard ?? "");
  }
  option.append(label, help, input);
  return option;
}

function choice(words, standard) {
  const select = document.createElement("select");
  select.append(new Option(`default: ${standard}`, ""), ...words.map((word) => new Option(word, word)));
  return select;
}

/** The text of an input for a value of TOML. */
function shown(input, value) {
  if (value === undefined) return "";
  try {
    if (input.dataset.form === "string") return value.startsWith("'") ? value.slice(1, -1) : JSON.parse(value);
    if (input.dataset.form === "strings") return JSON.parse(value).join(", ");
  } catch {
    // Other forms of TOML are shown as they are.
  }
  return value;
}

/** The value of TOML for an input. Strings of JSON are strings of TOML. */
function written(input) {
  const text = input.value.trim();
  if (input.dataset.form === "string") return JSON.stringify(text);
  if (input.dataset.form !== "strings" || text.startsWith("[")) return text;
  return JSON.stringify(text.split(",").map((part) => part.trim()).filter(Boolean)).replaceAll('","', '", "');
}
