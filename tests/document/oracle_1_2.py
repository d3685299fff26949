"""Prints what ruamel.yaml (YAML 1.2) makes of each file of a folder, in the form of yaml_1_2_test.cc."""
import json
import math
import pathlib
import sys
import warnings

try:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
except ImportError:
    print("missing")
    sys.exit()

warnings.simplefilter("ignore")


def text_of(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def canonical(value):
    if value is None or isinstance(value, bool):
        return text_of(value)
    if isinstance(value, (int, float)):
        number = float(value)
        return str(number) if math.isinf(number) or math.isnan(number) else "%.16e" % number
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return "{" + ",".join(sorted(text_of(k) + ":" + canonical(v) for k, v in value.items())) + "}"


for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    try:
        print(canonical(YAML(typ="safe", pure=True).load(file.read_bytes())))
    except (YAMLError, UnicodeError, ValueError, NotImplementedError):
        print("error")
