# What is played now, and what was.
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
