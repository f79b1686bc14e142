#!/usr/bin/env python3
"""Records what CPython prints for random programs, or checks that it still prints that.

    python3.13 random_programs.py                          records the programs of seed 13: queues.txt, locks.txt, ...
    python3.13 random_programs.py --seed 14 --count 400    others, or more
    python3.13 random_programs.py --check                  plays what the files hold again, shows differences, exits with 1
    python3.13 random_programs.py --print queues           to the standard output and into no file

A file has two lines for each program: its name (the seed and its number there) with the program, and what it printed. Numbers
are missing where a program came to something that jasyncio does otherwise on purpose. What a program says is explained in
`programs.py`.
"""

import argparse
import itertools
import logging
import pathlib
import sys
import warnings

sys.dont_write_bytecode = True
from player import play  # noqa: E402
from programs import KINDS, make  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent


def main():
    options = parse_arguments()
    if sys.version_info[:2] != (3, 13):
        sys.exit(f"the traces are those of CPython 3.13; this is {sys.version.split()[0]}")
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore", RuntimeWarning)  # a task that is cancelled before its first step never awaits its body
    if options.print:
        print(*record(options.print, options.seed, options.count), sep="\n")
    elif options.check:
        sys.exit(1 if [kind for kind in KINDS if differs(kind)] else 0)
    else:
        for kind in KINDS:
            file(kind).write_text("\n".join(record(kind, options.seed, options.count)) + "\n", encoding="utf-8")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=13, help="where the programs come from")
    parser.add_argument("--count", type=int, default=240, help="how many of each kind")
    parser.add_argument("--check", action="store_true", help="compare with the files and write nothing")
    parser.add_argument("--print", choices=KINDS, help="print the programs of this kind and write nothing")
    return parser.parse_args()


def file(kind):
    return HERE / f"{kind}.txt"


def record(kind, seed, count):
    """The lines of so many programs and their traces."""
    names = (f"{seed}.{number}" for number in itertools.count(1))
    programs = ((name, make(kind, name)) for name in names)
    played = ((name, program, play(kind, program)) for name, program in programs)
    kept = ((f"{name}: {program}", "; ".join(lines)) for name, program, lines in played if lines is not None)
    return list(itertools.chain.from_iterable(itertools.islice(kept, count)))


def differs(kind):
    """Prints what a program prints now and did not when it was recorded; whether there is such a one."""
    lines = file(kind).read_text(encoding="utf-8").splitlines()
    differ = False
    for title, before in zip(lines[::2], lines[1::2], strict=True):
        now = play(kind, title.split(": ", 1)[1])
        if now is None or "; ".join(now) != before:
            differ = True
            print(f"{kind} {title}\n  recorded {before}\n  now      {now and '; '.join(now)}")
    return differ


if __name__ == "__main__":
    main()
