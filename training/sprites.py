"""The subjects: sprites from openly licensed vector art, recoloured or put together. Premultiplied RGBA, float32."""

import functools
import os

import cv2
import numpy as np

from painting import polygon
from vocabulary import COLOURS, FACES, RECOLOURED

FOLDER = os.environ.get("SPRITES", os.path.join(os.path.dirname(os.path.abspath(__file__)), "sprites"))
HUE_BIN_DEGREES = 5
HUE_REACH_DEGREES = 50
JACKET, LAPEL, SHIRT, TIE, KNOT = (52, 58, 92), (36, 40, 68), (250, 250, 252), (222, 50, 60), (186, 34, 48)


def cropped(picture):
    """Without the empty rows and columns around."""
    rows, columns = np.where(picture[..., 3] > 0.03)
    return np.ascontiguousarray(picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1])


def main_hue(hsv, alpha):
    """The hue, in degrees, of most of the saturated area."""
    weight = (hsv[..., 1] > 0.35) * (hsv[..., 2] > 0.25) * (alpha > 0.5) * hsv[..., 1]
    bins = 360 // HUE_BIN_DEGREES
    counts = np.bincount((hsv[..., 0] / HUE_BIN_DEGREES).astype(int).ravel() % bins, weight.ravel(), bins)
    smooth = np.convolve(np.tile(counts, 3), np.ones(5) / 5, "same")[bins : 2 * bins]
    return (smooth.argmax() + 0.5) * HUE_BIN_DEGREES


def recoloured(rgb, alpha, noun, colour):
    """The same sprite with its main hue turned to the colour's. rgb: 0..1."""
    hsv = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)
    old = main_hue(hsv, alpha)
    hue, saturation, value = COLOURS[colour]
    reach = 360 if noun == "kite" else HUE_REACH_DEGREES
    near = np.abs((hsv[..., 0] - old + 180) % 360 - 180) < reach
    hsv[..., 0] = np.where(near, (hsv[..., 0] + hue - old) % 360, hsv[..., 0])
    hsv[..., 1] = np.where(near, np.clip(hsv[..., 1] * saturation, 0, 1), hsv[..., 1])
    hsv[..., 2] = np.where(near, np.clip(hsv[..., 2] * value, 0, 1), hsv[..., 2])
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)


@functools.cache
def sprite(noun, colour=None):
    """A subject: [height, width, 4], 0..255 premultiplied colour, 0..1 alpha."""
    pixels = cv2.imread(f"{FOLDER}/{noun}.png", cv2.IMREAD_UNCHANGED).astype(np.float32) / 255
    rgb, alpha = pixels[..., 2::-1], pixels[..., 3]
    if colour and colour != RECOLOURED.get(noun):
        rgb = recoloured(np.ascontiguousarray(rgb), alpha, noun, colour)
    return cropped(np.dstack([rgb * alpha[..., None] * 255, alpha]))


def lay_over(canvas, picture, x, y, size, degrees=0.0):
    """Draws a sprite over a canvas, centred at x, y, `size` long at its longer side."""
    height, width = picture.shape[:2]
    scale = size / max(height, width)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    matrix[:, 2] += (x - width / 2, y - height / 2)
    method = cv2.INTER_AREA if scale < 0.6 else cv2.INTER_LINEAR
    drawn = cv2.warpAffine(picture, matrix, (canvas.shape[1], canvas.shape[0]), flags=method)
    canvas[:] = canvas * (1 - drawn[..., 3:]) + drawn


def suit():
    """Shoulders in a dark suit with shirt and tie, on a canvas of 240 × 224."""
    rgb = np.zeros((240, 224, 3), np.uint8)
    alpha = np.zeros((240, 224, 3), np.uint8)
    body = [(18, 240), (22, 206), (40, 184), (84, 164), (140, 164), (184, 184), (202, 206), (206, 240)]
    polygon(alpha, body, (255, 255, 255))
    polygon(rgb, body, JACKET)
    polygon(rgb, [(80, 162), (112, 226), (144, 162)], SHIRT)
    polygon(rgb, [(104, 170), (120, 170), (124, 216), (112, 232), (100, 216)], TIE)
    polygon(rgb, [(102, 168), (122, 168), (117, 180), (107, 180)], KNOT)
    polygon(rgb, [(84, 160), (58, 176), (70, 200), (112, 240)], LAPEL)
    polygon(rgb, [(140, 160), (166, 176), (154, 200), (112, 240)], LAPEL)
    cover = alpha[..., :1].astype(np.float32) / 255
    return np.dstack([rgb * cover, cover])


@functools.cache
def dressed(noun, extra):
    """A subject with a guitar, or its head over a suit."""
    if extra == "guitar":
        canvas = np.zeros((240, 224, 4), np.float32)
        lay_over(canvas, sprite(noun), 104, 122, 196)
        lay_over(canvas, sprite("guitar"), 138, 172, 132, -18)
    else:
        canvas = suit()
        lay_over(canvas, sprite(FACES[noun]), 112, 92, 172)
    return cropped(canvas)
