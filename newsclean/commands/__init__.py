"""The commands behind ``newsclean WORD ...``."""
