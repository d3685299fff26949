"""Reads pairs of a schema and a value, one JSON list a line, and answers `1` or `0` for each: whether
python-jsonschema takes the value for valid. Its older versions (4.10 of Debian 12) do not count what a schema
under additionalProperties has looked at, and then take it for unevaluated: the answer is `?` where that matters."""
import json
import sys

from jsonschema import Draft202012Validator

counts_additional = Draft202012Validator(
    {"additionalProperties": {}, "unevaluatedProperties": False}).is_valid({"a": 1})

for line in sys.stdin:
    schema, value = json.loads(line)
    needs_count = "additionalProperties" in line and "unevaluatedProperties" in line
    if needs_count and not counts_additional:
        print("?")
    else:
        print(1 if Draft202012Validator(schema).is_valid(value) else 0)
