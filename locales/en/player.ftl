# What is played now, and what was.
title-playlists = Player of { $server }
player-title = Player
player-lead = What the bot plays now, and what it played last.
player-now = Now playing
player-silent = Nothing is playing
player-never = What members play with the bot appears here.
player-before = { $count ->
    [one] The last track
   *[other] The last { $count } tracks
}
player-asked-by = Asked for by
player-send = Send the player
player-settings = Settings of Music
