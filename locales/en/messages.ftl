### A message as Discord would show it.

preview-spoiler = Spoiler:

## Places that every server has
message-guide-customize = Channels & Roles
message-guide-browse = Browse Channels
message-guide-guide = Server Guide
message-guide-linked-roles = Linked Roles

## Times
message-time-short = { $hour }:{ $minute }
message-time-long = { $hour }:{ $minute }:{ $second }
message-date-short = { $day2 }/{ $month2 }/{ $year }
message-date-long = { $day } { $month } { $year }
message-moment = { $day } { $month } { $year } at { $hour }:{ $minute }
message-moment-full = { $weekday }, { $day } { $month } { $year } at { $hour }:{ $minute }
message-moment-small = { $day2 }/{ $month2 }/{ $year }, { $hour }:{ $minute }
message-moment-small-long = { $day2 }/{ $month2 }/{ $year }, { $hour }:{ $minute }:{ $second }
message-moment-ahead = in { $amount }
message-moment-past = { $amount } ago
message-amount-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
message-amount-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
message-month-1 = January
message-month-2 = February
message-month-3 = March
message-month-4 = April
message-month-5 = May
message-month-6 = June
message-month-7 = July
message-month-8 = August
message-month-9 = September
message-month-10 = October
message-month-11 = November
message-month-12 = December
message-weekday-1 = Monday
message-weekday-2 = Tuesday
message-weekday-3 = Wednesday
message-weekday-4 = Thursday
message-weekday-5 = Friday
message-weekday-6 = Saturday
message-weekday-7 = Sunday

## Sent by the bot as a test
template-test = Send me a test
template-test-hint = The bot sends a test to you alone, in a direct message, with example values.
test-follow = What became of it
template-test-too-old = The bot's version cannot send tests yet; its operator can update it.
notice-test-too-old = The bot's version cannot send tests yet; its operator can update it. Nothing was sent or saved.
notice-test-none = There is no such message to test. Nothing was sent or saved.
notice-test-cannot = The bot has not reported itself yet, so it cannot send tests. Nothing was sent or saved.
notice-test-problems = Nothing was sent: something in this message is not right yet. Nothing is saved yet either.
notice-test-empty = Nothing was sent: this message is off or says nothing. Nothing is saved yet either.

## What the script says of texts in forms: { $count }, { $max } and { $over } are put in by it
editor-count = { $count } of { $max } characters
editor-count-over = { $count } of { $max } characters: { $over } too many
editor-lines = { $count } of { $max } lines
editor-lines-over = { $count } of { $max } lines: { $over } too many
editor-total = All texts of the embed: { $count } of { $max } characters
editor-total-over = All texts of the embed: { $count } of { $max } characters, { $over } too many
editor-offered = Placeholders offered: { $count }. Choose with the arrow keys, put in with Enter, close with Escape.
editor-marks = Marks for the selected text
editor-bold = Bold (Ctrl+B)
editor-bold-sign = B
editor-italic = Italic (Ctrl+I)
editor-italic-sign = I
editor-underline = Underlined (Ctrl+U)
editor-underline-sign = U
editor-struck = Struck through
editor-struck-sign = S
editor-hidden = Spoiler
editor-code = Code
