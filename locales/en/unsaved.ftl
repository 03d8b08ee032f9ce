## What of a form is not saved yet
unsaved-count = { $count ->
    [one] { $shown } unsaved change
   *[other] { $shown } unsaved changes
}
unsaved-appears = There are unsaved changes. Save or discard them at the end of the form.
unsaved-discard = Discard
unsaved-discarded = Back to what is saved.
unsaved-undo = Undo
unsaved-changed = Changed
