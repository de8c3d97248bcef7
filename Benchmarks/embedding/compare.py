#!/usr/bin/env python3
"""Compares the embedding kernel with ONNX Runtime in fp32: CPU time a sequence, one thread, one process.

Both engines get the same token numbers and take turns, so that whatever else the machine does falls on both.
ONNX Runtime is offered two forms of the model and the faster one counts: standard operators, as an exporter writes
them, and its own fused ones (Attention, SkipLayerNormalization, BiasGelu), as its transformer optimiser makes them.

Needs numpy, onnx and onnxruntime; `Benchmarks/embedding/run` makes an environment with them.
"""

import argparse
import ctypes
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEADS, LAYERS = 384, 12, 6
PARTS = [
    "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
    "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm",
]


def read_tensors(path: Path) -> dict[str, numpy.ndarray]:
    """Reads the fp32 tensors of a safetensors file."""
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if entry.get("dtype") == "F32":
            start, end = entry["data_offsets"]
            tensors[name] = numpy.frombuffer(data[8 + length + start : 8 + length + end], numpy.float32)
            tensors[name] = tensors[name].reshape(entry["shape"])
    return tensors


class OwnKernel:
    """CMiniLM, compiled as the package does it and called through ctypes."""

    def __init__(self, tensors: dict[str, numpy.ndarray], build: Path):
        library = build / "libminilm.so"
        sources = sorted(str(p) for p in (ROOT / "CLibraries/CMiniLM").glob("*.c"))
        subprocess.run(
            ["clang", "-O3", "-ffp-contract=off", "-fPIC", "-shared", "-I", str(ROOT / "CLibraries/CMiniLM/include"),
             "-o", str(library), *sources, "-lm"], check=True)
        self.library = ctypes.CDLL(str(library))
        self.library.minilm_path_name.restype = ctypes.c_char_p
        names = [f"embeddings.{n}" for n in (
            "word_embeddings.weight", "position_embeddings.weight", "token_type_embeddings.weight",
            "LayerNorm.weight", "LayerNorm.bias")]
        names += [f"encoder.layer.{i}.{part}.{kind}" for i in range(LAYERS) for part in PARTS
                  for kind in ("weight", "bias")]
        self.kept = [numpy.ascontiguousarray(tensors[n]) for n in names]
        pointers = (ctypes.c_void_p * len(names))(*[t.ctypes.data for t in self.kept])
        self.model, self.scratch = ctypes.c_void_p(), ctypes.c_void_p()
        if self.library.minilm_create(pointers, ctypes.byref(self.model)) != 0:
            sys.exit("the kernel refused the model")
        self.library.minilm_scratch_create(512, ctypes.byref(self.scratch))
        self.path = self.library.minilm_best_path()

    def name(self) -> str:
        return f"CMiniLM ({self.library.minilm_path_name(self.path).decode()})"

    def embed(self, ids: numpy.ndarray) -> numpy.ndarray:
        vector = numpy.empty(WIDTH, numpy.float32)
        status = self.library.minilm_embed(
            self.model, self.path, ids.ctypes.data_as(ctypes.c_void_p), len(ids),
            vector.ctypes.data_as(ctypes.c_void_p), self.scratch)
        if status != 0:
            sys.exit(f"the kernel failed with status {status}")
        return vector


class Graph:
    """Collects the nodes and weights of an ONNX model."""

    def __init__(self):
        self.nodes, self.weights = [], {}

    def weight(self, name: str, value) -> str:
        self.weights[name] = numpy_helper.from_array(numpy.ascontiguousarray(value), name)
        return name

    def add(self, operator: str, inputs: list[str], domain: str = "", **attributes) -> str:
        output = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output


def build_onnx(tensors: dict[str, numpy.ndarray], fused: bool, path: Path) -> None:
    """Writes the model: ids [batch, tokens] in, unit vectors [batch, 384] out, no padding."""
    graph = Graph()
    microsoft = "com.microsoft"

    def parameter(name: str, transpose: bool = False) -> str:
        return graph.weight(name, tensors[name].T if transpose else tensors[name])

    def dense(x: str, name: str) -> str:
        product = graph.add("MatMul", [x, parameter(f"{name}.weight", True)])
        return graph.add("Add", [product, parameter(f"{name}.bias")])

    def norm(x: str, name: str) -> str:
        inputs = [x, parameter(f"{name}.weight"), parameter(f"{name}.bias")]
        return graph.add("LayerNormalization", inputs, epsilon=1e-12)

    def add_and_norm(x: str, residual: str, dense_name: str, norm_name: str) -> str:
        if not fused:
            return norm(graph.add("Add", [dense(x, dense_name), residual]), norm_name)
        product = graph.add("MatMul", [x, parameter(f"{dense_name}.weight", True)])
        return graph.add(
            "SkipLayerNormalization",
            [product, residual, parameter(f"{norm_name}.weight"), parameter(f"{norm_name}.bias"),
             parameter(f"{dense_name}.bias")], microsoft, epsilon=1e-12)

    def attention(x: str, prefix: str) -> str:
        kinds = ("query", "key", "value")
        if fused:
            weight = numpy.concatenate([tensors[f"{prefix}.self.{k}.weight"].T for k in kinds], axis=1)
            bias = numpy.concatenate([tensors[f"{prefix}.self.{k}.bias"] for k in kinds])
            inputs = [x, graph.weight(f"{prefix}.qkv.weight", weight), graph.weight(f"{prefix}.qkv.bias", bias)]
            return graph.add("Attention", inputs, microsoft, num_heads=HEADS)
        split = graph.weight("split", numpy.array([0, 0, HEADS, WIDTH // HEADS], numpy.int64))
        heads = []
        for kind, order in zip(kinds, ((0, 2, 1, 3), (0, 2, 3, 1), (0, 2, 1, 3))):
            rows = graph.add("Reshape", [dense(x, f"{prefix}.self.{kind}"), split])
            heads.append(graph.add("Transpose", [rows], perm=list(order)))
        scale = graph.weight("scale", numpy.array((WIDTH // HEADS) ** -0.5, numpy.float32))
        scores = graph.add("Mul", [graph.add("MatMul", heads[:2]), scale])
        context = graph.add("MatMul", [graph.add("Softmax", [scores], axis=-1), heads[2]])
        join = graph.weight("join", numpy.array([0, 0, WIDTH], numpy.int64))
        return graph.add("Reshape", [graph.add("Transpose", [context], perm=[0, 2, 1, 3]), join])

    words = graph.add("Gather", [parameter("embeddings.word_embeddings.weight"), "ids"])
    length = graph.add("Shape", ["ids"], start=1, end=2)
    start, axis = (graph.weight(n, numpy.array([v], numpy.int64)) for n, v in (("zero", 0), ("axis0", 0)))
    positions = graph.add("Slice", [parameter("embeddings.position_embeddings.weight"), start, length, axis])
    kind = graph.weight("type", tensors["embeddings.token_type_embeddings.weight"][0])
    x = norm(graph.add("Add", [graph.add("Add", [words, kind]), positions]), "embeddings.LayerNorm")
    for i in range(LAYERS):
        layer = f"encoder.layer.{i}"
        x = add_and_norm(attention(x, f"{layer}.attention"), x, f"{layer}.attention.output.dense",
                         f"{layer}.attention.output.LayerNorm")
        if fused:
            inner = graph.add("MatMul", [x, parameter(f"{layer}.intermediate.dense.weight", True)])
            inner = graph.add("BiasGelu", [inner, parameter(f"{layer}.intermediate.dense.bias")], microsoft)
        else:
            inner = graph.add("Gelu", [dense(x, f"{layer}.intermediate.dense")])
        x = add_and_norm(inner, x, f"{layer}.output.dense", f"{layer}.output.LayerNorm")
    mean = graph.add("ReduceMean", [x, graph.weight("axis1", numpy.array([1], numpy.int64))], keepdims=0)
    graph.nodes.append(helper.make_node("LpNormalization", [mean], ["vectors"], axis=1, p=2))

    model = helper.make_model(
        helper.make_graph(
            graph.nodes, "minilm",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "tokens"])],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", WIDTH])],
            list(graph.weights.values())),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(microsoft, 1)])
    model.ir_version = 10
    onnx.save(model, str(path))


class OnnxRuntime:
    """ONNX Runtime with one thread and all graph optimisations."""

    def __init__(self, label: str, path: Path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.label = label

    def name(self) -> str:
        return f"ONNX Runtime {onnxruntime.__version__} fp32, {self.label}"

    def embed(self, ids: numpy.ndarray) -> numpy.ndarray:
        return self.session.run(None, {"ids": ids[None].astype(numpy.int64)})[0][0]


def cpu_of(engine, sequences) -> float:
    """CPU seconds a sequence."""
    start = time.process_time()
    for ids in sequences:
        engine.embed(ids)
    return (time.process_time() - start) / len(sequences)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=Path(os.environ.get("MODEL_DIR") or ROOT / ".local/model"))
    parser.add_argument("--build", type=Path, default=ROOT / ".local/bench", help="where to put what is compiled")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--sequences", type=int, default=6, help="sequences a round, engine and length")
    parser.add_argument("--tokens", type=int, nargs="+", default=[128, 256])
    parser.add_argument("--json", action="store_true", help="also print the ratios as one line of JSON, last")
    arguments = parser.parse_args()
    results = []
    arguments.build.mkdir(parents=True, exist_ok=True)
    tensors = read_tensors(arguments.model / "model.safetensors")
    own, peers = OwnKernel(tensors, arguments.build), []
    for label, fused in (("standard operators", False), ("fused operators", True)):
        path = arguments.build / f"minilm-{'fused' if fused else 'standard'}.onnx"
        build_onnx(tensors, fused, path)
        peers.append(OnnxRuntime(label, path))
    engines = [own, *peers]

    random = numpy.random.default_rng(20261123)
    for tokens in arguments.tokens:
        sequences = []
        for _ in range(arguments.sequences):
            ids = random.integers(1996, 30522, tokens).astype(numpy.int32)
            ids[0], ids[-1] = 101, 102
            sequences.append(ids)
        mine = own.embed(sequences[0]).astype(float)
        worst = max(1 - float(mine @ peer.embed(sequences[0]).astype(float)) for peer in peers)
        times = {engine: [] for engine in engines}
        for number in range(arguments.rounds + 1):
            for engine in engines[number % 3 :] + engines[: number % 3]:
                seconds = cpu_of(engine, sequences)
                if number > 0:  # the first round warms up
                    times[engine].append(seconds)
        print(f"{tokens} tokens, {arguments.rounds} rounds of {len(sequences)} sequences;"
              f" 1 - cosine at most {worst:.1e}")
        for engine in engines:
            print(f"  {engine.name():52} median {statistics.median(times[engine]) * 1e3:6.2f} ms CPU a sequence,"
                  f" least {min(times[engine]) * 1e3:6.2f} ms")
        best = min(peers, key=lambda peer: statistics.median(times[peer]))
        ratios = sorted(a / b for a, b in zip(times[own], times[best]))
        low, high = ratios[len(ratios) // 10], ratios[-1 - len(ratios) // 10]
        print(f"  ratio to {best.label}: median {statistics.median(ratios):.3f} (10% {low:.3f}, 90% {high:.3f})")
        results.append({
            "tokens": tokens, "ratio": statistics.median(ratios), "low": low, "high": high, "rounds": arguments.rounds,
            "own_ms": statistics.median(times[own]) * 1e3, "peer_ms": statistics.median(times[best]) * 1e3,
        })
    if arguments.json:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
