"""Holds the graphs that `npx tsx bench/write-graphs.ts FOLDER` wrote against ONNX itself: its checker, strict shape inference, and its
reference evaluator, which computes in numpy, beside ONNX Runtime's CPU build. Usage: check_graphs.py FOLDER OUTDIR. Writes compiled-graphs.json."""

import json
import math
import os
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, shape_inference
from onnx.reference import ReferenceEvaluator
from onnx.reference.op_run import OpRun

FOLDER, OUT = sys.argv[1:3]
erf = np.vectorize(math.erf)


class Gelu(OpRun):
    op_domain = "com.microsoft"

    def _run(self, x, approximate=None):
        return (0.5 * x * (1 + erf(x.astype(np.float64) / math.sqrt(2))).astype(x.dtype),)


class MultiHeadAttention(OpRun):
    op_domain = "com.microsoft"

    def _run(self, q, k, v, bias=None, padding=None, scores=None, num_heads=None):
        def apart(x):
            return x.reshape(x.shape[0], x.shape[1], num_heads, -1).transpose(0, 2, 1, 3)

        q4, k4, v4 = apart(q), apart(k), apart(v)
        s = q4 @ k4.transpose(0, 1, 3, 2) / math.sqrt(q4.shape[-1])
        s = s + scores if scores is not None else s
        s = np.exp(s - s.max(-1, keepdims=True))
        mixed = (s / s.sum(-1, keepdims=True)) @ v4
        return (mixed.transpose(0, 2, 1, 3).reshape(q.shape).astype(q.dtype),)


def inferred(model):
    """Strictly; what ONNX does not know of ONNX Runtime's two operators, which keep their first input's shape, is added."""
    while True:
        done = shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
        known = {v.name: v.type for v in [*done.graph.value_info, *done.graph.input, *done.graph.output]}
        news = [
            helper.make_value_info(node.output[0], known[node.input[0]])
            for node in done.graph.node
            if node.domain == "com.microsoft" and node.output[0] not in known and node.input[0] in known
        ]
        if not news:
            return known
        model.graph.value_info.extend(news)


def inputs_of(model):
    rng = np.random.default_rng(0)
    feeds = {}
    for value in model.graph.input:
        shape = [d.dim_value for d in value.type.tensor_type.shape.dim]
        if value.type.tensor_type.elem_type == TensorProto.INT32:
            feeds[value.name] = rng.integers(0, 700, shape).astype(np.int32)
        else:
            feeds[value.name] = rng.standard_normal(shape).astype(np.float32)
    if "timestep" in feeds:
        feeds["timestep"][:] = 333
    return feeds


results = []
for file in sorted(os.listdir(FOLDER)):
    model = onnx.load(os.path.join(FOLDER, file))
    onnx.checker.check_model(model, full_check=True)
    known = inferred(onnx.load(os.path.join(FOLDER, file)))
    missing = [o for node in model.graph.node for o in node.output if o not in known]
    assert not missing, (file, missing[:3])
    result = {"graph": file[:-5], "nodes": len(model.graph.node), "checked": True, "shapes": len(known)}
    if "float32" in file:
        feeds = inputs_of(model)
        (theirs,) = onnxruntime.InferenceSession(model.SerializeToString()).run(None, feeds)
        (reference,) = ReferenceEvaluator(model, new_ops=[Gelu, MultiHeadAttention]).run(None, feeds)
        difference = float(np.abs(theirs - reference).max() / reference.std())
        assert difference < 1e-3, (file, difference)
        result["evaluator"] = float(f"{difference:.1e}")
    print(result, flush=True)
    results.append(result)
versions = {"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__, "numpy": np.__version__}
with open(f"{OUT}/compiled-graphs.json", "w") as out:
    json.dump({"versions": versions, "graphs": results}, out, indent=1)
