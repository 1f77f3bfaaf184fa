// The page: the description, its crate, and the two other views.

import { DiffView } from "./diff.js";
import { Editor } from "./editor.js";
import { EXAMPLE } from "./example.js";
import { list, mark } from "./findings.js";
import { Generator, Lost } from "./generator.js";
import { language } from "./highlight.js";
import { Lines } from "./lines.js";
import { SettingsView } from "./settings.js";
import { Tree } from "./tree.js";

/** Time after the last key before the generator runs, in milliseconds. */
const PAUSE = 400;
/** Files that are shown first. */
const FIRST = ["src/models.rs", "src/lib.rs"];

const at = (id) => document.getElementById(id);
/** The paths of the crate, and the path of the file that is shown. */
let paths = [], path = "";
/** The requests without a response. */
const running = new Set();
let timer = 0, isRunning = false, isStale = false;

const generator = new Generator();
const tree = new Tree(at("tree"), openFile);
const file = new Lines(at("file"), "File of the generated crate");
const nameOf = (text) => (text.trimStart().startsWith("{") ? "openapi.json" : "openapi.yaml");
const refused = (reason) => say(reason);
const description = new Editor(at("description"), {
  label: "Description", placeholder: "Paste or drop an OpenAPI description.", changed: () => changed(), refused, nameOf,
});
const page = { description, request, show: showChanges, changed: () => changed(), refused, nameOf, settingsText: () => settings.text };
const settings = new SettingsView(page);
const diff = new DiffView(page);
const views = { crate: { enter() {} }, settings, diff };

function say(message) {
  at("status").textContent = message;
}

/** Shows for how long requests have been running, if that is long. */
function showBusy() {
  const time = performance.now() - Math.min(...[...running].map(({ start }) => start));
  at("busy").hidden = at("stop").hidden = !(time >= 500);
  at("elapsed").textContent = `${(time / 1000).toFixed(0)} s`;
}

/** Runs a request, and shows the reason when its worker is lost. Returns nothing then. */
async function request(head, files) {
  const own = { start: performance.now(), clock: setInterval(showBusy, 250) };
  running.add(own);
  try {
    return await generator.ask(head, files);
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    showCrate([], error.message);
    say(`${error.message} The next change starts the generator again.`);
  } finally {
    clearInterval(own.clock);
    running.delete(own);
    showBusy();
  }
}

/** The description or the settings are others now. */
function changed() {
  at("description-name").textContent = description.isEmpty ? "" : description.name;
  clearTimeout(timer);
  timer = setTimeout(run, PAUSE);
}

/** Generates the crate. A change during a run starts the next one. */
async function run() {
  isStale = isRunning;
  if (isRunning) return;
  if (description.isEmpty) return showNothing();
  isRunning = true;
  const start = performance.now();
  say("Generating…");
  const entry = description.name;
  const response = await request({ task: "generate", entry, settings: settings.text }, [{ name: entry, bytes: description.bytes }]);
  isRunning = false;
  if (isStale) return run();
  if (response) show(response.head, performance.now() - start);
}

function showNothing() {
  list(at("findings"), [], description);
  at("count").textContent = "";
  showCrate([], "Paste, drop or open a description.");
  say("");
}

function show({ findings = [], count = "", files, operations, settings_error: wrong }, time) {
  mark(description, findings);
  list(at("findings"), findings, description, explain);
  at("count").textContent = count || (wrong ? "" : "none");
  settings.showError(wrong);
  const seconds = `${(time / 1000).toFixed(time < 950 ? 2 : 1)} s`;
  if (files) {
    showCrate(files);
    say(`${files.length} files for ${operations} ${operations === 1 ? "operation" : "operations"}, generated in ${seconds}.`);
  } else {
    showCrate([], wrong ? "The settings have an error, so nothing is generated." : "The description has errors, so nothing is generated.");
    say(wrong ? `The settings have an error: ${wrong}` : `Nothing is generated: ${count}.`);
  }
  for (const view of Object.values(views)) view.isStale = true;
  current().enter();
}

/** Shows the files of a crate, or the reason why there is none. */
function showCrate(files, reason = "") {
  paths = files;
  at("no-crate").hidden = files.length > 0;
  at("no-crate").textContent = reason;
  at("download").disabled = at("copy").disabled = files.length === 0;
  tree.show(files);
  if (files.length > 0) openFile(files.includes(path) ? path : (FIRST.find((one) => files.includes(one)) ?? files[0]));
}

async function openFile(opened) {
  const isSame = path === opened, before = file.root.scrollTop;
  path = opened;
  tree.select(opened);
  const response = await request({ task: "file", path: opened });
  if (!response || path !== opened) return;
  fill(opened, response.text, language(opened));
  file.root.scrollTo(0, isSame ? before : 0);
}

function fill(title, text, language) {
  at("path").textContent = title;
  at("whole").hidden = language !== "diff";
  file.show(text, language);
  file.text = text;
}

/** Shows the lines of a file that differ for other settings. */
async function showChanges(opened) {
  selectTab("crate");
  path = opened;
  tree.select(opened);
  const response = await request({ task: "line_changes", path: opened });
  if (!response || path !== opened) return;
  fill(opened, response.text, "diff");
  file.root.scrollTo(0, 0);
}

async function download() {
  const manifest = await request({ task: "file", path: "Cargo.toml" });
  if (!manifest) return;
  const folder = /^name = "([^"]+)"/m.exec(manifest.text)?.[1] ?? "client";
  const response = await request({ task: "zip", folder });
  if (!response) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(response.blob);
  link.download = `${folder}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function explain(code) {
  const response = await request({ task: "explain", code });
  if (!response) return;
  at("explanation-title").textContent = `${code}: ${response.head.title}`;
  at("explanation-text").textContent = response.text;
  at("explanation").showModal();
}

const tabs = [...document.querySelectorAll("[role='tab']")];
const viewOf = (tab) => tab.getAttribute("aria-controls");

function current() {
  return views[viewOf(tabs.find((tab) => tab.ariaSelected === "true"))];
}

function selectTab(view) {
  for (const tab of tabs) {
    const isSelected = viewOf(tab) === view;
    tab.ariaSelected = isSelected;
    tab.tabIndex = isSelected ? 0 : -1;
    at(viewOf(tab)).hidden = !isSelected;
  }
  views[view].enter();
}

function moveBetweenTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length];
  selectTab(viewOf(next));
  next.focus();
}

/** Lets the user choose a file for an editor. */
page.choose = (editor) => {
  const chosen = at("chosen");
  chosen.value = "";
  chosen.onchange = () => chosen.files[0] && open(editor, chosen.files[0]);
  chosen.click();
};

function open(editor, opened) {
  editor.open(opened).catch((error) => say(`${opened.name} cannot be read: ${error.message}`));
}

function acceptFiles() {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const show = (change) => {
    depth = change === 0 ? 0 : depth + change;
    at("drop").hidden = depth === 0;
  };
  addEventListener("dragenter", (event) => hasFiles(event) && show(1));
  addEventListener("dragleave", (event) => hasFiles(event) && show(-1));
  addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    show(0);
    const editor = at("old").contains(event.target) ? diff.old : description;
    if (event.dataTransfer.files[0]) open(editor, event.dataTransfer.files[0]);
  });
}

tabs.forEach((tab) => tab.addEventListener("click", () => selectTab(viewOf(tab))));
at("tabs").addEventListener("keydown", moveBetweenTabs);
at("open").addEventListener("click", () => page.choose(description));
at("clear").addEventListener("click", () => description.set(""));
at("example").addEventListener("click", () => description.set(EXAMPLE));
at("stop").addEventListener("click", () => generator.stop());
at("download").addEventListener("click", download);
at("copy").addEventListener("click", () => navigator.clipboard.writeText(file.text).then(() => say("Copied."), () => say("The browser does not allow it.")));
at("whole").addEventListener("click", () => openFile(path));
acceptFiles();
showNothing();
selectTab("crate");
description.set(EXAMPLE);
