"""How is each system set up that answers the queries, ours and the others?"""
