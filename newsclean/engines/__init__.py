"""Data frames and engines: each module cleans the pages that its engine holds, through ``newsclean.arrow``.

``pandas``, ``polars``, ``huggingface``, ``spark`` and ``ray`` have one function, ``clean``, with the same
settings; ``datatrove`` has a step for a pipeline. Each needs the extra of its own name.
"""
