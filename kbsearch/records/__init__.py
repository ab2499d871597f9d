"""Which plain records does everyone exchange: tickets, outcomes, filters, actors?"""
