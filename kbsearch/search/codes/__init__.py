"""How is a code read, joined or spoken, and which other codes look like it?"""
