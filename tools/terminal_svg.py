"""Runs a command under a pseudo terminal and draws what it printed as an SVG window.

Knows what sluice prints: colours and weights (SGR), carriage return, erase line. Nothing else.
"""
import fcntl
import os
import pty
import re
import struct
import termios
from html import escape

PALETTE = {
    "back": "#0d1117", "bar": "#161b22", "edge": "#30363d", "text": "#d5dbe3", "dim": "#8b949e",
    30: "#6e7681", 31: "#ff7b72", 32: "#56d364", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#76e3ea",
    37: "#d5dbe3",
}
CELL, LINE, SIZE, PAD, BAR = 8.43, 20, 14, 18, 36  # pixels; CELL is DejaVu Sans Mono's advance at SIZE
SEQUENCE = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|([\r\n])|([^\x1b\r\n]+)")


def capture(command, columns, cwd, env):
    """Everything `command` (a list) prints on a terminal of that width, and its exit code."""
    child, master = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.execvpe(command[0], command, env)
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    chunks = []
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:  # Linux says so at the end of a pty
            break
        if not chunk:
            break
        chunks.append(chunk)
    _, status = os.waitpid(child, 0)
    return b"".join(chunks).decode("utf-8", "replace").replace("\r\n", "\n"), os.waitstatus_to_exitcode(status)


def apply_sgr(style, codes):
    """`style` is (colour, bold, dim); the new one."""
    color, bold, dim = style
    for code in [int(part or 0) for part in codes.split(";")]:
        if code == 0:
            color, bold, dim = None, False, False
        elif code == 1:
            bold = True
        elif code == 2:
            dim = True
        elif code == 22:
            bold = dim = False
        elif code == 39:
            color = None
        elif 30 <= code <= 37:
            color = code
        elif 90 <= code <= 97:
            color = code - 60
        else:
            raise ValueError(f"colour code {code} is not known here")
    return color, bold, dim


def screen(text, columns):
    """Lines of cells (character, style), as a terminal of that width would show them."""
    lines, row, style = [[]], 0, (None, False, False)
    for match in SEQUENCE.finditer(text):
        codes, letter, control, plain = match.groups()
        if letter == "m":
            style = apply_sgr(style, codes)
        elif letter == "K":
            del lines[-1][row if codes in ("", "0") else 0:]
        elif control == "\n":
            lines.append([])
            row = 0
        elif control == "\r":
            row = 0
        elif plain:
            for character in plain:
                if row == columns:
                    lines.append([])
                    row = 0
                lines[-1][row:row + 1] = [(character, style)]
                row += 1
        elif letter:
            raise ValueError(f"escape sequence {match.group(0)!r} is not known here")
    while lines and not lines[-1]:
        lines.pop()
    return lines


def spans(line):
    """Runs of one style: (first column, text, style)."""
    runs = []
    for column, (character, style) in enumerate(line):
        if runs and runs[-1][2] == style:
            runs[-1][1] += character
        else:
            runs.append([column, character, style])
    return runs


def draw(text, columns, title):
    """The SVG of a window that shows `text`."""
    lines = screen(text, columns)
    width, height = round(columns * CELL + 2 * PAD), len(lines) * LINE + 2 * PAD + BAR
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">',
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="10" '
        f'fill="{PALETTE["back"]}" stroke="{PALETTE["edge"]}"/>',
        f'<path d="M.5 {BAR}V10.5a10 10 0 0 1 10-10H{width - 10.5:.1f}a10 10 0 0 1 10 10V{BAR}z" fill="{PALETTE["bar"]}"/>',
    ]
    for number, color in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        out.append(f'<circle cx="{22 + 20 * number}" cy="{BAR / 2}" r="6" fill="{color}"/>')
    out.append(f'<g font-family="DejaVu Sans Mono,SFMono-Regular,Menlo,Consolas,monospace" font-size="{SIZE}">')
    out.append(f'<text x="{width / 2:.0f}" y="{BAR / 2 + 5}" text-anchor="middle" fill="{PALETTE["dim"]}" '
               f'font-size="{SIZE - 1}">{escape(title)}</text>')
    for number, line in enumerate(lines):
        for column, words, (color, bold, dim) in spans(line):
            if not words.strip():
                continue
            fill = PALETTE[color] if color else PALETTE["dim" if dim else "text"]
            extra = ' font-weight="bold"' if bold else ""
            extra += ' opacity=".75"' if dim and color else ""
            y = BAR + PAD + number * LINE + SIZE
            # textLength keeps the columns straight whatever monospaced font the reader has.
            out.append(f'<text x="{PAD + column * CELL:.2f}" y="{y}" fill="{fill}"{extra} xml:space="preserve" '
                       f'textLength="{len(words) * CELL:.2f}">{escape(words)}</text>')
    return "\n".join(out + ["</g></svg>"]) + "\n"
