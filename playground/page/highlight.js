// Colours of a line of Rust, TOML, YAML, JSON or Markdown, and of differences. Enough to read by; no parser.

/** Classes of tokens: k keyword, s string, n number, c comment, t type, f function or key, a attribute. */
const RUST = [
  ["c", /\/\/.*|\/\*.*?(?:\*\/|$)/y],
  ["s", /b?"(?:[^"\\]|\\.)*(?:"|$)|b?r(#*)".*?(?:"\1|$)|b?'(?:[^'\\]|\\(?:u\{[^}]*\}|x..|.))'/y],
  ["a", /#!?\[[^\]]*\]?|'[a-z_]\w*\b/y],
  ["k", /\b(?:as|async|await|box|break|const|continue|crate|dyn|else|enum|extern|false|fn|for|if|impl|in|let|loop|match|mod|move|mut|pub|ref|return|self|Self|static|struct|super|trait|true|type|unsafe|use|where|while)\b/y],
  ["n", /\b\d[\w]*(?:\.\d\w*)?/y],
  ["f", /\b[a-z_]\w*(?=!?\(|!\s*[{[])!?/y],
  ["t", /\b(?:[A-Z]\w*|bool|char|str|[iu](?:8|16|32|64|128|size)|f32|f64)\b/y],
  ["", /\w+|\s+|./yu],
];
const TOML = [
  ["c", /#.*/y],
  ["a", /^\s*\[.*\]/y],
  ["f", /(?:[\w.-]+|"[^"]*"|'[^']*')(?=\s*=)/y],
  ["s", /"(?:[^"\\]|\\.)*"?|'[^']*'?/y],
  ["k", /\b(?:true|false)\b/y],
  ["n", /[+-]?\b\d[\w.:-]*/y],
  ["", /\w+|\s+|./yu],
];
const YAML = [
  ["c", /(?:^|(?<=\s))#.*/y],
  ["f", /(?<=^\s*(?:- )*)[^\s#"'{[&*!|>-][^#]*?(?=:(?:\s|$))/y],
  ["f", /(?:"[^"]*"|'[^']*'|[^\s:#[\]{},"'&*!|>-][^:#,[\]{}]*|-?[\w/$.-]+)(?=\s*:(?:\s|$))/y],
  ["s", /"(?:[^"\\]|\\.)*"?|'[^']*'?/y],
  ["k", /\b(?:true|false|null)\b(?=\s*(?:$|[,\]}#]))/y],
  ["n", /-?\b\d[\d.]*\b(?=\s*(?:$|[,\]}#]))/y],
  ["", /\w+|\s+|./yu],
];
const JSON_TOKENS = [
  ["f", /"(?:[^"\\]|\\.)*"(?=\s*:)/y],
  ["s", /"(?:[^"\\]|\\.)*"?/y],
  ["k", /\b(?:true|false|null)\b/y],
  ["n", /-?\b\d[\d.eE+-]*/y],
  ["", /\w+|\s+|./yu],
];
const MARKDOWN = [
  ["k", /^#{1,6} .*/y],
  ["s", /`[^`]*`?/y],
  ["f", /\[[^\]]*\]\([^)]*\)/y],
  ["c", /^```.*/y],
  ["", /\w+|\s+|./yu],
];
const LANGUAGES = { rs: RUST, toml: TOML, yaml: YAML, yml: YAML, json: JSON_TOKENS, md: MARKDOWN };

/** The language of a file by its name. */
export function language(name) {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return ending in LANGUAGES || ending === "diff" ? ending : "";
}

/** Adds a line to an element, with a span around each token that has a colour. */
export function addHighlighted(element, line, language) {
  const tokens = LANGUAGES[language];
  if (!tokens) return element.append(line);
  let plain = "";
  for (let at = 0; at < line.length; ) {
    const [kind, token] = tokenAt(tokens, line, at);
    at += token.length;
    if (!kind) {
      plain += token;
      continue;
    }
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = token;
    element.append(plain, span);
    plain = "";
  }
  element.append(plain);
}

function tokenAt(tokens, line, at) {
  for (const [kind, pattern] of tokens) {
    pattern.lastIndex = at;
    const token = pattern.exec(line)?.[0];
    if (token) return [kind, token];
  }
  return ["", line[at]];
}
