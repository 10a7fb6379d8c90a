"""Rules as data: the packs, how they are read, and how they are matched."""

from newsclean.rules.engine import Cut, RuleSet
from newsclean.rules.loader import Rule, builtin_packs, load_pack, refuse_doubled

__all__ = ["Cut", "Rule", "RuleSet", "builtin_packs", "load_pack", "refuse_doubled"]
