"""What is an inverted file made of, in memory and in a file of arrays?"""
