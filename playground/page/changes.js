// Changes of the crate and on the wire as a list. docs/diff.md defines their fields.

import { element } from "./lines.js";

/** Changes that the list shows. */
const MOST = 300;

/** Returns the list. `reveal` has a function for each side that shows a place of its description. */
export function changesOf(changes, reveal) {
  const listed = element("ol");
  listed.append(...changes.slice(0, MOST).map((change) => item(change, reveal)));
  if (changes.length > MOST) listed.append(element("li", "", `${changes.length - MOST} more changes: the command lists them all.`));
  return listed;
}

function item(change, reveal) {
  const made = element("li"), verdict = change.rust ?? change.wire;
  made.append(element("span", `badge ${verdict}`, verdict), change.message);
  const facts = element("dl");
  const fact = (name, value, className = "") => facts.append(element("dt", "", name), value instanceof Node ? value : element("dd", className, value));
  for (const side of ["new", "old"]) {
    const place = change[side];
    if (place && reveal[side]) fact(side, link(place, reveal[side]));
  }
  if (change.before !== null && change.after !== null) {
    fact("before", change.before || "nothing");
    fact("now", change.after || "nothing");
  }
  if (change.direction) fact("in", change.direction, "prose");
  if (change.silent) fact("silent", "old code compiles and means something else", "prose");
  if (change.effects.length > 0) fact("reaches", change.effects.join(", "));
  if (change.help) fact("help", change.help, "prose");
  fact("rule", change.cause ?? change.code);
  made.append(facts);
  return made;
}

function link({ file, line, column }, reveal) {
  // The view puts the files of the two sides into two folders.
  const name = file.slice(file.indexOf("/") + 1);
  const definition = element("dd"), button = element("button", "link", `${name}:${line}:${column}`);
  button.addEventListener("click", () => reveal(line, column));
  definition.append(button);
  return definition;
}
