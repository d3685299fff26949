"""Prints what Python's readers make of each file of a folder, one line a file; see formats_test.cc."""
import datetime
import pathlib
import sys


def dump(value):
    if isinstance(value, dict):
        return "{%s}" % "".join("%s=%s;" % (key, dump(item)) for key, item in value.items())
    if isinstance(value, list):
        return "[%s]" % "".join(dump(item) + ";" for item in value)
    if value is None:
        return "null"
    if isinstance(value, str):
        return "string:" + value.replace("\n", "\\n").replace("\r", "\\r")
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (datetime.date, datetime.time)):
        return "timestamp"
    return {int: "int", float: "float"}[type(value)]


def read_toml(text):
    import tomllib

    return tomllib.loads(text)


def read_ini(text):
    import configparser

    parser = configparser.RawConfigParser(strict=False, default_section="\0")
    parser.read_string(text)
    return {name: dict(parser.items(name)) for name in parser.sections()}


def read_dotenv(text):
    import io

    import dotenv

    return dict(dotenv.dotenv_values(stream=io.StringIO(text), interpolate=False))


reader = {"toml": read_toml, "ini": read_ini, "dotenv": read_dotenv}[sys.argv[1]]
for file in sorted(pathlib.Path(sys.argv[2]).iterdir()):
    try:
        print(dump(reader(file.read_bytes().decode())))
    except ImportError:
        print("missing")
        break
    except Exception:  # whatever a reader throws, it has refused the text
        print("error")
