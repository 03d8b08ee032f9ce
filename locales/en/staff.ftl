### Who else may do what on a server.

nav-staff = Staff
palette-also-nav-staff = roles rights permissions access team moderators support grants
all-name = All modules
staff-name = Staff
staff-title = Staff
staff-lead = Who may do what on { $server } without managing it. Whoever manages the server may do everything, whatever stands here.
staff-ending = Ends within seven days
staff-until = until
staff-none = Nobody but the managers comes in
staff-none-hint = Let a role or a person look at a module, change its settings, or work with what runs there.
staff-kind-role = Role
staff-kind-person = Person
staff-what = { $module }: { $may }
staff-may-view = look
staff-may-edit = change settings
staff-may-act = act
staff-is-holds = In force
staff-is-soon = In force, ends soon:
staff-is-ended = Ended, does nothing:
staff-is-gone = The role is deleted, so this does nothing.
staff-given = Given by { $by }
staff-withdraw = Withdraw
title-staff-withdrawal = Withdraw
staff-withdrawal-title = Take this from { $who }?
staff-withdrawal-lead = On { $server } it holds no longer from that moment on, open pages included. What they have done stays.
staff-withdrawal-do = Withdraw
staff-withdrawal-keep = Leave it
flash-staff-given = Let in: { $who }. It holds from now on.
flash-staff-same = Nothing to save: { $who } may do exactly this already.
flash-staff-withdrawn = Taken from { $who }. It holds no longer.
flash-staff-gone = What { $who } had was withdrawn already.
overview-staff-ending = { $count ->
    [one] Something that was given to staff ends within seven days.
   *[other] { $count } things that were given to staff end within seven days.
}
overview-staff-see = See who
overview-own-ending = What you may do here ends, or some of it: { $at }. If you need it longer, ask somebody who manages this server.
read-only = You may look at this, and change nothing. If that should be otherwise, ask somebody who manages this server: they can let you do more on the page “Staff”.
read-only-second-factor = You may look at this, and change nothing: this server asks for two-factor authentication of everybody who changes something, and your Discord account had none when you signed in here, or you signed in before Guildhall asked for it. If it is on already, just sign in here again. If not, turn it on in Discord first (User Settings → My Account).
read-only-second-factor-always = You may look at this, and change nothing: this dashboard asks for two-factor authentication of everybody who changes something, on every server, and your Discord account had none when you signed in here, or you signed in before Guildhall asked for it. If it is on already, just sign in here again. If not, turn it on in Discord first (User Settings → My Account).
panel-category-look = Look at it

## Letting somebody in
staff-give-title = Let somebody in
staff-give-lead = Begin with a ready-made set, or choose below. What somebody has of a module already is replaced.
staff-set-ticket-support = Ticket support
staff-set-ticket-support-hint = Read tickets and transcripts, close tickets, look after ratings. No settings.
staff-set-giveaway-managers = Giveaway managers
staff-set-giveaway-managers-hint = Make, change, end and redraw giveaways. No settings.
staff-set-auditors = Auditors
staff-set-auditors-hint = Look at every module, the change log and this page. They change nothing.
staff-give-do = Let them in
staff-section-who = Who
staff-section-what = What they may do
staff-role-ids = Roles
staff-role-ids-hint = Everybody with one of these roles.
staff-member = A person
staff-member-hint = Their id, or a mention of them as Discord copies it: they must be on this server.
staff-module = Module
staff-level = Settings
staff-level-view = Look at them
staff-level-edit = Change them
staff-acts = May act: close tickets, end giveaways, close rooms, send panels and tests
staff-days = Ends after
staff-days-hint = 0: it does not end by itself.
staff-no-id = This is no id. In Discord, turn on the developer mode, then copy the id from the person’s menu.
staff-no-member = Nobody with this id is on this server.
staff-nobody = Choose a role, or name a person.
staff-full = A server can have at most { $most } of these that still do something. Withdraw some first.

## In the change log
history-did-staff = Staff
history-act-grant-create = { $label } was let in
history-act-grant-update = What { $label } may do was changed
history-act-grant-delete = { $label } was shut out
history-act-grant-end = What { $label } may do has ended
thing-holder-kind = Whom
thing-holder-kind-role = A role
thing-holder-kind-person = A person
thing-module = Module
thing-level = Settings
thing-level-view = Look
thing-level-edit = Change
thing-acts = Act
