"""Drawing tools for the backgrounds: anti-aliased shapes, gradients, glows, hills. Pictures: uint8 RGB, 256 × 256."""

import cv2
import numpy as np

cv2.setNumThreads(1)
SIZE = 256
ROWS = np.mgrid[0:SIZE, 0:SIZE][0].astype(np.float32)
EDGE = np.arange(SIZE + 1)
SUBPIXEL_BITS = 4
SUBPIXEL = 1 << SUBPIXEL_BITS


def mixed(a, b, share):
    """Colour a with that share of colour b."""
    return np.asarray(a, np.float32) * (1 - share) + np.asarray(b, np.float32) * share


def gradient(stops, height=SIZE):
    """Colours evenly spaced from top to bottom: [height, 3]."""
    at, positions = np.linspace(0, 1, height), np.linspace(0, 1, len(stops))
    stops = np.array(stops, np.float32)
    return np.stack([np.interp(at, positions, stops[:, channel]) for channel in range(3)], -1)


def plain(colour):
    return tuple(map(float, colour))


def subpixels(points):
    return [np.round(np.asarray(points, np.float32) * SUBPIXEL).astype(np.int32)]


def polygon(image, points, colour):
    cv2.fillPoly(image, subpixels(points), plain(colour), cv2.LINE_AA, SUBPIXEL_BITS)


def line(image, points, colour, width):
    cv2.polylines(image, subpixels(points), False, plain(colour), width, cv2.LINE_AA, SUBPIXEL_BITS)


def circle(image, x, y, radius, colour):
    centre = (int(x * SUBPIXEL), int(y * SUBPIXEL))
    cv2.circle(image, centre, int(radius * SUBPIXEL), plain(colour), -1, cv2.LINE_AA, SUBPIXEL_BITS)


def ellipse(image, x, y, a, b, colour, degrees=0):
    centre = (int(x * SUBPIXEL), int(y * SUBPIXEL))
    axes = (max(1, int(a * SUBPIXEL)), max(1, int(b * SUBPIXEL)))
    cv2.ellipse(image, centre, axes, degrees, 0, 360, plain(colour), -1, cv2.LINE_AA, SUBPIXEL_BITS)


def rectangle(image, x0, y0, x1, y1, colour):
    polygon(image, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour)


def glow(image, x, y, radius, colour, strength):
    """A soft round light."""
    reach = int(3 * radius) + 1
    y0, y1 = max(0, int(y) - reach), max(0, int(y) + reach)
    x0, x1 = max(0, int(x) - reach), max(0, int(x) + reach)
    part = image[y0:y1, x0:x1]
    if not part.size:
        return
    down = np.exp(-((np.arange(y0, y0 + part.shape[0]) - y) ** 2) / (2 * radius * radius))
    across = np.exp(-((np.arange(x0, x0 + part.shape[1]) - x) ** 2) / (2 * radius * radius))
    light = (down[:, None] * across * strength).astype(np.float32)[..., None]
    part[:] = part + (np.asarray(colour, np.float32) - part) * light + 0.5


def glowing_band(image, y, height, colour, strength):
    """A soft light over the whole width."""
    light = np.exp(-(((ROWS - y) / height) ** 2))[..., None] * strength
    image[:] = image + (np.asarray(colour, np.float32) - image) * light + 0.5


def ridge(R, y, amplitude, rough=0.5, octaves=6, frequency=1.2):
    """A wavy line round y: its height at each of the 257 column edges."""
    x, heights = np.linspace(0, 1, SIZE + 1), np.zeros(SIZE + 1)
    for octave in range(octaves):
        heights += rough**octave * np.sin(2 * np.pi * (frequency * 1.9**octave * x + R.random()))
    return y + amplitude * heights / 2


def jitter(R, reach):
    """Small random steps every eight columns: [257]."""
    return np.interp(EDGE, np.arange(0, SIZE + 1, 8), [R.uniform(-reach, reach) for _ in range(33)])


def peaks(R, y, amplitude, count):
    """A jagged mountain line round y: [257]."""
    xs = np.linspace(-20, SIZE + 20, count) + np.array([R.uniform(-12, 12) for _ in range(count)])
    lifts = [amplitude * R.uniform(0.6, 1) if i % 2 else amplitude * R.uniform(0, 0.25) for i in range(count)]
    heights = np.interp(EDGE, xs, y - np.array(lifts))
    return heights + jitter(R, 2)


def fill_below(image, heights, colour, lower=None):
    """Fills what lies below a line of heights, with a gradient to `lower` where it is given."""
    if lower is None:
        polygon(image, np.concatenate([np.stack([EDGE, heights], 1), [(SIZE, SIZE), (0, SIZE)]]), colour)
        return
    top = int(max(0, min(SIZE - 2, heights.min())))
    cover = np.clip(ROWS[top:] - heights[None, :SIZE] + 0.5, 0, 1)[..., None]
    part = image[top:]
    part[:] = part + (gradient([colour, lower], SIZE - top).astype(np.float32)[:, None] - part) * cover + 0.5
