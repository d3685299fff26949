"""Opens the HTML report in a real browser and uses it as a reader would."""
import base64
import json
import os
import shutil
import sys

import pytest

sys.path.insert(0, str(__import__("pathlib").Path(__file__).parent))
import samples  # noqa: E402
from browser import Browser  # noqa: E402

if not shutil.which("chromium"):
    missing = "chromium is missing (apt-get install chromium): the HTML report is not tested"
    assert os.environ.get("CI") != "true", missing
    pytest.skip(missing, allow_module_level=True)

CARDS = "document.querySelectorAll('.card').length"
COUNT = "document.getElementById('count').textContent"


@pytest.fixture(scope="module")
def browser():
    opened = Browser()
    yield opened
    opened.close()


def show(browser, case, **size):
    browser.open(samples.path(case, "html"), **size)
    assert browser.errors == []


def choose(browser, control, value):
    browser.run(f"(() => {{ const c = document.getElementById({json.dumps(control)}); c.value = {json.dumps(value)};"
                f" c.dispatchEvent(new Event('input')); }})()")


def test_shows_every_finding_that_counts(browser):
    show(browser, "rich")
    assert browser.run(CARDS) == 5
    assert browser.run(COUNT) == "5 of 5"
    assert browser.run("document.querySelector('h1').textContent") == "blocked"
    text = browser.run("document.body.innerText")
    for part in ("Example access token", "src/app/config.py:12:14", "[secret, 40 characters]", "Ada Lovelace", "config_base.yaml:104:9",
                 "the base has an integer", "commit message dddddddddddd", "What to do:", "film.mp4", "12", "340", "1.2 MB"):
        assert part in text, part
    marks = browser.run("[...document.querySelectorAll('.source mark')].map(m => m.textContent)")
    assert marks.count("[secret, 40 characters]") == 3 and '"8080"' in marks


def test_loads_nothing_and_allows_nothing_else(browser):
    show(browser, "rich")
    assert [url for url in browser.requests if not url.startswith(("file://", "data:"))] == []
    # A script that was not there when the page was made is refused.
    browser.run("(() => { const s = document.createElement('script'); s.textContent = 'window.owned = 1'; document.body.append(s); })()")
    assert browser.run("window.owned === undefined")
    assert any("Content Security Policy" in error for error in browser.errors)


def test_says_when_there_is_nothing(browser):
    show(browser, "clean")
    assert browser.run(CARDS) == 0
    assert "No findings" in browser.run("document.getElementById('list').innerText")
    assert browser.run("document.getElementById('filters').hidden && document.getElementById('charts').hidden")


def test_what_could_not_be_decided_comes_first(browser):
    show(browser, "undecided")
    assert browser.run("document.querySelector('h1').textContent") == "could not decide"
    text = browser.run("document.body.innerText")
    assert 0 < text.lower().index("could not be decided") < text.index("object is missing") < text.index("Changed type")


def test_filters_narrow_and_escape_resets(browser):
    show(browser, "rich")
    browser.run("document.querySelector('[data-severity=high]').click()")
    assert browser.run(COUNT) == "2 of 5"
    choose(browser, "rule", "CFG003")
    assert browser.run(COUNT) == "1 of 5"
    browser.press("Escape")
    assert browser.run(COUNT) == "5 of 5" and browser.run("document.getElementById('rule').value") == ""
    choose(browser, "author", "Grace Hopper <grace@example.com>")
    assert browser.run(COUNT) == "1 of 5"
    browser.press("Escape")
    choose(browser, "path", "OLD/config")
    assert browser.run(COUNT) == "1 of 5"
    choose(browser, "text", "no such words")
    assert browser.run(COUNT) == "0 of 5" and "Nothing matches" in browser.run("document.body.innerText")
    assert browser.errors == []


def test_the_time_line_filters(browser):
    show(browser, "rich")
    bars = "document.querySelectorAll('#timeline .bin[role=button]')"
    assert browser.run(f"{bars}.length") == 2
    browser.run(f"{bars}[1].dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
    assert browser.run(COUNT) == "1 of 5"
    assert "Grace Hopper" in browser.run("document.querySelector('.card').innerText")
    browser.run(f"{bars}[1].dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
    assert browser.run(COUNT) == "5 of 5"


def test_the_bars_of_the_time_line_add_up(browser):
    show(browser, "some")
    labels = browser.run("[...document.querySelectorAll('#timeline .bin[role=button]')].map(b => b.getAttribute('aria-label'))")
    assert sum(int(label.split(": ")[1].split()[0]) for label in labels) == 160


def test_keys(browser):
    show(browser, "rich")
    browser.press("s", "s")
    assert browser.run(COUNT) == "7 of 7" and browser.run("document.querySelectorAll('.card.suppressed').length") == 2
    browser.press("s", "s")
    browser.press("j", "j")
    browser.press("j", "j")
    focused = "[...document.querySelectorAll('.card')].indexOf(document.activeElement)"
    assert browser.run(focused) == 1
    browser.press("k", "k")
    assert browser.run(focused) == 0
    browser.press("/", "/")
    browser.type("integer in the base")
    assert browser.run("document.getElementById('text').value") == "integer in the base"
    assert browser.run(COUNT) == "1 of 5"


def test_suppressed_findings_say_why(browser):
    show(browser, "rich")
    browser.press("s", "s")
    text = browser.run("document.body.innerText")
    assert "allowed by comment" in text and "made up for the tests" in text and "allowed by baseline" in text


def test_ten_thousand_findings_are_drawn_as_one_scrolls(browser):
    show(browser, "many")
    assert browser.run(COUNT) == "10,000 of 10,000"
    first = browser.run(CARDS)
    assert 0 < first < 500
    browser.run("window.scrollTo(0, document.body.scrollHeight)")
    browser.until(f"{CARDS} > {first}")
    assert browser.run("(() => { const start = performance.now(); const c = document.getElementById('text');"
                       " c.value = 'settings_09999'; c.dispatchEvent(new Event('input')); return performance.now() - start; })()") < 1000
    assert browser.run(COUNT) == "1 of 10,000"
    assert browser.errors == []


def test_printing_shows_all(browser):
    show(browser, "some")
    assert browser.run(CARDS) < 160
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.run(CARDS) == 160


def test_hostile_text_stays_text(browser):
    show(browser, "hostile")
    assert browser.run("document.title") == "sluice: could not decide"
    assert browser.run("document.querySelectorAll('script').length") == 2
    assert browser.run("document.querySelectorAll('img, iframe, object, embed, form:not(#filters)').length") == 0
    assert browser.run("[...document.querySelectorAll('a')].map(a => a.protocol).filter(p => p === 'javascript:').length") == 0
    browser.press("s", "s")
    text = browser.run("document.body.innerText")
    assert "<script>document.title='owned'</script>" in text and "{{data}}" in text
    assert "\\u001b[31mred" in text and "\\u202eevil" in text
    assert not any(hidden in text for hidden in "\u001b\u202e\u009b\u2028")
    assert browser.errors == []


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_its_ground(dark):
    opened = Browser(dark=dark)
    try:
        show(opened, "rich")
        worst = opened.run(CONTRAST)
        assert worst["ratio"] >= 4.5, worst
    finally:
        opened.close()


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_runs_off_the_side(browser, width):
    for case in ("rich", "hostile"):
        show(browser, case, width=width, height=900)
        assert browser.run("document.documentElement.scrollWidth") <= width, case


def test_makes_a_picture(browser, tmp_path):
    show(browser, "rich")
    picture = base64.b64decode(browser.call("Page.captureScreenshot", format="png")["data"])
    (tmp_path / "report.png").write_bytes(picture)
    assert picture.startswith(b"\x89PNG") and len(picture) > 20_000


# The least WCAG 2.1 contrast of any text with the ground it stands on, as the browser computed them.
CONTRAST = """
(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const over = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  let worst = { ratio: 99 };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.getClientRects().length || node.closest('script, svg, option')) continue;
    const grounds = [];
    for (let at = node; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
    const ground = over(['white', ...grounds]);
    const ink = over([`rgb(${ground.slice(0, 3)})`, getComputedStyle(node).color]);
    const [a, b] = [light(ink), light(ground)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < worst.ratio) worst = { ratio, text: walker.currentNode.data.slice(0, 40), kind: node.className || node.tagName };
  }
  return worst;
})()
"""
