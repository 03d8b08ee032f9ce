### Ticket panels: the list, a panel, its categories, posting it.

nav-panels = Ticket panels
title-panel-category = { $category }

## The list
panels-title = Ticket panels
panels-lead = Messages on { $server } by which members open tickets. The bot posts them where you say.
panels-new = New panel
panels-new-go-on = Go on with the new panel
panels-full = This server has as many panels as it can. Delete one to make another.
panels-empty-title = No panel yet
panels-empty = Make one, give it a category for each kind of question, and have the bot post it.
panels-drafted = Not saved yet
panels-categories = { $count ->
    [one] One category
   *[other] { $count } categories
}

## Where it is posted
panel-posting-title = In Discord
panel-posted-in = Posted in
panel-posted-behind = What is posted is older than what is saved. Post it anew.
panel-posted-nowhere = Not posted
panel-posting-saved = What is posted is what was saved last, without what is not saved yet.
panel-post-channel-id = Channel
panel-post-channel-id-hint = A text channel in which you may write yourself.
panel-post-section-post = Post it
panel-post-do = Post the panel
panel-post-elsewhere = Post it in this channel
panel-post-again = Post it anew
panel-post-again-hint = Posting it anew, or in another channel, removes the message that is there now. Open tickets stay as they are.
panel-remove = Remove it from Discord…
panel-delete = Delete this panel…
panel-discard = Discard what is not saved…

## A panel
panel-new = New panel
panel-lead = What members on { $server } see, and what they can choose from.
panel-notice-draft = This is what you typed and have not saved yet. It is kept for a day after your last change.
panel-fresh-title = How can we help?
panel-fresh-description = Choose what it is about. A private channel opens, and the team answers there.
panel-section-name = Name
panel-name = Name
panel-name-hint = For you and the team. Members do not see it.
panel-section-embed = The message
panel-title = Title
panel-description = Text
panel-color = Color
panel-image-url = Image
panel-thumbnail-url = Small image
panel-footer = Footer
panel-section-choosing = How members choose
panel-component-type = Members choose by
panel-component-type-buttons = Buttons
panel-component-type-select = A menu
panel-button-style = Color of the buttons
panel-button-style-primary = Blurple
panel-button-style-secondary = Gray
panel-button-style-success = Green
panel-button-style-danger = Red
panel-select-placeholder = What the menu says
panel-select-placeholder-hint = Empty = Discord’s own words.

## Its categories
panel-section-categories = Categories
panel-section-categories-intro = What members can choose from, in this order. Each has a page of its own; nothing is saved until you save the panel.
panel-categories = Categories
panel-categories-row = Category { $number }
panel-categories-add = Add a category
panel-categories-empty = No category yet. A panel needs at least one.
panel-category-new = New category
panel-category-edit = Edit
panel-category-off = Off
panel-category-questions = { $count ->
    [0] No questions
    [one] One question
   *[other] { $count } questions
}
panel-category-lead = One of the choices of { $panel } on { $server }.
panel-category-keep = Keep this category
panel-category-keep-hint = Then save the panel: until then nothing changes.
panel-category-drop = Back without keeping it
panel-category-kept = { $category } is kept, but not saved yet. Save the panel when it is complete.
panel-categories-section-category = The category
panel-categories-name = Name
panel-categories-name-hint = What members read on the button or in the menu.
panel-categories-emoji = Emoji
panel-categories-emoji-hint = An emoji, or one of this server by its name, like :party:. Empty = none.
panel-categories-description = Description
panel-categories-description-hint = Shown in a menu.
panel-categories-enabled = Members can choose it
panel-categories-enabled-hint = A panel that is posted changes only when you post it anew.
panel-categories-category-id = Discord category
panel-categories-category-id-hint = Where its tickets are made. None = as in the settings of Tickets.
panel-categories-naming-template = Name of a ticket’s channel
panel-categories-naming-template-hint = Needs {"{number}"}, {"{user}"} or {"{username}"}. You can also use {"{category}"}.
panel-categories-ping-role-ids = Roles to ping
panel-categories-ping-role-ids-hint = At most 10. They are mentioned in each new ticket.
panel-categories-claim-enabled = The team can claim its tickets
panel-categories-section-form = Questions
panel-categories-section-form-intro = Asked before the ticket opens. Discord allows five.
panel-categories-questions = Questions
panel-categories-questions-row = Question { $number }
panel-categories-questions-add = Add a question
panel-categories-questions-empty = No question: the ticket opens at once.
panel-categories-questions-label = Question
panel-categories-questions-style = Answered by
panel-categories-questions-style-short = A short text
panel-categories-questions-style-paragraph = A longer text
panel-categories-questions-style-select = A choice from a list
panel-categories-questions-required = Must be answered
panel-categories-questions-placeholder = Example shown in the empty field
panel-categories-questions-min-length = Shortest answer, in characters
panel-categories-questions-max-length = Longest answer, in characters
panel-categories-questions-max-length-hint = 0 = no limit of its own.
panel-categories-questions-options = Choices, one on a line
panel-categories-questions-options-hint = For a choice from a list: at least 2.

## What is wrong with one
problem-panel-empty = Give the message a title, a text or an image.
problem-panel-no-category = Add a category. A panel needs at least one.
problem-panel-all-off = No category can be chosen, so the panel cannot be posted.
problem-panel-lengths = The shortest answer cannot be longer than the longest, which is { $max }.
problem-panel-options = Type at least two choices.
problem-panel-option-twice = { $option } is there twice. Choices must differ.
problem-panel-category-twice = Another category of this panel has this name. Choose another one.
problem-panel-name-taken = Another panel of this server has this name. Choose another one.
problem-panel-full = This server has { $max } panels, as many as it can. Delete one first.

## The preview
preview-buttons = Buttons below the message
preview-options = Choices of the menu
preview-select = Make a selection

## After something was done
flash-panel-saved = { $panel } saved. The bot has it; what is posted in Discord changes when you post it anew.
flash-panel-saved-waiting = { $panel } saved. The bot will get it as soon as the connection to it is back.
flash-panel-same = Nothing to save: { $panel } is already like this.
flash-panel-discarded = What you had typed for { $panel } is gone.
flash-panel-deleted = { $panel } deleted.
flash-panel-deleted-posted = { $panel } deleted. The bot was told to remove its message from Discord.
flash-panel-changed = Somebody has changed { $panel } meanwhile, so nothing was deleted. Look at it, then delete it if you still want to.
flash-panel-not-posted = { $panel } is not posted, so there is nothing to remove.
flash-panel-all-off = { $panel } was not posted: members could choose nothing. Switch a category on, then save.

## Somebody was first
panel-conflict-title = { $panel } was changed meanwhile
panel-conflict-lead = Somebody has saved { $panel } on { $server } since you opened it. Nothing of yours was saved, and nothing is lost: compare the two.
panel-conflict-save = Save mine instead of theirs
panel-conflict-go-on = Go on with mine
panel-conflict-hint = What you replace stays in the change log.

## Asking first
panel-deletion-title = Delete { $panel }?
panel-deletion-lead = { $panel } and its categories are deleted from { $server }. Open tickets stay as they are.
panel-deletion-besides = The bot also removes its message from { $channel }.
panel-deletion-do = Delete the panel
panel-deletion-keep = Keep it
panel-removal-title = Remove { $panel } from Discord?
panel-removal-lead = The bot removes the message of { $panel } on { $server }, and members can no longer open tickets by it. The panel stays here and can be posted again.
panel-removal-do = Remove the message
panel-removal-keep = Keep it
panel-discarding-title = Discard what you typed for { $panel }?
panel-discarding-lead = What you typed for { $panel } on { $server } and have not saved is gone then. What is saved stays.
panel-discarding-do = Discard what is not saved
panel-discarding-keep = Go on with it
