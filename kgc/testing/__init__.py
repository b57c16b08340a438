"""What tests of kgc and of plug-ins stand on: a scripted client, a scripted server, and contract test classes.

`kgc.testing.server` needs aiohttp, the contract classes need pytest; neither is imported here.
"""
