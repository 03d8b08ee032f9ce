### Choosing: channels, roles, emoji, colours, lengths of time.

## What stands beside a choice
choice-channel-announcement = announcement
choice-channel-voice = voice
choice-channel-stage = stage
choice-channel-no-write = you cannot write there
choice-notes = { $first }, { $second }
choice-role-everyone = everyone has it
choice-role-managed = belongs to an integration
choice-role-bot-cannot = the bot may not manage roles
choice-role-above-bot = not below the bot's highest role
choice-role-above-you = not below your highest role
choice-role-you-cannot = you may not manage roles
choice-role-ping = you may not ping it

## The list that opens
# $form is the plural form of $count in this language, as a word.
choosing-matches = { $form ->
    [one] { $count } match
   *[other] { $count } matches
}
choosing-nothing = Nothing matches.
choosing-search = Search
choosing-show = Show all: { $label }
choosing-list = Chosen: { $label }
choosing-chosen = { $name }: chosen
choosing-removed = { $name }: removed
choosing-remove = Remove { $name }
choosing-cannot = { $name } cannot be chosen: { $why }

## Emoji
choosing-emoji-own = This server
choosing-emoji-failed = The list of emoji could not be loaded. You can still type one.
emoji-group-smileys = Smileys and feelings
emoji-group-people = People and hands
emoji-group-nature = Animals and nature
emoji-group-food = Food and drink
emoji-group-travel = Travel and places
emoji-group-activities = Activities
emoji-group-objects = Objects
emoji-group-symbols = Symbols
emoji-group-flags = Flags

## Colours
choosing-color = Pick a color: { $label }
color-presets = Presets
color-typed = As typed above
color-blue = Blue
color-teal = Teal
color-green = Green
color-pink = Pink
color-red = Red
color-amber = Amber
color-violet = Violet
color-slate = Slate
color-other = Another color

## Lengths of time: the parts of one, as in "1 day 12 hours"
length-parts = { $first } { $second }
