"""Merges <n>.base over <n>.override of a folder the way loaders do, and prints one line of JSON a pair."""
import json
import pathlib
import sys

import yaml


def merge(base, override):
    if not (isinstance(base, dict) and isinstance(override, dict)):
        return override
    merged = dict(base)
    for key, value in override.items():
        merged[key] = merge(base[key], value) if key in base else value
    return merged


def plain(value):
    """Every scalar as text with its type, so that 1, 1.0, true and "1" stay apart."""
    if isinstance(value, dict):
        return {plain_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return "%s %s" % (type(value).__name__, value)


def plain_key(key):
    return key if isinstance(key, str) else "%s %s" % (type(key).__name__, key)


folder = pathlib.Path(sys.argv[1])
for number in range(int(sys.argv[2])):
    base, override = (
        yaml.safe_load((folder / ("%d.%s" % (number, name))).read_text()) for name in ("base", "override")
    )
    print(json.dumps(plain(merge(base, override)), sort_keys=True))
