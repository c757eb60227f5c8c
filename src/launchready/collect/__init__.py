"""How each fact is obtained: async functions whose parameters are what they need and whose result is the fact.

They never get a client, only a `Wire`, which knows the scope and the consent.
"""
