// The files of a crate as a tree, with the keys of the tree pattern of ARIA: arrows, Home, End, Enter, and letters.

import { element } from "./lines.js";

export class Tree {
  #items = new Map();

  /** `open` runs with the path of a file that is selected. */
  constructor(root, open) {
    this.root = root;
    this.open = open;
    root.addEventListener("click", (event) => this.#click(event));
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows paths, folders first. Folders that were open stay open. */
  show(paths) {
    const closed = new Set([...this.#items].filter(([, item]) => item.ariaExpanded === "false").map(([path]) => path));
    const isNew = this.#items.size === 0;
    this.#items.clear();
    this.root.replaceChildren(...this.#level(nested(paths), "", 1, (path) => (isNew ? path !== "src" : closed.has(path))));
    const first = this.root.firstElementChild;
    if (first) first.tabIndex = 0;
  }

  /** Selects a file, and opens the folders around it. */
  select(path) {
    this.root.querySelector("[aria-selected='true']")?.setAttribute("aria-selected", "false");
    const item = this.#items.get(path);
    if (!item) return;
    for (let above = item.parentElement.closest("[role='treeitem']"); above; above = above.parentElement.closest("[role='treeitem']")) {
      above.ariaExpanded = "true";
    }
    item.ariaSelected = "true";
    this.#stop(item);
    // Only the tree scrolls, and not the page.
    const row = item.firstElementChild.getBoundingClientRect(), tree = this.root.getBoundingClientRect();
    this.root.scrollTop += Math.min(0, row.top - tree.top) + Math.max(0, row.bottom - tree.bottom);
  }

  #level(folder, above, depth, isClosed) {
    const entries = [...folder].sort(([one, content], [other, others]) => (content === null) - (others === null) || one.localeCompare(other, "en"));
    return entries.map(([name, content]) => {
      const path = above + name;
      const item = element("li"), row = element("div", "row", name);
      // Parents before their children, as they are shown.
      this.#items.set(path, item);
      item.role = "treeitem";
      item.tabIndex = -1;
      item.ariaLevel = depth;
      item.ariaLabel = name;
      item.dataset.path = path;
      item.append(row);
      row.style.setProperty("--depth", depth - 1);
      if (content === null) {
        item.ariaSelected = "false";
      } else {
        item.ariaExpanded = isClosed(path) ? "false" : "true";
        const group = element("ul");
        group.role = "group";
        group.append(...this.#level(content, `${path}/`, depth + 1, isClosed));
        item.append(group);
      }
      return item;
    });
  }

  /** Makes an item the one that the Tab key reaches. */
  #stop(item) {
    for (const other of this.root.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
    item.tabIndex = 0;
  }

  #focus(item) {
    if (!item) return;
    this.#stop(item);
    item.focus();
  }

  #activate(item) {
    if (item.ariaExpanded) {
      item.ariaExpanded = item.ariaExpanded === "true" ? "false" : "true";
    } else {
      this.open(item.dataset.path);
    }
  }

  #click(event) {
    const item = event.target.closest(".row")?.parentElement;
    if (!item) return;
    this.#focus(item);
    this.#activate(item);
  }

  #key(event) {
    const item = event.target.closest("[role='treeitem']");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const visible = [...this.#items.values()].filter((one) => one.offsetParent);
    const at = visible.indexOf(item);
    const parent = item.parentElement.closest("[role='treeitem']");
    const keys = {
      ArrowDown: () => this.#focus(visible[at + 1]),
      ArrowUp: () => this.#focus(visible[at - 1]),
      Home: () => this.#focus(visible[0]),
      End: () => this.#focus(visible.at(-1)),
      ArrowRight: () => (item.ariaExpanded === "false" ? this.#activate(item) : item.ariaExpanded && this.#focus(visible[at + 1])),
      ArrowLeft: () => (item.ariaExpanded === "true" ? this.#activate(item) : this.#focus(parent)),
      Enter: () => this.#activate(item),
      " ": () => this.#activate(item),
    };
    if (keys[event.key]) keys[event.key]();
    else if (event.key.length === 1) {
      const next = [...visible.slice(at + 1), ...visible.slice(0, at)];
      this.#focus(next.find((one) => one.ariaLabel.toLowerCase().startsWith(event.key.toLowerCase())));
    } else return;
    event.preventDefault();
  }
}

/** Paths as maps of maps, with null for a file. */
function nested(paths) {
  const root = new Map();
  for (const path of paths) {
    const names = path.split("/");
    let folder = root;
    for (const name of names.slice(0, -1)) {
      if (!folder.has(name)) folder.set(name, new Map());
      folder = folder.get(name);
    }
    folder.set(names.at(-1), null);
  }
  return root;
}
