"""The text of PDF documents is looked at page by page, by a program that may not do what it wants."""
import stat

import pytest

from pdf_writer import pdf
from sluice_repo import GIT_ENV, Repo, sluice, token
from test_hidden_text import only, scan, zipped

TOKEN = token("pdf")
LINE = f"api_token = {TOKEN}"
MANUAL = pdf(["A manual"], ["Nothing to see"], ["Set up:", "", LINE], is_compressed=True)


@pytest.mark.parametrize("name, content", [
    ("manual.pdf", MANUAL), ("no-ending", MANUAL), ("plain.pdf", pdf([], ["text"], ["Set up:", "", LINE]))])
def test_a_page_is_named(tmp_path, name, content):
    found = only(scan(tmp_path, name, content))
    assert (found["path"], found["inside"], found["line"]) == (name, "page 3", 3)
    assert "inside page 3" in found["message"]


def test_the_whole_way_in_is_given(tmp_path):
    assert only(scan(tmp_path, "a.zip", zipped(docs__manual_DOT_pdf=MANUAL)))["inside"] == "docs/manual.pdf!page 3"


def test_every_source(tmp_path):
    repo = Repo(tmp_path / "repo")
    repo.write("manual.pdf", MANUAL)
    repo.git("add", "manual.pdf")
    runs = [repo.sluice("staged")]
    repo.commit()
    repo.git("rm", "-q", "manual.pdf")
    repo.commit()
    runs += [repo.sluice("range", "HEAD~2..HEAD"), repo.sluice("history"), repo.sluice("history", "--engine", "simple"),
             repo.sluice("stdin", stdin=MANUAL)]
    for run in runs:
        assert only(run)["inside"] == "page 3"


def test_names_and_values_stay_on_a_line_where_columns_were_written_one_after_the_other(tmp_path):
    password = token("columns")[4:20]
    content = b"".join(b"BT /F1 10 Tf %d %d Td (%s) Tj ET\n" % (x, 700 - 12 * i, text)
                       for x, column in [(72, [b"user =", b"db_password ="]), (300, [b"ada", password.encode()])]
                       for i, text in enumerate(column))
    document = pdf(["x"]).replace(b"(x) Tj T*\nET\n", b"(x) Tj T*\nET\n" + content)
    run = scan(tmp_path, "table.pdf", document)
    assert [(f["inside"], f["rule"]) for f in run.findings] == [("page 1", "generic-password")], run


def test_what_is_damaged_or_locked_is_told_as_skipped(tmp_path):
    run = scan(tmp_path, "broken.pdf", b"%PDF-1.7\n" + b"nothing of a document follows\n" * 10)
    assert run.code == 0
    (skipped,) = run.report["scope"]["skipped"]
    assert skipped["what"] == "broken.pdf" and "damaged" in skipped["reason"]


def test_a_missing_program_is_told(tmp_path):
    (tmp_path / "manual.pdf").write_bytes(MANUAL)
    # What lies in the folder that is looked at is no program to run.
    made_up(tmp_path, "echo never")
    run = sluice("dir", "manual.pdf", "-f", "json", cwd=tmp_path, env={"PATH": "/nowhere:.:" })
    assert run.code == 0
    (skipped,) = run.report["scope"]["skipped"]
    assert skipped["what"] == "manual.pdf" and "poppler-utils" in skipped["reason"]


def made_up(folder, script):
    program = folder / "pdftotext"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize("script, what", [
    ("kill -SEGV $$", "pdftotext ended by signal 11"),
    ("exec yes", "its text is larger than 16 MiB"),
    ("ulimit -S -t 1; while :; do :; done", "to read its text takes more than 60 s"),
    ("exec /nowhere/at/all", "cannot be started"),
])
def test_a_program_that_a_document_breaks_is_a_problem_and_what_it_wrote_is_looked_at(tmp_path, script, what):
    (tmp_path / "bin").mkdir()
    made_up(tmp_path / "bin", f"echo '{LINE}'\n{script}")
    (tmp_path / "manual.pdf").write_bytes(MANUAL)
    run = sluice("dir", "manual.pdf", "-f", "json", cwd=tmp_path, env={"PATH": f"{tmp_path / 'bin'}:{GIT_ENV['PATH']}"})
    assert run.code == 2, run
    (problem,) = run.report["problems"]
    assert what in problem["what"] and problem["where"] == "manual.pdf"
    if "started" not in what:
        assert [f["inside"] for f in run.secrets()] == ["page 1"]


def test_a_page_that_unpacks_to_much_is_read_within_the_limits(tmp_path):
    document = pdf(["x" * 100] * 400_000 + [LINE], [LINE], is_compressed=True)  # 40 MB of text in some 200 KB
    assert only(scan(tmp_path, "bomb.pdf", document))["inside"] == "page 2"  # what is not on the page is not shown


def test_many_documents_in_a_history(tmp_path):
    repo = Repo(tmp_path / "repo")
    for number in range(40):
        repo.write(f"{number}.pdf", pdf([f"token {token(number)}"], is_compressed=True))
    repo.git("add", "-A")
    repo.commit()
    run = repo.sluice("history")
    assert run.code == 1 and len(run.secrets()) == 40
    assert {f["inside"] for f in run.secrets()} == {"page 1"}
