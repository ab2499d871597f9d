"""Which other systems stand beside ours, and how is each of them set up?"""
