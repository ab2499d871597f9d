"""How does one knowledge base live in a process: opened, maintained, served?"""
