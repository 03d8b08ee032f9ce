### The change log: the list, one change, restoring.

title-restoration = Restore a version

## The list
history-title = Changes
history-lead = Who changed what on { $server }, the newest first.
history-only = You see what was changed of { $modules }, because this is what you were let in to.
history-entry = { $module }, change { $number }
history-filter = Choose which changes to show
history-filter-module = Module
history-any-module = All modules
history-filter-by = By
history-any-by = Anybody
history-filter-did = What was done
history-any-did = Anything
history-filter-state = On the way to the bot
history-any-state = Anywhere
history-filter-from = From
history-filter-to = Until
history-filter-do = Show
history-show-all = Show all changes
history-strange = A part of this address could not be understood and was left out.
history-no-match = No change fits
history-empty-title = Nothing was changed yet
history-empty = As soon as somebody saves a setting, it stands here: who, when, and from what to what.
history-pages = Pages of changes
history-newer = Newer changes
history-older = Older changes
history-did-create = First save
history-did-update = Changed
history-did-reset = Reset
history-did-restored = Restored
history-did-adopted = Taken over from the bot
history-state-waiting = Not sent yet
history-state-sent = Sent, not answered yet
history-state-live = Live on the bot
history-state-refused = Refused by the bot
history-state-replaced = Replaced by a newer change

## What changed
history-from = from
history-to = to
history-added = added:
history-removed = removed:
history-items = { $count ->
    [one] one
   *[other] { $count } of them
}
history-row-added = added
history-row-removed = removed
history-order-changed = put in another order
history-message-on = message turned on
history-message-off = message turned off
history-message-changed = message changed
history-same = No setting differs.
history-nothing = Nothing
history-left-out = { $count } lines are the same
history-count = { $count ->
    [one] One place differs
   *[other] { $count } places differ
}

## One change
history-by = By
history-theirs = all their changes
history-number = change { $number }
history-restores = This restored the settings of
history-restored-by = These settings were restored by
history-before = Before
history-after = After
history-before-unknown = What was set before this change is not known. It is compared with the defaults.
history-unchanged = { $count ->
    [one] One setting stayed as it was
   *[other] { $count } settings stayed as they were
}
history-restore = Restore this version…
history-restore-before = Restore what it replaced…
history-current = This is how { $module } is set now.
history-to-module = To { $module }
history-way = On its way to the bot
history-saved-at = Saved
history-sent-at = Sent
history-applied-at = Applied by the bot
history-refused-at = Refused by the bot
history-reason = Reason
history-bot = Part of the bot
history-shard = Shard
history-neighbours = Other changes of { $module }
history-previous = Previous: change { $number }
history-next = Next: change { $number }

## Restoring
restoration-title = Restore this version of { $module }?
restoration-lead = { $module } on { $server } will be set as change { $number } left it.
restoration-lead-before = { $module } on { $server } will be set as it was before change { $number }.
restoration-now = Now
restoration-then = Then
restoration-nothing = There is nothing to restore: it is set like this already.
restoration-back = Back to the change
restoration-hint = It is a change like any other: it is noted here, and can be taken back.
restoration-do = Restore this version
notice-restoration = These are the settings of { $module } from change { $number }. They can no longer be saved as they were: mend what is marked, then choose Save. Nothing is saved yet.
flash-restored-sent = { $module } is set again as in change { $number }. Sent to the bot; this page shows when it is live.
flash-restored-waiting = { $module } is set again as in change { $number }. The bot will get it as soon as the connection to it is back.
flash-nothing-to-restore = Nothing to restore: { $module } is already set like this.
