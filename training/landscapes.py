"""Backgrounds under an open sky: one function for each place that has a time of day and weather.

Each function paints over the image and returns the horizon's row and the rows on which things can stand.
"""

import cv2
import numpy as np

from painting import (
    EDGE,
    SIZE,
    circle,
    ellipse,
    fill_below,
    glow,
    glowing_band,
    gradient,
    jitter,
    line,
    mixed,
    peaks,
    polygon,
    rectangle,
    ridge,
)

SKY = {
    "sunrise": [(122, 164, 222), (246, 196, 190), (255, 224, 160)],
    "noon": [(72, 152, 238), (136, 196, 250), (206, 234, 254)],
    "sunset": [(84, 52, 128), (214, 88, 110), (255, 170, 84)],
    "night": [(12, 16, 48), (24, 34, 84), (48, 64, 122)],
}
LIGHT = {"sunrise": (1.0, 0.93, 0.9), "noon": (1, 1, 1), "sunset": (0.92, 0.74, 0.70), "night": (0.34, 0.40, 0.62)}
HAZE = {"sunrise": (255, 220, 196), "noon": (214, 234, 250), "sunset": (250, 160, 110), "night": (40, 52, 104)}
CLOUD = {"noon": (255, 255, 255), "sunrise": (255, 226, 214), "sunset": (246, 130, 120), "night": (58, 68, 118)}
CLOUD_PUFFS = ((-0.7, 0.12, 0.38), (-0.2, -0.1, 0.52), (0.35, -0.02, 0.46), (0.8, 0.14, 0.32))
WATER_TOP = {"sunrise": (150, 180, 214), "noon": (70, 164, 220), "sunset": (198, 96, 110), "night": (28, 44, 96)}
WATER_LOW = {"sunrise": (74, 112, 170), "noon": (16, 92, 168), "sunset": (82, 46, 104), "night": (10, 18, 52)}
GLITTER = {"sunrise": (255, 236, 190), "sunset": (255, 196, 110), "night": (150, 166, 214)}
PETALS = [(250, 90, 110), (255, 214, 80), (250, 250, 250), (190, 120, 240), (255, 150, 200)]
STANDING = (0.78 * SIZE, 0.95 * SIZE)


def lit(colour, time):
    """A colour in the light of that time of day."""
    return np.asarray(colour, np.float32) * np.asarray(LIGHT[time], np.float32)


def stars(image, R, count, lowest=SIZE):
    for _ in range(count):
        x, y = R.uniform(0, SIZE), R.uniform(0, lowest)
        radius, light = R.choice([0.5, 0.7, 0.9, 1.3]), R.uniform(190, 255)
        circle(image, x, y, radius, (light, light, min(255, light + 10)))


def clouds(image, R, time, count, lowest):
    for _ in range(count):
        x, y, width = R.uniform(0, SIZE), R.uniform(14, lowest), R.uniform(18, 36)
        for dx, dy, radius in CLOUD_PUFFS:
            ellipse(image, x + dx * width, y + dy * width, radius * width, radius * width * 0.7, CLOUD[time])
        rectangle(image, x - width * 0.95, y + width * 0.1, x + width, y + width * 0.36, CLOUD[time])


def moon_in_sky(image, R, x, y):
    radius = R.uniform(11, 18)
    glow(image, x, y, radius * 2.2, (180, 190, 230), 0.5)
    circle(image, x, y, radius, (246, 242, 220))
    if R.random() < 0.45:
        behind = image[max(0, int(y - radius * 2)), int(x)]
        circle(image, x + radius * 0.45, y - radius * 0.2, radius * 0.85, behind)


def light_in_sky(image, R, time, horizon, weather, x):
    """Sun, or moon and stars."""
    if time == "night":
        stars(image, R, R.randint(50, 90) if weather == "stars" else R.randint(14, 30), horizon)
        y = R.uniform(0.12, 0.4) * horizon
        if R.random() < 0.75 and weather != "stars":
            moon_in_sky(image, R, x, y)
    elif time == "noon":
        y = R.uniform(0.1, 0.3) * horizon
        if R.random() < 0.65:
            glow(image, x, y, 30, (255, 250, 220), 0.7)
            circle(image, x, y, R.uniform(12, 17), (255, 240, 150))
    else:
        early = time == "sunrise"
        y = horizon - R.uniform(0.02, 0.22) * horizon
        glow(image, x, y, 48, (255, 236, 170) if early else (255, 150, 70), 0.8)
        circle(image, x, y, R.uniform(17, 25), (255, 244, 196) if early else (255, 206, 96))


def sky(image, R, time, horizon, weather, cloudy=True):
    """Paints the sky down to the horizon. Returns the column of its sun or moon."""
    stops = [np.clip(np.asarray(colour, float) + R.uniform(-10, 10), 0, 255) for colour in SKY[time]]
    if weather in ("rain", "mist") and time != "night":
        grey = (168, 178, 190) if time == "noon" else (190, 160, 160)
        stops = [mixed(colour, grey, 0.6 if weather == "rain" else 0.35) for colour in stops]
    image[:horizon] = gradient(stops, horizon)[:, None]
    image[horizon:] = image[horizon - 1]
    x = R.uniform(0.2, 0.8) * SIZE
    if weather != "rain":
        light_in_sky(image, R, time, horizon, weather, x)
    if cloudy and weather != "stars" and R.random() < 0.7:
        clouds(image, R, time, R.randint(1, 4), horizon * 0.55)
    return x


def pine(image, x, y, height, colour):
    rectangle(image, x - height * 0.05, y - height * 0.2, x + height * 0.05, y, mixed(colour, (60, 36, 20), 0.6))
    for layer, (width, base) in enumerate(((0.32, 0.12), (0.26, 0.36), (0.18, 0.6))):
        low, tip = y - height * base, y - height * (base + 0.42)
        points = [(x - height * width, low), (x + height * width, low), (x, tip)]
        polygon(image, points, np.asarray(colour) * (1 + 0.07 * layer))


def leafy(image, x, y, height, colour, R):
    trunk = mixed(colour, (80, 48, 30), 0.75)
    rectangle(image, x - height * 0.06, y - height * 0.5, x + height * 0.06, y, trunk)
    for dx, dy, radius in ((-0.2, 0.55, 0.24), (0.2, 0.55, 0.24), (0, 0.75, 0.28)):
        leaves = np.asarray(colour) * R.uniform(0.95, 1.06)
        circle(image, x + dx * height, y - dy * height, radius * height, leaves)


def flowers(image, R, top, time, count):
    for _ in range(count):
        depth = R.random() ** 0.7
        y, radius = top + depth * (SIZE - top), 1.3 + 2.6 * depth
        x = R.uniform(0, SIZE)
        colour = lit(R.choice(PETALS), time)
        for petal in range(4):
            dx, dy = np.cos(petal * 1.57), np.sin(petal * 1.57)
            circle(image, x + radius * 0.8 * dx, y + radius * 0.8 * dy, radius * 0.72, colour)
        circle(image, x, y, radius * 0.5, lit((255, 200, 60), time))


def glitter(image, R, top, time, x):
    """The light's path on the water."""
    for k in range(9):
        y = top + 3 + k * k * 0.9 + k * 3
        if y < SIZE:
            across = x + R.uniform(-3, 3)
            ellipse(image, across, y, R.uniform(8, 16) + k * 1.2, 1.1 + 0.12 * k, GLITTER[time])


def waves(image, R, top, colours, light):
    for k in range(3):
        row = top + (SIZE - top) * (0.3 + 0.27 * k)
        heights = ridge(R, row, 2 + 2 * k, 0.4, 3, 3 + R.random() * 2)
        fill_below(image, heights, mixed(*colours, 0.35 + 0.25 * k))
        line(image, np.stack([EDGE, heights], 1), mixed(light, colours[1], 0.15), 1 + (k > 1))


def water(image, R, top, time, x, calm=False):
    upper, lower = WATER_TOP[time], WATER_LOW[time]
    image[top:] = gradient([upper, lower], SIZE - top)[:, None]
    crest = (255, 255, 255) if time != "sunset" else (255, 190, 130)
    light = mixed(upper, crest, 0.35 if time != "night" else 0.2)
    if time != "noon":
        glitter(image, R, top, time, x)
    for _ in range(10 if calm else 26):
        depth = R.random()
        y = top + 4 + depth * (SIZE - top)
        ellipse(image, R.uniform(0, SIZE), y, 5 + 16 * depth, 0.7 + 0.9 * depth, mixed(light, lower, 0.25 * depth))
    if not calm:
        waves(image, R, top, (upper, lower), light)


def ocean(image, R, time, weather, horizon):
    x = sky(image, R, time, horizon, weather)
    if R.random() < 0.3:
        fill_below(image, ridge(R, horizon - 1, 5, 0.5, 4, 1), mixed(lit((90, 130, 130), time), HAZE[time], 0.5))
    water(image, R, horizon, time, x)
    return horizon, STANDING


def lake(image, R, time, weather, horizon):
    x = sky(image, R, time, horizon, weather)
    for k, colour in enumerate(((118, 130, 160), (70, 120, 84))):
        heights = peaks(R, horizon, 52, 9) if k == 0 else ridge(R, horizon - 7, 6, 0.5, 5, 2)
        fill_below(image, heights, mixed(lit(colour, time), HAZE[time], 0.35 - 0.2 * k))
    if R.random() < 0.7:
        for _ in range(R.randint(5, 12)):
            pine(image, R.uniform(0, SIZE), horizon + 3, R.uniform(14, 26), lit((50, 104, 70), time))
    water(image, R, horizon, time, x, calm=True)
    return horizon, (0.8 * SIZE, 0.93 * SIZE)


def palm(image, R, time):
    side = R.choice([-1, 1])
    x, y, height = SIZE * (0.5 + 0.42 * side), SIZE * 0.86, R.uniform(100, 130)
    trunk = [(x - side * 16 * (k / 8) ** 2, y - height * k / 8) for k in range(9)]
    line(image, trunk, lit((128, 84, 50), time), 6)
    top_x, top_y = trunk[-1]
    for angle in (-2.7, -2.1, -1.2, -0.5, 0.1, 3.3):
        colour = lit((60, 150, 72), time) * R.uniform(0.85, 1.1)
        droop = np.degrees(angle) + (18 if np.cos(angle) > 0 else -18)
        ellipse(image, top_x + 17 * np.cos(angle), top_y + 13 * np.sin(angle) + 3, 21, 5, colour, droop)


def beach(image, R, time, weather, horizon):
    horizon = int(R.uniform(0.4, 0.52) * SIZE)
    x = sky(image, R, time, horizon, weather)
    if R.random() < 0.3:
        fill_below(image, ridge(R, horizon - 1, 5, 0.5, 4, 1), mixed(lit((90, 130, 130), time), HAZE[time], 0.5))
    water(image, R, horizon, time, x, calm=True)
    shore, sand = ridge(R, SIZE * 0.7, 7, 0.35, 3, 1), lit((244, 214, 150), time)
    fill_below(image, shore - 9, mixed(lit((190, 226, 236), time), HAZE[time], 0.1))
    fill_below(image, shore - 5, lit((250, 252, 252), time))
    fill_below(image, shore, sand * 0.86, sand * 0.9)
    fill_below(image, shore + 5, sand, sand * 0.9)
    if R.random() < 0.55:
        palm(image, R, time)
    return horizon, (0.82 * SIZE, 0.95 * SIZE)


def mountains(image, R, time, weather, horizon):
    sky(image, R, time, int(SIZE * 0.66), weather)
    for k, colour in enumerate(((124, 138, 172), (92, 112, 140), (66, 96, 96))):
        heights = peaks(R, SIZE * (0.58 + 0.09 * k), 120 - 32 * k, 7 + 2 * k)
        colour = mixed(lit(colour, time), HAZE[time], 0.5 - 0.2 * k)
        if k < 2:  # snow above, rock below an uneven line
            fill_below(image, heights, mixed(lit((246, 250, 255), time), HAZE[time], 0.25))
            snow_line = np.maximum(heights, SIZE * (0.36 + 0.1 * k) + jitter(R, 6))
            fill_below(image, snow_line, colour, mixed(colour, HAZE[time], 0.4))
        else:
            fill_below(image, heights, colour, mixed(colour, HAZE[time], 0.25))
        if weather == "mist" or R.random() < 0.35:
            haze = HAZE[time] if time != "noon" else (240, 246, 250)
            glowing_band(image, SIZE * (0.6 + 0.08 * k), 12, haze, 0.75 if weather == "mist" else 0.35)
    grass = lit((96, 150, 82), time)
    fill_below(image, ridge(R, SIZE * 0.78, 6, 0.5, 4, 1), grass, grass * 0.8)
    for _ in range(R.randint(3, 10)):
        x, y = R.uniform(0, SIZE), SIZE * R.uniform(0.78, 0.84)
        pine(image, x, y, R.uniform(18, 36), lit((44, 96, 66), time))
    return horizon, (0.86 * SIZE, 0.95 * SIZE)


def forest(image, R, time, weather, horizon):
    sky(image, R, time, int(SIZE * 0.6), weather, False)
    for k, colour in enumerate(((110, 160, 120), (70, 130, 80), (44, 100, 58))):
        y = SIZE * (0.56 + 0.1 * k)
        colour = mixed(lit(colour, time), HAZE[time], 0.45 - 0.2 * k)
        fill_below(image, ridge(R, y + 4, 3, 0.5, 4, 2), colour)
        of_pines = R.random() < 0.6
        for x in np.arange(-8, SIZE + 10, 26 - 3 * k):
            if k == 2 and abs(x - SIZE / 2) < 66:
                continue  # a clearing for the subject
            x = x + R.uniform(-6, 6)
            height = R.uniform(60, 96) if of_pines else R.uniform(56, 84)
            height, leaves = height * (0.7 + 0.3 * k), colour * R.uniform(0.9, 1.08)
            if of_pines:
                pine(image, x, y + 6, height, leaves)
            else:
                leafy(image, x, y + 6, height, leaves, R)
    grass = lit((84, 140, 70), time)
    fill_below(image, ridge(R, SIZE * 0.78, 4, 0.5, 4, 1.5), grass, grass * 0.75)
    return horizon, STANDING


def windows(image, R, time, x, top, width, bottom, wall):
    dark = (200, 226, 250) if time == "noon" else (20, 24, 50)
    for y in np.arange(top + 6, bottom - 14, 11):
        for left in np.arange(x + 4, x + width - 7, 8):
            is_lit = R.random() < {"night": 0.6, "sunset": 0.35, "sunrise": 0.2, "noon": 0}[time]
            rectangle(image, left, y, left + 4, y + 6, (255, 224, 130) if is_lit else mixed(wall, dark, 0.5))


def city(image, R, time, weather, horizon):
    horizon = int(SIZE * 0.68)
    sky(image, R, time, horizon, weather)
    street = SIZE * 0.74
    fronts = [(196, 124, 100), (214, 184, 140), (120, 140, 170), (170, 110, 120), (150, 164, 150)]
    for k in range(2):
        x = -10.0
        while x < SIZE:
            width, height = R.uniform(20, 40), R.uniform(50, 120) * (1.15 if k == 0 else 0.85)
            front = ((138, 158, 190), R.choice(fronts))[k]
            wall = mixed(lit(front, time), HAZE[time], 0.4 - 0.32 * k)
            rectangle(image, x, street - height, x + width - 1.5, street, wall)
            if k:
                windows(image, R, time, x, street - height, width, street, wall)
            x += width
    rectangle(image, 0, street, SIZE, street + 12, lit((190, 190, 190), time))
    rectangle(image, 0, street + 12, SIZE, SIZE, lit((92, 94, 104), time))
    for x in range(-20 + R.randint(0, 40), SIZE, 52):
        points = [(x, SIZE * 0.9), (x + 26, SIZE * 0.9), (x + 28, SIZE * 0.92), (x, SIZE * 0.92)]
        polygon(image, points, lit((236, 226, 180), time))
    return horizon, (0.84 * SIZE, 0.93 * SIZE)


def small_cactus(image, R, time):
    x, y, height = R.uniform(8, SIZE - 8), SIZE * R.uniform(0.66, 0.78), R.uniform(18, 32)
    colour = lit((70, 140, 80), time)
    rectangle(image, x - height * 0.1, y - height, x + height * 0.1, y, colour)
    circle(image, x, y - height, height * 0.1, colour)
    for side in (-1, 1):
        if side > 0:
            rectangle(image, x, y - height * 0.55, x + height * 0.34, y - height * 0.42, colour)
        else:
            rectangle(image, x - height * 0.34, y - height * 0.5, x, y - height * 0.37, colour)
        inner, outer = x + side * height * 0.28, x + side * height * 0.42
        rectangle(image, inner, y - height * 0.8, outer, y - height * 0.4, colour)


def desert(image, R, time, weather, horizon):
    sky(image, R, time, int(SIZE * 0.62), weather, R.random() < 0.3)
    for k, colour in enumerate(((226, 170, 110), (236, 184, 112), (242, 200, 130))):
        colour = mixed(lit(colour, time), HAZE[time], 0.3 - 0.13 * k)
        fill_below(image, ridge(R, SIZE * (0.56 + 0.09 * k), 12 - 2 * k, 0.35, 3, 0.9), colour, colour * 0.88)
    for _ in range(R.randint(0, 3)):
        small_cactus(image, R, time)
    return horizon, STANDING


def snow(image, R, time, weather, horizon):
    sky(image, R, time, int(SIZE * 0.6), weather)
    for k, colour in enumerate(((206, 220, 238), (226, 236, 248), (246, 250, 255))):
        colour = mixed(lit(colour, time), HAZE[time], 0.25 - 0.1 * k)
        heights = ridge(R, SIZE * (0.57 + 0.09 * k), 10 - 2 * k, 0.4, 4, 1)
        fill_below(image, heights, colour, colour * 0.95)
        for _ in range(R.randint(2, 7) if k < 2 else 0):
            x = R.uniform(4, SIZE - 4)
            height = R.uniform(18, 34) * (1 + 0.35 * k)
            y = heights[int(x)] + 6
            pine(image, x, y, height, lit((70, 118, 110), time))
            cap = [
                (x - height * 0.09, y - height * 0.82),
                (x + height * 0.09, y - height * 0.82),
                (x, y - height * 1.02),
            ]
            polygon(image, cap, lit((250, 252, 255), time))
    return horizon, STANDING


def green_hills(image, R, time, with_barn):
    for k, colour in enumerate(((140, 190, 120), (120, 190, 92), (104, 182, 76))):
        colour = mixed(lit(colour, time), HAZE[time], 0.35 - 0.15 * k)
        fill_below(image, ridge(R, SIZE * (0.56 + 0.08 * k), 11 - 3 * k, 0.35, 3, 0.9), colour, colour * 0.85)
        if k == 0 and R.random() < 0.6:
            for _ in range(R.randint(2, 6)):
                x, y = R.uniform(0, SIZE), SIZE * R.uniform(0.57, 0.6)
                leafy(image, x, y, R.uniform(16, 26), lit((84, 150, 80), time), R)
        if k == 1 and with_barn:
            barn(image, R, time)


def barn(image, R, time):
    x, y, w = SIZE * R.choice([0.18, 0.8]), SIZE * 0.69, R.uniform(24, 32)
    red = lit((196, 58, 50), time)
    rectangle(image, x - w, y - w * 0.9, x + w, y, red)
    roof = [
        (x - w * 1.12, y - w * 0.88),
        (x - w * 0.6, y - w * 1.5),
        (x + w * 0.6, y - w * 1.5),
        (x + w * 1.12, y - w * 0.88),
    ]
    polygon(image, roof, red * 0.68)
    rectangle(image, x - w * 0.3, y - w * 0.62, x + w * 0.3, y, lit((250, 244, 236), time))
    rectangle(image, x - w * 0.22, y - w * 0.54, x + w * 0.22, y, red * 0.8)


def meadow(image, R, time, weather, horizon):
    sky(image, R, time, int(SIZE * 0.62), weather)
    green_hills(image, R, time, False)
    flowers(image, R, SIZE * 0.72, time, R.randint(30, 60))
    return horizon, STANDING


def farm(image, R, time, weather, horizon):
    sky(image, R, time, int(SIZE * 0.62), weather)
    green_hills(image, R, time, True)
    y, wood = SIZE * 0.76, lit((232, 214, 180), time)
    rectangle(image, 0, y - 12, SIZE, y - 9, wood)
    rectangle(image, 0, y - 5, SIZE, y - 2, wood)
    for x in range(R.randint(-10, 8), SIZE, 24):
        rectangle(image, x, y - 16, x + 4.5, y + 2, wood)
    for _ in range(26):
        x, low = R.uniform(0, SIZE), SIZE * R.uniform(0.8, 1)
        polygon(image, [(x, low), (x + 2, low - 6), (x + 4, low)], lit((80, 150, 60), time))
    return horizon, STANDING


def weather_over(image, R, weather, time):
    """Mist, rain or falling snow in front of everything."""
    if weather == "mist":
        rows = np.arange(SIZE, dtype=np.float32)[:, None, None]
        white = mixed(HAZE[time], (236, 240, 244), 0.55 if time != "night" else 0.15)
        image[:] = image + 0.5 + (white - image) * (0.22 + 0.34 * np.exp(-(((rows - SIZE * 0.62) / 44) ** 2)))
    elif weather == "rain":
        wet = image.copy()
        for _ in range(70):
            x, y, length = R.uniform(-10, SIZE), R.uniform(-10, SIZE), R.uniform(9, 18)
            end = (int((x - length * 0.25) * 8), int((y + length) * 8))
            cv2.line(wet, (int(x * 8), int(y * 8)), end, (206, 220, 240), 1, cv2.LINE_AA, 3)
        image[:] = image * 0.9 + (wet.astype(np.float32) - image) * 0.9 * 0.65 + 0.5
    elif weather == "snow":
        for _ in range(60):
            circle(image, R.uniform(0, SIZE), R.uniform(0, SIZE), R.choice([1.2, 1.7, 2.4]), (250, 252, 255))
