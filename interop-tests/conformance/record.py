#!/usr/bin/env python3
"""Records what CPython prints for each scenario, or checks that it still prints that.

    python3.13 record.py               runs all scenarios and writes traces/<group>/<scenario>.txt
    python3.13 record.py --check       compares instead, shows the differences, and exits with 1 if there are any
    python3.13 record.py timers tasks  only these groups

A group is a module beside this file. The traces are those of CPython 3.13; `--any` runs another version all the same, to
see what it does differently.
"""

import argparse
import difflib
import importlib.util
import logging
import pathlib
import sys

sys.dont_write_bytecode = True
import harness  # noqa: E402

VERSION = (3, 13)
HERE = pathlib.Path(__file__).resolve().parent
NO_GROUPS = {"harness", "guests", "record"}


def main():
    options = parse_arguments()
    if sys.version_info[:2] != VERSION and not options.any:
        sys.exit(f"the traces are those of CPython 3.13; this is {sys.version.split()[0]} (--any runs it all the same)")
    logging.disable(logging.CRITICAL)  # scenarios that leave an unhandled error behind mean to
    recorded = {group: record(group) for group in options.groups or all_groups()}
    if options.check:
        sys.exit(1 if differences(recorded) else 0)
    for group, traces in recorded.items():
        write(HERE / "traces" / group, traces)
        print(f"{group}: {len(traces)} scenarios")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", help="the groups to run; all if none is named")
    parser.add_argument("--check", action="store_true", help="compare with the recorded traces and write nothing")
    parser.add_argument("--any", action="store_true", help="run under any version of Python")
    return parser.parse_args()


def all_groups():
    return sorted(module.stem for module in HERE.glob("*.py") if module.stem not in NO_GROUPS)


def record(group):
    """Runs the scenarios of a group; their traces by name."""
    harness.SCENARIOS.clear()
    # Under a name of its own, since a group may be called like a module of the standard library.
    spec = importlib.util.spec_from_file_location(f"scenarios_{group}", HERE / f"{group}.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return {name: "".join(f"{line}\n" for line in found.run()) for name, found in list(harness.SCENARIOS.items())}


def write(folder, traces):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in traces.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    for stale in set(folder.glob("*.txt")) - {folder / f"{name}.txt" for name in traces}:
        stale.unlink()


def differences(recorded):
    """Prints how the traces differ from the recorded ones; whether they do."""
    differ = False
    for group, traces in recorded.items():
        known = {file.stem: file.read_text(encoding="utf-8") for file in (HERE / "traces" / group).glob("*.txt")}
        for name in sorted(known.keys() | traces.keys()):
            before = known.get(name, "").splitlines()
            now = traces.get(name, "").splitlines()
            if before != now or (name in known) != (name in traces):
                differ = True
                title = f"{group}/{name}"
                print(*difflib.unified_diff(before, now, f"{title} recorded", f"{title} now", lineterm=""), sep="\n")
    return differ


if __name__ == "__main__":
    main()
