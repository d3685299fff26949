"""Secrets that are written as something else, or lie in a file within a file, are found with the whole way in."""
import base64
import bz2
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile

import pytest

from sluice_repo import Repo, sluice, token

TOKEN = token("hidden")
LINE = f"api_token = {TOKEN}\n"


def scan(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return sluice("dir", name, "-f", "json", cwd=tmp_path)


def only(run):
    assert run.code == 1, run
    found = run.secrets()
    assert len(found) == 1, run
    assert TOKEN.encode() not in run.out
    return found[0]


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return buffer.getvalue()


def tarred(mode, name, content):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


ENCODED = base64.b64encode(LINE.encode()).decode()


@pytest.mark.parametrize("text, way", [
    (f"value: {ENCODED}\n", "base64"),
    (f"value: {base64.urlsafe_b64encode(LINE.encode()).decode().rstrip('=')}\n", "base64"),
    ("value: |\n" + "".join(f"  {ENCODED[i:i + 40]}\n" for i in range(0, len(ENCODED), 40)), "base64"),
    (f"value: {base64.b64encode(ENCODED.encode()).decode()}\n", "base64!base64"),
    (f"value: {LINE.encode().hex()}\n", "hexadecimal"),
    ("value: " + "".join(f"%{byte:02x}" for byte in LINE.encode()), "percent encoding"),
    ('{"value": "' + "".join(f"\\u{byte:04x}" for byte in LINE.encode()) + '"}', "escapes"),
    ("<value>" + "".join(f"&#x{byte:x};" for byte in LINE.encode()) + "</value>", "HTML escapes"),
    (f"api_token=3D{TOKEN[:20]}=\n{TOKEN[20:]}\n", "quoted-printable"),
    (f"release: {base64.b64encode(gzip.compress(LINE.encode())).decode()}\n", "base64!gzip"),
    (f"release: {base64.b64encode(base64.b64encode(gzip.compress(LINE.encode()))).decode()}\n", "base64!base64!gzip"),
    (f"value: {base64.b64encode(LINE.encode('utf-16-le')).decode()}\n", "base64"),
    (f"file: {base64.b64encode(zipped(a_DOT_txt=LINE)).decode()}\n", "base64!a.txt"),
])
def test_encoded(tmp_path, text, way):
    found = only(scan(tmp_path, "file.yml", "first line\n" + text))
    assert found["inside"] == way
    assert found["line"] >= 2
    assert f"inside {way}" in found["message"]


def test_the_encoded_form_is_no_more_told_than_the_plain_one(tmp_path):
    run = scan(tmp_path, "file.yml", f"a: {ENCODED} # b: {token('other')}\n")
    assert len(run.secrets()) == 2
    assert ENCODED[20:60].encode() not in run.out


@pytest.mark.parametrize("name, content, way", [
    ("a.zip", zipped(conf__app_DOT_env=LINE), "conf/app.env"),
    ("no-ending", zipped(conf__app_DOT_env=LINE), "conf/app.env"),
    ("a.jar", zipped(lib__b_DOT_jar=zipped(c_DOT_properties=LINE)), "lib/b.jar!c.properties"),
    ("a.tar", tarred("w", "x/y.txt", LINE.encode()), "x/y.txt"),
    ("a.tgz", tarred("w:gz", "x/y.txt", LINE.encode()), "x/y.txt"),
    ("a.tar.xz", tarred("w:xz", "x/y.txt", LINE.encode()), "x/y.txt"),
    ("a.tar.bz2", tarred("w:bz2", "x/y.txt", LINE.encode()), "x/y.txt"),
    ("a.log.gz", gzip.compress(LINE.encode()), ""),
    ("a.xz", lzma.compress(LINE.encode()), ""),
    ("a.bz2", bz2.compress(LINE.encode()), ""),
    ("a.zip", zipped(value_DOT_txt=f"value: {ENCODED}"), "value.txt!base64"),
    ("a.docx", zipped(word__document_DOT_xml=f"<w:p><w:r><w:t>token {TOKEN[:9]}</w:t></w:r><w:r><w:t>{TOKEN[9:]}</w:t></w:r></w:p>"),
     "word/document.xml"),
])
def test_archive(tmp_path, name, content, way):
    found = only(scan(tmp_path, name, content))
    assert found.get("inside", "") == way
    assert found["path"] == name


def test_a_rule_about_paths_sees_the_path_in_the_archive(tmp_path):
    (tmp_path / "policy.yaml").write_text("allow: []\n")
    tested = scan(tmp_path, "a.zip", zipped(a_DOT_txt=LINE, b_DOT_txt="nothing"))
    assert tested.secrets()[0]["inside"] == "a.txt"


def notebook(*cells):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}, indent=1)


def test_notebook(tmp_path):
    code = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": ["a = 1\n"], "outputs": []}
    with_secret = dict(code, source=["b = 2\n", LINE])
    found = only(scan(tmp_path, "n.ipynb", notebook(code, with_secret)))
    assert found["inside"] == "cell 2"
    line = notebook(code, with_secret).splitlines()[found["line"] - 1]
    assert TOKEN in line
    printed = dict(code, outputs=[{"output_type": "stream", "name": "stdout", "text": ["fine\n", f"{TOKEN}\n"]}])
    assert only(scan(tmp_path, "n.ipynb", notebook(code, code, printed)))["inside"] == "cell 3, output 1"


def test_database(tmp_path):
    path = tmp_path / "made.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table settings (name, value)")
        connection.executemany("insert into settings values (?, ?)", [("a", "b"), ("c", "d"), ("api_token", TOKEN)])
    found = only(scan(tmp_path, "some.file", path.read_bytes()))
    assert (found["inside"], found["line"]) == ("settings", 3)


def test_a_bomb_is_told_and_not_passed(tmp_path):
    run = scan(tmp_path, "bomb.gz", gzip.compress(b"some text\n" * (6 << 20), 9))
    assert run.code == 2
    assert "more than 400 times its size" in run.report["problems"][0]["what"]


def test_deep_nesting_is_told(tmp_path):
    content = LINE.encode()
    for _ in range(9):
        content = zipped(inner=content)
    run = scan(tmp_path, "deep.zip", content)
    assert run.code == 2 and "deeper than 8" in run.out.decode()


def test_what_cannot_be_read_is_told_as_skipped(tmp_path):
    content = bytearray(zipped(a_DOT_txt="x" * 1000, b_DOT_txt="y" * 1000))
    run = scan(tmp_path, "cut.zip", bytes(content[:60]))
    assert run.code == 0 and "cut.zip" in run.report["scope"]["skipped"][0]["what"]


def test_history_and_staged(tmp_path):
    repo = Repo(tmp_path / "repo")
    repo.add_commit("a.zip", zipped(conf_DOT_env=LINE))
    repo.add_commit("a.zip", zipped(conf_DOT_env="nothing"))
    found = only(repo.sluice("history"))
    assert (found["path"], found["inside"]) == ("a.zip", "conf.env")
    repo.write("b.yml", f"value: {ENCODED}\n")
    repo.git("add", "b.yml")
    assert only(repo.sluice("staged"))["inside"] == "base64"
    repo.commit()
    repo.write("b.yml", f"value: {ENCODED}\nother: line\n")
    repo.git("add", "b.yml")
    assert repo.sluice("staged").code == 0
