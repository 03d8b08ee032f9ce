# Rooms that are open now, and sending control panels.
nav-rooms = Rooms
rooms-title = Rooms
rooms-lead = Rooms that members opened with TempVoice and that are open now.
rooms-empty-title = No room is open
rooms-empty = When a member joins a channel that TempVoice watches, their room appears here.
rooms-count = { $count ->
    [one] One room is open.
   *[other] { $count } rooms are open.
}
rooms-unnamed = Room without a name
rooms-owner = Owner:
rooms-locked = Locked
rooms-members = { $count ->
    [one] one member
   *[other] { $count } members
}
rooms-members-of = { $count } of { $limit } members
rooms-members-limit = at most { $limit } members
rooms-members-unknown = no limit
rooms-close = Close
rooms-send-panel = Send the control panel
rooms-settings = Settings of TempVoice
age-minutes = { $count ->
    [0] opened just now
    [one] opened a minute ago
   *[other] opened { $count } minutes ago
}
age-hours = { $count ->
    [one] opened an hour ago
   *[other] opened { $count } hours ago
}
age-days = { $count ->
    [one] opened a day ago
   *[other] opened { $count } days ago
}
member-by-id = Member { $id }

title-room-closing = Close a room
room-closing-title = Close the room { $room }?
room-closing-lead = { $members ->
    [0] The bot deletes this voice channel on { $server }.
    [one] The bot deletes this voice channel on { $server }, and the one member in it is disconnected.
   *[other] The bot deletes this voice channel on { $server }, and the { $members } members in it are disconnected.
}
room-closing-do = Close the room
room-closing-keep = Keep it open
flash-room-closed-already = That room is closed already.

title-control-panel = Send { $what }
control-panel-voice = the control panel of TempVoice
control-panel-music = the player
control-panel-voice-title = Send the control panel
control-panel-voice-lead = The bot posts a message on { $server } with buttons by which members steer their rooms.
control-panel-music-title = Send the player
control-panel-music-lead = The bot posts a message on { $server } with buttons by which members steer the music.
control-panel-section-panel = The message
control-panel-channel-id = Channel
control-panel-channel-id-hint = A text channel that you can write to.
control-panel-title = Title
control-panel-title-hint = Empty: the bot's own.
control-panel-description = Text
control-panel-description-hint = Empty: the bot's own.
control-panel-color = Color
control-panel-color-hint = Empty: the bot's own.
control-panel-send = Send
control-panel-keep = Do not send
