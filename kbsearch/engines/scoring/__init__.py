"""Which documents fit a plan best?"""
