"""The script that draws the README's pictures: its converter, and a whole run."""
import importlib.util
import os
import pathlib
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest

from sluice_repo import SLUICE

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"
spec = importlib.util.spec_from_file_location("terminal_svg", TOOLS / "terminal_svg.py")
terminal_svg = importlib.util.module_from_spec(spec)
spec.loader.exec_module(terminal_svg)


def shown(text, columns=20):
    return ["".join(character for character, _ in line) for line in terminal_svg.screen(text, columns)]


def test_screen_is_what_a_terminal_shows():
    assert shown("one\ntwo\n\n") == ["one", "two"]
    assert shown("abcdef", columns=4) == ["abcd", "ef"], "long lines wrap"
    assert shown("50 %\r100 %\n") == ["100 %"], "a carriage return writes over the line"
    assert shown("bar\r\x1b[Kdone") == ["done"], "an erased line is gone"


def test_colours_and_weights():
    [line] = terminal_svg.screen("\x1b[1;31mred\x1b[0m \x1b[2mdim\x1b[22m", 80)
    assert [words for _, words, _ in terminal_svg.spans(line)] == ["red", " ", "dim"]
    assert line[0][1] == (31, True, False) and line[-1][1] == (None, False, True)


def test_what_is_unknown_is_no_picture():
    with pytest.raises(ValueError):
        terminal_svg.screen("\x1b[2J", 80)
    with pytest.raises(ValueError):
        terminal_svg.screen("\x1b[48;5;1mx", 80)


def test_drawing_is_xml_and_escapes():
    drawing = terminal_svg.draw("a <b> & \"c\"\n", 40, "<title>")
    texts = [node.text for node in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["<title>", 'a <b> & "c"']


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")
def test_whole_run(tmp_path):
    done = subprocess.run([TOOLS / "pictures", SLUICE, tmp_path], capture_output=True, timeout=300,
                          env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0", "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done
    texts = (tmp_path / "terminal.svg").read_text()
    ElementTree.fromstring(texts)
    assert "openai-api-key" in texts and "CFG003" in texts and "[secret, " in texts
    assert (tmp_path / "report.png").stat().st_size > 50_000
