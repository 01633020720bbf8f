"""The synthetic Sweden: invented persons and companies in thirteen registers, and planted schemes."""

from samverkan.synth.generate import SCALES, Generated, UnknownScale, generate

__all__ = ["SCALES", "Generated", "UnknownScale", "generate"]
