"""How good are the rankings, and how long did they take?"""
