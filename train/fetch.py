"""Fetches the sources of clean.tsv and unpacks their text files."""
import hashlib
import io
import os
import tarfile
import urllib.request
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
LARGEST = 1_000_000     # bytes of a file: larger ones are data


def sources():
    """(address, SHA-256) of each."""
    with open(os.path.join(HERE, "clean.tsv"), encoding="utf8") as file:
        return [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]


def archive(address, digest, folder):
    """The archive's bytes, from `folder` if it was fetched before."""
    path = os.path.join(folder, digest)
    if not os.path.isfile(path):
        with urllib.request.urlopen(address, timeout=300) as answer:
            content = answer.read()
        if hashlib.sha256(content).hexdigest() != digest:
            raise SystemExit(f"{address} is not what clean.tsv says; its SHA-256 is {hashlib.sha256(content).hexdigest()}")
        with open(path + ".part", "wb") as file:
            file.write(content)
        os.replace(path + ".part", path)
    with open(path, "rb") as file:
        return file.read()


def members(address, content):
    """(path, bytes) of the files of an archive."""
    if address.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as files:
            for one in files.infolist():
                if not one.is_dir() and one.file_size <= LARGEST:
                    yield one.filename, files.read(one)
        return
    with tarfile.open(fileobj=io.BytesIO(content)) as files:
        for one in files:
            if one.isfile() and one.size <= LARGEST:
                yield one.name, files.extractfile(one).read()


def is_safe(path):
    return not os.path.isabs(path) and ".." not in path.split("/")


def clean_folders(work):
    """A folder for each source, its files as they were packed; binary ones are left out."""
    kept = os.path.join(work, "archives")
    os.makedirs(kept, exist_ok=True)
    folders = []
    for address, digest in sources():
        folder = os.path.join(work, "clean", digest[:16])
        folders.append(folder)
        done = os.path.join(folder, ".unpacked")
        if os.path.isfile(done) and open(done, encoding="ascii").read() == digest:
            continue
        for path, content in members(address, archive(address, digest, kept)):
            if not is_safe(path) or b"\0" in content[:8000]:
                continue
            target = os.path.join(folder, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(content)
        with open(done, "w", encoding="ascii") as file:
            file.write(digest)
    return folders
