"""A run: every file under the paths given is looked at, and ends as read, partly read, failed, duplicate or unchanged.

In: paths. Out: a balance. Refused: a second run at the same time, a disk that is full. Kept where: evidence, ledger,
store and index of the dataset, in that order.

Whatever moment the machine stops at, the same command goes on: what was not finished is done again, and nothing is
entered twice.
"""
