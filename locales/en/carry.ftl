### Export, import and copy of settings.

## What is wrong with a file
carry-not-json = This is not JSON: it cannot be read from line { $line }, column { $column } on.
carry-too-deep = This is nested deeper than { $max } levels, at line { $line }, column { $column }.
carry-name-twice = The name { $name } stands twice in one object, at line { $line }, column { $column }.
carry-not-ours = This is no file of settings from Guildhall.
carry-version = This version of the file is not known here. Known is version { $version }.
carry-schema = The settings have another shape than here. Known is schema { $schema }.
carry-unknown-module = There is no such module.
carry-no-modules = There is no module in the file.
carry-unknown-field = There is no such field.
carry-missing-field = This field is missing.
carry-not-an-object = This must be an object.
carry-not-a-list = This must be a list.
carry-not-a-switch = This must be true or false.
carry-not-a-number = This must be a whole number.
carry-not-a-text = This must be a text.
carry-not-an-id = This must be an id, as a text of digits.
carry-too-many = There can be at most { $max }. There are { $count }.
carry-names = The names cannot be read: { $why }
carry-name-too-long = A name has at most { $max } characters.
carry-no-such-module = There is no module { $module } to export.

## Where it begins
overview-carry = Export, import, copy
nav-carry = Export, import, copy
carry-title = Export, import, copy
carry-lead = Take the settings of { $server } with you, or bring some here.
carry-modules = Modules
carry-export = Export
carry-export-intro = One file with what is set, and with the names of the channels, roles and emoji in it that you can see. It holds no messages and no members.
carry-export-do = Download the file
carry-import = Import
carry-import-intro = A file that was exported here or elsewhere. You see what it would change before anything does.
carry-read-only = While the bot is not on this server, nothing can be imported.
carry-file = File
carry-file-hint = JSON, at most 2 MiB
carry-import-do = Show what would change
carry-copy = Copy to another server
carry-copy-intro = The same without a file: to a server that you manage too.
carry-copy-go = Choose a server
carry-back = Back
carry-refused = Nothing was imported: the file is not as it must be
carry-it-is = It says:
carry-more-flaws = { $count ->
    [one] and one more place
   *[other] and { $count } more places
}
carry-no-file = Choose a file first.
carry-gone = This preview is too old, or a newer one has taken its place. Begin again; nothing was saved.
carry-choose-module = Choose at least one module. Nothing was saved.

## Choosing a server
title-copy = Copy
copy-lead = What is set on { $server } is shown side by side with what is set there, before anything changes.
copy-target = To
copy-target-hint = Servers that you manage and that have the bot
copy-do = Show what would change
copy-choose-server = Choose another server to copy to. Nothing was saved.
copy-nowhere-title = There is no other server
copy-nowhere = You manage no other server that has the bot.

## The preview
title-carry-preview = Preview of the import
carry-preview-title = Import into { $server }?
carry-preview-lead = This is what the file would change. Nothing is saved yet.
carry-preview-lead-copy = This is what the settings of { $source } would change on { $server }. Nothing is saved yet.
carry-preview-errors = These modules cannot be imported as they are
carry-preview-nothing = There is nothing to import: everything is set like this already.
carry-preview-choices = { $count ->
    [one] One name to look at
   *[other] { $count } names to look at
}
carry-preview-choices-intro = These are not on this server, or you cannot use them here. What has the same name is chosen already; choose for the others, or leave them empty.
carry-preview-same = Nothing changes: it is set like this already.
carry-preview-take = Import { $module }
carry-preview-now = Now
carry-preview-then = Then
carry-preview-hint = All chosen modules are saved together, or none. Each is a change like any other: it is noted, and can be taken back.
carry-preview-do = Import
carry-preview-again = Show again with these choices
carry-preview-cancel = Cancel
carry-named = { $kind } { $name }
carry-nameless = { $kind } without a name here, { $id }
carry-used-by = For { $modules }
carry-a-category = Category
carry-a-voice-channel = Voice channel
carry-a-text-channel = Text channel
carry-a-role = Role
carry-an-emoji = Emoji
carry-module-stopped = { $count ->
    [one] { $module }: one problem
   *[other] { $module }: { $count } problems
}
carry-shown-again = This is what your choices make. Nothing is saved yet.
carry-stopped = Nothing was saved: mend what is marked, or leave that module out.
carry-conflict = Somebody has saved meanwhile, and nothing was imported. This is what would change now.
flash-carried-sent = { $count ->
    [one] One module of { $server } was imported. Sent to the bot; this page shows when it is live.
   *[other] { $count } modules of { $server } were imported. Sent to the bot; this page shows when they are live.
}
flash-carried-waiting = { $count ->
    [one] One module of { $server } was imported. The bot will get it as soon as the connection to it is back.
   *[other] { $count } modules of { $server } were imported. The bot will get them as soon as the connection to it is back.
}
flash-nothing-to-carry = Nothing to import: { $server } is set like this already.
