"""The synthetic Sweden: invented persons and companies in thirteen registers, and planted schemes."""

from samverkan.synth.generate import SCALES, Generated, Told, UnknownScale, World, generate

__all__ = ["SCALES", "Generated", "Told", "UnknownScale", "World", "generate"]
