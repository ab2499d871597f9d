"""How fast is kbsearch, and what does it take, beside others on the same texts and queries?"""
