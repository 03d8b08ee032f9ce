### Playlists: lists of tracks for the bot's player.

nav-playlists = Playlists

## The list
playlists-title = Player and playlists
playlists-heading = Playlists
playlists-lead = What the bot plays now on { $server }, and lists of tracks that it can play.
playlists-new = New playlist
playlists-empty-title = There are no playlists yet
playlists-empty = Put tracks together that are played again and again, and the bot has them at hand.
playlists-full = There are { $max } playlists, which is as many as a server can have. Delete one to make room.
playlist-is-shared = Shared
playlist-is-own = Own
playlist-by = Made by { $name }
playlist-count = { $count ->
    [0] No tracks
    [one] { $count } track
   *[other] { $count } tracks
}
playlist-time = { $time } long
playlist-time-unknown = Length not known
playlist-time-partly = { $count ->
    [one] { $time } long, and one track of unknown length
   *[other] { $time } long, and { $count } tracks of unknown length
}

## One playlist
playlist-new = New playlist
playlist-new-lead = Give it a name. Tracks can be added now or later.
playlist-import = Add many tracks
playlist-export-text = Download the addresses
playlist-export-json = Download as JSON
playlist-save = Save playlist
playlist-create = Create playlist
playlist-delete = Delete this playlist
playlist-section-about = Playlist
playlist-section-tracks = Tracks
playlist-name = Name
playlist-name-hint = No other playlist of this server has it.
playlist-shared = Shared
playlist-shared-hint = On: every member can play it. Off: only who made it.
playlist-tracks = Tracks
playlist-tracks-about = Up to 500, played in this order. A title has at most 256 characters; without one, the bot finds it when it plays the track. The address starts with https:// and is on one of these sites: { $hosts }. The length is in seconds; leave it empty if you do not know it.
playlist-tracks-row = Track { $number }
playlist-tracks-add = Add a track
playlist-tracks-empty = There are no tracks yet.
playlist-tracks-title = Title
playlist-tracks-url = Address
playlist-tracks-seconds = Seconds
playlist-move = Move a track
playlist-move-from = Move track
playlist-move-to = to place
playlist-move-do = Move
flash-playlist-created = { $name } is created.
flash-playlist-saved = { $name } is saved.
flash-playlist-waiting = { $name } is saved. The bot will get it as soon as the connection to it is back.
flash-playlist-deleted-waiting = { $name } is deleted. The bot will learn of it as soon as the connection to it is back.
flash-playlist-unchanged = Nothing to save: { $name } is like this already.
flash-playlist-deleted = { $name } is deleted.
flash-playlist-gone = { $name } was deleted already.
flash-playlist-imported = { $count ->
    [one] One track was added to { $name }.
   *[other] { $count } tracks were added to { $name }.
}
playlist-changed = Somebody else saved this playlist while you had it open. Below is what you typed. Saving it now replaces what they saved.
playlist-theirs = See what they saved
playlist-take-theirs = Leave it as they saved it
playlist-gone = Somebody else deleted this playlist while you had it open. Below is what you typed. Saving it now makes a new playlist of it.

## Adding many
title-playlist-import = Add tracks to { $what }
playlist-import-title = Add many tracks
playlist-import-lead = { $room ->
    [0] { $name } is full.
    [one] They come at the end of { $name }, which has room for one more.
   *[other] They come at the end of { $name }, which has room for { $room } more.
}
playlist-import-addresses = Addresses
playlist-import-hint = One on each line, starting with https://, on one of these sites: { $hosts }. All of them are added, or none.
playlist-import-refused = Nothing was added
playlist-import-changed = Somebody else saved this playlist meanwhile. Nothing was added yet: add the tracks again to put them at the end of what they saved.
playlist-import-do = Add these tracks
playlist-import-cancel = Back to the playlist
playlist-no-such-format = A playlist can be downloaded as text or as JSON.

## Deleting
title-playlist-deletion = Delete { $what }?
playlist-deletion-title = Delete { $name }?
playlist-deletion-lead = { $name } is taken away from { $server }. The bot can no longer play it, for anybody.
playlist-deletion-kept = The change log keeps what was in it.
playlist-deletion-changed = Somebody else saved this playlist meanwhile. Nothing was deleted yet.
playlist-deletion-do = Delete playlist
playlist-deletion-keep = Keep it

## What is wrong with one
problem-playlist-name = Another playlist of this server has this name. Choose another one.
problem-playlists-full = This server has { $max } playlists already, which is as many as there can be. Delete one first.
problem-playlist-room = The titles and addresses are too long together. Shorten some, or make two playlists of it.
problem-playlist-tracks = A playlist holds { $max } tracks. With these it would have { $count }.
problem-playlist-move = To move a track, type its number and its new place: both from 1 to { $max }.
problem-playlist-no-address = Paste at least one address.
problem-playlist-line = Line { $line }: { $why }
problem-playlist-lines = { $count ->
    [one] One more line is wrong.
   *[other] { $count } more lines are wrong.
}
problem-track-address = This is no full address that starts with https://.
problem-track-no-url = Type the track's address, or remove the track.
problem-track-host = { $host } is not a site that tracks can be on here. These are: { $allowed }.
