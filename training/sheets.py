"""Contact sheets: pictures in a grid with their captions below."""

import cv2
import numpy as np

LETTERS_A_LINE = 42
LINE_HEIGHT = 13


def captioned(picture, text, width):
    if picture.shape[1] != width:
        picture = cv2.resize(picture, (width, width), interpolation=cv2.INTER_AREA)
    cell = np.pad(picture, ((0, 30), (0, 2), (0, 0)), constant_values=255)
    letters = int(LETTERS_A_LINE * width / 256)
    for row, start in enumerate(range(0, min(len(text), 2 * letters), letters)):
        at = (2, width + 11 + LINE_HEIGHT * row)
        cv2.putText(cell, text[start : start + letters], at, 0, 0.34, (0, 0, 0), 1, cv2.LINE_AA)
    return cell


def contact_sheet(pictures, captions, columns=6, width=256):
    """RGB pictures in rows of `columns`: [height, width, 3] uint8."""
    cells = [captioned(picture, text, width) for picture, text in zip(pictures, captions)]
    while len(cells) % columns:
        cells.append(np.full_like(cells[0], 255))
    return np.vstack([np.hstack(cells[start : start + columns]) for start in range(0, len(cells), columns)])
