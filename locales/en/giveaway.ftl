### Giveaway

giveaway-name = Giveaway
giveaway-purpose = Fair draws with rules you choose.

## New giveaways
giveaway-section-general = New giveaways
giveaway-section-general-intro = What a new giveaway starts with. You can change it for each one.
giveaway-enabled = Giveaway is on
giveaway-default-channel-id = Channel
giveaway-default-channel-id-hint = None = you choose it for each giveaway.
giveaway-default-duration-minutes = Runs for
giveaway-default-duration-minutes-hint = 1440 = one day. At most 60 days.
giveaway-default-winners = Number of winners
giveaway-manager-role-ids = Roles that may run giveaways
giveaway-manager-role-ids-hint = At most 10. Whoever may manage the server always can.
giveaway-ping-role-id = Role to ping at the start
giveaway-ping-role-id-hint = None = nobody is pinged.

## Look
giveaway-section-look = Look
giveaway-button-text = Text of the button
giveaway-button-emoji = Emoji on the button
giveaway-button-emoji-hint = One emoji, or one of this server's own as {"<:name:id>"}.
giveaway-color = Color
giveaway-color-hint = Used where a message has none of its own.
giveaway-image-url = Image
giveaway-image-url-hint = An https address, or empty for none. Used where a message has none of its own.

## Who may enter
giveaway-section-entering = Who may enter
giveaway-required-role-ids = Required roles
giveaway-required-role-ids-hint = At most 10. None = everyone may enter.
giveaway-required-role-mode = Of the required roles, a member needs
giveaway-required-role-mode-all = All of them
giveaway-required-role-mode-any = Any one of them
giveaway-blocked-role-ids = Blocked roles
giveaway-blocked-role-ids-hint = At most 10. Members with one of them cannot enter. A required role cannot be blocked as well.
giveaway-min-account-age-days = Age of the account
giveaway-min-account-age-days-hint = At least this many days. 0 = any age.
giveaway-min-member-days = Time on this server
giveaway-min-member-days-hint = At least this many days. 0 = any time.

## Chances
giveaway-section-chances = Chances
giveaway-section-chances-intro = Every member enters once, plus the highest row that fits them, plus the boosters' bonus.
giveaway-bonus-entries = Bonus entries
giveaway-bonus-entries-hint = At most 10 roles. Use each role only once.
giveaway-bonus-entries-row = Bonus { $number }
giveaway-bonus-entries-add = Add a bonus
giveaway-bonus-entries-empty = No role has bonus entries.
giveaway-bonus-entries-role-id = Role
giveaway-bonus-entries-entries = Extra entries
giveaway-booster-bonus-entries = Extra entries for boosters
giveaway-booster-bonus-entries-hint = 0 = none.

## After the end
giveaway-section-ending = After the end
giveaway-dm-winners = Message the winners privately
giveaway-dm-winners-hint = A giveaway with a secret prize needs this.
giveaway-ping-on-end = Mention the winners in the channel
giveaway-claim-hours = Time to claim a prize
giveaway-claim-hours-hint = 0 = no limit.
giveaway-auto-reroll = Draw again by itself
giveaway-auto-reroll-hint = When a prize is not claimed in time. Needs a time to claim.
giveaway-max-rerolls = Draw again at most
giveaway-max-rerolls-hint = This many times for one giveaway.

## Messages
giveaway-section-messages = Messages
giveaway-start-message = When a giveaway starts
giveaway-start-message-hint = Off: the bot's own text.
giveaway-end-message = When a giveaway has ended
giveaway-end-message-hint = Off: the bot's own text.
giveaway-winner-dm = Private message to a winner
giveaway-winner-dm-hint = Off: the bot's own text.
