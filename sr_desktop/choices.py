"""What a person may choose for the engine, without loading it: torch takes seconds, a usage error none."""

DEVICES = ("auto", "cpu", "cuda", "mps", "xpu")
PRECISIONS = ("auto", "fp32", "bf16", "fp16")
