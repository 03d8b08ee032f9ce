### TempVoice

tempvoice-name = TempVoice
tempvoice-purpose = Join a channel, get a room of your own.

## Creating rooms
tempvoice-section-general = Creating rooms
tempvoice-section-general-intro = Whoever joins a creator channel gets a voice channel of their own and is moved there.
tempvoice-enabled = TempVoice is on
tempvoice-enabled-hint = Needs at least one creator below.
tempvoice-creators = Creators
tempvoice-creators-hint = At most 10. Each has its own kind of room.
tempvoice-creators-row = Creator { $number }
tempvoice-creators-add = Add a creator
tempvoice-creators-empty = No creator yet.
tempvoice-creators-creator-channel-id = Channel to join
tempvoice-creators-creator-channel-id-hint = A voice channel. Use each one only once.
tempvoice-creators-category-id = Category for its rooms
tempvoice-creators-category-id-hint = A category holds 50 channels.
tempvoice-creators-name-template = Name of a room
tempvoice-creators-name-template-hint = You can use {"{user}"}, {"{username}"}, {"{activity}"} and {"{number}"}.
tempvoice-creators-user-limit = Places in a room
tempvoice-creators-user-limit-hint = 0 = no limit.
tempvoice-creators-privacy = A new room is
tempvoice-creators-privacy-open = Open to everyone
tempvoice-creators-privacy-locked = Locked: seen, not joined
tempvoice-creators-privacy-hidden = Hidden
tempvoice-overflow-category-id = Overflow category
tempvoice-overflow-category-id-hint = Takes the rooms that no longer fit. Not one of the creators' categories.
tempvoice-log-channel-id = Log channel
tempvoice-log-channel-id-hint = The bot notes there which rooms are made and closed. None = no log.

## Rooms
tempvoice-section-rooms = Rooms
tempvoice-bitrate-kbps = Sound quality
tempvoice-bitrate-kbps-hint = From 8 up to what your server's boosts allow.
tempvoice-region = Voice region
tempvoice-region-hint = Automatic suits most servers.
tempvoice-max-rooms-per-member = Rooms a member may have at once
tempvoice-voice-role-id = Role while in a room
tempvoice-voice-role-id-hint = Given on joining a room and taken on leaving it. It must be below the bot's highest role and below yours.

## Tidying up
tempvoice-section-tidying = Tidying up
tempvoice-delete-when-empty = Delete empty rooms
tempvoice-empty-grace-seconds = Wait before deleting an empty room
tempvoice-empty-grace-seconds-hint = 0 = at once.
tempvoice-auto-lock-minutes = Lock a room after
tempvoice-auto-lock-minutes-hint = Counted from when the room was made. 0 = never.
tempvoice-idle-kick-minutes = Disconnect idle members after
tempvoice-idle-kick-minutes-hint = Idle is being alone or deafened. 0 = never.

## What an owner may do
tempvoice-section-owner = What an owner may do
tempvoice-section-owner-intro = The bot posts a control panel in each room for its owner.
tempvoice-owner-controls = Buttons on the panel
tempvoice-owner-controls-hint = None chosen = no panel is posted.
tempvoice-owner-controls-rename = Rename the room
tempvoice-owner-controls-limit = Set the places
tempvoice-owner-controls-lock = Lock and unlock
tempvoice-owner-controls-hide = Hide and show
tempvoice-owner-controls-bitrate = Change the sound quality
tempvoice-owner-controls-region = Change the region
tempvoice-owner-controls-permit = Let a member in
tempvoice-owner-controls-reject = Keep a member out
tempvoice-owner-controls-invite = Invite a member
tempvoice-owner-controls-kick = Disconnect a member
tempvoice-owner-controls-block = Block a member from all their rooms
tempvoice-owner-controls-unblock = Unblock a member
tempvoice-owner-controls-claim = Take over when the owner has left
tempvoice-owner-controls-transfer = Hand the room over
tempvoice-owner-controls-delete = Delete the room
tempvoice-panel-layout = Panel layout
tempvoice-panel-layout-compact = Compact: icons with short words
tempvoice-panel-layout-expanded = Expanded: each button explained
tempvoice-panel-layout-minimal = Minimal: icons alone
tempvoice-panel-color = Panel color
tempvoice-panel-image-url = Panel image
tempvoice-panel-image-url-hint = An https address, or empty for none.
