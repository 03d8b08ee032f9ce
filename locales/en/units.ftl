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

## A number with them
amount-percent = { $count } %
amount-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
amount-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
amount-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
amount-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
amount-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}
amount-rooms = { $count ->
    [one] { $count } room
   *[other] { $count } rooms
}
amount-winners = { $count ->
    [one] { $count } winner
   *[other] { $count } winners
}
amount-entries = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
amount-tickets = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
amount-tracks = { $count ->
    [one] { $count } track
   *[other] { $count } tracks
}
