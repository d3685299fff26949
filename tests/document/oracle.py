"""Prints how PyYAML composes each YAML file of a folder, one line a node, to be held against sluice's reader."""
import pathlib
import sys

import yaml


class Loader(yaml.SafeLoader):
    """Notes which nodes an anchor names: only those can come a second time, by an alias."""

    def compose_node(self, parent, index):
        is_alias = self.check_event(yaml.AliasEvent)
        node = super().compose_node(parent, index)
        return ("alias", node) if is_alias else node


def dump(node, depth, open_nodes):
    if isinstance(node, tuple):
        if id(node[1]) in open_nodes:
            raise yaml.YAMLError("an alias inside of what it names")
        return [" " * depth + "*"]
    tag = node.tag.replace("tag:yaml.org,2002:", "!!")
    head = "%s%d:%d %s" % (" " * depth, node.start_mark.line + 1, node.start_mark.column + 1, tag)
    if isinstance(node, yaml.ScalarNode):
        return [head + " " + node.value.replace("\\", "\\\\").replace("\n", "\\n")]
    children = node.value
    if isinstance(node, yaml.MappingNode):
        children = [child for pair in node.value for child in pair]
    lines = [head]
    for child in children:
        lines += dump(child, depth + 1, open_nodes | {id(node)})
    return lines


def read(path):
    try:
        documents = list(yaml.compose_all(path.read_bytes(), Loader=Loader))
        dumps = ["\n".join(dump(document, 0, set())) for document in documents]
    except (yaml.YAMLError, UnicodeError) as error:
        return "error"
    return dumps[0] if dumps else "empty"


for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    print("== %s\n%s" % (file.name, read(file)))
