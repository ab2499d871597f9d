"""Which words does an index have, and which look, sound or are used like one?"""
