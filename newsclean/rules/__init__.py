"""Rules as data: the packs, how they are read, matched, looked up, and checked."""

from newsclean.rules.check import Failure, check_pack
from newsclean.rules.engine import Cut, RuleSet
from newsclean.rules.loader import Rule, builtin_packs, load_pack, refuse_doubled
from newsclean.rules.lookup import Entry, catalogue, search

__all__ = [
    "Cut",
    "Entry",
    "Failure",
    "Rule",
    "RuleSet",
    "builtin_packs",
    "catalogue",
    "check_pack",
    "load_pack",
    "refuse_doubled",
    "search",
]
