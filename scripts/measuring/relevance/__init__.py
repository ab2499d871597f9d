"""How much does it help, and cost, to read words in other ways than they are typed?"""
