### The change log as a file, how long it is kept, and what it tells besides settings.

## The list
history-kept-ever = Nothing is ever removed from this list.
history-kept-days = Changes are kept for { $days } days; the newest of each module always stays.
history-export = Export these changes:
history-export-csv = CSV
history-export-json = JSON
history-export-format = The address must name a format: CSV or JSON.
history-export-strange = A part of this address could not be understood. The file could hold more than you asked for.
history-did-commands = Commands
history-did-panels = Panels and playlists
history-did-giveaways = Giveaways
history-command = What became of it

## A change in one line of a file
history-line-from-to = { $label }: { $before } → { $after }
history-line-added = { $label }: added { $added }
history-line-removed = { $label }: removed { $removed }
history-line-both = { $label }: added { $added }, removed { $removed }
history-line-said = { $label }: { $said }

## Around one change
history-restores-gone = This restored the settings of a change that is no longer kept.
history-imported-with = Imported together with
history-copied-with = Copied together with
history-saved-with = Saved together with

## What was done besides settings
history-act-content = { $label } was changed
history-act-panel-create = The panel { $label } was made
history-act-panel-update = The panel { $label } was changed
history-act-panel-delete = The panel { $label } was deleted
history-act-playlist-create = The playlist { $label } was made
history-act-playlist-update = The playlist { $label } was changed
history-act-playlist-delete = The playlist { $label } was deleted
history-act-giveaway-create = The giveaway { $label } was made
history-act-giveaway-update = The giveaway { $label } was changed
history-nameless = Something without a name here
history-kept-secret = Kept secret

## The fields of panels, playlists and giveaways
thing-name = Name
thing-title = Title
thing-description = Description
thing-color = Color
thing-url = Address
thing-image = Image
thing-image-url = Image
thing-thumbnail = Small image
thing-footer = Footer
thing-text = Text
thing-embed = Embed
thing-channel-id = Channel
thing-category-id = Category
thing-host-id = Host
thing-owner-id = Owner
thing-owner-name = Owner
thing-shared = Shared
thing-enabled = Enabled
thing-tracks = Tracks
thing-seconds = Seconds
thing-component-type = Kind of buttons
thing-button-style = Color of the buttons
thing-select-placeholder = Text of the empty list
thing-placeholder = Placeholder
thing-categories = Categories
thing-questions = Questions
thing-options = Options
thing-required = Required
thing-kind = Kind
thing-style = Style
thing-min-length = Characters at least
thing-max-length = Characters at most
thing-emoji = Emoji
thing-ping-role-ids = Roles to ping
thing-ping-role-id = Role to ping
thing-naming-template = Names of tickets
thing-claim-enabled = Can be claimed
thing-prize = Prize
thing-secret-prize = Secret prize
thing-winners = Winners
thing-starts-at = Starts
thing-ends-at = Ends
thing-notes = Notes
thing-required-role-ids = Required roles
thing-required-role-mode = Which of the required roles
thing-blocked-role-ids = Blocked roles
thing-bonus-entries = Bonus entries
thing-booster-bonus-entries = Bonus entries of boosters
thing-min-account-age-days = Days the account is old at least
thing-min-member-days = Days on the server at least
thing-role-id = Role
thing-entries = Entries
