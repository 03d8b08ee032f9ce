### The words behind a number.

unit-seconds = seconds
unit-minutes = minutes
unit-hours = hours
unit-days = days
unit-percent = %
unit-kbps = kbit/s
unit-members = members
unit-rooms = rooms
unit-winners = winners
unit-entries = entries
unit-tickets = tickets
unit-tracks = tracks
