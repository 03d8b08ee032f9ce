### Message templates, the same for every module, and what can be filled in.

template-enabled = Use this message
template-content = Text
template-content-hint = Stands above the embed.
template-embed-enabled = With an embed
template-embed-title = Title
template-embed-url = Link of the title
template-embed-url-hint = An https address, or empty for none.
template-embed-description = Text of the embed
template-embed-description-hint = All texts of an embed together have at most 6,000 characters.
template-embed-color = Color
template-embed-color-hint = Empty = the module's color.
template-embed-author-name = Author line
template-embed-footer = Footer
template-embed-image-url = Image
template-embed-image-url-hint = An https address. Empty = the module's image, if it has one.
template-embed-thumbnail-url = Small image
template-embed-thumbnail-url-hint = An https address, or empty for none.
template-embed-timestamp = Show the time it is sent
template-embed-fields = Fields
template-embed-fields-hint = At most 10.
template-embed-fields-row = Field { $number }
template-embed-fields-add = Add a field
template-embed-fields-empty = No field.
template-embed-fields-name = Heading
template-embed-fields-value = Text
template-embed-fields-inline = Beside its neighbors

## What each placeholder stands for
placeholder-user = The member: mentioned in messages, by server nickname in names
placeholder-username = The member's account name
placeholder-activity = The game the member plays, else “room”
placeholder-number = A running number with four digits
placeholder-category = The ticket's category
placeholder-ticket = The ticket's number
placeholder-reason = The reason given, if there is one
placeholder-staff = The team member, mentioned
placeholder-stars = The stars given, like ★★★★☆
placeholder-review = What the member wrote
placeholder-answers = The member's answers to the form
placeholder-prize = The prize
placeholder-winners = How many win; once it is over, who won
placeholder-entries = How many entries there are
placeholder-ends = When it ends, in each reader's own time
placeholder-host = Who runs the giveaway, mentioned
placeholder-server = The server's name
placeholder-title = The track's title
placeholder-artist = Who plays it
placeholder-duration = How long the track is
placeholder-requester = Who asked for it, mentioned
placeholder-url = The track's address

## Instead of a preview
preview-off = This message is off. The bot uses its own text, or sends none where the hint above says so.
preview-empty = There is nothing in this message yet.
