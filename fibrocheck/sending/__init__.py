"""Sends saved lists to the clinic's FHIR R4 server, when staff say so. Never loaded by a visit or a kiosk.

What others call: `connection.connect`, `checking.check`, `people.find`, `filing.send`, `filing.withdraw`,
`folder.send_linked`. Each says in its docstring what goes in and out.
"""
