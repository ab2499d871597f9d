"""Which plain records does everybody exchange: tickets, outcomes, filters, actors?"""
