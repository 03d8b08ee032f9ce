### Tickets

tickets-name = Tickets
tickets-purpose = Private help for members, with transcripts.

## Where tickets are
tickets-section-general = Where tickets are, and who answers
tickets-enabled = Tickets is on
tickets-enabled-hint = Needs a category.
tickets-category-id = Category
tickets-category-id-hint = New tickets are channels in here. A category holds 50 channels.
tickets-overflow-category-id = Overflow category
tickets-overflow-category-id-hint = Takes the tickets that no longer fit.
tickets-closed-category-id = Category for closed tickets
tickets-closed-category-id-hint = None = they stay where they are.
tickets-support-role-ids = Support roles
tickets-support-role-ids-hint = At most 20. They see and answer every ticket.
tickets-naming-template = Name of a ticket's channel
tickets-naming-template-hint = Needs {"{number}"}, {"{user}"} or {"{username}"}. You can also use {"{category}"}.
tickets-log-channel-id = Log channel
tickets-log-channel-id-hint = The bot notes there what happens to tickets. None = no log.

## Opening
tickets-section-opening = Opening a ticket
tickets-max-open-per-user = Open tickets a member may have
tickets-cooldown-minutes = Wait between two tickets
tickets-cooldown-minutes-hint = For one member. 0 = no wait.
tickets-anti-raid-enabled = Pause during a flood of tickets
tickets-anti-raid-enabled-hint = Nobody can open a ticket for 5 minutes, and the log channel is told.
tickets-anti-raid-threshold = What counts as a flood
tickets-anti-raid-threshold-hint = This many new tickets within a minute, in the whole server.
tickets-claim-enabled = The team can claim tickets
tickets-claim-enabled-hint = Shows everyone who is taking care of it.

## Closing
tickets-section-closing = Closing a ticket
tickets-members-may-close = Members may close their own tickets
tickets-close-needs-reason = Closing needs a reason
tickets-reopen-enabled = Closed tickets can be reopened
tickets-reopen-minutes = Reopening is possible for
tickets-reopen-minutes-hint = 0 = always, as long as the channel is there.
tickets-delete-delay-seconds = Delete a closed ticket's channel after
tickets-delete-delay-seconds-hint = 0 = keep it.
tickets-auto-close-hours = Close a quiet ticket after
tickets-auto-close-hours-hint = 0 = never.

## Transcripts
tickets-section-transcripts = Transcripts
tickets-transcripts-enabled = Keep a transcript of each ticket
tickets-transcript-channel-id = Transcript channel
tickets-transcript-channel-id-hint = Whoever can read it can read every ticket. None = transcripts are only here.
tickets-transcript-dm = Send the member their transcript privately

## Ratings
tickets-section-ratings = Ratings
tickets-ratings-enabled = Ask for a rating
tickets-rating-channel-id = Rating channel
tickets-rating-channel-id-hint = Good ratings with a text are posted there.
tickets-review-min-stars = Stars a rating needs to be posted
tickets-review-auto-approve = Post without asking the team
tickets-review-auto-approve-hint = Off: somebody has to approve each one first.

## Messages
tickets-section-messages = Messages
tickets-welcome-message = In a new ticket
tickets-welcome-message-hint = Off: nothing is sent.
tickets-claim-message = When a ticket is claimed
tickets-claim-message-hint = Off: the bot's own text.
tickets-close-message = When a ticket is closed
tickets-close-message-hint = Off: nothing is sent.
tickets-thank-you-message = When a rating is asked for
tickets-thank-you-message-hint = Off: the bot's own text.
tickets-review-message = A rating in the rating channel
tickets-review-message-hint = Off: the bot's own text.
