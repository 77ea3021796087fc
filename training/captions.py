"""Captions for scenes: what is there, what it does, where, when and in which weather, in many wordings."""

from phrases import (
    ADJECTIVES,
    COUNTS,
    FRAMES,
    GROUNDS,
    IN_PLACE,
    LANDSCAPE_ADJECTIVES,
    OVER,
    PLACES_ALONE,
    PLURALS,
    SIZES,
    STYLES,
    SUFFIXES,
    TIME_PHRASES,
    VERBS,
    VIEWS,
    WEATHER_PHRASES,
    WITH_GUITAR,
    WITH_SUIT,
)
from vocabulary import NOUNS, TIMED


def joined(*parts):
    return " ".join(part for part in parts if part)


def with_article(phrase):
    vowel = phrase[0] in "aeiou" and not phrase.startswith(("uni", "ufo", "eu"))
    return ("an " if vowel else "a ") + phrase


def plural(name):
    return PLURALS.get(name) or name + "s"


def subject(R, noun, colour, size="", count=None):
    """One kind of thing: "a cute red car", "two penguins"."""
    name = R.choice(NOUNS[noun][0])
    adjective = R.choice(ADJECTIVES) if R.random() < 0.22 else ""
    if size:
        adjective = R.choice(SIZES[size])
    words = joined(adjective, colour, plural(name) if count is not None else name)
    return with_article(words) if count is None else joined(count, words)


def subjects(R, scene):
    """Everything in the foreground, with what it wears or plays."""
    things = scene["objs"]
    if scene["k"] == 2:
        both = [subject(R, *thing) for thing in things]
        return both[0] + R.choice([" next to ", " and ", " beside ", " with "]) + both[1]
    if scene["k"] == 3:
        bare = scene["count"] == 3 and R.random() < 0.3
        return subject(R, *things[0], count="" if bare else R.choice(COUNTS[scene["count"]]))
    phrase = subject(R, *things[0], size=scene["size"])
    if scene["extra"] == "guitar":
        return joined(phrase, R.choice(WITH_GUITAR))
    if scene["extra"] == "suit":
        phrase = joined(phrase, R.choice(WITH_SUIT))
        return R.choice(["portrait of ", "a portrait of "]) + phrase if R.random() < 0.45 else phrase
    return phrase


def doing(R, scene):
    """What a subject does, or nothing."""
    if scene["k"] == 2 or scene["extra"] or R.random() >= 0.22:
        return ""
    noun = scene["objs"][0][0]
    if noun in ("person", "woman"):
        return "walking"
    if noun in ("dolphin", "whale") and R.random() < 0.6:
        return "jumping"
    return R.choice(VERBS[NOUNS[noun][1]])


def when(R, scene):
    """Time phrase and weather phrase, each possibly empty."""
    time, weather = scene["time"], scene["wx"]
    if scene["scene"] not in TIMED:
        return "", ""
    if weather == "stars" and R.random() < 0.3:
        return R.choice(["at night", "on a starry night", "under the night sky"]), ""
    choices = TIME_PHRASES[time] if time != "noon" or weather == "none" else ["at noon", "during the day"]
    said = R.choice(choices) if time != "noon" or R.random() < 0.45 else ""
    return said, R.choice(WEATHER_PHRASES[weather]) if weather != "none" else ""


def landscape(R, scene, time, weather):
    """A caption for a scene without subjects."""
    place = scene["scene"]
    if place in TIMED and scene["time"] != "noon" and R.random() < 0.22:
        phrase = f"{R.choice(['a ', 'a peaceful ', 'a beautiful ', 'a calm '])}{scene['time']} over {OVER[place]}"
        return joined(phrase, weather)
    phrase = R.choice(PLACES_ALONE[place])
    if R.random() < 0.25:
        phrase = R.choice(VIEWS) + phrase
    elif R.random() < 0.2 and phrase.startswith("a "):
        phrase = R.choice(LANDSCAPE_ADJECTIVES) + phrase[2:]
    return joined(phrase, time, weather) if R.random() < 0.7 else joined(phrase, weather, time)


def on_plain_ground(R, phrase, colour):
    ground = R.choice(GROUNDS).format(colour)
    return phrase + (", " if ground.startswith("with") and R.random() < 0.3 else " ") + ground


def place_first(R, scene, what, time, weather):
    """ "a calm beach at sunset with a cat walking"; nothing where the wording does not fit."""
    place = scene["scene"]
    if scene["time"] in ("sunrise", "sunset") and place in OVER and R.random() < 0.35:
        opening = R.choice(["a ", "a beautiful ", "a peaceful "]) + f"{scene['time']} over {OVER[place]}"
        return joined(opening, "with", what, weather if scene["wx"] != "stars" else "")
    opening = R.choice(PLACES_ALONE[place])
    return "" if " with " in opening else joined(opening, time, "with", what, weather)


def caption(R, scene):
    """One of the many ways to say what a scene (from dataset.draw_scene) shows."""
    time, weather = when(R, scene)
    if scene["k"] == 0:
        return landscape(R, scene, time, weather)
    phrase = subjects(R, scene)
    if R.random() < 0.12:
        phrase = joined(R.choice(STYLES), phrase)
    if scene["scene"] == "plain":
        return on_plain_ground(R, phrase, scene["colour"])
    verb, where = doing(R, scene), R.choice(IN_PLACE[scene["scene"]])
    if R.random() < 0.14 and (turned := place_first(R, scene, joined(phrase, verb), time, weather)):
        return turned
    if R.random() < 0.04:
        return phrase
    late = (time, weather) if R.random() < 0.8 else (weather, time)
    return joined(phrase, verb, where, *late)


def widen(R, text, words):
    """Adds words that the picture says nothing about: the model learns to pass over them."""
    parts = text.split(" ")
    if words and R.random() < 0.5:
        parts.insert(R.randrange(0, 3) if len(parts) > 3 else 0, R.choice(words))
    text = " ".join(parts)
    if R.random() < 0.6:
        text += R.choice(SUFFIXES)
    if R.random() < 0.2:
        text = R.choice(FRAMES) + text
    if R.random() < 0.2 and text.startswith(("a ", "an ")):
        text = text.split(" ", 1)[1]
    return text
