"""Which words does an index hold as they are spelt, and which of them are near to one?"""
