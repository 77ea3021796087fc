"""Scenes: what one holds, drawn by chance, and its picture with the mask of its subjects."""

import hashlib

import cv2
import numpy as np

from landscapes import weather_over
from painting import SIZE, ellipse
from places import background
from sprites import dressed, sprite
from vocabulary import COLOURS, FACES, GUITARISTS, NOUNS, PLAIN, RECOLOURED, SCENES, TIMED, TIMES

NOUN_IDS = list(NOUNS)
# habitats that fit a place; elsewhere: ground and sky
FITTING = {"ocean": "ws", "lake": "wg", "underwater": "uw", "table": "o", "space": "s", "plain": "ogw", "room": "og"}
TINTS = {"night": (0.72, 0.76, 0.95), "sunset": (1, 0.88, 0.82), "sunrise": (1, 0.96, 0.94)}
PLACE_TINTS = {"magic": (0.9, 0.9, 1), "underwater": (0.8, 0.94, 1)}
SHADOW = (20, 20, 40)


def held_out(noun, place):
    """One pair of subject and place in twelve is never trained on: the scores are taken there."""
    return int(hashlib.md5(f"{noun}/{place}".encode()).hexdigest(), 16) % 12 == 0


def fitting_noun(R, place):
    noun = R.choice(NOUN_IDS)
    if R.random() < 0.45:
        good = FITTING.get(place, "gs")
        for _ in range(6):
            if NOUNS[noun][1] in good:
                break
            noun = R.choice(NOUN_IDS)
    return noun


def draw_weather(R, place, time):
    if place not in TIMED:
        return "none"
    chance = R.random()
    if chance < 0.1:
        return "mist"
    if chance < 0.17:
        return "rain"
    if chance < 0.25 and place in ("snow", "forest", "city", "mountains"):
        return "snow"
    return "stars" if chance < 0.5 and time == "night" else "none"


def draw_colour(R, noun):
    """A new colour, the subject's own colour said aloud, or none."""
    if noun not in RECOLOURED:
        return None
    if R.random() < 0.5:
        return R.choice(list(COLOURS))
    return RECOLOURED[noun] if R.random() < 0.3 else None


def draw_cast(R, kind):
    """Place, subjects and what they wear. kind: 0 nobody, 1 one, 2 two different ones, 3 several of one."""
    while True:
        place = R.choice(SCENES) if R.random() < 0.86 else "plain"
        nouns = [fitting_noun(R, place) for _ in range((0, 1, 2, 1)[kind])]
        extra = ""
        if kind == 1 and R.random() < 0.1:
            extra = R.choice(["suit", "guitar"])
            nouns = [R.choice(list(FACES) if extra == "suit" else GUITARISTS)]
        empty_plain = place == "plain" and kind == 0
        same = kind == 2 and nouns[0] == nouns[1]
        if not empty_plain and not same:
            return place, nouns, extra


def draw_scene(R, allow_held_out=False):
    """What one scene holds, as plain data (it goes into the .jsonl beside the captions)."""
    chance = R.random()
    kind = 0 if chance < 0.12 else 1 if chance < 0.70 else 2 if chance < 0.85 else 3
    place, nouns, extra = draw_cast(R, kind)
    while not allow_held_out and any(held_out(noun, place) for noun in nouns):
        place, nouns, extra = draw_cast(R, kind)
    time = R.choice(TIMES) if place in TIMED else "noon"
    size = R.choice(["big", "small"]) if kind == 1 and not extra and R.random() < 0.1 else ""
    return dict(
        k=kind,
        scene=place,
        time=time,
        wx=draw_weather(R, place, time),
        objs=[(noun, None if extra else draw_colour(R, noun)) for noun in nouns],
        count=R.choice([2, 2, 3]) if kind == 3 else 1,
        size=size,
        extra=extra,
        colour=R.choice(list(PLAIN)) if place == "plain" else None,
    )


def tint_of(place, time):
    return TINTS.get(time, (1, 1, 1)) if place in TIMED else PLACE_TINTS.get(place, (1, 1, 1))


def shadow(image, x, base, width, height):
    top = max(0, int(base) - 16)
    part = image[top : int(base) + 16]
    dark = part.copy()
    ellipse(dark, x, base - 1 - top, width, height, SHADOW)
    part[:] = part + (dark.astype(np.float32) - part) * 0.32 + 0.5


def put(image, mask, picture, x, y, size, degrees, tint):
    """Draws a sprite centred at x, y, its longer side `size` pixels, and its cover into the mask."""
    height, width = picture.shape[:2]
    scale = size / max(height, width)
    cos, sin = np.cos(np.radians(degrees)) * scale, np.sin(np.radians(degrees)) * scale
    matrix = np.array(
        [[cos, -sin, x - (cos * width - sin * height) / 2], [sin, cos, y - (sin * width + cos * height) / 2]],
        np.float32,
    )
    if scale < 0.75:
        picture = cv2.GaussianBlur(picture, (0, 0), 0.28 / scale)
    drawn = cv2.warpAffine(picture, matrix, (SIZE, SIZE), flags=cv2.INTER_LINEAR)
    np.maximum(mask, drawn[..., 3], out=mask)
    covered = image * (1 - drawn[..., 3:]) + drawn[..., :3] * np.asarray(tint, np.float32) + 0.5
    image[:] = np.clip(covered, 0, 255)


def size_and_columns(R, scene, count):
    """The size of the subjects in pixels and the column of each."""
    columns = {
        0: [],
        1: [R.uniform(0.46, 0.54)],
        2: [R.uniform(0.25, 0.3), R.uniform(0.7, 0.75)],
        3: [R.uniform(0.17, 0.21), R.uniform(0.47, 0.53), R.uniform(0.79, 0.83)],
    }[count]
    size = {0: 0, 1: R.uniform(150, 172), 2: R.uniform(106, 120), 3: R.uniform(78, 90)}[count]
    if scene["size"]:
        size = R.uniform(192, 208) if scene["size"] == "big" else R.uniform(84, 100)
    if scene["extra"]:
        size = R.uniform(172, 196)
    return size, [SIZE * column for column in columns]


def stand(R, scene, noun, size, horizon, row):
    """Where a subject goes: (centre row or None, base row, degrees, size). Things with a base get a shadow."""
    place, habitat = scene["scene"], NOUNS[noun][1]
    if place in ("space", "underwater"):
        return SIZE * R.uniform(0.46, 0.54), None, R.uniform(-4, 4), size
    if place == "plain":
        return SIZE * R.uniform(0.47, 0.53), None, R.uniform(-3, 3), size
    if habitat == "s" and place != "table":
        return SIZE * R.uniform(0.39, 0.47), None, R.uniform(-4, 4), size * 0.9
    if place in ("ocean", "lake") and noun in ("dolphin", "whale", "shark"):
        return horizon + R.uniform(-14, 14), None, R.uniform(-4, 4), size
    if scene["extra"] == "suit":
        return None, SIZE * 0.985, R.uniform(-3, 3), size
    if place in ("ocean", "lake"):
        return None, min(SIZE * 0.97, horizon + size * 0.5 + R.uniform(4, 16)), R.uniform(-4, 4), size
    return None, min(SIZE * 0.97, row + R.uniform(-4, 4)), R.uniform(-3, 3), size


def render(R, scene):
    """Paints a scene. Returns the picture [256, 256, 3] uint8 and the mask of its subjects [256, 256] in 0..1."""
    place, time = scene["scene"], scene["time"]
    image, horizon, standing = background(R, place, time, scene["wx"], scene["colour"])
    mask = np.zeros((SIZE, SIZE), np.float32)
    things = scene["objs"] * scene["count"]
    size, columns = size_and_columns(R, scene, len(things))
    row = R.uniform(*standing)
    for (noun, colour), x in zip(things, columns):
        picture = dressed(noun, scene["extra"]) if scene["extra"] else sprite(noun, colour)
        own = size * R.uniform(0.94, 1.06)
        centre, base, degrees, own = stand(R, scene, noun, own, horizon, row)
        height, width = picture.shape[:2]
        scale = own / max(height, width)
        if base is not None and scene["extra"] != "suit":
            shadow(image, x, base, width * scale * 0.42, own * 0.055)
        y = centre if base is None else base - height * scale / 2
        put(image, mask, picture, x, y, own, degrees, tint_of(place, time))
    weather_over(image, R, scene["wx"], time)
    return image, mask
