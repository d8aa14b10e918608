"""Many candidate files assessed alike: found, shared out among processes, kept in a journal, written to one file."""

from pcc_assess.batch.journal import begun_on
from pcc_assess.batch.results import Results
from pcc_assess.batch.run import Assessor, BatchSummary, Run, run_batch

__all__ = ["Assessor", "BatchSummary", "Results", "Run", "begun_on", "run_batch"]
