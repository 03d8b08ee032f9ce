### Music

music-name = Music
music-purpose = Who may play what, where, and how loud.

## Who may play
music-section-general = Who may play
music-enabled = Music is on
music-dj-role-ids = DJ roles
music-dj-role-ids-hint = At most 10. They may skip, stop and clear without a vote. None = everyone may.
music-dj-only = Only DJs may use the player
music-dj-only-hint = Needs a DJ role.

## Channels
music-section-channels = Channels
music-request-channel-id = Request channel
music-request-channel-id-hint = Every message in it is taken as a request. None = by commands only.
music-text-channel-ids = Text channels for commands
music-text-channel-ids-hint = At most 10. None = all.
music-voice-channel-ids = Voice channels to play in
music-voice-channel-ids-hint = At most 10. None = all.

## Queue
music-section-queue = Queue
music-max-queue-size = Length of the queue
music-max-per-member = Tracks of one member in the queue
music-max-per-member-hint = Not more than the queue holds. 0 = no limit.
music-max-track-minutes = Longest track
music-max-track-minutes-hint = 0 = no limit.
music-allow-duplicates = The same track may be queued twice
music-allow-playlists = Whole playlists may be queued

## Skipping
music-section-skipping = Skipping
music-vote-skip-enabled = Members can vote to skip
music-vote-skip-percent = Votes needed
music-vote-skip-percent-hint = Of the members who listen.

## Playback
music-section-playback = Playback
music-default-volume = Volume at the start
music-default-volume-hint = Not above the highest volume.
music-max-volume = Highest volume
music-autoplay = Play on by itself
music-autoplay-hint = When the queue ends, the bot picks similar tracks.
music-stay-connected = Stay in the voice channel
music-stay-connected-hint = The bot never leaves by itself; the next setting is then ignored.
music-disconnect-empty-seconds = Leave an empty channel after
music-disconnect-empty-seconds-hint = 0 = never.

## Announcements
music-section-announcements = Announcements
music-announce-tracks = Announce each track
music-announce-channel-id = Channel for announcements
music-announce-channel-id-hint = None = where the track was asked for.
music-now-playing-message = Announcement of a track
music-now-playing-message-hint = Off: the bot's own text.
