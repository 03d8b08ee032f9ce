### The tickets themselves: lists, one ticket, transcripts, ratings. The settings of the module are in tickets.ftl.

nav-tickets = All tickets

## The lists
ticket-list = Tickets
ticket-list-lead = Who asked for help on { $server }, who has taken it, and how it ended.
ticket-lists = Lists of tickets
ticket-to-ratings = Ratings
ticket-to-settings = Settings of Tickets
ticket-search = Search these tickets
ticket-search-hint = A name or id of who opened it, a category, or a number such as #42.
ticket-search-do = Search
ticket-search-end = Show all
ticket-state-open = Open
ticket-state-claimed = Claimed
ticket-state-closed = Closed
ticket-state-deleted = Channel deleted
ticket-empty-open = No ticket waits
ticket-empty-claimed = Nobody is busy with a ticket
ticket-empty-closed = No ticket was closed yet
ticket-no-match = No ticket fits
ticket-name = Ticket { $number }
ticket-name-of = Ticket of { $opener }
ticket-name-unknown = Ticket { $id }
ticket-nobody = somebody unknown
ticket-member = member { $id }
ticket-opened-by = Opened by
ticket-opened = Opened
ticket-claimed-by = Claimed by
ticket-closed = Closed
ticket-by = by
ticket-reason = Reason:
ticket-age = open for { $age }
ticket-age-none = less than a minute
ticket-pages = Pages of tickets
ticket-page-back = Previous page
ticket-page-on = Next page

## One ticket
ticket-facts = What is known of it
ticket-category = Category
ticket-claimed-none = Nobody yet
ticket-closed-by = Closed by
ticket-closed-unknown = The bot did not say
ticket-why = Reason
ticket-no-reason = None given
ticket-channel = Channel
ticket-channel-deleted = It was deleted with the ticket.
ticket-channel-gone = It is not there any more, or the bot cannot see it.
ticket-in-discord = , in Discord

## Transcripts
title-transcript = Transcript of { $ticket }
transcript-title-short = Transcript
transcript-read = Read the transcript
transcript-none = There is no transcript. Either none was written, or the time it is kept for has passed.
transcript-not-yet = The bot sends it when the ticket is closed.
transcript-complete = The transcript has arrived. It is kept until { $date }.
transcript-incomplete = { $there } of { $all } parts of the transcript have arrived. What there is is kept until { $date }.
transcript-missing = Part { $from } of { $all } has not arrived.
transcript-missing-many = Parts { $from } to { $to } of { $all } have not arrived.
transcript-unreadable = Part { $part } has arrived, but could not be read.
transcript-broken = { $count ->
    [one] One message could not be read.
   *[other] { $count } messages could not be read.
}
transcript-gaps = This transcript is not complete
transcript-search = Search this transcript
transcript-whole = Show all messages
transcript-found = { $count ->
    [0] No message holds this text.
    [one] One message holds this text.
   *[other] { $count } messages hold this text.
}
transcript-from-to = { $from } to { $to }
transcript-range = { $count ->
    [one] The only message
   *[other] Messages { $range } of { $count }
}
transcript-empty = There is nothing to read
transcript-nothing-said = Nothing was said in this ticket, or nothing of it has arrived.
transcript-nothing-shown = Nothing that can be shown here.
transcript-context = See it in its place
transcript-pages = Pages of the transcript
transcript-earlier = Earlier messages
transcript-later = Later messages
transcript-attachment = File without a name
transcript-at-host = at
transcript-bytes = { $count ->
    [one] one byte
   *[other] { $count } bytes
}
transcript-kilobytes = { $count } kB
transcript-megabytes = { $count } MB
transcript-channel-gone = #a channel that is not there

## Closing one
title-closing = Close { $ticket }
closing-do-ask = Close this ticket…
closing-title = Close { $ticket }?
closing-lead = The bot closes it for { $opener } on { $server }, as if the team had done so in Discord.
closing-reason-required = Members read it. The settings of Tickets ask for one.
closing-reason-optional = Members read it. It may be left out.
closing-reason-limit = At most { $max } characters.
closing-reason-missing = Say why. The settings of Tickets ask for a reason.
closing-reason-long = At most { $max } characters; these are { $typed }.
closing-reason-strange = It holds characters that cannot be shown.
closing-wrong = The ticket is not closed yet
closing-do = Close ticket
closing-keep = Keep it open
closing-closed = { $ticket } is closed already
closing-closed-lead = There is nothing left to close, and nothing was sent to the bot.
closing-back = Back to the ticket
flash-closing-under-way = The bot was told to close this ticket already. This page shows what comes of it.

## Ratings
title-ratings = Ratings of tickets
title-rating-deletion = Delete the rating of { $ticket }
rating-list = Ratings
rating-lead = What members of { $server } thought of the help they got.
rating-title = Rating
rating-all = All ratings
rating-ticket-unknown = A ticket that is not known here
rating-average = { $average } of 5 on average
rating-count = { $count ->
    [one] One rating
   *[other] { $count } ratings
}
rating-stars = { $count ->
    [one] 1 star
   *[other] { $count } stars
}
rating-of-five = { $count } of 5 stars
rating-share = { $count } ({ $percent } %)
rating-staff = By who helped
rating-staff-line = { $average } of 5, { $count ->
    [one] one rating
   *[other] { $count } ratings
}
rating-helped = helped by
rating-filter = Choose which ratings to show
rating-filter-stars = Stars
rating-any-stars = Any
rating-filter-staff = Helped by
rating-any-staff = Anybody
rating-filter-approved = Approved
rating-any-approved = All
rating-approved-yes = Approved
rating-approved-no = Not approved yet
rating-featured = Featured
rating-show-all = Show all ratings
rating-no-match = No rating fits
rating-empty-title = Nobody has rated yet
rating-empty = When a ticket is closed, the bot asks who opened it. What they say stands here.
rating-no-text = Stars only, no text.
rating-pages = Pages of ratings
rating-approve = Approve
rating-feature = Feature
rating-unfeature = Feature no longer
rating-delete = Delete…
rating-unposted-no-channel = It is not posted in Discord: no channel for ratings is set, or ratings are off.
rating-unposted-stars = It is not posted in Discord: the settings ask for at least { $least ->
    [one] one star
   *[other] { $least } stars
}.
rating-unposted-no-text = It is not posted in Discord: it has no text.
rating-deletion = Delete this rating?
rating-deletion-lead = It no longer counts on { $server } and cannot be brought back. What the bot has posted of it in Discord stays there.
rating-deletion-do = Delete rating
rating-deletion-keep = Keep it
flash-rating-approved = The rating of { $ticket } is approved. { $why }
flash-rating-approved-sent = The rating of { $ticket } is approved. The bot was told to post it; this page shows what comes of it.
flash-rating-approved-waiting = The rating of { $ticket } is approved. The bot will be told to post it as soon as the connection to it is back, if that is within two minutes.
flash-rating-featured = The rating of { $ticket } is featured.
flash-rating-unfeatured = The rating of { $ticket } is no longer featured.
flash-rating-deleted = The rating of { $ticket } is deleted.
flash-rating-already = Nothing to do: the rating of { $ticket } is like this already.
flash-rating-not-approved = The rating of { $ticket } is not approved yet, so it was not featured.
flash-rating-gone = The rating of { $ticket } was deleted meanwhile. Nothing was changed.
