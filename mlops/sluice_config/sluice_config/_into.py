"""Plain values into dataclasses, with types checked. A module of its own, because `dataclasses` takes long to import."""
from __future__ import annotations

import dataclasses
import typing
from typing import Any


def convert(value: Any, kind: Any, at: str) -> Any:
    from sluice_config import ConfigError

    origin = typing.get_origin(kind)
    if kind is Any:
        return value
    if dataclasses.is_dataclass(kind):
        return _convert_fields(value, kind, at)
    if origin is typing.Union:
        for option in typing.get_args(kind):
            try:
                return convert(value, option, at)
            except ConfigError:
                continue
    elif origin in (list, dict) or kind in (list, dict):
        return _convert_items(value, kind, origin or kind, at)
    elif kind is type(None) and value is None:
        return None
    elif kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    elif isinstance(kind, type) and isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    raise ConfigError(f"{at} is of type {type(value).__name__}, not {getattr(kind, '__name__', kind)}")


def _convert_fields(value: Any, kind: Any, at: str) -> Any:
    from sluice_config import ConfigError

    if not isinstance(value, dict):
        raise ConfigError(f"{at} is of type {type(value).__name__}, not a mapping")
    types = typing.get_type_hints(kind)
    found = {}
    for field in dataclasses.fields(kind):
        place = f"{at}.{field.name}" if at else field.name
        if field.name in value:
            found[field.name] = convert(value[field.name], types[field.name], place)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise ConfigError(f"there is no key {place}")
    return kind(**found)


def _convert_items(value: Any, kind: Any, origin: Any, at: str) -> Any:
    from sluice_config import ConfigError

    if not isinstance(value, origin):
        raise ConfigError(f"{at} is of type {type(value).__name__}, not {origin.__name__}")
    arguments = typing.get_args(kind)
    if not arguments:
        return value
    if origin is list:
        return [convert(item, arguments[0], f"{at}[{i}]") for i, item in enumerate(value)]
    return {key: convert(item, arguments[1], f"{at}.{key}") for key, item in value.items()}
