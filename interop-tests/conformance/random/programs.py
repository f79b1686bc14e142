"""Makes random programs: one line of words each, the same for the same seed.

The first word says what the program is about: a queue and its bound, the value of a semaphore, the parties of a barrier. What
follows is done one after the other by the main task. A word is a letter and, for some, a number. A capital letter starts a
task, with a deadline in seconds after an @. A small letter is done at once, by a callback if a + stands before it, or by a
timer if a ~ does. The letters of each kind are explained in `things.py`. All kinds have:

    c3  cancel the task 3        y  let one pass go by        w  sleep a second        a  two seconds go by while this runs
"""

import itertools
import random

NONE, ITEM, HOLD, FEW = "none", "item", "hold", "few"
"""What number a letter wants: none, an item that no other word has, how long something is held, something from 1 to 3."""

_PLAIN = {"c": 8, "y": 8, "w": 2, "a": 1}

_HEADS = {
    "queues": ["F0", "F0", "F1", "F1", "F2", "F3", "P0", "P1", "P2", "L0", "L2"],
    "locks": ["0"],
    "semaphores": ["0", "1", "1", "2"],
    "events": ["0"],
    "conditions": ["0"],
    "barriers": ["1", "2", "2", "3", "3"],
}

_WORDS = {
    "queues": {
        "G": (8, NONE), "P": (7, ITEM), "J": (1, NONE), "T": (2, NONE), "E": (2, FEW), "I": (1.5, NONE),
        "n": (8, ITEM), "t": (3, NONE), "d": (3, NONE), "s": (0.4, NONE), "x": (0.4, NONE),
    },
    "locks": {"L": (12, HOLD), "u": (1, NONE), "l": (2, NONE)},
    "semaphores": {"S": (12, HOLD), "v": (2, NONE), "l": (2, NONE)},
    "events": {"W": (10, NONE), "E": (3, NONE), "s": (4, NONE), "x": (3, NONE), "l": (2, NONE)},
    "conditions": {
        "W": (7, NONE), "L": (3, FEW), "P": (4, FEW), "N": (5, FEW), "A": (2, NONE), "H": (3, HOLD),
        "i": (4, NONE), "n": (1.5, NONE), "l": (2, NONE),
    },
    "barriers": {"W": (14, NONE), "B": (0.7, NONE), "Z": (2, NONE), "l": (2, NONE)},
}

KINDS = list(_WORDS)


def make(kind, name):
    """The program of this kind and name, a text like "13.7" for the seventh of seed 13."""
    dice = random.Random(f"{kind} {name}")
    words = {**{letter: (weight, NONE) for letter, weight in _PLAIN.items()}, **_WORDS[kind]}
    letters, weights = list(words), [weight for weight, _ in words.values()]
    program = [dice.choice(_HEADS[kind])]
    tasks, items = 0, itertools.count(1)
    for letter in dice.choices(letters, weights, k=dice.randint(5, 28)):
        if letter == "c":
            if not tasks:
                continue
            number = dice.randrange(max(0, tasks - 5), tasks)
        else:
            number = _number(dice, words[letter][1], items)
        program.append(_word(dice, letter, number))
        tasks += letter.isupper()
    return " ".join(program)


def _number(dice, wanted, items):
    """A number for a letter. An item begins with a random digit, which is its priority, and ends with its own two digits."""
    match wanted:
        case "item":
            return dice.randint(0, 9) * 100 + next(items)
        case "hold":
            return dice.randint(0, 3)
        case "few":
            return dice.randint(1, 3)
    return ""


def _word(dice, letter, number):
    if letter.isupper():
        deadline = f"@{dice.randint(1, 3)}" if dice.random() < 0.25 else ""
        return f"{letter}{number}{deadline}"
    if letter in "ywa":
        return letter
    prefix = dice.choices(["", "+", "~"], [14, 3, 2])[0]
    return f"{prefix}{letter}{number}"
