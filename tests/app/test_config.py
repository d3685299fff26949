"""`sluice config check` and `check` on whole projects: what they say, where, and how they end."""
import subprocess

from sluice_repo import GIT_ENV, SLUICE, sluice


def write(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def said(run):
    return [(f["rule"], f["path"], f["line"]) for f in run.findings]


def of_the_project(run):
    return sorted(s for s in said(run) if s[0] in ("CFG027", "CFG028", "CFG029", "CFG030", "ENV009"))


PROJECT = {
    "config/config_base.yaml": "db:\n  host: localhost\n  port: 5432\n",
    "config/config_dev.yaml": "db:\n  host: dev.internal\n",
    "config/config_staging.yaml": "db:\n  host: ${DB_HOST}\n",
    ".env.example": "APP_ENV=dev\nOLD_KEY=\n",
    "compose.yaml": "services:\n  api:\n    build: .\n    environment:\n      APP_ENV: qa\n",
    "app.py": "import os\nenv = os.getenv('APP_ENV', 'dev')\n",
}

EXPECTED = [
    ("CFG027", "config/config_staging.yaml", 1),
    ("CFG028", "compose.yaml", 5),
    ("CFG029", "config/config_staging.yaml", 2),
]


def test_a_project_on_disk(tmp_path):
    write(tmp_path, PROJECT)
    run = sluice("config", "check", "-f", "json", ".", cwd=tmp_path)
    assert of_the_project(run) == EXPECTED, run
    assert run.code == 1


def test_the_same_project_in_git(repo):
    write(repo.path, PROJECT)
    repo.git("add", ".")
    run = sluice("check", "-f", "json", cwd=repo.path)
    assert of_the_project(run) == EXPECTED, run
    staged = sluice("staged", "-f", "json", cwd=repo.path)
    assert of_the_project(staged) == [], staged


def test_advice_does_not_block(tmp_path):
    write(tmp_path, {"config_base.yaml": "a: 1\nb: 2\n", "config_prod.yaml": "a: 1\nb: 3\n"})
    run = sluice("config", "check", "-f", "json", cwd=tmp_path)
    assert said(run) == [("CFG010", "config_prod.yaml", 1)]
    assert run.code == 0
    assert sluice("config", "check", "--fail-on", "low", cwd=tmp_path).code == 1
    (tmp_path / ".sluice.yaml").write_text("severity: {CFG010: medium}\n")
    assert sluice("config", "check", "-c", ".sluice.yaml", cwd=tmp_path).code == 1
    write(tmp_path, {"config_prod.yaml": "a: x\n"})
    assert sluice("config", "check", "--fail-on", "critical", cwd=tmp_path).code == 0


def test_a_schema(tmp_path):
    write(tmp_path, {
        "config_base.yaml": "lr: 0.1\n",
        "config_prod.yaml": "lr: fast\n",
        "config.schema.json": '{\n  "properties": {"lr": {"type": "number"}}\n}\n',
    })
    run = sluice("config", "check", "-f", "json", "--enable", "CFG013", cwd=tmp_path)
    assert said(run) == [("CFG013", "config_prod.yaml", 1)], run
    related = run.findings[0]["related"][0]
    assert (related["path"], related["line"]) == ("config.schema.json", 2)


def test_a_schema_that_cannot_be_used_ends_with_two(tmp_path):
    write(tmp_path, {"config_base.yaml": "lr: 0.1\n", "config_prod.yaml": "lr: 0.2\n"})
    for schema in ('{"properties": {"lr": {"type": "float"}}}', '{"properties": '):
        (tmp_path / "config.schema.json").write_text(schema)
        run = sluice("config", "check", "-f", "json", cwd=tmp_path)
        assert run.code == 2, run
        assert run.report["problems"][0]["where"].startswith("config.schema.json:1:")
    (tmp_path / "config.schema.json").unlink()
    (tmp_path / "config_base.yaml").write_text("# yaml-language-server: $schema=./gone.json\nlr: 0.1\n")
    assert sluice("config", "check", cwd=tmp_path).code == 2
    (tmp_path / "config_base.yaml").write_text("# yaml-language-server: $schema=https://example.org/s.json\nlr: 0.1\n")
    assert sluice("config", "check", cwd=tmp_path).code == 0


def test_the_policy_names_a_schema_and_a_variable(tmp_path):
    write(tmp_path, {
        "config_base.yaml": "lr: 0.1\n", "config_dev.yaml": "lr: 0.2\n", "config_prod.yaml": "lr: x\n",
        "schemas/s.json": '{"properties": {"lr": {"type": "number"}}}', "run.sh": "WHERE=dev\n",
        ".sluice.yaml": "config: {schema: schemas/s.json, environment_variables: [WHERE]}\n",
    })
    run = sluice("config", "check", "-f", "json", "-c", ".sluice.yaml", ".", cwd=tmp_path)
    assert {"CFG013", "CFG027"} <= {rule for rule, _, _ in said(run)}, run


def test_the_matrix_in_the_page(tmp_path):
    secret = "q7Xw" + "3Zt9" + "Lp2Vb8Rk"
    write(tmp_path, {
        "config_base.yaml": "a: 1\nb: <i>\n",
        "config_dev.yaml": "a: 2\n",
        "config_prod.yaml": f"a: 2\nextra: 5\ndb_password: {secret}\n",
    })
    sluice("config", "check", "-o", "page.html", cwd=tmp_path)
    page = (tmp_path / "page.html").read_text()
    assert "class=\"panel matrix\"" in page and "class=\"hole\"" in page and "class=\"same\"" in page
    assert "&lt;i&gt;" in page and "<i>" not in page
    assert secret not in page
    matrix = sluice("config", "matrix", cwd=tmp_path).out.decode()
    assert "·" in matrix and "=" in matrix
    write(tmp_path, {"config_prod.yaml": "a: 2\n"})
    assert "prod (= dev)" in sluice("config", "matrix", cwd=tmp_path).out.decode()


def test_a_large_file_and_a_bomb_end_early(tmp_path):
    (tmp_path / "config_base.yaml").write_text("a: 1\n")
    with open(tmp_path / "config_prod.yaml", "w") as file:
        for i in range(400_000):
            file.write(f"key_{i}: a text that is fifty characters long, about so\n")
    run = sluice("config", "check", "-f", "json", cwd=tmp_path)
    assert run.code == 2 or any(f["rule"] == "CFG022" for f in run.findings), run
    bomb = "a0: &a0 x\n" + "".join(
        f"a{i}: &a{i} [{', '.join(['*a%d' % (i - 1)] * 10)}]\n" for i in range(1, 11))
    (tmp_path / "config_prod.yaml").write_text(bomb)
    run = sluice("config", "check", "-f", "json", cwd=tmp_path)
    assert "CFG022" in run.rules(), run


def test_a_fix_keeps_comments_and_layout(tmp_path):
    write(tmp_path, {"config_base.yaml": "lr: 1.0\n", "config_prod.yaml": "# why\nlr:   1e-4   # small\n\n"})
    sluice("config", "check", "--fix", cwd=tmp_path)
    assert (tmp_path / "config_prod.yaml").read_text() == "# why\nlr:   1.0e-4   # small\n\n"


def test_a_fix_that_is_killed_while_it_writes_leaves_the_file_whole(tmp_path):
    text = "lr: 1e-4\n" + "".join(f"k{i}: a text that is not changed\n" for i in range(2000))
    write(tmp_path, {"config_base.yaml": "lr: 1.0\n", "config_prod.yaml": text})
    # The signal that ends the program comes when it has written the first eight blocks.
    killed = subprocess.run(["bash", "-c", 'ulimit -f 8; exec "$0" config check --fix .', SLUICE],
                            cwd=tmp_path, env=GIT_ENV, capture_output=True)
    assert killed.returncode != 0
    assert (tmp_path / "config_prod.yaml").read_text() == text
    sluice("config", "check", "--fix", cwd=tmp_path)
    assert (tmp_path / "config_prod.yaml").read_text() == text.replace("1e-4", "1.0e-4")


def test_a_file_that_is_too_large_is_a_problem_with_a_remedy(tmp_path):
    write(tmp_path, {"config_base.yaml": "a: 1\n", "config_prod.yaml": "# " + "x" * (16 << 20) + "\na: 2\n"})
    run = sluice("config", "check", cwd=tmp_path)
    assert run.code == 2, run
    shown = " ".join(run.out.decode().split())
    for part in ("config_prod.yaml", "larger than 16 MiB", "split it", "folders"):
        assert part in shown, (part, shown)
