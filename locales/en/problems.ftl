### What is wrong with a setting, and what to do.

## Reading a field
problem-missing = This field did not arrive. Load the page again, then save.
problem-not-a-number = Type a whole number from { $min } to { $max }.
problem-number-range = This must be from { $min } to { $max }.
problem-empty = Type something here.
problem-too-short = Type at least { $min } characters.
problem-too-long = Shorten this to { $max } characters. It has { $length }.
problem-control-character = Remove the invisible control characters. A line break is not allowed in a field of one line.
problem-color = Type a color as #rrggbb, like #3b82f6.
problem-url = Type a full address that starts with https://, like https://example.com/image.png.
problem-choice = Choose one of those listed.
problem-choose-one = Choose one.
problem-too-many = Choose at most { $max }. You chose { $chosen }.
problem-too-many-rows = Remove some rows. There can be at most { $max }.
problem-too-many-lines = Type at most { $max } lines. There are { $count }.
problem-line-too-long = Shorten line { $line } to { $max } characters.
problem-placeholder = { $name } is not known here. You can use: { $allowed }
problem-embed-total = Shorten the embed to { $max } characters in all. It has { $length }.
problem-template-empty = Type a text or fill in the embed, or switch this message off.

## Channels
problem-channel-gone = This channel is deleted or hidden from the bot. Choose another one, or let the bot see it.
problem-channel-unseen = You cannot see this channel. Choose one that you can see.
problem-channel-kind = { $channel } is not the right kind of channel. Choose another one.
problem-channel-no-write = You cannot write in { $channel } yourself, so the bot may not announce there in your name. Choose another channel.
problem-bitrate-range = Type a whole number from { $min } up to what your server's boosts allow.
problem-bitrate = Your server's boosts allow at most { $max } kbit/s.
problem-region = Discord does not list this region any more. Choose another one.

## Roles
problem-role-gone = This role is deleted. Choose another one.
problem-role-everyone = Everyone has this role. Choose another one.
problem-role-managed = { $role } belongs to an integration and cannot be given. Choose another one.
problem-role-bot-cannot = The bot cannot give { $role }. In Discord: Server Settings → Roles, switch on Manage Roles for the bot's role.
problem-role-above-bot = { $role } is not below the bot's highest role. In Discord: Server Settings → Roles, drag the bot's role above it.
problem-role-above-you = { $role } is not below your highest role. Choose one that is.
problem-role-you-cannot = You cannot give { $role }, because you may not manage roles on Discord.
problem-role-ping = { $role } cannot be pinged by you. Choose another one, or allow everyone to mention it on Discord.

## Emoji
problem-emoji = Type one emoji, or one of this server's own as {"<:name:id>"}.
problem-emoji-gone = This server has no such emoji. Choose another one.
problem-emoji-unavailable = This emoji cannot be used, because the server has lost boosts. Choose another one.

## TempVoice
problem-tempvoice-no-creator = Add a creator, or switch TempVoice off. Without one nobody gets a room.
problem-tempvoice-creator-twice = Another creator has this channel. Choose another one.
problem-tempvoice-overflow-same = Rooms of a creator already go here. Choose another category.
problem-tempvoice-fills-up = Empty rooms stay, and a category holds 50 channels. Choose an overflow category, or some members will get no room.

## Giveaway
problem-giveaway-blocked-and-required = { $role } is required above. Remove it here or there.
problem-giveaway-bonus-twice = { $role } has a bonus already. Use one row for it.
problem-giveaway-reroll-needs-claim = Set at least 1 hour, or switch drawing again off. It waits for prizes that are not claimed in time.

## Tickets
problem-tickets-no-category = Choose a category, or switch Tickets off.
problem-tickets-overflow-same = This is the category that tickets go to first. Choose another one.
problem-tickets-naming = Put {"{number}"}, {"{user}"} or {"{username}"} into the name, so that tickets can be told apart.
problem-tickets-no-support = No role is chosen: only administrators will see tickets.
problem-tickets-transcripts-open = Everyone on the server can read this channel, and so every transcript. Choose a private one if that is not meant.
problem-tickets-reopen-too-late = { $seconds ->
    [one] The channel is deleted { $seconds } second after closing. Then the ticket cannot be reopened.
   *[other] The channel is deleted { $seconds } seconds after closing. Then the ticket cannot be reopened.
}
problem-tickets-no-rating-channel = Ratings are asked for but never posted. Choose a rating channel to post the good ones.

## Music
problem-music-no-dj = Choose a DJ role, or let everyone use the player.
problem-music-volume = This must not be above the highest volume, { $max }.
problem-music-silent = At 0, nobody hears anything.
problem-music-per-member = The queue holds { $max }. Type that or less, or 0 for no limit.
problem-music-stays = Ignored while the bot stays in the voice channel.
