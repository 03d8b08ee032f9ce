### The first minutes: from a list of servers without any to the first saved setting; and what stands in lists that are empty.

## A new server
first-title = The first steps
first-done = Done
first-open = To do
first-here = The bot is on this server
first-here-done = It was invited, and Guildhall sees the server as the bot does.
first-allowed = The bot may do what it needs
first-allowed-done = It has every permission its modules ask for.
first-allowed-not = It lacks: { $permissions }.
first-allowed-do = Give the bot what it lacks
first-save = Choose a module and save it
first-save-done = The first settings are saved.
first-save-not = Open one of the modules below. Its page says what the bot can do of it before you save.
first-save-do = To the modules
first-live = See it live on the bot
first-live-not = After you save, the page says when the bot has it.
first-live-waits = The change is on its way. Each module's card says how far it is.

## The list of servers
first-none-1 = Somebody has to let you manage a server: its owner gives one of your roles the permission Manage Server (Server Settings → Roles → Permissions). Your own server needs nothing of the kind.
first-none-2 = Look again here. The server then stands in this list.
first-none-3 = Choose it, and invite the bot. Discord asks you to confirm, and brings you back here.
first-none-account = Do you use several Discord accounts? You are signed in as { $name }. Sign out to come with another one.
first-no-bot = The bot is on none of your servers yet. Choose the one that it is for: you are shown what the bot will be allowed to do before Discord asks you to confirm.

## Empty lists
empty-off = { $module } is off. Nothing new comes here until somebody switches it on.
empty-switch-on = Open the settings of { $module }
giveaways-empty-running-why = Start one with “New giveaway”. It stands here with its entries and its end until it is over.
giveaways-empty-scheduled-why = Give a new giveaway a time to start, and it stands here until then.
giveaways-empty-ended-why = When a giveaway is over, it stands here with its winners.
giveaways-empty-cancelled-why = What is called off before it ends stands here, with the reason.
ticket-empty-open-why = When a member opens a ticket, with a panel for example, it stands here until somebody of the team takes it.
ticket-empty-claimed-why = As soon as somebody of the team takes a ticket, it stands here.
ticket-empty-closed-why = Tickets that were closed stand here, with what was said in them.
ticket-empty-panels = To the panels
