"""A person who uses the keyboard alone: tab to a control, see the focus there, press or write.

Nothing is clicked and no field is set from outside. The tab key is pressed for real, as often as
there are stops between; on the way every stop must show its focus, in the order of the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Download, Locator, Page

MOST_TRIES = 12
"""So often is the way to a control counted anew: a date field is several stops in one control."""

EAR = """
window.faults = [];
let key = "", last = null;
document.addEventListener("keydown", (event) => {
  key = event.key === "Tab" ? (event.shiftKey ? "back" : "on") : "";
}, true);
document.addEventListener("focusin", ({ target }) => {
  if (!key) return;
  const style = getComputedStyle(target);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)
    window.faults.push("no focus shows: " + target.outerHTML.slice(0, 120));
  if (key === "on" && last && last !== target && last.isConnected
      && !(last.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING))
    window.faults.push("out of order: " + target.outerHTML.slice(0, 120));
  last = target;
});
"""
_WAY = """(target) => {
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const group = (one) => one.type !== "radio" ? [one]
    : [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(one.name)}"]`)]
        .filter((other) => other.form === one.form);
  const stop = (one) => group(one).find((e) => e === document.activeElement)
    ?? group(one).find((e) => e.checked) ?? group(one)[0];
  const all = [...document.querySelectorAll(controls)].filter((one) =>
    one.tabIndex >= 0 && !one.disabled && stop(one) === one
    && one.checkVisibility({ visibilityProperty: true }));
  const now = document.activeElement, there = all.indexOf(stop(target));
  const passed = (one) => one === now || now !== document.body
    && one.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING;
  return { left: there < 0 ? null : there - all.filter(passed).length + 1,
           faults: window.faults };
}"""
_IN_SIGHT = """(one) => {
  const box = document.activeElement.getBoundingClientRect();
  return box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
}"""
_OPTION = """(select, wanted) => [...select.options].findIndex((one) => one.value === wanted)
  - select.selectedIndex"""
_RADIO = """(wanted) => {
  const all = [...document.querySelectorAll(
    `input[type=radio][name="${CSS.escape(wanted.name)}"]`)]
      .filter((other) => other.form === wanted.form);
  return all.indexOf(wanted) - all.indexOf(document.activeElement);
}"""


@dataclass
class Keyboard:
    """The keys of one page."""

    page: Page

    def press(self, key: str, times: int = 1) -> None:
        """Press a key where the focus is."""
        for _ in range(times):
            self.page.keyboard.press(key)

    def reach(self, control: Locator) -> None:
        """Tab to a control, on or back; of a group of choices to the one that stands for it."""
        for _ in range(MOST_TRIES):
            way = control.evaluate(_WAY)
            assert not way["faults"], way["faults"]
            assert way["left"] is not None, f"the keyboard cannot reach {control}"
            if way["left"] == 0:
                assert control.evaluate(_IN_SIGHT), f"the focus is out of sight: {control}"
                return
            self.press("Tab" if way["left"] > 0 else "Shift+Tab", abs(way["left"]))
        raise AssertionError(f"the keyboard never reaches {control}")

    def follow(self, control: Locator) -> None:
        """Reach a link or a button and press it; another page comes."""
        self.reach(control)
        with self.page.expect_navigation():
            self.press("Enter")

    def download(self, link: Locator) -> Download:
        """Reach a link to a file and press it."""
        self.reach(link)
        with self.page.expect_download() as file:
            self.press("Enter")
        return file.value

    def unfold(self, folded: Locator) -> None:
        """Open everything that is folded away."""
        while folded.count():
            self.reach(folded.first)
            self.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        """Write in place of what stands in a field."""
        self.reach(field)
        self.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, select: Locator, value: str) -> None:
        """Go through a list of choices to this one."""
        self.reach(select)
        steps = int(select.evaluate(_OPTION, value))
        self.press("ArrowDown" if steps > 0 else "ArrowUp", abs(steps))
        assert select.input_value() == value

    def tick(self, box: Locator, *, wanted: bool = True) -> None:
        """Tick a box, or take its tick away."""
        if box.is_checked() != wanted:
            self.reach(box)
            self.press("Space")
        assert box.is_checked() == wanted

    def pick(self, radio: Locator) -> None:
        """Pick one of a group of which only one holds."""
        self.reach(radio)
        steps = int(radio.evaluate(_RADIO))
        if steps == 0:
            self.press("Space")
        self.press("ArrowDown" if steps > 0 else "ArrowUp", abs(steps))
        assert radio.is_checked()
