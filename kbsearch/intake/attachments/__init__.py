"""What do the files say that are attached to a ticket?"""
