### The words of the templates. A key starts with the page or part it stands on.

## Around every page
layout-skip = Skip to the content
layout-signed-in-as = Signed in as
layout-sign-out = Sign out
layout-support = Support
layout-privacy = Privacy
layout-terms = Terms
nav-label = Server
nav-menu = Menu
nav-switch = All servers
state-on = On
state-off = Off

## The landing page
landing-title = Run your Discord server from one quiet place
landing-lead = Set up your bot in plain forms. Each change is checked before it is saved, and you see it go live on the bot.
landing-sign-in = Sign in with Discord
landing-asks = Discord will ask to share your name and the list of your servers. Guildhall cannot read your messages.
landing-promises = What you can rely on
landing-kept-title = Nothing gets lost
landing-kept = Is the bot away? Your change waits, and reaches it in order once it is back.
landing-seen-title = You see where it is
landing-seen = Every page says who changed what last, and follows the change until it is live on the bot.
landing-checked-title = Mistakes show first
landing-checked = A missing permission or a deleted channel is named before you save, not after.
landing-everywhere-title = Works anywhere
landing-everywhere = On a phone, by keyboard, with a screen reader, and without scripts.
landing-modules = What you can set up
landing-tempvoice = TempVoice.
landing-tempvoice-purpose = Join a channel, get a room of your own.
landing-giveaway = Giveaway.
landing-giveaway-purpose = Fair draws with rules you choose.
landing-tickets = Tickets.
landing-tickets-purpose = Private help for members, with transcripts.
landing-music = Music.
landing-music-purpose = Who may play what, where, and how loud.

## Choosing a server
picker-title = Your servers
picker-lead = You can change the bot on servers that you own or may manage.
picker-search = Find a server by name
picker-search-do = Search
picker-search-clear = Clear
picker-count = { $total ->
    [one] { $shown } of { $total } server
   *[other] { $shown } of { $total } servers
}
picker-last-used = Last used
picker-owner = You own it
picker-staff = You are staff here
picker-with-bot = With the bot
picker-invitable = Without the bot
picker-invitable-hint = Choose one to invite the bot.
picker-none-title = No server to manage yet
picker-none = You need to own a server, or have the Manage Server permission there. This is how one comes into this list:
picker-look-again = Look again
picker-no-match = No server is called { $query }
picker-show-all = Show all servers

## A server
overview-lead = What the bot does here. Choose a module to change it.
overview-lead-looking = What the bot does here. Choose a module to see how it is set.
overview-modules = Modules
overview-defaults = Not changed yet. These are the defaults.
change-number = Change { $number } by { $by }
absent-title = The bot is not on this server
absent-kept-until = Settings are kept until { $date }. You can read them here; invite the bot again to change them.
absent-kept = You can read the settings here. Invite the bot to change them.
absent-invite = Invite the bot

## Inviting
invite-title = Invite the bot to { $server }
invite-lead = The bot is not on this server yet. Discord asks you to confirm, then brings you back here.
invite-do = Continue on Discord
invite-check = I have added it, check again
invite-back = Not brought back by Discord? Come back to this page and press “I have added it, check again”.
invite-permissions = What the bot will be allowed to do
invite-permissions-hint = Only what its modules need. You can take any of it away on Discord; Guildhall then tells you what no longer works.

## A form
form-defaults = Not saved yet. These are the defaults.
form-errors = { $count ->
    [one] Nothing was saved. There is one thing to correct:
   *[other] Nothing was saved. There are { $count } things to correct:
}
form-warnings = Good to know
form-sections = On this page
form-save = Save
form-reset = Set back to defaults…
field-error = Error:
field-warning = Warning:
field-between = { $min } to { $max }.
field-lines = Up to { $max } lines of up to { $each } characters.
field-at-most = At most { $max } characters.
field-color = As #rrggbb.
field-color-optional = As #rrggbb, or empty.
row-up = Move up
row-down = Move down
row-remove = Remove
rows-full = The list is full.
template-edit = Edit this message
template-placeholders = Placeholders
template-placeholders-hint = Type them as they stand here, with the braces; the bot fills them in.
template-embed = Embed
template-preview = Preview
template-preview-hint = Shows the message with example values. Saves nothing.

## The preview of a message
preview-title = Preview
preview-bot = Bot
preview-title-link = The title links to
preview-thumbnail = Small image from
preview-image = Image from
preview-timestamp = the time it is sent

## Setting back
reset-title = Set { $module } back to the defaults?
reset-lead = { $module } on { $server } will work as if nobody had ever changed it.
reset-count = { $count ->
    [one] One setting changes
   *[other] { $count } settings change
}
compare-setting = Setting
reset-now = Now
reset-then = Then
reset-undo = It is noted who did it and what was set before.
reset-do = Set { $module } back
reset-keep = Keep it as it is
reset-nothing = Everything is at its default already. There is nothing to set back.
reset-back = Back to { $module }

## Somebody else saved meanwhile
conflict-title = { $module } was changed while you were editing
conflict-lead = Nothing of yours is saved yet, and nothing on { $server } is overwritten. Look at what differs, then save both together.
conflict-choose = { $count ->
    [one] One setting was changed by both of you: choose whose is saved.
   *[other] { $count } settings were changed by both of you: choose whose are saved.
}
conflict-merged = { $count ->
    [one] One setting was changed by one side only; that side is chosen already.
   *[other] { $count } settings were changed by one side only; that side is chosen already.
}
conflict-was = Before
conflict-was-unknown = not known any more
conflict-mine = Yours
conflict-theirs = Theirs
conflict-both = changed by both
conflict-choose-one = Choose one of the two
conflict-missing = Nothing is saved yet. Choose whose is saved for:
conflict-same = Both sides say the same. There is nothing left to save.
conflict-save = Save what is chosen
conflict-drop-mine = Drop mine
conflict-hint = Whatever is not chosen stays noted in the change log if it was saved before.

overtaken-title = { $module } was changed meanwhile
overtaken-lead = Nothing is done yet, and nothing on { $server } is overwritten. Compare, then choose.
overtaken-count = { $count ->
    [one] One setting differs
   *[other] { $count } settings differ
}
overtaken-same = Both sides say the same. There is nothing left to do.
overtaken-do = Do it all the same
overtaken-hint = Going on replaces every setting in this list. What they saved stays noted.

## When something went wrong
error-request = If you ask for help, name this request:
