"""The configuration of one environment, with its secrets, as `sluice` resolves it.

    config = load()                                   # of APP_ENV
    config.text("warehouse.host"), config.integer("warehouse.port")

    @dataclass
    class Warehouse:
        host: str
        port: int
        password: str
    warehouse = load("prod").into(Warehouse, "warehouse")

Under `sluice run --mount` the file that it hands over is read; else `sluice config render` is run, so merge and
secrets are sluice's and nothing is done twice.
"""
from __future__ import annotations

import json
import os
from typing import Any, Iterator, List, Mapping, Optional, Type, TypeVar, Union, cast

__all__ = ["Config", "ConfigError", "load"]

T = TypeVar("T")
Value = Union[None, bool, int, float, str, List[Any], Mapping[str, Any]]


class ConfigError(Exception):
    """What sluice said, or which key is not there or of another type. Never holds a value."""


class Config(Mapping[str, Any]):
    """A mapping whose printed form shows its keys alone: values may be secrets."""

    def __init__(self, values: Mapping[str, Any], at: str = "") -> None:
        self._values = values
        self._at = at

    def __getitem__(self, key: str) -> Any:
        value = self._values[key]
        return Config(value, self._place(key)) if isinstance(value, dict) else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Config({', '.join(self._values)})"

    def _place(self, key: str) -> str:
        return f"{self._at}.{key}" if self._at else key

    def value(self, path: str) -> Value:
        """The value at a dotted path. Raises ConfigError when there is none."""
        found: Any = self._values
        for step in path.split("."):
            if not isinstance(found, dict) or step not in found:
                raise ConfigError(f"there is no key {self._place(path)}")
            found = found[step]
        return cast(Value, found)

    def _typed(self, path: str, *types: type) -> Any:
        found = self.value(path)
        if not isinstance(found, types) or (isinstance(found, bool) and bool not in types):
            raise ConfigError(f"{self._place(path)} is of type {type(found).__name__}, not {types[0].__name__}")
        return found

    def text(self, path: str) -> str:
        return cast(str, self._typed(path, str))

    def integer(self, path: str) -> int:
        return cast(int, self._typed(path, int))

    def number(self, path: str) -> float:
        return float(self._typed(path, float, int))

    def flag(self, path: str) -> bool:
        return cast(bool, self._typed(path, bool))

    def texts(self, path: str) -> List[str]:
        found = self._typed(path, list)
        if not all(isinstance(item, str) for item in found):
            raise ConfigError(f"{self._place(path)} holds something else than texts")
        return cast(List[str], found)

    def section(self, path: str) -> "Config":
        return Config(self._typed(path, dict), self._place(path))

    def into(self, kind: Type[T], path: str = "") -> T:
        """The section at `path` as a dataclass, nested ones included; keys that it does not name are left out."""
        from sluice_config._into import convert
        return cast(T, convert(self.value(path) if path else self._values, kind, self._place(path) if path else self._at))


def load(environment: Optional[str] = None, *, path: Optional[str] = None, secrets: bool = True,
         program: Optional[str] = None) -> Config:
    """The configuration of `environment` (default: APP_ENV). Raises ConfigError with sluice's own words.

    `path` is where base and overrides lie (default: the only such place). Without `secrets`, references stay
    references. `program` is the sluice to run (default: SLUICE, else the one on PATH).
    """
    mounted = os.environ.get("SLUICE_CONFIG_FILE")
    if mounted and secrets and environment in (None, os.environ.get("APP_ENV")):
        with open(mounted, "rb") as file:
            return Config(json.load(file))
    arguments = [program or os.environ.get("SLUICE") or "sluice", "config", "render", "--format", "json"]
    if environment:
        arguments += ["--env", environment]
    if path:
        arguments += ["--path", path]
    if secrets:
        arguments.append("--secrets")
    return Config(json.loads(_output_of(arguments)))


def _output_of(arguments: List[str]) -> bytes:
    """Standard output of a command. By posix_spawn: importing subprocess takes longer than the command."""
    out_read, out_write = os.pipe()
    err_read, err_write = os.pipe()
    actions = [(os.POSIX_SPAWN_DUP2, out_write, 1), (os.POSIX_SPAWN_DUP2, err_write, 2)]
    try:
        pid = os.posix_spawnp(arguments[0], arguments, os.environ, file_actions=actions)
    except OSError as error:
        raise ConfigError(f"cannot run {arguments[0]}: {error.strerror}") from None
    finally:
        os.close(out_write)
        os.close(err_write)
    # What sluice has to say fits into a pipe's buffer, so reading one after the other cannot block it.
    with open(out_read, "rb") as out, open(err_read, "rb") as err:
        output, said = out.read(), err.read()
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
        raise ConfigError(said.decode(errors="replace").strip() or f"{arguments[0]} failed")
    return output
