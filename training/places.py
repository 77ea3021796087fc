"""Backgrounds without a time of day: indoors, space, under water, magic forest, plain grounds. As in landscapes.py."""

import cv2
import numpy as np

from landscapes import STANDING, beach, city, desert, farm, forest, lake, meadow, mountains, ocean, snow, stars
from painting import ROWS, SIZE, circle, ellipse, fill_below, glow, gradient, mixed, polygon, rectangle, ridge
from vocabulary import PLAIN, TIMED

NEBULAE = [(120, 50, 150), (40, 80, 170), (160, 50, 110), (30, 130, 140)]
PLANETS = [(230, 150, 90), (110, 170, 230), (200, 110, 160), (130, 200, 160)]
CORALS = [(240, 110, 120), (250, 150, 80), (60, 160, 100), (180, 100, 200)]
ROOM_WALLS = [(246, 226, 200), (206, 226, 226), (240, 208, 206), (214, 214, 236)]
KITCHEN_WALLS = [(240, 220, 190), (190, 214, 220), (226, 200, 206), (200, 216, 190)]
CARPETS = [(206, 92, 90), (90, 130, 180), (120, 160, 120)]
PAINTINGS = [(250, 200, 120), (160, 210, 180), (240, 150, 140)]


def plain_ground(image, R, colour):
    middle = np.array(PLAIN[colour], np.float32) + R.uniform(-6, 6)
    image[:] = middle
    glow(image, SIZE / 2, SIZE * 0.5, SIZE * 0.45, np.clip(middle * 1.06 + 6, 0, 255), 0.7)
    return STANDING


def glowing_mushroom(image, R):
    x, y, height = R.uniform(0, SIZE), SIZE * R.uniform(0.82, 0.97), R.uniform(12, 26)
    colour = R.choice([(90, 240, 230), (240, 120, 240), (120, 170, 255)])
    glow(image, x, y - height, height, colour, 0.4)
    rectangle(image, x - height * 0.16, y - height, x + height * 0.16, y, (220, 224, 240))
    ellipse(image, x, y - height, height * 0.6, height * 0.42, colour)


def dark_trunk(image, R, x, width, colour, k):
    polygon(image, [(x - width, SIZE), (x - width * 0.6, -5), (x + width * 0.6, -5), (x + width, SIZE)], colour)
    for _ in range(2):
        crown = (x + R.uniform(-16, 16), R.uniform(-8, 40))
        ellipse(image, *crown, 26 + 6 * k, 20, mixed(colour, (70, 70, 170), 0.35))


def magic_forest(image, R, _):
    image[:] = gradient([(30, 20, 74), (66, 40, 124), (40, 110, 130)])[:, None]
    glow(image, SIZE * 0.5, SIZE * 0.5, 60, (110, 230, 210) if R.random() < 0.5 else (220, 130, 240), 0.55)
    for k, colour in enumerate(((74, 60, 140), (48, 42, 104), (28, 26, 70))):
        for x in np.arange(0, SIZE + 10, 38 - 4 * k):
            if k < 2 or abs(x - SIZE / 2) >= 80:
                dark_trunk(image, R, x + R.uniform(-9, 9), 4 + 3 * k, np.array(colour, np.float32), k)
    ground = np.array((36, 84, 92), np.float32)
    fill_below(image, ridge(R, SIZE * 0.79, 4, 0.5, 4, 1.5), ground, ground * 0.5)
    for _ in range(R.randint(4, 8)):
        glowing_mushroom(image, R)
    for _ in range(R.randint(16, 30)):
        x, y, radius = R.uniform(0, SIZE), R.uniform(20, SIZE * 0.85), R.choice([1, 1.5, 2])
        circle(image, x, y, radius * 1.8, mixed(image[int(y), int(x)], (255, 240, 150), 0.35))
        circle(image, x, y, radius, (255, 246, 180))
    return STANDING


def starry(image, R):
    image[:] = gradient([(8, 8, 28), (22, 16, 56), (12, 10, 36)])[:, None]
    for _ in range(R.randint(1, 3)):
        x, y, radius = R.uniform(0, SIZE), R.uniform(0, SIZE), R.uniform(30, 60)
        glow(image, x, y, radius, R.choice(NEBULAE), R.uniform(0.3, 0.55))
    stars(image, R, R.randint(60, 110))


def space(image, R, _):
    starry(image, R)
    if R.random() < 0.6:
        x, y, radius = R.choice([0.16, 0.84]) * SIZE, R.uniform(0.12, 0.85) * SIZE, R.uniform(12, 26)
        colour = np.array(R.choice(PLANETS), np.float32)
        circle(image, x, y, radius, colour)
        ellipse(image, x, y - radius * 0.2, radius * 0.9, radius * 0.15, colour * 1.15 + 5)
        ellipse(image, x, y + radius * 0.35, radius * 0.85, radius * 0.13, colour * 0.82)
    return STANDING


def moon(image, R, _):
    starry(image, R)
    if R.random() < 0.6:  # the earth
        x, y, radius = R.uniform(0.15, 0.85) * SIZE, R.uniform(0.12, 0.3) * SIZE, R.uniform(16, 26)
        circle(image, x, y, radius, (70, 140, 220))
        ellipse(image, x - radius * 0.2, y - radius * 0.2, radius * 0.45, radius * 0.3, (90, 180, 110), 20)
        ellipse(image, x + radius * 0.3, y + radius * 0.35, radius * 0.35, radius * 0.22, (90, 180, 110), -20)
    dust = np.array((176, 178, 188), np.float32)
    fill_below(image, ridge(R, SIZE * 0.7, 5, 0.4, 3, 0.8), dust, dust * 0.8)
    for _ in range(R.randint(4, 8)):
        x, y = R.uniform(0, SIZE), SIZE * R.uniform(0.76, 0.97)
        radius = 5 + 22 * (y / SIZE - 0.72)
        ellipse(image, x, y, radius * 1.6, radius * 0.55, dust * 0.74)
        ellipse(image, x, y + radius * 0.12, radius * 1.35, radius * 0.4, dust * 0.88)
    return STANDING


def light_shaft(image, R):
    x, shaft, width = R.uniform(0, SIZE), image.copy(), R.uniform(8, 20)
    low = SIZE * 0.8
    polygon(shaft, [(x, -2), (x + width, -2), (x + width * 2.4 - 50, low), (x - 70, low)], (190, 240, 250))
    fading = 0.22 * (1 - ROWS[..., None] / SIZE)
    image[:] = image + (shaft.astype(np.float32) - image) * fading + 0.5


def coral(image, R):
    x, y, height = R.uniform(0, SIZE), SIZE * R.uniform(0.87, 0.97), R.uniform(18, 42)
    colour = R.choice(CORALS)
    for lean in (-0.5, 0, 0.5):
        at = (x + lean * height * 0.5, y - height * 0.4)
        ellipse(image, *at, height * 0.08 + 1.5, height * 0.45, colour, lean * 50)


def bubble(image, R):
    x, y, radius = R.uniform(0, SIZE), R.uniform(0, SIZE * 0.85), R.uniform(1.5, 4.5)
    circle(image, x, y, radius, (190, 236, 250))
    inside = mixed(image[int(y), int(x)], (70, 170, 220), 0.7)
    circle(image, x + 0.2 * radius, y + 0.2 * radius, radius * 0.72, inside)


def underwater(image, R, _):
    image[:] = gradient([(96, 206, 232), (28, 132, 196), (10, 62, 130)])[:, None] * R.uniform(0.88, 1.04)
    for _ in range(3):
        light_shaft(image, R)
    fill_below(image, ridge(R, SIZE * 0.8, 8, 0.4, 3, 1), (60, 130, 160))
    fill_below(image, ridge(R, SIZE * 0.87, 5, 0.4, 3, 1), (206, 196, 150), (150, 140, 110))
    for _ in range(R.randint(5, 9)):
        coral(image, R)
    for _ in range(R.randint(8, 16)):
        bubble(image, R)
    return STANDING


def window_in_wall(image, x):
    rectangle(image, x - 35, 30, x + 35, 108, (250, 250, 250))
    rectangle(image, x - 30, 35, x + 30, 103, (150, 206, 246))
    circle(image, x + 8, 58, 9, (255, 255, 255))
    circle(image, x - 2, 61, 7, (255, 255, 255))
    rectangle(image, x - 2, 35, x + 2, 103, (250, 250, 250))
    rectangle(image, x - 30, 67, x + 30, 71, (250, 250, 250))


def painting_on_wall(image, R, x):
    rectangle(image, x - 24, 46, x + 24, 82, (130, 90, 60))
    rectangle(image, x - 20, 50, x + 20, 78, R.choice(PAINTINGS))
    circle(image, x + 6, 62, 7, (255, 250, 230))


def room(image, R, _):
    image[:] = np.array(R.choice(ROOM_WALLS), np.float32)
    floor = int(SIZE * 0.7)
    image[floor:] = gradient([(186, 130, 84), (150, 98, 60)], SIZE - floor)[:, None]
    rectangle(image, 0, floor - 6, SIZE, floor, (250, 248, 244))
    for x in range(-60, SIZE + 60, 34):
        far = int(SIZE / 2 + (x - SIZE / 2) * 0.6)
        cv2.line(image, (x, SIZE), (far, floor), (150, 100, 64), 1, cv2.LINE_AA)
    x = SIZE * R.choice([0.24, 0.76])
    window_in_wall(image, x)
    if R.random() < 0.6:
        painting_on_wall(image, R, SIZE - x)
    ellipse(image, SIZE / 2, SIZE * 0.88, 92, 18, R.choice(CARPETS))
    return 0.84 * SIZE, 0.92 * SIZE


def table(image, R, _):
    wall = np.array(R.choice(KITCHEN_WALLS), np.float32)
    image[:] = gradient([wall, wall * 0.9])[:, None]
    for x in range(0, SIZE, 32):
        rectangle(image, x, 0, x + 16, SIZE, wall * 0.97)
    edge = SIZE * 0.68
    fill_below(image, np.full(SIZE + 1, edge), (196, 136, 84), (166, 108, 62))
    rectangle(image, 0, edge, SIZE, edge + 4, (220, 162, 106))
    for _ in range(7):
        y = R.uniform(edge + 8, SIZE)
        ellipse(image, R.uniform(0, SIZE), y, R.uniform(24, 60), 0.8, (160, 106, 64))
    return 0.82 * SIZE, 0.9 * SIZE


OUTDOORS = dict(
    ocean=ocean,
    lake=lake,
    beach=beach,
    mountains=mountains,
    forest=forest,
    city=city,
    desert=desert,
    snow=snow,
    meadow=meadow,
    farm=farm,
)
ELSEWHERE = dict(
    plain=plain_ground, magic=magic_forest, space=space, moon=moon, underwater=underwater, room=room, table=table
)
assert set(OUTDOORS) == set(TIMED)


def background(R, place, time, weather, colour=None):
    """Paints a place. Returns the picture, the horizon's row, and the rows on which things can stand."""
    image = np.zeros((SIZE, SIZE, 3), np.uint8)
    horizon = int(R.uniform(0.5, 0.64) * SIZE)
    if place in OUTDOORS:
        horizon, standing = OUTDOORS[place](image, R, time, weather, horizon)
    else:
        standing = ELSEWHERE[place](image, R, colour)
    return image, horizon, standing
