"""How does an embedded index of files answer a plan, by the one package that knows Whoosh?"""

from kbsearch.engines.whoosh.guard import check_whoosh

# Here, so that it comes before any module of ours imports whoosh: another distribution of that
# name fails in the middle of it, with an error that no one could mend.
check_whoosh()
