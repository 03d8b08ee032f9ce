# What the bot did and saw, on the overview and in notices of open pages.
feed-title = Activity
feed-empty = Nothing has happened yet. What the bot and the admins do appears here.
feed-all-changes = All changes
feed-unnamed = without a name
feed-ticket = ticket #{ $number }
feed-ticket-unnumbered = a ticket
feed-changed = { $who } changed { $module }
feed-reset = { $who } set { $module } back to its defaults
feed-restored = { $who } brought back an earlier version of { $module }
feed-content = { $who } changed “{ $label }” ({ $module })
feed-content-create = { $who } made “{ $label }” ({ $module })
feed-content-delete = { $who } deleted “{ $label }” ({ $module })
feed-content-end = What “{ $label }” may do has ended ({ $module })
feed-command = { $who }: { $doing }

feed-giveaway-started = The giveaway { $prize } has started
feed-giveaway-ended = { $winners ->
    [0] The giveaway { $prize } has ended without a winner
    [one] The giveaway { $prize } has ended with one winner
   *[other] The giveaway { $prize } has ended with { $winners } winners
}
feed-giveaway-rerolled = { $winners ->
    [one] The giveaway { $prize } has a new winner
   *[other] The giveaway { $prize } has { $winners } new winners
}
feed-giveaway-cancelled = The giveaway { $prize } was cancelled
feed-ticket-opened = { $name } opened { $ticket }
feed-ticket-claimed = { $name } took { $ticket }
feed-ticket-closed = Closed: { $ticket }
feed-ticket-reopened = Opened again: { $ticket }
feed-ticket-deleted = Deleted: { $ticket }
feed-ticket-rated = { $stars ->
    [one] A rating of one star for { $ticket }
   *[other] A rating of { $stars } stars for { $ticket }
}
feed-room-opened = The room { $name } was opened
feed-room-closed = The room { $name } was closed
feed-track-started = Now playing: { $title }
feed-queue-ended = The music has ended
feed-member-joined = { $name } joined the server
feed-member-left = { $name } left the server
feed-xp-gained = { $name } gained experience
feed-xp-gained-amount = { $name } gained { $amount } experience
feed-level-reached = { $name } reached a new level
feed-level-reached-level = { $name } reached level { $level }
feed-moderated = A moderator acted on { $name }
feed-moderated-action = A moderator acted on { $name }: { $action }
feed-settings-told = The bot told its settings for { $module }
feed-bot-joined = The bot joined the server
feed-bot-left = The bot left the server
feed-ended-unwatched = { $count ->
    [one] One giveaway, ticket or room had ended while nobody watched
   *[other] { $count } giveaways, tickets or rooms had ended while nobody watched
}

notice-region = Notices
notice-dismiss = Dismiss
notice-look = Look
