"""Reads pairs of a schema and a value, one JSON list a line, and answers `1` or `0` for each: whether
python-jsonschema takes the value for valid."""
import json
import sys

from jsonschema import Draft202012Validator

for line in sys.stdin:
    schema, value = json.loads(line)
    print(1 if Draft202012Validator(schema).is_valid(value) else 0)
