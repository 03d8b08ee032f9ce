### What the bot can do and cannot do of some settings, before they are saved.

checklist-title = Before you save
checklist-all-fine = { $count ->
    [one] One thing checked, and it is fine.
   *[other] { $count } things checked, all fine.
}
checklist-impossible = { $count ->
    [one] { $count } thing cannot work
   *[other] { $count } things cannot work
}
checklist-to-look-at = { $count ->
    [one] { $count } to look at
   *[other] { $count } to look at
}
checklist-fine = { $count ->
    [one] { $count } fine
   *[other] { $count } fine
}
checklist-word-impossible = Cannot work
checklist-word-warning = Worth a look
checklist-what-is-fine = What is fine
checklist-give = Give the bot what it lacks
checklist-again = Check again
checklist-about-saved = About what is saved.
checklist-about-typed = About what you typed, which is not saved yet.
checklist-asked = Checked again with what you typed. Nothing is saved yet.

## What is fine
checklist-fine-server = The bot may do all it needs on this server.
checklist-fine-channel = The bot may do all it needs in { $channel }.
checklist-fine-category = The bot may do all it needs in { $channel }, which has { $count } of { $max } channels.
checklist-fine-give = The bot can give { $role }.
checklist-fine-ping = The bot can mention { $role }.
checklist-fine-roles = { $count ->
    [one] The role exists.
   *[other] All { $count } roles exist.
}
checklist-fine-presence = The bot sees what members play.
checklist-fine-content = The bot can read messages for transcripts.

## What the bot may not do
problem-bot-may-not = The bot lacks permissions on this server: { $permissions }. In Discord: Server Settings → Roles → { $role } → Permissions, switch them on.
problem-bot-without-role = The bot lacks permissions on this server: { $permissions }. It has no role of its own here: invite it once more, and Discord makes one.
problem-bot-may-not-in = The bot lacks permissions in { $channel }: { $permissions }. In Discord: { $channel } → Edit Channel → Permissions → { $role }, allow them.
problem-bot-may-not-in-category = The bot lacks permissions in the category { $channel }: { $permissions }. In Discord: { $channel } → Edit Category → Permissions → { $role }, allow them.
problem-bot-timed-out = { $bot } is timed out on this server and can do nothing until that ends. In Discord: open its profile, and remove the timeout.
problem-bot-may-not-mention = A mention of { $role } notifies nobody. In Discord: Server Settings → Roles → { $role }, allow anyone to mention it; or let { $bot } mention all roles.

## Categories and channels
problem-category-full = { $channel } is full, with { $count } of { $max } channels. Choose another category, or remove channels from it.
problem-category-full-overflows = { $channel } is full, with { $count } of { $max } channels. What is new goes into the overflow category.
problem-category-nearly-full = { $left ->
    [one] { $channel } has { $count } of { $max } channels: room for one more.
   *[other] { $channel } has { $count } of { $max } channels: room for { $left } more.
}
problem-log-open = Everyone on the server can read { $channel }. Choose a private channel if that is not meant.

## What the application may not hear
problem-intent-presence = The bot does not see what members play, so {"{activity}"} always reads “room”. Whoever runs the bot has to switch on the presence intent.
problem-intent-content = The bot cannot read messages, so transcripts stay empty. Whoever runs the bot has to switch on the message content intent.

## Permissions that no module asks for, and those that Discord calls otherwise on the pages of a channel
permission-mention-everyone = Mention @everyone, @here and All Roles
permission-there-view-channel = View Channel
permission-there-manage-channels = Manage Channel
permission-there-manage-roles = Manage Permissions
