"""How fast is kbsearch, and what does it take, on the same texts and queries as the others?"""
