// The findings about a description: marks at their lines, and a list.

import { element } from "./lines.js";

/** Findings that the list shows. */
const MOST = 300;
/** The worst first. */
const KINDS = ["error", "skipped", "warning", "note"];
const WORDS = { error: "error", skipped: "left out", warning: "warning", note: "note" };
/** Characters of a long line around a finding. */
const AROUND = 60;

/** Marks the lines of an editor. A line with more than one finding has the worst. */
export function mark(editor, findings) {
  const marks = new Map();
  for (const { severity, message, line, file } of findings) {
    if (!line || file !== editor.name) continue;
    const known = marks.get(line);
    if (!known) marks.set(line, { kind: severity, message });
    else if (KINDS.indexOf(severity) < KINDS.indexOf(known.kind)) marks.set(line, { kind: severity, message });
  }
  editor.lines.mark(marks);
}

/** Lists findings. `explain` runs with a code. */
export function list(root, findings, editor, explain) {
  const items = findings.slice(0, MOST).map((finding) => item(finding, editor, explain));
  if (findings.length > MOST) {
    items.push(element("li", "help", `${findings.length - MOST} more findings: the command lists them all.`));
  }
  root.replaceChildren(...items);
}

function item({ code, severity, message, help, file, line, column, pointer, related = [] }, editor, explain) {
  const made = element("li"), button = element("button");
  button.append(element("span", `badge ${severity}`, WORDS[severity]));
  button.append(line ? `${line}:${column}: ${message}` : message);
  if (line && file === editor.name) {
    button.addEventListener("click", () => editor.reveal(line, column));
    const text = editor.lines.line(line);
    if (text.length > 5000) button.append(element("span", "excerpt", text.slice(Math.max(0, column - AROUND), column + AROUND)));
  }
  if (pointer) button.append(element("span", "excerpt", pointer));
  made.append(button);
  for (const place of related) {
    const link = element("button", "related", `${place.line}:${place.column}: ${place.label}`);
    link.disabled = place.file !== editor.name;
    link.addEventListener("click", () => editor.reveal(place.line, place.column));
    made.append(link);
  }
  const more = element("p", "help", help ? `${help} ` : "");
  if (code) {
    const explained = element("button", "explain", code);
    explained.ariaLabel = `Explain ${code}`;
    explained.addEventListener("click", () => explain(code));
    more.append(explained);
  }
  made.append(more);
  return made;
}
