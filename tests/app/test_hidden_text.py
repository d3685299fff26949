"""Secrets that are written as something else, or lie in a file within a file, are found with the whole way in."""
import base64
import bz2
import ctypes
import gzip
import io
import json
import lzma
import os
import random
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


def written_by_libarchive(path, form, filter, name, content):
    """What Python cannot write, its library writes."""
    library = ctypes.CDLL("libarchive.so.13")
    for function in [library.archive_write_new, library.archive_entry_new]:
        function.restype = ctypes.c_void_p
    archive, entry = ctypes.c_void_p(library.archive_write_new()), ctypes.c_void_p(library.archive_entry_new())
    assert library.archive_write_set_format_by_name(archive, form) == 0
    assert filter is None or library.archive_write_add_filter_by_name(archive, filter) == 0
    assert library.archive_write_open_filename(archive, os.fsencode(path)) == 0
    library.archive_entry_set_pathname(entry, name)
    library.archive_entry_set_size(entry, ctypes.c_int64(len(content)))
    library.archive_entry_set_filetype(entry, 0o100000)
    assert library.archive_write_header(archive, entry) == 0
    assert library.archive_write_data(archive, content, ctypes.c_size_t(len(content))) == len(content)
    assert library.archive_write_free(archive) == 0
    library.archive_entry_free(entry)


@pytest.mark.parametrize("form, filter, way", [
    (b"7zip", None, "x/y.txt"), (b"ustar", b"zstd", "x/y.txt"), (b"ustar", b"lz4", "x/y.txt"), (b"raw", b"zstd", "")])
def test_archive_of_other_kinds(tmp_path, form, filter, way):
    written_by_libarchive(tmp_path / "made", form, filter, b"x/y.txt", LINE.encode())
    found = only(sluice("dir", "made", "-f", "json", cwd=tmp_path))
    assert found.get("inside", "") == way


def test_a_rule_about_paths_sees_the_path_in_the_archive(tmp_path):
    state = '{"resources": [{"attributes": {"master_password": "%s"}}]}' % token("state")[4:24]

    def rules(entry):
        # Which rule keeps the place is another matter: that of passwords may be surer.
        (found,) = scan(tmp_path, "a.zip", zipped(**{entry: state})).findings
        return [found["rule"], *found.get("also_matches", [])]

    assert "terraform-state-secret" in rules("infra__terraform_DOT_tfstate")
    assert "terraform-state-secret" not in rules("infra__terraform_DOT_txt")


@pytest.mark.parametrize("library, name, package", [
    ("libarchive.so.13", "a.zip", "libarchive13"), ("libsqlite3.so.0", "a.db", "libsqlite3-0")])
def test_a_missing_library_is_a_problem(tmp_path, library, name, package):
    if name == "a.db":
        with sqlite3.connect(tmp_path / name) as connection:
            connection.execute("create table t (v)")
    else:
        (tmp_path / name).write_bytes(zipped(a_DOT_txt="nothing"))
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / library).write_bytes(b"")  # as good as none
    run = sluice("dir", name, "-f", "json", cwd=tmp_path, env={"LD_LIBRARY_PATH": str(tmp_path / "lib")})
    assert run.code == 2
    assert package in run.report["problems"][0]["what"]


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


def drawn(seed, size):
    return bytes(random.Random(seed).choices(range(256), k=size))


def drawn64(seed, size):
    return base64.b64encode(drawn(seed, size)).decode()


def encrypted_value(seed, size):
    return (f"ENC[AES256_GCM,data:{drawn64(seed, size)},iv:{drawn64(seed + 1, 32)},tag:{drawn64(seed + 2, 16)},"
            "type:str]")


def armoured(kind, seed):
    body = "".join(f"    {drawn64(seed + i, 48)}\n" for i in range(5))
    return f"    -----BEGIN {kind}-----\n{body}    -----END {kind}-----\n"


def vault(seed, indent):
    return "".join(f"{indent}{line}\n" for line in ["$ANSIBLE_VAULT;1.1;AES256"] +
                   [drawn(seed + i, 40).hex() for i in range(5)])


def sealed(seed):
    """Two bytes of length, a session key under RSA of 4096 bits, what is under that."""
    return base64.b64encode(b"\x02\x00" + drawn(seed, 512 + 40)).decode()


@pytest.mark.parametrize("name, content", [
    ("vault.yml", vault(1, "")),
    ("vars.yml", f"db_password: !vault |\n{vault(2, '          ')}api_token: !vault |\n{vault(3, '          ')}"),
    ("sops.yaml", f"password: {encrypted_value(4, 12)}\napi_token: {encrypted_value(5, 40)}\nsops:\n"
                  f"    mac: {encrypted_value(6, 64)}\n    age:\n      - enc: |\n{armoured('AGE ENCRYPTED FILE', 7)}"),
    ("sops.json", '{"secret_key": "' + encrypted_value(8, 30) + '", "password": "' + encrypted_value(9, 12) + '"}\n'),
    ("sops.env", f"DB_PASSWORD={encrypted_value(10, 12)}\nAPI_TOKEN={encrypted_value(11, 40)}\n"),
    ("sealed.yaml", "kind: SealedSecret\nspec:\n  encryptedData:\n"
                    f"    password: {sealed(12)}\n    api_token: {sealed(13)}\n    secret_key: {sealed(14)}\n"),
    ("locked.yml", b"\0GITCRYPT\0" + drawn(15, 400)),
    ("notes.age", armoured("AGE ENCRYPTED FILE", 16)),
    ("notes.asc", armoured("PGP MESSAGE", 17)),
])
def test_encrypted_files_are_fine(tmp_path, name, content):
    run = scan(tmp_path, name, content)
    assert (run.code, run.findings) == (0, [])
