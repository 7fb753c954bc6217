"""Sends saved lists to the clinic's FHIR R4 server, when staff say so. Never loaded by a visit or a kiosk.

What another part of the program calls, such as the desk (each says what it returns and raises):

    settings = settings.read_settings(file)
    server = connecting.connected(settings, tell, deadline)   # `tell` takes a line when a try was in vain
    server.scopes = filing.scopes_for(settings)
    checking.check(server, settings)                      # lines for staff; nothing is written
    able = checking.abilities(server, settings.mode)      # once for many lists
    item = filing.open_list(path, content)
    patient = people.find(server, people.named(text, system=settings.patient_system))
    people.check_own(server, item.saved.resource, patient)    # not another's than the desk linked
    # Show the patient, and have the year of birth typed: `command` and the desk's `sending_page` do so.
    filing.send(server, settings, item, resources.Link(patient.place), able)
    filing.withdraw(server, item)
    folder.send_linked(folder.Batch(...), path)           # each linked list to its own patient

Errors are `StaffError`s: one sentence, with exit code 1, or 75 to try again later. A list is linked by its
`subject` (`people.subject_of`): `Patient/ID`, or an identifier with its system. Whoever removes a list
removes its receipt too (`receipts.path_of`; the desk knows the name from `copies.files`).
"""
