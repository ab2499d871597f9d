"""Where in a ticket is each word of the query, and how is that shown?"""
