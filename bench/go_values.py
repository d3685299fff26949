"""Reads string values out of Go source without a Go compiler: enough of the language for rule tests.

Literals, concatenation, slices, maps, `append`, `fmt.Sprintf` and the few helpers of the gitleaks family are
evaluated; what is not understood is left out and counted, never guessed.
"""
import random
import re
import string

try:
    from re import _parser as regex_parser
except ImportError:  # Python 3.10 and older
    import sre_parse as regex_parser

TOKEN = re.compile(r"""
    (?P<space>\s+|//[^\n]*|/\*.*?\*/)
  | (?P<raw>`[^`]*`)
  | (?P<text>"(?:[^"\\\n]|\\.)*")
  | (?P<rune>'(?:[^'\\\n]|\\.)+')
  | (?P<word>[^\W\d]\w*)
  | (?P<number>\d[\w.]*)
  | (?P<sign>:=|\.\.\.|[-+*/%&|^<>=!]=?|.)
""", re.X | re.S)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
CATEGORIES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
              "CATEGORY_SPACE": r"\s", "CATEGORY_NOT_SPACE": r"\S"}
ALPHABET = string.ascii_letters + string.digits + "-_=+/.,:;!@#$%^&*()"


class Unreadable(Exception):
    """An expression that this reader does not understand."""


def tokens(source):
    """(kind, text) pairs without blanks and comments."""
    return [(m.lastgroup, m.group()) for m in TOKEN.finditer(source) if m.lastgroup != "space"]


def interpreted(literal):
    """The value of a double-quoted Go literal."""
    def one(m):
        escape = m.group(1)
        if escape[0] in "xuU":
            return chr(int(escape[1:], 16))
        return chr(int(escape, 8)) if escape[0].isdigit() else ESCAPES.get(escape, escape)
    return re.sub(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)", one, literal[1:-1])


class Sampler:
    """Draws texts that a regular expression matches, the same ones in every run."""

    def __init__(self):
        self.dice = random.Random(1)

    def draw(self, pattern):
        try:
            return self.sequence(regex_parser.parse(pattern.replace("[:alnum:]", "a-zA-Z0-9")))
        except re.error as error:
            raise Unreadable(f"expression: {error}") from error

    def sequence(self, parts):
        return "".join(self.part(str(op), value) for op, value in parts)

    def part(self, op, value):
        if op == "LITERAL":
            return chr(value)
        if op == "ANY":
            return self.dice.choice(ALPHABET)
        if op == "NOT_LITERAL":
            return self.dice.choice([c for c in ALPHABET if ord(c) != value])
        if op == "IN":
            return self.dice.choice(self.members(value))
        if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = value
            times = self.dice.randint(least, min(int(most), least + 8))
            return "".join(self.sequence(inner) for _ in range(times))
        if op == "SUBPATTERN":
            return self.sequence(value[-1])
        if op == "BRANCH":
            return self.sequence(self.dice.choice(value[1]))
        if op == "AT":
            return ""
        raise Unreadable(f"expression with {op}")

    @staticmethod
    def members(items):
        """The characters of a class, in order."""
        inside, negated = set(), False
        for op, value in items:
            kind = str(op)
            if kind == "NEGATE":
                negated = True
            elif kind == "LITERAL":
                inside.add(chr(value))
            elif kind == "RANGE":
                inside.update(chr(c) for c in range(value[0], value[1] + 1))
            elif kind == "CATEGORY":
                if str(value) not in CATEGORIES:
                    raise Unreadable(f"class with {value}")
                inside.update(c for c in ALPHABET + " " if re.match(CATEGORIES[str(value)], c))
        return sorted(set(ALPHABET) - inside if negated else inside)


class Reader:
    """Evaluates expressions of one token list; `names` holds the variables seen so far."""

    def __init__(self, source, functions=None, names=None):
        self.tokens = tokens(source)
        self.at = 0
        self.functions = functions or {}
        self.names = dict(names or {})
        self.left_out = 0

    def peek(self, ahead=0):
        where = self.at + ahead
        return self.tokens[where] if where < len(self.tokens) else ("end", "")

    def take(self, text=None):
        token = self.peek()
        if text is not None and token[1] != text:
            raise Unreadable(f"{text!r} expected, {token[1]!r} found")
        self.at += 1
        return token

    def expression(self):
        value = self.operand()
        while self.peek()[1] == "+":
            self.take()
            right = self.operand()
            if not isinstance(value, str) or not isinstance(right, str):
                raise Unreadable("sum of what is no text")
            value += right
        return value

    def operand(self):
        kind, text = self.take()
        if kind == "raw":
            return text[1:-1].replace("\r", "")
        if kind == "text":
            return interpreted(text)
        if kind == "number":
            return float(text) if "." in text else int(text, 0)
        if text == "(":
            value = self.expression()
            self.take(")")
            return value
        if text == "[":
            self.take("]")
            self.element_type()
            return self.items() if self.peek()[1] == "{" else self.conversion()
        if kind == "word":
            return self.named(text)
        raise Unreadable(f"{text!r} begins no expression")

    def element_type(self):
        while self.peek()[0] == "word" or self.peek()[1] in (".", "*"):
            self.take()

    def conversion(self):
        self.take("(")
        value = self.expression()
        self.take(")")
        return value

    def named(self, word):
        if word == "map" and self.peek()[1] == "[":
            while self.take()[1] != "]":
                pass
            self.element_type()
            return self.pairs()
        name = word
        while self.peek()[1] == "." and self.peek(1)[0] == "word":
            self.take()
            name += "." + self.take()[1]
        if self.peek()[1] == "(":
            return self.call(name)
        if name == "nil":
            return []
        if name in self.names:
            return self.names[name]
        raise Unreadable(f"unknown name {name}")

    def call(self, name):
        arguments = self.listed("(", ")")
        if name == "string":
            return arguments[0]
        if name == "append":
            return list(arguments[0]) + [one for more in arguments[1:] for one in
                                         (more if isinstance(more, list) else [more])]
        if name == "fmt.Sprintf":
            return self.formatted(*arguments)
        if name == "strings.Repeat":
            return arguments[0] * arguments[1]
        if name in ("strings.ToUpper", "strings.ToLower", "strings.TrimSpace"):
            return {"U": str.upper, "L": str.lower, "S": str.strip}[name.removeprefix("strings.To")
                                                                   .removeprefix("strings.Trim")[0]](arguments[0])
        if name in self.functions:
            return self.functions[name](*arguments)
        raise Unreadable(f"unknown function {name}")

    @staticmethod
    def formatted(layout, *values):
        values = iter(values)
        try:
            return re.sub(r"%[+#]?\d*([sdvq%])", lambda m: "%" if m.group(1) == "%" else str(next(values)), layout)
        except StopIteration as error:
            raise Unreadable("format without a value") from error

    def skip(self, closing):
        """To the next `,` or closing sign of this level."""
        depth = 0
        while self.peek()[0] != "end":
            text = self.peek()[1]
            if depth == 0 and text in (",", closing):
                return
            depth += (text in "([{") - (text in ")]}") if text else 0
            self.take()

    def listed(self, opening, closing):
        self.take(opening)
        values = []
        while self.peek()[1] != closing:
            values.append(self.expression())
            if self.peek()[1] == "...":
                self.take()
            if self.peek()[1] == ",":
                self.take()
        self.take(closing)
        return values

    def items(self):
        """A slice's elements; those that cannot be read are left out and counted."""
        self.take("{")
        values = []
        while self.peek()[1] != "}":
            begin = self.at
            try:
                value = self.expression()
                if self.peek()[1] not in (",", "}"):
                    raise Unreadable("more after an element")
                values.append(value)
            except Unreadable:
                self.at = begin
                self.left_out += 1
                self.skip("}")
            if self.peek()[1] == ",":
                self.take()
            elif self.peek()[0] == "end":
                raise Unreadable("slice without an end")
        self.take("}")
        return values

    def pairs(self):
        self.take("{")
        values = {}
        while self.peek()[1] != "}":
            key = self.expression()
            self.take(":")
            values[key] = self.expression()
            if self.peek()[1] == ",":
                self.take()
        self.take("}")
        return values

    def assignment(self):
        """Reads `name := value` or `name = value` at this place into `names`; false where there is none."""
        if self.peek()[0] != "word" or self.peek(1)[1] not in (":=", "="):
            return False
        name, begin = self.peek()[1], self.at
        self.at += 2
        try:
            self.names[name] = self.expression()
        except Unreadable:
            self.at = begin + 2
            self.names.pop(name, None)
            self.left_out += 1
        return True
