### The giveaways of a server: lists, forms, and what is done to them.

nav-giveaways = Giveaways
giveaways-title = Giveaways
giveaways-lead = What { $server } gives away: running now, planned, and over.
giveaways-new = New giveaway
giveaways-states = Giveaways by state
giveaways-state-running = Running
giveaways-state-scheduled = Planned
giveaways-state-ended = Ended
giveaways-state-cancelled = Cancelled
giveaways-state-failed = Never started
giveaways-now-running = it is running
giveaways-now-scheduled = it has not started yet
giveaways-now-ended = it has ended
giveaways-now-cancelled = it was cancelled
giveaways-filter = Filter giveaways
giveaways-filter-text = Prize
giveaways-filter-from = From ({ $zone })
giveaways-filter-to = Until
giveaways-filter-do = Filter
giveaways-show-all = Show all
giveaways-no-match = No giveaway fits this filter
giveaways-empty-running = No giveaway is running
giveaways-empty-scheduled = No giveaway is planned
giveaways-empty-ended = No giveaway has ended yet
giveaways-empty-cancelled = No giveaway was cancelled
giveaways-late = The bot is away. Planned giveaways start late, as soon as it is back.
giveaways-unnamed = A giveaway without a name
giveaways-pages = Pages of giveaways
giveaways-before = Previous page
giveaways-after = Next page
giveaways-in = in { $channel }
giveaways-winners = { $count ->
    [one] { $count } winner
   *[other] { $count } winners
}
giveaways-entries = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
giveaways-when-running = Ends
giveaways-when-scheduled = Starts
giveaways-when-ended = Ended
giveaways-when-cancelled = Cancelled
giveaways-when-failed = Never started; given up
giveaways-left-over = any moment now
giveaways-left-moment = less than a minute left
giveaways-left-minutes = { $large } min left
giveaways-left-hours = { $large } h { $small } min left
giveaways-left-days = { $large } d { $small } h left
giveaways-won = Won by
giveaways-nobody = Nobody won.
giveaways-reason = Reason:
giveaways-member = Member { $id }
giveaways-export = Download this list:
giveaways-export-csv = CSV
giveaways-export-json = JSON
giveaways-no-such-format = Giveaways are exported as csv or json.
giveaways-strange-export = A part of this address could not be understood, so no file was made.

## One giveaway
giveaways-facts = What is known
giveaways-fact-starts = Starts
giveaways-fact-ends = Ends
giveaways-fact-closed = Ended
giveaways-fact-cancelled = Cancelled
giveaways-fact-failed = Given up
giveaways-fact-left = Time left
giveaways-fact-reason = Reason
giveaways-fact-channel = Channel
giveaways-fact-host = Hosted by
giveaways-fact-winners = Winners to draw
giveaways-fact-entries = Entries
giveaways-secret-kept = Set. Only the winners get to see it.
giveaways-posted = The message in Discord
giveaways-winners-title = Winners
giveaways-earlier = Earlier winners
giveaways-edit = Edit

## The form
giveaways-new-title = New giveaway
giveaways-new-lead = The bot runs it on { $server }.
giveaways-edit-title = Edit giveaway
giveaways-edit-lead = { $prize }
giveaways-zone = Times on this page are in the time zone { $zone }.
giveaways-zone-change = Change the time zone
giveaways-off = Giveaway is off, so the bot may not start this one.
giveaways-to-settings = To its settings
giveaways-create = Create giveaway
giveaways-save = Save changes
giveaways-preview = Preview
giveaways-previewed = Nothing is saved yet. Below is the message as the bot would post it at the start.
giveaways-back = Back
giveaways-this = This giveaway
flash-giveaway-unchanged = Nothing to save: the giveaway is already like that.
giveaway-section-what = What is given away
giveaway-section-when = When
giveaway-section-notes = Notes
giveaway-section-reroll = Draw again
giveaway-channel-id = Channel
giveaway-channel-id-hint = The bot posts the giveaway there.
giveaway-prize = Prize
giveaway-secret-prize = Secret prize
giveaway-secret-prize-hint = A code or a link that only the winners get, by private message. It cannot be read here again.
giveaway-description = Description
giveaway-winners = Number of winners
giveaway-start = Start
giveaway-start-now = Now
giveaway-start-at = At the time below
giveaway-starts-at = Starts at
giveaway-starts-at-hint = At most 60 days ahead.
giveaway-end = End
giveaway-end-after = After the time it runs
giveaway-end-at = At the time below
giveaway-duration-minutes = Runs for
giveaway-duration-minutes-hint = 1440 = one day. At most 60 days.
giveaway-ends-at = Ends at
giveaway-ends-at-hint = At most 60 days after the start.
giveaway-notes = Notes
giveaway-notes-hint = For those who manage giveaways. Members do not see them.
giveaway-count = How many to draw
field-moment = In the time zone { $zone }, like 2026-12-31T18:00.
problem-moment = Enter a date and a time, like 2026-12-31T18:00.
problem-moment-past = This time is over. Choose a later one.
problem-moment-skipped = At { $typed } the clocks are put forward that day, so this time does not exist. { $before } is followed by { $after }.
problem-start-too-late = A giveaway can start at most 60 days from now.
problem-end-before-start = The end must come after the start.
problem-end-too-soon = A giveaway runs for at least one minute.
problem-end-too-late = A giveaway runs for at most 60 days.
problem-secret-needs-dm = A secret prize reaches the winners by private message, which is off in the settings of Giveaway.

## Ending, cancelling, drawing again
giveaways-keep = Leave it as it is
giveaways-to-it = To the giveaway
giveaways-refused = This cannot be done with { $prize } now: { $state }. Nothing was changed.
giveaways-refused-unseen = { $prize } is in a channel that you cannot see, and the bot would write there for you. Ask somebody who sees that channel. Nothing was changed.
giveaways-edit-refused = It cannot be edited
giveaways-ending-way = End now
giveaways-ending-title = End this giveaway now?
giveaways-ending-lead = The winners of { $prize } on { $server } are drawn at once, from { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
}.
giveaways-ending-hint = This cannot be undone.
giveaways-ending-do = End giveaway
giveaways-ending-refused = It cannot be ended
giveaways-cancellation-way = Cancel it
giveaways-cancellation-title = Cancel this giveaway?
giveaways-cancellation-lead = { $prize } on { $server } is called off and nobody wins.
giveaways-cancellation-hint = Its entries are lost. This cannot be undone.
giveaways-cancellation-do = Cancel giveaway
giveaways-cancellation-refused = It cannot be cancelled
giveaways-reroll-way = Draw again
giveaways-reroll-title = Draw again?
giveaways-reroll-lead = New winners of { $prize } on { $server } are drawn from those who entered.
giveaways-reroll-hint = Whoever has won it before is left out.
giveaways-reroll-do = Draw again
giveaways-reroll-refused = There is nothing to draw again
