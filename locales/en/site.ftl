site-name = Guildhall

### What the code says: titles, flashes, errors, states.

## Titles
title-landing = Guildhall: run your Discord server from one quiet place
title-error = Error: { $what } · Guildhall
title-preferences = Preferences · Guildhall
title-preferences-saved = Saved: preferences · Guildhall
title-preferences-errors = Error: preferences · Guildhall
title-picker = Your servers · Guildhall
title-overview = { $server } · Guildhall
title-invite = Add the bot to { $server } · Guildhall
title-reset = Set back to defaults
nav-overview = Overview
nav-changes = Change log

## What happened to a change
flash-saved-sent = { $module } saved. Sent to the bot; this page shows when it is live.
flash-saved-waiting = { $module } saved. The bot will get it as soon as the connection to it is back.
flash-nothing-to-save = Nothing to save: { $module } is already set like this.
flash-reset-sent = { $module } is back to its defaults. Sent to the bot; this page shows when it is live.
flash-reset-waiting = { $module } is back to its defaults. The bot will get it as soon as the connection to it is back.
flash-nothing-to-reset = Nothing to reset: { $module } has its defaults already.
actor-system = Guildhall itself
actor-gone = Deleted account { $id }
actor-bot = the bot itself
delivery-saved = Saved, on its way to the bot
delivery-waiting-connection = Waiting: the connection to the bot is lost since { $since }
delivery-sent = Sent to the bot, which has not answered yet
delivery-sent-unreported = Sent (this bot does not report back)
delivery-waiting-bot = Waiting: the bot is offline since { $since }
delivery-waiting-bot-ever = Waiting: the part of the bot that serves this server is not running
delivery-live = Live on the bot
delivery-live-ms = Live on the bot, { $ms } ms
delivery-live-seconds = Live on the bot, after { $seconds } seconds
delivery-live-minutes = Live on the bot, after { $minutes } minutes
delivery-refused = The bot refused this change
delivery-refused-because = The bot refused this change: { $reason }
delivery-replaced = Replaced by a newer change
delivery-as-of = As of { $time }.
delivery-check-again = Check again
delivery-go-back = Go back to the last version the bot accepted
announce-delivery = { $module }: { $state }

## The bot is away
banner-offline = The bot is offline since { $since }. You can go on: changes are kept, and reach it when it is back.
banner-offline-ever = The part of the bot that serves this server is not running. You can go on: changes are kept, and reach it when it starts.
banner-connection = The connection to the bot is lost since { $since }. You can go on: changes are kept, and reach it when the connection is back.

## Live updates
form-saved-meanwhile = These settings were saved elsewhere since you opened this page. What you type here is kept; when you save, you see both sides and choose.
form-see-newest = Load the newest
live-pause = Pause live updates
live-resume = Resume live updates
live-lost = Live updates are interrupted. Guildhall tries again by itself; reload the page to see how things are now.
live-end-rights = Live updates have ended: you may not open this server any more.
live-end-session = Live updates have ended: you are signed out. Sign in again to go on; what you typed on this page is still here.
live-end-many = Live updates have ended here, because you have opened more pages of this kind since. Reload this one to go on with it.
live-end-unsure = Live updates are paused: it cannot be checked at the moment that you may still open this server. They go on by themselves once it can.
live-end-slow = Live updates have ended, because this page could not keep up. Reload it to see how things are now.

## An open page whose session has ended
ended-title = You are signed out · Guildhall
ended-nothing = This page shows nothing any more, because you are signed out. To go on:
ended-unsent = Because you are signed out, this page shows only what you have not sent. That stays here until you close the page. Send it, and it is kept for an hour while you sign in; or copy it first.
ended-another = This page shows nothing any more, because somebody else has signed in in this browser. To go on yourself:
ended-anew = You have signed in anew since this page was opened. What you typed is still here. When you send it, it is shown to you once more, to send it again: this page still belongs to your session of before.
ended-unsure = Guildhall cannot be asked at the moment whether you are still signed in. Until then this page shows nothing; what you typed on it is kept.
ended-again = Ask again

## Lines at the top of a form
notice-rows = The list has changed on this page only. Nothing is saved yet: choose Save when you are done.
notice-draft = This is what you typed before you signed in again. It is not saved yet: look it over, then save it.
notice-draft-looked-at = This is what you typed before you signed in again. It is not saved yet, and is kept for an hour: save it once you may change this.
notice-draft-unsent = This is what you typed before you signed in again. Nothing has been sent yet: look it over first.
notice-schema = Guildhall was updated while you had this page open. What you typed is kept; look over the settings that are new, then choose Save.
notice-preview = This is a preview. Nothing is saved yet.
notice-no-preview = There is nothing to preview here. Nothing is saved yet.

## Choices and values
form-chosen = { $count ->
    [0] None chosen
   *[other] { $count } chosen
}
choice-none = None
choice-choose = Choose one
choice-automatic = Automatic
choice-unknown = Something that is no longer offered
choice-bot-away = Not known while the bot is away
choice-channel-gone = Deleted or hidden from the bot
choice-channel-unseen = A channel you cannot see
choice-channel-kind = Of another kind than is needed here
choice-role-gone = A role that was deleted
choice-numbered = { $what } (ID …{ $end })
choice-category-fullness = { $count } of { $max } channels
value-on = On
value-off = Off
value-changed = changed
value-none = None
fact = { $label }: { $value }
facts-more = { $count ->
    [one] and one more setting
   *[other] and { $count } more settings
}

## About the whole form
problem-form = These settings could not be understood. Load the page again and enter your changes once more.
problem-revision-missing = The form arrived without its revision, so it cannot be told whether somebody else has saved meanwhile. Load the page again and enter your changes once more.
form-sent-twice = The field “{ $name }” arrived twice. Load the page again and enter your changes once more.
form-cut-off = The form was cut off on its way here.
form-not-utf8 = The form holds bytes that are not text (UTF-8).
request-unreadable = The request could not be understood.

## Errors: what happened, what it means, what next
error-nothing-saved = Nothing was saved.
error-kept = Nothing was saved, but what you typed is kept for an hour. Sign in again and it will be there.
error-send-again = Send it again
error-unreadable-title = This request cannot be understood
error-unreadable-advice = Go back, load the page again and try once more.
error-signed-out-title = You are signed out
error-signed-out-advice = Sign in again, then make your change once more.
error-signed-out-draft-title = You are signed out
error-signed-out-draft-advice = Your change was not saved, but what you typed is kept for an hour. Sign in again and it will be there.
error-no-access-title = You cannot manage this server
error-no-access-advice = Either the server is not known here, or you may not manage it. You need to own it, or have Administrator or Manage Server there, or its managers have to let you in as staff. If you have just been given that, wait a minute and try again.
error-not-given-title = You were not let in here
error-not-given-advice = You may use other parts of this server. For this one, ask somebody who manages it: they can let you in on the page “Staff”.
error-second-factor-title = This server asks for two-factor authentication
error-second-factor-advice = It asks for it of everybody who changes something, and your Discord account had none when you signed in here, or you signed in before Guildhall asked for it. If it is on already, just sign in here again. If not, turn it on in Discord first (User Settings → My Account).
error-second-factor-always-title = This dashboard asks for two-factor authentication
error-second-factor-always-advice = It asks for it of everybody who changes something, on every server, and your Discord account had none when you signed in here, or you signed in before Guildhall asked for it. If it is on already, just sign in here again. If not, turn it on in Discord first (User Settings → My Account).
error-form-refused-title = This form is too old to be accepted
error-form-refused-advice = It was opened before you last signed in, or it did not come from a page of Guildhall. Load the page again before you change anything.
error-bot-absent-title = The bot is not on this server
error-bot-absent-advice = Settings cannot be changed while the bot is away. Open the server's page to invite it again; what was set before is kept for 30 days.
error-not-found-title = There is no such page
error-not-found-advice = Check the address, or start from your servers.
error-method-title = This page cannot do that
error-method-advice = Go back and use the buttons on the page.
error-too-large-title = That is too much at once
error-too-large-advice = What you sent is larger than anything here needs to be: a form has at most 1 MiB, a file 2 MiB. Shorten the longest texts or choose a smaller file, then try again.
error-too-slow-title = Sending this took too long
error-too-slow-advice = What you sent was not here whole within a minute, so it was given up. Check your connection, go back and send it again.
error-wrong-host-title = This address is not served here
error-wrong-host-advice = Use the address you were given for this dashboard.
error-unsupported-type-title = The request has an unknown form
error-unsupported-type-advice = Use the form on the page. Scripts send application/x-www-form-urlencoded, and multipart/form-data where a file is asked for, neither of them compressed.
error-too-many-title = That was a lot in a short time
error-too-many-advice = { $seconds ->
    [one] Wait one second, then try again.
   *[other] Wait { $seconds } seconds, then try again.
}
error-internal-title = Something went wrong on our side
error-internal-advice = It has been noted. Try again in a moment; if it happens again, tell the people who run this dashboard.
error-discord-title = Discord does not answer
error-discord-advice = Guildhall asks Discord what you may do, and does not guess. Try again in a minute.
error-discord-wait-title = Discord asks us to wait
error-discord-wait-advice = { $seconds ->
    [one] Try again in one second.
   *[other] Try again in { $seconds } seconds.
}
error-misconfigured-title = The dashboard is not set up correctly
error-misconfigured-advice = Discord does not accept the dashboard's own credentials. The people who run it have to mend that; your settings are safe.
error-database-title = Settings cannot be reached right now
error-database-advice = Try again in a few seconds.
action-sign-in = Sign in again
action-try-sign-in = Try signing in again
action-try-again = Try again
action-home = To the start page
action-servers = To your servers
action-server = To the server's page
action-load-again = Load the page again

## Permissions, as Discord names them
permission-view-channel = View Channels
permission-connect = Connect
permission-speak = Speak
permission-manage-channels = Manage Channels
permission-manage-roles = Manage Roles
permission-move-members = Move Members
permission-send-messages = Send Messages
permission-embed-links = Embed Links
permission-attach-files = Attach Files
permission-read-message-history = Read Message History
