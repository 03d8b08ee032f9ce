### Commands to the bot: what it is told to do, and how far that has come.


## What the bot is told to do
command-doing-send-panel = Sending the control panel to { $label }
command-doing-ticket-panel-v2 = Sending the panel { $label }
command-doing-panel-remove = Removing the panel { $label }
command-doing-giveaway-create = Starting the giveaway { $label }
command-doing-giveaway-update = Changing the giveaway { $label }
command-doing-giveaway-end = Ending the giveaway { $label }
command-doing-giveaway-cancel = Cancelling the giveaway { $label }
command-doing-giveaway-reroll = Drawing new winners of { $label }
command-doing-ticket-close = Closing { $label }
command-doing-review-publish = Posting the review of { $label }
command-some-channel = a channel
command-doing-voice-room-close = Closing the room { $label }
command-doing-send-test = Sending you the message { $label } as a test
command-doing-state-request = Asking the bot what is open
command-doing-other = { $label }

## How far it has come
command-waiting = On its way to the bot
command-waiting-connection = It will be sent as soon as the connection to the bot is back, which is lost since { $since }
command-sent = Sent to the bot, which has not answered yet
command-sent-away = Sent; the bot is offline at the moment and may come back too late for it
command-done = Done
command-failed = The bot could not do it, and gave no reason
command-failed-because = The bot could not do it: { $reason }
command-expired = It could not be sent in time. The bot has not done it, and will not
command-no-answer = No answer. We do not know whether the bot did it
command-posted = See the message in Discord
command-try-again = Try again
command-failed-expired = It reached the bot too late, so the bot has not done it
command-failed-missing-permissions = The bot has not done it: it lacks a permission in Discord
command-failed-unknown-channel = The bot has not done it: it cannot find the channel
command-failed-already-ended = There was nothing to do: it has ended already
command-failed-already-closed = There was nothing to do: it is closed already
command-failed-not-found = The bot has not done it: it does not know what this is about
command-failed-unknown-outcome = The bot was restarted while it was at it, and does not know whether it has done it
command-failed-unknown-command = The bot does not know how to do this
command-failed-invalid = The bot has not done it: something in it cannot be done like this
command-failed-module-disabled = The bot has not done it: this module is off
command-advice-expired = Do it once more: the bot has two minutes each time.
command-advice-missing-permissions = Give the bot’s role what the module’s page lists, in that channel too, then do it once more.
command-advice-unknown-channel = Was it deleted, or hidden from the bot? Choose another one, or let the bot see it.
command-advice-already-ended = The list shows how things are now.
command-advice-already-closed = The list shows how things are now.
command-advice-not-found = It may be gone. The list shows how things are now.
command-advice-unknown-outcome = Look at the server in Discord before you do it once more.
command-advice-unknown-command = It may be an older version. Tell whoever runs the bot.
command-advice-invalid = Look it over, save it, then do it once more.
command-advice-module-disabled = Switch the module on and save, then do it once more.
announce-command = { $doing }: { $state }

## After giving one
flash-command-sent = { $doing }: sent to the bot. This page shows what comes of it.
flash-command-waiting = { $doing }: it will be sent as soon as the connection to the bot is back, if that is within two minutes.
flash-command-again-sent = { $doing }: sent to the bot once more. If it did it the first time, it does not do it again.
flash-command-again-waiting = { $doing }: it will be sent once more as soon as the connection to the bot is back.
flash-command-settled = The bot has answered meanwhile, so nothing was sent again.

## The page of one
command-again-same = The bot has two minutes for it, until { $until }. Trying again sends the very same command: if the bot did it the first time, it does not do it a second time.
command-again-new = Trying again gives the bot a new command. The first one may have happened: look at the server in Discord before you do.
command-again-never = The first one was never sent. Trying again gives the bot a new command.
command-again-not-yours = Only who gave this can try it again, as long as they may write in that channel. You can give it yourself from its own page.
command-again-channel = You cannot try this again: you cannot see or write in the channel the bot would write in.
command-again-mention = You cannot try this again: it mentions a role that you may not mention.
command-repeats-perhaps = This says an earlier command again, which may have happened.
command-repeats-never = This says an earlier command again, which was never sent.
command-repeats-done = This says an earlier command again, which the bot has answered meanwhile.
command-earlier = The earlier command
command-later = It was given again
command-by = Given by
command-way = What is known of it
command-given-at = Given
command-sent-at = Sent
command-answered-at = Answered
command-expires-at = In time until
command-to-change = In the change log
