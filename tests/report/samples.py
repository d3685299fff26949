"""The sample reports that render_sample writes, made once for all tests of a process."""
import functools
import os
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
CASES = ["rich", "clean", "undecided", "hostile", "some", "many"]


@functools.lru_cache(maxsize=None)
def _directory():
    holder = tempfile.TemporaryDirectory(prefix="sluice-report-")
    subprocess.run([os.environ["RENDER_SAMPLE"], holder.name], check=True)
    return holder


def path(case, format_name):
    return pathlib.Path(_directory().name) / f"{case}.{format_name}"


def read(case, format_name):
    return path(case, format_name).read_text(encoding="utf-8")
