#!/usr/bin/env python3
"""Writes the schema packs that ship with DevOps Pack.

usage: generate.py [--packages DIR] [--out DIR] [PROVIDER ...]

Reads the npm packages named in packs.json (downloaded with `npm pack` into DIR unless they are
there already), checks each against its pinned integrity, and writes one PROVIDER.json.gz for each.
The same packages give the same JSON; the gzip header carries no time and no name.
The format is described in docs/formats/schema-pack.md.
"""

import argparse
import base64
import gzip
import hashlib
import json
import pathlib
import subprocess
import sys
import tarfile
from collections import defaultdict

from bindings import read_bindings

FORMAT = 1
HERE = pathlib.Path(__file__).resolve().parent
DEFAULT_OUT = HERE.parent.parent / "src" / "main" / "resources" / "schema-packs"


def main():
    arguments = parse_arguments()
    arguments.packages.mkdir(parents=True, exist_ok=True)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for entry in json.loads((HERE / "packs.json").read_text(encoding="utf8")):
        if not arguments.providers or entry["provider"] in arguments.providers:
            write_pack(entry, fetch(entry, arguments.packages), arguments.out)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--packages", type=pathlib.Path, default=HERE / ".packages")
    parser.add_argument("--out", type=pathlib.Path, default=DEFAULT_OUT)
    parser.add_argument("providers", nargs="*")
    return parser.parse_args()


def fetch(entry, folder):
    """The package's tarball, downloaded if it is missing, always checked."""
    scope_and_name = entry["package"].removeprefix("@").replace("/", "-")
    tarball = folder / f"{scope_and_name}-{entry['packageVersion']}.tgz"
    if not tarball.exists():
        wanted = f"{entry['package']}@{entry['packageVersion']}"
        subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True, stdout=sys.stderr)
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode("ascii")
    if f"sha512-{digest}" != entry["integrity"]:
        sys.exit(f"{tarball}: sha512-{digest} is not the pinned {entry['integrity']}")
    return tarball


def write_pack(entry, tarball, out):
    pack = build_pack(entry, tarball)
    text = json.dumps(pack, separators=(",", ":"), ensure_ascii=True)
    target = out / f"{entry['provider']}.json.gz"
    with open(target, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode("ascii"))
    print(
        f"{entry['provider']} {pack['version']}: {len(pack['resources'])} resources, "
        f"{len(pack['data'])} data sources, {target.stat().st_size} bytes"
    )


def build_pack(entry, tarball):
    pack = {
        "format": FORMAT,
        "provider": entry["provider"],
        "source": entry["source"],
        "version": "",
        "constraint": "",
        "origin": {"package": entry["package"], "version": entry["packageVersion"], "license": "MPL-2.0"},
        "config": {},
        "resources": {},
        "data": {},
        "ephemeral": {},
    }
    for _, script in sorted(scripts(tarball).items()):
        for binding in read_bindings(script, entry["nestedAttributes"]):
            if binding.version:
                pack["version"], pack["constraint"] = binding.version, binding.constraint
            if binding.section == "config":
                pack["config"] = binding.node
            else:
                pack[binding.section][binding.type] = binding.node
    for section in ("resources", "data", "ephemeral"):
        pack[section] = dict(sorted(pack[section].items()))
    return pack


def scripts(tarball):
    """The JavaScript of each folder below lib/, its files joined in the order of their names."""
    parts = defaultdict(dict)
    with tarfile.open(tarball, "r:gz") as archive:
        for member in archive:
            path = pathlib.PurePosixPath(member.name)
            if member.isfile() and path.suffix == ".js" and len(path.parts) > 3 and path.parts[1] == "lib":
                parts[path.parts[2]][str(path)] = archive.extractfile(member).read().decode("utf8")
    return {folder: "\n".join(text for _, text in sorted(files.items())) for folder, files in parts.items()}


if __name__ == "__main__":
    main()
