"""The checks of the page, in the order of `Checks.run`. Each begins with a new page."""

import gzip
import re
import time
import zipfile
from pathlib import Path

import colours
import command
import server

CORPUS = Path(__file__).resolve().parents[3] / "shared/corpus"
GITHUB = CORPUS / "openapi-3.0/github.com-api.github.com.json"
# A reference that leads nowhere and a parameter that the path lacks; a line that is no YAML.
UNDEFINED = """openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets/{id}:
    get:
      parameters:
        - { name: pet, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: The pet.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
"""
SYNTAX = "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths:\n  - x\n /pets: }\n"
PETS = """openapi: 3.1.0
info: { title: Small pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        '200':
          description: Pets.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Pet' } }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string }
        naïve: { type: [integer, 'null'] }
"""
DONE = "/generated in/.test(document.getElementById('status').textContent)"
REFUSED = "/nothing is generated/i.test(document.getElementById('no-crate').textContent) && !document.getElementById('no-crate').hidden"
# One line, as tools write it, with an id that two operations have.
MINIFIED = (
    '{"openapi":"3.1.0","info":{"title":"Pets","version":"1","description":"' + 400 * "-" + '"},"paths":{"/a":{"get":{"operationId":"list","responses":{"200":'
    '{"description":"a"}}}},"/b":{"get":{"operationId":"list","responses":{"200":{"description":"b"}}}}}}'
)
# Replaces the text as keys do.
TYPE = """
const area = document.querySelector(arguments[0] + " textarea");
area.focus(); area.select();
document.execCommand("insertText", false, arguments[1]);
"""
PASTE = """
const clipboardData = new DataTransfer();
clipboardData.setData("text/plain", arguments[1]);
const target = document.querySelector(arguments[0]);
return target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
"""
DROP = """
const dataTransfer = new DataTransfer();
dataTransfer.items.add(new File([Uint8Array.from(arguments[2])], arguments[1]));
const target = document.querySelector(arguments[0]);
target.dispatchEvent(new DragEvent("dragenter", { dataTransfer, bubbles: true }));
target.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
"""
LISTED = """
return [...document.querySelectorAll("#findings li")].map((item) => {
  const badge = item.querySelector(".badge"), text = item.querySelector("button").firstChild.nextSibling.textContent;
  return [badge.classList[1], text];
});
"""
VISIBLE_TREE = "[...document.querySelectorAll('#tree [role=treeitem]')].filter((item) => item.offsetParent).map((item) => item.dataset.path)"
# The text before the cursor.
CURSOR = "const area = document.querySelector('#description textarea'); return area.value.slice(0, area.selectionStart)"
FOCUSED = "document.activeElement.dataset.path ?? document.activeElement.id"


class Checks:
    def __init__(self, browser, server, page, folder, screenshots):
        self.browser, self.server, self.page, self.folder, self.screenshots = browser, server, page, folder, screenshots

    def run(self):
        for check in [
            self.page_is_small, self.colours_have_contrast, self.example_is_generated, self.findings_are_at_their_lines, self.any_file_has_findings,
            self.crate_is_that_of_the_command, self.tree_has_keys, self.page_has_names, self.settings_change_the_crate,
            self.descriptions_are_compared, self.large_files_are_refused, self.lost_worker_is_replaced, self.run_can_be_stopped,
            self.large_description_does_not_stop_the_page, self.dark_follows_the_system,
        ]:
            start = time.monotonic()
            self.server.requested.clear()
            self.browser.open(self.server.url)
            self.browser.wait(DONE)
            check()
            errors = [entry["message"] for entry in self.browser.log() if entry["level"] == "SEVERE"]
            assert errors == [], errors
            print(f"{check.__name__}: {time.monotonic() - start:.1f} s", flush=True)

    def shot(self, name):
        if self.screenshots:
            self.screenshots.mkdir(parents=True, exist_ok=True)
            path = self.screenshots / f"playground-{name}.png"
            self.browser.screenshot(path)
            assert path.stat().st_size < 150_000, path

    def file(self, name, text):
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def choose(self, path, button="#open"):
        self.browser.click(button)
        self.browser.keys(str(path), "#chosen")

    def shown(self):
        """The findings of the list, as those of the command."""
        rows = []
        for severity, text in self.browser.run(LISTED):
            place = re.match(r"(\d+):(\d+): ", text)
            line, column = (int(place[1]), int(place[2])) if place else (None, None)
            rows.append((severity, line, column, text[place.end() :] if place else text))
        return rows

    def page_is_small(self):
        sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in self.page.iterdir()}
        total = sum(sizes.values())
        print(f"  {total / 1e6:.2f} MB with gzip, of which the generator {sizes['clientsmith.wasm'] / 1e6:.2f} MB")
        assert total < 3_000_000, sizes
        requested = set(self.server.requested)
        assert requested <= {"/", *(f"/{name}" for name in sizes)}, requested
        imports = "fetch('clientsmith.wasm').then((file) => file.arrayBuffer()).then(WebAssembly.compile).then(WebAssembly.Module.imports)"
        assert self.browser.run(f"return {imports}") == [], "the module must reach nothing outside of its memory"
        assert self.browser.run("return performance.getEntriesByType('resource').every(({ name }) => name.startsWith(location.origin) || name.startsWith('data:'))")

    def colours_have_contrast(self):
        colours.check((self.page / "style.css").read_text())

    def example_is_generated(self):
        self.browser.wait("document.querySelector('#file .line')?.textContent.includes('@generated')")
        assert self.shown() == [] and self.browser.text("#path") == "src/models.rs"
        assert self.browser.run("return document.querySelectorAll('#file .k').length") > 10
        self.shot("crate")

    def findings_are_at_their_lines(self):
        browser = self.browser
        without_crate = "document.getElementById('count').textContent && !document.getElementById('no-crate').hidden"
        for name, text, is_shown in [("undefined.yaml", UNDEFINED, f"{DONE} && document.querySelector('#findings .skipped')"), ("syntax.yaml", SYNTAX, without_crate)]:
            self.file(name, text)
            expected = command.findings(name, self.folder)
            assert expected
            browser.run(TYPE, "#description", text)
            browser.wait(is_shown)
            assert self.shown() == expected, (self.shown(), expected)
            for severity, line, _, message in expected:
                row = browser.run(
                    "return [...document.querySelectorAll('#description .line')].map((row) => [row.className, row.firstChild.textContent, row.querySelector('.message')?.textContent])"
                )[line - 1]
                assert row[1] == str(line) and severity in row[0] and row[2], row
        assert expected[0][0] == "error"
        browser.run(TYPE, "#description", MINIFIED)
        browser.wait("document.querySelector('#findings .excerpt')")
        assert browser.text("#findings .excerpt") == "#/paths/~1b/get/operationId"
        browser.click("#findings .related")
        before = browser.run(CURSOR)
        assert before == MINIFIED[: MINIFIED.index('"list"')], before
        browser.run(TYPE, "#description", UNDEFINED)
        browser.wait(f"{DONE} && document.querySelector('#findings .skipped')")
        _, line, column, _ = self.shown()[0]
        browser.click("#findings button")
        before = browser.run(CURSOR)
        assert before.count("\n") + 1 == line and len(before.rsplit("\n", 1)[-1]) + 1 == column, before
        self.shot("findings")
        browser.click("#findings .explain")
        browser.wait("document.getElementById('explanation').open")
        assert len(browser.text("#explanation-text")) > 50
        browser.keys("\ue00c")
        browser.wait("!document.getElementById('explanation').open")

    def any_file_has_findings(self):
        files = {
            "binary.bin": bytes(range(256)), "latin.yaml": "openapi: é".encode("latin-1"), "empty-list.json": b"[]", "nul.yaml": b"\0\0",
            "picture.png": b"\x89PNG\r\n\x1a\n\0\0", "half.json": b'{"openapi": "3.1.0", "paths": {', "old.yaml": b"openapi: 1.0\n", "-": b"x",
            "deep.json": b"[" * 100_000,
        }
        for name, content in files.items():
            self.browser.run(DROP, "#description", name, list(content))
            self.browser.wait(f"document.getElementById('description-name').textContent === arguments[0] && {REFUSED}", name)
            assert self.shown(), name
        self.browser.click("#clear")
        self.browser.wait("document.getElementById('no-crate').textContent.startsWith('Paste')")

    def crate_is_that_of_the_command(self):
        browser = self.browser
        self.file("openapi.yaml", PETS)
        expected = command.generated("openapi.yaml", self.folder)
        browser.run(TYPE, "#description", PETS)
        browser.wait(f"{DONE} && document.getElementById('status').textContent.includes('1 operation')")
        paths = browser.run("return [...document.querySelectorAll('#tree [aria-selected]')].map((item) => item.dataset.path)")
        assert sorted(paths) == sorted(expected), set(paths) ^ set(expected)
        browser.wait("document.getElementById('path').textContent === 'src/models.rs'")
        text = browser.run("return [...document.querySelectorAll('#file .code')].map((code) => code.textContent).join('\\n')")
        assert expected["src/models.rs"].decode().startswith(text[:500])
        browser.click("#download")
        archive = self.browser.downloads / "small-pets.zip"
        for _ in range(200):
            if archive.exists():
                break
            time.sleep(0.05)
        with zipfile.ZipFile(archive) as opened:
            assert opened.testzip() is None
            files = {name.removeprefix("small-pets/"): opened.read(name) for name in opened.namelist()}
        assert files == expected, [path for path in expected if files.get(path) != expected[path]]

    def tree_has_keys(self):
        browser = self.browser
        browser.run("document.querySelector('#tree [tabindex=\"0\"]').focus()")
        browser.keys("\ue011")  # Home
        visible = browser.run(f"return {VISIBLE_TREE}")
        assert browser.run(f"return {FOCUSED}") == visible[0]
        folder = visible[0]
        before = len(visible)
        browser.keys("\ue014")  # right: opens the folder
        assert len(browser.run(f"return {VISIBLE_TREE}")) > before
        browser.keys("\ue014")  # right: its first child
        assert browser.run(f"return {FOCUSED}").startswith(folder + "/")
        browser.keys("\ue012\ue012")  # left: the folder, then closed
        assert browser.run(f"return {FOCUSED}") == folder and len(browser.run(f"return {VISIBLE_TREE}")) == before
        browser.keys("\ue010")  # End
        assert browser.run(f"return {FOCUSED}") == browser.run(f"return {VISIBLE_TREE}")[-1]
        for path in ["src/call.rs", "src/client.rs", "Cargo.toml"]:
            browser.keys("C")  # the next one that begins so
            assert browser.run(f"return {FOCUSED}") == path
        browser.keys("\ue007")  # Enter
        browser.wait("document.getElementById('path').textContent === 'Cargo.toml' && document.getElementById('file').textContent.includes('[package]')")
        assert browser.run("return document.querySelector('#tree [aria-selected=true]').dataset.path") == "Cargo.toml"
        assert browser.run("const row = document.activeElement.firstElementChild; return getComputedStyle(row).outlineStyle") == "solid"
        browser.run("document.getElementById('tab-crate').focus()")
        browser.keys("\ue014")
        assert browser.run(f"return {FOCUSED}") == "tab-settings" and browser.run("return !document.getElementById('settings').hidden")

    def page_has_names(self):
        """Every part that takes the focus has a name, and only the text area is reached by Tab among the two layers of an editor."""
        nameless = self.browser.run("""
            const named = (part) => part.ariaLabel || part.textContent.trim() || part.labels?.length || part.getAttribute("aria-labelledby");
            return [...document.querySelectorAll("button, input:not([type=file]), select, textarea, [tabindex='0'], [role]")]
              .filter((part) => !named(part) && part.role !== "group" && part.role !== "status" && part.role !== "alert" && part.tabIndex >= 0).map((part) => part.outerHTML.slice(0, 200));
        """)
        assert nameless == [], nameless

    def settings_change_the_crate(self):
        browser = self.browser
        browser.click("#tab-settings")
        browser.wait("document.getElementById('option-groups')")
        options = browser.run("return [...document.querySelectorAll('#options .option')].map((option) => option.dataset.option)")
        assert len(options) > 30 and len(set(options)) == len(options), options
        browser.run("const choice = document.getElementById('option-groups'); choice.value = 'none'; choice.dispatchEvent(new Event('change', { bubbles: true }))")
        browser.wait("document.querySelector('#settings-text textarea').value === 'groups = \"none\"\\n'")
        browser.wait("document.querySelector('#effects h4')?.textContent.includes('for code that uses the crate')")
        browser.keys("shop-client\ue004", "#option-name")
        browser.wait("document.querySelector('#settings-text textarea').value.includes('name = \"shop-client\"')")
        browser.wait("[...document.getElementById('without').options].some(({ value }) => value === 'name')")
        browser.run("const choice = document.getElementById('without'); choice.value = 'name'; choice.dispatchEvent(new Event('change'))")
        browser.wait("[...document.querySelectorAll('#effects .link')].some((link) => link.textContent === 'Cargo.toml')")
        assert "src/models.rs" not in browser.text("#effects")
        browser.run("const choice = document.getElementById('without'); choice.value = ''; choice.dispatchEvent(new Event('change'))")
        browser.wait("document.querySelector('#effects h4')?.textContent.includes('for code that uses the crate')")
        self.shot("settings")
        browser.run("[...document.querySelectorAll('#effects .link')].find((link) => link.textContent === 'Cargo.toml').click()")
        browser.wait("[...document.querySelectorAll('#file .line.added')].some((line) => line.textContent.includes('shop-client'))")
        browser.click("#whole")
        browser.wait("document.querySelectorAll('#file .line.added').length === 0 && document.getElementById('file').textContent.includes('[package]')")
        browser.click("#tab-settings")
        browser.run(TYPE, "#settings-text", "gruops = 'none'\n")
        browser.wait("document.getElementById('settings-error').textContent.includes('did you mean `groups`?')")
        browser.wait(REFUSED.replace("nothing is generated", "the settings have an error"))
        browser.run(TYPE, "#settings-text", "idempotency_header = 'a b'\n")
        browser.wait("document.querySelector('.option.wrong')?.dataset.option === 'idempotency_header'")
        browser.run(TYPE, "#settings-text", "[rename]\n'#/components/schemas/Pet' = 'Animal'\n")
        browser.wait(f"{DONE} && document.getElementById('option-rename').disabled")

    def descriptions_are_compared(self):
        browser = self.browser
        browser.click("#tab-diff")
        browser.click("#example-old")
        browser.wait("document.getElementById('verdict').textContent.startsWith('Rust: ')")
        for name, area in [("old.yaml", "#old"), ("openapi.yaml", "#description")]:
            self.file(name, browser.run("return document.querySelector(arguments[0] + ' textarea').value", area))
        out, _ = command.run("diff", "old.yaml", "openapi.yaml", "--format", "short", folder=self.folder)
        *lines, summary = out.splitlines()
        verdict = browser.run("return document.getElementById('verdict').textContent")
        assert verdict == summary, (verdict, summary)
        assert browser.run("return document.querySelectorAll('#changes li').length") == len(lines)
        self.shot("diff")
        browser.click("#changes .link")
        assert browser.run("return document.activeElement.closest('.editor').id") == "description"
        browser.click("#copy-old")
        browser.wait("document.getElementById('verdict').textContent.startsWith('0 changes in')")
        browser.run(TYPE, "#old", SYNTAX)
        browser.wait("document.querySelector('#changes .badge.error')")
        browser.wait("document.querySelector('#old .line.error')")

    def large_files_are_refused(self):
        too_large = self.folder / "large.json"
        with too_large.open("wb") as file:
            file.truncate(17 * 1024 * 1024)
        self.choose(too_large)
        self.browser.wait("document.getElementById('status').textContent.includes('large.json has 17.0 MiB')")
        assert "16.0 MiB" in self.browser.text("#status")
        assert self.browser.run("return document.querySelectorAll('#tree [role=treeitem]').length") > 10

    def lost_worker_is_replaced(self):
        for module, reason in [(server.RECURSIVE, "The description nests too deeply"), (server.STOPPING, "The generator ran out of memory.")]:
            self.server.module = module
            self.browser.open(self.server.url)
            self.browser.wait("document.getElementById('no-crate').textContent.startsWith(arguments[0])", reason)
        assert "The next change" in self.browser.text("#status")
        self.next_try_works()

    def run_can_be_stopped(self):
        self.server.module = server.HANGING
        self.browser.open(self.server.url)
        self.browser.wait("!document.getElementById('stop').hidden")
        self.browser.click("#stop")
        self.browser.wait("document.getElementById('no-crate').textContent === 'Stopped.' && document.getElementById('stop').hidden")
        self.next_try_works()

    def next_try_works(self):
        self.server.module = None
        self.browser.run(TYPE, "#description", PETS)
        self.browser.wait(f"{DONE} && document.getElementById('status').textContent.includes('1 operation')")
        self.browser.click("#tab-settings")
        self.browser.wait("document.getElementById('option-groups')")

    def large_description_does_not_stop_the_page(self):
        if not GITHUB.exists():
            print("  SKIPPED: the shared corpus is not beside this checkout")
            return
        browser = self.browser
        browser.run("""
            window.longest = 0;
            let last = performance.now();
            const next = () => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; requestAnimationFrame(next); };
            next();
        """)
        self.choose(GITHUB)
        browser.wait(f"document.getElementById('description-name').textContent === '{GITHUB.name}' && {DONE} && /[0-9]{{3}} operations/.test(document.getElementById('status').textContent)", seconds=120)
        status = browser.text("#status")
        print(f"  {GITHUB.name}: {status} The longest pause of the page: {browser.run('return longest'):.0f} ms")
        assert browser.run("return document.querySelectorAll('#description .line').length") < 200
        largest = "Math.max(...[...document.querySelectorAll('#file .line')].map((line) => Number(line.firstChild.textContent)))"
        browser.run("const scroller = document.querySelector('#file .lines'); scroller.scrollTop = scroller.scrollHeight")
        browser.wait(f"{largest} > 100")

    def dark_follows_the_system(self):
        browser = self.browser
        background = "return getComputedStyle(document.body).backgroundColor"
        light = browser.run(background)
        browser.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        dark = browser.run(background)
        assert sum(map(int, re.findall(r"\d+", dark))) < 200 < sum(map(int, re.findall(r"\d+", light))), (light, dark)
        self.shot("dark")
        browser.devtools("Emulation.setEmulatedMedia", features=[])
