"""pcc-assess: where a resume stands for Patient Care Coordinator work, and a step-by-step plan for what is
missing.
"""

__version__ = "0.1.0"
