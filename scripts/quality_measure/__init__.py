"""How much does reading words in other ways than they are typed find, and what does it cost?"""
